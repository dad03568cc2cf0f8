noinst_LIBRARIES += src/cert/libcert.a
src_cert_libcert_a_SOURCES =
