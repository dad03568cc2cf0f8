# netmenu, the menu
