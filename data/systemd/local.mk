# The sender under systemd. The units name the folders that configure was given.
systemddir = $(pkgdatadir)/systemd
systemd_DATA = data/systemd/netmenu-transfer.service data/systemd/netmenu-transfer.path
EXTRA_DIST += data/systemd/netmenu-transfer.service.in data/systemd/netmenu-transfer.path.in
CLEANFILES += $(systemd_DATA)

UNIT_EDIT = $(AM_V_GEN)$(MKDIR_P) data/systemd && \
	sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@localstatedir[@]|$(localstatedir)|g'

data/systemd/netmenu-transfer.service: data/systemd/netmenu-transfer.service.in Makefile
	$(UNIT_EDIT) $(top_srcdir)/data/systemd/netmenu-transfer.service.in >$@.tmp && mv $@.tmp $@

data/systemd/netmenu-transfer.path: data/systemd/netmenu-transfer.path.in Makefile
	$(UNIT_EDIT) $(top_srcdir)/data/systemd/netmenu-transfer.path.in >$@.tmp && mv $@.tmp $@
