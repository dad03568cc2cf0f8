# Private FTP servers for the tests and the demo, and the test of them.
TESTS += tests/servers/test_ftpd.sh tests/servers/test_matrix.sh tests/servers/test_suites.sh
EXTRA_DIST += tests/lib/check.sh tests/lib/sender.sh tests/lib/test.sh tests/servers/certs.sh tests/servers/ftpd.sh \
	tests/servers/packages.sh tests/servers/test_ftpd.sh \
	tests/servers/test_matrix.sh tests/servers/test_suites.sh
