/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/soft.h"

#include <string.h>

#define FIRST 0x21
#define LAST  0x7e

static enum soft_tab tab_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return SOFT_UPPER;
    if (c >= 'a' && c <= 'z')
        return SOFT_LOWER;
    if (c >= '0' && c <= '9')
        return SOFT_DIGITS;
    return SOFT_SIGNS;
}

void soft_init(struct soft *s, bool (*allowed)(void *arg, char c), void *arg, bool show)
{
    static const enum soft_tab order[] = {SOFT_LOWER, SOFT_DIGITS, SOFT_UPPER, SOFT_SIGNS};

    memset(s, 0, sizeof(*s));
    for (char c = FIRST; c <= LAST; c++) {
        char *keys = s->keys[tab_of(c)];

        if (allowed(arg, c))
            keys[strlen(keys)] = c;
    }
    for (size_t i = 0; i < SOFT_TABS; i++) {
        s->tab = order[i];
        if (s->keys[s->tab][0] != '\0')
            break;
    }
    if (allowed(arg, ' '))
        s->edits[s->edit_count++] = SOFT_SPACE;
    s->edits[s->edit_count++] = SOFT_LEFT;
    s->edits[s->edit_count++] = SOFT_RIGHT;
    s->edits[s->edit_count++] = SOFT_DELETE;
    if (show)
        s->edits[s->edit_count++] = SOFT_SHOW;
    s->edits[s->edit_count++] = SOFT_CANCEL;
    soft_focus_done(s);
}

static int tab_count(const struct soft *s)
{
    int count = 0;

    for (int t = 0; t < SOFT_TABS; t++)
        count += s->keys[t][0] != '\0';
    return count;
}

/* The first row of characters: 0 without a row of tabs. */
static int first_chars(const struct soft *s)
{
    return tab_count(s) > 1 ? 1 : 0;
}

static int char_rows(const struct soft *s)
{
    return ((int)strlen(s->keys[s->tab]) + SOFT_COLS - 1) / SOFT_COLS;
}

int soft_rows(const struct soft *s)
{
    return first_chars(s) + char_rows(s) + 2;
}

bool soft_row_is_tabs(const struct soft *s, int row)
{
    return row < first_chars(s);
}

bool soft_row_is_edits(const struct soft *s, int row)
{
    return row == soft_rows(s) - 2;
}

bool soft_row_is_done(const struct soft *s, int row)
{
    return row == soft_rows(s) - 1;
}

int soft_row_keys(const struct soft *s, int row)
{
    int left;

    if (soft_row_is_tabs(s, row))
        return tab_count(s);
    if (soft_row_is_edits(s, row))
        return s->edit_count;
    if (soft_row_is_done(s, row))
        return 1;
    left = (int)strlen(s->keys[s->tab]) - (row - first_chars(s)) * SOFT_COLS;
    return left < SOFT_COLS ? left : SOFT_COLS;
}

enum soft_tab soft_tab_at(const struct soft *s, int col)
{
    for (int t = 0; t < SOFT_TABS; t++)
        if (s->keys[t][0] != '\0' && col-- == 0)
            return (enum soft_tab)t;
    return s->tab;
}

char soft_char_at(const struct soft *s, int row, int col)
{
    return s->keys[s->tab][(row - first_chars(s)) * SOFT_COLS + col];
}

void soft_focus_done(struct soft *s)
{
    s->mode = SOFT_MODE_ROW;
    s->row = soft_rows(s) - 1;
    s->col = 0;
}

static void move_row(struct soft *s, int delta)
{
    int rows = soft_rows(s);

    s->row = (s->row + delta + rows) % rows;
    if (s->col >= soft_row_keys(s, s->row))
        s->col = soft_row_keys(s, s->row) - 1;
}

static void move_col(struct soft *s, int delta)
{
    int keys = soft_row_keys(s, s->row);

    s->col = (s->col + delta + keys) % keys;
}

/* Left and Right: the first of them only picks the nearest key of the focused row. */
static void arrow(struct soft *s, int delta)
{
    if (s->mode == SOFT_MODE_ROW) {
        s->mode = SOFT_MODE_ARROWS;
        s->col = delta > 0 ? 0 : soft_row_keys(s, s->row) - 1;
        if (soft_row_is_done(s, s->row) && delta < 0) { /* Done stands right of the editing keys */
            s->row--;
            s->col = s->edit_count - 1;
        }
    } else if (soft_row_is_done(s, s->row) && delta < 0) {
        s->row--;
        s->col = s->edit_count - 1;
    } else if (soft_row_is_edits(s, s->row) && delta > 0 && s->col == s->edit_count - 1) {
        s->row++;
        s->col = 0;
    } else {
        move_col(s, delta);
    }
}

static enum soft_action press(struct soft *s, char *ret_char)
{
    enum soft_action action;

    if (s->mode == SOFT_MODE_ROW && soft_row_keys(s, s->row) > 1) {
        s->mode = SOFT_MODE_DIAL;
        s->col = 0;
        return SOFT_NOTHING;
    }
    if (s->mode == SOFT_MODE_ROW)
        s->col = 0;
    if (soft_row_is_tabs(s, s->row)) {
        s->tab = soft_tab_at(s, s->col);
        if (s->mode == SOFT_MODE_DIAL) {
            s->mode = SOFT_MODE_ROW;
            s->row = first_chars(s);
        }
        return SOFT_NOTHING;
    }
    if (soft_row_is_done(s, s->row)) {
        action = SOFT_DONE;
    } else if (soft_row_is_edits(s, s->row)) {
        action = s->edits[s->col];
    } else {
        *ret_char = soft_char_at(s, s->row, s->col);
        action = SOFT_CHARACTER;
    }
    if (s->mode == SOFT_MODE_DIAL)
        s->mode = SOFT_MODE_ROW;
    return action;
}

enum soft_action soft_key(struct soft *s, enum cmd cmd, char *ret_char, bool *ret_used)
{
    *ret_used = true;
    if (cmd == CMD_OPEN)
        return press(s, ret_char);
    if (cmd == CMD_UP || cmd == CMD_DOWN) {
        int delta = cmd == CMD_UP ? -1 : 1;

        if (s->mode == SOFT_MODE_DIAL)
            move_col(s, delta);
        else
            move_row(s, delta);
    } else if (cmd == CMD_LEFT || cmd == CMD_RIGHT) {
        arrow(s, cmd == CMD_LEFT ? -1 : 1);
    } else if (cmd == CMD_BACK && s->mode == SOFT_MODE_DIAL) {
        s->mode = SOFT_MODE_ROW;
    } else {
        *ret_used = false;
    }
    return SOFT_NOTHING;
}
