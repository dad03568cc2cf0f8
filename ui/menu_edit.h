/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu_edit.h - a row of a setting: its value as people read it, and its editing by its kind.
 */
#ifndef NM_UI_MENU_EDIT_H
#define NM_UI_MENU_EDIT_H

#include "ui/menu.h"

/* The value column of a row. */
void menu_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);

/* Enter on a row of a setting: a list of options, or text entry. */
void menu_edit(struct menu *m, const struct menu_row *row);

/* Space on a row: a switch turns over. Returns whether it is one. */
bool menu_toggle(struct menu *m, const struct menu_row *row);

#endif
