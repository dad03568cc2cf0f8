# the upload engine against servers, scripted and real
check_PROGRAMS += tests/ftp/ftpes_put tests/ftp/tls_connect
tests_ftp_ftpes_put_SOURCES = tests/ftp/ftpes_put.c
tests_ftp_ftpes_put_LDADD = $(LIB_FTPES)
tests_ftp_tls_connect_SOURCES = tests/ftp/tls_connect.c
tests_ftp_tls_connect_LDADD = $(LIB_NET)
TESTS += tests/ftp/test_cases.sh tests/ftp/test_hostile.sh \
	tests/ftp/test_tls.sh tests/ftp/test_trust.sh \
	tests/ftp/test_hello.sh tests/ftp/test_names.sh tests/ftp/test_servers.sh
EXTRA_DIST += tests/ftp/test_cases.sh tests/ftp/test_hostile.sh \
	tests/ftp/test_tls.sh tests/ftp/test_trust.sh \
	tests/ftp/tls_server.sh tests/ftp/test_hello.sh tests/ftp/client_hello.pl \
	tests/ftp/test_names.sh tests/ftp/test_servers.sh \
	tests/ftp/cases

# Servers that do TLS as well as badly as one wants.
if HAVE_OPENSSL
check_PROGRAMS += tests/ftp/test_cases tests/ftp/test_hostile tests/ftp/ticket_server
tests_ftp_test_cases_SOURCES = tests/ftp/test_cases.c tests/ftp/case_file.c tests/ftp/case_file.h \
	tests/ftp/driver.c tests/ftp/driver.h tests/ftp/script_server.c tests/ftp/script_server.h \
	tests/ftp/script_data.c tests/ftp/script_play.h tests/ftp/link.c tests/ftp/link.h \
	tests/ftp/disk.c tests/ftp/disk.h tests/ftp/jobs.c tests/ftp/jobs.h
tests_ftp_test_cases_CFLAGS = $(AM_CFLAGS) $(OPENSSL_CFLAGS)
tests_ftp_test_cases_LDADD = $(LIB_FTPES) $(OPENSSL_LIBS)
tests_ftp_test_hostile_SOURCES = tests/ftp/test_hostile.c tests/ftp/hostile.c tests/ftp/hostile.h \
	tests/ftp/hostile_data.c tests/ftp/driver.c tests/ftp/driver.h tests/ftp/script_server.c \
	tests/ftp/script_server.h tests/ftp/script_data.c tests/ftp/script_play.h tests/ftp/link.c \
	tests/ftp/link.h tests/ftp/disk.c tests/ftp/disk.h tests/ftp/jobs.c tests/ftp/jobs.h
tests_ftp_test_hostile_CFLAGS = $(AM_CFLAGS) $(OPENSSL_CFLAGS)
tests_ftp_test_hostile_LDADD = $(LIB_FTPES) $(OPENSSL_LIBS)
tests_ftp_ticket_server_SOURCES = tests/ftp/ticket_server.c
tests_ftp_ticket_server_CFLAGS = $(AM_CFLAGS) $(OPENSSL_CFLAGS)
tests_ftp_ticket_server_LDADD = $(OPENSSL_LIBS)
endif
