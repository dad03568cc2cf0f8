/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl_jobs.c - a job as a document and as text, for jobs, put --wait and watch.
 */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"
#include "text/text.h"

const struct sender_active *ctl_active(const struct sender_status *status, const char *id)
{
    for (size_t i = 0; i < status->active_count; i++)
        if (strcmp(status->active[i].id, id) == 0)
            return &status->active[i];
    return NULL;
}

int64_t ctl_job_sent(const struct job *job, const struct sender_status *status)
{
    const struct sender_active *active = ctl_active(status, job->id);

    if (job->state == JOB_COMPLETED)
        return job->skipped ? 0 : job->bytes;
    return job->state == JOB_TRANSFERRING && active != NULL ? active->sent : 0;
}

void ctl_add_job(struct record *r, const struct job *job, const struct sender_status *status)
{
    const struct sender_active *active =
        job->state == JOB_TRANSFERRING ? ctl_active(status, job->id) : NULL;
    struct record *tls;

    record_set_str(r, "id", job->id);
    record_set_str(r, "state", job_state_word(job->state));
    record_set_bytes(r, "file", job->path);
    record_set_int(r, "server", job->server);
    record_set_bytes(r, "folder", job->folder);
    record_set_int(r, "bytes", job->bytes);
    record_set_int(r, "sent", ctl_job_sent(job, status));
    record_set_int(r, "rate", active != NULL ? active->rate : 0);
    if (job->tls_version[0] != '\0') {
        tls = record_add_child(r, "tls");
        record_set_str(tls, "version", job->tls_version);
        record_set_str(tls, "suite", job->tls_suite);
        record_set_bool(tls, "deprecated", job->tls_deprecated);
    } else {
        record_set_null(r, "tls");
    }
    record_set_int(r, "attempts", job->attempts);
    ctl_add_time(r, "added", job->added);
    ctl_add_time(r, "next", job->state == JOB_DEFERRED ? job->next : 0);
    ctl_add_time(r, "ended", job->ended);
    record_set_bytes(r, "stored_name", job->stored_name);
    record_set_bool(r, "skipped", job->skipped);
    record_set_bool(r, "unchecked", job->unchecked);
    ctl_add_error(r, "error", &job->error);
}

static void sending(const struct sender_active *active, char *dst, size_t size)
{
    int64_t bytes = active->bytes > 0 ? active->bytes : 1;
    char rate[32], left[32];

    text_rate(rate, sizeof(rate), active->rate);
    if (active->rate <= 0) {
        str_format(dst, size, "%d%%", (int)(active->sent * 100 / bytes));
        return;
    }
    text_duration(left, sizeof(left), (active->bytes - active->sent) / active->rate);
    str_format(dst, size, _("%d%%  %s  %s left"), (int)(active->sent * 100 / bytes), rate, left);
}

void ctl_job_progress(const struct job *job, const struct sender_status *status, char *dst,
                      size_t size)
{
    const struct sender_active *active = ctl_active(status, job->id);
    char amount[32];

    switch (job->state) {
    case JOB_TRANSFERRING:
        if (active != NULL) {
            sending(active, dst, size);
            return;
        }
        break;
    case JOB_DEFERRED:
        text_time(amount, sizeof(amount), job->next);
        str_format(dst, size, _("at %s"), amount);
        return;
    case JOB_COMPLETED:
        if (job->skipped) {
            str_copy(dst, size, _("was there already"));
            return;
        }
        break;
    case JOB_WAITING:
    case JOB_SUSPENDED:
    case JOB_FAILED:
    case JOB_STATE_COUNT:
        break;
    }
    text_bytes(dst, size, job->bytes);
}

void ctl_job_encryption(const struct job *job, char *dst, size_t size)
{
    if (job->tls_version[0] != '\0')
        str_format(dst, size, "%s %s%s", job->tls_version, job->tls_suite,
                   job->tls_deprecated ? _(" (deprecated)") : "");
    else
        str_copy(dst, size, job->state == JOB_COMPLETED && !job->skipped ? _("not encrypted") : "");
}
