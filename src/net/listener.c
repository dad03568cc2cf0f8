/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/listener.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct listener {
    int fd;
    struct loop_io *io;
    struct endpoint here, peer;
    void (*fn)(void *arg, int fd);
    void *arg;
};

void listener_free(struct listener *l)
{
    if (l == NULL)
        return;
    loop_io_free(l->io);
    if (l->fd >= 0)
        close(l->fd);
    free(l);
}

static void on_readable(void *arg, int events)
{
    struct listener *l = arg;
    struct endpoint from = {.len = sizeof(from.addr)};
    int fd = accept4(l->fd, (struct sockaddr *)&from.addr, &from.len, SOCK_NONBLOCK | SOCK_CLOEXEC);

    (void)events;
    if (fd < 0)
        return;
    if (!endpoint_same_host(&from, &l->peer)) {
        close(fd);
        return;
    }
    loop_io_events(l->io, 0);
    l->fn(l->arg, fd); /* may free l */
}

int listener_new(struct listener **ret_l, struct loop *loop, const struct endpoint *here,
                 const struct endpoint *peer, void (*fn)(void *arg, int fd), void *arg,
                 struct err *e)
{
    struct listener *l = calloc(1, sizeof(*l));
    int r;

    if (l == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_DATA_CONNECT);
    *l = (struct listener){.here = *here, .peer = *peer, .fn = fn, .arg = arg};
    endpoint_set_port(&l->here, 0);
    l->fd = socket(here->addr.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (l->fd < 0 || bind(l->fd, (struct sockaddr *)&l->here.addr, l->here.len) < 0 ||
        listen(l->fd, 1) < 0 ||
        getsockname(l->fd, (struct sockaddr *)&l->here.addr, &l->here.len) < 0) {
        r = err_set_errno(e, STEP_DATA_CONNECT, errno, NULL);
        listener_free(l);
        return r;
    }
    l->io = loop_io_new(loop, l->fd, LOOP_READ, on_readable, l);
    *ret_l = l;
    return 0;
}

const struct endpoint *listener_endpoint(const struct listener *l)
{
    return &l->here;
}
