/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cert/pem.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

#define BEGIN "-----BEGIN "
#define END   "-----END "
#define DASH  "-----"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct line {
    const char *text;
    size_t len;
};

static void skip_byte_order_mark(const char **pos, const char *end)
{
    if (end - *pos >= 3 && memcmp(*pos, "\xef\xbb\xbf", 3) == 0)
        *pos += 3;
}

/*
 * The line at *pos, without its end; *pos moves past it. False at the end of the text. A byte order
 * mark may begin any line, as files are joined end to end.
 */
static bool next_line(const char **pos, const char *end, struct line *ret_line)
{
    const char *p;

    skip_byte_order_mark(pos, end);
    p = *pos;
    if (p == end)
        return false;
    while (p < end && *p != '\n' && *p != '\r')
        p++;
    *ret_line = (struct line){*pos, (size_t)(p - *pos)};
    if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
        p++;
    *pos = p < end ? p + 1 : p;
    return true;
}

static bool contains(const struct line *l, const char *word)
{
    return memmem(l->text, l->len, word, strlen(word)) != NULL;
}

/* Whether the line is a boundary or what is left of one: lost dashes must not hide a block. */
static bool is_marked(const struct line *l)
{
    return contains(l, "-----BEGIN") || contains(l, "-----END") ||
           (contains(l, "--") && (contains(l, "BEGIN CERT") || contains(l, "END CERT")));
}

/* The label of a boundary that begins with `begin`. False when the line is not exactly one. */
static bool boundary(const struct line *l, const char *begin, char label[PEM_LABEL_MAX])
{
    size_t first = strlen(begin), last = strlen(DASH), len = l->len;

    while (len > 0 && (l->text[len - 1] == ' ' || l->text[len - 1] == '\t'))
        len--;
    if (len < first + last || len - first - last >= PEM_LABEL_MAX ||
        memcmp(l->text, begin, first) != 0 || memcmp(l->text + len - last, DASH, last) != 0 ||
        memchr(l->text, '\0', len) != NULL)
        return false;
    len -= first + last;
    memcpy(label, l->text + first, len);
    label[len] = '\0';
    return true;
}

enum pem_found pem_next(const char **pos, const char *end, struct pem_block *ret_block)
{
    char label[PEM_LABEL_MAX];
    struct line line;
    const char *begin;

    do {
        begin = *pos;
        if (!next_line(pos, end, &line))
            return PEM_NONE;
    } while (!is_marked(&line));
    if (!boundary(&line, BEGIN, ret_block->label))
        return PEM_DAMAGED;
    ret_block->body = *pos;
    do {
        ret_block->body_len = (size_t)(*pos - ret_block->body);
        if (!next_line(pos, end, &line))
            return PEM_DAMAGED;
    } while (!is_marked(&line));
    if (!boundary(&line, END, label) || strcmp(label, ret_block->label) != 0)
        return PEM_DAMAGED;
    ret_block->size = (size_t)(*pos - begin);
    return PEM_BLOCK;
}

static int base64_value(char c)
{
    const char *p = c != '\0' ? strchr(alphabet, c) : NULL;

    return p != NULL ? (int)(p - alphabet) : -1;
}

int pem_decode(const struct pem_block *block, struct buf *bytes)
{
    unsigned group = 0;
    size_t chars = 0, padding = 0, most = block->body_len / 4 * 3 + 3, len = 0;
    char *out = buf_reserve(bytes, most);

    if (out == NULL)
        return most > bytes->ceiling - bytes->len ? -ERR_TOO_LARGE : -ERR_NO_MEMORY;
    for (size_t i = 0; i < block->body_len; i++) {
        char c = block->body[i];
        int value = base64_value(c);

        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == '=')
            padding++;
        else if (value < 0 || padding > 0)
            return -ERR_DAMAGED;
        group = group << 6 | (unsigned)(c == '=' ? 0 : value);
        if (++chars % 4 == 0) {
            out[len++] = (char)(group >> 16);
            out[len++] = (char)(group >> 8);
            out[len++] = (char)group;
            group = 0;
        }
    }
    if (chars == 0 || chars % 4 != 0 || padding > 2)
        return -ERR_DAMAGED;
    buf_commit(bytes, len - padding);
    return 0;
}

int pem_append(struct buf *text, const char *label, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    int r = buf_printf(text, BEGIN "%s" DASH "\n", label);

    for (size_t i = 0; r == 0 && i < len; i += 3) {
        size_t n = len - i < 3 ? len - i : 3;
        unsigned group = (unsigned)p[i] << 16 | (n > 1 ? (unsigned)p[i + 1] << 8 : 0) |
                         (n > 2 ? (unsigned)p[i + 2] : 0);
        char four[5] = {alphabet[group >> 18], alphabet[group >> 12 & 63],
                        n > 1 ? alphabet[group >> 6 & 63] : '=', n > 2 ? alphabet[group & 63] : '=',
                        '\n'};
        bool line_full = i % 48 == 45 || i + n == len;

        r = buf_append(text, four, line_full ? 5 : 4);
    }
    return r < 0 ? r : buf_printf(text, END "%s" DASH "\n", label);
}
