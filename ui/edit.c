/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/edit.h"

#include <string.h>

#include "base/utf8.h"

static size_t char_len(const struct edit *e, size_t at)
{
    uint32_t c;
    size_t n = utf8_decode(e->text + at, e->len - at, &c);

    return n > 0 ? n : 1;
}

/* Where the character before byte `at` begins. */
static size_t char_before(const struct edit *e, size_t at)
{
    size_t i = 0, last = 0;

    while (i < at) {
        last = i;
        i += char_len(e, i);
    }
    return last;
}

void edit_set(struct edit *e, const char *text, size_t len)
{
    edit_wipe(e);
    if (len > EDIT_MAX)
        len = EDIT_MAX;
    memcpy(e->text, text, len);
    e->len = len;
    e->cursor = len;
}

void edit_wipe(struct edit *e)
{
    explicit_bzero(e, sizeof(*e));
}

bool edit_insert(struct edit *e, const char *bytes, size_t len)
{
    if (len > EDIT_MAX - e->len)
        return false;
    memmove(e->text + e->cursor + len, e->text + e->cursor, e->len - e->cursor);
    memcpy(e->text + e->cursor, bytes, len);
    e->len += len;
    e->cursor += len;
    e->text[e->len] = '\0';
    return true;
}

void edit_delete_right(struct edit *e)
{
    size_t n;

    if (e->cursor >= e->len)
        return;
    n = char_len(e, e->cursor);
    memmove(e->text + e->cursor, e->text + e->cursor + n, e->len - e->cursor - n);
    e->len -= n;
    explicit_bzero(e->text + e->len, n);
}

void edit_delete_left(struct edit *e)
{
    if (e->cursor == 0)
        return;
    edit_left(e);
    edit_delete_right(e);
}

void edit_left(struct edit *e)
{
    e->cursor = char_before(e, e->cursor);
}

void edit_right(struct edit *e)
{
    if (e->cursor < e->len)
        e->cursor += char_len(e, e->cursor);
}

void edit_home(struct edit *e)
{
    e->cursor = 0;
}

void edit_end(struct edit *e)
{
    e->cursor = e->len;
}

int edit_chars(const struct edit *e)
{
    int count = 0;

    for (size_t i = 0; i < e->len; i += char_len(e, i))
        count++;
    return count;
}

/* The shown form of the character at byte i. Returns its cells. */
static int shown(const struct edit *e, size_t i, bool masked, char *dst, size_t size)
{
    if (masked) {
        safe_text(dst, size, "*", 1);
        return 1;
    }
    safe_text(dst, size, e->text + i, char_len(e, i));
    return text_cells(dst);
}

int edit_window(const struct edit *e, bool masked, int cells, char *dst, size_t size)
{
    char one[24];
    size_t start = 0, out = 0;
    int before = 0, used = 0;

    for (size_t i = 0; i < e->cursor; i += char_len(e, i))
        before += shown(e, i, masked, one, sizeof(one));
    while (before >= cells && start < e->cursor) { /* the cursor needs a cell of its own */
        before -= shown(e, start, masked, one, sizeof(one));
        start += char_len(e, start);
    }
    dst[0] = '\0';
    for (size_t i = start; i < e->len; i += char_len(e, i)) {
        int w = shown(e, i, masked, one, sizeof(one));
        size_t n = strlen(one);

        if (used + w > cells || out + n >= size)
            break;
        memcpy(dst + out, one, n + 1);
        out += n;
        used += w;
    }
    explicit_bzero(one, sizeof(one));
    return before;
}
