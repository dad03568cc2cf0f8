/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/spool_private.h"

/* Call fn for each entry of a folder that is not a folder itself. */
static int each_file(struct spool *sp, const char *sub,
                     int (*fn)(struct spool *sp, const char *sub, const char *name, void *arg,
                               struct err *e),
                     void *arg, struct err *e)
{
    char path[FILE_PATH_MAX];
    struct dirent *d;
    struct stat st;
    DIR *dir;
    int r = spool_path(sp, sub, NULL, path, e);

    if (r < 0)
        return r;
    dir = opendir(path);
    if (dir == NULL)
        return err_set_errno(e, STEP_QUEUE, errno, path);
    while (r == 0 && (d = readdir(dir)) != NULL) {
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        if (fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(st.st_mode))
            r = fn(sp, sub, d->d_name, arg, e);
    }
    closedir(dir);
    return r;
}

static int remove_one(struct spool *sp, const char *sub, const char *name, void *arg, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, sub, name, path, e);

    (void)arg;
    if (r == 0 && unlink(path) < 0 && errno != ENOENT)
        r = err_set_errno(e, STEP_QUEUE, errno, path);
    return r;
}

struct clear {
    enum job_state state;
    bool left;
};

static int remove_job(struct spool *sp, const char *sub, const char *name, void *arg, struct err *e)
{
    struct clear *c = arg;

    (void)sub;
    return spool_id_parse(name, NULL, NULL) ? spool_discard(sp, c->state, name, &c->left, e) : 0;
}

int spool_clear(struct spool *sp, unsigned states, struct err *e)
{
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    for (enum job_state s = 0; s < JOB_STATE_COUNT && r == 0; s++) {
        struct clear c = {.state = s};

        if (s == JOB_TRANSFERRING || (states & (1u << s)) == 0)
            continue;
        r = each_file(sp, spool_state_folder(s), remove_job, &c, e);
        if (r == 0)
            r = spool_sync_discarded(sp, s, c.left, e);
    }
    close(lock);
    return r;
}

/* Nothing in tmp/ belongs to anybody once the adders' lock is free. */
static int empty_tmp(struct spool *sp, struct err *e)
{
    char path[FILE_PATH_MAX];
    int fd;
    int r = spool_path(sp, SPOOL_BUILDING, NULL, path, e);

    if (r < 0)
        return r;
    r = file_lock(path, FILE_LOCK_ALONE, 0, &fd, STEP_QUEUE, e);
    if (r == -ERR_BUSY)
        return 0;
    if (r == 0) {
        r = each_file(sp, SPOOL_TMP, remove_one, NULL, e);
        close(fd);
    }
    return r;
}

/* Requests of whoever was killed while asking. */
static int sweep_requests(struct spool *sp, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, SPOOL_REQUESTS, NULL, path, e);

    if (r == 0)
        file_sweep(path);
    return r;
}

struct sweep {
    enum job_state state;
    size_t aside;
};

/* What is in a state's folder and has no id for a name was not put there by us. */
static int sweep_name(struct spool *sp, const char *sub, const char *name, void *arg, struct err *e)
{
    struct sweep *s = arg;
    int r;

    (void)sub;
    if (spool_id_parse(name, NULL, NULL))
        return 0;
    r = spool_set_aside(sp, s->state, name, e);
    if (r == 0)
        s->aside++;
    return r;
}

/* Where a job belongs that stands in active/ though no sender has it. */
static enum job_state place_of(enum job_state intended)
{
    switch (intended) {
    case JOB_DEFERRED:
    case JOB_SUSPENDED:
    case JOB_COMPLETED:
    case JOB_FAILED:
        return intended;
    case JOB_WAITING:
    case JOB_TRANSFERRING:
    case JOB_STATE_COUNT:
        break;
    }
    return JOB_WAITING;
}

static int put_back(struct spool *sp, const char *sub, const char *name, void *arg, struct err *e)
{
    struct sweep *s = arg;
    enum job_state intended;
    struct job job;
    int r;

    (void)sub;
    r = spool_load(sp, JOB_TRANSFERRING, name, &job, &intended, e);
    if (r == 0)
        return spool_move_locked(sp, &job, place_of(intended), e);
    if (r == -ERR_NOT_FOUND)
        return 0; /* met a second time: the folder changes while it is read */
    if (r != -ERR_DAMAGED)
        return r;
    r = spool_set_aside(sp, JOB_TRANSFERRING, name, e);
    if (r == 0)
        s->aside++;
    return r;
}

int spool_recover(struct spool *sp, size_t *ret_corrupt, struct err *e)
{
    struct sweep s = {0};
    int lock;
    int r = spool_lock(sp, &lock, e);

    if (r < 0)
        return r;
    r = empty_tmp(sp, e);
    if (r == 0)
        r = sweep_requests(sp, e);
    for (s.state = 0; s.state < JOB_STATE_COUNT && r == 0; s.state++)
        r = each_file(sp, spool_state_folder(s.state), sweep_name, &s, e);
    if (r == 0)
        r = each_file(sp, spool_state_folder(JOB_TRANSFERRING), put_back, &s, e);
    close(lock);
    if (r == 0 && ret_corrupt != NULL)
        *ret_corrupt = s.aside;
    return r;
}
