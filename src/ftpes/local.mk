noinst_LIBRARIES += src/ftpes/libftpes.a
src_ftpes_libftpes_a_SOURCES =
