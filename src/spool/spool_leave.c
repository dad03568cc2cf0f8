/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "spool/spool_private.h"

int spool_discard(struct spool *sp, enum job_state state, const char *id, bool *left, struct err *e)
{
    const char *folder = spool_state_folder(state);
    enum job_state intended;
    char path[FILE_PATH_MAX];
    struct job job;
    int r = spool_path(sp, folder, id, path, e);

    if (r < 0)
        return r;
    if (state != JOB_COMPLETED && spool_load(sp, state, id, &job, &intended, NULL) == 0 &&
        job.part && spool_shift(sp, folder, SPOOL_LEAVING, id, NULL) == 0) {
        *left = true;
        return 0;
    }
    /* also when it cannot be kept, on a full disk: who deletes may want the room */
    return unlink(path) == 0 || errno == ENOENT ? 0 : err_set_errno(e, STEP_QUEUE, errno, path);
}

int spool_sync_discarded(const struct spool *sp, enum job_state state, bool left, struct err *e)
{
    int r = left ? spool_sync(sp, SPOOL_LEAVING, e) : 0;

    return r < 0 ? r : spool_sync(sp, spool_state_folder(state), e);
}

int spool_leave(struct spool *sp, const struct job *job, struct err *e)
{
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = spool_build(sp, job, job->state, e);
    if (r == 0)
        r = spool_shift(sp, SPOOL_TMP, SPOOL_LEAVING, job->id, e);
    if (r == 0)
        r = spool_sync(sp, SPOOL_LEAVING, e);
    close(lock);
    return r;
}

int spool_left_read(struct spool *sp, const char *id, struct job *ret_job, struct err *e)
{
    struct record *record = NULL;
    char path[FILE_PATH_MAX];
    enum job_state intended;
    int r = spool_path(sp, SPOOL_LEAVING, id, path, e);

    if (r == 0)
        r = record_load(&record, path, STEP_QUEUE, e);
    if (r == 0)
        r = spool_record_read(record, id, ret_job, &intended, e);
    record_free(record);
    return r;
}

/* Not synced: one that comes back after a power cut is looked after once more. */
void spool_left_drop(struct spool *sp, const char *id)
{
    if (spool_id_parse(id, NULL, NULL))
        spool_drop(sp, SPOOL_LEAVING, id);
}

static bool read_entry(DIR *dir, const char *name, struct job_left *left)
{
    struct stat st;

    if (!spool_id_parse(name, NULL, &left->server) ||
        fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return false;
    str_copy(left->id, sizeof(left->id), name);
    left->since = st.st_ctim.tv_sec; /* rename(2) into the folder was its last change */
    return true;
}

int spool_left_each(struct spool *sp, spool_left_fn *fn, void *arg, struct err *e)
{
    struct job_left left;
    char path[FILE_PATH_MAX];
    struct dirent *d;
    DIR *dir;
    int r = spool_path(sp, SPOOL_LEAVING, NULL, path, e);

    if (r < 0)
        return r;
    dir = opendir(path);
    if (dir == NULL)
        return err_set_errno(e, STEP_QUEUE, errno, path);
    while (r == 0 && (d = readdir(dir)) != NULL) {
        if (read_entry(dir, d->d_name, &left))
            r = fn(arg, &left);
    }
    closedir(dir);
    return r;
}
