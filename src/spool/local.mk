# L1: upload jobs on disk.
noinst_LIBRARIES += src/spool/libspool.a
src_spool_libspool_a_SOURCES = \
	src/spool/spool.c src/spool/spool.h src/spool/spool_private.h \
	src/spool/spool_add.c \
	src/spool/spool_id.c \
	src/spool/spool_leave.c \
	src/spool/spool_list.c \
	src/spool/spool_record.c \
	src/spool/spool_request.c \
	src/spool/spool_sweep.c
