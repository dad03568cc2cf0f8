/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/stream_internal.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

#define KEEPALIVE_IDLE     30 /* s */
#define KEEPALIVE_INTERVAL 10 /* s */
#define KEEPALIVE_PROBES   3

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

void stream_end(struct stream *s)
{
    s->phase = STREAM_PHASE_ENDED;
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
    stream_end(s);
    tls_free(s->tls);
    loop_timer_free(s->deadline);
    loop_timer_free(s->soon);
    buf_done(&s->in);
    buf_done(&s->out);
    free(s);
}

void stream_abort(struct stream *s)
{
    struct linger reset = {.l_onoff = 1, .l_linger = 0};

    if (s->fd >= 0)
        (void)setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    stream_end(s);
    err_clear(&s->err);
}

bool stream_emit(struct stream *s, enum stream_event event)
{
    bool gone = false;

    s->gone = &gone;
    s->fn(s->arg, event);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

void stream_fail(struct stream *s)
{
    stream_end(s);
    stream_emit(s, STREAM_FAILED);
}

void stream_fail_soon(struct stream *s)
{
    stream_end(s);
    loop_timer_start(s->soon, 0);
}

void stream_set_error(struct stream *s, enum err_code code, enum err_step step, int sys_errno)
{
    char port[8];

    str_format(port, sizeof(port), "%u", (unsigned)s->port);
    err_set_args(&s->err, code, step, s->host, port);
    s->err.sys_errno = sys_errno;
}

void stream_set_broken(struct stream *s, int sys_errno)
{
    stream_set_error(s, sys_errno == ETIMEDOUT ? ERR_TIMEOUT : ERR_CLOSED, STEP_NONE, sys_errno);
}

void stream_watch(struct stream *s)
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
    s->phase = STREAM_PHASE_OPEN;
    tune(s);
    s->io = loop_io_new(s->loop, s->fd, LOOP_READ, on_io, s);
    stream_emit(s, STREAM_CONNECTED);
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
        stream_fail(s);
}

static void dialing(struct stream *s)
{
    s->phase = STREAM_PHASE_DIALING;
    if (s->dial != NULL)
        return;
    stream_set_error(s, ERR_NO_MEMORY, STEP_CONNECT, 0);
    stream_fail_soon(s);
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
    s->phase = STREAM_PHASE_DIALING;
    loop_timer_start(s->soon, 0);
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

    if (s->phase != STREAM_PHASE_OPEN)
        return err_set(e, ERR_CLOSED, STEP_HANDSHAKE);
    if (has_clear_input(s))
        return err_set(e, ERR_TLS_INJECTION, STEP_HANDSHAKE);
    r = tls_new(&s->tls, ctx, s->fd, &s->out, host, first != NULL ? first->tls : NULL, resume, e);
    if (r < 0)
        return r;
    s->phase = STREAM_PHASE_HANDSHAKE;
    loop_timer_start(s->deadline, s->times.handshake);
    loop_timer_start(s->soon, 0);
    return 0;
}

static void on_handshake(struct stream *s)
{
    int r = tls_handshake(s->tls, &s->err);
    int sent = stream_flush(s); /* also the alert that says why not */

    if (r == 0 && sent < 0) {
        stream_set_broken(s, errno);
        r = -1;
    }
    if (r < 0) {
        stream_fail(s);
        return;
    }
    if (r == 0) {
        stream_watch(s);
        return;
    }
    s->phase = STREAM_PHASE_OPEN;
    loop_timer_stop(s->deadline);
    stream_watch(s);
    if (stream_emit(s, STREAM_SECURE) && s->phase == STREAM_PHASE_OPEN)
        stream_on_readable(s);
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
    case STREAM_PHASE_IDLE:
    case STREAM_PHASE_DIALING:
    case STREAM_PHASE_ENDED:
        break;
    case STREAM_PHASE_HANDSHAKE:
        on_handshake(s);
        break;
    case STREAM_PHASE_OPEN:
    case STREAM_PHASE_FINISHING:
        if ((events & LOOP_WRITE) && !stream_on_writable(s))
            break;
        if ((events & LOOP_READ) &&
            (s->phase == STREAM_PHASE_OPEN || s->phase == STREAM_PHASE_FINISHING))
            stream_on_readable(s);
        else
            stream_watch(s);
        break;
    }
}

static void on_soon(void *arg)
{
    struct stream *s = arg;

    switch (s->phase) {
    case STREAM_PHASE_ENDED:
        stream_emit(s, STREAM_FAILED);
        break;
    case STREAM_PHASE_DIALING: /* stream_adopt() */
        connected(s);
        break;
    case STREAM_PHASE_HANDSHAKE:
        on_handshake(s);
        break;
    case STREAM_PHASE_OPEN:
    case STREAM_PHASE_FINISHING:
        stream_on_readable(s);
        break;
    case STREAM_PHASE_IDLE:
        break;
    }
}

static void on_deadline(void *arg)
{
    struct stream *s = arg;

    stream_set_error(s, ERR_TIMEOUT, STEP_HANDSHAKE, 0);
    stream_fail(s);
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
