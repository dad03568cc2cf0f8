# L2: the table of settings, their files, secrets.
noinst_LIBRARIES += src/settings/libsettings.a
src_settings_libsettings_a_SOURCES = \
	src/settings/seal.c src/settings/seal.h \
	src/settings/settings.c src/settings/settings.h \
	src/settings/settings_file.c src/settings/settings_file.h \
	src/settings/settings_private.h \
	src/settings/settings_rules.c src/settings/settings_rules.h \
	src/settings/settings_secrets.c src/settings/settings_secrets.h \
	src/settings/settings_store.c \
	src/settings/settings_table.c
src_settings_libsettings_a_CPPFLAGS = $(AM_CPPFLAGS) $(WOLFSSL_CFLAGS)
