/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout.h - where things stand on a screen of any size. Pure: no curses, so that it can be tested.
 *
 * Purpose: one function divides the screen into title, body, buttons, hint, status and keys; the
 * others divide text into lines and a row into label and value. All widths are terminal cells.
 */
#ifndef NM_UI_LAYOUT_H
#define NM_UI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

/* The smallest screen on which every function can be reached. */
#define LAYOUT_COLS_MIN 40
#define LAYOUT_ROWS_MIN 12

struct layout {
    int rows, cols;
    bool too_small;
    int body_top, body_rows;
    int button_row; /* -1 when the page has no buttons */
    int hint_row, hint_rows;
    int status_row, keys_row;
};

/* Divide a screen of rows x cols, with or without a line of buttons. */
void layout_screen(struct layout *ret_layout, int rows, int cols, bool buttons);

/* A row is: marker, label, gap, value, mark. */
struct layout_row {
    int label_col, label_cells;
    int value_col, value_cells;
    int mark_col;
};

/* widest: cells of the widest label of the page. */
void layout_row(struct layout_row *ret_row, int cols, int widest);

/* A line of a text: not terminated. */
struct layout_line {
    const char *text;
    size_t len;
};

/*
 * Divide a safe text into lines of at most `cells`, at spaces or beside wide characters, but not
 * before a closing mark or small kana, nor behind an opening mark; '\n' ends a line. Returns the
 * number of lines, of which at most `max` are stored.
 */
size_t layout_wrap(const char *text, int cells, struct layout_line *lines, size_t max);

/*
 * Join the names of a path with " > " into dst; when it does not fit into cells the first names are
 * left out, and the last one is cut if it must be.
 */
void layout_path(char *dst, size_t size, const char *const *names, size_t count, int cells);

#endif
