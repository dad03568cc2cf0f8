/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_watch.c - a JSON line for each change: {"time","event":"job","job":{...}} when a job is new,
 * changes its state or is deleted ("state":"deleted"), {"time","event":"sender","running"}, and
 * {"time","event":"lock","lock":{...}} when the unit begins or ceases to refuse logins, or a wrong
 * password is counted.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/ctl.h"

#define LOOK_MS 500

/* The job list at one moment, sorted by id. */
struct view {
    struct job_entry *list;
    size_t count;
    struct sender_status status;
    struct service_lock lock;
};

static int by_id(const void *a, const void *b)
{
    const struct job_entry *x = a, *y = b;

    return strcmp(x->id, y->id);
}

static int look(struct ctl *c, struct view *v, struct err *e)
{
    int r = spool_list(service_spool(c->service), JOB_STATES_ALL, &v->list, &v->count, e);

    if (r == 0 && v->count > 0)
        qsort(v->list, v->count, sizeof(*v->list), by_id);
    service_sender_status(c->service, &v->status);
    service_lock(c->service, &v->lock);
    return r;
}

static struct record *event(const char *name)
{
    struct record *r = record_new();

    ctl_add_time(r, "time", time(NULL));
    record_set_str(r, "event", name);
    return r;
}

static void tell_job(struct ctl *c, const struct view *now, const char *id)
{
    struct record *r;
    struct job job;

    if (spool_read(service_spool(c->service), id, &job, NULL) < 0)
        return; /* gone again: the next look tells */
    r = event("job");
    ctl_add_job(record_add_child(r, "job"), &job, &now->status);
    ctl_print(r);
}

/* A job on the move is missing from a list for a moment: gone is what cannot be read either. */
static bool is_deleted(struct ctl *c, const char *id)
{
    struct job job;

    return spool_read(service_spool(c->service), id, &job, NULL) == -ERR_NOT_FOUND;
}

static void tell_deleted(const char *id)
{
    struct record *r = event("job");
    struct record *job = record_add_child(r, "job");

    record_set_str(job, "id", id);
    record_set_str(job, "state", "deleted");
    ctl_print(r);
}

/* The time that is left passes by itself and is no change. */
static void tell_lock(const struct service_lock *before, const struct service_lock *now)
{
    struct record *r;

    if (before->state == now->state && before->failures == now->failures)
        return;
    r = event("lock");
    ctl_add_lock(record_add_child(r, "lock"), now);
    ctl_print(r);
}

/* Walk both sorted lists and tell where they differ. */
static void tell_changes(struct ctl *c, const struct view *before, const struct view *now)
{
    size_t i = 0, j = 0;

    while (i < before->count || j < now->count) {
        int order = i == before->count ? 1
                    : j == now->count  ? -1
                                       : by_id(&before->list[i], &now->list[j]);

        if (order < 0) {
            if (is_deleted(c, before->list[i].id))
                tell_deleted(before->list[i].id);
            i++;
        } else {
            if (order > 0 || before->list[i].state != now->list[j].state)
                tell_job(c, now, now->list[j].id);
            i += order == 0 ? 1 : 0;
            j++;
        }
    }
    if (before->status.running != now->status.running) {
        struct record *r = event("sender");

        record_set_bool(r, "running", now->status.running);
        ctl_print(r);
    }
    tell_lock(&before->lock, &now->lock);
}

int verb_watch(struct ctl *c)
{
    struct pollfd reader = {.fd = STDOUT_FILENO}; /* only its end: POLLERR */
    struct view before = {.count = 0}, now;
    struct err e;
    int r;

    ctl_catch_interrupts();
    r = look(c, &before, &e);
    while (r == 0 && !ctl_interrupted() && poll(&reader, 1, LOOK_MS) <= 0) {
        now = (struct view){.count = 0};
        r = look(c, &now, &e);
        if (r < 0)
            break;
        tell_changes(c, &before, &now);
        if (fflush(stdout) != 0)
            break;
        free(before.list);
        before = now;
    }
    free(before.list);
    return r < 0 ? ctl_fail(c, &e, NULL) : CTL_DONE;
}
