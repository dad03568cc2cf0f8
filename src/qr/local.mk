noinst_LIBRARIES += src/qr/libqr.a
src_qr_libqr_a_SOURCES =
