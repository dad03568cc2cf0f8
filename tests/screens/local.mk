# The menu in a terminal: expect presses keys in tmux and waits for screens.
TEST_EXTENSIONS = .exp
EXP_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/screens/run.sh
SCREEN_TESTS = \
	tests/screens/test_backup.exp \
	tests/screens/test_access.exp \
	tests/screens/test_deprecated.exp \
	tests/screens/test_check.exp \
	tests/screens/test_entry.exp \
	tests/screens/test_first_use.exp \
	tests/screens/test_japanese.exp \
	tests/screens/test_jobs.exp \
	tests/screens/test_main_job.exp \
	tests/screens/test_networks.exp \
	tests/screens/test_plain.exp \
	tests/screens/test_pseudo.exp \
	tests/screens/test_qr.exp \
	tests/screens/test_random.exp \
	tests/screens/test_server.exp \
	tests/screens/test_sizes.exp \
	tests/screens/test_walk.exp
TESTS += $(SCREEN_TESTS)
EXTRA_DIST += $(SCREEN_TESTS) tests/screens/lib.exp tests/screens/run.sh

check_PROGRAMS += tests/lib/cells2pgm
tests_lib_cells2pgm_SOURCES = tests/lib/cells2pgm.c
tests_lib_cells2pgm_LDADD = $(LIB_BASE)
