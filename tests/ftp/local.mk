# the upload engine against servers, scripted and real
check_PROGRAMS += tests/ftp/ftpes_put tests/ftp/test_cases tests/ftp/tls_connect
tests_ftp_ftpes_put_SOURCES = tests/ftp/ftpes_put.c
tests_ftp_ftpes_put_LDADD = $(LIB_FTPES)
tests_ftp_test_cases_SOURCES = tests/ftp/test_cases.c tests/ftp/script_server.c \
	tests/ftp/script_server.h
tests_ftp_test_cases_LDADD = $(LIB_FTPES)
tests_ftp_tls_connect_SOURCES = tests/ftp/tls_connect.c
tests_ftp_tls_connect_LDADD = $(LIB_NET)
TESTS += tests/ftp/test_cases.sh tests/ftp/test_tls.sh tests/ftp/test_trust.sh \
	tests/ftp/test_servers.sh
EXTRA_DIST += tests/ftp/test_cases.sh tests/ftp/test_tls.sh tests/ftp/test_trust.sh \
	tests/ftp/tls_server.sh tests/ftp/test_servers.sh \
	tests/ftp/cases
