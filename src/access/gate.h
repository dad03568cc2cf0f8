/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gate.h - whether a name and password admit somebody to this unit; locks after too many wrong
 * ones.
 *
 * Purpose: the unit's services (sshd, an FTP server ...) ask here, through netmenu-auth. The gate's
 * memory (gate_state.h) is one record in the state folder, changed under a lock file. An attempt is
 * written down as a wrong one, durably, before the password is looked at, and struck out after a
 * right one: whoever gets an answer, or has the program killed before it, has been counted. What
 * cannot be written down is refused. A record that is damaged refuses everything until the lock is
 * lifted at the unit. The numbers are those of gate_policy.h.
 *
 * Calling sequence: struct gate g = GATE_AT(folder); gate_check(&g, &attempt, user, password, e).
 * Ownership: a struct gate and an attempt point to what the caller owns.
 * Blocking: each change waits for the disk, and for others that change it at most GATE_WAIT_MS.
 */
#ifndef NM_ACCESS_GATE_H
#define NM_ACCESS_GATE_H

#include "access/gate_state.h"
#include "base/secret.h"

#define GATE_FILE    "gate.json"         /* in the state folder */
#define GATE_DAMAGED "gate.json.damaged" /* what was found there when a lock was lifted */
#define GATE_WAIT_MS 30000

struct gate {
    const char *folder; /* the state folder; it must exist */
    const struct gate_policy *policy;
    void (*now)(struct gate_now *ret_now);
};
#define GATE_AT(folder_)                                               \
    {                                                                  \
        .folder = (folder_), .policy = &gate_policy, .now = gate_clock \
    }

/* This moment, of the kernel's clocks. */
void gate_clock(struct gate_now *ret_now);

/* Somebody's attempt; the texts may be any bytes, of any length, or NULL. */
struct gate_attempt {
    const char *user;
    const struct secret *password; /* NULL: one that can only be wrong, too long or with a NUL */
    const char *source;            /* address of the other end */
    const char *service;           /* who asks: "sshd" */
};

/*
 * Whether the attempt has the right user name and password; counted before the answer.
 * Errors: ERR_AUTH_WRONG; ERR_AUTH_LOCKED (arg 0: seconds left), ERR_AUTH_STOPPED, ERR_AUTH_RECORD:
 * refused without a look at the password; ERR_NO_PASSWORD when `password` is empty; ERR_BUSY,
 * ERR_DISK_FULL, ERR_IO ...: refused, as it could not be written down.
 */
int gate_check(const struct gate *g, const struct gate_attempt *attempt, const char *user,
               const struct secret *password, struct err *e);

/* Whether attempts from this source are let through now. Errors: the ERR_AUTH_... of locks. */
int gate_ask(const struct gate *g, const char *source, struct err *e);

/* The state as it is now. Errors: ERR_AUTH_RECORD when the record is damaged; ERR_NO_MEMORY. */
int gate_look(const struct gate *g, struct gate_state *ret_state, struct err *e);

/*
 * Lift every lock, at the unit; a damaged record is kept aside as GATE_DAMAGED. The last attempts
 * stay. by: "menu", "netmenuctl". Errors: those of writing.
 */
int gate_lift(const struct gate *g, const char *by, struct err *e);

#endif
