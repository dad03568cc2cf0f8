# netmenuctl and netmenu-transfer
