# netmenuctl and netmenu-transfer

# The verbs are a library of their own, so that the manual and the completion are made of their
# table by mkdoc.
noinst_LIBRARIES += src/cli/libctl.a
src_cli_libctl_a_SOURCES = \
	src/cli/ctl.h \
	src/cli/ctl_help.c \
	src/cli/ctl_input.c \
	src/cli/ctl_jobs.c \
	src/cli/ctl_options.c \
	src/cli/ctl_output.c \
	src/cli/ctl_verbs.c \
	src/cli/ctl_wait.c \
	src/cli/verb_auth.c \
	src/cli/verb_cert.c \
	src/cli/verb_check.c \
	src/cli/verb_clips.c \
	src/cli/verb_file.c \
	src/cli/verb_gate.c \
	src/cli/verb_jobs.c \
	src/cli/verb_put.c \
	src/cli/verb_settings.c \
	src/cli/verb_watch.c

bin_PROGRAMS += bin/netmenuctl
bin_netmenuctl_SOURCES = src/cli/netmenuctl.c
bin_netmenuctl_LDADD = src/cli/libctl.a $(LIB_TEXT)

noinst_PROGRAMS += src/cli/mkdoc
src_cli_mkdoc_SOURCES = src/cli/mkdoc.c
src_cli_mkdoc_LDADD = src/cli/libctl.a $(LIB_TEXT)

bin_PROGRAMS += bin/netmenu-transfer
bin_netmenu_transfer_SOURCES = src/cli/netmenu_transfer.c
bin_netmenu_transfer_LDADD = $(LIB_TEXT)

# What PAM starts: nothing more than the gate and the settings is in it.
libexec_PROGRAMS += bin/netmenu-auth
bin_netmenu_auth_SOURCES = src/cli/netmenu_auth.c
bin_netmenu_auth_LDADD = $(LIB_SETTINGS)

# A PAM module for services that pam_exec breaks. It is loaded into programs that know no sanitizer.
if HAVE_PAM
pammoduledir = $(pkglibdir)
pammodule_PROGRAMS = bin/pam_netmenu.so
bin_pam_netmenu_so_SOURCES = src/cli/pam_netmenu.c
bin_pam_netmenu_so_CFLAGS = $(AM_CFLAGS) -fPIC -fno-sanitize=all -fvisibility=default
bin_pam_netmenu_so_LDFLAGS = -shared -Wl,-z,defs -Wl,-z,now
bin_pam_netmenu_so_LDADD = -lpam
endif
