/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spool_private.h - what the files of this folder share.
 */
#ifndef NM_SPOOL_SPOOL_PRIVATE_H
#define NM_SPOOL_SPOOL_PRIVATE_H

#include "base/file.h"
#include "base/record.h"
#include "spool/spool.h"

/* The folders that hold no jobs, and the lock files. */
#define SPOOL_TMP      "tmp"
#define SPOOL_CORRUPT  "corrupt"
#define SPOOL_REQUESTS "requests"
#define SPOOL_LEAVING  "leaving"
#define SPOOL_LOCK     "lock"
#define SPOOL_BUILDING "building"

#define SPOOL_LOCK_WAIT_MS 5000 /* others hold it for milliseconds */

struct spool {
    char folder[FILE_PATH_MAX];
    int64_t lock_wait; /* milliseconds */
    int64_t last_ms;   /* of the newest id made here: the clock may be set back */
    unsigned last_seq; /* order of the ids of that millisecond */
};

/* --- spool_id.c --- */

/* A new id that sorts after all that this spool has made for that priority. */
void spool_id_make(struct spool *sp, int priority, int server, char ret_id[JOB_ID_MAX]);

/* Whether text is an id of ours; the parts may be NULL. */
bool spool_id_parse(const char *text, int *ret_priority, int *ret_server);

/* --- spool_record.c --- */

/* The record of a job that is to be in state `state`. */
struct record *spool_record_make(const struct job *job, enum job_state state);

/*
 * A job from a record; ret_intended is the state that its last writer wanted it in.
 * Errors: ERR_DAMAGED.
 */
int spool_record_read(const struct record *r, const char *id, struct job *ret_job,
                      enum job_state *ret_intended, struct err *e);

/* --- spool.c --- */

/* The name of a state's folder. */
const char *spool_state_folder(enum job_state state);

/* folder/sub/name, or folder/sub when name is NULL. Errors: ERR_TOO_LARGE. */
int spool_path(const struct spool *sp, const char *sub, const char *name, char dst[FILE_PATH_MAX],
               struct err *e);

/* Take the lock that every change takes. Errors: those of file_lock. */
int spool_lock(const struct spool *sp, int *ret_fd, struct err *e);

/* rename(2) between two folders of the spool; nothing is synced. Errors: as errno says. */
int spool_shift(const struct spool *sp, const char *from_sub, const char *to_sub, const char *id,
                struct err *e);

/* fsync(2) a folder of the spool. */
int spool_sync(const struct spool *sp, const char *sub, struct err *e);

/* unlink(2) what has been built in vain; nothing is synced. */
void spool_drop(const struct spool *sp, const char *sub, const char *id);

/* spool_move for one who holds the lock. */
int spool_move_locked(struct spool *sp, struct job *job, enum job_state to, struct err *e);

/* Move a file of a state's folder to corrupt/; for one who holds the lock. */
int spool_set_aside(struct spool *sp, enum job_state state, const char *name, struct err *e);

/* Read the record of a job that stands in this state. Errors: ERR_NOT_FOUND, ERR_DAMAGED, ERR_IO.
 */
int spool_load(const struct spool *sp, enum job_state state, const char *id, struct job *ret_job,
               enum job_state *ret_intended, struct err *e);

/* --- spool_add.c --- */

/*
 * The record that a job is to have in `state`, as tmp/ID and on the disk; replaces a leftover.
 * Errors: ERR_DISK_FULL ..., with nothing left behind.
 */
int spool_build(struct spool *sp, const struct job *job, enum job_state state, struct err *e);

/* --- spool_leave.c --- */

/*
 * Delete the record of a job, or move it to leaving/, which sets *left. The lock is held; nothing
 * is synced: spool_sync_discarded(). Errors: ERR_PERMISSION, ERR_IO.
 */
int spool_discard(struct spool *sp, enum job_state state, const char *id, bool *left,
                  struct err *e);

/* After one or many: first what was moved, then the loss. */
int spool_sync_discarded(const struct spool *sp, enum job_state state, bool left, struct err *e);

#endif
