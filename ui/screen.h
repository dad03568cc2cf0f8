/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screen.h - the terminal: taken, measured, read, given back.
 *
 * Calling sequence: screen_open(&e); ... screen_read() until it gives SCREEN_NOTHING ...
 * screen_close(). The terminal is in raw mode between the two: Ctrl-C is a key, and Ctrl-Z or
 * Ctrl-S cannot leave a password standing on a screen that nobody serves.
 */
#ifndef NM_UI_SCREEN_H
#define NM_UI_SCREEN_H

#include <stdbool.h>

#include "base/err.h"

/* Errors: ERR_UNAVAILABLE when standard input and output are not a terminal that curses knows. */
int screen_open(struct err *e);

/* Wipe the screen and give the terminal back; also when the terminal has no second screen. */
void screen_close(void);

#define SCREEN_NOTHING (-1) /* no key is waiting */
#define SCREEN_HUNG_UP (-2) /* the terminal is gone */

/* The next code: a byte or one of curses' KEY_ values. Never waits, but for the rest of an Esc. */
int screen_read(void);

/*
 * Take the terminal's size if it has changed; a KEY_RESIZE comes from screen_read() then. After
 * SIGWINCH, and before keys are read: one that was pressed on the new size is for the new picture.
 */
void screen_resize(void);

int screen_rows(void);
int screen_cols(void);

/* Whether the locale's characters are UTF-8. */
bool screen_utf8(void);

/*
 * Whether each character of this UTF-8 text can be shown. A Linux console is asked for its font's
 * map (console_ioctl(2), GIO_UNIMAP), which has 512 glyphs at most; of other terminals only the
 * locale is known: in UTF-8 they are taken to have all, else ASCII alone.
 */
bool screen_shows(const char *text);

/* Whether U+2580, U+2584 and U+2588 can be shown: most fonts of a Linux console lack the first. */
bool screen_has_half_blocks(void);

/* Blank everything now, and forget what was shown: after a password has been shown. */
void screen_wipe(void);

#endif
