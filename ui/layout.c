/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* From this height on there is room for a blank line below the title. */
#define ROOMY_ROWS 22

void layout_screen(struct layout *l, int rows, int cols, bool buttons)
{
    *l = (struct layout){
        .rows = rows,
        .cols = cols,
        .too_small = rows < LAYOUT_ROWS_MIN || cols < LAYOUT_COLS_MIN,
        .keys_row = rows - 1,
        .status_row = rows - 2,
        .hint_rows = 2,
        .hint_row = rows - 4,
        .button_row = buttons ? rows - 5 : -1,
        .body_top = rows >= ROOMY_ROWS ? 2 : 1,
    };
    l->body_rows = (buttons ? l->button_row : l->hint_row) - l->body_top;
    if (rows >= ROOMY_ROWS && buttons)
        l->body_rows--; /* a blank line above the buttons */
    if (l->body_rows < 0)
        l->body_rows = 0;
}

void layout_row(struct layout_row *r, int cols, int widest)
{
    int most = cols / 2 - 1;
    int gap = cols >= 48 ? 2 : 1;

    r->label_col = 3;
    r->label_cells = widest < most ? widest : most;
    r->value_col = r->label_col + r->label_cells + gap;
    r->mark_col = cols - 2;
    r->value_cells = r->mark_col - 1 - r->value_col;
    if (r->value_cells < 0)
        r->value_cells = 0;
}

/* The next character: itself, its bytes and cells. */
static size_t next_char(const char *text, uint32_t *ret_char, int *ret_cells)
{
    char one[8] = "";
    size_t n = utf8_decode(text, strlen(text), ret_char);

    if (n == 0) {
        n = 1;
        *ret_char = (unsigned char)*text;
    }
    memcpy(one, text, n);
    *ret_cells = text_cells(one);
    return n;
}

/*
 * What begins no line and what ends none (JIS X 4051; Unicode line breaking, classes CL, CJ, NS and
 * OP): closing marks, small kana, the long vowel mark; opening marks.
 */
static const char no_beginning[] = "\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff1f\uff01\u300d"
                                   "\u300f\uff09\u3011\u3015\u3009\u300b\u30fc\uff5e\u2026\u3005"
                                   "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
                                   "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee"
                                   "\u30f5\u30f6)]},.:;!?%";
static const char no_end[] = "\u300c\u300e\uff08\u3010\u3014\u3008\u300a([{";

static bool is_one_of(uint32_t c, const char *set)
{
    uint32_t one;

    for (; *set != '\0'; set += utf8_decode(set, strlen(set), &one))
        if (utf8_decode(set, strlen(set), &one) > 0 && one == c)
            return true;
    return false;
}

/* The end of the line that begins at text, and the beginning of the next one. */
static const char *line_end(const char *text, int cells, const char **ret_next)
{
    const char *p = text, *at = NULL; /* the last place where the line may end */
    int used = 0;
    bool after_wide = false;
    uint32_t before = 0;

    while (*p != '\0' && *p != '\n') {
        int w = 0;
        uint32_t c;
        size_t n = next_char(p, &c, &w);

        if (p > text && *p != ' ' && (w > 1 || after_wide) && !is_one_of(c, no_beginning) &&
            !is_one_of(before, no_end))
            at = p;
        if (used + w > cells && p > text) {
            if (*p == ' ')
                at = p;
            if (at == NULL || at == text)
                at = p;
            break;
        }
        if (*p == ' ' && p > text && p[-1] != ' ')
            at = p;
        used += w;
        after_wide = w > 1;
        before = c;
        p += n;
    }
    if (*p == '\0' || *p == '\n') {
        *ret_next = *p == '\n' ? p + 1 : p;
        return p;
    }
    for (p = at; *p == ' ';)
        p++;
    *ret_next = p;
    return at;
}

size_t layout_wrap(const char *text, int cells, struct layout_line *lines, size_t max)
{
    size_t count = 0;

    if (cells < 2)
        cells = 2;
    while (*text != '\0') {
        const char *next;
        const char *end = line_end(text, cells, &next);

        if (count < max)
            lines[count] = (struct layout_line){.text = text, .len = (size_t)(end - text)};
        count++;
        text = next;
    }
    return count;
}

void layout_path(char *dst, size_t size, const char *const *names, size_t count, int cells)
{
    char path[512] = "";

    for (size_t first = 0; first < count; first++) {
        size_t len = 0;

        path[0] = '\0';
        for (size_t i = first; i < count && len < sizeof(path); i++)
            len += (size_t)snprintf(path + len, sizeof(path) - len, "%s%s", i > first ? " > " : "",
                                    names[i]);
        if (text_cells(path) <= cells)
            break;
    }
    text_fit(dst, size, path, cells);
}
