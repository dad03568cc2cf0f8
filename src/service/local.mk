noinst_LIBRARIES += src/service/libservice.a
src_service_libservice_a_SOURCES =
