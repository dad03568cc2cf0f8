/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_FIRST 256 /* bytes of the first allocation */

void buf_init(struct buf *b, size_t ceiling)
{
    *b = (struct buf){.ceiling = ceiling};
}

void buf_done(struct buf *b)
{
    if (b->data != NULL)
        explicit_bzero(b->data, b->size);
    free(b->data);
    b->data = NULL;
    b->len = b->size = 0;
}

/* Make room for len more bytes and a NUL. A fresh block each time: realloc would leave a copy. */
static int grow(struct buf *b, size_t len)
{
    size_t size = b->size > 0 ? b->size : BUF_FIRST;
    char *data;

    if (len > b->ceiling - b->len)
        return -ERR_TOO_LARGE;
    if (b->len + len < b->size)
        return 0;
    while (size <= b->len + len)
        size *= 2;
    data = malloc(size);
    if (data == NULL)
        return -ERR_NO_MEMORY;
    if (b->len > 0)
        memcpy(data, b->data, b->len);
    if (b->data != NULL)
        explicit_bzero(b->data, b->size);
    free(b->data);
    b->data = data;
    b->size = size;
    return 0;
}

int buf_append(struct buf *b, const void *data, size_t len)
{
    int r = grow(b, len);

    if (r < 0)
        return r;
    if (len > 0)
        memcpy(b->data + b->len, data, len);
    buf_commit(b, len);
    return 0;
}

int buf_printf(struct buf *b, const char *format, ...)
{
    va_list ap;
    int need, r;

    va_start(ap, format);
    need = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (need < 0)
        return -ERR_INTERNAL;
    r = grow(b, (size_t)need);
    if (r < 0)
        return r;
    va_start(ap, format);
    vsnprintf(b->data + b->len, (size_t)need + 1, format, ap);
    va_end(ap);
    b->len += (size_t)need;
    return 0;
}

char *buf_reserve(struct buf *b, size_t len)
{
    return grow(b, len) < 0 ? NULL : b->data + b->len;
}

void buf_commit(struct buf *b, size_t len)
{
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_consume(struct buf *b, size_t len)
{
    if (len == 0)
        return;
    b->len -= len;
    memmove(b->data, b->data + len, b->len);
    b->data[b->len] = '\0';
}

void buf_reset(struct buf *b)
{
    if (b->data != NULL)
        explicit_bzero(b->data, b->size);
    b->len = 0;
}

const char *buf_str(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}
