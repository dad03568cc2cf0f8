/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_jobs.c - the job list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"
#include "text/text.h"

/* --- showing -------------------------------------------------------------------------------------
 */

/* One line of the list, and below it the reason when there is one to tell. */
static void list_row(struct ctl_table *t, const struct job *job, const struct sender_status *status)
{
    char progress[96], server[8];
    size_t len;

    ctl_job_progress(job, status, progress, sizeof(progress));
    len = strlen(progress);
    if (job->tls_deprecated)
        str_format(progress + len, sizeof(progress) - len, _(", deprecated suite"));
    str_format(server, sizeof(server), "%d", job->server);
    ctl_table_row(
        t, 5, (const char *[]){job->id, text_job_state(job->state), server, progress, job->path});
}

static bool has_reason(const struct job *job)
{
    return job->error.code != ERR_NONE && (job->state == JOB_FAILED || job->state == JOB_DEFERRED);
}

/* What can be of the list: jobs are read one by one, as there may be a hundred thousand. */
struct listing {
    struct ctl *c;
    struct job_entry *entries;
    size_t count;
    struct sender_status status;
};

/* False for a job that has gone meanwhile. */
static bool read_job(const struct listing *l, size_t i, struct job *ret_job)
{
    return spool_read(service_spool(l->c->service), l->entries[i].id, ret_job, NULL) == 0;
}

static void print_reasons(const struct listing *l)
{
    char line[2 * TEXT_MAX];
    bool first = true;
    struct job job;

    for (size_t i = 0; i < l->count; i++) {
        if (l->entries[i].state != JOB_FAILED && l->entries[i].state != JOB_DEFERRED)
            continue;
        if (!read_job(l, i, &job) || !has_reason(&job))
            continue;
        text_err_line(&job.error, line, sizeof(line));
        printf("%s%s\n  %s\n", first ? "\n" : "", job.id, line);
        first = false;
    }
}

static void print_list(const struct listing *l)
{
    struct ctl_table t = {.rows = 0};
    struct job job;

    if (l->count == 0) {
        puts(_("The job list is empty: nothing was added, or all was cleared."));
        return;
    }
    ctl_table_row(&t, 5,
                  (const char *[]){_("ID"), _("State"), _("Server"), _("Progress"), _("File")});
    for (size_t i = 0; i < l->count; i++)
        if (read_job(l, i, &job))
            list_row(&t, &job, &l->status);
    ctl_table_print(&t);
    print_reasons(l);
}

static void print_list_as_json(const struct listing *l)
{
    bool first = true;
    struct job job;

    fputs("{\"jobs\":[", stdout);
    for (size_t i = 0; i < l->count; i++) {
        struct record *item;

        if (!read_job(l, i, &job))
            continue;
        item = record_new();
        ctl_add_job(item, &job, &l->status);
        ctl_print_item(item, first);
        first = false;
    }
    puts("]}");
}

static bool has_work(const struct listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->entries[i].state == JOB_WAITING || l->entries[i].state == JOB_TRANSFERRING ||
            l->entries[i].state == JOB_DEFERRED)
            return true;
    return false;
}

/* Jobs that nobody will send are worth a word; but one that was just started needs a moment. */
static void tell_missing_sender(struct ctl *c)
{
    const struct timespec pause = {.tv_nsec = 50 * 1000000L};
    struct sender_status status;

    for (int i = 0; i < 20; i++) {
        service_sender_status(c->service, &status);
        if (status.running)
            return;
        nanosleep(&pause, NULL);
    }
    ctl_say(_("the background sender does not run; the menu or the next put starts it"));
}

int verb_jobs(struct ctl *c)
{
    struct listing l = {.c = c};
    struct err e;

    if (spool_list(service_spool(c->service), JOB_STATES_ALL, &l.entries, &l.count, &e) < 0)
        return ctl_fail(c, &e, NULL);
    service_sender_status(c->service, &l.status);
    if (ctl_json(c))
        print_list_as_json(&l);
    else
        print_list(&l);
    if (!l.status.running && has_work(&l))
        tell_missing_sender(c);
    free(l.entries);
    return CTL_DONE;
}

static void row(struct ctl_table *t, const char *label, const char *value)
{
    if (value[0] != '\0')
        ctl_table_row(t, 2, (const char *[]){label, value});
}

static void print_job(const struct job *job, const struct sender_status *status)
{
    char server[8], bytes[32], progress[96], attempts[16], time[32], tls[160];
    struct ctl_table t = {.rows = 0};
    struct err_text text;

    str_format(server, sizeof(server), "%d", job->server);
    str_format(attempts, sizeof(attempts), "%d", job->attempts);
    text_bytes(bytes, sizeof(bytes), job->bytes);
    ctl_job_progress(job, status, progress, sizeof(progress));
    ctl_job_encryption(job, tls, sizeof(tls));
    row(&t, _("ID"), job->id);
    row(&t, _("State"), text_job_state(job->state));
    row(&t, _("File"), job->path);
    row(&t, _("Size"), bytes);
    row(&t, _("Server"), server);
    row(&t, _("Folder"), job->folder);
    row(&t, _("Name on the server"), job->stored_name);
    if (job->state == JOB_TRANSFERRING || job->state == JOB_DEFERRED || job->skipped)
        row(&t, _("Progress"), progress);
    if (job->unchecked)
        row(&t, _("Checked"), _("no: the server tells neither a file's size nor its content"));
    row(&t, _("Encryption"), tls);
    row(&t, _("Attempts"), attempts);
    text_time(time, sizeof(time), job->added);
    row(&t, _("Added"), time);
    text_time(time, sizeof(time), job->ended);
    row(&t, _("Ended"), time);
    if (job->error.code != ERR_NONE && job->state != JOB_COMPLETED) {
        text_of_err(&job->error, &text);
        row(&t, _("Step"), text.step);
        row(&t, _("Cause"), text.cause);
        row(&t, _("Remedy"), text.remedy);
        row(&t, _("Server's words"), text.reply);
    }
    ctl_table_print(&t);
}

int verb_jobs_show(struct ctl *c)
{
    struct spool *spool = service_spool(c->service);
    struct sender_status status;
    struct record *document;
    char id[JOB_ID_MAX];
    struct job job;
    struct err e;

    if (spool_find(spool, c->operands[0], id, &e) < 0 || spool_read(spool, id, &job, &e) < 0)
        return ctl_fail(c, &e, NULL);
    service_sender_status(c->service, &status);
    if (!ctl_json(c)) {
        print_job(&job, &status);
        return CTL_DONE;
    }
    document = record_new();
    ctl_add_job(record_add_item(document, "jobs"), &job, &status);
    return ctl_print(document);
}

/* --- changing ------------------------------------------------------------------------------------
 */

typedef int job_act(struct service *svc, const char *id, struct err *e);

/* "all": each job to which it can be done. Errors: the first that is not of its state. */
static int act_on_all(struct ctl *c, job_act *act, struct record *document, struct err *e)
{
    struct job_entry *list = NULL;
    struct err one;
    size_t count = 0;
    int r = spool_list(service_spool(c->service), JOB_STATES_ALL, &list, &count, e);

    for (size_t i = 0; i < count && r == 0; i++) {
        int done = act(c->service, list[i].id, &one);

        if (done == 0)
            record_set_str(record_add_item(document, "jobs"), "id", list[i].id);
        else if (done != -ERR_UNAVAILABLE && done != -ERR_NOT_FOUND) {
            r = done;
            *e = one;
        }
    }
    free(list);
    return r;
}

/* The job that the operand names, by its id or a part of it. */
static int act_on_one(struct ctl *c, job_act *act, struct record *document, struct err *e)
{
    char id[JOB_ID_MAX];
    int r = spool_find(service_spool(c->service), c->operands[0], id, e);

    if (r == 0)
        r = act(c->service, id, e);
    if (r == 0)
        record_set_str(record_add_item(document, "jobs"), "id", id);
    return r;
}

/* Do it to the job or jobs of the operand. The answer names those to which it was done. */
static int act_on(struct ctl *c, job_act *act, bool needs_sender)
{
    struct record *document = record_new();
    struct err e;
    int r;

    record_set_list(document, "jobs");
    r = strcmp(c->operands[0], "all") == 0 ? act_on_all(c, act, document, &e)
                                           : act_on_one(c, act, document, &e);
    if (r == 0 && needs_sender && record_count(document, "jobs") > 0)
        r = service_sender_start(c->service, &e);
    if (r == 0 && ctl_json(c))
        return ctl_print(document);
    if (r == 0 && record_count(document, "jobs") == 0)
        ctl_say(_("no job is in a state to which that applies"));
    record_free(document);
    return r < 0 ? ctl_fail(c, &e, NULL) : CTL_DONE;
}

int verb_jobs_suspend(struct ctl *c)
{
    return act_on(c, service_job_suspend, false);
}

int verb_jobs_resume(struct ctl *c)
{
    return act_on(c, service_job_resume, true);
}

int verb_jobs_retry(struct ctl *c)
{
    return act_on(c, service_job_retry, true);
}

int verb_jobs_delete(struct ctl *c)
{
    return act_on(c, service_job_delete, false);
}

int verb_jobs_clear(struct ctl *c)
{
    struct err e;

    if (service_jobs_clear(c->service, (c->given & CTL_COMPLETED) != 0, &e) < 0)
        return ctl_fail(c, &e, NULL);
    return ctl_json(c) ? ctl_print(record_new()) : CTL_DONE;
}
