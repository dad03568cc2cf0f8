/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "ftpes/command.h"

#define MARKS_MAX 4 /* 1xx replies to one command: each begins the wait anew */

struct control {
    struct stream *stream;
    struct reply reply;
    struct buf line; /* of the command being sent */
    struct loop_timer *deadline;
    int64_t patience; /* milliseconds for a reply; -1: the caller has a deadline of its own */
    bool expecting;   /* a reply */
    unsigned dropped; /* replies that come before it and are to be dropped */
    unsigned marks;   /* replies 1xx to the last command */
    bool greeted;     /* it is an FTP server: one whole reply came */
    struct err err;
    control_fn *fn;
    void *arg;
    bool *gone; /* set while fn runs */
};

static void on_stream(void *arg, enum stream_event event);
static void on_deadline(void *arg);

struct control *control_new(struct loop *loop, const struct stream_times *times, control_fn *fn,
                            void *arg)
{
    struct control *c = calloc(1, sizeof(*c));

    if (c == NULL)
        return NULL;
    c->fn = fn;
    c->arg = arg;
    reply_init(&c->reply);
    buf_init(&c->line, COMMAND_MAX);
    c->deadline = loop_timer_new(loop, on_deadline, c);
    c->stream = stream_new(loop, times, on_stream, c);
    if (c->stream == NULL) {
        control_free(c);
        return NULL;
    }
    return c;
}

void control_free(struct control *c)
{
    if (c == NULL)
        return;
    if (c->gone != NULL)
        *c->gone = true;
    stream_free(c->stream);
    loop_timer_free(c->deadline);
    reply_done(&c->reply);
    buf_done(&c->line);
    free(c);
}

/* Returns whether the connection still exists. */
static bool emit(struct control *c, enum control_event event)
{
    bool gone = false;

    c->gone = &gone;
    c->fn(c->arg, event);
    if (!gone)
        c->gone = NULL;
    return !gone;
}

/* c->err is set. */
static void lost(struct control *c)
{
    loop_timer_stop(c->deadline);
    stream_abort(c->stream);
    emit(c, CONTROL_LOST);
}

void control_connect(struct control *c, const char *host, uint16_t port)
{
    stream_connect_host(c->stream, host, port);
}

int control_start_tls(struct control *c, struct tls_context *ctx, const char *host, struct err *e)
{
    reply_reset(&c->reply);
    return stream_start_tls(c->stream, ctx, host, NULL, false, e);
}

/* --- commands ---------------------------------------------------------------------------- */

static int send_line(struct control *c, const char *verb, const char *arg, struct err *e)
{
    int r = command_build(&c->line, verb, arg, e);

    if (r < 0)
        return r;
    log_debug("> %s %s", verb, arg == NULL ? "" : strcmp(verb, "PASS") == 0 ? "***" : arg);
    stream_write(c->stream, c->line.data, c->line.len);
    buf_reset(&c->line);
    return 0;
}

int control_send(struct control *c, const char *verb, const char *arg, int64_t ms, struct err *e)
{
    size_t unread;
    int r;

    stream_input(c->stream, &unread);
    if ((unread > 0 && c->dropped == 0) || c->expecting)
        return err_set(e, ERR_PROTOCOL, STEP_COMMAND);
    r = send_line(c, verb, arg, e);
    if (r < 0)
        return r;
    c->marks = 0;
    control_expect(c, ms);
    return 0;
}

int control_send_ahead(struct control *c, const char *verb, const char *arg, struct err *e)
{
    return send_line(c, verb, arg, e);
}

void control_pass_over(struct control *c, unsigned count)
{
    c->dropped += count;
}

unsigned control_unanswered(const struct control *c)
{
    return c->dropped;
}

/* Wait, or wait anew, for a reply. */
static void wait_for_reply(struct control *c)
{
    if (c->patience >= 0)
        loop_timer_start(c->deadline, c->patience);
    else
        loop_timer_stop(c->deadline);
}

void control_expect(struct control *c, int64_t ms)
{
    c->expecting = true;
    c->patience = ms;
    wait_for_reply(c);
}

void control_await(struct control *c)
{
    control_expect(c, -1);
}

void control_finish(struct control *c)
{
    stream_finish(c->stream);
}

/* --- replies ----------------------------------------------------------------------------- */

/* What the parser refused. Only before the greeting can it mean that this is no FTP server. */
static void refuse(struct control *c, enum err_code code)
{
    if (c->greeted && (code == ERR_NOT_FTP || code == ERR_IMPLICIT_TLS))
        code = ERR_PROTOCOL;
    err_set(&c->err, code, STEP_NONE);
    lost(c);
}

/* A reply to a command that was sent ahead in vain. */
static void drop_reply(struct control *c)
{
    if (!reply_is(c->reply.code, 1)) {
        c->dropped--;
        c->marks = 0;
    }
    if (c->expecting)
        wait_for_reply(c);
}

/* Returns whether there may be more to read. */
static bool on_reply(struct control *c)
{
    char words[ERR_REPLY_MAX];
    size_t len = reply_explanation(&c->reply, words, sizeof(words));
    bool unwanted = c->dropped > 0 && c->reply.code != 421;

    c->greeted = true;
    log_debug("< %d %.*s%s", c->reply.code, (int)len, words, unwanted ? " (dropped)" : "");
    if (!c->expecting && !unwanted) {
        err_set_reply(&c->err, c->reply.code == 421 ? ERR_SERVER_BUSY : ERR_PROTOCOL, STEP_NONE,
                      c->reply.code, words, (int)len);
        lost(c);
        return false;
    }
    if (reply_is(c->reply.code, 1) && ++c->marks > MARKS_MAX) {
        err_set(&c->err, ERR_PROTOCOL, STEP_NONE);
        lost(c);
        return false;
    }
    if (unwanted) {
        drop_reply(c);
        return true;
    }
    c->expecting = false;
    loop_timer_stop(c->deadline);
    return emit(c, CONTROL_REPLY);
}

static void on_input(struct control *c)
{
    size_t len, used;
    const char *bytes;
    int r;

    while (bytes = stream_input(c->stream, &len), len > 0) {
        r = reply_feed(&c->reply, bytes, len, &used);
        stream_consume(c->stream, used);
        if (r < 0) {
            refuse(c, (enum err_code) - r);
            return;
        }
        if (r == 0 || !on_reply(c))
            return;
    }
}

static void on_stream(void *arg, enum stream_event event)
{
    struct control *c = arg;

    switch (event) {
    case STREAM_CONNECTED:
        emit(c, CONTROL_CONNECTED);
        break;
    case STREAM_SECURE:
        emit(c, CONTROL_SECURE);
        break;
    case STREAM_INPUT:
        on_input(c);
        break;
    case STREAM_DRAINED:
        break;
    case STREAM_CLOSED:
        err_set(&c->err, ERR_CLOSED, STEP_NONE);
        lost(c);
        break;
    case STREAM_FAILED:
        c->err = *stream_error(c->stream);
        lost(c);
        break;
    }
}

static void on_deadline(void *arg)
{
    struct control *c = arg;

    err_set(&c->err, ERR_TIMEOUT, STEP_NONE);
    lost(c);
}

const struct reply *control_reply(const struct control *c)
{
    return &c->reply;
}

const struct err *control_error(const struct control *c)
{
    return &c->err;
}

const struct stream *control_stream(const struct control *c)
{
    return c->stream;
}
