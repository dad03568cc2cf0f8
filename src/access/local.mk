# L2: rules of the unit's own user name and password, generator.
noinst_LIBRARIES += src/access/libaccess.a
src_access_libaccess_a_SOURCES = src/access/access.c src/access/access.h
