# Manual pages: three written by hand, two made of the program's tables (src/cli/mkdoc.c).
dist_man_MANS += man/netmenu.1 man/netmenu-auth.8 man/netmenu-transfer.8
man_MANS = man/netmenuctl.1 man/netmenu-settings.5
CLEANFILES += $(man_MANS)

man/netmenuctl.1 man/netmenu-settings.5: src/cli/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) man && src/cli/mkdoc$(EXEEXT) $(@F) >$@.tmp && mv $@.tmp $@
