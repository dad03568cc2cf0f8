/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

size_t utf8_decode(const char *text, size_t len, uint32_t *ret_char)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    const unsigned char *p = (const unsigned char *)text;

    if (len == 0)
        return 0;
    for (size_t n = 0; n < 4; n++) {
        uint32_t c;

        if ((p[0] & forms[n].mask) != forms[n].lead)
            continue;
        if (n + 1 > len)
            return 0;
        c = p[0] & (unsigned char)~forms[n].mask;
        for (size_t i = 1; i <= n; i++) {
            if ((p[i] & 0xc0) != 0x80)
                return 0;
            c = c << 6 | (p[i] & 0x3f);
        }
        if (c < forms[n].least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
            return 0;
        *ret_char = c;
        return n + 1;
    }
    return 0;
}

bool utf8_valid(const char *text, size_t len)
{
    uint32_t c;

    while (len > 0) {
        size_t n = utf8_decode(text, len, &c);

        if (n == 0 || c == 0)
            return false;
        text += n;
        len -= n;
    }
    return true;
}

/* Characters that would be invisible, reorder their neighbours, or mean nothing to a reader. */
static bool is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},        {0x7f, 0x9f},     {0xad, 0xad},       {0x34f, 0x34f},
        {0x61c, 0x61c},      {0x17b4, 0x17b5}, {0x115f, 0x1160},   {0x180b, 0x180f},
        {0x200b, 0x200f},    {0x2028, 0x202e}, {0x2060, 0x206f},   {0x3164, 0x3164},
        {0xe000, 0xf8ff},    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
        {0xfff0, 0xfffb},    {0xfffe, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
        {0xf0000, 0x10ffff},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static bool is_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5bd) ||
           (c >= 0x64b && c <= 0x65f) || (c >= 0xe31 && c <= 0xe3a && c != 0xe32 && c != 0xe33) ||
           (c >= 0xe47 && c <= 0xe4e) || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
           (c >= 0x3099 && c <= 0x309a) || (c >= 0xfe20 && c <= 0xfe2f) ||
           (wcwidth((wchar_t)c) == 0 && !(c >= 0x1160 && c <= 0x11ff)); /* Hangul jamo: letters */
}

size_t safe_text(char *dst, size_t size, const char *src, size_t len)
{
    size_t out = 0;
    int marks = 1; /* a mark with nothing before it is not shown as one */

    if (size == 0)
        return 0;
    while (len > 0) {
        uint32_t c = 0;
        size_t n = utf8_decode(src, len, &c);
        size_t bytes = n > 0 ? n : 1;
        bool plain = n > 0 && !is_hidden(c);

        if (plain)
            marks = is_combining(c) ? marks + 1 : 0;
        if (plain && marks < 2) {
            if (out + n >= size)
                break;
            memcpy(dst + out, src, n);
            out += n;
        } else {
            if (out + 4 * bytes >= size)
                break;
            for (size_t i = 0; i < bytes; i++, out += 4)
                snprintf(dst + out, size - out, "\\x%02X", (unsigned char)src[i]);
        }
        src += bytes;
        len -= bytes;
    }
    dst[out] = '\0';
    return out;
}

static int char_cells(uint32_t c)
{
    int w = wcwidth((wchar_t)c);

    return w < 0 ? 1 : w;
}

int text_cells(const char *text)
{
    size_t len = strlen(text);
    int cells = 0;

    while (len > 0) {
        uint32_t c = '?';
        size_t n = utf8_decode(text, len, &c);

        if (n == 0)
            n = 1;
        cells += char_cells(c);
        text += n;
        len -= n;
    }
    return cells;
}

int text_fit(char *dst, size_t size, const char *text, int cells)
{
    static const char cut[] = "..";
    size_t len = strlen(text), out = 0;
    int room = cells, used = 0;

    if (size == 0 || cells <= 0) {
        if (size > 0)
            dst[0] = '\0';
        return 0;
    }
    if (text_cells(text) > cells)
        room = cells > 2 ? cells - 2 : 0;
    while (len > 0) {
        uint32_t c = '?';
        size_t n = utf8_decode(text, len, &c);

        if (n == 0)
            n = 1;
        if (used + char_cells(c) > room || out + n >= size)
            break;
        memcpy(dst + out, text, n);
        out += n;
        used += char_cells(c);
        text += n;
        len -= n;
    }
    for (size_t i = 0; len > 0 && i < sizeof(cut) - 1 && used < cells && out + 1 < size; i++) {
        dst[out++] = cut[i];
        used++;
    }
    dst[out] = '\0';
    return used;
}
