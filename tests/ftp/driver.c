/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "disk.h"

#define HANG_MS      30000
#define LEFT_OVER_MS 1000

void driver_init(struct driver *d, int64_t deadline_ms)
{
    memset(d, 0, sizeof(*d));
    buf_init(&d->trust, 1 << 20);
    d->params = (struct ftpes_params){.user = "camera", .passive = true};
    d->params.times = (struct ftpes_times){.connect = deadline_ms,
                                           .reply = deadline_ms,
                                           .stall = deadline_ms,
                                           .final = deadline_ms,
                                           .close = deadline_ms,
                                           .mark = deadline_ms};
    d->task = (struct ftpes_task){.folder = "", .temp_id = "7"};
    d->password = "secret";
    d->hang_ms = HANG_MS;
}

void driver_done(struct driver *d)
{
    buf_done(&d->trust);
}

void driver_trust(struct driver *d, const char *path)
{
    struct err err;

    d->trust.len = 0;
    if (file_read(path, &d->trust, STEP_CERTIFICATE, &err) < 0) {
        fprintf(stderr, "%s: %s\n", path, err_word(err.code));
        exit(2);
    }
    d->params.secure = true;
    d->params.trust = d->trust.data;
    d->params.trust_len = d->trust.len;
}

void driver_print(const struct driver *d)
{
    for (size_t i = 0; i < d->told_lines; i++)
        fprintf(stderr, "  told: %s\n", d->told[i]);
    fprintf(stderr, "  reply %s\n", d->reply);
    if (d->hangs)
        fprintf(stderr, "  it hangs\n");
}

static void tell(struct driver *d, const char *what, const char *detail)
{
    if (d->inside)
        what = "an event inside a call:";
    if (d->told_lines < DRIVER_LINES)
        str_format(d->told[d->told_lines++], sizeof(d->told[0]), "%s%s%s", what,
                   detail != NULL ? " " : "", detail != NULL ? detail : "");
}

/* --- the file -------------------------------------------------------------------------------- */

static int make_file(const struct driver *d, size_t size)
{
    FILE *f;
    int fd;

    if (d->fault != NULL && strcmp(d->fault, "unreadable") == 0)
        return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    f = tmpfile();
    if (f == NULL) {
        perror("tmpfile");
        exit(2);
    }
    for (size_t i = 0; i < size; i++)
        putc(script_byte(i), f);
    rewind(f);
    fd = dup(fileno(f));
    fclose(f);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

/* As if it were written to now, to the same length. */
static void touch(int fd)
{
    const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};

    if (futimens(fd, times) < 0) {
        perror("futimens");
        exit(2);
    }
}

static void take_next(struct driver *d)
{
    d->task.name = d->names[d->next];
    d->task.size = (int64_t)d->sizes[d->next];
    d->task.more = d->more && d->next + 1 < d->files;
    d->task.fd = make_file(d, d->sizes[d->next]);
    if (d->fault != NULL && strcmp(d->fault, "short") == 0)
        d->task.size += 1000;
    if (d->fault != NULL && strcmp(d->fault, "long") == 0)
        d->task.size -= 1000;
}

/* --- the session ----------------------------------------------------------------------------- */

static void quit(struct driver *d)
{
    d->inside = true;
    ftpes_session_quit(d->session);
    d->inside = false;
}

static void on_ready(void *arg)
{
    struct driver *d = arg;
    struct err err;
    int r;

    if (d->next == d->files) {
        quit(d);
        return;
    }
    take_next(d);
    d->inside = true;
    r = ftpes_session_put(d->session, &d->task, &err);
    d->inside = false;
    d->puts += r == 0;
    if (r == 0 && d->fault != NULL && strcmp(d->fault, "touched") == 0)
        touch(d->task.fd);
    if (r == 0 && d->cancel_ms > 0 && d->next == 0)
        loop_timer_start(d->cancel_timer, d->cancel_ms);
    if (r < 0) {
        tell(d, "refused", err_word(err.code));
        close(d->task.fd);
        d->next = d->files;
        quit(d);
    }
}

static void on_progress(void *arg, int64_t sent, int64_t from)
{
    struct driver *d = arg;

    if (sent < from)
        tell(d, "progress", "less than was there");
    d->inside = true;
    if (d->cancel && ftpes_session_cancel(d->session))
        d->cancel = false;
    d->inside = false;
}

static void on_naming(void *arg, const char *name)
{
    struct driver *d = arg;

    tell(d, "naming", name);
    if (name != NULL)
        ftpes_session_named(d->session);
}

static void keep_reply(struct driver *d, const struct err *err)
{
    if (err != NULL)
        str_copy(d->reply, sizeof(d->reply), err->reply);
}

static void on_done(void *arg, const struct ftpes_result *result, const struct err *err)
{
    struct driver *d = arg;

    close(d->task.fd);
    d->next++;
    keep_reply(d, err);
    if (err != NULL)
        tell(d, "failed", err_word(err->code));
    else
        tell(d,
             d->task.remove      ? "removed"
             : result->skipped   ? "skipped"
             : result->unchecked ? "unchecked"
                                 : "sent",
             result->name);
}

static void on_closed(void *arg, const struct err *err)
{
    struct driver *d = arg;

    keep_reply(d, err);
    if (ftpes_session_confused(d->session))
        tell(d, "confused", NULL);
    tell(d, "closed", err != NULL ? err_word(err->code) : NULL);
    ftpes_session_free(d->session);
    d->session = NULL;
    loop_stop(d->loop);
}

static void on_cancel(void *arg)
{
    struct driver *d = arg;

    d->inside = true;
    if (!ftpes_session_cancel(d->session))
        tell(d, "not cancelled", NULL);
    d->inside = false;
}

static void on_step(void *arg, enum err_step step)
{
    struct driver *d = arg;

    if (step == STEP_RESUME && d->free_at > 0 && --d->free_at == 0)
        loop_timer_start(d->free_timer, 0);
}

/* Nothing may follow from what the session had under way; a sanitizer sees it. */
static void on_free(void *arg)
{
    struct driver *d = arg;

    if (d->session == NULL) {
        loop_stop(d->loop);
        return;
    }
    ftpes_session_free(d->session);
    d->session = NULL;
    tell(d, "freed", NULL);
    loop_timer_start(d->free_timer, LEFT_OVER_MS);
}

static void on_hang(void *arg)
{
    struct driver *d = arg;

    d->hangs = true;
    loop_stop(d->loop);
}

void driver_run(struct driver *d, int port)
{
    static const struct ftpes_events events = {.ready = on_ready,
                                               .progress = on_progress,
                                               .naming = on_naming,
                                               .step = on_step,
                                               .done = on_done,
                                               .closed = on_closed};
    struct secret password = SECRET_EMPTY;
    struct loop_timer *hang;
    struct err err;

    secret_set(&password, d->password, strlen(d->password));
    if (d->params.host == NULL)
        d->params.host = d->ipv6 ? "::1" : "127.0.0.1";
    d->params.port = (uint16_t)port;
    d->params.password = &password;
    d->loop = loop_new();
    d->cancel_timer = loop_timer_new(d->loop, on_cancel, d);
    d->free_timer = loop_timer_new(d->loop, on_free, d);
    if (ftpes_session_new(&d->session, d->loop, &d->params, &events, d, &err) < 0) {
        tell(d, "refused", err_word(err.code));
    } else {
        hang = loop_timer_new(d->loop, on_hang, d);
        loop_timer_start(hang, d->hang_ms);
        loop_run(d->loop);
        loop_timer_free(hang);
    }
    ftpes_session_free(d->session);
    loop_timer_free(d->cancel_timer);
    loop_timer_free(d->free_timer);
    loop_free(d->loop);
}
