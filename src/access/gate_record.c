/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gate_record.c - the gate's memory as a record:
 *
 *     {"format":1,"boot":"...","at_ms":N,"refused":N,"account":{"failures":N,"left_ms":N},
 *      "others":{"key":"","failures":N,"left_ms":N,"quiet_ms":N},"sources":[{...}],
 *      "attempts":[{"time":N,"outcome":"wrong","times":1,"service":"sshd","source":"192.0.2.7",
 *      "user":"admin"}]}
 *
 * A value that is missing or could never have been written makes the whole record a damaged one:
 * what guards a password must not be guessed at.
 */
#include <string.h>

#include "access/gate_state.h"
#include "base/str.h"

#define FORMAT 1

/* --- writing ---------------------------------------------------------------------------------- */

static void save_count(const struct gate_count *count, struct record *r)
{
    record_set_int(r, "failures", count->failures);
    record_set_int(r, "left_ms", count->left_ms);
}

static void save_source(const struct gate_source *source, struct record *r)
{
    record_set_str(r, "key", source->key);
    save_count(&source->count, r);
    record_set_int(r, "quiet_ms", source->quiet_ms);
}

void gate_state_save(const struct gate_state *st, struct record *r)
{
    record_set_int(r, "format", FORMAT);
    record_set_str(r, "boot", st->boot);
    record_set_int(r, "at_ms", st->at_ms);
    record_set_int(r, "refused", st->refused);
    save_count(&st->account, record_add_child(r, "account"));
    save_source(&st->others, record_add_child(r, "others"));
    record_set_list(r, "sources");
    for (size_t i = 0; i < st->source_count; i++)
        save_source(&st->sources[i], record_add_item(r, "sources"));
    record_set_list(r, "attempts");
    for (size_t i = 0; i < st->entry_count; i++) {
        const struct gate_entry *entry = &st->entries[i];
        struct record *item = record_add_item(r, "attempts");

        record_set_int(item, "time", entry->time);
        record_set_str(item, "outcome", gate_outcome_word(entry->outcome));
        record_set_int(item, "times", entry->times);
        record_set_str(item, "service", entry->service);
        record_set_str(item, "source", entry->source);
        record_set_str(item, "user", entry->user);
    }
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A number that cannot be negative. */
static bool load_number(const struct record *r, const char *key, int64_t max, int64_t *ret_value)
{
    int64_t value = record_int(r, key, -1);

    if (value < 0 || value > max)
        return false;
    *ret_value = value;
    return true;
}

static bool load_text(const struct record *r, const char *key, char *dst, size_t size)
{
    const char *text = record_str(r, key, NULL);

    return text != NULL && str_copy(dst, size, text);
}

static bool load_count(const struct record *r, struct gate_count *ret_count)
{
    int64_t failures;

    if (r == NULL || !load_number(r, "failures", GATE_FAILURES_MAX, &failures) ||
        !load_number(r, "left_ms", gate_policy.longest_wait_ms, &ret_count->left_ms))
        return false;
    ret_count->failures = (int)failures;
    return true;
}

static bool load_source(const struct record *r, struct gate_source *ret_source)
{
    return r != NULL && load_text(r, "key", ret_source->key, sizeof(ret_source->key)) &&
           load_count(r, &ret_source->count) &&
           load_number(r, "quiet_ms", INT64_MAX / 2, &ret_source->quiet_ms);
}

static bool load_entry(const struct record *r, struct gate_entry *ret_entry)
{
    const char *word = r != NULL ? record_str(r, "outcome", "") : "";
    int outcome = 0;

    while (outcome < GATE_OUTCOMES &&
           strcmp(gate_outcome_word((enum gate_outcome)outcome), word) != 0)
        outcome++;
    if (outcome == GATE_OUTCOMES)
        return false;
    ret_entry->outcome = (enum gate_outcome)outcome;
    ret_entry->time = (time_t)record_int(r, "time", 0); /* whatever the clock showed */
    return load_number(r, "times", INT64_MAX / 2, &ret_entry->times) &&
           load_text(r, "service", ret_entry->service, sizeof(ret_entry->service)) &&
           load_text(r, "source", ret_entry->source, sizeof(ret_entry->source)) &&
           load_text(r, "user", ret_entry->user, sizeof(ret_entry->user));
}

static bool load_lists(const struct record *r, struct gate_state *st)
{
    st->source_count = record_count(r, "sources");
    st->entry_count = record_count(r, "attempts");
    if (st->source_count > GATE_SOURCES || st->entry_count > GATE_ENTRIES)
        return false;
    for (size_t i = 0; i < st->source_count; i++)
        if (!load_source(record_item(r, "sources", i), &st->sources[i]))
            return false;
    for (size_t i = 0; i < st->entry_count; i++)
        if (!load_entry(record_item(r, "attempts", i), &st->entries[i]))
            return false;
    return true;
}

int gate_state_load(struct gate_state *ret_st, const struct record *r, struct err *e)
{
    struct gate_state st = {.refused = 0};

    if (record_int(r, "format", 0) != FORMAT || !load_text(r, "boot", st.boot, sizeof(st.boot)) ||
        !load_number(r, "at_ms", INT64_MAX / 2, &st.at_ms) ||
        !load_number(r, "refused", INT64_MAX / 2, &st.refused) ||
        !load_count(record_child(r, "account"), &st.account) ||
        !load_source(record_child(r, "others"), &st.others) || !load_lists(r, &st))
        return err_set(e, ERR_DAMAGED, STEP_AUTHENTICATION);
    *ret_st = st;
    return 0;
}
