/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * digest.h - the hash of a file, read in turns of the loop, and the server's word for its own.
 *
 * Calling sequence:
 *     d = digest_new(loop, kind, fd, fn, arg);
 *     digest_read(d, until)              -> fn: so many bytes are in, or digest_error() says why
 * not digest_agrees(d, words, len)       whether a reply names the hash of what is in so far
 *     digest_add(d, bytes, len)          the bytes that follow, in order, by who reads them anyway
 *     digest_agrees(...)                 and so on
 *     digest_free(d)                     at any time, also inside fn
 *
 * A hash finds what a disk, a line or another program did to a file by accident; it proves nothing
 * about an enemy who runs the server. So SHA-1 and CRC-32 serve where there is no SHA-256.
 */
#ifndef NM_FTPES_DIGEST_H
#define NM_FTPES_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"

enum digest_kind {
    DIGEST_SHA256,
    DIGEST_SHA1,
    DIGEST_CRC32, /* of ISO 3309, as XCRC and zlib have it */
};

#define DIGEST_TEXT_MAX 65 /* bytes of a hash in hexadecimal with its NUL */

struct digest;

typedef void digest_fn(void *arg);

/* Errors: NULL without memory. */
struct digest *digest_new(struct loop *loop, enum digest_kind kind, int fd, digest_fn *fn,
                          void *arg);
void digest_free(struct digest *d);

/* Read on up to byte `until`; fn is called by the loop, also when there is nothing to read. */
void digest_read(struct digest *d, int64_t until);

/* Whether reading is over, one way or the other. */
bool digest_ended(const struct digest *d);

/* ERR_NONE; ERR_CLIP_UNREADABLE (errno), or ERR_CLIP_CHANGED when the file is shorter. */
const struct err *digest_error(const struct digest *d);

void digest_add(struct digest *d, const void *bytes, size_t len);

/* The hash of what is in so far, in lower case; more may be added. */
void digest_text(struct digest *d, char dst[DIGEST_TEXT_MAX]);

/* Whether the words of a reply (see digest_in_reply) have just that hash. */
bool digest_agrees(struct digest *d, const char *words, size_t len);

/*
 * The hash in the words of a reply, in lower case: the first of them that has as many hexadecimal
 * digits as this kind, wherever it stands, since each family of servers has its own order ("SHA-256
 * 0-49 HASH name" of draft-bryan-ftpext-hash, "HASH", "XCRC HASH"). A CRC-32 that stands alone may
 * lack leading zeros. Returns false when there is none. Pure.
 */
bool digest_in_reply(enum digest_kind kind, const char *words, size_t len,
                     char ret_text[DIGEST_TEXT_MAX]);

#endif
