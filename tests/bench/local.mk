# What it costs: `make bench`. `make check` only sees whether the benches still run.
EXTRA_DIST += tests/bench/lib.sh tests/bench/report.awk tests/bench/large.sh \
	tests/bench/small.sh \
	tests/bench/test_bench.sh
TESTS += tests/bench/test_bench.sh

check_PROGRAMS += tests/bench/limits
tests_bench_limits_SOURCES = tests/bench/limits.c
tests_bench_limits_CPPFLAGS = $(AM_CPPFLAGS) $(WOLFSSL_CFLAGS)
tests_bench_limits_LDADD = $(LIB_NET)

check_PROGRAMS += tests/bench/delay
tests_bench_delay_SOURCES = tests/bench/delay.c

if HAVE_OPENSSL
check_PROGRAMS += tests/bench/sink
tests_bench_sink_SOURCES = tests/bench/sink.c
tests_bench_sink_CFLAGS = $(AM_CFLAGS) $(OPENSSL_CFLAGS) -pthread
tests_bench_sink_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_bench_sink_LDADD = $(OPENSSL_LIBS)
endif

check_PROGRAMS += tests/bench/gate
tests_bench_gate_SOURCES = tests/bench/gate.c
tests_bench_gate_LDADD = $(LIB_ACCESS) -lm
EXTRA_DIST += tests/bench/gate.sh

bench-gate: all tests/bench/gate
	$(AM_TESTS_ENVIRONMENT) bash $(top_srcdir)/tests/bench/gate.sh
.PHONY: bench-gate

bench: all $(check_PROGRAMS)
	$(AM_TESTS_ENVIRONMENT) bash $(top_srcdir)/tests/bench/large.sh
	$(AM_TESTS_ENVIRONMENT) bash $(top_srcdir)/tests/bench/small.sh
.PHONY: bench
