# L5: the menu. Its parts are a library so that unit tests can link those that need no screen.
noinst_LIBRARIES += ui/libui.a
ui_libui_a_SOURCES = \
	ui/address.c ui/address.h \
	ui/clips.c ui/clips.h \
	ui/dialog.c ui/dialog.h \
	ui/draw.c ui/draw.h \
	ui/edit.c ui/edit.h \
	ui/entry.c ui/entry.h \
	ui/facts.c ui/facts.h \
	ui/help.c ui/help.h \
	ui/job_text.c ui/job_text.h \
	ui/keys.c ui/keys.h \
	ui/language.c ui/language.h \
	ui/layout.c ui/layout.h \
	ui/list.c ui/list.h \
	ui/menu.c ui/menu.h \
	ui/menu_edit.c ui/menu_edit.h \
	ui/menu_table.c \
	ui/menu_table_lan.c \
	ui/page.h ui/pages.h \
	ui/page_attempts.c \
	ui/page_auth.c \
	ui/page_backup.c \
	ui/page_cert.c \
	ui/page_check.c \
	ui/page_clips.c \
	ui/page_display.c \
	ui/page_jobs.c \
	ui/page_lan.c \
	ui/page_network.c \
	ui/page_server.c \
	ui/page_show.c \
	ui/page_transfer.c \
	ui/plain.c ui/plain.h \
	ui/popup.c ui/popup.h \
	ui/precautions.c ui/precautions.h \
	ui/screen.c ui/screen.h \
	ui/segments.c ui/segments.h \
	ui/soft.c ui/soft.h \
	ui/stage.c ui/stage.h \
	ui/text_page.c ui/text_page.h \
	ui/theme.c ui/theme.h \
	ui/ui.c ui/ui.h \
	ui/watch.c ui/watch.h
ui_libui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)

LIB_UI = ui/libui.a $(LIB_TEXT) $(NCURSES_LIBS)

bin_PROGRAMS += bin/netmenu
bin_netmenu_SOURCES = ui/netmenu.c
bin_netmenu_LDADD = $(LIB_UI)
