/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * data_private.h - what the two data files share: data.c (opening, sending, the stream's events),
 * data_receive.c (what comes back). Nobody else includes it.
 */
#ifndef NM_FTPES_DATA_PRIVATE_H
#define NM_FTPES_DATA_PRIVATE_H

#include "ftpes/data.h"
#include "net/listener.h"

#define DATA_CHUNK TLS_WRITE_MAX /* bytes of one pread(2): four records */

enum phase {
    PHASE_OPENING,
    PHASE_SENDING,
    PHASE_SENT,
    PHASE_RECEIVING,
    PHASE_RECEIVED,
    PHASE_FAILED,
};

struct data {
    struct loop *loop;
    struct stream *stream;
    struct listener *listener;
    enum phase phase;

    int fd;
    int64_t from; /* the first byte */
    int64_t left; /* bytes to read */
    int64_t sent; /* bytes handed to the stream */
    struct digest *digest;
    char *chunk;

    bool expects;     /* the other side sends */
    bool closed;      /* and has ended */
    bool equal;       /* with what the file has */
    int64_t received; /* bytes that were */

    struct loop_timer *watch; /* looks for a stall */
    int64_t stall;
    int64_t moved_at; /* when something last moved: clock_ms() */
    int64_t last_sent;
    size_t last_unacknowledged;
    struct loop_timer *tick; /* tells of the progress, also while the last bytes are on their way */

    struct err err;
    data_fn *fn;
    void *arg;
    bool *gone; /* set while fn runs */
};

/* --- data.c --- */

/* Tell the owner. Returns whether the connection still exists. */
bool data_emit(struct data *d, enum data_event event);

/* Break it off and tell: d->err is set. */
void data_fail(struct data *d);

/* From now on bytes have to move. */
void data_watch(struct data *d);

/* --- data_receive.c --- */

/* Compare what has come; DATA_RECEIVED or DATA_FAILED may follow, as the last thing. */
void data_compare(struct data *d);

/* The other side has ended. Returns whether that was to come, and is dealt with. */
bool data_expected_end(struct data *d);

/* The same without close_notify, which some servers have not: when all has come. */
bool data_rude_end(struct data *d);

#endif
