/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch.h - tells when files in some folders have changed (inotify(7)), so that nothing need be
 * polled while nothing happens.
 *
 * Calling sequence: w = watch_new(loop, fn, arg); watch_folder(w, path) ...; watch_free(w).
 * Changes that come close together are told once, WATCH_MS after the first of them.
 */
#ifndef NM_UI_WATCH_H
#define NM_UI_WATCH_H

#include "base/loop.h"

#define WATCH_MS 100

struct watch;

/* Never fails: without inotify nothing is told, and the caller's own timers must do. */
struct watch *watch_new(struct loop *l, void (*fn)(void *arg), void *arg);

/*
 * Files that are moved in or out, or deleted: everything is written aside and renamed. Lock files,
 * which are opened just to ask after them, tell nothing. A folder that is not there is not watched.
 */
void watch_folder(struct watch *w, const char *path);
void watch_free(struct watch *w);

#endif
