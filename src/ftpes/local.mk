# L1: the upload engine. session*.c are the conversation; the rest serves it.
noinst_LIBRARIES += src/ftpes/libftpes.a
src_ftpes_libftpes_a_CPPFLAGS = $(AM_CPPFLAGS) $(WOLFSSL_CFLAGS)
src_ftpes_libftpes_a_SOURCES = \
	src/ftpes/address.c src/ftpes/address.h \
	src/ftpes/ahead.c src/ftpes/ahead.h \
	src/ftpes/check.c src/ftpes/check.h src/ftpes/check_private.h \
	src/ftpes/check_judge.c src/ftpes/check_looks.c src/ftpes/check_trial.c \
	src/ftpes/classify.c src/ftpes/classify.h \
	src/ftpes/command.c src/ftpes/command.h \
	src/ftpes/control.c src/ftpes/control.h \
	src/ftpes/data.c src/ftpes/data.h src/ftpes/data_private.h src/ftpes/data_receive.c \
	src/ftpes/digest.c src/ftpes/digest.h \
	src/ftpes/features.c src/ftpes/features.h \
	src/ftpes/ftpes.c src/ftpes/ftpes.h \
	src/ftpes/names.c src/ftpes/names.h \
	src/ftpes/probe.c src/ftpes/probe.h \
	src/ftpes/open.c src/ftpes/open.h \
	src/ftpes/outcome.c src/ftpes/outcome.h \
	src/ftpes/reply.c src/ftpes/reply.h \
	src/ftpes/resume.c src/ftpes/resume.h \
	src/ftpes/session.c src/ftpes/session.h \
	src/ftpes/session_data.c src/ftpes/session_reply.c \
	src/ftpes/setup.c src/ftpes/setup.h \
	src/ftpes/tidy.c src/ftpes/tidy.h \
	src/ftpes/upload.c src/ftpes/upload.h \
	src/ftpes/verify.c src/ftpes/verify.h
