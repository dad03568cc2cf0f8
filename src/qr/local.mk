# L1: the authentication code: payload, QR code, rows of text.
noinst_LIBRARIES += src/qr/libqr.a
src_qr_libqr_a_SOURCES = src/qr/qr.c src/qr/qr.h
src_qr_libqr_a_CPPFLAGS = $(AM_CPPFLAGS) $(QRENCODE_CFLAGS)
