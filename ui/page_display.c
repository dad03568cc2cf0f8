/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_display.c - [Display]: how the menu looks. */
#include "ui/pages.h"
#include "ui/ui.h"

void display_theme_changed(struct menu *m, const struct menu_row *row)
{
    (void)row;
    ui_theme_changed(m->page.ui);
}
