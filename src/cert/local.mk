# L1: certification.pem: read, checked, described, kept for each server.
noinst_LIBRARIES += src/cert/libcert.a
src_cert_libcert_a_SOURCES = \
	src/cert/cert.c src/cert/cert.h \
	src/cert/cert_store.c \
	src/cert/der.c src/cert/der.h \
	src/cert/host_key.c src/cert/host_key.h \
	src/cert/pem.c src/cert/pem.h
src_cert_libcert_a_CPPFLAGS = $(AM_CPPFLAGS) $(WOLFSSL_CFLAGS)
