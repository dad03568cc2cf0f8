/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * soft.h - the keyboard on the screen: which key is focused, and what a press means. Pure.
 *
 * Two ways round it. With four arrows: Up and Down choose a row, Left and Right a key, Enter types
 * it. With the dial alone: turn to a row, press, turn to the key, press; the row stays chosen, so
 * that a character costs about four turns and two presses. A row of one key needs one press.
 *
 * Rows from the top: the tabs (when there are several), the characters of the tab in rows of ten,
 * the editing keys, and Done by itself.
 */
#ifndef NM_UI_SOFT_H
#define NM_UI_SOFT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/keys.h"

#define SOFT_COLS 10

enum soft_tab { SOFT_UPPER, SOFT_LOWER, SOFT_DIGITS, SOFT_SIGNS, SOFT_TABS };

enum soft_action {
    SOFT_NOTHING,
    SOFT_CHARACTER,
    SOFT_SPACE,
    SOFT_LEFT,
    SOFT_RIGHT,
    SOFT_DELETE,
    SOFT_SHOW,
    SOFT_CANCEL,
    SOFT_DONE,
};
#define SOFT_ACTIONS (SOFT_DONE + 1)

enum soft_mode {
    SOFT_MODE_ROW,    /* a whole row is focused */
    SOFT_MODE_ARROWS, /* a key is; Left and Right move along the row */
    SOFT_MODE_DIAL,   /* a key is; Up and Down move along the row */
};

struct soft {
    char keys[SOFT_TABS][64]; /* the characters of each tab */
    enum soft_tab tab;
    enum soft_action edits[SOFT_ACTIONS]; /* the row of editing keys */
    int edit_count;
    enum soft_mode mode;
    int row, col;
};

/* allowed: which characters are offered. show: with a key that shows a password. */
void soft_init(struct soft *s, bool (*allowed)(void *arg, char c), void *arg, bool show);

/* Focus Done: after typing on a real keyboard, Enter means that. */
void soft_focus_done(struct soft *s);

/*
 * Handle Up, Down, Left, Right, Enter, and Esc out of a row. Returns what was pressed, with the
 * character in *ret_char; *ret_used tells whether the command was one for the keyboard.
 */
enum soft_action soft_key(struct soft *s, enum cmd cmd, char *ret_char, bool *ret_used);

/* For drawing: the number of rows, and what kind of row each is. */
int soft_rows(const struct soft *s);
bool soft_row_is_tabs(const struct soft *s, int row);
bool soft_row_is_edits(const struct soft *s, int row);
bool soft_row_is_done(const struct soft *s, int row);

/* Keys in a row; the tab or character of a key in the rows of those. */
int soft_row_keys(const struct soft *s, int row);
enum soft_tab soft_tab_at(const struct soft *s, int col);
char soft_char_at(const struct soft *s, int row, int col);

#endif
