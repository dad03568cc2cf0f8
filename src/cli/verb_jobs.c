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

    ctl_job_progress(job, status, progress, sizeof(progress));
    str_format(server, sizeof(server), "%d", job->server);
    ctl_table_row(
        t, 5, (const char *[]){job->id, text_job_state(job->state), server, progress, job->path});
}

static bool has_reason(const struct job *job)
{
    return job->error.code != ERR_NONE && (job->state == JOB_FAILED || job->state == JOB_DEFERRED);
}

/* Read the jobs of a list; one that has gone meanwhile is left out. */
static struct job *read_all(struct ctl *c, const struct job_entry *list, size_t *count)
{
    struct job *jobs = calloc(*count > 0 ? *count : 1, sizeof(*jobs));
    size_t found = 0;

    if (jobs == NULL)
        abort();
    for (size_t i = 0; i < *count; i++)
        if (spool_read(service_spool(c->service), list[i].id, &jobs[found], NULL) == 0)
            found++;
    *count = found;
    return jobs;
}

static void print_list(const struct job *jobs, size_t count, const struct sender_status *status)
{
    struct ctl_table t = {.rows = 0};
    char line[2 * TEXT_MAX];
    size_t reasons = 0;

    if (count == 0) {
        puts(_("The job list is empty: nothing was added, or all was cleared."));
        return;
    }
    ctl_table_row(&t, 5,
                  (const char *[]){_("ID"), _("State"), _("Server"), _("Progress"), _("File")});
    for (size_t i = 0; i < count; i++)
        list_row(&t, &jobs[i], status);
    ctl_table_print(&t);
    for (size_t i = 0; i < count; i++) {
        if (!has_reason(&jobs[i]))
            continue;
        text_err_line(&jobs[i].error, line, sizeof(line));
        printf("%s%s\n  %s\n", reasons++ == 0 ? "\n" : "", jobs[i].id, line);
    }
}

static void print_list_as_json(const struct job *jobs, size_t count,
                               const struct sender_status *status)
{
    struct record *document = record_new();

    record_set_list(document, "jobs");
    for (size_t i = 0; i < count; i++)
        ctl_add_job(record_add_item(document, "jobs"), &jobs[i], status);
    ctl_print(document);
}

static bool has_work(const struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (jobs[i].state == JOB_WAITING || jobs[i].state == JOB_TRANSFERRING ||
            jobs[i].state == JOB_DEFERRED)
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
    struct sender_status status;
    struct job_entry *list = NULL;
    struct job *jobs;
    size_t count = 0;
    struct err e;

    if (spool_list(service_spool(c->service), JOB_STATES_ALL, &list, &count, &e) < 0)
        return ctl_fail(c, &e, NULL);
    jobs = read_all(c, list, &count);
    service_sender_status(c->service, &status);
    if (ctl_json(c))
        print_list_as_json(jobs, count, &status);
    else
        print_list(jobs, count, &status);
    if (!status.running && has_work(jobs, count))
        tell_missing_sender(c);
    free(jobs);
    free(list);
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
    struct sender_status status;
    struct job job;
    struct err e;

    if (spool_read(service_spool(c->service), c->operands[0], &job, &e) < 0)
        return ctl_fail(c, &e, NULL);
    service_sender_status(c->service, &status);
    if (ctl_json(c))
        print_list_as_json(&job, 1, &status);
    else
        print_job(&job, &status);
    return CTL_DONE;
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

/* Do it to the job or jobs of the operand. The answer names those to which it was done. */
static int act_on(struct ctl *c, job_act *act, bool needs_sender)
{
    struct record *document = record_new();
    const char *id = c->operands[0];
    struct err e;
    int r;

    record_set_list(document, "jobs");
    if (strcmp(id, "all") == 0) {
        r = act_on_all(c, act, document, &e);
    } else {
        r = act(c->service, id, &e);
        if (r == 0)
            record_set_str(record_add_item(document, "jobs"), "id", id);
    }
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
