# L1: memory cards and clips.
noinst_LIBRARIES += src/media/libmedia.a
src_media_libmedia_a_SOURCES = \
	src/media/media.c src/media/media.h \
	src/media/media_kind.c
