noinst_LIBRARIES += src/spool/libspool.a
src_spool_libspool_a_SOURCES =
