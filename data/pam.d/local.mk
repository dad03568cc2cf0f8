# Files for /etc/pam.d of services that let others in with the unit's user name and password.
pamdir = $(pkgdatadir)/pam.d
pam_DATA = data/pam.d/netmenu data/pam.d/sshd data/pam.d/vsftpd
EXTRA_DIST += data/pam.d/netmenu.in data/pam.d/sshd.in data/pam.d/vsftpd.in
CLEANFILES += $(pam_DATA)

PAM_EDIT = $(AM_V_GEN)$(MKDIR_P) data/pam.d && sed \
	-e 's|@libexecdir[@]|$(libexecdir)|g' -e 's|@pkglibdir[@]|$(pkglibdir)|g'

data/pam.d/netmenu: data/pam.d/netmenu.in Makefile
	$(PAM_EDIT) $(top_srcdir)/data/pam.d/netmenu.in >$@.tmp && mv $@.tmp $@

data/pam.d/sshd: data/pam.d/sshd.in Makefile
	$(PAM_EDIT) $(top_srcdir)/data/pam.d/sshd.in >$@.tmp && mv $@.tmp $@

data/pam.d/vsftpd: data/pam.d/vsftpd.in Makefile
	$(PAM_EDIT) $(top_srcdir)/data/pam.d/vsftpd.in >$@.tmp && mv $@.tmp $@
