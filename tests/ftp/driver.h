/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver.h - one session of the upload engine with the files it is to send, and everything it
 * tells, as lines: "sent NAME", "unchecked NAME" (sent, but nothing proves it), "skipped NAME",
 * "removed NAME", "naming [NAME]", "failed CODE", "closed [CODE]", "freed", "refused CODE" (before
 * anything is sent); and "an event inside a call:" for what must not be.
 *
 * Calling sequence: driver_init(&d); fill in params, task and files; driver_run(&d, port);
 * look at told[]; driver_done(&d).
 */
#ifndef NM_TESTS_DRIVER_H
#define NM_TESTS_DRIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ftpes/ftpes.h"

#define DRIVER_FILES 8
#define DRIVER_LINES 256

struct driver {
    struct ftpes_params params; /* but for host (by default loopback), port and password */
    struct buf trust;           /* what params.trust points to */
    bool more;                  /* the engine is told when another file will follow */
    struct ftpes_task task;     /* but for name, size and fd */
    const char *names[DRIVER_FILES];
    size_t sizes[DRIVER_FILES], files, next;
    size_t puts;       /* that were taken */
    const char *fault; /* of the file: "short", "long", "unreadable", "touched"; NULL */
    const char *password;
    bool cancel;    /* as soon as bytes move */
    long cancel_ms; /* so long after the first file was begun it is cancelled; 0: never */
    long free_at;   /* the session is freed as this step of resuming begins, from 1; 0: never */
    bool ipv6;
    int64_t hang_ms; /* longer may no session take */

    struct loop *loop;
    struct ftpes_session *session;
    struct loop_timer *cancel_timer, *free_timer;
    bool inside; /* a call into the engine: no event may come from there */
    char told[DRIVER_LINES][256];
    size_t told_lines;
    char reply[ERR_REPLY_MAX]; /* the server's words in the last error */
    bool hangs;
};

void driver_init(struct driver *d, int64_t deadline_ms);
void driver_run(struct driver *d, int port);
void driver_done(struct driver *d);

/* Ask for TLS, and trust what is in that file. Exits when it cannot be read. */
void driver_trust(struct driver *d, const char *path);

/* Print what was told, and whether it hangs. */
void driver_print(const struct driver *d);

#endif
