/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/loop.h"

#include <ev.h>
#include <stdlib.h>

/* Each watcher is a libev watcher with our function beside it. */
struct loop {
    struct ev_loop *ev;
};

struct loop_io {
    ev_io ev;
    struct ev_loop *loop;
    void (*fn)(void *arg, int events);
    void *arg;
};

struct loop_timer {
    ev_timer ev;
    struct ev_loop *loop;
    void (*fn)(void *arg);
    void *arg;
};

struct loop_signal {
    ev_signal ev;
    struct ev_loop *loop;
    void (*fn)(void *arg);
    void *arg;
};

struct loop_child {
    ev_child ev;
    struct ev_loop *loop;
    void (*fn)(void *arg, int status);
    void *arg;
};

static void *must_alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        abort();
    return p;
}

/* libev's default loop is the one that can watch children. */
struct loop *loop_new(void)
{
    struct loop *l = must_alloc(sizeof(*l));

    l->ev = ev_default_loop(EVFLAG_AUTO);
    if (l->ev == NULL)
        abort();
    return l;
}

void loop_free(struct loop *l)
{
    free(l);
}

void loop_run(struct loop *l)
{
    ev_run(l->ev, 0);
}

void loop_once(struct loop *l)
{
    ev_run(l->ev, EVRUN_ONCE);
}

void loop_stop(struct loop *l)
{
    ev_break(l->ev, EVBREAK_ALL);
}

static void on_io(struct ev_loop *loop, ev_io *ev, int revents)
{
    struct loop_io *w = ev->data;
    int events = (revents & EV_READ ? LOOP_READ : 0) | (revents & EV_WRITE ? LOOP_WRITE : 0);

    (void)loop;
    w->fn(w->arg, events);
}

struct loop_io *loop_io_new(struct loop *l, int fd, int events, void (*fn)(void *arg, int events),
                            void *arg)
{
    struct loop_io *w = must_alloc(sizeof(*w));

    w->loop = l->ev;
    w->fn = fn;
    w->arg = arg;
    ev_io_init(&w->ev, on_io, fd, 0);
    w->ev.data = w;
    loop_io_events(w, events);
    return w;
}

void loop_io_events(struct loop_io *w, int events)
{
    int want = (events & LOOP_READ ? EV_READ : 0) | (events & LOOP_WRITE ? EV_WRITE : 0);

    if (ev_is_active(&w->ev) && (w->ev.events & (EV_READ | EV_WRITE)) == want)
        return;
    ev_io_stop(w->loop, &w->ev);
    ev_io_set(&w->ev, w->ev.fd, want);
    if (want != 0)
        ev_io_start(w->loop, &w->ev);
}

void loop_io_free(struct loop_io *w)
{
    if (w == NULL)
        return;
    ev_io_stop(w->loop, &w->ev);
    free(w);
}

static void on_timer(struct ev_loop *loop, ev_timer *ev, int revents)
{
    struct loop_timer *w = ev->data;

    (void)loop;
    (void)revents;
    w->fn(w->arg);
}

struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *arg), void *arg)
{
    struct loop_timer *w = must_alloc(sizeof(*w));

    w->loop = l->ev;
    w->fn = fn;
    w->arg = arg;
    ev_timer_init(&w->ev, on_timer, 0., 0.);
    w->ev.data = w;
    return w;
}

void loop_timer_start(struct loop_timer *w, int64_t ms)
{
    ev_timer_stop(w->loop, &w->ev);
    ev_now_update(w->loop);
    ev_timer_set(&w->ev, (double)ms / 1000., 0.);
    ev_timer_start(w->loop, &w->ev);
}

void loop_timer_stop(struct loop_timer *w)
{
    if (w != NULL)
        ev_timer_stop(w->loop, &w->ev);
}

bool loop_timer_running(const struct loop_timer *w)
{
    struct ev_timer ev = w->ev; /* libev's macro wants to be able to change it */

    return ev_is_active(&ev);
}

void loop_timer_free(struct loop_timer *w)
{
    loop_timer_stop(w);
    free(w);
}

static void on_signal(struct ev_loop *loop, ev_signal *ev, int revents)
{
    struct loop_signal *w = ev->data;

    (void)loop;
    (void)revents;
    w->fn(w->arg);
}

struct loop_signal *loop_signal_new(struct loop *l, int signal, void (*fn)(void *arg), void *arg)
{
    struct loop_signal *w = must_alloc(sizeof(*w));

    w->loop = l->ev;
    w->fn = fn;
    w->arg = arg;
    ev_signal_init(&w->ev, on_signal, signal);
    w->ev.data = w;
    ev_signal_start(w->loop, &w->ev);
    return w;
}

void loop_signal_free(struct loop_signal *w)
{
    if (w == NULL)
        return;
    ev_signal_stop(w->loop, &w->ev);
    free(w);
}

static void on_child(struct ev_loop *loop, ev_child *ev, int revents)
{
    struct loop_child *w = ev->data;

    (void)revents;
    ev_child_stop(loop, ev);
    w->fn(w->arg, ev->rstatus);
}

struct loop_child *loop_child_new(struct loop *l, pid_t pid, void (*fn)(void *arg, int status),
                                  void *arg)
{
    struct loop_child *w = must_alloc(sizeof(*w));

    w->loop = l->ev;
    w->fn = fn;
    w->arg = arg;
    ev_child_init(&w->ev, on_child, pid, 0);
    w->ev.data = w;
    ev_child_start(w->loop, &w->ev);
    return w;
}

void loop_child_free(struct loop_child *w)
{
    if (w == NULL)
        return;
    ev_child_stop(w->loop, &w->ev);
    free(w);
}
