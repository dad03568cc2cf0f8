# Manual pages: three written by hand, of which netmenu-auth(8) gets the paths of this
# configuration, and two made of the program's tables (src/cli/mkdoc.c).
dist_man_MANS += man/netmenu.1 man/netmenu-transfer.8
man_MANS = man/netmenuctl.1 man/netmenu-settings.5 man/netmenu-auth.8
EXTRA_DIST += man/netmenu-auth.8.in
CLEANFILES += $(man_MANS)

man/netmenuctl.1 man/netmenu-settings.5: src/cli/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) man && src/cli/mkdoc$(EXEEXT) $(@F) >$@.tmp && mv $@.tmp $@

# A hyphen of a path is written as roff's minus: it is to be copied into a shell.
man/netmenu-auth.8: man/netmenu-auth.8.in Makefile
	$(AM_V_GEN)$(MKDIR_P) man && { for path in 'libexecdir $(libexecdir)' \
	    'pkglibdir $(pkglibdir)' 'pkgdatadir $(pkgdatadir)' \
	    'statedir $(localstatedir)/lib/netmenu'; do \
		echo "$$path" | sed 's/-/\\\\-/g; s/\([^ ]*\) \(.*\)/s|@\1@|\2|g/'; done; \
	} >$@.sed && sed -f $@.sed $(top_srcdir)/man/netmenu-auth.8.in >$@.tmp && \
		rm -f $@.sed && mv $@.tmp $@
