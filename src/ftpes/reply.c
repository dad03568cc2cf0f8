/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/reply.h"

#include <string.h>

#include "base/err.h"

#define CODE_MIN 100
#define CODE_MAX 599

#define SIZE_DIGITS_MAX 18 /* more bytes than any file has */

/* The first bytes of a TLS record (RFC 5246 section 6.2.1). */
#define TLS_ALERT     0x15
#define TLS_HANDSHAKE 0x16
#define TLS_MAJOR     0x03

void reply_init(struct reply *r)
{
    *r = (struct reply){.code = 0};
    buf_init(&r->text, REPLY_BYTES_MAX);
}

void reply_done(struct reply *r)
{
    buf_done(&r->text);
}

void reply_reset(struct reply *r)
{
    r->text.len = 0;
    r->code = 0;
    r->lines = 0;
    r->line = 0;
    r->complete = false;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* The three digits that a line begins with, or -1. */
static int line_code(const char *line, size_t len)
{
    if (len < 3 || digit(line[0]) < 0 || digit(line[1]) < 0 || digit(line[2]) < 0)
        return -1;
    return digit(line[0]) * 100 + digit(line[1]) * 10 + digit(line[2]);
}

/* Look at the very first bytes before a line is complete: some servers never end one. */
static int check_start(const char *start, size_t len)
{
    if (len == 0 || digit(start[0]) >= 0)
        return 0;
    if (start[0] == TLS_HANDSHAKE || start[0] == TLS_ALERT)
        return len == 1 ? 0 : start[1] == TLS_MAJOR ? -ERR_IMPLICIT_TLS : -ERR_NOT_FTP;
    return -ERR_NOT_FTP;
}

/* The first line decides the code. Returns 1 when it is also the last. */
static int first_line(struct reply *r, const char *line, size_t len)
{
    int code = line_code(line, len);

    if (code < 0)
        return -ERR_NOT_FTP;
    if (code < CODE_MIN || code > CODE_MAX)
        return -ERR_PROTOCOL;
    r->code = code;
    if (len == 3 || line[3] == ' ')
        return 1;
    return line[3] == '-' ? 0 : -ERR_PROTOCOL;
}

/* A complete line without its end. Returns 1 when it is the reply's last. */
static int end_of_line(struct reply *r, const char *line, size_t len)
{
    if (r->lines++ == 0)
        return first_line(r, line, len);
    if (r->lines > REPLY_LINES_MAX)
        return -ERR_REPLY_TOO_LONG;
    return line_code(line, len) == r->code && (len == 3 || line[3] == ' ');
}

int reply_feed(struct reply *r, const char *bytes, size_t len, size_t *ret_used)
{
    size_t used = 0;
    int result = 0;

    if (r->complete)
        reply_reset(r);
    while (result == 0 && used < len) {
        const char *from = bytes + used;
        const char *lf = memchr(from, '\n', len - used);
        size_t n = lf != NULL ? (size_t)(lf - from) + 1 : len - used;
        size_t end;

        result = buf_append(&r->text, from, n);
        if (result == -ERR_TOO_LARGE)
            result = -ERR_REPLY_TOO_LONG;
        if (result < 0)
            break;
        used += n;
        result = r->lines == 0 ? check_start(r->text.data, r->text.len) : 0;
        if (result < 0 || lf == NULL)
            continue;
        end = r->text.len - 1;
        if (end > r->line && r->text.data[end - 1] == '\r')
            end--;
        result = end_of_line(r, r->text.data + r->line, end - r->line);
        r->line = r->text.len;
    }
    r->complete = result == 1;
    *ret_used = used;
    return result;
}

/* The words of the line that begins at `at`, after its code and separator. */
static const char *words_at(const struct reply *r, size_t at, size_t *ret_len)
{
    const char *line = r->text.data + at;
    const char *end = memchr(line, '\n', r->text.len - at);
    size_t len = end != NULL ? (size_t)(end - line) : r->text.len - at;

    if (len > 0 && line[len - 1] == '\r')
        len--;
    if (line_code(line, len) >= 0) {
        size_t skip = len > 3 ? 4 : 3;

        line += skip;
        len -= skip;
    }
    *ret_len = len;
    return line;
}

const char *reply_words(const struct reply *r, size_t *ret_len)
{
    const char *words;
    size_t last;

    *ret_len = 0;
    if (r->text.len == 0)
        return "";
    for (last = r->text.len - 1; last > 0 && r->text.data[last - 1] != '\n'; last--)
        ;
    words = words_at(r, last, ret_len);
    return *ret_len > 0 ? words : words_at(r, 0, ret_len);
}

int64_t reply_size(const struct reply *r)
{
    size_t len, digits = 0;
    const char *words = reply_words(r, &len);
    int64_t size = 0;

    while (len > 0 && words[len - 1] == ' ')
        len--;
    while (digits < len && digit(words[len - digits - 1]) >= 0)
        digits++;
    if (digits == 0 || digits > SIZE_DIGITS_MAX || (digits < len && words[len - digits - 1] != ' '))
        return -1;
    for (size_t i = len - digits; i < len; i++)
        size = size * 10 + digit(words[i]);
    return size;
}

size_t reply_explanation(const struct reply *r, char *dst, size_t size)
{
    size_t used = 0;

    for (size_t at = 0; at < r->text.len;) {
        const char *lf = memchr(r->text.data + at, '\n', r->text.len - at);
        size_t len;
        const char *words = words_at(r, at, &len);

        if (len > 0 && used > 0 && used + 1 < size)
            dst[used++] = ' ';
        if (len >= size - used)
            len = size - used - 1;
        memcpy(dst + used, words, len);
        used += len;
        at = lf != NULL ? (size_t)(lf - r->text.data) + 1 : r->text.len;
    }
    dst[used] = '\0';
    return used;
}
