/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/stream.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "net/dial.h"

#define READ_CHUNK 4096
#define READ_TURNS 16   /* chunks before others get their turn */
#define WIPE_MAX   4096 /* what is shorter may be a command with a password */

#define KEEPALIVE_IDLE     30 /* s */
#define KEEPALIVE_INTERVAL 10 /* s */
#define KEEPALIVE_PROBES   3

enum phase {
    PHASE_IDLE,
    PHASE_DIALING,
    PHASE_OPEN,
    PHASE_HANDSHAKE,
    PHASE_FINISHING, /* our end is said, the other side's is awaited */
    PHASE_ENDED,
};

struct stream {
    struct loop *loop;
    struct stream_times times;
    stream_fn *fn;
    void *arg;
    bool *gone; /* set while fn runs: where stream_free() says that we are no more */

    enum phase phase;
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

static void on_io(void *arg, int events);

/* --- life -------------------------------------------------------------------------------- */

static void on_deadline(void *arg);
static void on_soon(void *arg);

struct stream *stream_new(struct loop *loop, const struct stream_times *times, stream_fn *fn,
                          void *arg)
{
    struct stream *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return NULL;
    s->loop = loop;
    s->times = *times;
    s->fn = fn;
    s->arg = arg;
    s->fd = -1;
    buf_init(&s->in, STREAM_INPUT_MAX);
    buf_init(&s->out, STREAM_OUTPUT_MAX);
    s->deadline = loop_timer_new(loop, on_deadline, s);
    s->soon = loop_timer_new(loop, on_soon, s);
    return s;
}

static void close_socket(struct stream *s)
{
    loop_io_free(s->io);
    s->io = NULL;
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

/* Everything but the memory and the last words. */
static void end(struct stream *s)
{
    s->phase = PHASE_ENDED;
    dial_cancel(s->dial);
    s->dial = NULL;
    loop_timer_stop(s->deadline);
    loop_timer_stop(s->soon);
    close_socket(s);
}

void stream_free(struct stream *s)
{
    if (s == NULL)
        return;
    if (s->gone != NULL)
        *s->gone = true;
    end(s);
    tls_free(s->tls);
    loop_timer_free(s->deadline);
    loop_timer_free(s->soon);
    buf_done(&s->in);
    buf_done(&s->out);
    free(s);
}

/* Tell the owner. Returns whether the stream still exists. */
static bool emit(struct stream *s, enum stream_event event)
{
    bool gone = false;

    s->gone = &gone;
    s->fn(s->arg, event);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

/* s->err is set. */
static void fail(struct stream *s)
{
    end(s);
    emit(s, STREAM_FAILED);
}

/* The same from inside a call of the owner: the loop tells it. */
static void fail_soon(struct stream *s)
{
    end(s);
    loop_timer_start(s->soon, 0);
}

static void set_error(struct stream *s, enum err_code code, enum err_step step, int sys_errno)
{
    char port[8];

    str_format(port, sizeof(port), "%u", (unsigned)s->port);
    err_set_args(&s->err, code, step, s->host, port);
    s->err.sys_errno = sys_errno;
}

/* An established connection broke. */
static void set_broken(struct stream *s, int sys_errno)
{
    set_error(s, sys_errno == ETIMEDOUT ? ERR_TIMEOUT : ERR_CLOSED, STEP_NONE, sys_errno);
}

static void watch(struct stream *s)
{
    bool write = stream_pending(s) > 0 || s->want_drained;
    bool read = s->in.len < STREAM_INPUT_MAX;

    if (s->io != NULL)
        loop_io_events(s->io, (read ? LOOP_READ : 0) | (write ? LOOP_WRITE : 0));
}

/* --- connecting -------------------------------------------------------------------------- */

static void set_option(int fd, int level, int option, int value)
{
    (void)setsockopt(fd, level, option, &value, sizeof(value)); /* a help, not a need */
}

static void tune(struct stream *s)
{
    set_option(s->fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(s->fd, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE);
    set_option(s->fd, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_INTERVAL);
    set_option(s->fd, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_PROBES);
    set_option(s->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, (int)s->times.dead);
    set_option(s->fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

static void connected(struct stream *s)
{
    s->phase = PHASE_OPEN;
    tune(s);
    s->io = loop_io_new(s->loop, s->fd, LOOP_READ, on_io, s);
    emit(s, STREAM_CONNECTED);
}

static void on_dialed(void *arg, int fd, const struct err *err)
{
    struct stream *s = arg;

    s->dial = NULL;
    s->fd = fd;
    s->err = *err;
    if (fd >= 0)
        connected(s);
    else
        fail(s);
}

static void dialing(struct stream *s)
{
    s->phase = PHASE_DIALING;
    if (s->dial != NULL)
        return;
    set_error(s, ERR_NO_MEMORY, STEP_CONNECT, 0);
    fail_soon(s);
}

void stream_connect_host(struct stream *s, const char *host, uint16_t port)
{
    str_copy(s->host, sizeof(s->host), host);
    s->port = port;
    s->dial = dial_host(s->loop, host, port, s->times.connect, on_dialed, s);
    dialing(s);
}

void stream_connect(struct stream *s, const struct endpoint *to)
{
    endpoint_text(to, s->host);
    s->port = endpoint_port(to);
    s->dial = dial_endpoint(s->loop, to, s->times.connect, on_dialed, s);
    dialing(s);
}

void stream_adopt(struct stream *s, int fd)
{
    s->fd = fd;
    s->phase = PHASE_DIALING;
    loop_timer_start(s->soon, 0);
}

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

/* Send what is pending, as far as the network takes it. Errors: -1 with errno. */
static int flush(struct stream *s)
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
    if (s->phase == PHASE_FINISHING && !s->half_closed) {
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

bool stream_write(struct stream *s, const void *data, size_t len)
{
    if (s->phase != PHASE_OPEN)
        return false;
    if (s->tls != NULL) {
        if (tls_write(s->tls, data, len, &s->err) < 0) {
            fail_soon(s);
            return false;
        }
        if (flush(s) < 0)
            goto broken;
    } else if (write_clear(s, data, len) < 0) {
        goto broken;
    }
    s->want_drained |= stream_pending(s) > 0;
    watch(s);
    return true;

broken:
    set_broken(s, errno);
    fail_soon(s);
    return false;
}

void stream_want_drained(struct stream *s)
{
    s->want_drained = true;
    watch(s);
}

void stream_finish(struct stream *s)
{
    if (s->phase != PHASE_OPEN)
        return;
    s->phase = PHASE_FINISHING;
    s->want_drained = false;
    if (s->tls != NULL)
        tls_close(s->tls);
    if (flush(s) < 0) {
        set_broken(s, errno);
        fail_soon(s);
        return;
    }
    watch(s);
}

void stream_abort(struct stream *s)
{
    struct linger reset = {.l_onoff = 1, .l_linger = 0};

    if (s->fd >= 0)
        (void)setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    end(s);
    err_clear(&s->err);
}

/* Returns whether to go on. */
static bool on_writable(struct stream *s)
{
    if (flush(s) < 0) {
        set_broken(s, errno);
        fail(s);
        return false;
    }
    if (stream_pending(s) > 0 || !s->want_drained)
        return true;
    s->want_drained = false;
    return emit(s, STREAM_DRAINED);
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
        set_broken(s, errno);
    return -1;
}

static void on_end_of_input(struct stream *s)
{
    if (s->err.code != ERR_NONE) {
        fail(s);
        return;
    }
    end(s);
    emit(s, STREAM_CLOSED);
}

static void on_readable(struct stream *s)
{
    char chunk[READ_CHUNK];

    for (int turn = 0; turn < READ_TURNS; turn++) {
        size_t room = STREAM_INPUT_MAX - s->in.len;
        int n = read_some(s, chunk, room < sizeof(chunk) ? room : sizeof(chunk));

        if (n < 0) {
            on_end_of_input(s);
            return;
        }
        if (n == 0 || s->phase == PHASE_FINISHING) {
            if (n == 0)
                break;
            continue;
        }
        if (buf_append(&s->in, chunk, (size_t)n) < 0) {
            set_error(s, ERR_NO_MEMORY, STEP_NONE, 0);
            fail(s);
            return;
        }
        if (!emit(s, STREAM_INPUT))
            return;
        if (s->phase != PHASE_OPEN || s->in.len == STREAM_INPUT_MAX)
            break;
    }
    if (s->phase == PHASE_OPEN || s->phase == PHASE_FINISHING) {
        flush(s); /* reading may have made an alert or a key update; an error shows at the next */
        watch(s);
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

/* --- TLS --------------------------------------------------------------------------------- */

/* Whether clear bytes came that nobody has read: the server must not speak before our hello. */
static bool has_clear_input(struct stream *s)
{
    char byte;

    return s->in.len > 0 || recv(s->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

int stream_start_tls(struct stream *s, struct tls_context *ctx, const char *host,
                     const struct stream *first, bool resume, struct err *e)
{
    int r;

    if (s->phase != PHASE_OPEN)
        return err_set(e, ERR_CLOSED, STEP_HANDSHAKE);
    if (has_clear_input(s))
        return err_set(e, ERR_TLS_INJECTION, STEP_HANDSHAKE);
    r = tls_new(&s->tls, ctx, s->fd, &s->out, host, first != NULL ? first->tls : NULL, resume, e);
    if (r < 0)
        return r;
    s->phase = PHASE_HANDSHAKE;
    loop_timer_start(s->deadline, s->times.handshake);
    loop_timer_start(s->soon, 0);
    return 0;
}

static void on_handshake(struct stream *s)
{
    int r = tls_handshake(s->tls, &s->err);
    int sent = flush(s); /* also the alert that says why not */

    if (r == 0 && sent < 0) {
        set_broken(s, errno);
        r = -1;
    }
    if (r < 0) {
        fail(s);
        return;
    }
    if (r == 0) {
        watch(s);
        return;
    }
    s->phase = PHASE_OPEN;
    loop_timer_stop(s->deadline);
    watch(s);
    if (emit(s, STREAM_SECURE) && s->phase == PHASE_OPEN)
        on_readable(s);
}

const struct tls *stream_tls(const struct stream *s)
{
    return s->tls;
}

/* --- the loop ---------------------------------------------------------------------------- */

static void on_io(void *arg, int events)
{
    struct stream *s = arg;

    switch (s->phase) {
    case PHASE_IDLE:
    case PHASE_DIALING:
    case PHASE_ENDED:
        break;
    case PHASE_HANDSHAKE:
        on_handshake(s);
        break;
    case PHASE_OPEN:
    case PHASE_FINISHING:
        if ((events & LOOP_WRITE) && !on_writable(s))
            break;
        if ((events & LOOP_READ) && (s->phase == PHASE_OPEN || s->phase == PHASE_FINISHING))
            on_readable(s);
        else
            watch(s);
        break;
    }
}

static void on_soon(void *arg)
{
    struct stream *s = arg;

    switch (s->phase) {
    case PHASE_ENDED:
        emit(s, STREAM_FAILED);
        break;
    case PHASE_DIALING: /* stream_adopt() */
        connected(s);
        break;
    case PHASE_HANDSHAKE:
        on_handshake(s);
        break;
    case PHASE_OPEN:
    case PHASE_FINISHING:
        on_readable(s);
        break;
    case PHASE_IDLE:
        break;
    }
}

static void on_deadline(void *arg)
{
    struct stream *s = arg;

    set_error(s, ERR_TIMEOUT, STEP_HANDSHAKE, 0);
    fail(s);
}

/* --- questions --------------------------------------------------------------------------- */

const struct err *stream_error(const struct stream *s)
{
    return &s->err;
}

bool stream_peer(const struct stream *s, struct endpoint *ret_ep)
{
    struct endpoint ep = {.len = sizeof(ep.addr)};

    if (s->fd < 0 || getpeername(s->fd, (struct sockaddr *)&ep.addr, &ep.len) < 0)
        return false;
    *ret_ep = ep;
    return true;
}

bool stream_local(const struct stream *s, struct endpoint *ret_ep)
{
    struct endpoint ep = {.len = sizeof(ep.addr)};

    if (s->fd < 0 || getsockname(s->fd, (struct sockaddr *)&ep.addr, &ep.len) < 0)
        return false;
    *ret_ep = ep;
    return true;
}
