/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "service/sender.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "service/sender_private.h"

#define LOCK_WAIT_MS  1000
#define LOCK_PAUSE_MS 20

void sender_kick(struct sender *sd)
{
    if (!sd->stopping && !loop_timer_running(sd->kick))
        loop_timer_start(sd->kick, 0);
}

void sender_trouble(struct sender *sd, const struct err *e)
{
    log_error("the queue cannot be used: %s %s; trying again later", err_word(e->code), e->arg[0]);
    sd->trouble_until = clock_ms() + sd->times.back_off_first;
}

/* --- watching the folders ----------------------------------------------------------------------
 */

/*
 * Taking a job rewrites its record, in ready/ too, where it does not stay: only what is still there
 * is news.
 */
static bool is_new(const struct sender *sd, const struct inotify_event *event, const char *name)
{
    return (event->mask & IN_Q_OVERFLOW) ||
           (event->wd == sd->watch_ready && spool_stands(sd->spool, JOB_WAITING, name));
}

static void on_event(struct sender *sd, const struct inotify_event *event, const char *name)
{
    if (event->wd == sd->watch_requests || (event->mask & IN_Q_OVERFLOW))
        sd->requests_seen = true;
    if (event->wd == sd->watch_leaving || (event->mask & IN_Q_OVERFLOW))
        sd->tidy_stale = true;
    if (is_new(sd, event, name)) {
        /* somebody wants something sent: worth a try with every server */
        for (size_t i = 0; i < ARRAY_LEN(sd->holds); i++) {
            sd->holds[i].paused_until = 0;
            sd->holds[i].asked = true;
        }
        sd->list_stale = true;
    }
}

static void on_inotify(void *arg, int events)
{
    char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    struct sender *sd = arg;
    ssize_t n;

    (void)events;
    while ((n = read(sd->inotify, bytes, sizeof(bytes))) > 0) {
        for (ssize_t at = 0; at < n;) {
            struct inotify_event event;

            memcpy(&event, bytes + at, sizeof(event));
            on_event(sd, &event, event.len > 0 ? bytes + at + sizeof(event) : "");
            at += (ssize_t)sizeof(event) + event.len;
        }
    }
    sender_kick(sd);
}

/* All that comes in comes by rename(2); the state folder holds the settings. */
static int watch(struct sender *sd, const char *folder, const char *sub, int *ret_watch,
                 struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = file_path(path, folder, sub, e);

    if (r < 0)
        return r;
    *ret_watch = inotify_add_watch(sd->inotify, path, IN_MOVED_TO | IN_ONLYDIR);
    return *ret_watch >= 0 ? 0 : err_set_errno(e, STEP_SENDER, errno, path);
}

static int watch_all(struct sender *sd, struct err *e)
{
    const char *spool = spool_folder(sd->spool);
    int settings, certificates, r;

    sd->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (sd->inotify < 0)
        return err_set_errno(e, STEP_SENDER, errno, NULL);
    if ((r = watch(sd, spool, "ready", &sd->watch_ready, e)) < 0 ||
        (r = watch(sd, spool, "requests", &sd->watch_requests, e)) < 0 ||
        (r = watch(sd, spool, "leaving", &sd->watch_leaving, e)) < 0 ||
        (r = watch(sd, sd->svc->state_dir, ".", &settings, e)) < 0 ||
        (r = watch(sd, sd->svc->state_dir, SERVICE_CERTIFICATES, &certificates, e)) < 0)
        return r;
    sd->watcher = loop_io_new(sd->loop, sd->inotify, LOOP_READ, on_inotify, sd);
    return 0;
}

/* --- requests ----------------------------------------------------------------------------------
 */

/* The job of a request is not in a lane: it ended, or waits again after a crash. */
static int obey_at_rest(struct sender *sd, const char *id, enum job_request request, struct err *e)
{
    struct job job;
    int r = spool_read(sd->spool, id, &job, e);

    if (r < 0)
        return r;
    switch (request) {
    case JOB_REQUEST_SUSPEND:
        if (job.state == JOB_WAITING || job.state == JOB_DEFERRED)
            r = sender_move(sd, &job, JOB_SUSPENDED, e);
        break;
    case JOB_REQUEST_DELETE:
        r = spool_remove(sd->spool, id, e);
        if (r == 0)
            log_info("job %s: deleted", id);
        break;
    }
    return r;
}

static int obey(struct sender *sd, const char *id, enum job_request request, struct err *e)
{
    struct lane *lane = lane_of_job(sd, id);
    bool deleted = request == JOB_REQUEST_DELETE;
    int r = lane != NULL ? lane_abandon(lane, JOB_SUSPENDED, deleted, e) : 0;

    /* a deleted job is a suspended one first: only what is not active can be removed */
    if (r == 0 && (lane == NULL || deleted))
        r = obey_at_rest(sd, id, request, e);
    if (r == -ERR_NOT_FOUND || r == -ERR_DAMAGED)
        r = 0;
    return r < 0 ? r : spool_request_done(sd->spool, id, request, e);
}

static bool obey_all(struct sender *sd)
{
    enum job_request request;
    char id[JOB_ID_MAX];
    struct err e;

    while (sd->requests_seen) {
        if (!spool_next_request(sd->spool, id, &request)) {
            sd->requests_seen = false;
        } else if (obey(sd, id, request, &e) < 0) {
            sender_trouble(sd, &e);
            return false;
        }
    }
    return true;
}

/* --- rounds -------------------------------------------------------------------------------------
 */

/* Whatever was held back because of the settings may go now. */
static void settings_changed(struct sender *sd)
{
    struct timespec now;

    log_info("settings have changed");
    clock_gettime(CLOCK_REALTIME, &now);
    sd->hurry = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    for (size_t i = 0; i < ARRAY_LEN(sd->holds); i++) {
        sd->holds[i].paused_until = 0;
        sd->holds[i].in_turn = false;
        sd->holds[i].sessions_until = 0;
    }
}

static void plan(struct sender *sd, int64_t wait)
{
    bool idle = sd->lane_count == 0 && sd->list_count == 0 && !sd->list_stale &&
                !sd->requests_seen && !sender_tidy_pressing(sd);

    if (wait >= 0)
        loop_timer_start(sd->wake, wait);
    else
        loop_timer_stop(sd->wake);
    if (!idle)
        loop_timer_stop(sd->idle);
    else if (sd->times.idle_exit > 0 && !loop_timer_running(sd->idle))
        loop_timer_start(sd->idle, sd->times.idle_exit);
}

static void on_round(void *arg)
{
    struct sender *sd = arg;
    bool well = clock_ms() >= sd->trouble_until;
    int64_t wait = sd->times.back_off_first, tidy;

    if (sd->stopping)
        return;
    if (service_refresh(sd->svc))
        settings_changed(sd);
    if (well && lane_record_left(sd) && obey_all(sd)) {
        lane_quit_stale(sd);
        wait = sender_take_jobs(sd);
        tidy = sender_tidy(sd);
        if (tidy >= 0 && (wait < 0 || tidy < wait))
            wait = tidy;
    }
    sender_status_show(sd);
    plan(sd, wait);
}

static void on_status(void *arg)
{
    sender_status_tick(arg);
}

/* --- life ----------------------------------------------------------------------------------------
 */

/*
 * Nothing to do for a while. The lock goes first and the queue is looked at afterwards: who adds a
 * job later than that finds the lock free and starts another sender.
 */
static void on_idle_exit(void *arg)
{
    struct sender *sd = arg;
    struct err e;

    sender_status_remove(sd);
    close(sd->lock);
    sd->lock = -1;
    if (sender_has_work(sd) && service_sender_lock(sd->svc, &sd->lock, &e) == 0) {
        sd->requests_seen = true;
        sender_kick(sd);
        return;
    }
    log_info("nothing to send; the sender ends");
    sd->stopping = true;
    loop_stop(sd->loop);
}

/*
 * Be the sender of the run folder. One that was killed just now holds the lock until its last
 * thread is gone: the jobs are not to wait for the next start because of that moment.
 */
static int take_lock(struct sender *sd, struct err *e)
{
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE_MS * 1000000L};
    int64_t until = clock_ms() + LOCK_WAIT_MS;
    int r;

    while ((r = service_sender_lock(sd->svc, &sd->lock, e)) == -ERR_BUSY && clock_ms() < until)
        nanosleep(&pause, NULL);
    return r;
}

static int set_up(struct sender *sd, const struct service_paths *paths, struct err *e)
{
    size_t corrupt = 0;
    int r;

    if ((r = service_open(paths, &sd->svc, e)) < 0 || (r = take_lock(sd, e)) < 0)
        return r;
    sd->spool = service_spool(sd->svc);
    if ((r = watch_all(sd, e)) < 0 || (r = spool_recover(sd->spool, &corrupt, e)) < 0)
        return r;
    if (corrupt > 0)
        log_error("%zu damaged records were set aside", corrupt);
    return 0;
}

int sender_new(struct sender **ret_sd, struct loop *loop, const struct service_paths *paths,
               const struct sender_times *times, struct err *e)
{
    struct sender *sd = calloc(1, sizeof(*sd));
    int r;

    if (sd == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SENDER);
    sd->loop = loop;
    sd->times = *times;
    sd->lock = -1;
    sd->inotify = -1;
    sd->list_stale = true;
    sd->requests_seen = true;
    sd->tidy_stale = true;
    sd->kick = loop_timer_new(loop, on_round, sd);
    sd->wake = loop_timer_new(loop, on_round, sd);
    sd->idle = loop_timer_new(loop, on_idle_exit, sd);
    sd->status = loop_timer_new(loop, on_status, sd);
    r = set_up(sd, paths, e);
    if (r < 0) {
        sender_free(sd);
        return r;
    }
    log_info("the sender starts, pid %ld", (long)getpid());
    sender_kick(sd);
    *ret_sd = sd;
    return 0;
}

void sender_stop(struct sender *sd)
{
    sd->stopping = true;
    lane_record_left(sd);
    for (size_t i = sd->lane_count; i-- > 0;) {
        struct lane *lane = sd->lanes[i];

        if (lane->has_job && lane->state != LANE_RECORDING)
            lane_abandon(lane, JOB_WAITING, false,
                         NULL); /* else it stays active until the next start */
    }
    log_info("the sender stops");
    loop_stop(sd->loop);
}

void sender_free(struct sender *sd)
{
    if (sd == NULL)
        return;
    while (sd->lane_count > 0)
        lane_free(sd->lanes[sd->lane_count - 1]);
    loop_timer_free(sd->kick);
    loop_timer_free(sd->wake);
    loop_timer_free(sd->idle);
    loop_timer_free(sd->status);
    loop_io_free(sd->watcher);
    if (sd->inotify >= 0)
        close(sd->inotify);
    if (sd->lock >= 0) {
        sender_status_remove(sd);
        close(sd->lock);
    }
    free(sd->list);
    service_free(sd->svc);
    free(sd);
}
