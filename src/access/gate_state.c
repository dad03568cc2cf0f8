/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access/gate_state.h"

#include <string.h>

#include "base/str.h"

/* --- time ------------------------------------------------------------------------------------- */

static int64_t less(int64_t ms, int64_t passed)
{
    return ms > passed ? ms - passed : 0;
}

static void pass(struct gate_source *source, int64_t passed)
{
    source->count.left_ms = less(source->count.left_ms, passed);
    source->quiet_ms += passed;
}

void gate_state_advance(struct gate_state *st, const struct gate_now *now)
{
    /* After another start, all the time since it has passed; what passed before it is not known.
     * Where either start has no id (a service that sees no /proc) it may be the same one. */
    bool same_boot =
        strcmp(st->boot, now->boot) == 0 || st->boot[0] == '\0' || now->boot[0] == '\0';
    int64_t passed = same_boot ? now->ms - st->at_ms : now->ms;

    if (passed < 0)
        passed = 0;
    st->account.left_ms = less(st->account.left_ms, passed);
    pass(&st->others, passed);
    for (size_t i = 0; i < st->source_count; i++)
        pass(&st->sources[i], passed);
    str_copy(st->boot, sizeof(st->boot), now->boot);
    st->at_ms = now->ms;
}

/* --- counts ----------------------------------------------------------------------------------- */

/* The place of a source in the table; source_count when it has none. */
static size_t find(const struct gate_state *st, const char *key)
{
    size_t i = 0;

    while (i < st->source_count && strcmp(st->sources[i].key, key) != 0)
        i++;
    return i;
}

static int64_t left(const struct gate_count *count, const struct gate_policy *policy)
{
    return gate_policy_stops(policy, count->failures) ? INT64_MAX : count->left_ms;
}

int64_t gate_state_account_left(const struct gate_state *st, const struct gate_policy *policy)
{
    return left(&st->account, policy);
}

int64_t gate_state_left(const struct gate_state *st, const char *key,
                        const struct gate_policy *policy)
{
    int64_t account = left(&st->account, policy), own = 0;
    size_t i = find(st, key);

    if (i < st->source_count)
        own = left(&st->sources[i].count, policy);
    else if (st->source_count == GATE_SOURCES)
        own = left(&st->others.count, policy);
    return own > account ? own : account;
}

static void forget(struct gate_state *st, size_t i)
{
    st->source_count--;
    memmove(&st->sources[i], &st->sources[i + 1], (st->source_count - i) * sizeof(st->sources[0]));
}

static bool forgettable(const struct gate_source *source, const struct gate_policy *policy)
{
    return source->quiet_ms >= policy->forget_ms && left(&source->count, policy) == 0;
}

/* A place in a full table: the one that was quiet the longest, if that is long enough. */
static void make_room(struct gate_state *st, const struct gate_policy *policy)
{
    size_t oldest = GATE_SOURCES;

    for (size_t i = 0; i < st->source_count; i++)
        if (forgettable(&st->sources[i], policy) &&
            (oldest == GATE_SOURCES || st->sources[i].quiet_ms > st->sources[oldest].quiet_ms))
            oldest = i;
    if (oldest < GATE_SOURCES)
        forget(st, oldest);
}

/* The one whose count a source that fails adds to: its own place, or the shared one. */
static struct gate_source *place_of(struct gate_state *st, const char *key,
                                    const struct gate_policy *policy)
{
    size_t i = find(st, key);

    if (i == GATE_SOURCES) {
        make_room(st, policy);
        i = st->source_count;
    }
    if (i == GATE_SOURCES) {
        if (forgettable(&st->others, policy))
            st->others = (struct gate_source){.quiet_ms = 0};
        return &st->others;
    }
    if (i == st->source_count) {
        st->sources[i] = (struct gate_source){.quiet_ms = 0};
        str_copy(st->sources[i].key, sizeof(st->sources[i].key), key);
        st->source_count++;
    }
    return &st->sources[i];
}

static void fail(struct gate_count *count, const struct gate_policy *policy)
{
    if (count->failures < GATE_FAILURES_MAX)
        count->failures++;
    count->left_ms = gate_policy_wait(policy, count->failures);
}

void gate_state_fail(struct gate_state *st, const char *key, const struct gate_policy *policy)
{
    struct gate_source *source = place_of(st, key, policy);

    fail(&st->account, policy);
    fail(&source->count, policy);
    source->quiet_ms = 0;
}

void gate_state_succeed(struct gate_state *st, const char *key)
{
    size_t i = find(st, key);

    st->account = (struct gate_count){0};
    st->refused = 0;
    if (i < st->source_count)
        forget(st, i);
}

void gate_state_lift(struct gate_state *st)
{
    st->account = (struct gate_count){0};
    st->others = (struct gate_source){.quiet_ms = 0};
    st->source_count = 0;
    st->refused = 0;
}

/* --- the last attempts ------------------------------------------------------------------------ */

const char *gate_outcome_word(enum gate_outcome outcome)
{
    static const char *const words[GATE_OUTCOMES] = {
        [GATE_RIGHT] = "right",     [GATE_WRONG] = "wrong",
        [GATE_REFUSED] = "refused", [GATE_NO_PASSWORD] = "no-password",
        [GATE_LIFTED] = "lifted",
    };

    return words[outcome];
}

/* Refusals need no entry each: else whoever tries could push their own failures off the list. */
static bool merges(const struct gate_entry *old, const struct gate_entry *entry)
{
    return (entry->outcome == GATE_REFUSED || entry->outcome == GATE_NO_PASSWORD) &&
           old->outcome == entry->outcome && strcmp(old->source, entry->source) == 0 &&
           strcmp(old->service, entry->service) == 0;
}

void gate_state_note(struct gate_state *st, const struct gate_entry *entry)
{
    for (size_t i = 0; i < st->entry_count && st->entries[i].outcome == entry->outcome; i++) {
        if (merges(&st->entries[i], entry)) {
            st->entries[i].times++;
            st->entries[i].time = entry->time;
            return;
        }
    }
    if (st->entry_count < GATE_ENTRIES)
        st->entry_count++;
    memmove(&st->entries[1], &st->entries[0], (st->entry_count - 1) * sizeof(st->entries[0]));
    st->entries[0] = *entry;
}
