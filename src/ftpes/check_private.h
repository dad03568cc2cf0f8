/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_private.h - what the files of the check share: check.c (the order of things, items, events,
 * deadlines), check_looks.c (connections that look), check_trial.c (sessions that log in).
 */
#ifndef NM_FTPES_CHECK_PRIVATE_H
#define NM_FTPES_CHECK_PRIVATE_H

#include "ftpes/check.h"
#include "ftpes/probe.h"
#include "net/resolve.h"

/* What is done, in this order; phases that are of no use are passed over. */
enum check_phase {
    PHASE_ADDRESS, /* the name's addresses */
    PHASE_CONTACT, /* a connection as the settings want it, until it is secure */
    PHASE_CHAIN,   /* the certificates that the server shows */
    PHASE_SUITES,  /* each suite alone */
    PHASE_TLS13,
    PHASE_TRIAL,     /* a session as a job has it: the test file */
    PHASE_OTHER,     /* the same with the data connections that the settings do not use */
    PHASE_UNRESUMED, /* the same without resuming: does the server insist? */
    PHASE_TIDY,      /* once more as PHASE_TRIAL, to remove what the others may have left */
    PHASE_DONE,
};

struct check {
    struct loop *loop;
    struct check_events events;
    void *arg;
    bool *gone; /* set while an event's function runs */

    struct check_report report;
    struct ftpes_params server; /* its strings are the ones below */
    char *user, *trust, *folder;
    struct secret password;
    struct check_times times;

    enum check_phase phase;
    size_t suite;         /* PHASE_SUITES: which */
    unsigned attempts;    /* of this phase or suite, at a server that was busy */
    bool trusted;         /* the contact was made and its certificate is good */
    struct err trust_err; /* why it is not */

    struct loop_timer *next;  /* begins the phase */
    struct loop_timer *total; /* the whole check */
    struct loop_timer *other; /* PHASE_OTHER, and the name's addresses */
    struct loop_timer *tell;  /* emits the events */
    bool changed[CHECK_COUNT];
    bool early; /* nothing new is tried */
    bool over;

    struct resolve *resolve;
    struct probe *probe;
    struct tls_context *tls; /* of the probe */

    struct ftpes_session *session;
    int fd;             /* the test file */
    int64_t size;       /* of it, bytes */
    char temp_id[32];   /* of its names */
    char name[64];      /* the one that it is renamed to */
    bool put;           /* it was given to the session */
    bool connected;     /* a data connection worked */
    enum err_step step; /* of the session */
    bool tried;         /* done() was called; trial_err is its outcome */
    struct err trial_err;
    bool resumed;
    bool left; /* STOR was sent, and it is not known that its file is gone */
};

/* --- check.c --- */

/* Set an item's outcome; err may be NULL. */
void check_set(struct check *c, enum check_id id, enum check_outcome outcome,
               const struct err *err);

/* Everything of the list from here to there that has no outcome yet is skipped because of an item.
 */
void check_skip(struct check *c, enum check_id from, enum check_id to, enum check_id because);

/* The phase is over: the next one begins from the loop. */
void check_go(struct check *c, enum check_phase phase);

/*
 * A server that was busy, or refused the connection after it took others, may have a limit: ask
 * again after a pause, unless that was done often enough. Returns whether the phase begins again.
 */
bool check_again(struct check *c, const struct err *err);

/* --- check_looks.c --- */

void check_address(struct check *c);
void check_contact(struct check *c);
void check_chain(struct check *c);
void check_one_suite(struct check *c);
void check_tls13(struct check *c);

/* --- check_trial.c --- */

/* A session for one of the last phases. */
void check_trial(struct check *c);

/* PHASE_OTHER has taken too long. */
void check_trial_late(struct check *c);

#endif
