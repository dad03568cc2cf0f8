/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help.h - the page behind F1: the help of a row, then what each key does.
 */
#ifndef NM_UI_HELP_H
#define NM_UI_HELP_H

#include "ui/page.h"

void help_show(struct ui *ui, const char *title, const char *text);

#endif
