/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "service/sender_private.h"

int sender_move(struct sender *sd, struct job *job, enum job_state to, struct err *e)
{
    enum job_state from = job->state;
    bool light = from == JOB_WAITING && to == JOB_TRANSFERRING && !job->retry;
    struct err own;
    int r = light ? spool_take(sd->spool, job, &own) : spool_move(sd->spool, job, to, &own);

    if (r < 0) {
        log_error("job %s: cannot go from %s to %s: %s %s", job->id, job_state_word(from),
                  job_state_word(to), err_word(own.code), own.arg[0]);
        if (e != NULL)
            *e = own;
        return r;
    }
    if (to == JOB_DEFERRED || to == JOB_FAILED)
        log_info("job %s: %s, %s while %s %s%s%s", job->id, job_state_word(to),
                 err_word(job->error.code), err_step_word(job->error.step), job->error.arg[0],
                 job->error.reply[0] != '\0' ? ": " : "", job->error.reply);
    else
        log_info("job %s: %s, server %d, attempt %d, %s", job->id, job_state_word(to), job->server,
                 job->attempts, job->stored_name[0] != '\0' ? job->stored_name : job->name);
    return 0;
}

/* Milliseconds before the next attempt: doubling, with a fifth of chance, up to a limit. */
static int64_t back_off(const struct sender *sd, int deferrals)
{
    int64_t delay = sd->times.back_off_first;

    for (int i = 1; i < deferrals && delay < sd->times.back_off_limit; i++)
        delay *= 2;
    if (delay > sd->times.back_off_limit)
        delay = sd->times.back_off_limit;
    return delay * (80 + (int64_t)random_below(41)) / 100;
}

static void set_next(struct job *job, int64_t delay)
{
    struct timespec now;
    int64_t next;

    clock_gettime(CLOCK_REALTIME, &now);
    next = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + delay;
    job->next = (time_t)(next / 1000);
    job->next_ms = (int)(next % 1000);
}

bool sender_one_too_many(struct sender *sd, const struct lane *lane, const struct err *err)
{
    struct hold *hold = &sd->holds[lane->server];
    int let_in = 0;

    if (lane->was_ready || (err_class(err->code) != ERR_CLASS_RETRY && err->code != ERR_LOGIN))
        return false;
    for (size_t i = 0; i < sd->lane_count; i++) {
        const struct lane *other = sd->lanes[i];

        let_in += other->server == lane->server && other->stamp == lane->stamp && other->was_ready;
    }
    if (let_in == 0)
        return false;
    hold->sessions_most = let_in;
    hold->sessions_until = clock_ms() + sd->times.sessions_again;
    log_info("server %d: no more than %d sessions for a while: %s %s", lane->server, let_in,
             err_word(err->code), err->reply);
    return true;
}

enum job_state sender_judge(struct sender *sd, struct job *job, const struct err *err,
                            bool was_ready, int64_t stamp)
{
    struct hold *hold = &sd->holds[job->server];
    int64_t delay;

    job->error = *err;
    switch (err_class(err->code)) {
    case ERR_CLASS_RETRY:
        delay = back_off(sd, ++job->deferrals);
        set_next(job, delay);
        /* what others to this server would meet as well */
        if (!was_ready || err->code == ERR_SERVER_FULL)
            hold->paused_until = clock_ms() + delay;
        return JOB_DEFERRED;
    case ERR_CLASS_SERVER:
        hold->blocked = true;
        hold->stamp = stamp;
        hold->err = *err;
        break;
    case ERR_CLASS_FILE:
        /* what is there of another file can never be continued */
        if (err->code == ERR_CLIP_CHANGED && job->part && spool_leave(sd->spool, job, NULL) == 0)
            job->part = false;
        break;
    case ERR_CLASS_LOCAL:
        break;
    }
    job->ended = time(NULL);
    return JOB_FAILED;
}
