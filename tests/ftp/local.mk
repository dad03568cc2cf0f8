# the upload engine against servers, scripted and real
check_PROGRAMS += tests/ftp/ftpes_put tests/ftp/test_cases
tests_ftp_ftpes_put_SOURCES = tests/ftp/ftpes_put.c
tests_ftp_ftpes_put_LDADD = $(LIB_FTPES)
tests_ftp_test_cases_SOURCES = tests/ftp/test_cases.c tests/ftp/script_server.c \
	tests/ftp/script_server.h
tests_ftp_test_cases_LDADD = $(LIB_FTPES)
TESTS += tests/ftp/test_cases.sh
EXTRA_DIST += tests/ftp/test_cases.sh tests/ftp/cases
