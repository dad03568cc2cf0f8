/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream.h - one TCP connection in the loop, in clear or under TLS, that never blocks.
 *
 * Purpose: the protocol above sees bytes and events; sockets, addresses tried in turn, handshakes
 * and deadlines stay here.
 *
 * Calling sequence:
 *     s = stream_new(loop, &times, fn, arg);
 *     stream_connect_host(s, host, port)  or  stream_connect(s, &ep)  or  stream_adopt(s, fd)
 *         -> STREAM_CONNECTED
 *     stream_start_tls(s, ctx, host, NULL, e) -> STREAM_SECURE
 *     stream_write(s, ...)                    -> STREAM_DRAINED when all of it is in the network
 *     stream_input / stream_consume after     STREAM_INPUT
 *     stream_finish(s)                        -> STREAM_CLOSED
 *     stream_free(s)                          at any time, also inside an event
 *
 * STREAM_CLOSED (the other side closed) and STREAM_FAILED are last: nothing follows them. Events
 * come from the loop, never from inside a call.
 *
 * Ownership: strings are copied; a TLS context and the stream resumed from must outlive the call's
 * handshake.
 */
#ifndef NM_NET_STREAM_H
#define NM_NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "net/endpoint.h"
#include "net/tls.h"

struct stream;

enum stream_event {
    STREAM_CONNECTED, /* to one of the addresses */
    STREAM_SECURE,    /* the TLS handshake is done and the peer is who it should be */
    STREAM_INPUT,     /* more bytes to stream_input() */
    STREAM_DRAINED,   /* nothing is waiting to be sent: now is the time to write more */
    STREAM_CLOSED,    /* end of input; all that came before was delivered */
    STREAM_FAILED,    /* see stream_error() */
};

/* Deadlines in milliseconds. */
struct stream_times {
    int64_t connect;   /* a name's addresses, and then each of them */
    int64_t handshake; /* TLS */
    int64_t dead;      /* bytes sent but not acknowledged: the network is gone (TCP_USER_TIMEOUT) */
};

typedef void stream_fn(void *arg, enum stream_event event);

#define STREAM_INPUT_MAX (16 * 1024)  /* unread bytes; more are left to TCP's flow control */
#define STREAM_BATCH_MAX (256 * 1024) /* of data between two stream_write() */
#define STREAM_OUTPUT_MAX                                                  \
    (STREAM_BATCH_MAX + 2 * TLS_WRITE_MAX) /* the same under TLS, and room \
                                            */

/* Errors: NULL without memory. */
struct stream *stream_new(struct loop *loop, const struct stream_times *times, stream_fn *fn,
                          void *arg);
void stream_free(struct stream *s);

/*
 * Connect. Errors arrive as STREAM_FAILED: ERR_RESOLVE, ERR_CONNECT_REFUSED, ERR_CONNECT_TIMEOUT,
 * ERR_UNREACHABLE (arg 0: the host, arg 1: the port).
 */
void stream_connect_host(struct stream *s, const char *host, uint16_t port);
void stream_connect(struct stream *s, const struct endpoint *to);

/* Take over a connected socket; STREAM_CONNECTED follows. */
void stream_adopt(struct stream *s, int fd);

/*
 * Begin TLS (see tls_new; first: a stream under TLS, or NULL). Anything that arrived before was not
 * protected and must not be there. Errors: ERR_TLS_INJECTION when there is unread input; those of
 * tls_new. Later, by STREAM_FAILED: those of tls_handshake; ERR_TIMEOUT.
 */
int stream_start_tls(struct stream *s, struct tls_context *ctx, const char *host,
                     const struct stream *first, bool resume, struct err *e);

/* Send len bytes (at most TLS_WRITE_MAX). Returns false when it broke: STREAM_FAILED follows. */
bool stream_write(struct stream *s, const void *data, size_t len);

/*
 * The same, and a stream_write() follows at once: one send(2) takes both. A receiver is woken for
 * each send, and waking costs more than encrypting what it is woken for.
 */
bool stream_write_more(struct stream *s, const void *data, size_t len);

/* Bytes written that the network has not taken yet. */
size_t stream_pending(const struct stream *s);

/* The same, and what the other side has not acknowledged yet. */
size_t stream_unacknowledged(const struct stream *s);

/* Ask for a STREAM_DRAINED, even when nothing is pending. */
void stream_want_drained(struct stream *s);

/* The unread bytes, valid until the next call; and forget the first len of them. */
const char *stream_input(const struct stream *s, size_t *ret_len);
void stream_consume(struct stream *s, size_t len);

/*
 * Say the end: close_notify under TLS, then FIN. Input is discarded from now on; STREAM_CLOSED
 * comes when the other side ends, too. There is no deadline here: what the kernel still holds may
 * take long on a slow network, and closing early could destroy it. The owner has one and frees.
 */
void stream_finish(struct stream *s);

/* Reset the connection, so that the other side can never take it for complete. No event follows. */
void stream_abort(struct stream *s);

/* After STREAM_FAILED. */
const struct err *stream_error(const struct stream *s);

/* The two ends of a connected stream. Returns false when it is not connected. */
bool stream_peer(const struct stream *s, struct endpoint *ret_ep);
bool stream_local(const struct stream *s, struct endpoint *ret_ep);

/* NULL when not under TLS. */
const struct tls *stream_tls(const struct stream *s);

#endif
