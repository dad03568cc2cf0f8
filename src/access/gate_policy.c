/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access/gate_policy.h"

#define SECOND INT64_C(1000)
#define HOUR   (3600 * SECOND)

const struct gate_policy gate_policy = {
    .free_tries = 5,              /* ours */
    .first_wait_ms = 30 * SECOND, /* NIST SP 800-63B section 5.2.2: "30 seconds up to an hour" */
    .longest_wait_ms = HOUR,      /* the same */
    .stop_at = 100,               /* the same: "no more than 100" */
    .forget_ms = 24 * HOUR,       /* ours */
};

int64_t gate_policy_wait(const struct gate_policy *p, int failures)
{
    int64_t wait = p->first_wait_ms;

    if (failures <= p->free_tries)
        return 0;
    for (int i = p->free_tries + 1; i < failures && wait < p->longest_wait_ms; i++)
        wait *= 2;
    return wait < p->longest_wait_ms ? wait : p->longest_wait_ms;
}

bool gate_policy_stops(const struct gate_policy *p, int failures)
{
    return failures >= p->stop_at;
}
