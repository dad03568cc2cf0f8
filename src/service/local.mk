# L3: what may be done, and when; the sender.
noinst_LIBRARIES += src/service/libservice.a
src_service_libservice_a_SOURCES = \
	src/service/sender.c src/service/sender.h src/service/sender_private.h \
	src/service/sender_lane.c \
	src/service/sender_outcome.c \
	src/service/sender_queue.c \
	src/service/sender_status.c \
	src/service/sender_tidy.c \
	src/service/service.c src/service/service.h src/service/service_private.h \
	src/service/service_cards.c \
	src/service/service_backup.c src/service/service_backup.h \
	src/service/service_gate.c \
	src/service/service_identity.c \
	src/service/service_jobs.c \
	src/service/service_paths.c \
	src/service/service_pems.c \
	src/service/service_sender.c \
	src/service/service_server.c
