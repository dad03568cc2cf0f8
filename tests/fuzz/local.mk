# One block for each harness: the replay of its corpus in `make check`, and the libFuzzer program.
EXTRA_DIST += tests/fuzz/fuzz.h tests/fuzz/corpus

check_PROGRAMS += tests/fuzz/replay_cert
tests_fuzz_replay_cert_SOURCES = tests/fuzz/fuzz_cert.c tests/fuzz/replay.c
tests_fuzz_replay_cert_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS=\"$(abs_top_srcdir)/tests/unit/data/cert\"
tests_fuzz_replay_cert_LDADD = $(LIB_CERT)
TESTS += tests/fuzz/replay_cert

if ENABLE_FUZZ
noinst_PROGRAMS += tests/fuzz/fuzz_cert
tests_fuzz_fuzz_cert_SOURCES = tests/fuzz/fuzz_cert.c
tests_fuzz_fuzz_cert_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_cert_LDADD = $(LIB_CERT)
endif

check_PROGRAMS += tests/fuzz/replay_reply
tests_fuzz_replay_reply_SOURCES = tests/fuzz/fuzz_reply.c tests/fuzz/replay.c
tests_fuzz_replay_reply_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS=\"$(abs_top_srcdir)/tests/fuzz/corpus/reply\"
tests_fuzz_replay_reply_LDADD = $(LIB_FTPES)
TESTS += tests/fuzz/replay_reply

if ENABLE_FUZZ
noinst_PROGRAMS += tests/fuzz/fuzz_reply
tests_fuzz_fuzz_reply_SOURCES = tests/fuzz/fuzz_reply.c
tests_fuzz_fuzz_reply_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_reply_LDADD = $(LIB_FTPES)
endif

check_PROGRAMS += tests/fuzz/replay_address
tests_fuzz_replay_address_SOURCES = tests/fuzz/fuzz_address.c tests/fuzz/replay.c
tests_fuzz_replay_address_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS=\"$(abs_top_srcdir)/tests/fuzz/corpus/address\"
tests_fuzz_replay_address_LDADD = $(LIB_FTPES)
TESTS += tests/fuzz/replay_address

if ENABLE_FUZZ
noinst_PROGRAMS += tests/fuzz/fuzz_address
tests_fuzz_fuzz_address_SOURCES = tests/fuzz/fuzz_address.c
tests_fuzz_fuzz_address_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_address_LDADD = $(LIB_FTPES)
endif

check_PROGRAMS += tests/fuzz/replay_settings_file
tests_fuzz_replay_settings_file_SOURCES = tests/fuzz/fuzz_settings_file.c tests/fuzz/replay.c
tests_fuzz_replay_settings_file_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS=\"$(abs_top_srcdir)/tests/fuzz/corpus/settings_file\"
tests_fuzz_replay_settings_file_LDADD = $(LIB_SETTINGS)
TESTS += tests/fuzz/replay_settings_file

if ENABLE_FUZZ
noinst_PROGRAMS += tests/fuzz/fuzz_settings_file
tests_fuzz_fuzz_settings_file_SOURCES = tests/fuzz/fuzz_settings_file.c
tests_fuzz_fuzz_settings_file_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_settings_file_LDADD = $(LIB_SETTINGS)
endif
