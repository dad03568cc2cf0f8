/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - Check Server: everything that an upload to a server needs, tried step by step.
 *
 * Purpose: to say before the day of the shoot whether uploads will work, and if not, why. Short
 * connections that never log in look at the way there, the certificates and each cipher suite
 * (probe.h, one after another: a server is not hammered). If the server is trusted, ordinary
 * upload sessions (ftpes.h) then log in and store, rename and delete a small file; what they find
 * is what a job would find.
 *
 * Calling sequence:
 *     check_new(&c, loop, &params, &events, arg, e);
 *     events.item(arg, id)        each time that an item has changed; see check_report()
 *     events.done(arg)            once; every item has its outcome
 *     check_stop(c)               if it is to end early; done() follows
 *     check_free(c)               at any time, also inside an event; what is going on is dropped
 * Events come from the loop.
 *
 * Ownership: params are copied, also the password, which is wiped. The report belongs to the check.
 */
#ifndef NM_FTPES_CHECK_H
#define NM_FTPES_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "cert/cert.h"
#include "ftpes/ftpes.h"
#include "net/endpoint.h"
#include "net/suites.h"
#include "net/tls.h"

/* X(id, word): what is checked, in the order of a report; the word is for scripts. */
#define CHECK_LIST(X)             \
    X(ADDRESS, "address")         \
    X(CONNECT, "connection")      \
    X(GREETING, "greeting")       \
    X(AUTH, "auth-tls")           \
    X(TLS, "tls")                 \
    X(CERTIFICATE, "certificate") \
    X(SUITES, "suites")           \
    X(TLS13, "tls13")             \
    X(LOGIN, "login")             \
    X(PROTECT, "protection")      \
    X(SETUP, "setup")             \
    X(FOLDER, "folder")           \
    X(PASSIVE, "passive")         \
    X(ACTIVE, "active")           \
    X(WRITE, "write")             \
    X(RENAME, "rename")           \
    X(DELETE, "delete")           \
    X(RESUMPTION, "resumption")

enum check_id {
#define X(id, word) CHECK_##id,
    CHECK_LIST(X)
#undef X
        CHECK_COUNT
};

enum check_outcome {
    CHECK_WAITING, /* not begun */
    CHECK_RUNNING,
    CHECK_OK,
    CHECK_NOTE,    /* worth knowing; uploads work as they are set up */
    CHECK_WARNING, /* uploads work, but something should be changed */
    CHECK_FAILED,  /* uploads cannot work */
    CHECK_SKIPPED, /* see check_item.because */
    CHECK_OUTCOME_COUNT
};

struct check_item {
    enum check_outcome outcome;
    struct err err;        /* why it failed, or why the note; ERR_NONE: see the report's facts */
    enum check_id because; /* SKIPPED: the item that stood in the way; CHECK_COUNT: cancelled, or
                            * out of time (err) */
};

/* What the server does with one suite that is offered alone. */
enum check_suite {
    CHECK_SUITE_UNTRIED, /* not yet; or this unit does without it */
    CHECK_SUITE_YES,
    CHECK_SUITE_NO,
    CHECK_SUITE_REFUSED, /* it would, but this unit refuses: a weak key, or an unsuitable
                            certificate */
    CHECK_SUITE_UNKNOWN, /* no answer; see check_report.suite_err */
};

enum check_resumption {
    CHECK_RESUMPTION_UNKNOWN,
    CHECK_RESUMPTION_REQUIRED, /* data connections that do not resume are refused */
    CHECK_RESUMPTION_USED,     /* they resume, and need not */
    CHECK_RESUMPTION_NONE,     /* they do not resume: the same certificate is shown each time */
};

#define CHECK_ADDRESSES_MAX 160

struct check_report {
    /* what was asked */
    char host[256];
    uint16_t port;
    bool secure;
    bool passive;
    enum tls_policy policy;
    char folder[ERR_ARG_MAX]; /* safe to show */

    struct check_item items[CHECK_COUNT];

    /* what was found */
    char addresses[CHECK_ADDRESSES_MAX];   /* "192.0.2.1, 2001:db8::1" */
    char peer[ENDPOINT_TEXT_MAX];          /* the one that answered */
    char greeting[ERR_REPLY_MAX];          /* safe to show */
    struct ftpes_tls_info tls;             /* of the connection as the settings want it */
    struct cert_info chain[TLS_CHAIN_MAX]; /* as the server shows it, its own first */
    size_t chain_count;
    enum check_suite suites[TLS_SUITE_COUNT]; /* in the order of tls_suites */
    enum check_suite tls13;
    struct err suite_err; /* of a suite that is UNKNOWN */
    enum check_resumption resumption;
    struct ftpes_abilities abilities; /* once the login is OK */
};

/* What follows from a report, in the terms of the camera's guide: enable these, disable those. */
struct check_verdict {
    bool ready;                    /* uploads work as the server is set up now */
    bool suites_known;             /* each suite was tried; the rest holds only then */
    bool recommended_only;         /* [Recommended Only] would work */
    bool tls13;                    /* [TLS 1.3] would work, and with TLS 1.3 */
    bool enable[TLS_SUITE_COUNT];  /* recommended ones, when the server offers none */
    bool disable[TLS_SUITE_COUNT]; /* deprecated ones that it should not */
    size_t enable_count, disable_count;
};

struct check_params {
    struct ftpes_params server; /* trust NULL: not trusted; certificates are still told */
    const char *folder;         /* the Destination Directory */
    struct check_times {
        int64_t total; /* the whole check */
        int64_t other; /* the data connections that the settings do not use */
        int64_t pause; /* before asking a server again that was busy */
    } times;           /* milliseconds */
};

#define CHECK_TIMES_DEFAULT                            \
    {                                                  \
        .total = 300000, .other = 15000, .pause = 2000 \
    }

struct check_events {
    void (*item)(void *arg, enum check_id id);
    void (*done)(void *arg);
};

struct check;

/* Errors: ERR_NO_SERVER, ERR_NAME as ftpes_session_new(); ERR_NO_MEMORY. */
int check_new(struct check **ret_c, struct loop *loop, const struct check_params *params,
              const struct check_events *events, void *arg, struct err *e);
void check_free(struct check *c);

/*
 * End early: what was not tried counts as skipped. done() follows, at the latest after times.other,
 * as a test file that is on the server is removed before.
 */
void check_stop(struct check *c);

const struct check_report *check_report(const struct check *c);

/* --- reports; pure ------------------------------------------------------------------------ */

void check_judge(const struct check_report *r, struct check_verdict *ret_verdict);

/* Words for scripts. */
const char *check_id_word(enum check_id id);
const char *check_outcome_word(enum check_outcome outcome);
const char *check_suite_word(enum check_suite suite);
const char *check_resumption_word(enum check_resumption resumption);

#endif
