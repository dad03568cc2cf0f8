/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "service/service_private.h"

#define BATCH_MAX 4096 /* files of one call: their jobs are built in memory, 4 KiB each */

/* --- queueing ------------------------------------------------------------------------------- */

/* A name that can stand in a command of FTP: bytes of any kind but controls. */
static bool name_ok(const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return false;
    }
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* A folder below the Destination Directory that stays below it. */
static bool folder_ok(const char *folder)
{
    const char *p = folder;

    if (folder[0] == '\0')
        return true;
    while (p != NULL) {
        const char *slash = strchr(p, '/');
        size_t len = slash != NULL ? (size_t)(slash - p) : strlen(p);
        char part[JOB_NAME_MAX];

        if (!str_format(part, sizeof(part), "%.*s", (int)len, p) || !name_ok(part))
            return false;
        p = slash != NULL ? slash + 1 : NULL;
    }
    return true;
}

static int clip_errno(const char *path, struct err *e)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return err_set_args(e, ERR_CLIP_GONE, STEP_CLIP, path, NULL);
    case ELOOP: /* a link as the last part */
    case ENXIO: /* a socket */
        return err_set_args(e, ERR_NOT_REGULAR, STEP_CLIP, path, NULL);
    case ENAMETOOLONG:
        return err_set_args(e, ERR_NAME, STEP_CLIP, path, NULL);
    default:
        return err_set_args(e, ERR_CLIP_UNREADABLE, STEP_CLIP, path, NULL);
    }
}

/* The absolute path of a file, without links in its folder. */
static int absolute(const char *path, char dst[JOB_PATH_MAX], struct err *e)
{
    const char *slash = strrchr(path, '/');
    char folder[JOB_PATH_MAX];
    char *real;
    bool fits;

    if (slash == NULL)
        str_copy(folder, sizeof(folder), ".");
    else if (!str_format(folder, sizeof(folder), "%.*s/", (int)(slash - path), path))
        return err_set_args(e, ERR_NAME, STEP_CLIP, path, NULL);
    real = realpath(folder, NULL);
    if (real == NULL)
        return clip_errno(path, e);
    fits = str_format(dst, JOB_PATH_MAX, "%s/%s", strcmp(real, "/") == 0 ? "" : real,
                      str_base_name(path));
    free(real);
    return fits ? 0 : err_set_args(e, ERR_NAME, STEP_CLIP, path, NULL);
}

/* The job of a file, as the file is now. */
static int job_of(const struct service_file *file, int server, struct job *ret_job, struct err *e)
{
    struct job job = {.server = server, .priority = file->priority};
    const char *folder = file->folder != NULL ? file->folder : "";
    const char *name = str_base_name(file->path);
    struct stat st;
    int fd, r;

    if (!name_ok(name) || !str_copy(job.name, sizeof(job.name), name))
        return err_set_args(e, ERR_NAME, STEP_CLIP, file->path, NULL);
    if (!folder_ok(folder) || !str_copy(job.folder, sizeof(job.folder), folder))
        return err_set_args(e, ERR_FOLDER_NAME, STEP_QUEUE, folder, NULL);
    r = absolute(file->path, job.path, e);
    if (r < 0)
        return r;
    fd = open(job.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return clip_errno(file->path, e);
    if (fstat(fd, &st) < 0)
        r = clip_errno(file->path, e);
    else if (!S_ISREG(st.st_mode))
        r = err_set_args(e, ERR_NOT_REGULAR, STEP_CLIP, file->path, NULL);
    close(fd);
    if (r < 0)
        return r;
    job.bytes = st.st_size;
    job.mtime = st.st_mtim.tv_sec;
    job.mtime_ns = (int)st.st_mtim.tv_nsec;
    *ret_job = job;
    return 0;
}

int service_queue(struct service *svc, int server, const struct service_file *files, size_t count,
                  char (*ret_ids)[JOB_ID_MAX], struct err *e)
{
    struct job *jobs = NULL;
    int r;

    service_refresh(svc);
    server = service_default_server(svc, server);
    r = service_server_ready(svc, server, e);
    if (r < 0 || count == 0)
        return r;
    if (count > BATCH_MAX)
        return err_set_limits(e, ERR_TOO_LARGE, STEP_QUEUE, 1, BATCH_MAX);
    jobs = calloc(count, sizeof(*jobs));
    if (jobs == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_QUEUE);
    for (size_t i = 0; i < count && r == 0; i++)
        r = job_of(&files[i], server, &jobs[i], e);
    if (r == 0)
        r = spool_add(svc->spool, jobs, count, e);
    for (size_t i = 0; i < count && r == 0; i++) {
        log_info("job %s: added, server %d, %s, %lld bytes", jobs[i].id, server, jobs[i].path,
                 (long long)jobs[i].bytes);
        if (ret_ids != NULL)
            str_copy(ret_ids[i], JOB_ID_MAX, jobs[i].id);
    }
    free(jobs);
    return r;
}

struct spool *service_spool(struct service *svc)
{
    return svc->spool;
}

/* --- what the operator does to a job ---------------------------------------------------------- */

static int cannot(const struct job *job, struct err *e)
{
    return err_set_args(e, ERR_UNAVAILABLE, STEP_QUEUE, job->id, job_state_word(job->state));
}

/* The sender obeys; it is started when none runs, as a job may be left active by a killed one. */
static int ask(struct service *svc, const char *id, enum job_request request, struct err *e)
{
    int r = spool_ask(svc->spool, id, request, e);

    if (r == 0)
        service_sender_start(svc, NULL);
    return r;
}

/* Errors: ERR_BUSY for an active job: only the sender can. */
static int suspend(struct job *job, enum job_state *ret_to, struct err *e)
{
    switch (job->state) {
    case JOB_WAITING:
    case JOB_DEFERRED:
    case JOB_SUSPENDED:
        *ret_to = JOB_SUSPENDED;
        return 0;
    case JOB_TRANSFERRING:
        return err_set_args(e, ERR_BUSY, STEP_QUEUE, job->id, NULL);
    case JOB_COMPLETED:
    case JOB_FAILED:
    case JOB_STATE_COUNT:
        break;
    }
    return cannot(job, e);
}

/* Back to the queue as if it had not been tried: no delay, and no regard to what others met. */
static int try_again(struct job *job, enum job_state *ret_to)
{
    job->deferrals = 0;
    job->next = 0;
    job->next_ms = 0;
    job->ended = 0;
    job->retry = true;
    *ret_to = JOB_WAITING;
    return 0;
}

static int resume(struct job *job, enum job_state *ret_to, struct err *e)
{
    return job->state == JOB_SUSPENDED ? try_again(job, ret_to) : cannot(job, e);
}

static int retry(struct job *job, enum job_state *ret_to, struct err *e)
{
    return job->state == JOB_FAILED || job->state == JOB_DEFERRED ? try_again(job, ret_to)
                                                                  : cannot(job, e);
}

int service_job_suspend(struct service *svc, const char *id, struct err *e)
{
    int r = spool_change(svc->spool, id, suspend, e);

    return r == -ERR_BUSY ? ask(svc, id, JOB_REQUEST_SUSPEND, e) : r;
}

int service_job_resume(struct service *svc, const char *id, struct err *e)
{
    return spool_change(svc->spool, id, resume, e);
}

int service_job_retry(struct service *svc, const char *id, struct err *e)
{
    return spool_change(svc->spool, id, retry, e);
}

/* Have the sender remove what deleted jobs left on their servers. */
static int any(void *arg, const struct job_left *left)
{
    (void)left;
    *(bool *)arg = true;
    return 1;
}

static void tidy(struct service *svc)
{
    bool some = false;

    spool_left_each(svc->spool, any, &some, NULL);
    if (some)
        service_sender_start(svc, NULL);
}

int service_job_delete(struct service *svc, const char *id, struct err *e)
{
    int r = spool_remove(svc->spool, id, e);

    if (r == 0)
        tidy(svc);
    return r == -ERR_BUSY ? ask(svc, id, JOB_REQUEST_DELETE, e) : r;
}

int service_jobs_clear(struct service *svc, bool completed_only, struct err *e)
{
    struct job_entry *list = NULL;
    size_t count = 0;
    int r;

    if (completed_only)
        return spool_clear(svc->spool, 1u << JOB_COMPLETED, e);
    r = spool_clear(svc->spool, JOB_STATES_ALL, e);
    if (r == 0)
        r = spool_list(svc->spool, 1u << JOB_TRANSFERRING, &list, &count, e);
    for (size_t i = 0; r == 0 && i < count; i++) {
        r = service_job_delete(svc, list[i].id, e);
        if (r == -ERR_NOT_FOUND)
            r = 0;
    }
    free(list);
    if (r == 0)
        tidy(svc);
    return r;
}

/* Do it to all jobs of these states. One that has gone or changed its state by now is no error. */
static int do_to_all(struct service *svc, unsigned states,
                     int (*act)(struct service *svc, const char *id, struct err *e),
                     size_t *ret_count, struct err *e)
{
    struct job_entry *list = NULL;
    size_t count = 0, done = 0;
    int r = spool_list(svc->spool, states, &list, &count, e);

    for (size_t i = 0; r == 0 && i < count; i++) {
        r = act(svc, list[i].id, e);
        done += r == 0;
        if (r == -ERR_NOT_FOUND || r == -ERR_UNAVAILABLE)
            r = 0;
    }
    free(list);
    *ret_count = done;
    return r;
}

int service_jobs_suspend_all(struct service *svc, size_t *ret_count, struct err *e)
{
    /* those that wait first: none of them may begin when an active one has stopped */
    unsigned waiting = 1u << JOB_WAITING | 1u << JOB_DEFERRED;
    size_t active = 0;
    int r = do_to_all(svc, waiting, service_job_suspend, ret_count, e);

    if (r == 0)
        r = do_to_all(svc, waiting | 1u << JOB_TRANSFERRING, service_job_suspend, &active, e);
    *ret_count += active;
    return r;
}

int service_jobs_resume_all(struct service *svc, size_t *ret_count, struct err *e)
{
    return do_to_all(svc, 1u << JOB_SUSPENDED, service_job_resume, ret_count, e);
}
