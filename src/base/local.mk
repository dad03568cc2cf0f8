# L0: errors, buffers, text, secrets, records, files, log, event loop. Knows nothing of cameras.
noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/buf.c src/base/buf.h \
	src/base/clock.c src/base/clock.h \
	src/base/err.c src/base/err.h src/base/err_list.h \
	src/base/file.c src/base/file.h \
	src/base/intl.h \
	src/base/log.c src/base/log.h \
	src/base/loop.c src/base/loop.h \
	src/base/random.c src/base/random.h \
	src/base/record.c src/base/record.h \
	src/base/secret.c src/base/secret.h \
	src/base/str.c src/base/str.h \
	src/base/utf8.c src/base/utf8.h
src_base_libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSONC_CFLAGS)
