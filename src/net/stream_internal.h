/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream_internal.h - what the two stream files share: stream.c (its life, connecting, handshake
 * and events), stream_io.c (the bytes that go out and come in). Nobody else includes it.
 */
#ifndef NM_NET_STREAM_INTERNAL_H
#define NM_NET_STREAM_INTERNAL_H

#include "base/buf.h"
#include "net/dial.h"
#include "net/stream.h"

enum stream_phase {
    STREAM_PHASE_IDLE,
    STREAM_PHASE_DIALING,
    STREAM_PHASE_OPEN,
    STREAM_PHASE_HANDSHAKE,
    STREAM_PHASE_FINISHING, /* our end is said, the other side's is awaited */
    STREAM_PHASE_ENDED,
};

struct stream {
    struct loop *loop;
    struct stream_times times;
    stream_fn *fn;
    void *arg;
    bool *gone; /* set while fn runs: where stream_free() says that we are no more */

    enum stream_phase phase;
    struct dial *dial;
    char host[256];
    uint16_t port;

    int fd;
    struct loop_io *io;
    struct loop_timer *deadline; /* of the handshake */
    struct loop_timer *soon;     /* goes on from the loop with what a call could not do itself */
    struct tls *tls;

    struct buf in;
    struct buf out;
    size_t out_sent; /* of out */
    bool want_drained;
    bool half_closed; /* FIN is out */
    struct err err;
};

/* --- stream.c --- */

/* Everything but the memory and the last words. */
void stream_end(struct stream *s);

/* Tell the owner. Returns whether the stream still exists. */
bool stream_emit(struct stream *s, enum stream_event event);

/* End it and tell: s->err is set. fail_soon: from inside a call of the owner; the loop tells. */
void stream_fail(struct stream *s);
void stream_fail_soon(struct stream *s);

/* Set s->err, with host and port as arguments; broken: an established connection did. */
void stream_set_error(struct stream *s, enum err_code code, enum err_step step, int sys_errno);
void stream_set_broken(struct stream *s, int sys_errno);

/* Watch the socket for what can be done now. */
void stream_watch(struct stream *s);

/* --- stream_io.c --- */

/* Send what is pending, as far as the network takes it. Errors: -1 with errno. */
int stream_flush(struct stream *s);

/* The socket takes more. Returns whether to go on. */
bool stream_on_writable(struct stream *s);

/* There is something to read. */
void stream_on_readable(struct stream *s);

#endif
