# netmenuctl and netmenu-transfer

bin_PROGRAMS += bin/netmenu-transfer
bin_netmenu_transfer_SOURCES = src/cli/netmenu_transfer.c
bin_netmenu_transfer_LDADD = $(LIB_TEXT)
