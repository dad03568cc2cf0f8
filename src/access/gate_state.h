/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gate_state.h - the gate's memory: counts, waits, and the last attempts. Pure: no files, no clock.
 *
 * Counts: one for the account (the unit has one) and one for each source, so that a source that
 * tries is held off also while others log in rightly and clear the account. Sources that find no
 * place in the table share one count, `others`: a flood of them neither grows the memory nor gets
 * round it.
 *
 * Waits are kept as what is left of them, and shrink by time that this unit is seen to run
 * (CLOCK_BOOTTIME and the boot's id). The time of day is only shown: a camera's clock is often
 * wrong, and neither a jump nor a start without a clock may lift a lock or lengthen it. Time while
 * the unit is off does not count.
 */
#ifndef NM_ACCESS_GATE_STATE_H
#define NM_ACCESS_GATE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "access/gate_policy.h"
#include "base/err.h"
#include "base/record.h"

#define GATE_SOURCES      64 /* in the table */
#define GATE_ENTRIES      50 /* last attempts that are kept */
#define GATE_TEXT_MAX     64 /* bytes of a name, a source or a service, made safe, with the NUL */
#define GATE_BOOT_MAX     40
#define GATE_FAILURES_MAX 1000000 /* more is a damaged record */

/* This moment. */
struct gate_now {
    char boot[GATE_BOOT_MAX]; /* id of this boot; "" when it cannot be told */
    int64_t ms;               /* since it, also while asleep (CLOCK_BOOTTIME) */
    time_t wall;              /* time of day, for showing */
};

enum gate_outcome {
    GATE_RIGHT,
    GATE_WRONG,       /* name or password; also an attempt that was cut off before its answer */
    GATE_REFUSED,     /* locked: the password was not looked at */
    GATE_NO_PASSWORD, /* the unit has none: everything is refused */
    GATE_LIFTED,      /* no attempt: the lock was lifted at the unit */
    GATE_OUTCOMES
};

/* "right", "wrong", "refused", "no-password", "lifted" */
const char *gate_outcome_word(enum gate_outcome outcome);

struct gate_count {
    int failures;    /* in a row */
    int64_t left_ms; /* of the wait */
};

struct gate_source {
    char key[GATE_TEXT_MAX]; /* gate_source_key() */
    struct gate_count count;
    int64_t quiet_ms; /* since its last failure */
};

struct gate_entry {
    time_t time;
    enum gate_outcome outcome;
    int64_t times; /* refusals of one source that follow each other are one entry */
    char service[GATE_TEXT_MAX];
    char source[GATE_TEXT_MAX];
    char user[GATE_TEXT_MAX];
};

struct gate_state {
    struct gate_count account;
    struct gate_source others; /* all that have no place in the table; its key is not used */
    struct gate_source sources[GATE_SOURCES];
    size_t source_count;
    int64_t refused; /* attempts that a lock has refused since the last right login */
    struct gate_entry entries[GATE_ENTRIES]; /* the newest first */
    size_t entry_count;
    char boot[GATE_BOOT_MAX]; /* when left_ms and quiet_ms were right: as in struct gate_now */
    int64_t at_ms;
};

/*
 * What a source counts as: an IPv4 address, the /64 of an IPv6 one (a host has all of it), "(name)"
 * for anything that is no address (a name is the choice of whoever owns the address), "(none)".
 */
void gate_source_key(const char *source, char key[GATE_TEXT_MAX]);

/* Let the waits shrink by the time that has passed. */
void gate_state_advance(struct gate_state *st, const struct gate_now *now);

/* What is left of the wait for this source, in milliseconds; INT64_MAX: until lifted. 0: none. */
int64_t gate_state_left(const struct gate_state *st, const char *key,
                        const struct gate_policy *policy);

/* The same for whoever comes: of the account alone. */
int64_t gate_state_account_left(const struct gate_state *st, const struct gate_policy *policy);

/* One more failure in a row, and the wait that it costs. */
void gate_state_fail(struct gate_state *st, const char *key, const struct gate_policy *policy);

/*
 * A right login: the count of the account and of its source begin anew. The shared count of those
 * without a place does not: who logs in rightly need not be one of those who failed.
 */
void gate_state_succeed(struct gate_state *st, const char *key);

/* Lifted at the unit: all counts begin anew. */
void gate_state_lift(struct gate_state *st);

/* Put an entry on top of the last attempts; its texts must be safe. */
void gate_state_note(struct gate_state *st, const struct gate_entry *entry);

/* The state as a record; and back. Errors: ERR_DAMAGED for values that it can never have had. */
void gate_state_save(const struct gate_state *st, struct record *r);
int gate_state_load(struct gate_state *ret_st, const struct record *r, struct err *e);

#endif
