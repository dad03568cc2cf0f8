/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * theme.h - roles instead of colours: what a text is decides how it looks.
 *
 * Focus and greyed rows differ from others without colour too (reverse, marks), so that every theme
 * works for every eye. Where NO_COLOR is set, and in the theme "mono", no colour is used at all but
 * by the QR code, whose black and white are its content.
 */
#ifndef NM_UI_THEME_H
#define NM_UI_THEME_H

#include <stdbool.h>

enum role {
    ROLE_TEXT,
    ROLE_TITLE,   /* the first line */
    ROLE_FOCUS,   /* the row that keys act on */
    ROLE_GREY,    /* what cannot be used now */
    ROLE_VALUE,   /* the second column */
    ROLE_CHANGED, /* a value that waits for [Set] */
    ROLE_HINT,
    ROLE_STATUS,
    ROLE_KEYS,
    ROLE_WARNING, /* "Not encrypted", failures; the words say it too */
    ROLE_BAR,
    ROLE_DIALOG,
    ROLE_QR,
    ROLE_COUNT
};

enum theme { THEME_DARK, THEME_LIGHT, THEME_HIGH_CONTRAST, THEME_MONO, THEME_COUNT };

/* "dark", "light", "high-contrast", "mono"; THEME_COUNT when unknown. */
enum theme theme_from_word(const char *word);

/* Use a theme from now on; curses must have been started. */
void theme_set(enum theme theme);

/* The curses attributes of a role (an attr_t). */
unsigned theme_attr(enum role role);

/* Whether explicit black on white can be drawn. */
bool theme_has_black_on_white(void);

#endif
