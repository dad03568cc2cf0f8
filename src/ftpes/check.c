/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.c - the order in which a server is checked, the items' outcomes, and their telling.
 */
#include "ftpes/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ftpes/check_private.h"
#include "ftpes/command.h"

#define ATTEMPTS_MAX 3

/* --- items --------------------------------------------------------------------------------- */

void check_set(struct check *c, enum check_id id, enum check_outcome outcome, const struct err *err)
{
    struct check_item *item = &c->report.items[id];

    log_debug("check: %s %s%s%s", check_id_word(id), check_outcome_word(outcome),
              err != NULL ? " " : "", err != NULL ? err_word(err->code) : "");
    item->outcome = outcome;
    item->err = err != NULL ? *err : (struct err){.code = ERR_NONE};
    item->because = CHECK_COUNT;
    c->changed[id] = true;
    loop_timer_start(c->tell, 0);
}

void check_skip(struct check *c, enum check_id from, enum check_id to, enum check_id because)
{
    for (int id = (int)from; id <= (int)to; id++) {
        if (c->report.items[id].outcome > CHECK_RUNNING)
            continue;
        check_set(c, (enum check_id)id, CHECK_SKIPPED, NULL);
        c->report.items[id].because = because;
    }
}

/* Returns whether the check still exists. */
static bool tell_item(struct check *c, enum check_id id)
{
    bool gone = false;

    c->changed[id] = false;
    c->gone = &gone;
    c->events.item(c->arg, id);
    if (!gone)
        c->gone = NULL;
    return !gone;
}

static void on_tell(void *arg)
{
    struct check *c = arg;

    for (int id = 0; id < CHECK_COUNT; id++)
        if (c->changed[id] && !tell_item(c, (enum check_id)id))
            return;
    if (c->over)
        c->events.done(c->arg);
}

/* --- phases ------------------------------------------------------------------------------- */

/* What this phase holds open. */
static void drop(struct check *c)
{
    resolve_cancel(c->resolve);
    c->resolve = NULL;
    probe_free(c->probe);
    c->probe = NULL;
    tls_context_free(c->tls);
    c->tls = NULL;
    ftpes_session_free(c->session);
    c->session = NULL;
    loop_timer_stop(c->other);
}

static bool is_wanted(const struct check *c, enum check_phase phase)
{
    const struct check_report *r = &c->report;
    bool wrote = r->items[CHECK_WRITE].outcome == CHECK_OK;

    switch (phase) {
    case PHASE_ADDRESS:
    case PHASE_CONTACT:
    case PHASE_DONE:
        break;
    case PHASE_CHAIN:
    case PHASE_SUITES:
    case PHASE_TLS13:
        return r->secure;
    case PHASE_TRIAL:
        return c->trusted || !r->secure;
    case PHASE_OTHER:
        return wrote;
    case PHASE_TIDY:
        return c->left && (wrote || c->early);
    case PHASE_UNRESUMED:
        return wrote && r->secure && c->resumed;
    }
    return true;
}

void check_go(struct check *c, enum check_phase phase)
{
    while (!is_wanted(c, phase))
        phase++;
    c->phase = phase;
    c->attempts = 0;
    loop_timer_start(c->next, 0);
}

bool check_again(struct check *c, const struct err *err)
{
    bool known = c->report.items[CHECK_CONNECT].outcome == CHECK_OK;

    if (err->code != ERR_SERVER_BUSY && (err->code != ERR_CONNECT_REFUSED || !known))
        return false;
    if (++c->attempts >= ATTEMPTS_MAX)
        return false;
    loop_timer_start(c->next, c->times.pause);
    return true;
}

static void finish(struct check *c)
{
    loop_timer_stop(c->total);
    c->over = true;
    loop_timer_start(c->tell, 0);
}

static void on_next(void *arg)
{
    struct check *c = arg;

    drop(c);
    switch (c->phase) {
    case PHASE_ADDRESS:
        check_address(c);
        break;
    case PHASE_CONTACT:
        check_contact(c);
        break;
    case PHASE_CHAIN:
        check_chain(c);
        break;
    case PHASE_SUITES:
        check_one_suite(c);
        break;
    case PHASE_TLS13:
        check_tls13(c);
        break;
    case PHASE_TRIAL:
    case PHASE_OTHER:
    case PHASE_UNRESUMED:
    case PHASE_TIDY:
        check_trial(c);
        break;
    case PHASE_DONE:
        finish(c);
        break;
    }
}

static void on_other(void *arg)
{
    struct check *c = arg;
    struct err err;

    drop(c);
    if (c->phase == PHASE_OTHER) {
        check_trial_late(c);
        return;
    }
    err_set_args(&err, ERR_RESOLVE, STEP_RESOLVE, c->report.host, NULL);
    check_set(c, CHECK_ADDRESS, CHECK_FAILED, &err);
    check_skip(c, CHECK_ADDRESS, CHECK_RESUMPTION, CHECK_ADDRESS);
    check_go(c, PHASE_DONE);
}

/* What was found until now is the report; what stands on the server still goes. */
static void end_early(struct check *c, enum check_outcome outcome, const struct err *err)
{
    drop(c);
    c->early = true;
    for (int id = 0; id < CHECK_COUNT; id++)
        if (c->report.items[id].outcome == CHECK_RUNNING)
            check_set(c, (enum check_id)id, outcome, err);
    check_skip(c, CHECK_ADDRESS, CHECK_RESUMPTION, CHECK_COUNT);
    loop_timer_start(c->total, c->times.other);
    check_go(c, PHASE_TIDY);
}

static void on_total(void *arg)
{
    struct check *c = arg;
    struct err err;

    err_set(&err, ERR_TIMEOUT, STEP_NONE);
    if (!c->early) {
        end_early(c, CHECK_FAILED, &err);
        return;
    }
    drop(c);
    check_go(c, PHASE_DONE);
}

void check_stop(struct check *c)
{
    if (!c->early && !c->over)
        end_early(c, CHECK_SKIPPED, NULL);
}

/* --- life --------------------------------------------------------------------------------- */

/* The test file says what it is, should it ever be found on a server. */
static int make_file(struct check *c, struct err *e)
{
    static const char text[] = "netmenu wrote this file to check the server, and deletes it "
                               "again.\nIf it is still here, it can be deleted.\n";
    unsigned char id[6];
    char hex[2 * sizeof(id) + 1];

    c->fd = memfd_create("netmenu-check", MFD_CLOEXEC);
    if (c->fd < 0 || write(c->fd, text, strlen(text)) != (ssize_t)strlen(text))
        return err_set(e, ERR_NO_MEMORY, STEP_CLIP);
    c->size = (int64_t)strlen(text);
    random_bytes(id, sizeof(id));
    str_hex(hex, sizeof(hex), id, sizeof(id));
    str_format(c->temp_id, sizeof(c->temp_id), "check%s", hex);
    str_format(c->name, sizeof(c->name), ".netmenu-check%s.done", hex);
    return 0;
}

static int copy_params(struct check *c, const struct check_params *p, struct err *e)
{
    struct check_report *r = &c->report;

    c->user = strdup(p->server.user);
    c->folder = strdup(p->folder);
    c->trust = p->server.trust != NULL ? strndup(p->server.trust, p->server.trust_len) : NULL;
    if (c->user == NULL || c->folder == NULL || (p->server.trust != NULL && c->trust == NULL))
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    secret_copy(&c->password, p->server.password);
    c->times = p->times;
    r->secure = p->server.secure;
    r->passive = p->server.passive;
    r->policy = p->server.policy;
    r->port = p->server.port;
    str_copy(r->host, sizeof(r->host), p->server.host);
    safe_text(r->folder, sizeof(r->folder), p->folder, strlen(p->folder));
    for (int id = 0; id < CHECK_COUNT; id++)
        r->items[id].because = CHECK_COUNT;
    c->server = p->server;
    c->server.host = r->host;
    c->server.user = c->user;
    c->server.password = &c->password;
    c->server.trust = c->trust;
    c->server.trust_len = c->trust != NULL ? strlen(c->trust) : 0;
    return make_file(c, e);
}

int check_new(struct check **ret_c, struct loop *loop, const struct check_params *params,
              const struct check_events *events, void *arg, struct err *e)
{
    struct check *c;
    int r;

    if (params->server.host[0] == '\0' || params->server.port == 0)
        return err_set(e, ERR_NO_SERVER, STEP_SETTINGS);
    c = calloc(1, sizeof(*c));
    if (c == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    c->fd = -1;
    c->loop = loop;
    c->events = *events;
    c->arg = arg;
    c->next = loop_timer_new(loop, on_next, c);
    c->total = loop_timer_new(loop, on_total, c);
    c->other = loop_timer_new(loop, on_other, c);
    c->tell = loop_timer_new(loop, on_tell, c);
    r = copy_params(c, params, e);
    if (r < 0) {
        check_free(c);
        return r;
    }
    loop_timer_start(c->total, c->times.total);
    check_go(c, PHASE_ADDRESS);
    *ret_c = c;
    return 0;
}

void check_free(struct check *c)
{
    if (c == NULL)
        return;
    if (c->gone != NULL)
        *c->gone = true;
    drop(c);
    loop_timer_free(c->next);
    loop_timer_free(c->total);
    loop_timer_free(c->other);
    loop_timer_free(c->tell);
    if (c->fd >= 0)
        close(c->fd);
    secret_wipe(&c->password);
    free(c->user);
    free(c->trust);
    free(c->folder);
    free(c);
}

const struct check_report *check_report(const struct check *c)
{
    return &c->report;
}
