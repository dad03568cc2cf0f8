/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What deleted jobs left on servers goes as well. It is done where a session is idle, or in one
 * that is opened for it where there is none: no upload ever waits for it, and one that comes
 * meanwhile takes the session over. A server that does not answer is asked again by a later sender,
 * for a week.
 */
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "service/sender_private.h"

#define TRIES_MAX 3 /* of one sender */
#define AGE_MAX_S (7 * 24 * 3600)

static struct tidy *find(struct sender *sd, const char *id)
{
    for (size_t i = 0; i < sd->tidy_count; i++) {
        if (strcmp(sd->tidy[i].left.id, id) == 0)
            return &sd->tidy[i];
    }
    return NULL;
}

static void forget(struct sender *sd, struct tidy *t)
{
    size_t i = (size_t)(t - sd->tidy);

    sd->tidy_count--;
    memmove(t, t + 1, (sd->tidy_count - i) * sizeof(*t));
}

static void give_up(struct sender *sd, struct tidy *t, const char *why)
{
    log_info("job %s: what it left on server %d stays there: %s", t->left.id, t->left.server, why);
    spool_left_drop(sd->spool, t->left.id);
    forget(sd, t);
}

/* --- what is to be done ---------------------------------------------------------------------- */

static int note(void *arg, const struct job_left *left)
{
    struct sender *sd = arg;

    if (find(sd, left->id) != NULL)
        return 0;
    if (sd->tidy_count == SENDER_TIDY_MAX) {
        sd->tidy_more = true;
        return 0;
    }
    sd->tidy[sd->tidy_count++] = (struct tidy){.left = *left};
    return 0;
}

void sender_tidy_read(struct sender *sd)
{
    sd->tidy_stale = sd->tidy_more = false;
    spool_left_each(sd->spool, note, sd, NULL);
}

bool sender_tidy_pressing(const struct sender *sd)
{
    for (size_t i = 0; i < sd->tidy_count; i++) {
        if (sd->tidy[i].tries < TRIES_MAX)
            return true;
    }
    return sd->tidy_stale;
}

static void later(struct sender *sd, struct tidy *t)
{
    int64_t delay = sd->times.back_off_first << t->tries;

    t->next = clock_ms() + delay;
    t->tries++;
}

/* Whether a lane has to do with it, or the job is in the queue again. */
static bool is_in_use(const struct sender *sd, const char *id)
{
    for (size_t i = 0; i < sd->lane_count; i++) {
        if (strcmp(sd->lanes[i]->job.id, id) == 0 && sd->lanes[i]->state != LANE_IDLE)
            return true;
    }
    return spool_stands(sd->spool, JOB_WAITING, id) || spool_stands(sd->spool, JOB_DEFERRED, id) ||
           spool_stands(sd->spool, JOB_TRANSFERRING, id);
}

/* --- doing it -------------------------------------------------------------------------------- */

static bool has_lane(const struct sender *sd, int server)
{
    for (size_t i = 0; i < sd->lane_count; i++) {
        if (sd->lanes[i]->server == server)
            return true;
    }
    return false;
}

/* A session for it alone. Returns the ms until one may be opened; 0: nothing to wait for. */
static int64_t open_lane(struct sender *sd, struct tidy *t, int64_t now)
{
    const struct hold *hold = &sd->holds[t->left.server];

    if (hold->blocked && hold->stamp == service_server_stamp(sd->svc, t->left.server))
        t->tries = TRIES_MAX; /* what it refuses to uploads is not tried for this */
    if (t->tries >= TRIES_MAX || sd->lane_count >= SENDER_ACTIVE_MAX ||
        has_lane(sd, t->left.server))
        return 0;
    if (t->next > now || hold->paused_until > now)
        return (t->next > hold->paused_until ? t->next : hold->paused_until) - now;
    lane_open(sd, t->left.server);
    return 0;
}

/* Returns as open_lane(); *t may be gone then. */
static int64_t try_one(struct sender *sd, struct tidy *t, int64_t now)
{
    int server = t->left.server;
    struct lane *lane;
    struct job job;
    struct err e;

    if (is_in_use(sd, t->left.id))
        return 0;
    if (server > SETTINGS_SERVERS || service_server_ready(sd->svc, server, NULL) < 0) {
        give_up(sd, t, "there is no such server any more");
        return 0;
    }
    if (time(NULL) - t->left.since > AGE_MAX_S) {
        give_up(sd, t, "it could not be reached for a week");
        return 0;
    }
    lane = lane_find_idle(sd, server);
    if (lane == NULL)
        return open_lane(sd, t, now);
    if (lane->state != LANE_IDLE)
        return 0; /* it will tell when it is */
    if (t->reached && t->next > now)
        return t->next - now;
    if (spool_left_read(sd->spool, t->left.id, &job, &e) < 0) {
        spool_left_drop(sd->spool, t->left.id);
        forget(sd, t);
        return 0;
    }
    t->reached = true;
    lane_tidy(lane, &job);
    return 0;
}

int64_t sender_tidy(struct sender *sd)
{
    int64_t now = clock_ms(), wait = -1;

    if (sd->tidy_stale || (sd->tidy_more && sd->tidy_count == 0))
        sender_tidy_read(sd);
    for (size_t i = sd->tidy_count; i-- > 0;) {
        int64_t ms = i < sd->tidy_count ? try_one(sd, &sd->tidy[i], now) : 0;

        if (ms > 0 && (wait < 0 || ms < wait))
            wait = ms;
    }
    return wait;
}

/* --- how it went ----------------------------------------------------------------------------- */

void sender_tidy_ended(struct sender *sd, const char *id, const struct err *err)
{
    struct tidy *t = find(sd, id);

    if (err == NULL) {
        log_info("job %s: nothing of it is left on the server", id);
        spool_left_drop(sd->spool, id);
        if (t != NULL)
            forget(sd, t);
    } else if (t != NULL) {
        later(sd, t);
        if (t->tries >= TRIES_MAX)
            give_up(sd, t, err_word(err->code));
    }
}

void sender_tidy_missed(struct sender *sd, int server, const struct err *err)
{
    bool refused = err_class(err->code) == ERR_CLASS_SERVER;

    for (size_t i = sd->tidy_count; i-- > 0;) {
        struct tidy *t = &sd->tidy[i];

        if (t->left.server != server)
            continue;
        later(sd, t);
        if (refused)
            give_up(sd, t, err_word(err->code));
        else if (t->tries == TRIES_MAX)
            log_info("job %s: what it left on server %d waits: %s", t->left.id, server,
                     err_word(err->code));
    }
}
