/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.h - what the menu knows of the unit right now: a plain copy, taken from the service.
 *
 * Rows decide by it whether they can be used, the status line is made of it. It is taken again when
 * a watched folder changes (watch.h), never by waiting.
 */
#ifndef NM_UI_FACTS_H
#define NM_UI_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "service/service.h"

struct facts {
    bool password; /* the unit's password is set */
    size_t cards;  /* memory cards that are in */
    int default_server;
    size_t jobs[JOB_STATE_COUNT];
    size_t jobs_total;
    struct sender_status sender;
    struct service_lock lock; /* whether the unit refuses logins */
};

void facts_take(struct facts *f, struct service *svc);

/* The status line: "Logins are refused for 0:28", then "Sending 2/14  63%  41 MB/s", "3 waiting",
 * "1 failed"; "" when there is nothing.
 */
void facts_status(const struct facts *f, char *dst, size_t size);

/* Whether the status line tells of a failure or of a lock. */
bool facts_failure(const struct facts *f);

#endif
