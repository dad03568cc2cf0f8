/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buf.h - a growing byte buffer that cannot grow past its ceiling.
 *
 * Calling sequence: buf_init(&b, ceiling); buf_append(...) ...; buf_done(&b).
 * The bytes are followed by a NUL that is not counted, so text can be used as a string.
 * Ownership: the buffer owns its bytes; buf_done wipes and frees them and leaves an empty buffer.
 */
#ifndef NM_BASE_BUF_H
#define NM_BASE_BUF_H

#include <stddef.h>

#include "base/err.h"

struct buf {
    char *data;
    size_t len;
    size_t size;
    size_t ceiling;
};

void buf_init(struct buf *b, size_t ceiling);
void buf_done(struct buf *b);

/* Add len bytes. Errors: ERR_TOO_LARGE past the ceiling, ERR_NO_MEMORY; the buffer is unchanged. */
int buf_append(struct buf *b, const void *data, size_t len);

/* Add text as printf does. Errors: as buf_append. */
int buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Room for at least len more bytes, to be written at the returned place and then counted by
 * buf_commit. Errors: NULL past the ceiling or without memory.
 */
char *buf_reserve(struct buf *b, size_t len);
void buf_commit(struct buf *b, size_t len);

/* Forget the first len bytes; the rest moves to the front. */
void buf_consume(struct buf *b, size_t len);

/* Forget all; the memory is wiped and kept. */
void buf_reset(struct buf *b);

/* The bytes as a string, "" when empty. Valid until the next change. */
const char *buf_str(const struct buf *b);

#endif
