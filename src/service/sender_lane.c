/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "service/sender_private.h"

#define RESUME_FAILURES_MAX 3 /* then the job is sent whole */

static void note_tls(struct job *job, struct ftpes_tls_info tls)
{
    str_copy(job->tls_version, sizeof(job->tls_version), tls.version != NULL ? tls.version : "");
    str_copy(job->tls_suite, sizeof(job->tls_suite), tls.suite != NULL ? tls.suite : "");
    job->tls_deprecated = tls.deprecated;
}

/* A server that cannot be resumed on must not keep a job from ever getting through. */
static void note_resuming(struct job *job, const struct ftpes_result *result)
{
    if (result->continued > 0)
        log_info("job %s: continued at byte %lld, %lld sent", job->id, (long long)result->continued,
                 (long long)result->sent);
    if (result->resume_failed)
        job->resume_failures++;
    else if (result->continued > 0 && result->sent > 0)
        job->resume_failures = 0;
}

/* Before the engine had the file (result NULL) nothing has changed on the server. */
static void note_part(struct lane *lane, const struct ftpes_result *result)
{
    lane->job.part =
        result == NULL ? lane->had_part : result->left || (lane->had_part && !result->removed);
}

/* What is to become of the lane's job, which met this error. */
static enum job_state judge(struct lane *lane, const struct err *err)
{
    return sender_judge(lane->sd, &lane->job, err, lane->was_ready, lane->stamp);
}

/* --- lanes ----------------------------------------------------------------------------------- */

static void close_clip(struct lane *lane)
{
    if (lane->fd >= 0)
        close(lane->fd);
    lane->fd = -1;
}

static void drop_session(struct lane *lane)
{
    ftpes_session_free(lane->session);
    lane->session = NULL;
    loop_timer_stop(lane->idle);
}

void lane_free(struct lane *lane)
{
    struct sender *sd = lane->sd;
    size_t i = 0;

    while (i < sd->lane_count && sd->lanes[i] != lane)
        i++;
    if (i < sd->lane_count) {
        sd->lane_count--;
        memmove(&sd->lanes[i], &sd->lanes[i + 1], (sd->lane_count - i) * sizeof(sd->lanes[0]));
    }
    drop_session(lane);
    close_clip(lane);
    loop_timer_free(lane->idle);
    free(lane);
}

/*
 * Write the job's outcome. When that fails (a full disk), the job stays in the lane to be recorded
 * later, and the session is dropped: nothing is sent that could not be recorded either.
 */
static void record_outcome(struct lane *lane, enum job_state outcome)
{
    struct sender *sd = lane->sd;
    struct err e;
    int r;

    close_clip(lane);
    r = sender_move(sd, &lane->job, outcome, &e);
    sd->list_stale |= outcome == JOB_DEFERRED;
    if (r == 0 || r == -ERR_NOT_FOUND) {
        lane->has_job = false;
        return;
    }
    drop_session(lane);
    lane->outcome = outcome;
    lane->state = LANE_RECORDING;
    sender_trouble(sd, &e);
}

bool lane_record_left(struct sender *sd)
{
    for (size_t i = sd->lane_count; i-- > 0;) {
        struct lane *lane = sd->lanes[i];

        if (lane->state != LANE_RECORDING)
            continue;
        record_outcome(lane, lane->outcome);
        if (lane->has_job)
            return false;
        lane_free(lane);
    }
    return true;
}

int lane_abandon(struct lane *lane, enum job_state to, bool clean_up, struct err *e)
{
    int r;

    clean_up = clean_up && lane->state == LANE_SENDING && ftpes_session_cancel(lane->session);
    if (!clean_up)
        drop_session(lane);
    close_clip(lane);
    if (lane->state == LANE_STARTING)
        note_part(lane, NULL);
    r = sender_move(lane->sd, &lane->job, to, e);
    if (r < 0 && r != -ERR_NOT_FOUND) {
        drop_session(lane);
        lane->outcome = to;
        lane->state = LANE_RECORDING;
        return r;
    }
    if (clean_up) {
        lane->has_job = false;
        lane->state = LANE_ENDING;
        loop_timer_start(lane->idle, lane->sd->times.clean_up);
    } else {
        lane_free(lane);
    }
    return 0;
}

/* --- the engine's events --------------------------------------------------------------------- */

static void put_job(struct lane *lane);

static void on_ready(void *arg)
{
    struct lane *lane = arg;

    if (!lane->was_ready)
        sender_kick(lane->sd); /* further sessions may be opened now */
    lane->was_ready = true;
    lane->sd->holds[lane->server].paused_until = 0;
    if (lane->has_job) {
        put_job(lane);
        return;
    }
    lane->state = LANE_IDLE;
    loop_timer_start(lane->idle, lane->sd->times.session_idle);
    sender_kick(lane->sd);
}

static void on_progress(void *arg, int64_t sent, int64_t from)
{
    struct lane *lane = arg;

    if (lane->from != from) { /* resumed: the rate is about new bytes, from here on */
        lane->from = lane->ticked_sent = from;
        lane->started = lane->ticked = clock_ms();
    }
    lane->sent = sent;
}

/*
 * From here on the server may have the file under this name: a later attempt must know it. NULL: it
 * has not.
 */
static void on_naming(void *arg, const char *name)
{
    struct lane *lane = arg;
    struct err e;

    str_copy(lane->job.named, sizeof(lane->job.named), name != NULL ? name : "");
    if (spool_update(lane->sd->spool, &lane->job, &e) < 0)
        log_error("job %s: its name on the server cannot be noted: %s", lane->job.id,
                  err_word(e.code));
    if (name != NULL)
        ftpes_session_named(lane->session);
}

/* For a job that is deleted: the engine has removed what it left, or was to. */
static void on_tidied(struct lane *lane, const struct ftpes_result *result, const struct err *err)
{
    bool clean = lane->state == LANE_TIDYING
                     ? err == NULL
                     : !result->left && (result->removed || !lane->had_part);
    bool goes_on = err == NULL || err_class(err->code) == ERR_CLASS_FILE;

    if (clean || lane->state == LANE_TIDYING)
        sender_tidy_ended(lane->sd, lane->job.id, clean ? NULL : err);
    if (lane->state == LANE_TIDYING) {
        lane->state = goes_on ? LANE_STARTING : LANE_ENDING;
        if (goes_on)
            loop_timer_stop(lane->idle);
    }
    sender_kick(lane->sd);
}

static void on_done(void *arg, const struct ftpes_result *result, const struct err *err)
{
    struct lane *lane = arg;
    struct job *job = &lane->job;

    if (!lane->has_job) {
        on_tidied(lane, result, err);
        return;
    }
    lane->state =
        err == NULL || err_class(err->code) == ERR_CLASS_FILE ? LANE_STARTING : LANE_ENDING;
    note_tls(job, result->tls);
    note_resuming(job, result);
    note_part(lane, result);
    if (err == NULL) {
        err_clear(&job->error);
        str_copy(job->stored_name, sizeof(job->stored_name), result->name);
        job->skipped = result->skipped;
        job->unchecked = result->unchecked;
        job->ended = time(NULL);
        lane->sent = job->bytes;
        record_outcome(lane, JOB_COMPLETED);
    } else {
        record_outcome(lane, judge(lane, err));
    }
    sender_kick(lane->sd);
}

static void on_closed(void *arg, const struct err *err)
{
    struct lane *lane = arg;
    struct sender *sd = lane->sd;
    struct err closed;

    if (ftpes_session_confused(lane->session)) {
        log_info("server %d: it lost commands sent ahead; they go one by one now", lane->server);
        sd->holds[lane->server].in_turn = true;
    }
    if (lane->has_job && err != NULL && sender_one_too_many(sd, lane, err)) {
        lane->job.attempts--; /* the others send it */
        note_part(lane, NULL);
        record_outcome(lane, JOB_WAITING);
    } else if (lane->has_job) {
        err_set(&closed, ERR_CLOSED, STEP_CONNECT);
        note_tls(&lane->job, ftpes_session_tls(lane->session));
        note_part(lane, NULL);
        record_outcome(lane, judge(lane, err != NULL ? err : &closed));
    } else if (err != NULL && lane->state != LANE_ENDING) {
        log_debug("server %d: idle session closed: %s", lane->server, err_word(err->code));
        if (!lane->was_ready)
            sender_tidy_missed(sd, lane->server, err);
    }
    if (lane->state != LANE_RECORDING)
        lane_free(lane);
    sender_kick(sd);
}

static void on_idle(void *arg)
{
    struct lane *lane = arg;
    struct sender *sd = lane->sd;
    struct err late;

    if (lane->state == LANE_TIDYING) {
        err_set(&late, ERR_TIMEOUT, STEP_DELETE);
        sender_tidy_ended(sd, lane->job.id, &late);
    }
    if (lane->state != LANE_IDLE) { /* cleaning up takes too long */
        lane_free(lane);
        sender_kick(sd);
        return;
    }
    lane->state = LANE_ENDING;
    ftpes_session_quit(lane->session);
}

static const struct ftpes_events events = {
    .ready = on_ready,
    .progress = on_progress,
    .naming = on_naming,
    .done = on_done,
    .closed = on_closed,
};

/* --- a job into a lane ------------------------------------------------------------------------ */

/* The job's folder on the server: the Destination Directory and what is below it. */
static void remote_folder(const struct lane *lane, char *dst, size_t size)
{
    const char *base = settings_str(service_settings(lane->sd->svc), SET_SERVER_DIR, lane->server);
    size_t len = strlen(base);
    const char *slash = len > 0 && base[len - 1] != '/' && lane->job.folder[0] != '\0' ? "/" : "";

    str_format(dst, size, "%s%s%s", base, slash, lane->job.folder);
}

static void temp_id(char *dst, const char *id)
{
    for (; *id != '\0'; id++) {
        if (*id != '-')
            *dst++ = *id;
    }
    *dst = '\0';
}

static void put_job(struct lane *lane)
{
    const struct settings *s = service_settings(lane->sd->svc);
    char folder[JOB_PATH_MAX + SETTING_VALUE_MAX], temp[JOB_ID_MAX];
    struct ftpes_task task = {
        .fd = lane->fd,
        .size = lane->job.bytes,
        .folder = folder,
        .name = lane->job.name,
        .temp_id = temp,
        .exists = (enum ftpes_exists)settings_choice(s, SET_SERVER_EXISTS, lane->server),
        .more = sender_has_more(lane->sd, lane->server),
        .named = lane->job.named[0] != '\0' ? lane->job.named : NULL,
        .resume = lane->job.attempts > 1 && lane->job.resume_failures < RESUME_FAILURES_MAX,
        .mtime = lane->job.mtime,
    };
    struct err e;

    remote_folder(lane, folder, sizeof(folder));
    temp_id(temp, lane->job.id);
    lane->state = LANE_SENDING;
    lane->sent = lane->from = lane->rate = lane->ticked_sent = 0;
    lane->started = lane->ticked = clock_ms();
    /* reaching the server may have taken long */
    if (sender_look_at_clip(&lane->job, lane->fd, &e) < 0 ||
        ftpes_session_put(lane->session, &task, &e) < 0) {
        lane->state = LANE_IDLE; /* the session has not seen it and is ready for another */
        note_part(lane, NULL);
        record_outcome(lane, judge(lane, &e));
        if (lane->state == LANE_IDLE)
            loop_timer_start(lane->idle, lane->sd->times.session_idle);
        sender_kick(lane->sd);
        return;
    }
    if (!loop_timer_running(lane->sd->status))
        loop_timer_start(lane->sd->status, 0);
}

void lane_tidy(struct lane *lane, const struct job *job)
{
    char folder[JOB_PATH_MAX + SETTING_VALUE_MAX], temp[JOB_ID_MAX];
    struct ftpes_task task = {
        .fd = -1, .folder = folder, .name = job->name, .temp_id = temp, .remove = true};
    struct err e;

    lane->job = *job;
    remote_folder(lane, folder, sizeof(folder));
    temp_id(temp, job->id);
    lane->state = LANE_TIDYING;
    loop_timer_start(lane->idle, lane->sd->times.tidy);
    if (ftpes_session_put(lane->session, &task, &e) < 0) {
        lane->state = LANE_IDLE;
        loop_timer_start(lane->idle, lane->sd->times.session_idle);
        sender_tidy_ended(lane->sd, job->id, &e);
    }
}

/* A session with this server's settings as they are now. Errors: those of ftpes_session_new. */
static int open_session(struct lane *lane, struct err *e)
{
    struct sender *sd = lane->sd;
    struct ftpes_params params;
    struct buf trust;
    int r;

    buf_init(&trust, CERT_FILE_MAX);
    r = service_server_params(sd->svc, lane->server, &params, &trust, e);
    if (r == 0) {
        params.times = sd->times.ftpes;
        params.in_turn = sd->holds[lane->server].in_turn;
        r = ftpes_session_new(&lane->session, sd->loop, &params, &events, lane, e);
    }
    buf_done(&trust);
    if (r == 0)
        log_info("server %d: session to %s port %u%s", lane->server, params.host, params.port,
                 params.secure ? "" : ", not encrypted");
    return r;
}

static struct lane *lane_new(struct sender *sd, int server)
{
    struct lane *lane = calloc(1, sizeof(*lane));

    if (lane == NULL)
        abort(); /* as the loop's makers do: without memory there is nothing to go on with */
    lane->sd = sd;
    lane->server = server;
    lane->stamp = service_server_stamp(sd->svc, server);
    lane->fd = -1;
    lane->idle = loop_timer_new(sd->loop, on_idle, lane);
    sd->lanes[sd->lane_count++] = lane;
    return lane;
}

void lane_open(struct sender *sd, int server)
{
    struct lane *lane = lane_new(sd, server);
    struct err e;

    if (open_session(lane, &e) < 0) {
        lane_free(lane);
        sender_tidy_missed(sd, server, &e);
    }
}

void lane_begin(struct sender *sd, struct lane *lane, const struct job *job, bool had_part, int fd)
{
    bool fresh = lane == NULL;
    struct err e;

    if (fresh)
        lane = lane_new(sd, job->server);
    loop_timer_stop(lane->idle);
    lane->job = *job;
    lane->has_job = true;
    lane->had_part = had_part;
    lane->fd = fd;
    lane->sent = lane->rate = 0;
    if (!fresh) {
        if (lane->state == LANE_IDLE)
            put_job(lane);
        return;
    }
    if (open_session(lane, &e) < 0) {
        record_outcome(lane, judge(lane, &e));
        if (lane->state != LANE_RECORDING)
            lane_free(lane);
        sender_kick(sd);
    }
}

/* --- looking for lanes ------------------------------------------------------------------------ */

struct lane *lane_find_idle(struct sender *sd, int server)
{
    int64_t stamp = service_server_stamp(sd->svc, server);

    for (size_t i = 0; i < sd->lane_count; i++) {
        struct lane *lane = sd->lanes[i];

        bool free_soon = lane->state == LANE_STARTING && !lane->has_job && !lane->was_ready;

        if (lane->server == server && (lane->state == LANE_IDLE || free_soon) &&
            lane->stamp == stamp)
            return lane;
    }
    return NULL;
}

bool lane_may_open(const struct sender *sd, int server, long limit)
{
    int64_t stamp = service_server_stamp(sd->svc, server);
    const struct hold *hold = &sd->holds[server];
    bool trying = false, let_in = false;
    long count = 0;

    if (clock_ms() < hold->sessions_until && limit > hold->sessions_most)
        limit = hold->sessions_most;

    for (size_t i = 0; i < sd->lane_count; i++) {
        const struct lane *lane = sd->lanes[i];

        if (lane->server != server)
            continue;
        count++;
        if (lane->stamp == stamp) {
            trying = true;
            let_in |= lane->was_ready;
        }
    }
    return sd->lane_count < SENDER_ACTIVE_MAX && count < limit && (let_in || !trying);
}

struct lane *lane_of_job(struct sender *sd, const char *id)
{
    for (size_t i = 0; i < sd->lane_count; i++) {
        if (sd->lanes[i]->has_job && strcmp(sd->lanes[i]->job.id, id) == 0)
            return sd->lanes[i];
    }
    return NULL;
}

void lane_quit_stale(struct sender *sd)
{
    for (size_t i = sd->lane_count; i-- > 0;) {
        struct lane *lane = sd->lanes[i];

        if (lane->state == LANE_IDLE &&
            lane->stamp != service_server_stamp(sd->svc, lane->server)) {
            loop_timer_stop(lane->idle);
            lane->state = LANE_ENDING;
            ftpes_session_quit(lane->session);
        }
    }
}
