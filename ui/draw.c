/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/draw.h"

#include <curses.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ui/layout.h"
#include "ui/screen.h"

#define LINE_BYTES 2048

static int cursor_row, cursor_col;

/* Outside UTF-8, one `?` a character: the locale could not show it, and its cells must be known. */
static void to_locale(char *text)
{
    char *out = text;

    if (screen_utf8())
        return;
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;

        if (c < 0x80)
            *out++ = *p;
        else if ((c & 0xc0) == 0xc0)
            *out++ = '?';
    }
    *out = '\0';
}

int draw_text(int row, int col, int cells, enum role role, const char *text)
{
    char line[LINE_BYTES];
    int used;

    if (cells <= 0)
        return 0;
    used = text_fit(line, sizeof(line), text, cells);
    to_locale(line);
    attrset((attr_t)theme_attr(role));
    mvaddstr(row, col, line);
    attrset(A_NORMAL);
    explicit_bzero(line, sizeof(line));
    return used;
}

void draw_field(int row, int col, int cells, enum role role, const char *text)
{
    if (cells <= 0)
        return;
    attrset((attr_t)theme_attr(role));
    mvhline(row, col, (chtype)' ' | (chtype)theme_attr(role), cells);
    draw_text(row, col, cells, role, text);
}

void draw_right(int row, int col, int cells, enum role role, const char *text)
{
    int used = text_cells(text);

    if (used > cells)
        used = cells;
    draw_text(row, col + cells - used, used, role, text);
}

int draw_wrapped(int row, int col, int cells, int rows, int skip, enum role role, const char *text)
{
    struct layout_line lines[64];
    int count = (int)layout_wrap(text, cells, lines, 64);
    char one[LINE_BYTES];

    for (int i = 0; i < rows && skip + i < count && skip + i < 64; i++) {
        const struct layout_line *l = &lines[skip + i];
        size_t len = l->len < sizeof(one) - 1 ? l->len : sizeof(one) - 1;

        memcpy(one, l->text, len);
        one[len] = '\0';
        if (i == rows - 1 && skip + rows < count)
            str_copy(one + len, sizeof(one) - len, " ..");
        draw_text(row + i, col, cells, role, one);
    }
    return count;
}

void draw_bar(int row, int col, int cells, enum role role, int thousandths)
{
    int full = (cells * thousandths + 500) / 1000;

    attrset((attr_t)theme_attr(role));
    for (int i = 0; i < cells; i++) {
        if (!screen_utf8())
            mvaddch(row, col + i, i < full ? '#' : '-');
        else
            mvaddstr(row, col + i, i < full ? "\u2588" : "\u2500");
    }
    attrset(A_NORMAL);
}

void draw_frame(int row, int col, int rows, int cols)
{
    attrset((attr_t)theme_attr(ROLE_DIALOG));
    for (int r = 0; r < rows; r++)
        mvhline(row + r, col, ' ', cols);
    mvhline(row, col + 1, 0, cols - 2);
    mvhline(row + rows - 1, col + 1, 0, cols - 2);
    mvvline(row + 1, col, 0, rows - 2);
    mvvline(row + 1, col + cols - 1, 0, rows - 2);
    mvaddch(row, col, ACS_ULCORNER);
    mvaddch(row, col + cols - 1, ACS_URCORNER);
    mvaddch(row + rows - 1, col, ACS_LLCORNER);
    mvaddch(row + rows - 1, col + cols - 1, ACS_LRCORNER);
    attrset(A_NORMAL);
}

void draw_more(int row, int col, enum role role, bool above)
{
    if (screen_utf8())
        draw_text(row, col, 1, role, above ? "\u2191" : "\u2193");
    else
        draw_text(row, col, 1, role, above ? "^" : "v");
}

void draw_qr_text(int row, int col, const char *text)
{
    attrset((attr_t)theme_attr(ROLE_QR));
    mvaddstr(row, col, text);
    attrset(A_NORMAL);
}

void draw_qr_cells(int row, int col, const char *cells)
{
    move(row, col);
    for (; *cells != '\0'; cells++) {
        attrset((attr_t)theme_attr(ROLE_QR) | (*cells == 'X' ? A_REVERSE : A_NORMAL));
        addch(' ');
    }
    attrset(A_NORMAL);
}

void draw_cursor(int row, int col)
{
    cursor_row = row;
    cursor_col = col;
}

void draw_begin(void)
{
    erase();
    cursor_row = cursor_col = 0;
}

void draw_end(void)
{
    move(cursor_row, cursor_col);
    refresh();
}
