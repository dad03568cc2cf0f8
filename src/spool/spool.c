/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "spool/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "spool/spool_private.h"

static const char *const state_folders[JOB_STATE_COUNT] = {
    [JOB_WAITING] = "ready",       [JOB_TRANSFERRING] = "active", [JOB_DEFERRED] = "deferred",
    [JOB_SUSPENDED] = "suspended", [JOB_COMPLETED] = "done",      [JOB_FAILED] = "failed",
};

const char *spool_state_folder(enum job_state state)
{
    return state_folders[state];
}

int spool_path(const struct spool *sp, const char *sub, const char *name, char dst[FILE_PATH_MAX],
               struct err *e)
{
    bool fits = name == NULL ? str_format(dst, FILE_PATH_MAX, "%s/%s", sp->folder, sub)
                             : str_format(dst, FILE_PATH_MAX, "%s/%s/%s", sp->folder, sub, name);

    return fits ? 0 : err_set_args(e, ERR_TOO_LARGE, STEP_QUEUE, sp->folder, NULL);
}

static int make_folders(struct spool *sp, struct err *e)
{
    static const char *const others[] = {SPOOL_TMP, SPOOL_CORRUPT, SPOOL_REQUESTS, SPOOL_LEAVING};
    char path[FILE_PATH_MAX];
    int r = 0;

    for (size_t i = 0; i < JOB_STATE_COUNT + ARRAY_LEN(others) && r == 0; i++) {
        r = spool_path(sp, i < JOB_STATE_COUNT ? state_folders[i] : others[i - JOB_STATE_COUNT],
                       NULL, path, e);
        if (r == 0)
            r = file_make_folder(path, 0700, STEP_QUEUE, e);
    }
    return r;
}

/* Take and leave a lock file, so that a full disk later does not keep it from being made. */
static int try_lock_file(const struct spool *sp, const char *name, struct err *e)
{
    char path[FILE_PATH_MAX];
    int fd, r;

    r = spool_path(sp, name, NULL, path, e);
    if (r < 0)
        return r;
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set_errno(e, STEP_QUEUE, errno, path);
    close(fd);
    return 0;
}

int spool_open(const char *folder, struct spool **ret_sp, struct err *e)
{
    struct spool *sp = calloc(1, sizeof(*sp));
    int r;

    if (sp == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_QUEUE);
    /* room for "/suspended/ID" behind it in every path made later */
    if (strlen(folder) + 64 > FILE_PATH_MAX) {
        r = err_set_args(e, ERR_TOO_LARGE, STEP_QUEUE, folder, NULL);
        goto fail;
    }
    str_copy(sp->folder, sizeof(sp->folder), folder);
    sp->lock_wait = SPOOL_LOCK_WAIT_MS;
    if ((r = make_folders(sp, e)) < 0 || (r = try_lock_file(sp, SPOOL_LOCK, e)) < 0 ||
        (r = try_lock_file(sp, SPOOL_BUILDING, e)) < 0)
        goto fail;
    *ret_sp = sp;
    return 0;
fail:
    free(sp);
    return r;
}

void spool_free(struct spool *sp)
{
    free(sp);
}

const char *spool_folder(const struct spool *sp)
{
    return sp->folder;
}

int spool_lock(const struct spool *sp, int *ret_fd, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, SPOOL_LOCK, NULL, path, e);

    return r < 0 ? r : file_lock(path, FILE_LOCK_ALONE, sp->lock_wait, ret_fd, STEP_QUEUE, e);
}

int spool_shift(const struct spool *sp, const char *from_sub, const char *to_sub, const char *id,
                struct err *e)
{
    char from[FILE_PATH_MAX], to[FILE_PATH_MAX];
    int r;

    if ((r = spool_path(sp, from_sub, id, from, e)) < 0 ||
        (r = spool_path(sp, to_sub, id, to, e)) < 0)
        return r;
    return rename(from, to) < 0 ? err_set_errno(e, STEP_QUEUE, errno, from) : 0;
}

int spool_sync(const struct spool *sp, const char *sub, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, sub, NULL, path, e);

    return r < 0 ? r : file_sync_folder(path, STEP_QUEUE, e);
}

void spool_drop(const struct spool *sp, const char *sub, const char *id)
{
    char path[FILE_PATH_MAX];

    if (spool_path(sp, sub, id, path, NULL) == 0)
        unlink(path);
}

/* A matter of this record, and no want of memory or descriptors: else one would stop all others. */
static bool is_damage(const struct err *e)
{
    return e->code == ERR_TOO_LARGE || e->code == ERR_NOT_REGULAR || e->code == ERR_DAMAGED ||
           e->code == ERR_PERMISSION || e->sys_errno == EIO;
}

int spool_load(const struct spool *sp, enum job_state state, const char *id, struct job *ret_job,
               enum job_state *ret_intended, struct err *e)
{
    char path[FILE_PATH_MAX];
    struct record *record = NULL;
    struct err own;
    int r;

    if ((r = spool_path(sp, state_folders[state], id, path, e)) < 0)
        return r;
    r = record_load(&record, path, STEP_QUEUE, &own);
    if (r == -ERR_NOT_FOUND)
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    if (r < 0 && is_damage(&own))
        return err_set_args(e, ERR_DAMAGED, STEP_QUEUE, id, NULL);
    if (r < 0) {
        if (e != NULL)
            *e = own;
        return r;
    }
    r = spool_record_read(record, id, ret_job, ret_intended, e);
    if (r == 0) {
        ret_job->state = state;
        if (state == JOB_TRANSFERRING && *ret_intended == JOB_WAITING) {
            ret_job->attempts++; /* spool_take() writes nothing */
            ret_job->part = true;
        }
    }
    record_free(record);
    return r;
}

int spool_set_aside(struct spool *sp, enum job_state state, const char *name, struct err *e)
{
    int r = spool_shift(sp, state_folders[state], SPOOL_CORRUPT, name, e);

    if (r == 0)
        r = spool_sync(sp, SPOOL_CORRUPT, e);
    return r < 0 ? r : spool_sync(sp, state_folders[state], e);
}

/* A record was found damaged: look again with the lock held, then set it aside. */
static int read_damaged(struct spool *sp, enum job_state state, const char *id, struct job *ret_job,
                        struct err *e)
{
    enum job_state intended;
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = spool_load(sp, state, id, ret_job, &intended, e);
    if (r == -ERR_DAMAGED)
        spool_set_aside(sp, state, id, NULL);
    close(lock);
    return r;
}

/* A job that moves while we look may be missed in all folders: look some times. */
#define LOOKS 4

int spool_read(struct spool *sp, const char *id, struct job *ret_job, struct err *e)
{
    enum job_state intended;
    int r = -ERR_NOT_FOUND;

    if (!spool_id_parse(id, NULL, NULL))
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    for (int i = 0; i < LOOKS * JOB_STATE_COUNT && r == -ERR_NOT_FOUND; i++) {
        enum job_state state = (enum job_state)(i % JOB_STATE_COUNT);

        r = spool_load(sp, state, id, ret_job, &intended, e);
        if (r == -ERR_DAMAGED)
            r = read_damaged(sp, state, id, ret_job, e);
    }
    return r;
}

bool spool_stands(const struct spool *sp, enum job_state state, const char *id)
{
    char path[FILE_PATH_MAX];

    return spool_path(sp, state_folders[state], id, path, NULL) == 0 && access(path, F_OK) == 0;
}

/* Write the record that a job is to have, where it stands now. The lock is held. */
static int rewrite(struct spool *sp, const struct job *job, enum job_state intended, struct err *e)
{
    int r;

    if (!spool_id_parse(job->id, NULL, NULL) || !spool_stands(sp, job->state, job->id))
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, job->id, NULL);
    r = spool_build(sp, job, intended, e);
    if (r < 0)
        return r;
    r = spool_shift(sp, SPOOL_TMP, state_folders[job->state], job->id, e);
    if (r < 0)
        spool_drop(sp, SPOOL_TMP, job->id);
    return r;
}

int spool_update(struct spool *sp, const struct job *job, struct err *e)
{
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = rewrite(sp, job, job->state, e);
    if (r == 0)
        r = spool_sync(sp, state_folders[job->state], e);
    close(lock);
    return r;
}

int spool_move_locked(struct spool *sp, struct job *job, enum job_state to, struct err *e)
{
    enum job_state from = job->state;
    int r;

    if ((r = rewrite(sp, job, to, e)) < 0 ||
        (r = spool_shift(sp, state_folders[from], state_folders[to], job->id, e)) < 0)
        return r;
    job->state = to;
    r = spool_sync(sp, state_folders[to], e); /* first the new name, then the loss of the old */
    /* what should turn up in active/ again says itself where it belongs: see spool_recover() */
    return r < 0 || from == JOB_TRANSFERRING ? r : spool_sync(sp, state_folders[from], e);
}

int spool_take(struct spool *sp, struct job *job, struct err *e)
{
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = spool_shift(sp, state_folders[JOB_WAITING], state_folders[JOB_TRANSFERRING], job->id, e);
    if (r == 0)
        job->state = JOB_TRANSFERRING;
    close(lock);
    return r;
}

int spool_move(struct spool *sp, struct job *job, enum job_state to, struct err *e)
{
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = spool_move_locked(sp, job, to, e);
    close(lock);
    return r;
}

/* The state that a job stands in; the lock is held. JOB_STATE_COUNT: none. */
static enum job_state where(const struct spool *sp, const char *id)
{
    enum job_state state = 0;

    while (state < JOB_STATE_COUNT && !spool_stands(sp, state, id))
        state++;
    return state;
}

static int change_locked(struct spool *sp, const char *id, spool_decision *decide, struct err *e)
{
    enum job_state state = where(sp, id), intended, to;
    struct job job;
    int r;

    if (state == JOB_STATE_COUNT)
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    r = spool_load(sp, state, id, &job, &intended, e);
    if (r == -ERR_DAMAGED)
        spool_set_aside(sp, state, id, NULL);
    to = state;
    if (r == 0)
        r = decide(&job, &to, e);
    return r < 0 || to == state ? r : spool_move_locked(sp, &job, to, e);
}

int spool_change(struct spool *sp, const char *id, spool_decision *decide, struct err *e)
{
    int lock, r;

    if (!spool_id_parse(id, NULL, NULL))
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    r = spool_lock(sp, &lock, e);
    if (r < 0)
        return r;
    r = change_locked(sp, id, decide, e);
    close(lock);
    return r;
}

int spool_remove(struct spool *sp, const char *id, struct err *e)
{
    enum job_state state;
    bool left = false;
    int lock, r;

    if (!spool_id_parse(id, NULL, NULL))
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    r = spool_lock(sp, &lock, e);
    if (r < 0)
        return r;
    state = where(sp, id);
    if (state == JOB_STATE_COUNT)
        r = err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    else if (state == JOB_TRANSFERRING)
        r = err_set_args(e, ERR_BUSY, STEP_QUEUE, id, NULL);
    else if ((r = spool_discard(sp, state, id, &left, e)) == 0)
        r = spool_sync_discarded(sp, state, left, e);
    close(lock);
    return r;
}
