# What it costs: never part of `make check`.
EXTRA_DIST += tests/bench/upload.sh

bench: all tests/ftp/ftpes_put
	$(AM_TESTS_ENVIRONMENT) bash $(top_srcdir)/tests/bench/upload.sh
.PHONY: bench
