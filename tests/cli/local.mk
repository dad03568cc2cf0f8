# netmenuctl as scripts see it
CLI_TESTS = \
	tests/cli/test_auth.sh \
	tests/cli/test_backup.sh \
	tests/cli/test_cert.sh \
	tests/cli/test_check.sh \
	tests/cli/test_gate.sh \
	tests/cli/test_jobs.sh \
	tests/cli/test_put.sh \
	tests/cli/test_settings.sh \
	tests/cli/test_settings_killed.sh \
	tests/cli/test_usage.sh
TESTS += $(CLI_TESTS)
EXTRA_DIST += tests/cli/lib.sh $(CLI_TESTS)
