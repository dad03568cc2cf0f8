# Every test of `make check`. Each kind of test has its own folder and local.mk, included here.
AM_CPPFLAGS += $(CMOCKA_CFLAGS)
AM_TESTS_ENVIRONMENT = LC_ALL=C.UTF-8; TZ=UTC; top_srcdir=$(abs_top_srcdir); \
	top_builddir=$(abs_top_builddir); CC='$(CC)'; \
	NM_TEST_CPPFLAGS='-include config.h -I$(abs_top_builddir) -I$(abs_top_srcdir)/src \
	-I$(abs_top_srcdir) $(WOLFSSL_CFLAGS) $(NCURSES_CFLAGS) $(JSONC_CFLAGS)'; \
	export LC_ALL TZ top_srcdir top_builddir CC NM_TEST_CPPFLAGS;
EXTRA_DIST += tests/lib/unit.h

if HAVE_CMOCKA
include tests/unit/local.mk
endif
include tests/style/local.mk
include tests/fuzz/local.mk
include tests/ftp/local.mk
include tests/cli/local.mk
include tests/faults/local.mk
include tests/servers/local.mk
include tests/spool/local.mk
include tests/screens/local.mk
include tests/access/local.mk
include tests/bench/local.mk
