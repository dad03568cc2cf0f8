# the upload engine against servers
check_PROGRAMS += tests/ftp/ftpes_put
tests_ftp_ftpes_put_SOURCES = tests/ftp/ftpes_put.c
tests_ftp_ftpes_put_LDADD = $(LIB_FTPES)
