/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sender.h - the queue manager: takes jobs from the spool and drives upload sessions.
 *
 * Purpose: the body of netmenu-transfer. One per run folder (a lock says so). Takes jobs in order,
 * keeps up to the server's [Sessions] sessions, defers what may pass by itself with growing,
 * jittered delays, fails what will not, obeys requests, writes the status record.
 *
 * Calling sequence: sender_new(loop, &paths, &times, &sd, e); loop_run(loop); sender_free(sd).
 */
#ifndef NM_SERVICE_SENDER_H
#define NM_SERVICE_SENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "ftpes/ftpes.h"
#include "service/service.h"

/* Milliseconds. */
struct sender_times {
    int64_t back_off_first; /* before the second attempt; doubles */
    int64_t back_off_limit;
    int64_t status;         /* between two status records */
    int64_t idle_exit;      /* with nothing to do; 0: never */
    int64_t session_idle;   /* a session without a job says QUIT */
    int64_t sessions_again; /* a server refused one session more: it is not asked for so long */
    int64_t tidy;           /* what a job deleted at rest left is removed */
    int64_t clean_up;       /* a deleted job's temporary file is removed from the server */
    struct ftpes_times ftpes;
};

#define SENDER_TIMES_DEFAULT                                                                 \
    {                                                                                        \
        .back_off_first = 5000, .back_off_limit = 600000, .status = 250, .idle_exit = 30000, \
        .session_idle = 5000, .sessions_again = 60000, .tidy = 15000, .clean_up = 5000,      \
        .ftpes = FTPES_TIMES_DEFAULT                                                         \
    }

struct sender;

/* Errors: ERR_BUSY when a sender runs (arg 0: its pid); those of service_open, spool_recover. */
int sender_new(struct sender **ret_sd, struct loop *loop, const struct service_paths *paths,
               const struct sender_times *times, struct err *e);

/* Stop: jobs under way go back to waiting, durably; then the loop is stopped. */
void sender_stop(struct sender *sd);
void sender_free(struct sender *sd);

#endif
