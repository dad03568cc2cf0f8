/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_gate.c - who is let in: asking, counts and lock, the last attempts, lifting.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"
#include "text/text.h"

#define SERVICE "netmenuctl" /* as the list of attempts names it */

/* --- auth check ---------------------------------------------------------------------------------
 */

int verb_auth_check(struct ctl *c)
{
    struct secret password = SECRET_EMPTY;
    const struct gate_attempt attempt = {
        .user = c->operands[0],
        .password = &password,
        .service = SERVICE,
    };
    struct record *document;
    struct err e;
    int r = ctl_read_secret(c, c->operand_count > 1 ? c->operands[1] : NULL, false, &password);

    if (r != 0)
        return r;
    r = service_authenticate(c->service, &attempt, &e);
    secret_wipe(&password);
    if (r < 0)
        return ctl_fail(c, &e, NULL);
    if (!ctl_json(c))
        return CTL_DONE;
    document = record_new();
    record_set_bool(document, "right", true);
    return ctl_print(document);
}

/* --- auth status --------------------------------------------------------------------------------
 */

static int64_t seconds(int64_t ms)
{
    return (ms + 999) / 1000;
}

void ctl_add_lock(struct record *r, const struct service_lock *lock)
{
    static const char *const words[] = {
        [SERVICE_LOCK_OPEN] = "open",
        [SERVICE_LOCK_WAITING] = "waiting",
        [SERVICE_LOCK_STOPPED] = "stopped",
        [SERVICE_LOCK_DAMAGED] = "damaged",
    };

    record_set_str(r, "state", words[lock->state]);
    record_set_int(r, "seconds_left", seconds(lock->left_ms));
    record_set_int(r, "failures", lock->failures);
    record_set_int(r, "refused", lock->refused);
}

static void add_count(struct record *r, const struct gate_count *count)
{
    record_set_int(r, "failures", count->failures);
    record_set_int(r, "seconds_left", seconds(count->left_ms));
    record_set_bool(r, "stopped", gate_policy_stops(&gate_policy, count->failures));
}

static void add_source(struct record *r, const struct gate_source *source)
{
    record_set_str(r, "source", source->key);
    add_count(r, &source->count);
}

static int print_document(const struct service_lock *lock, const struct gate_state *state)
{
    struct record *document = record_new();

    ctl_add_lock(record_add_child(document, "lock"), lock);
    record_set_list(document, "sources");
    for (size_t i = 0; i < state->source_count; i++)
        add_source(record_add_item(document, "sources"), &state->sources[i]);
    add_count(record_add_child(document, "others"), &state->others.count);
    return ctl_print(document);
}

static void source_row(struct ctl_table *t, const char *name, const struct gate_count *count)
{
    char failures[24], left[40] = "";

    str_format(failures, sizeof(failures), "%d", count->failures);
    if (gate_policy_stops(&gate_policy, count->failures))
        str_copy(left, sizeof(left), _("until lifted"));
    else if (count->left_ms > 0)
        text_duration(left, sizeof(left), seconds(count->left_ms));
    ctl_table_row(t, 3, (const char *[]){name, failures, left});
}

static void print_status(const struct service_lock *lock, const struct gate_state *state)
{
    struct ctl_table t = {.rows = 0};
    char text[TEXT_MAX];

    text_lock(lock, text, sizeof(text));
    printf("%s\n", text[0] != '\0' ? text : _("Logins are let through"));
    if (lock->state == SERVICE_LOCK_DAMAGED)
        return;
    printf(_("Wrong in a row: %d, refused since: %lld\n"), lock->failures,
           (long long)lock->refused);
    if (state->source_count == 0)
        return;
    putchar('\n');
    ctl_table_row(&t, 3, (const char *[]){_("Source"), _("Wrong"), _("Refused for")});
    for (size_t i = 0; i < state->source_count; i++)
        source_row(&t, state->sources[i].key, &state->sources[i].count);
    if (state->others.count.failures > 0)
        source_row(&t, _("all others"), &state->others.count);
    ctl_table_print(&t);
}

int verb_auth_status(struct ctl *c)
{
    struct gate_state state = {.refused = 0};
    struct service_lock lock;
    struct err e;
    int r = service_gate(c->service, &state, &e);

    if (r < 0 &&
        r != -ERR_AUTH_RECORD) /* damaged is a state to be told, not a failure to tell it */
        return ctl_fail(c, &e, NULL);
    service_lock(c->service, &lock);
    if (ctl_json(c))
        return print_document(&lock, &state);
    print_status(&lock, &state);
    return CTL_DONE;
}

/* --- auth log -----------------------------------------------------------------------------------
 */

static void log_row(struct ctl_table *t, const struct gate_entry *entry)
{
    char when[32], times[32] = "";

    text_time(when, sizeof(when), entry->time);
    if (entry->times > 1)
        str_format(times, sizeof(times), "x %lld", (long long)entry->times);
    ctl_table_row(t, 6,
                  (const char *[]){when, entry->service, entry->source, entry->user,
                                   text_outcome(entry->outcome), times});
}

static void add_entry(struct record *r, const struct gate_entry *entry)
{
    ctl_add_time(r, "time", entry->time);
    record_set_str(r, "service", entry->service);
    record_set_str(r, "source", entry->source);
    record_set_str(r, "user", entry->user);
    record_set_str(r, "outcome", gate_outcome_word(entry->outcome));
    record_set_int(r, "times", entry->times);
}

int verb_auth_log(struct ctl *c)
{
    struct ctl_table t = {.rows = 0};
    struct gate_state state;
    struct record *document;
    struct err e;

    if (service_gate(c->service, &state, &e) < 0)
        return ctl_fail(c, &e, NULL);
    if (ctl_json(c)) {
        document = record_new();
        record_set_list(document, "attempts");
        for (size_t i = 0; i < state.entry_count; i++)
            add_entry(record_add_item(document, "attempts"), &state.entries[i]);
        return ctl_print(document);
    }
    for (size_t i = 0; i < state.entry_count; i++)
        log_row(&t, &state.entries[i]);
    if (state.entry_count == 0)
        ctl_say(_("nobody has tried to log in yet"));
    else
        ctl_table_print(&t);
    return CTL_DONE;
}

/* --- auth resume --------------------------------------------------------------------------------
 */

int verb_auth_resume(struct ctl *c)
{
    struct service_lock lock;
    struct record *document;
    struct err e;

    if ((c->given & CTL_YES) == 0 && isatty(STDIN_FILENO) &&
        !ctl_confirm(_("If you do not know who tried, disconnect and change the password first. "
                       "Lift the lock?")))
        return CTL_FAILED;
    if (service_lock_lift(c->service, SERVICE, &e) < 0)
        return ctl_fail(c, &e, NULL);
    service_lock(c->service, &lock);
    if (!ctl_json(c)) {
        ctl_say(_("logins are let through again"));
        return CTL_DONE;
    }
    document = record_new();
    ctl_add_lock(record_add_child(document, "lock"), &lock);
    return ctl_print(document);
}
