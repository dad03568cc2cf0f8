# L5: the menu. Its parts are a library so that unit tests can link those that need no screen.
noinst_LIBRARIES += ui/libui.a
ui_libui_a_SOURCES = \
	ui/draw.c ui/draw.h \
	ui/edit.c ui/edit.h \
	ui/keys.c ui/keys.h \
	ui/layout.c ui/layout.h \
	ui/list.c ui/list.h \
	ui/screen.c ui/screen.h \
	ui/soft.c ui/soft.h \
	ui/stage.c ui/stage.h \
	ui/theme.c ui/theme.h \
	ui/watch.c ui/watch.h
ui_libui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)

LIB_UI = ui/libui.a $(LIB_TEXT) $(NCURSES_LIBS)
