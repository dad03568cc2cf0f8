/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/dial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "net/resolve.h"

struct dial {
    struct loop *loop;
    int64_t ms;
    dial_fn *fn;
    void *arg;
    char *host;
    uint16_t port;

    struct resolve *resolve;
    struct endpoint list[RESOLVE_MAX];
    size_t count, next; /* addresses, and which is tried next */
    int fd;
    struct loop_io *io;
    struct loop_timer *timer; /* the deadline; when given_up, the way back to the loop */
    bool given_up;
    struct err err;
};

static void on_timer(void *arg);
static void on_writable(void *arg, int events);

static void close_socket(struct dial *d)
{
    loop_io_free(d->io);
    d->io = NULL;
    if (d->fd >= 0)
        close(d->fd);
    d->fd = -1;
}

void dial_cancel(struct dial *d)
{
    if (d == NULL)
        return;
    resolve_cancel(d->resolve);
    close_socket(d);
    loop_timer_free(d->timer);
    free(d->host);
    free(d);
}

static struct dial *dial_new(struct loop *loop, const char *host, uint16_t port, int64_t ms,
                             dial_fn *fn, void *arg)
{
    struct dial *d = calloc(1, sizeof(*d));

    if (d == NULL)
        return NULL;
    *d = (struct dial){
        .loop = loop, .ms = ms, .fn = fn, .arg = arg, .host = strdup(host), .port = port, .fd = -1};
    d->timer = loop_timer_new(loop, on_timer, d);
    if (d->host == NULL) {
        dial_cancel(d);
        return NULL;
    }
    return d;
}

/* The last thing: d is gone when fn is called. */
static void tell(struct dial *d, int fd)
{
    struct err err = d->err;
    dial_fn *fn = d->fn;
    void *arg = d->arg;

    dial_cancel(d);
    fn(arg, fd, &err);
}

static void set_error(struct dial *d, enum err_code code, enum err_step step, int sys_errno)
{
    char port[8];

    str_format(port, sizeof(port), "%u", (unsigned)d->port);
    err_set_args(&d->err, code, step, d->host, port);
    d->err.sys_errno = sys_errno;
}

static enum err_code code_of_connect(int sys_errno)
{
    switch (sys_errno) {
    case ECONNREFUSED:
        return ERR_CONNECT_REFUSED;
    case ETIMEDOUT:
        return ERR_CONNECT_TIMEOUT;
    case ECONNRESET:
        return ERR_CLOSED;
    default:
        return ERR_UNREACHABLE;
    }
}

/* Begin to connect. Returns 0, or the errno of a failure at once. */
static int begin(struct dial *d, const struct endpoint *to)
{
    d->fd = socket(to->addr.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (d->fd < 0)
        return errno;
    if (connect(d->fd, (const struct sockaddr *)&to->addr, to->len) < 0 && errno != EINPROGRESS)
        return errno;
    d->io = loop_io_new(d->loop, d->fd, LOOP_WRITE, on_writable, d);
    loop_timer_start(d->timer, d->ms);
    return 0;
}

/* Try the addresses that are left; sys_errno is why the one before failed. */
static void try_next(struct dial *d, int sys_errno)
{
    close_socket(d);
    while (d->next < d->count) {
        sys_errno = begin(d, &d->list[d->next++]);
        if (sys_errno == 0)
            return;
        close_socket(d);
    }
    set_error(d, code_of_connect(sys_errno), STEP_CONNECT, sys_errno);
    d->given_up = true;
    loop_timer_start(d->timer, 0);
}

static void on_writable(void *arg, int events)
{
    struct dial *d = arg;
    int sys_errno = 0, fd = d->fd;
    socklen_t len = sizeof(sys_errno);

    (void)events;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &sys_errno, &len) < 0)
        sys_errno = errno;
    if (sys_errno != 0) {
        try_next(d, sys_errno);
        return;
    }
    loop_io_free(d->io);
    d->io = NULL;
    d->fd = -1;
    tell(d, fd);
}

static void on_timer(void *arg)
{
    struct dial *d = arg;

    if (d->resolve != NULL)
        set_error(d, ERR_RESOLVE, STEP_RESOLVE, 0);
    if (d->resolve != NULL || d->given_up)
        tell(d, -1);
    else
        try_next(d, ETIMEDOUT);
}

static void on_resolved(void *arg, const struct endpoint *list, size_t count, const struct err *err)
{
    struct dial *d = arg;

    d->resolve = NULL;
    if (count == 0) {
        d->err = *err;
        tell(d, -1);
        return;
    }
    memcpy(d->list, list, count * sizeof(*list));
    d->count = count;
    try_next(d, 0);
}

struct dial *dial_host(struct loop *loop, const char *host, uint16_t port, int64_t ms, dial_fn *fn,
                       void *arg)
{
    struct dial *d = dial_new(loop, host, port, ms, fn, arg);

    if (d == NULL)
        return NULL;
    d->resolve = resolve_start(loop, host, port, on_resolved, d);
    if (d->resolve == NULL) {
        dial_cancel(d);
        return NULL;
    }
    loop_timer_start(d->timer, ms);
    return d;
}

struct dial *dial_endpoint(struct loop *loop, const struct endpoint *to, int64_t ms, dial_fn *fn,
                           void *arg)
{
    char host[ENDPOINT_TEXT_MAX];
    struct dial *d = dial_new(loop, endpoint_text(to, host), endpoint_port(to), ms, fn, arg);

    if (d == NULL)
        return NULL;
    d->list[0] = *to;
    d->count = 1;
    try_next(d, 0);
    return d;
}
