/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * popup.h - a list of options to choose one from: up to eight rows at once, the rest scrolls.
 */
#ifndef NM_UI_POPUP_H
#define NM_UI_POPUP_H

#include "ui/page.h"

#define POPUP_ROWS 8

/*
 * words: translated, copied; current is marked and focused. chosen is called with the number when
 * the list has gone; Esc calls nothing.
 */
void popup_open(struct ui *ui, const char *title, const char *const *words, int count, int current,
                void (*chosen)(void *arg, int number), void *arg);

#endif
