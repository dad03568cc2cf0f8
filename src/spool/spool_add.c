/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "spool/spool_private.h"

/* A deferred record's mtime is the moment of its next attempt. */
static bool set_mtime(int fd, const struct job *job, enum job_state state)
{
    struct timespec t[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};

    if (state == JOB_DEFERRED)
        t[1] = (struct timespec){.tv_sec = job->next, .tv_nsec = job->next_ms * 1000000L};
    return futimens(fd, t) == 0;
}

int spool_build(struct spool *sp, const struct job *job, enum job_state state, struct err *e)
{
    char path[FILE_PATH_MAX];
    struct record *record = NULL;
    struct buf b;
    int fd = -1;
    int r;

    buf_init(&b, RECORD_FILE_MAX);
    r = spool_path(sp, SPOOL_TMP, job->id, path, e);
    if (r < 0)
        goto out;
    record = spool_record_make(job, state);
    r = record_format(record, true, &b);
    if (r < 0) {
        r = err_set_args(e, (enum err_code) - r, STEP_QUEUE, job->id, NULL);
        goto out;
    }
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || file_write_all(fd, b.data, b.len) < 0 || !set_mtime(fd, job, state) ||
        fsync(fd) < 0) {
        r = err_set_errno(e, STEP_QUEUE, errno, path);
        unlink(path);
    }
out:
    if (fd >= 0)
        close(fd);
    record_free(record);
    buf_done(&b);
    return r;
}

/* Give the jobs their ids and build them all; on an error none is left. */
static int build_all(struct spool *sp, struct job *jobs, size_t count, struct err *e)
{
    time_t now = time(NULL);
    int r = 0;

    for (size_t i = 0; i < count && r == 0; i++) {
        spool_id_make(sp, jobs[i].priority, jobs[i].server, jobs[i].id);
        jobs[i].state = JOB_WAITING;
        jobs[i].added = now;
        r = spool_build(sp, &jobs[i], JOB_WAITING, e);
        for (size_t k = i; r < 0 && k > 0; k--)
            spool_drop(sp, SPOOL_TMP, jobs[k - 1].id);
    }
    return r;
}

/* Show all built jobs at once: nobody can take one before the lock is given back. */
static int publish_all(struct spool *sp, const struct job *jobs, size_t count, struct err *e)
{
    size_t shown = 0;
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r == 0) {
        while (shown < count && r == 0) {
            r = spool_shift(sp, SPOOL_TMP, spool_state_folder(JOB_WAITING), jobs[shown].id, e);
            if (r == 0)
                shown++;
        }
        if (r == 0)
            r = spool_sync(sp, spool_state_folder(JOB_WAITING), e);
        for (size_t i = 0; i < shown && r < 0; i++)
            spool_drop(sp, spool_state_folder(JOB_WAITING), jobs[i].id);
        close(lock);
    }
    for (size_t i = shown; i < count && r < 0; i++)
        spool_drop(sp, SPOOL_TMP, jobs[i].id);
    return r;
}

/* Say that jobs are being built in tmp/, so that spool_recover() leaves it alone meanwhile. */
static int hold_building(const struct spool *sp, int *ret_fd, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, SPOOL_BUILDING, NULL, path, e);

    return r < 0 ? r : file_lock(path, FILE_LOCK_SHARED, sp->lock_wait, ret_fd, STEP_QUEUE, e);
}

int spool_add(struct spool *sp, struct job *jobs, size_t count, struct err *e)
{
    int building, r;

    for (size_t i = 0; i < count; i++) {
        if (jobs[i].priority < 0 || jobs[i].priority > 9 || jobs[i].server < 1 ||
            jobs[i].path[0] != '/' || jobs[i].name[0] == '\0')
            return err_set_args(e, ERR_INTERNAL, STEP_QUEUE, jobs[i].path, NULL);
    }
    r = hold_building(sp, &building, e);
    if (r < 0)
        return r;
    r = build_all(sp, jobs, count, e);
    if (r == 0)
        r = publish_all(sp, jobs, count, e);
    close(building);
    return r;
}
