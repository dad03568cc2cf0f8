/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl_wait.c - put --wait: look at the job list until the outcome is there.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/ctl.h"
#include "text/text.h"

#define LOOK_MS          250
#define SENDER_MISSED    20 /* looks without a sender before it is started once more */
#define SENDER_STARTS    3  /* after that it is said that it does not stay */
#define IDLE_LOOKS       8  /* looks without a transfer before it is said what is waited for */
#define LINE_CELLS_LEAST 20

static volatile sig_atomic_t interrupted;

static void note_interrupt(int sig)
{
    (void)sig;
    interrupted = 1;
}

void ctl_catch_interrupts(void)
{
    const struct sigaction action = {.sa_handler = note_interrupt}; /* no SA_RESTART: waits end */

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

bool ctl_interrupted(void)
{
    return interrupted != 0;
}

/* One job that is waited for. */
struct waited {
    const char *id;
    bool seen; /* job holds its record */
    bool over;
    bool gone; /* deleted by someone */
    struct job job;
};

struct waiting {
    struct ctl *c;
    struct waited *jobs;
    size_t count, over;
    bool live; /* a progress line is shown on stderr */
    int missed, starts;
    int idle;       /* looks in a row without any transfer */
    bool idle_told; /* since a transfer was seen last */
    struct sender_status status;
    int ends; /* inotify of the folders that jobs end in; -1 without */
};

/* --- the progress line
 * ----------------------------------------------------------------------------- */

static int line_cells(void)
{
    struct winsize size = {.ws_row = 0};

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < LINE_CELLS_LEAST)
        return LINE_CELLS_LEAST;
    return size.ws_col - 1; /* the last cell stays free: filling it makes some terminals wrap */
}

/* Write text over the line, and blanks over what stood behind it. */
static void show_line(struct waiting *w, const char *text)
{
    char fitted[1024];
    int cells = line_cells();
    int used;

    if (!w->live)
        return;
    used = text_fit(fitted, sizeof(fitted), text, cells);
    fprintf(stderr, "\r%s%*s\r", fitted, cells - used, "");
    fflush(stderr);
}

static void show_progress(struct waiting *w)
{
    char line[512], name[JOB_NAME_MAX], progress[96];

    for (size_t i = 0; i < w->count; i++) {
        const struct job *job = &w->jobs[i].job;

        if (w->jobs[i].over || !w->jobs[i].seen || ctl_active(&w->status, job->id) == NULL)
            continue;
        safe_text(name, sizeof(name), job->name, strlen(job->name));
        ctl_job_progress(job, &w->status, progress, sizeof(progress));
        str_format(line, sizeof(line), "%zu/%zu  %s  %s", w->over + 1, w->count, name, progress);
        show_line(w, line);
        return;
    }
    str_format(line, sizeof(line), _("%zu of %zu done, waiting"), w->over, w->count);
    show_line(w, line);
}

/* --- what became of a job
 * --------------------------------------------------------------------------- */

static void tell_completed(const struct job *job)
{
    char bytes[32], tls[160], name[512], other[560] = "";
    const char *stored = str_base_name(job->stored_name);

    text_bytes(bytes, sizeof(bytes), job->bytes);
    ctl_job_encryption(job, tls, sizeof(tls));
    safe_text(name, sizeof(name), job->name, strlen(job->name));
    if (stored[0] != '\0' && strcmp(stored, job->name) != 0) {
        char safe[512];

        safe_text(safe, sizeof(safe), stored, strlen(stored));
        str_format(other, sizeof(other), _(", stored as %s"), safe);
    }
    if (job->skipped)
        printf(_("Completed  %s  was there already, not sent\n"), name);
    else
        printf(_("Completed  %s%s  %s  %s\n"), name, other, bytes, tls);
    fflush(stdout);
}

/* The error of a job under its file's name, as the answer goes elsewhere with --json. */
static void tell_error(const struct job *job, const char *state)
{
    char name[JOB_NAME_MAX], line[2 * TEXT_MAX];

    safe_text(name, sizeof(name), job->name, strlen(job->name));
    text_err_line(&job->error, line, sizeof(line));
    ctl_say("%s: %s%s%s", name, state, line[0] != '\0' ? ". " : "", line);
}

static void tell(struct waiting *w, const struct waited *one)
{
    const struct job *job = &one->job;
    char text[96], time[32];

    show_line(w, "");
    if (one->gone) {
        ctl_say(_("%s: deleted from the job list"), one->seen ? job->name : one->id);
        return;
    }
    switch (job->state) {
    case JOB_COMPLETED:
        if (!ctl_json(w->c))
            tell_completed(job);
        break;
    case JOB_FAILED:
        tell_error(job, _("failed"));
        break;
    case JOB_SUSPENDED:
        ctl_say(_("%s: suspended; netmenuctl jobs resume %s lets it go on"), job->name, job->id);
        break;
    case JOB_DEFERRED:
        text_time(time, sizeof(time), job->next);
        str_format(text, sizeof(text), _("will be tried again at %s"), time);
        tell_error(job, text);
        break;
    case JOB_WAITING:
    case JOB_TRANSFERRING:
    case JOB_STATE_COUNT:
        break;
    }
}

static bool is_over(enum job_state state)
{
    return state == JOB_COMPLETED || state == JOB_FAILED || state == JOB_SUSPENDED;
}

/* Look at one job whose entry in the list changed or is missing. */
static void look_at(struct waiting *w, struct waited *one)
{
    struct job job;
    int r = spool_read(service_spool(w->c->service), one->id, &job, NULL);
    bool news;

    if (r == -ERR_NOT_FOUND || r == -ERR_DAMAGED) {
        one->gone = one->over = true;
        w->over++;
        tell(w, one);
        return;
    }
    if (r < 0)
        return; /* the disk has a moment: look again */
    news = !one->seen || job.state != one->job.state || job.attempts != one->job.attempts;
    one->job = job;
    one->seen = true;
    if (!news)
        return;
    one->over = is_over(job.state);
    w->over += one->over ? 1 : 0;
    tell(w, one);
}

static int by_id(const void *a, const void *b)
{
    const struct job_entry *x = a, *y = b;

    return strcmp(x->id, y->id);
}

/* The job that the server of a job is held off for, or NULL. */
static const struct job_entry *blocker_of(const struct waited *one, const struct job_entry *list,
                                          size_t count)
{
    if (!one->seen || one->job.state != JOB_WAITING)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (list[i].state == JOB_DEFERRED && list[i].server == one->job.server)
            return &list[i];
    return NULL;
}

/* A job that stands behind another one of its server says nothing by itself: say it once. */
static void tell_held(struct waiting *w, const struct job_entry *list, size_t count)
{
    const struct job_entry *blocker = NULL;
    char time[32];

    if (w->status.active_count > 0) {
        w->idle = 0;
        w->idle_told = false;
        return;
    }
    if (w->idle_told || ++w->idle < IDLE_LOOKS)
        return;
    for (size_t i = 0; i < w->count && blocker == NULL; i++)
        blocker = blocker_of(&w->jobs[i], list, count);
    if (blocker == NULL)
        return;
    w->idle_told = true;
    show_line(w, "");
    text_time(time, sizeof(time), (time_t)(blocker->next / 1000));
    ctl_say(_("waiting for server %d, which is tried again at %s; \"netmenuctl jobs\" shows why, "
              "\"netmenuctl jobs retry all\" tries at once"),
            blocker->server, time);
}

/* One look at the list; only records that can have changed are read. */
static int look(struct waiting *w, struct err *e)
{
    struct job_entry *list = NULL;
    size_t count = 0;
    int r = spool_list(service_spool(w->c->service), JOB_STATES_ALL, &list, &count, e);

    if (r < 0)
        return r;
    if (count > 0)
        qsort(list, count, sizeof(*list), by_id);
    service_sender_status(w->c->service, &w->status);
    for (size_t i = 0; i < w->count; i++) {
        struct waited *one = &w->jobs[i];
        struct job_entry key;
        const struct job_entry *entry;

        if (one->over)
            continue;
        str_copy(key.id, sizeof(key.id), one->id);
        entry = count > 0 ? bsearch(&key, list, count, sizeof(*list), by_id) : NULL;
        if (entry == NULL || !one->seen || entry->state != one->job.state ||
            entry->state == JOB_DEFERRED)
            look_at(w, one);
    }
    tell_held(w, list, count);
    free(list);
    return 0;
}

/* --- waiting
 * --------------------------------------------------------------------------------------- */

/* A sender that was killed is started again, but not for ever. */
static int keep_sender(struct waiting *w, struct err *e)
{
    if (w->status.running) {
        w->missed = 0;
        return 0;
    }
    if (++w->missed < SENDER_MISSED)
        return 0;
    w->missed = 0;
    if (w->starts++ == SENDER_STARTS)
        return err_set_args(e, ERR_IO, STEP_SENDER, "netmenu-transfer", NULL);
    return service_sender_start(w->c->service, e);
}

/* A help only: without it the end is seen some time later. */
static void watch_ends(struct waiting *w)
{
    static const char *const folders[] = {"done", "failed", "suspended"};
    char path[FILE_PATH_MAX];

    w->ends = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    for (size_t i = 0; w->ends >= 0 && i < ARRAY_LEN(folders); i++)
        if (file_path(path, spool_folder(service_spool(w->c->service)), folders[i], NULL) == 0)
            (void)inotify_add_watch(w->ends, path, IN_MOVED_TO | IN_ONLYDIR);
}

/* How many jobs, of whomever, have come to their end since it was asked last. */
static size_t count_ends(const struct waiting *w)
{
    char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    struct inotify_event event;
    size_t count = 0;
    ssize_t n;

    while ((n = read(w->ends, bytes, sizeof(bytes))) > 0) {
        for (char *p = bytes; p < bytes + n; p += sizeof(event) + event.len, count++)
            memcpy(&event, p, sizeof(event));
    }
    return count;
}

/* Until the next look: as many jobs have ended as are waited for, or some time is over. */
static void pause_looking(const struct waiting *w)
{
    struct pollfd ends = {.fd = w->ends, .events = POLLIN};
    int64_t left, until = clock_ms() + LOOK_MS;
    size_t ended = 0;

    while (w->over + ended < w->count && (left = until - clock_ms()) > 0) {
        if (poll(&ends, 1, (int)left) < 0)
            return; /* interrupted */
        if (ends.revents != 0)
            ended += count_ends(w);
    }
}

static int wait_for_all(struct waiting *w, struct err *e)
{
    int r;

    while ((r = look(w, e)) == 0 && w->over < w->count && !ctl_interrupted()) {
        r = keep_sender(w, e);
        if (r < 0)
            break;
        show_progress(w);
        pause_looking(w);
    }
    show_line(w, "");
    return r;
}

static int outcome(const struct waiting *w)
{
    struct record *document;
    bool all = true;

    for (size_t i = 0; i < w->count; i++)
        all = all && w->jobs[i].over && !w->jobs[i].gone && w->jobs[i].job.state == JOB_COMPLETED;
    if (ctl_json(w->c)) {
        document = record_new();
        record_set_list(document, "jobs");
        for (size_t i = 0; i < w->count; i++)
            if (w->jobs[i].seen && !w->jobs[i].gone)
                ctl_add_job(record_add_item(document, "jobs"), &w->jobs[i].job, &w->status);
        ctl_print(document);
    }
    if (ctl_interrupted())
        ctl_say(_("the jobs go on in the background; netmenuctl jobs shows them"));
    return all ? CTL_DONE : CTL_FAILED;
}

int ctl_wait(struct ctl *c, char (*ids)[JOB_ID_MAX], size_t count)
{
    struct waiting w = {.c = c, .count = count, .live = isatty(STDERR_FILENO) && !ctl_json(c)};
    struct err e;
    int r;

    w.jobs = calloc(count, sizeof(*w.jobs));
    if (w.jobs == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        w.jobs[i].id = ids[i];
    ctl_catch_interrupts();
    watch_ends(&w);
    r = wait_for_all(&w, &e);
    if (w.ends >= 0)
        close(w.ends);
    r = r < 0 ? ctl_fail(c, &e, NULL) : outcome(&w);
    free(w.jobs);
    return r;
}
