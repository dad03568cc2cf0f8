/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.c - the conversation with the server.
 *
 * STATE_LIST in session.h shows it at a glance: the states and their commands. Here they are
 * entered, and only by session_enter(). What follows from it comes to session_on_reply() (the
 * server's replies: session_reply.c), to on_control() and session_on_data() (news of the two
 * connections: here and session_data.c) and to on_timer() (silence).
 *
 *     connect, greeting, AUTH TLS, handshake, login, set-up -> READY
 *     READY -> folder -> data connection -> STOR -> SEND -> FINAL -> SIZE -> RNFR, RNTO -> READY
 *
 * Commands whose turn is sure to come may go out early: ahead.c.
 * Decisions that take more than a line are in setup.c (login), upload.c (the file), open.c (the
 * data connection), resume.c and verify.c (what is stored of it, before and after) and outcome.c
 * (how it ends). A failure goes one of two ways: session_fail() gives up the file in hand,
 * session_end() the session.
 */
#include "ftpes/session.h"

#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "ftpes/ahead.h"
#include "ftpes/open.h"
#include "ftpes/outcome.h"
#include "ftpes/resume.h"
#include "ftpes/upload.h"
#include "ftpes/verify.h"

static const struct {
    const char *name;
    enum err_step step;
    const char *command;
    enum argument argument;
} states[STATE_COUNT] = {
#define X(state, step_, command_, argument_) [STATE_##state] = {#state, step_, command_, argument_},
    STATE_LIST(X)
#undef X
};

enum err_step session_step(const struct ftpes_session *s)
{
    return states[s->state].step;
}

/* --- entering a state -------------------------------------------------------------------- */

static const char *verb(const struct ftpes_session *s, enum state state)
{
    return state == STATE_KEEP_TIME ? upload_time_verb(s) : states[state].command;
}

static const char *argument(const struct ftpes_session *s, enum state state)
{
    const char *const arguments[ARG_COUNT] = {
        [ARG_NONE] = NULL,           [ARG_USER] = s->user,
        [ARG_HOME] = s->home,        [ARG_PASSWORD] = s->password.text,
        [ARG_FOLDER] = s->up.folder, [ARG_PART] = s->up.part,
        [ARG_NAMED] = s->up.named,   [ARG_TEMP] = s->up.temp,
        [ARG_FINAL] = s->up.final,   [ARG_TIME] = s->up.time,
    };

    return arguments[states[state].argument];
}

/* Returns whether it went out; if not, the session is over and may be gone. */
static bool send_command(struct ftpes_session *s, const char *command, const char *arg, int64_t ms)
{
    struct err err;
    int r = control_send(s->control, command, arg, ms, &err);

    if (r < 0) {
        err.step = session_step(s);
        session_end(s, &err);
    }
    return r == 0;
}

void session_ask(struct ftpes_session *s, const char *command, const char *arg, int64_t ms)
{
    send_command(s, command, arg, ms);
}

void session_send(struct ftpes_session *s, const char *command, const char *arg)
{
    send_command(s, command, arg, s->times.reply);
}

bool session_say(struct ftpes_session *s, enum state state)
{
    if (state == STATE_KEEP_TIME)
        upload_write_time(s);
    if (state != s->state)
        return control_send_ahead(s->control, verb(s, state), argument(s, state), NULL) == 0;
    return send_command(s, verb(s, state), argument(s, state), s->times.reply);
}

static void start_tls(struct ftpes_session *s)
{
    struct err err;

    if (control_start_tls(s->control, s->tls, s->host, &err) < 0)
        session_end(s, &err);
}

static void say_quit(struct ftpes_session *s)
{
    if (control_send(s->control, "QUIT", NULL, s->times.close, NULL) < 0)
        session_enter(s, STATE_CLOSED);
}

static void on_enter(struct ftpes_session *s)
{
    switch (s->state) {
    case STATE_CONNECT:
        control_connect(s->control, s->host, s->port);
        break;
    case STATE_GREETING:
        control_expect(s->control, s->times.reply);
        break;
    case STATE_HANDSHAKE:
        start_tls(s);
        break;
    case STATE_READY:
        s->events.ready(s->arg);
        break;
    case STATE_EPRT:
    case STATE_PORT:
        open_listen(s);
        break;
    case STATE_NAMING:
        outcome_ask_naming(s);
        break;
    case STATE_DATA_CONNECT: /* both have begun already */
    case STATE_DATA_HANDSHAKE:
        break;
    case STATE_STOR:
    case STATE_APPE:
    case STATE_RETR:
        s->up.marked = false;
        s->up.storing = true;
        loop_timer_start(s->timer, s->times.mark);
        ahead_say(s);
        break;
    case STATE_SEND: /* the server is silent while the data moves: data.c sees to the time */
        control_await(s->control);
        data_send(s->data, s->up.fd, s->up.offset, s->up.size, s->up.digest);
        resume_sending(s);
        break;
    case STATE_RECEIVE:
        if (s->up.storing)
            control_await(s->control);
        data_receive(s->data);
        break;
    case STATE_HASH_KIND:
        verify_choose_hash(s);
        break;
    case STATE_HASH:
        verify_hash(s);
        break;
    case STATE_REST:
        resume_restart(s);
        break;
    case STATE_FINAL:
        loop_timer_start(s->timer, s->times.final);
        break;
    case STATE_ABORT:
        control_expect(s->control, s->times.reply);
        break;
    case STATE_QUIT:
        say_quit(s);
        break;
    case STATE_CLOSED:
        outcome_closed(s);
        break;
    case STATE_AUTH:
    case STATE_USER:
    case STATE_PASS:
    case STATE_PBSZ:
    case STATE_PROT:
    case STATE_FEAT:
    case STATE_OPTS:
    case STATE_TYPE:
    case STATE_PWD:
    case STATE_CWD_HOME:
    case STATE_CWD_WHOLE:
    case STATE_CWD_ROOT:
    case STATE_CWD_PART:
    case STATE_MKD:
    case STATE_CWD_MADE:
    case STATE_LOOK_NAMED:
    case STATE_LOOK_TEMP:
    case STATE_LOOK_PLAIN:
    case STATE_LOOK_SIZE:
    case STATE_LOOK_RNFR:
    case STATE_PART_SIZE:
    case STATE_PART_PLAIN:
    case STATE_EPSV:
    case STATE_PASV:
    case STATE_NEXT_EPSV:
    case STATE_NEXT_PASV:
    case STATE_SIZE:
    case STATE_KEEP_TIME:
    case STATE_RNFR:
    case STATE_RNTO:
    case STATE_DELE_OLD:
    case STATE_DELE_TRIAL:
    case STATE_DELE_PART:
    case STATE_DELE_TEMP:
    case STATE_TIDY_LOOK:
    case STATE_TIDY:
        ahead_say(s);
        break;
    case STATE_COUNT:
        break;
    }
}

/* The only place where the state changes. */
void session_enter(struct ftpes_session *s, enum state state)
{
    log_debug("session: %s -> %s", states[s->state].name, states[state].name);
    s->state = state;
    loop_timer_stop(s->timer);
    ahead_enter(s);
    if (s->events.step != NULL && session_step(s) != STEP_NONE)
        s->events.step(s->arg, session_step(s));
    on_enter(s);
}

/* --- news of the connections, and silence ------------------------------------------------ */

static void on_control(void *arg, enum control_event event)
{
    struct ftpes_session *s = arg;

    switch (event) {
    case CONTROL_CONNECTED:
        session_enter(s, STATE_GREETING);
        break;
    case CONTROL_SECURE:
        session_enter(s, STATE_USER);
        break;
    case CONTROL_REPLY:
        session_on_reply(s);
        break;
    case CONTROL_LOST:
        outcome_lost(s);
        break;
    }
}

static void on_timer(void *arg)
{
    struct ftpes_session *s = arg;
    struct err err;

    if (s->state == STATE_READY && s->up.active) {
        upload_begin(s);
    } else if (s->state == STATE_READY) {
        session_enter(s, STATE_QUIT);
    } else if (s->state == STATE_NAMING) {
        session_enter(s, STATE_RNFR);
    } else if (s->state == STATE_RETR && !s->up.storing) {
        verify_read_refused(s);
    } else if (session_is_asking(s) && s->secure && s->data != NULL && s->data_up &&
               data_tls(s->data) == NULL) {
        if (session_secure_data(s, &err) < 0)
            session_fail(s, &err);
    } else if (s->state == STATE_FINAL && data_in_flight(s->data)) {
        loop_timer_start(s->timer, s->times.final); /* data.c sees to it that bytes do move */
    } else if (s->state == STATE_FINAL) {
        err_set(&err, ERR_OUTCOME_UNKNOWN, session_step(s));
        session_end(s, &err);
    }
}

/* --- for ftpes.c ------------------------------------------------------------------------- */

void session_begin(struct ftpes_session *s)
{
    struct stream_times times = {
        .connect = s->times.connect, .handshake = s->times.reply, .dead = s->times.stall};

    s->control = control_new(s->loop, &times, on_control, s);
    if (s->control == NULL)
        return;
    s->timer = loop_timer_new(s->loop, on_timer, s);
    s->where = WHERE_HOME;
    session_enter(s, STATE_CONNECT);
}

/* They may be called inside an event, and what they begin may fail at once: the loop begins it. */
void session_upload(struct ftpes_session *s)
{
    loop_timer_start(s->timer, 0);
}

void session_named(struct ftpes_session *s)
{
    loop_timer_start(s->timer, 0);
}

void session_quit(struct ftpes_session *s)
{
    s->quit_wanted = true;
    if (s->state == STATE_READY)
        loop_timer_start(s->timer, 0);
}

void session_drop(struct ftpes_session *s)
{
    verify_forget(s); /* it reads a file that is not ours any more, and tells us */
    session_drop_data(s);
    control_free(s->control);
    loop_timer_free(s->timer);
    s->control = NULL;
    s->timer = NULL;
}

struct ftpes_tls_info session_tls_info(const struct tls *tls)
{
    struct ftpes_tls_info info = {.version = NULL};
    const struct tls_suite *suite;

    if (tls == NULL)
        return info;
    info.version = tls_version(tls);
    info.suite = tls_suite_name(tls);
    suite = tls_suite_find(info.suite);
    info.deprecated = suite != NULL && suite->deprecated;
    return info;
}
