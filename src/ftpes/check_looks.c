/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_looks.c - the part of a check that never logs in: the way there, certificates, suites.
 */
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "ftpes/check_private.h"

#define DAYS_LEFT_FEW 30

/* --- address ------------------------------------------------------------------------------ */

static void on_resolved(void *arg, const struct endpoint *list, size_t count, const struct err *err)
{
    struct check *c = arg;
    char *text = c->report.addresses, one[ENDPOINT_TEXT_MAX];
    size_t used = 0;

    c->resolve = NULL;
    loop_timer_stop(c->other);
    for (size_t i = 0; i < count; i++) {
        str_format(text + used, CHECK_ADDRESSES_MAX - used, "%s%s", used > 0 ? ", " : "",
                   endpoint_text(&list[i], one));
        used = strlen(text);
    }
    if (count == 0) {
        check_set(c, CHECK_ADDRESS, CHECK_FAILED, err);
        check_skip(c, CHECK_ADDRESS, CHECK_RESUMPTION, CHECK_ADDRESS);
        check_go(c, PHASE_DONE);
        return;
    }
    check_set(c, CHECK_ADDRESS, CHECK_OK, NULL);
    check_go(c, PHASE_CONTACT);
}

void check_address(struct check *c)
{
    struct err err;

    check_set(c, CHECK_ADDRESS, CHECK_RUNNING, NULL);
    loop_timer_start(c->other, c->server.times.connect);
    c->resolve = resolve_start(c->loop, c->report.host, c->report.port, on_resolved, c);
    if (c->resolve == NULL) {
        err_set(&err, ERR_NO_MEMORY, STEP_RESOLVE);
        on_resolved(c, NULL, 0, &err);
    }
}

/* --- probes ------------------------------------------------------------------------------- */

/* Begin a probe with c->tls (NULL: only the greeting). */
static void look(struct check *c, probe_fn *fn, probe_step_fn *step)
{
    struct probe_plan plan = {.host = c->report.host,
                              .port = c->report.port,
                              .tls = c->tls,
                              .times = c->server.times,
                              .step = step};
    struct probe_result failed = {.connected = false};

    if (probe_new(&c->probe, c->loop, &plan, fn, c, &failed.err) < 0)
        fn(c, &failed);
}

static void keep_chain(struct check *c, const struct tls *seen)
{
    struct check_report *r = &c->report;
    size_t len;

    if (seen == NULL || r->chain_count > 0)
        return;
    for (size_t i = 0; i < tls_chain_count(seen); i++) {
        const unsigned char *der = tls_chain_cert(seen, i, &len);

        if (cert_describe(der, len, &r->chain[r->chain_count], NULL) < 0)
            break;
        r->chain_count++;
    }
}

/* --- the contact: what the settings want ---------------------------------------------------- */

/* Whether an error says something of the certificate rather than of TLS. */
static bool is_of_certificate(const struct err *err)
{
    static const enum err_code codes[] = {
        ERR_TLS_UNKNOWN_ISSUER, ERR_TLS_SELF_SIGNED, ERR_TLS_EXPIRED,   ERR_TLS_NOT_YET_VALID,
        ERR_TLS_WRONG_HOST,     ERR_TLS_UNSUITABLE,  ERR_TLS_SIGNATURE, ERR_NO_CERTIFICATE};

    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i] == err->code)
            return true;
    /* a key of the certificate's; the one of DH is TLS's own */
    return err->code == ERR_TLS_WEAK && !str_starts(err->arg[0], "DH");
}

static void note_connected(struct check *c, const struct probe_result *p)
{
    endpoint_text(&p->peer, c->report.peer);
    check_set(c, CHECK_CONNECT, CHECK_OK, NULL);
}

static void note_greeting(struct check *c, const struct probe_result *p)
{
    str_copy(c->report.greeting, sizeof(c->report.greeting), p->greeting);
    check_set(c, CHECK_GREETING, CHECK_OK, NULL);
}

static void on_contact_step(void *arg, enum err_step step, const struct probe_result *p)
{
    struct check *c = arg;

    if (step == STEP_GREETING) {
        note_connected(c, p);
        check_set(c, CHECK_GREETING, CHECK_RUNNING, NULL);
    } else if (step == STEP_AUTH_TLS) {
        note_greeting(c, p);
        check_set(c, CHECK_AUTH, CHECK_RUNNING, NULL);
    } else if (step == STEP_HANDSHAKE) {
        check_set(c, CHECK_AUTH, CHECK_OK, NULL);
        check_set(c, CHECK_TLS, CHECK_RUNNING, NULL);
    }
}

/* The items up to the greeting. Returns whether it came so far. */
static bool note_way(struct check *c, const struct probe_result *p)
{
    enum check_id failed;

    if (p->connected)
        note_connected(c, p);
    failed = !p->connected ? CHECK_CONNECT : CHECK_GREETING;
    if (!p->connected || p->err.step == STEP_GREETING) {
        check_set(c, failed, CHECK_FAILED, &p->err);
        check_skip(c, failed, CHECK_RESUMPTION, failed);
        return false;
    }
    note_greeting(c, p);
    return true;
}

static void note_tls(struct check *c)
{
    check_set(c, CHECK_TLS, c->report.tls.deprecated ? CHECK_WARNING : CHECK_OK, NULL);
}

/* TLS was begun: what came of it, and whether the server is trusted. */
static void note_security(struct check *c, const struct probe_result *p)
{
    check_set(c, CHECK_AUTH, CHECK_OK, NULL);
    c->report.tls = p->tls;
    keep_chain(c, p->seen);
    if (p->err.code != ERR_NONE)
        c->trust_err = p->err;
    c->trusted = c->trust_err.code == ERR_NONE;
    if (c->trust_err.code == ERR_NONE || is_of_certificate(&c->trust_err)) {
        note_tls(c);
        check_set(c, CHECK_CERTIFICATE, CHECK_RUNNING, NULL);
    } else {
        check_set(c, CHECK_TLS, CHECK_FAILED, &c->trust_err);
        check_skip(c, CHECK_CERTIFICATE, CHECK_CERTIFICATE, CHECK_TLS);
    }
    if (!c->trusted)
        check_skip(c, CHECK_LOGIN, CHECK_RESUMPTION,
                   c->report.items[CHECK_TLS].outcome == CHECK_FAILED ? CHECK_TLS
                                                                      : CHECK_CERTIFICATE);
}

static void on_contact(void *arg, const struct probe_result *p)
{
    struct check *c = arg;

    if (p->err.code != ERR_NONE && check_again(c, &p->err))
        return;
    if (!note_way(c, p)) {
        check_go(c, PHASE_DONE);
        return;
    }
    if (!c->report.secure) {
        check_set(c, CHECK_AUTH, CHECK_WARNING, NULL); /* not encrypted */
        check_skip(c, CHECK_AUTH, CHECK_TLS13, CHECK_AUTH);
        check_go(c, PHASE_TRIAL);
        return;
    }
    if (p->err.step == STEP_AUTH_TLS) {
        check_set(c, CHECK_AUTH, CHECK_FAILED, &p->err);
        check_skip(c, CHECK_AUTH, CHECK_RESUMPTION, CHECK_AUTH);
        check_go(c, PHASE_DONE);
        return;
    }
    note_security(c, p);
    check_go(c, PHASE_CHAIN);
}

/* Without trust in anybody the server can still be looked at. */
void check_contact(struct check *c)
{
    struct probe_result failed = {.connected = false};

    check_set(c, CHECK_CONNECT, CHECK_RUNNING, NULL);
    if (c->report.secure && c->server.trust == NULL)
        err_set(&c->trust_err, ERR_NO_CERTIFICATE, STEP_CERTIFICATE);
    else if (c->report.secure)
        (void)tls_context_new(&c->tls, c->report.policy, c->server.trust, c->server.trust_len,
                              &c->trust_err);
    if (c->report.secure && c->tls == NULL &&
        tls_context_new_look(&c->tls, c->report.policy, NULL, &failed.err) < 0)
        on_contact(c, &failed);
    else
        look(c, on_contact, on_contact_step);
}

/* --- certificates --------------------------------------------------------------------------- */

/* Trusted now, but not for long, or signed in a way that no longer holds. */
static bool is_poor(const struct check_report *r)
{
    for (size_t i = 0; i < r->chain_count; i++)
        if (cert_days_left(&r->chain[i], time(NULL)) < DAYS_LEFT_FEW ||
            (r->chain[i].weak && !r->chain[i].self_signed))
            return true;
    return false;
}

static void on_chain(void *arg, const struct probe_result *p)
{
    struct check *c = arg;

    if (p->err.code != ERR_NONE && check_again(c, &p->err))
        return;
    keep_chain(c, p->seen);
    if (c->trusted)
        check_set(c, CHECK_CERTIFICATE, is_poor(&c->report) ? CHECK_WARNING : CHECK_OK, NULL);
    else if (c->report.items[CHECK_CERTIFICATE].outcome == CHECK_RUNNING)
        check_set(c, CHECK_CERTIFICATE, CHECK_FAILED, &c->trust_err);
    check_go(c, PHASE_SUITES);
}

void check_chain(struct check *c)
{
    struct probe_result failed = {.connected = false};

    if (tls_context_new_look(&c->tls, c->report.policy, NULL, &failed.err) < 0)
        on_chain(c, &failed);
    else
        look(c, on_chain, NULL);
}

/* --- suites --------------------------------------------------------------------------------- */

static enum check_suite answer_of(const struct probe_result *p)
{
    /* closing the connection is how some servers say no */
    static const enum err_code no[] = {ERR_TLS_NO_SUITE, ERR_TLS_VERSION, ERR_TLS, ERR_CLOSED};

    if (p->err.code == ERR_NONE)
        return CHECK_SUITE_YES;
    if (p->err.code == ERR_TLS_WEAK || p->err.code == ERR_TLS_UNSUITABLE ||
        p->err.code == ERR_TLS_SIGNATURE)
        return CHECK_SUITE_REFUSED;
    for (size_t i = 0; i < ARRAY_LEN(no) && p->err.step == STEP_HANDSHAKE; i++)
        if (no[i] == p->err.code)
            return CHECK_SUITE_NO;
    return CHECK_SUITE_UNKNOWN;
}

static void note_suites(struct check *c)
{
    struct check_verdict v;
    size_t yes = 0, unknown = 0;

    check_judge(&c->report, &v);
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++) {
        yes += c->report.suites[i] == CHECK_SUITE_YES;
        unknown += c->report.suites[i] == CHECK_SUITE_UNKNOWN;
    }
    if (unknown > 0)
        check_set(c, CHECK_SUITES, CHECK_NOTE, &c->report.suite_err);
    else
        check_set(c, CHECK_SUITES,
                  v.recommended_only && v.disable_count == 0         ? CHECK_OK
                  : yes == 0 && c->report.policy != TLS_POLICY_TLS13 ? CHECK_FAILED
                                                                     : CHECK_WARNING,
                  NULL);
}

static void on_suite(void *arg, const struct probe_result *p)
{
    struct check *c = arg;
    enum check_suite answer = answer_of(p);

    if (answer == CHECK_SUITE_UNKNOWN && check_again(c, &p->err))
        return;
    keep_chain(c, p->seen);
    c->report.suites[c->suite++] = answer;
    /* A server that has no patience for one will have none for the others. */
    if (answer == CHECK_SUITE_UNKNOWN) {
        c->report.suite_err = p->err;
        while (c->suite < TLS_SUITE_COUNT)
            c->report.suites[c->suite++] = answer;
    }
    check_go(c, PHASE_SUITES);
}

void check_one_suite(struct check *c)
{
    struct probe_result failed = {.err = {.step = STEP_SETTINGS}};

    while (c->suite < TLS_SUITE_COUNT && !tls_suite_offered(&tls_suites[c->suite]))
        c->suite++; /* this unit does without it, whatever the server does */
    if (c->suite == TLS_SUITE_COUNT) {
        note_suites(c);
        check_go(c, PHASE_TLS13);
        return;
    }
    check_set(c, CHECK_SUITES, CHECK_RUNNING, NULL);
    if (tls_context_new_look(&c->tls, TLS_POLICY_COMPATIBLE, &tls_suites[c->suite], &failed.err) <
        0) {
        failed.err.step = STEP_SETTINGS; /* ours, not the server's: unknown */
        on_suite(c, &failed);
    } else {
        look(c, on_suite, NULL);
    }
}

static void on_tls13(void *arg, const struct probe_result *p)
{
    struct check *c = arg;
    enum check_suite answer = answer_of(p);

    if (answer == CHECK_SUITE_UNKNOWN && check_again(c, &p->err))
        return;
    keep_chain(c, p->seen);
    if (answer == CHECK_SUITE_YES && strcmp(p->tls.version, "TLSv1.3") != 0)
        answer = CHECK_SUITE_NO; /* it took one of the suites of TLS 1.2 */
    c->report.tls13 = answer;
    check_set(c, CHECK_TLS13, answer == CHECK_SUITE_YES ? CHECK_OK : CHECK_NOTE,
              answer == CHECK_SUITE_UNKNOWN ? &p->err : NULL);
    check_go(c, PHASE_TRIAL);
}

void check_tls13(struct check *c)
{
    struct probe_result failed = {.connected = false};

    check_set(c, CHECK_TLS13, CHECK_RUNNING, NULL);
    if (tls_context_new_look(&c->tls, TLS_POLICY_TLS13, NULL, &failed.err) < 0)
        on_tls13(c, &failed);
    else
        look(c, on_tls13, NULL);
}
