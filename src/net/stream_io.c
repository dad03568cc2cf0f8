/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/stream_internal.h"

#include <errno.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

#define READ_CHUNK 4096
#define READ_TURNS 16   /* chunks before others get their turn */
#define WIPE_MAX   4096 /* what is shorter may be a command with a password */

/* --- output ------------------------------------------------------------------------------ */

size_t stream_pending(const struct stream *s)
{
    return s->out.len - s->out_sent;
}

size_t stream_unacknowledged(const struct stream *s)
{
    int queued = 0;

    if (s->fd < 0 || ioctl(s->fd, SIOCOUTQ, &queued) < 0)
        queued = 0;
    return stream_pending(s) + (size_t)queued;
}

/* Returns the bytes the network took, 0 when it takes none now, or -1 with errno. */
static ssize_t send_some(struct stream *s, const char *data, size_t len)
{
    ssize_t n;

    do
        n = send(s->fd, data, len, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : n;
}

int stream_flush(struct stream *s)
{
    while (stream_pending(s) > 0) {
        ssize_t n = send_some(s, s->out.data + s->out_sent, stream_pending(s));

        if (n < 0)
            return -1;
        if (n == 0)
            return 0;
        s->out_sent += (size_t)n;
    }
    if (s->out.len > 0 && s->out.len <= WIPE_MAX)
        explicit_bzero(s->out.data, s->out.len);
    s->out.len = s->out_sent = 0;
    if (s->phase == STREAM_PHASE_FINISHING && !s->half_closed) {
        shutdown(s->fd, SHUT_WR);
        s->half_closed = true;
    }
    return 0;
}

/* Clear bytes go straight from the owner's memory; only what is left over is copied. */
static int write_clear(struct stream *s, const char *data, size_t len)
{
    ssize_t n = stream_pending(s) > 0 ? 0 : send_some(s, data, len);

    if (n < 0)
        return -1;
    if ((size_t)n < len && buf_append(&s->out, data + n, len - (size_t)n) < 0) {
        errno = ENOBUFS;
        return -1;
    }
    return 0;
}

/* more: what stands behind TLS waits for the call that follows. */
static bool write_some(struct stream *s, const void *data, size_t len, bool more)
{
    if (s->phase != STREAM_PHASE_OPEN)
        return false;
    if (s->tls != NULL) {
        if (tls_write(s->tls, data, len, &s->err) < 0) {
            stream_fail_soon(s);
            return false;
        }
        if (!more && stream_flush(s) < 0)
            goto broken;
    } else if (write_clear(s, data, len) < 0) {
        goto broken;
    }
    s->want_drained |= stream_pending(s) > 0;
    stream_watch(s);
    return true;

broken:
    stream_set_broken(s, errno);
    stream_fail_soon(s);
    return false;
}

bool stream_write(struct stream *s, const void *data, size_t len)
{
    return write_some(s, data, len, false);
}

bool stream_write_more(struct stream *s, const void *data, size_t len)
{
    return write_some(s, data, len, true);
}

void stream_want_drained(struct stream *s)
{
    s->want_drained = true;
    stream_watch(s);
}

void stream_finish(struct stream *s)
{
    if (s->phase != STREAM_PHASE_OPEN)
        return;
    s->phase = STREAM_PHASE_FINISHING;
    s->want_drained = false;
    if (s->tls != NULL)
        tls_close(s->tls);
    if (stream_flush(s) < 0) {
        stream_set_broken(s, errno);
        stream_fail_soon(s);
        return;
    }
    stream_watch(s);
}

bool stream_on_writable(struct stream *s)
{
    if (stream_flush(s) < 0) {
        stream_set_broken(s, errno);
        stream_fail(s);
        return false;
    }
    if (stream_pending(s) > 0 || !s->want_drained)
        return true;
    s->want_drained = false;
    return stream_emit(s, STREAM_DRAINED);
}

/* --- input ------------------------------------------------------------------------------- */

/* Returns the number of bytes, 0 when there are none now, or -1: then s->err is set, or not set at
 * the end of input. */
static int read_some(struct stream *s, char *chunk, size_t size)
{
    ssize_t n;

    err_clear(&s->err);
    if (s->tls != NULL) {
        n = tls_read(s->tls, chunk, size, &s->err);
        if (n >= 0)
            return (int)n;
        if (s->err.code == ERR_CLOSED && s->err.sys_errno == 0)
            err_clear(&s->err);
        return -1;
    }
    do
        n = recv(s->fd, chunk, size, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        return (int)n;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    if (n < 0)
        stream_set_broken(s, errno);
    return -1;
}

static void on_end_of_input(struct stream *s)
{
    if (s->err.code != ERR_NONE) {
        stream_fail(s);
        return;
    }
    stream_end(s);
    stream_emit(s, STREAM_CLOSED);
}

void stream_on_readable(struct stream *s)
{
    char chunk[READ_CHUNK];

    for (int turn = 0; turn < READ_TURNS; turn++) {
        size_t room = STREAM_INPUT_MAX - s->in.len;
        int n = read_some(s, chunk, room < sizeof(chunk) ? room : sizeof(chunk));

        if (n < 0) {
            on_end_of_input(s);
            return;
        }
        if (n == 0 || s->phase == STREAM_PHASE_FINISHING) {
            if (n == 0)
                break;
            continue;
        }
        if (buf_append(&s->in, chunk, (size_t)n) < 0) {
            stream_set_error(s, ERR_NO_MEMORY, STEP_NONE, 0);
            stream_fail(s);
            return;
        }
        if (!stream_emit(s, STREAM_INPUT))
            return;
        if (s->phase != STREAM_PHASE_OPEN || s->in.len == STREAM_INPUT_MAX)
            break;
    }
    if (s->phase == STREAM_PHASE_OPEN || s->phase == STREAM_PHASE_FINISHING) {
        stream_flush(
            s); /* reading may have made an alert or a key update; an error shows at the next */
        stream_watch(s);
    }
}

const char *stream_input(const struct stream *s, size_t *ret_len)
{
    *ret_len = s->in.len;
    return buf_str(&s->in);
}

void stream_consume(struct stream *s, size_t len)
{
    bool was_full = s->in.len == STREAM_INPUT_MAX;

    buf_consume(&s->in, len);
    if (was_full && len > 0)
        loop_timer_start(s->soon, 0); /* TLS may hold bytes that the socket does not show */
}
