/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * data.h - one data connection, and the file that goes through it, or comes back to be compared.
 *
 * Calling sequence:
 *     d = data_new(loop, &times, stall, fn, arg);
 *     data_connect(d, &ep)                 -> DATA_CONNECTED   (passive)
 *     data_listen(d, &here, &peer, &ep, e) -> DATA_CONNECTED   (active; tell the server ep first)
 *     data_secure(d, ctx, host, control)   -> DATA_SECURE
 *     data_send(d, fd, from, size, digest) -> DATA_PROGRESS ..., DATA_SENT
 *  or data_expect(d, fd, from, until) before connecting, and when the server's mark is there
 *     data_receive(d)                      -> DATA_RECEIVED
 *     data_free(d)                         at any time, also inside an event
 *
 * A connection that is freed before DATA_SENT is reset, so that no server takes what it has for a
 * whole file. DATA_FAILED is last.
 */
#ifndef NM_FTPES_DATA_H
#define NM_FTPES_DATA_H

#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "ftpes/digest.h"
#include "net/stream.h"

struct data;

enum data_event {
    DATA_CONNECTED,
    DATA_SECURE,
    DATA_PROGRESS, /* some times a second: see data_arrived() */
    DATA_SENT,     /* every byte and our end are on their way; the server's reply decides */
    DATA_RECEIVED, /* the other side has ended, or sent something else: see data_equal() */
    DATA_FAILED,   /* see data_error() */
};

typedef void data_fn(void *arg, enum data_event event);

/* stall: milliseconds in which not one byte was acknowledged. Errors: NULL without memory. */
struct data *data_new(struct loop *loop, const struct stream_times *times, int64_t stall,
                      data_fn *fn, void *arg);
void data_free(struct data *d);

/* Errors by DATA_FAILED: ERR_DATA_UNREACHABLE (arg 0: address, arg 1: port). */
void data_connect(struct data *d, const struct endpoint *to);

/* Errors: ERR_IO ...; a deadline is the caller's affair. */
int data_listen(struct data *d, const struct endpoint *here, const struct endpoint *peer,
                struct endpoint *ret_ep, struct err *e);

/* TLS with the control connection's peer, resuming its session or not. Errors: as
 * stream_start_tls(); later DATA_FAILED. */
int data_secure(struct data *d, struct tls_context *ctx, const char *host,
                const struct stream *control, bool resume, struct err *e);

/*
 * Send the bytes of fd from byte `from` on; the file has `size` bytes. digest gets what is read,
 * may be NULL. Errors by DATA_FAILED: ERR_CLIP_UNREADABLE (errno), ERR_CLIP_CHANGED when the file
 * has fewer or more bytes, ERR_ABORTED when the other side broke off, ERR_STALLED.
 */
void data_send(struct data *d, int fd, int64_t from, int64_t size, struct digest *digest);

/*
 * What the other side will send is to be compared with the bytes [from, until) of fd. It may be
 * quick: have sent all and ended before the control connection says so. Nothing is compared before
 * data_receive(), and all must come within `stall` of it. Errors by DATA_FAILED: as data_send().
 */
void data_expect(struct data *d, int fd, int64_t from, int64_t until);
void data_receive(struct data *d);

/* After DATA_RECEIVED: whether just those bytes came, and then the end. */
bool data_equal(const struct data *d);

/* Bytes sent by this connection that the other side has acknowledged. */
int64_t data_arrived(const struct data *d);

/* Whether bytes are still on their way after DATA_SENT: then the server cannot have answered. */
bool data_in_flight(const struct data *d);

const struct err *data_error(const struct data *d);

/* NULL when not under TLS. */
const struct tls *data_tls(const struct data *d);

#endif
