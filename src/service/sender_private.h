/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sender_private.h - the sender's parts.
 *
 *     sender.c         life: lock, watches, rounds, requests, idling, stopping
 *     sender_queue.c   which job goes next, and taking it
 *     sender_lane.c    a session and the job in it: the engine's events
 *     sender_outcome.c what becomes of a job, and of others to its server
 *     sender_tidy.c    what deleted jobs left on the servers
 *     sender_status.c  rates and the status record
 *
 * All work is done in rounds: whatever happens only says so by sender_kick(), and the next turn of
 * the loop obeys requests, ends what could not be recorded before, and takes jobs.
 */
#ifndef NM_SERVICE_SENDER_PRIVATE_H
#define NM_SERVICE_SENDER_PRIVATE_H

#include "service/sender.h"
#include "service/service_private.h"

enum lane_state {
    LANE_STARTING,  /* a session that is not ready: connecting, or between two files */
    LANE_IDLE,      /* ready, and no job */
    LANE_SENDING,   /* the engine has the job */
    LANE_TIDYING,   /* the engine removes what a deleted job left */
    LANE_ENDING,    /* closed() is to follow */
    LANE_RECORDING, /* no session any more; the job's outcome could not be written yet */
};

/* A session to a server under one state of its settings, and the job that it carries. */
struct lane {
    struct sender *sd;
    int server;
    int64_t stamp; /* service_server_stamp when it was opened */
    enum lane_state state;
    bool was_ready; /* the server was reached and let us in */
    struct ftpes_session *session;
    struct loop_timer *idle;

    bool has_job;
    struct job job;         /* also LANE_TIDYING, LANE_ENDING: one that is deleted already */
    bool had_part;          /* before this attempt */
    enum job_state outcome; /* LANE_RECORDING: the state that the job is to have */
    int fd;                 /* the clip, -1 when closed */

    int64_t sent;    /* bytes of the file that are there */
    int64_t from;    /* and how many of them were before this attempt */
    int64_t started; /* clock_ms when its first byte could go */
    int64_t rate;    /* bytes per second, smoothed */
    int64_t ticked;  /* clock_ms and bytes of the last look at the rate */
    int64_t ticked_sent;
};

/* Why nothing is sent to a server at present. */
struct hold {
    bool blocked; /* it refused for good; jobs fail with this error while the stamp holds */
    int64_t stamp;
    struct err err;
    bool asked;           /* a job came in since the last attempt that the operator asked for */
    int64_t paused_until; /* clock_ms: it could not be reached, or is full */
    int sessions_most;    /* until sessions_until (clock_ms): it refused one more than these */
    int64_t sessions_until;
    bool in_turn; /* it loses commands that do not wait for the reply before them */
};

/* What a deleted job left on its server. */
struct tidy {
    struct job_left left;
    int tries;    /* that failed */
    bool reached; /* the server let us in for one */
    int64_t next; /* clock_ms: not before */
};

#define SENDER_TIDY_MAX 128 /* known at a time; the others after them */

struct sender {
    struct loop *loop;
    struct sender_times times;
    struct service *svc;
    struct spool *spool;
    int lock;
    int inotify;
    int watch_ready, watch_requests, watch_leaving; /* inotify's numbers */
    struct loop_io *watcher;
    struct loop_timer *kick, *wake, *status, *idle;
    bool stopping;
    int64_t status_written; /* clock_ms */

    struct lane *lanes[SENDER_ACTIVE_MAX];
    size_t lane_count;

    struct job_entry *list; /* waiting and deferred jobs in order; taken ones have no id */
    size_t list_count;
    bool list_stale;
    bool requests_seen;    /* requests/ may hold some */
    int64_t hurry;         /* ms since 1970: what was deferred before is due */
    int64_t trouble_until; /* clock_ms: the spool could not be written; nothing is taken */
    struct tidy tidy[SENDER_TIDY_MAX];
    size_t tidy_count;
    bool tidy_stale; /* leaving/ may hold more */
    bool tidy_more;  /* it does, and there was no room for it */
    struct hold holds[SETTINGS_SERVERS + 1];
};

/* --- sender.c --- */

/* Have a round soon. */
void sender_kick(struct sender *sd);

/* The spool cannot be written at present: leave it alone for a while. */
void sender_trouble(struct sender *sd, const struct err *e);

/* --- sender_queue.c --- */

/* Take what can be taken now. Returns the ms until there is more to do by itself; -1: never. */
int64_t sender_take_jobs(struct sender *sd);

/*
 * Whether the clip is as it was when it was queued. Errors: ERR_CLIP_CHANGED, ERR_CLIP_UNREADABLE,
 * ERR_NOT_REGULAR (arg 0: its path).
 */
int sender_look_at_clip(const struct job *job, int fd, struct err *e);

/* Whether the list has another job for this server that waits. */
bool sender_has_more(const struct sender *sd, int server);

/* Whether a job waits, due or not, or a request does; read anew from the disk. */
bool sender_has_work(struct sender *sd);

/* --- sender_lane.c --- */

/*
 * Begin with a job that is active: in a lane of lane_find_idle(), or (lane NULL) a new one.
 * had_part: before this attempt something of it was on the server. The fd passes over.
 */
void lane_begin(struct sender *sd, struct lane *lane, const struct job *job, bool had_part, int fd);

/* A lane without a job. */
void lane_open(struct sender *sd, int server);

/* Remove what a deleted job left, in a lane that is idle; sender_tidy_ended() tells how it went. */
void lane_tidy(struct lane *lane, const struct job *job);

/*
 * A lane to this server whose settings still hold and that has nothing to do, else NULL: an idle
 * one, or one that was opened without a job and is not ready yet.
 */
struct lane *lane_find_idle(struct sender *sd, int server);

/*
 * Whether one more session to this server may be opened. Until it has let one in under its settings
 * as they are now, it gets one at a time: a wrong password is tried once.
 */
bool lane_may_open(const struct sender *sd, int server, long limit);
struct lane *lane_of_job(struct sender *sd, const char *id);

/* Idle lanes whose settings have changed say QUIT. */
void lane_quit_stale(struct sender *sd);

/* Write the outcomes that could not be written. False when that failed again. */
bool lane_record_left(struct sender *sd);

/*
 * Stop the transfer at once and give its job this state. clean_up: the session lives on for a
 * moment to remove from the server what is stored of the file. Errors: those of spool_move.
 */
int lane_abandon(struct lane *lane, enum job_state to, bool clean_up, struct err *e);

/* Drop a lane; a job in it stays active in the spool. */
void lane_free(struct lane *lane);

/* --- sender_outcome.c --- */

/* Move a job and log it; the only way in which the sender changes a job's state. */
int sender_move(struct sender *sd, struct job *job, enum job_state to, struct err *e);

/*
 * The state that a job is to have which met this error, and what it means for others to its server.
 * was_ready: the server had let us in; stamp: of the settings under which it was tried.
 */
enum job_state sender_judge(struct sender *sd, struct job *job, const struct err *err,
                            bool was_ready, int64_t stamp);

/*
 * Whether a server refused this lane only because it lets no more sessions in than it has: the
 * settings are right, as others are in by them. Notes how many, for a while.
 */
bool sender_one_too_many(struct sender *sd, const struct lane *lane, const struct err *err);

/* --- sender_tidy.c --- */

/*
 * Use idle lanes for it, and open others. Returns the ms until there is more to do; -1: not by
 * itself.
 */
int64_t sender_tidy(struct sender *sd);

/* Look what is in leaving/. */
void sender_tidy_read(struct sender *sd);

/* Whether the sender should stay for it. */
bool sender_tidy_pressing(const struct sender *sd);

/* A lane has done it (err NULL), or could not; one without a job did not come about. */
void sender_tidy_ended(struct sender *sd, const char *id, const struct err *err);
void sender_tidy_missed(struct sender *sd, int server, const struct err *err);

/* --- sender_status.c --- */

void sender_status_write(struct sender *sd);

/* The same now, or as soon as the last record is old enough: there may be many rounds a second. */
void sender_status_show(struct sender *sd);
void sender_status_tick(struct sender *sd);
void sender_status_remove(struct sender *sd);

#endif
