/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "service/sender_private.h"

/* Jobs whose state is changed in one round: each costs some fsyncs, and the loop must go on. */
#define CHANGES_MAX 16

enum taken {
    TAKEN,   /* dealt with: under way, failed, or gone */
    LATER,   /* not now; it stays in the list */
    TROUBLE, /* the spool cannot be read or written */
};

/* One round of taking jobs. */
struct round {
    int64_t wall, now; /* ms since 1970, and clock_ms */
    int64_t wait;      /* ms until something is due; -1: nothing */
    int changes;
    int room[SETTINGS_SERVERS + 1]; /* whether a job can get a session; -1: not looked yet */
};

static int64_t wall_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void wait_at_most(struct round *round, int64_t ms)
{
    if (ms < 0)
        ms = 0;
    if (round->wait < 0 || ms < round->wait)
        round->wait = ms;
}

/* --- what may go ------------------------------------------------------------------------------ */

static bool due(const struct sender *sd, const struct job_entry *entry, struct round *round)
{
    int64_t ms = entry->next - round->wall;

    /* farther away than any back-off: the clock has been set back since */
    if (entry->state != JOB_DEFERRED || ms <= 0 || ms > 2 * sd->times.back_off_limit ||
        entry->since < sd->hurry)
        return true;
    wait_at_most(round, ms);
    return false;
}

static bool paused(const struct sender *sd, int server, struct round *round)
{
    int64_t ms = sd->holds[server].paused_until - round->now;

    if (ms <= 0)
        return false;
    wait_at_most(round, ms);
    return true;
}

/* Whether the server refused for good, and nothing has been changed since. */
static bool blocked(struct sender *sd, int server)
{
    struct hold *hold = &sd->holds[server];

    if (hold->blocked && hold->stamp != service_server_stamp(sd->svc, server))
        hold->blocked = false;
    return hold->blocked;
}

/* Whether a job to this server can get a session: an idle one or a new one. */
static bool has_room(struct sender *sd, int server, struct round *round)
{
    long limit = settings_number(service_settings(sd->svc), SET_SERVER_SESSIONS, server);

    if (round->room[server] < 0)
        round->room[server] =
            lane_find_idle(sd, server) != NULL || lane_may_open(sd, server, limit);
    return round->room[server] > 0;
}

/* --- taking one ------------------------------------------------------------------------------- */

int sender_look_at_clip(const struct job *job, int fd, struct err *e)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return err_set_args(e, ERR_CLIP_UNREADABLE, STEP_CLIP, job->path, NULL);
    if (!S_ISREG(st.st_mode))
        return err_set_args(e, ERR_NOT_REGULAR, STEP_CLIP, job->path, NULL);
    if (st.st_size != job->bytes || st.st_mtim.tv_sec != job->mtime ||
        (job->mtime_ns >= 0 && st.st_mtim.tv_nsec != job->mtime_ns))
        return err_set_args(e, ERR_CLIP_CHANGED, STEP_CLIP, job->path, NULL);
    return 0;
}

/* The clip, open and as it was when it was queued. Errors: ERR_CLIP_..., ERR_NOT_REGULAR. */
static int open_clip(const struct job *job, int *ret_fd, struct err *e)
{
    int fd = open(job->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int r;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return err_set_args(e, ERR_CLIP_GONE, STEP_CLIP, job->path, NULL);
    if (fd < 0 && errno == ELOOP)
        return err_set_args(e, ERR_NOT_REGULAR, STEP_CLIP, job->path, NULL);
    if (fd < 0)
        return err_set_args(e, ERR_CLIP_UNREADABLE, STEP_CLIP, job->path, NULL);
    r = sender_look_at_clip(job, fd, e);
    if (r < 0) {
        close(fd);
        return r;
    }
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    *ret_fd = fd;
    return 0;
}

static enum taken moved(struct sender *sd, int r, const struct err *e)
{
    if (r == 0 || r == -ERR_NOT_FOUND)
        return TAKEN; /* NOT_FOUND: the operator was quicker */
    sender_trouble(sd, e);
    return TROUBLE;
}

static enum taken fail(struct sender *sd, struct job *job, const struct err *err)
{
    struct err e;

    job->error = *err;
    job->ended = time(NULL);
    return moved(sd, sender_move(sd, job, JOB_FAILED, &e), &e);
}

/* It cannot be begun with. */
static enum taken refuse(struct sender *sd, struct job *job, const struct err *err)
{
    int64_t stamp = service_server_stamp(sd->svc, job->server);
    enum job_state to = sender_judge(sd, job, err, true, stamp);
    struct err e;

    if (to == JOB_DEFERRED) {
        sd->list_stale = true;
        sender_kick(sd);
    }
    return moved(sd, sender_move(sd, job, to, &e), &e);
}

static enum taken start(struct sender *sd, struct job *job)
{
    struct lane *lane = lane_find_idle(sd, job->server);
    bool had_part = job->part;
    struct err e;
    enum taken t;
    int fd = -1;

    if (lane == NULL && sd->lane_count >= SENDER_ACTIVE_MAX)
        return LATER;
    if (service_server_ready(sd->svc, job->server, &e) < 0 || open_clip(job, &fd, &e) < 0)
        return refuse(sd, job, &e);
    job->attempts++;
    job->part = true; /* also if this sender is killed */
    job->retry = false;
    job->next = 0;
    job->next_ms = 0;
    t = moved(sd, sender_move(sd, job, JOB_TRANSFERRING, &e), &e);
    if (job->state == JOB_TRANSFERRING) /* also when the disk did not confirm it */
        lane_begin(sd, lane, job, had_part, fd);
    else
        close(fd);
    return t;
}

static enum taken take(struct sender *sd, const struct job_entry *entry)
{
    struct job job;
    struct err e;
    int r = spool_read(sd->spool, entry->id, &job, &e);

    if (r == -ERR_DAMAGED) {
        log_error("job %s: its record is damaged; set aside", entry->id);
        return TAKEN;
    }
    if (r < 0)
        return moved(sd, r, &e);
    if (job.state != JOB_WAITING && job.state != JOB_DEFERRED)
        return TAKEN;
    if (job.server > SETTINGS_SERVERS) {
        err_set(&e, ERR_NO_SERVER, STEP_QUEUE);
        return fail(sd, &job, &e);
    }
    if (job.retry && sd->holds[job.server].asked)
        sd->holds[job.server].blocked = false; /* for one of all that were asked for at a time */
    if (job.retry)
        sd->holds[job.server].asked = false;
    if (blocked(sd, job.server))
        return fail(sd, &job, &sd->holds[job.server].err);
    return start(sd, &job);
}

static enum taken try_entry(struct sender *sd, struct job_entry *entry, struct round *round)
{
    int server = entry->server;

    if (!due(sd, entry, round))
        return LATER;
    if (server <= SETTINGS_SERVERS && !blocked(sd, server) &&
        (paused(sd, server, round) || !has_room(sd, server, round)))
        return LATER;
    if (round->changes++ >= CHANGES_MAX) {
        wait_at_most(round, 0);
        return LATER;
    }
    if (server <= SETTINGS_SERVERS)
        round->room[server] = -1;
    return take(sd, entry);
}

/* --- all of them -------------------------------------------------------------------------------
 */

static bool read_list(struct sender *sd)
{
    struct job_entry *list = NULL;
    size_t count = 0;
    struct err e;

    if (spool_list(sd->spool, 1u << JOB_WAITING | 1u << JOB_DEFERRED, &list, &count, &e) < 0) {
        sender_trouble(sd, &e);
        return false;
    }
    free(sd->list);
    sd->list = list;
    sd->list_count = count;
    sd->list_stale = false;
    return true;
}

/* Close up the list where jobs were taken out of it. */
static void compact(struct sender *sd)
{
    size_t kept = 0;

    for (size_t i = 0; i < sd->list_count; i++) {
        if (sd->list[i].id[0] != '\0')
            sd->list[kept++] = sd->list[i];
    }
    sd->list_count = kept;
}

int64_t sender_take_jobs(struct sender *sd)
{
    struct round round = {.wall = wall_ms(), .now = clock_ms(), .wait = -1};

    memset(round.room, -1, sizeof(round.room));
    if (round.wall < sd->hurry)
        sd->hurry = 0; /* the clock has been set back: all would be deferred before it */
    if (sd->list_stale && !read_list(sd))
        return sd->times.back_off_first;
    for (size_t i = 0; i < sd->list_count && round.changes <= CHANGES_MAX; i++) {
        enum taken t = try_entry(sd, &sd->list[i], &round);

        if (t == TROUBLE)
            return sd->times.back_off_first;
        if (t == TAKEN)
            sd->list[i].id[0] = '\0';
    }
    compact(sd);
    return round.wait;
}

bool sender_has_more(const struct sender *sd, int server)
{
    for (size_t i = 0; i < sd->list_count; i++) {
        const struct job_entry *entry = &sd->list[i];

        if (entry->id[0] != '\0' && entry->server == server && entry->state == JOB_WAITING)
            return true;
    }
    return false;
}

bool sender_has_work(struct sender *sd)
{
    enum job_request request;
    char id[JOB_ID_MAX];

    sender_tidy_read(sd);
    return !read_list(sd) || sd->list_count > 0 || spool_next_request(sd->spool, id, &request) ||
           sender_tidy_pressing(sd);
}
