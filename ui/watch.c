/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/watch.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

struct watch {
    int fd;
    struct loop_io *io;
    struct loop_timer *timer;
    void (*fn)(void *arg);
    void *arg;
};

static void on_events(void *arg, int events)
{
    struct watch *w = arg;
    char bytes[4096];

    (void)events;
    while (read(w->fd, bytes, sizeof(bytes)) > 0)
        ;
    if (!loop_timer_running(w->timer))
        loop_timer_start(w->timer, WATCH_MS);
}

static void on_timer(void *arg)
{
    struct watch *w = arg;

    w->fn(w->arg);
}

struct watch *watch_new(struct loop *l, void (*fn)(void *arg), void *arg)
{
    struct watch *w = calloc(1, sizeof(*w));

    if (w == NULL)
        return NULL;
    w->fn = fn;
    w->arg = arg;
    w->timer = loop_timer_new(l, on_timer, w);
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd >= 0)
        w->io = loop_io_new(l, w->fd, LOOP_READ, on_events, w);
    return w;
}

void watch_folder(struct watch *w, const char *path)
{
    if (w != NULL && w->fd >= 0)
        inotify_add_watch(w->fd, path, IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
}

void watch_free(struct watch *w)
{
    if (w == NULL)
        return;
    loop_io_free(w->io);
    loop_timer_free(w->timer);
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}
