/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pem.h - the blocks of a PEM file (RFC 7468), read strictly and written anew.
 *
 * Calling sequence:
 *     const char *pos = text;
 *     while (pem_next(&pos, end, &block) == PEM_BLOCK)
 *         pem_decode(&block, &bytes);
 *
 * Ownership: a block points into the text.
 */
#ifndef NM_CERT_PEM_H
#define NM_CERT_PEM_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define PEM_LABEL_MAX 64

struct pem_block {
    char label[PEM_LABEL_MAX]; /* "CERTIFICATE"; as it stands in the file, not safe to show */
    const char *body;          /* the lines between its two boundaries */
    size_t body_len;
    size_t size; /* bytes with both boundaries */
};

enum pem_found {
    PEM_BLOCK,
    PEM_NONE,    /* no further block */
    PEM_DAMAGED, /* a boundary without its other one, or one that is not a line of its own */
};

/*
 * The next block after *pos, which moves past it. Text outside of blocks is skipped, a byte order
 * mark, and line ends of any kind (RFC 7468 section 2).
 */
enum pem_found pem_next(const char **pos, const char *end, struct pem_block *ret_block);

/*
 * Append the bytes that the block's base64 stands for (RFC 4648 section 4); white space is skipped.
 * Errors: ERR_DAMAGED when it is not base64 or empty; those of buf_append.
 */
int pem_decode(const struct pem_block *block, struct buf *bytes);

/* Append bytes as a block in lines of 64 characters. Errors: those of buf_append. */
int pem_append(struct buf *text, const char *label, const void *bytes, size_t len);

#endif
