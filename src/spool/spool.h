/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spool.h - upload jobs on disk.
 *
 * Purpose: a job is one JSON record; the folder it stands in is its state and rename(2) moves it.
 * Its name is its id, and sorting ids gives the order of sending. Adding returns only when the job
 * would survive a pulled battery. Damaged records go to corrupt/, nothing is deleted unasked.
 *
 *     tmp/        being built; leftovers are removed at the sender's start
 *     ready/      waiting              active/   a sender has it (only the sender moves it out)
 *     deferred/   waiting for its next attempt   suspended/   held by the operator
 *     done/       completed            failed/   will not be tried again by itself
 *     corrupt/    records that could not be read
 *     requests/   ID.suspend, ID.delete: what the operator wants of an active job
 *     leaving/    no jobs any more: what stands of them on the server is to go as well
 *     lock        held for each change    building   held (shared) while jobs are built in tmp/
 *
 * An id is <priority>-<added, ms since 1970, hex>-<order and chance, hex>-s<server>, for example
 * 5-019f3c2a77d1-00000a3f1-s1. A record of deferred/ has its next attempt as its mtime too, so that
 * a list needs no records (as postfix does).
 *
 * Calling sequence: spool_open(folder, &sp, e); spool_add(...) or spool_list(...); spool_free(sp).
 * Changes wait for one another (the lock), for some seconds at most: ERR_BUSY then. Reading waits
 * for nothing: while a job is on the move a list may miss it or show the state it had.
 * Ownership: struct job is a plain value.
 */
#ifndef NM_SPOOL_SPOOL_H
#define NM_SPOOL_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"

#define JOB_ID_MAX   40 /* bytes of an id with its NUL: [0-9a-z-] */
#define JOB_PATH_MAX 1024
#define JOB_NAME_MAX 256

enum job_state {
    JOB_WAITING,
    JOB_TRANSFERRING,
    JOB_DEFERRED,
    JOB_SUSPENDED,
    JOB_COMPLETED,
    JOB_FAILED,
    JOB_STATE_COUNT
};

enum job_priority {
    JOB_PROXY = 4, /* goes first */
    JOB_ORIGINAL = 5,
};

struct job {
    char id[JOB_ID_MAX];
    enum job_state state; /* from the folder */
    int server;           /* 1.. */
    int priority;
    char path[JOB_PATH_MAX];   /* the local file, absolute */
    char name[JOB_NAME_MAX];   /* on the server */
    char folder[JOB_PATH_MAX]; /* below the server's Destination Directory; "" for that itself */
    int64_t bytes;
    int64_t mtime; /* of the file when it was added, seconds */
    int mtime_ns;  /* and the nanoseconds of that second; -1 when not noted */
    time_t added;
    time_t next;  /* deferred: the next attempt */
    int next_ms;  /* and the milliseconds of that second */
    time_t ended; /* completed or failed */
    int attempts;
    int deferrals;    /* attempts since the operator last asked for one: the back-off's exponent */
    bool retry;       /* the operator asked for an attempt, also when the server refused others */
    struct err error; /* of the last attempt; ERR_NONE when there was none */
    int resume_failures;   /* attempts that ended because of what an earlier one left, in a row */
    bool part;             /* something of it may stand on the server under its temporary name */
    char named[512];       /* noted just before the file was to be renamed to it on the server */
    char stored_name[512]; /* completed: the name it has on the server */
    bool unchecked;        /* completed, but the server could not be asked for the size */
    bool skipped;          /* completed without sending: it was there (If File Exists: Skip) */
    char tls_version[16];  /* of the last attempt; "" when not encrypted or not connected */
    char tls_suite[64];
    bool tls_deprecated;
};

struct spool;

/* The words of scripts: "waiting", "transferring" ... and back (JOB_STATE_COUNT when unknown). */
const char *job_state_word(enum job_state state);
enum job_state job_state_from_word(const char *word);

/* Open, making the folders when missing. Errors: those of file_make_folder. */
int spool_open(const char *folder, struct spool **ret_sp, struct err *e);
void spool_free(struct spool *sp);

/* The folder, for watching. */
const char *spool_folder(const struct spool *sp);

/*
 * Add count jobs as waiting, all or (on an error) none. Fills id, state, added.
 * Errors: ERR_DISK_FULL, ERR_IO ... (STEP_QUEUE)
 */
int spool_add(struct spool *sp, struct job *jobs, size_t count, struct err *e);

/*
 * Read the job of this id, in whatever state it is. A record that cannot be understood is moved to
 * corrupt/ by this call, and one that the disk or its mode does not let us read as well.
 * Errors: ERR_NOT_FOUND, ERR_DAMAGED (both arg 0: the id), ERR_IO.
 */
int spool_read(struct spool *sp, const char *id, struct job *ret_job, struct err *e);

/* Whether a job of this id is in this state now; its record is not read. */
bool spool_stands(const struct spool *sp, enum job_state state, const char *id);

/*
 * The sender takes a waiting job: it stands in active/ then, and its record is as it was. Nothing
 * is synced: without power it stands in ready/ or in active/, whole in either, and the next start
 * puts it back to ready/. spool_read() counts the attempt that was begun so. Errors: ERR_NOT_FOUND
 * when it does not wait any more; ERR_BUSY ...
 */
int spool_take(struct spool *sp, struct job *job, struct err *e);

/* Write a job's record in the state it has. Errors: ERR_NOT_FOUND when it is not there any more. */
int spool_update(struct spool *sp, const struct job *job, struct err *e);

/*
 * Write the record and move the job from its state to another; job->state follows. At most one of
 * several movers wins. After a failure job->state tells where the job stands (its record may be
 * the new one already); a move out of active/ that failed is finished by spool_recover().
 * Errors: ERR_NOT_FOUND for the others; ERR_DISK_FULL ...
 */
int spool_move(struct spool *sp, struct job *job, enum job_state to, struct err *e);

/*
 * Read a job and move it in one step, so that nobody can move it in between: decide() gets it as it
 * stands, changes what it wants of it and says where it goes; the state that it has is no change at
 * all. Errors: decide's; ERR_NOT_FOUND, ERR_DAMAGED, ERR_BUSY (the lock), ERR_DISK_FULL ...
 */
typedef int spool_decision(struct job *job, enum job_state *ret_to, struct err *e);
int spool_change(struct spool *sp, const char *id, spool_decision *decide, struct err *e);

/*
 * Delete a job that is not active. One that may have left a part on the server (job.part, and it
 * was not completed) goes to leaving/. Errors: ERR_NOT_FOUND, ERR_BUSY when it is active.
 */
int spool_remove(struct spool *sp, const char *id, struct err *e);

/*
 * Delete all jobs of the states in the bit set (1 << state), apart from active ones, as one change:
 * one wait for the disk however many they are. Errors: ERR_PERMISSION, ERR_IO; some may be gone.
 */
int spool_clear(struct spool *sp, unsigned states, struct err *e);

/* Have the part of a job removed from the server, whatever becomes of the job. Durable. */
int spool_leave(struct spool *sp, const struct job *job, struct err *e);

/* What is in leaving/. */
struct job_left {
    char id[JOB_ID_MAX];
    int server;
    time_t since;
};

/* Call fn for each, in any order, until it returns other than 0. Errors: fn's; ERR_IO. */
typedef int spool_left_fn(void *arg, const struct job_left *left);
int spool_left_each(struct spool *sp, spool_left_fn *fn, void *arg, struct err *e);

/* Errors: ERR_NOT_FOUND, ERR_DAMAGED, ERR_IO. */
int spool_left_read(struct spool *sp, const char *id, struct job *ret_job, struct err *e);

/* It is done with. */
void spool_left_drop(struct spool *sp, const char *id);

/* An entry of a list: what the name alone tells. */
struct job_entry {
    char id[JOB_ID_MAX];
    enum job_state state;
    int server;
    int64_t next;  /* deferred: the next attempt, milliseconds since 1970; else 0 */
    int64_t since; /* deferred: when it was deferred, likewise */
};

/*
 * All jobs of the states in the bit set (1 << state), in order of sending; the names are read, not
 * the records. Errors: ERR_IO, ERR_NO_MEMORY. Free *ret_list with free().
 */
#define JOB_STATES_ALL ((1u << JOB_STATE_COUNT) - 1)
int spool_list(struct spool *sp, unsigned states, struct job_entry **ret_list, size_t *ret_count,
               struct err *e);

/*
 * The job whose id is text, or the only one whose id has text in it; part ids have at least
 * SPOOL_PART_MIN characters. Errors: ERR_NOT_FOUND (arg 0: text), ERR_AMBIGUOUS (args: text, how
 * many), ERR_VALUE_LENGTH, ERR_IO, ERR_NO_MEMORY.
 */
#define SPOOL_PART_MIN 4
int spool_find(struct spool *sp, const char *text, char ret_id[JOB_ID_MAX], struct err *e);

/* How many jobs in each state; names are counted, nothing is read. Errors: ERR_IO. */
int spool_count(struct spool *sp, size_t ret_counts[JOB_STATE_COUNT], struct err *e);

/* What the operator wants of an active job. */
enum job_request {
    JOB_REQUEST_SUSPEND,
    JOB_REQUEST_DELETE,
};

/* Ask. Durable. Errors: ERR_NOT_FOUND for what is not an id; ERR_DISK_FULL ... */
int spool_ask(struct spool *sp, const char *id, enum job_request request, struct err *e);

/*
 * The sender: the next request, in any order, false when there is none. It stays until
 * spool_request_done(), so that one that was only begun is met again after a crash.
 */
bool spool_next_request(struct spool *sp, char ret_id[JOB_ID_MAX], enum job_request *ret_request);

/* Errors: ERR_PERMISSION, ERR_IO; the request then stays. */
int spool_request_done(struct spool *sp, const char *id, enum job_request request, struct err *e);

/*
 * The sender at its start: empty tmp/ (unless someone is adding at this moment), end the moves out
 * of active/ that had been decided, put its other jobs back to ready/, set aside what is not a
 * record (counted in *ret_corrupt, may be NULL). Only the records of active/ are read; damage in
 * the others is met by spool_read(). Errors: ERR_IO ...
 */
int spool_recover(struct spool *sp, size_t *ret_corrupt, struct err *e);

#endif
