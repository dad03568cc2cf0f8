/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reply.h - a server's replies, cut out of the byte stream (RFC 959 section 4.2). Pure.
 *
 * Calling sequence: reply_init(&r); then, with whatever bytes there are,
 *     n = reply_feed(&r, bytes, len, &used);
 * until it returns 1: r.code and r.text hold one whole reply. The next call begins the next one.
 * reply_done(&r).
 *
 * Lines end with LF or CR LF; a CR elsewhere is data. Each byte is looked at a constant number of
 * times, and a reply that is too long is refused as soon as it is.
 */
#ifndef NM_FTPES_REPLY_H
#define NM_FTPES_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define REPLY_BYTES_MAX (64 * 1024)
#define REPLY_LINES_MAX 1000

struct reply {
    int code;        /* 100..599 */
    struct buf text; /* all lines as received, LF after each */
    size_t lines;
    size_t line; /* where the unfinished line begins */
    bool complete;
};

void reply_init(struct reply *r);
void reply_done(struct reply *r);

/* Begin anew; what is unfinished is forgotten. */
void reply_reset(struct reply *r);

/*
 * Take bytes up to the end of the reply. Returns 1 when it is complete, 0 when more is needed;
 * *ret_used bytes were taken.
 * Errors: ERR_REPLY_TOO_LONG; ERR_NOT_FTP when it does not begin with digits; ERR_IMPLICIT_TLS when
 * it begins as a TLS record; ERR_PROTOCOL for a code out of range or with a wrong separator;
 * ERR_NO_MEMORY.
 */
int reply_feed(struct reply *r, const char *bytes, size_t len, size_t *ret_used);

/* Whether a code begins with this digit: 1 go on waiting, 2 done, 3 say more, 4 not now, 5 no. */
static inline bool reply_is(int code, int digit)
{
    return code / 100 == digit;
}

/* The words of its last line, without the code; the first line's when that has none. */
const char *reply_words(const struct reply *r, size_t *ret_len);

/*
 * The number of bytes in a 213 (RFC 3659 section 4): the digits that its words are, or end with
 * behind a blank, since some servers put a text before. -1 when there is none.
 */
int64_t reply_size(const struct reply *r);

/*
 * The words of all its lines with a blank between, as far as they fit: a refusal's reason may stand
 * in any of them. Returns their bytes; dst gets a NUL too.
 */
size_t reply_explanation(const struct reply *r, char *dst, size_t size);

#endif
