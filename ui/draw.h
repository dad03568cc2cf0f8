/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * draw.h - marks on the screen: text in cells, lines, bars, frames.
 *
 * Everything goes to stdscr, which each redraw builds anew; curses sends only what differs. So
 * there is one picture, and no window can stay behind when the size changes. Text must be safe
 * (base/utf8.h) and comes as UTF-8; in another locale what is not ASCII is shown as `?`.
 */
#ifndef NM_UI_DRAW_H
#define NM_UI_DRAW_H

#include <stddef.h>

#include "ui/theme.h"

/* Begin and end a picture. */
void draw_begin(void);
void draw_end(void);

/* Text at row, col, cut to cells. Returns the cells used. */
int draw_text(int row, int col, int cells, enum role role, const char *text);

/* The same, filled with blanks up to cells. */
void draw_field(int row, int col, int cells, enum role role, const char *text);

/* The same, ending at the last cell. */
void draw_right(int row, int col, int cells, enum role role, const char *text);

/* Wrapped text into at most rows lines, from line `skip` on. Returns the lines that it has. */
int draw_wrapped(int row, int col, int cells, int rows, int skip, enum role role, const char *text);

/* A bar of cells, filled to a part in a thousand. */
void draw_bar(int row, int col, int cells, enum role role, int thousandths);

/* A frame round rows x cols with a blank inside. */
void draw_frame(int row, int col, int rows, int cols);

/* Marks that there is more above or below. */
void draw_more(int row, int col, enum role role, bool above);

/* Bytes of a QR row: UTF-8 half blocks, or per cell 'X' for dark and ' ' for light. */
void draw_qr_text(int row, int col, const char *text);
void draw_qr_cells(int row, int col, const char *cells);

/* Where the hardware cursor stands after this redraw: on the focus, for screen readers. */
void draw_cursor(int row, int col);

#endif
