/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * loop.h - the event loop of the menu and the sender (libev behind one header).
 *
 * Calling sequence: l = loop_new(); w = loop_io_new(l, fd, LOOP_READ, fn, arg); loop_run(l);
 * loop_io_free(w); loop_free(l).
 *
 * Ownership: whoever makes a watcher frees it, before the loop; a watcher may be freed inside its
 * own function. Functions are called on the loop's thread only. Times are milliseconds.
 */
#ifndef NM_BASE_LOOP_H
#define NM_BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct loop;
struct loop_io;
struct loop_timer;
struct loop_signal;
struct loop_child;

enum { LOOP_READ = 1, LOOP_WRITE = 2 };

/* Makers of this header abort without memory: a program without its loop can do nothing. */
struct loop *loop_new(void);
void loop_free(struct loop *l);

/* Run until loop_stop(). */
void loop_run(struct loop *l);

/* Wait for one round of events and handle it; returns at once when nothing is watched. */
void loop_once(struct loop *l);
void loop_stop(struct loop *l);

/* fn is called with the events that fd has. Nothing is watched while events is 0. */
struct loop_io *loop_io_new(struct loop *l, int fd, int events, void (*fn)(void *arg, int events),
                            void *arg);
void loop_io_events(struct loop_io *w, int events);
void loop_io_free(struct loop_io *w);

/* Made stopped. fn is called once, ms after loop_timer_start; starting again begins anew. */
struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *arg), void *arg);
void loop_timer_start(struct loop_timer *w, int64_t ms);
void loop_timer_stop(struct loop_timer *w);
bool loop_timer_running(const struct loop_timer *w);
void loop_timer_free(struct loop_timer *w);

struct loop_signal *loop_signal_new(struct loop *l, int signal, void (*fn)(void *arg), void *arg);
void loop_signal_free(struct loop_signal *w);

/* fn is called when the child ends, with its wait status. */
struct loop_child *loop_child_new(struct loop *l, pid_t pid, void (*fn)(void *arg, int status),
                                  void *arg);
void loop_child_free(struct loop_child *w);

#endif
