/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gate_policy.h - how many wrong passwords cost what: the numbers of the gate, in one table.
 *
 * NIST SP 800-63B section 5.2.2 wants at most 100 failed attempts in a row on one account, and
 * names a wait that grows from 30 seconds up to an hour and a count that a right login clears. EN
 * 18031-1 (AUM-6) wants resistance against trying out, without numbers. The tries that cost nothing
 * are ours: people mistype, most of all on a phone.
 */
#ifndef NM_ACCESS_GATE_POLICY_H
#define NM_ACCESS_GATE_POLICY_H

#include <stdbool.h>
#include <stdint.h>

struct gate_policy {
    int free_tries;          /* failures in a row that cost no wait */
    int64_t first_wait_ms;   /* after the next one; doubled by each that follows */
    int64_t longest_wait_ms; /* and never more than this */
    int stop_at;             /* failures in a row that end all trying until lifted at the unit */
    int64_t forget_ms;       /* a source that is quiet for so long makes room for another */
};

extern const struct gate_policy gate_policy;

/* The wait that the last of so many failures in a row costs, in milliseconds. */
int64_t gate_policy_wait(const struct gate_policy *p, int failures);

/* Whether so many failures in a row end all trying. */
bool gate_policy_stops(const struct gate_policy *p, int failures);

#endif
