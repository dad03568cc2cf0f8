/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list.h - a focus that moves over rows, and the window that follows it. Pure: no drawing.
 */
#ifndef NM_UI_LIST_H
#define NM_UI_LIST_H

#include <stdbool.h>

#include "ui/keys.h"

struct list {
    int count;  /* rows in all */
    int focus;  /* 0 .. count - 1; 0 when there are none */
    int top;    /* the first row in the window */
    int height; /* rows of the window */
};

/* A new number of rows and height of the window; the focus stays where it can. */
void list_resize(struct list *l, int count, int height);

/* Focus a row, and bring it into the window. */
void list_focus(struct list *l, int row);

/*
 * Move by Up, Down, PgUp, PgDn, Home, End; Up and Down go round when wrap is set.
 * Returns whether cmd was one of them.
 */
bool list_key(struct list *l, enum cmd cmd, bool wrap);

/*
 * Focus the next row that matches, going round from the one behind the focus to the focus itself.
 * Returns whether there was one.
 */
bool list_find(struct list *l, bool (*matches)(void *arg, int row), void *arg);

/* Whether there is more above or below the window. */
bool list_more_above(const struct list *l);
bool list_more_below(const struct list *l);

#endif
