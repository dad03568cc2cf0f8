/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/data_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/listener.h"

#define BATCH        STREAM_BATCH_MAX /* bytes of one send(2) */
#define PROGRESS_MS  250
#define STALL_CHECKS 4 /* looks at the progress within the stall deadline */

static void on_stream(void *arg, enum stream_event event);
static void on_watch(void *arg);
static void on_tick(void *arg);

struct data *data_new(struct loop *loop, const struct stream_times *times, int64_t stall,
                      data_fn *fn, void *arg)
{
    struct data *d = calloc(1, sizeof(*d));

    if (d == NULL)
        return NULL;
    d->loop = loop;
    d->fd = -1;
    d->stall = stall;
    d->fn = fn;
    d->arg = arg;
    d->watch = loop_timer_new(loop, on_watch, d);
    d->tick = loop_timer_new(loop, on_tick, d);
    d->chunk = malloc(DATA_CHUNK);
    d->stream = stream_new(loop, times, on_stream, d);
    if (d->chunk == NULL || d->stream == NULL) {
        data_free(d);
        return NULL;
    }
    return d;
}

void data_free(struct data *d)
{
    if (d == NULL)
        return;
    if (d->gone != NULL)
        *d->gone = true;
    if (d->stream != NULL && d->phase != PHASE_SENT)
        stream_abort(d->stream);
    stream_free(d->stream);
    listener_free(d->listener);
    loop_timer_free(d->watch);
    loop_timer_free(d->tick);
    free(d->chunk);
    free(d);
}

bool data_emit(struct data *d, enum data_event event)
{
    bool gone = false;

    d->gone = &gone;
    d->fn(d->arg, event);
    if (!gone)
        d->gone = NULL;
    return !gone;
}

void data_fail(struct data *d)
{
    d->phase = PHASE_FAILED;
    loop_timer_stop(d->watch);
    loop_timer_stop(d->tick);
    stream_abort(d->stream);
    data_emit(d, DATA_FAILED);
}

/* --- opening ----------------------------------------------------------------------------- */

void data_connect(struct data *d, const struct endpoint *to)
{
    stream_connect(d->stream, to);
}

static void on_accepted(void *arg, int fd)
{
    struct data *d = arg;

    listener_free(d->listener);
    d->listener = NULL;
    stream_adopt(d->stream, fd);
}

int data_listen(struct data *d, const struct endpoint *here, const struct endpoint *peer,
                struct endpoint *ret_ep, struct err *e)
{
    int r = listener_new(&d->listener, d->loop, here, peer, on_accepted, d, e);

    if (r == 0)
        *ret_ep = *listener_endpoint(d->listener);
    return r;
}

int data_secure(struct data *d, struct tls_context *ctx, const char *host,
                const struct stream *control, bool resume, struct err *e)
{
    return stream_start_tls(d->stream, ctx, host, control, resume, e);
}

/* --- sending ----------------------------------------------------------------------------- */

/* Read the next piece. Returns its bytes, or -1: d->err says why. */
static ssize_t read_chunk(struct data *d)
{
    size_t want = d->left < DATA_CHUNK ? (size_t)d->left : DATA_CHUNK;
    ssize_t n;

    do
        n = pread(d->fd, d->chunk, want, (off_t)(d->from + d->sent));
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        err_set_errno(&d->err, STEP_CLIP, errno, NULL);
        d->err.code = ERR_CLIP_UNREADABLE;
        return -1;
    }
    if (n == 0) {
        err_set(&d->err, ERR_CLIP_CHANGED, STEP_CLIP);
        return -1;
    }
    return n;
}

/* All bytes are read: there must be no more of them. Returns whether the file is as announced. */
static bool at_end(struct data *d)
{
    ssize_t n = pread(d->fd, d->chunk, 1, (off_t)(d->from + d->sent));

    if (n == 0)
        return true;
    err_set(&d->err, n > 0 ? ERR_CLIP_CHANGED : ERR_CLIP_UNREADABLE, STEP_CLIP);
    d->err.sys_errno = n < 0 ? errno : 0;
    return false;
}

static void finish(struct data *d)
{
    if (!at_end(d)) {
        data_fail(d);
        return;
    }
    d->phase = PHASE_SENT;
    stream_finish(d->stream);
    data_emit(d, DATA_SENT);
}

void data_watch(struct data *d)
{
    d->moved_at = clock_ms();
    loop_timer_start(d->watch, d->stall / STALL_CHECKS);
}

static void on_tick(void *arg)
{
    struct data *d = arg;

    if (d->phase == PHASE_RECEIVING) {
        data_compare(d);
        return;
    }
    loop_timer_start(d->tick, PROGRESS_MS);
    data_emit(d, DATA_PROGRESS);
}

/*
 * Small pieces stay in the processor's cache from being read to being encrypted, and few large
 * sends wake the other side least. The kernel reads ahead: a card of 60 MB/s is kept busy all the
 * time. Returns whether to go on.
 */
static bool send_batch(struct data *d)
{
    int64_t batch = d->left < BATCH ? d->left : BATCH;

    while (batch > 0) {
        ssize_t n = read_chunk(d);

        if (n < 0) {
            data_fail(d);
            return false;
        }
        batch -= n;
        if (!(batch > 0 ? stream_write_more : stream_write)(d->stream, d->chunk, (size_t)n))
            return false; /* STREAM_FAILED follows */
        if (d->digest != NULL)
            digest_add(d->digest, d->chunk, (size_t)n);
        d->left -= n;
        d->sent += n;
    }
    return true;
}

/* The network takes more: one batch, then others of the loop have their turn. */
static void send_more(struct data *d)
{
    if (d->left > 0 && !send_batch(d))
        return;
    if (d->left == 0 && stream_pending(d->stream) == 0)
        finish(d);
    else
        stream_want_drained(d->stream);
}

void data_send(struct data *d, int fd, int64_t from, int64_t size, struct digest *digest)
{
    d->fd = fd;
    d->from = from;
    d->left = size - from;
    d->digest = digest;
    d->phase = PHASE_SENDING;
    loop_timer_start(d->tick, PROGRESS_MS);
    data_watch(d);
    stream_want_drained(d->stream); /* the first turn, like all others, is the loop's */
}

/*
 * What the other side has acknowledged: a socket takes megabytes that a slow link still has to
 * carry. TLS makes the bytes on their way a little more than those of the file.
 */
int64_t data_arrived(const struct data *d)
{
    int64_t on_the_way = (int64_t)stream_unacknowledged(d->stream);

    return d->sent > on_the_way ? d->sent - on_the_way : 0;
}

bool data_in_flight(const struct data *d)
{
    /* The FIN counts as one byte until it is acknowledged. */
    return stream_unacknowledged(d->stream) > 1;
}

/*
 * Nothing written and nothing acknowledged since the last look: perhaps a stall. What is received
 * is little, and must all come within that time: a server could drip it for days.
 */
static void on_watch(void *arg)
{
    struct data *d = arg;
    size_t unacknowledged = stream_unacknowledged(d->stream);
    int64_t now = clock_ms();

    if (d->phase != PHASE_RECEIVING &&
        (d->sent != d->last_sent || unacknowledged != d->last_unacknowledged)) {
        d->last_sent = d->sent;
        d->last_unacknowledged = unacknowledged;
        d->moved_at = now;
    }
    if (d->phase == PHASE_SENT && unacknowledged <= 1)
        return; /* from here on the server's reply is awaited, with its own deadline */
    if (now - d->moved_at >= d->stall) {
        err_set(&d->err, ERR_STALLED, STEP_SEND);
        data_fail(d);
        return;
    }
    loop_timer_start(d->watch, d->stall / STALL_CHECKS);
}

/* --- the stream -------------------------------------------------------------------------- */

/* The stream broke. What that means depends on how far we were. */
static void on_broken(struct data *d, const struct err *why)
{
    switch (d->phase) {
    case PHASE_OPENING:
        if (why == NULL) {
            err_set(&d->err, ERR_ABORTED, STEP_DATA_HANDSHAKE);
        } else {
            d->err = *why;
            if (why->step == STEP_CONNECT)
                d->err.code = ERR_DATA_UNREACHABLE;
        }
        break;
    case PHASE_SENDING:
    case PHASE_RECEIVING:
        err_set(&d->err, ERR_ABORTED, STEP_SEND);
        if (why != NULL)
            d->err.sys_errno = why->sys_errno;
        break;
    case PHASE_SENT: /* the reply on the control connection says whether all has arrived */
    case PHASE_RECEIVED:
    case PHASE_FAILED:
        return;
    }
    data_fail(d);
}

static void on_stream(void *arg, enum stream_event event)
{
    struct data *d = arg;

    switch (event) {
    case STREAM_CONNECTED:
        data_emit(d, DATA_CONNECTED);
        break;
    case STREAM_SECURE:
        data_emit(d, DATA_SECURE);
        break;
    case STREAM_INPUT: /* nobody may speak on an upload's connection: left to flow control */
        if (d->phase == PHASE_RECEIVING)
            data_compare(d);
        break;
    case STREAM_DRAINED:
        if (d->phase == PHASE_SENDING)
            send_more(d);
        break;
    case STREAM_CLOSED:
        if (!data_expected_end(d))
            on_broken(d, NULL);
        break;
    case STREAM_FAILED:
        if (!data_rude_end(d))
            on_broken(d, stream_error(d->stream));
        break;
    }
}

const struct err *data_error(const struct data *d)
{
    return &d->err;
}

const struct tls *data_tls(const struct data *d)
{
    return stream_tls(d->stream);
}
