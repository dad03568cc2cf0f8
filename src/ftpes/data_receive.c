/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * data_receive.c - what comes back through a data connection, compared with the file as it comes.
 */
#include "ftpes/data_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void data_expect(struct data *d, int fd, int64_t from, int64_t until)
{
    d->fd = fd;
    d->from = from;
    d->left = until - from;
    d->expects = true;
}

static void received(struct data *d, bool equal)
{
    d->phase = PHASE_RECEIVED;
    d->equal = equal;
    loop_timer_stop(d->watch);
    loop_timer_stop(d->tick);
    if (!equal)
        stream_abort(d->stream);
    data_emit(d, DATA_RECEIVED);
}

/* What is unread is never more than a chunk (STREAM_INPUT_MAX). */
void data_compare(struct data *d)
{
    size_t len;
    const char *bytes = stream_input(d->stream, &len);
    ssize_t n;

    if ((int64_t)len > d->left) {
        received(d, false);
        return;
    }
    if (len > 0) {
        n = pread(d->fd, d->chunk, len, (off_t)(d->from + d->received));
        if (n != (ssize_t)len) {
            err_set(&d->err, n < 0 ? ERR_CLIP_UNREADABLE : ERR_CLIP_CHANGED, STEP_CLIP);
            d->err.sys_errno = n < 0 ? errno : 0;
            data_fail(d);
            return;
        }
        if (memcmp(bytes, d->chunk, len) != 0) {
            received(d, false);
            return;
        }
        stream_consume(d->stream, len);
        d->received += n;
        d->left -= n;
    }
    if (d->closed)
        received(d, d->left == 0);
}

void data_receive(struct data *d)
{
    d->phase = PHASE_RECEIVING;
    data_watch(d);
    loop_timer_start(d->tick, 0); /* the first look, like all others, is the loop's */
}

bool data_equal(const struct data *d)
{
    return d->equal;
}

bool data_expected_end(struct data *d)
{
    if (!d->expects || (d->phase != PHASE_OPENING && d->phase != PHASE_RECEIVING))
        return false;
    d->closed = true;
    if (d->phase == PHASE_RECEIVING)
        data_compare(d);
    return true;
}

bool data_rude_end(struct data *d)
{
    size_t unread;

    stream_input(d->stream, &unread);
    return stream_error(d->stream)->code == ERR_CLOSED && (int64_t)unread == d->left &&
           data_expected_end(d);
}
