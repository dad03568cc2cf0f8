# Completion of bash, made of the tables of verbs and options (src/cli/mkdoc.c).
completiondir = $(datadir)/bash-completion/completions
completion_DATA = data/completion/netmenuctl
CLEANFILES += $(completion_DATA)

data/completion/netmenuctl: src/cli/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) data/completion && src/cli/mkdoc$(EXEEXT) completion >$@.tmp && \
		mv $@.tmp $@
