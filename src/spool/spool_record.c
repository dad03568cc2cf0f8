/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "spool/spool_private.h"

static const char *const state_words[JOB_STATE_COUNT] = {
    [JOB_WAITING] = "waiting",     [JOB_TRANSFERRING] = "transferring", [JOB_DEFERRED] = "deferred",
    [JOB_SUSPENDED] = "suspended", [JOB_COMPLETED] = "completed",       [JOB_FAILED] = "failed",
};

const char *job_state_word(enum job_state state)
{
    return state < JOB_STATE_COUNT ? state_words[state] : "unknown";
}

enum job_state job_state_from_word(const char *word)
{
    for (enum job_state s = 0; s < JOB_STATE_COUNT; s++) {
        if (word != NULL && strcmp(word, state_words[s]) == 0)
            return s;
    }
    return JOB_STATE_COUNT;
}

static void set_time(struct record *r, const char *key, time_t t)
{
    char text[CLOCK_TEXT_MAX];

    if (t != 0)
        record_set_str(r, key, clock_rfc3339(t, text));
}

struct record *spool_record_make(const struct job *job, enum job_state state)
{
    struct record *r = record_new();

    record_set_str(r, "id", job->id);
    record_set_str(r, "state", job_state_word(state));
    record_set_int(r, "server", job->server);
    record_set_int(r, "priority", job->priority);
    record_set_bytes(r, "path", job->path);
    record_set_bytes(r, "name", job->name);
    record_set_bytes(r, "folder", job->folder);
    record_set_int(r, "bytes", job->bytes);
    record_set_int(r, "mtime", job->mtime);
    record_set_int(r, "mtime_ns", job->mtime_ns);
    set_time(r, "added", job->added);
    set_time(r, "next", job->next);
    if (job->next != 0)
        record_set_int(r, "next_ms", job->next_ms);
    set_time(r, "ended", job->ended);
    record_set_int(r, "attempts", job->attempts);
    if (job->attempts > 0)
        record_set_bool(r, "part", job->part);
    if (job->deferrals != 0)
        record_set_int(r, "deferrals", job->deferrals);
    if (job->resume_failures != 0)
        record_set_int(r, "resume_failures", job->resume_failures);
    if (job->retry)
        record_set_bool(r, "retry", true);
    if (job->error.code != ERR_NONE)
        record_set_err(r, "error", &job->error);
    if (job->named[0] != '\0')
        record_set_bytes(r, "named", job->named);
    if (job->stored_name[0] != '\0')
        record_set_bytes(r, "stored_name", job->stored_name);
    if (job->unchecked)
        record_set_bool(r, "unchecked", true);
    if (job->skipped)
        record_set_bool(r, "skipped", true);
    if (job->tls_version[0] != '\0') {
        record_set_str(r, "tls_version", job->tls_version);
        record_set_str(r, "tls_suite", job->tls_suite);
        record_set_bool(r, "tls_deprecated", job->tls_deprecated);
    }
    return r;
}

/* The time under key, 0 when there is none. */
static bool get_time(const struct record *r, const char *key, time_t *ret_t)
{
    const char *text = record_str(r, key, NULL);

    *ret_t = text != NULL ? clock_parse(text) : 0;
    return *ret_t != (time_t)-1;
}

int spool_record_read(const struct record *r, const char *id, struct job *ret_job,
                      enum job_state *ret_intended, struct err *e)
{
    struct job j = {.state = JOB_WAITING};
    bool ok;

    ok = strcmp(record_str(r, "id", ""), id) == 0 && str_copy(j.id, sizeof(j.id), id);
    j.server = (int)record_int(r, "server", 0);
    j.priority = (int)record_int(r, "priority", 0);
    ok = ok && j.server > 0 && record_bytes(r, "path", j.path, sizeof(j.path)) &&
         j.path[0] == '/' && record_bytes(r, "name", j.name, sizeof(j.name)) && j.name[0] != '\0' &&
         record_bytes(r, "folder", j.folder, sizeof(j.folder)) && get_time(r, "added", &j.added) &&
         get_time(r, "next", &j.next) && get_time(r, "ended", &j.ended);
    j.bytes = record_int(r, "bytes", -1);
    j.mtime = record_int(r, "mtime", 0);
    j.mtime_ns = (int)record_int(r, "mtime_ns", -1);
    j.next_ms = (int)record_int(r, "next_ms", 0);
    j.attempts = (int)record_int(r, "attempts", 0);
    j.part = record_bool(r, "part", j.attempts > 0);
    j.deferrals = (int)record_int(r, "deferrals", 0);
    j.resume_failures = (int)record_int(r, "resume_failures", 0);
    j.retry = record_bool(r, "retry", false);
    if (!ok || j.bytes < 0 || j.attempts < 0 || j.deferrals < 0 || j.next_ms < 0 || j.next_ms > 999)
        return err_set_args(e, ERR_DAMAGED, STEP_QUEUE, id, NULL);
    record_err(r, "error", &j.error);
    record_bytes(r, "named", j.named, sizeof(j.named));
    record_bytes(r, "stored_name", j.stored_name, sizeof(j.stored_name));
    j.unchecked = record_bool(r, "unchecked", false);
    j.skipped = record_bool(r, "skipped", false);
    str_copy(j.tls_version, sizeof(j.tls_version), record_str(r, "tls_version", ""));
    str_copy(j.tls_suite, sizeof(j.tls_suite), record_str(r, "tls_suite", ""));
    j.tls_deprecated = record_bool(r, "tls_deprecated", false);
    *ret_intended = job_state_from_word(record_str(r, "state", NULL));
    *ret_job = j;
    return 0;
}
