/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.c - the conversation with the server.
 *
 * Read it as four questions: what does a state do first (on_enter), what does the server's answer
 * mean there (on_reply), what do the news of the control connection (on_control) and of the data
 * connection (session_on_data) mean? Only session_enter() changes the state. upload.c has the
 * decisions that take more than a line.
 *
 *     connect, greeting, AUTH TLS, handshake, login, set-up -> READY
 *     READY -> folder -> data connection -> STOR -> SEND -> FINAL -> SIZE -> RNFR, RNTO -> READY
 *
 * Failures go two ways: session_fail() gives up the file in hand, removes what is stored of it, and
 * goes on; end() gives up the session.
 */
#include "ftpes/session.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ftpes/classify.h"
#include "ftpes/command.h"
#include "ftpes/upload.h"

/* Some servers send 150 only after the handshake that usually follows it: so long it is waited for
 * before the handshake begins without it. */
#define EARLY_HANDSHAKE_MS 3000

static const struct {
    const char *name;
    enum err_step step;
} states[STATE_COUNT] = {
#define X(state, step_) [STATE_##state] = {#state, step_},
    STATE_LIST(X)
#undef X
};

static void on_enter(struct ftpes_session *s);

/* The only place where the state changes. */
void session_enter(struct ftpes_session *s, enum state state)
{
    log_debug("session: %s -> %s", states[s->state].name, states[state].name);
    s->state = state;
    loop_timer_stop(s->timer);
    on_enter(s);
}

/* --- errors and ends
 * ------------------------------------------------------------------------------ */

enum err_step session_step(const struct ftpes_session *s)
{
    return states[s->state].step;
}

struct err session_reply_error(const struct ftpes_session *s, enum err_code code)
{
    const struct reply *reply = control_reply(s->control);
    const char *what = code == ERR_FOLDER ? s->up.folder : s->up.name;
    struct err err;
    size_t len;
    const char *words = reply_words(reply, &len);

    err_set_reply(&err, code, session_step(s), reply->code, words, (int)len);
    if (s->up.active)
        safe_text(err.arg[0], sizeof(err.arg[0]), what, strlen(what));
    return err;
}

/* Give up the session. */
static void end(struct ftpes_session *s, const struct err *err)
{
    if (s->state == STATE_CLOSED)
        return;
    s->err = *err;
    if (s->up.active)
        s->up.err = *err;
    session_enter(s, STATE_CLOSED);
}

/* The last moment to note the final name. Returns whether the session still exists. */
static bool tell_naming(struct ftpes_session *s)
{
    bool gone = false;

    if (s->events.naming == NULL)
        return true;
    s->gone = &gone;
    s->events.naming(s->arg, s->up.final);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

/* Tell the owner of the task how it went. Returns whether the session still exists. */
static bool tell_done(struct ftpes_session *s, const struct err *err)
{
    struct ftpes_result result = s->up.result;
    bool gone = false;

    str_copy(result.name, sizeof(result.name), s->up.final);
    s->up.active = false;
    s->gone = &gone;
    s->events.done(s->arg, &result, err);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

static void ready(struct ftpes_session *s)
{
    session_enter(s, s->quit_wanted ? STATE_QUIT : STATE_READY);
}

void session_uploaded(struct ftpes_session *s)
{
    if (tell_done(s, NULL))
        ready(s);
}

/* The file has failed and nothing of it is left: the session goes on if others can be sent. */
static void gave_up(struct ftpes_session *s)
{
    struct err err = s->up.err;

    if (!tell_done(s, &err))
        return;
    if (err_class(err.code) == ERR_CLASS_FILE) {
        ready(s);
        return;
    }
    s->err = err;
    session_enter(s, STATE_QUIT);
}

static void remove_temp(struct ftpes_session *s)
{
    if (s->up.may_exist && !s->up.old_removed)
        session_enter(s, STATE_DELE_TEMP);
    else
        gave_up(s);
}

void session_fail(struct ftpes_session *s, const struct err *err)
{
    bool storing = s->up.marked || s->state == STATE_STOR; /* STOR's last reply is still to come */

    if (err != &s->up.err)
        s->up.err = *err;
    if (s->data != NULL)
        s->up.result.sent = data_taken(s->data);
    data_free(s->data); /* not by its proper end: the server must not take it for the whole file */
    s->data = NULL;
    if (storing)
        session_enter(s, STATE_ABORT);
    else
        remove_temp(s);
}

void session_refused(struct ftpes_session *s, enum err_step step)
{
    enum err_code code = classify_reply(step, control_reply(s->control)->code);
    struct err err = session_reply_error(s, code);

    if (s->up.active)
        session_fail(s, &err);
    else
        end(s, &err);
}

void session_send(struct ftpes_session *s, const char *verb, const char *arg)
{
    struct err err;

    if (control_send(s->control, verb, arg, s->times.reply, &err) < 0) {
        err.step = session_step(s);
        end(s, &err);
    }
}

void session_drop(struct ftpes_session *s)
{
    data_free(s->data);
    control_free(s->control);
    loop_timer_free(s->timer);
    s->data = NULL;
    s->control = NULL;
    s->timer = NULL;
}

static void closed(struct ftpes_session *s)
{
    session_drop(s);
    if (s->up.active && !tell_done(s, &s->up.err))
        return;
    s->events.closed(s->arg, s->err.code != ERR_NONE ? &s->err : NULL);
}

static bool is(int code, int hundreds)
{
    return code / 100 == hundreds;
}

/* --- login and set-up
 * ------------------------------------------------------------------------------ */

static void on_login_reply(struct ftpes_session *s, int code)
{
    if (code == 230 || code == 232 || (code == 202 && s->state == STATE_PASS))
        session_enter(s, s->secure ? STATE_PBSZ : STATE_FEAT);
    else
        session_refused(s, STEP_LOGIN);
}

/* Whether FEAT's reply has a feature on a line of its own (RFC 2389 section 3.2). */
static bool has_feature(const struct reply *reply, const char *feature)
{
    const char *line = buf_str(&reply->text);
    size_t len = strlen(feature);

    for (; line != NULL; line = strchr(line, '\n'), line = line != NULL ? line + 1 : NULL) {
        const char *word = line + strspn(line, " ");

        if (word > line && strncasecmp(word, feature, len) == 0 && strchr(" \r\n", word[len]))
            return true;
    }
    return false;
}

static void take_home(struct ftpes_session *s, int code)
{
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (code != 257 || !name_from_257(s->home, sizeof(s->home), words, len) ||
        !command_argument_ok(s->home))
        s->home[0] = '\0';
}

/* --- a file that failed
 * ----------------------------------------------------------------------------- */

/* STOR's last reply, after we broke off. It may know the cause better than a broken connection. */
static void on_abort_reply(struct ftpes_session *s, int code)
{
    if (is(code, 1)) {
        s->up.may_exist = true;
        control_expect(s->control, s->times.reply);
        return;
    }
    s->up.marked = false;
    s->up.may_exist |= is(code, 2);
    if (!is(code, 2) && err_class(s->up.err.code) == ERR_CLASS_RETRY)
        s->up.err = session_reply_error(s, classify_reply(STEP_STORE, code));
    remove_temp(s);
}

/* The control connection is lost. What that means depends on what was asked. */
static void on_lost(struct ftpes_session *s)
{
    struct err err = *control_error(s->control);

    if (err.step == STEP_NONE)
        err.step = session_step(s);
    switch (s->state) {
    case STATE_QUIT: /* the owner knows the cause, if there is one */
        session_enter(s, STATE_CLOSED);
        return;
    case STATE_ABORT:
    case STATE_DELE_TEMP: /* why the file failed matters more */
        err = s->up.err;
        break;
    case STATE_PASS: /* that is how some servers say no */
        if (err.code == ERR_CLOSED && err.sys_errno == 0)
            err.code = ERR_LOGIN;
        break;
    case STATE_FINAL:
    case STATE_RNTO:
        err.code = ERR_OUTCOME_UNKNOWN;
        break;
    case STATE_CONNECT:
    case STATE_GREETING:
    case STATE_AUTH:
    case STATE_HANDSHAKE:
    case STATE_USER:
    case STATE_PBSZ:
    case STATE_PROT:
    case STATE_FEAT:
    case STATE_OPTS:
    case STATE_TYPE:
    case STATE_PWD:
    case STATE_READY:
    case STATE_CWD_HOME:
    case STATE_CWD_WHOLE:
    case STATE_CWD_PART:
    case STATE_MKD:
    case STATE_CWD_MADE:
    case STATE_LOOK_NAMED:
    case STATE_LOOK_TEMP:
    case STATE_LOOK_SIZE:
    case STATE_LOOK_RNFR:
    case STATE_EPSV:
    case STATE_PASV:
    case STATE_EPRT:
    case STATE_PORT:
    case STATE_DATA_CONNECT:
    case STATE_STOR:
    case STATE_DATA_HANDSHAKE:
    case STATE_SEND:
    case STATE_SIZE:
    case STATE_RNFR:
    case STATE_DELE_OLD:
    case STATE_DELE_PART:
    case STATE_CLOSED:
    case STATE_COUNT:
        break;
    }
    end(s, &err);
}

static void on_timer(void *arg)
{
    struct ftpes_session *s = arg;
    struct err err;

    if (s->state == STATE_STOR && s->secure && s->data_up && data_tls(s->data) == NULL) {
        if (data_secure(s->data, s->tls, s->host, control_stream(s->control), &err) < 0)
            session_fail(s, &err);
    } else if (s->state == STATE_FINAL) {
        if (data_in_flight(s->data)) { /* data.c sees to it that this does not stand still */
            loop_timer_start(s->timer, s->times.final);
            return;
        }
        err_set(&err, ERR_OUTCOME_UNKNOWN, session_step(s));
        end(s, &err);
    }
}

/* --- the four questions
 * ---------------------------------------------------------------------------- */

static void on_enter(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    struct err err;

    switch (s->state) {
    case STATE_CONNECT:
        control_connect(s->control, s->host, s->port);
        break;
    case STATE_GREETING:
        control_expect(s->control, s->times.reply);
        break;
    case STATE_AUTH:
        session_send(s, "AUTH", "TLS");
        break;
    case STATE_HANDSHAKE:
        if (control_start_tls(s->control, s->tls, s->host, &err) < 0)
            end(s, &err);
        break;
    case STATE_USER:
        session_send(s, "USER", s->user);
        break;
    case STATE_PASS:
        session_send(s, "PASS", s->password.text);
        break;
    case STATE_PBSZ:
        session_send(s, "PBSZ", "0");
        break;
    case STATE_PROT:
        session_send(s, "PROT", "P");
        break;
    case STATE_FEAT:
        session_send(s, "FEAT", NULL);
        break;
    case STATE_OPTS:
        session_send(s, "OPTS", "UTF8 ON");
        break;
    case STATE_TYPE:
        session_send(s, "TYPE", "I");
        break;
    case STATE_PWD:
        session_send(s, "PWD", NULL);
        break;
    case STATE_READY:
        s->events.ready(s->arg);
        break;
    case STATE_CWD_HOME:
        s->where = WHERE_LOST;
        session_send(s, "CWD", up->path != NULL ? "/" : s->home);
        break;
    case STATE_CWD_WHOLE:
        session_send(s, "CWD", up->folder);
        break;
    case STATE_CWD_PART:
        s->where = WHERE_LOST;
        session_send(s, "CWD", up->part);
        break;
    case STATE_MKD:
        session_send(s, "MKD", up->part);
        break;
    case STATE_CWD_MADE:
        session_send(s, "CWD", up->part);
        break;
    case STATE_LOOK_NAMED:
        session_send(s, "SIZE", up->named);
        break;
    case STATE_LOOK_TEMP:
        session_send(s, "SIZE", up->temp);
        break;
    case STATE_LOOK_SIZE:
        session_send(s, "SIZE", up->final);
        break;
    case STATE_LOOK_RNFR:
        session_send(s, "RNFR", up->final);
        break;
    case STATE_EPSV:
        session_send(s, "EPSV", NULL);
        break;
    case STATE_PASV:
        session_send(s, "PASV", NULL);
        break;
    case STATE_EPRT:
        upload_listen(s, "EPRT");
        break;
    case STATE_PORT:
        upload_listen(s, "PORT");
        break;
    case STATE_DATA_CONNECT:
        break;
    case STATE_STOR:
        loop_timer_start(s->timer, EARLY_HANDSHAKE_MS);
        session_send(s, "STOR", up->temp);
        break;
    case STATE_DATA_HANDSHAKE:
        break;
    case STATE_SEND:
        /* The server is silent while the data moves: data.c has the deadline. */
        control_await(s->control);
        data_send(s->data, up->fd, up->size);
        break;
    case STATE_FINAL:
        loop_timer_start(s->timer, s->times.final);
        break;
    case STATE_SIZE:
        session_send(s, "SIZE", up->temp);
        break;
    case STATE_RNFR:
        session_send(s, "RNFR", up->temp);
        break;
    case STATE_RNTO:
        session_send(s, "RNTO", up->final);
        break;
    case STATE_DELE_OLD:
        session_send(s, "DELE", up->final);
        break;
    case STATE_DELE_PART:
    case STATE_DELE_TEMP:
        session_send(s, "DELE", up->temp);
        break;
    case STATE_ABORT:
        control_expect(s->control, s->times.reply);
        break;
    case STATE_QUIT:
        if (control_send(s->control, "QUIT", NULL, s->times.close, NULL) < 0)
            session_enter(s, STATE_CLOSED);
        break;
    case STATE_CLOSED:
        closed(s);
        break;
    case STATE_COUNT:
        break;
    }
}

static void on_reply(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    int code = control_reply(s->control)->code;

    if (code == 421 && s->state != STATE_QUIT) { /* the server closes, whatever was asked */
        struct err err = session_reply_error(s, ERR_SERVER_BUSY);

        end(s, &err);
        return;
    }
    switch (s->state) {
    case STATE_GREETING:
        if (code == 220)
            session_enter(s, s->secure ? STATE_AUTH : STATE_USER);
        else if (code == 120)
            control_expect(s->control, s->times.reply);
        else
            session_refused(s, STEP_GREETING);
        break;
    case STATE_AUTH:
        if (code == 234)
            session_enter(s, STATE_HANDSHAKE);
        else
            session_refused(s, STEP_AUTH_TLS);
        break;
    case STATE_USER:
        if (code == 331)
            session_enter(s, STATE_PASS);
        else
            on_login_reply(s, code);
        break;
    case STATE_PASS:
        on_login_reply(s, code);
        break;
    case STATE_PBSZ: /* a formality with TLS; PROT P is what counts */
        session_enter(s, STATE_PROT);
        break;
    case STATE_PROT:
        if (is(code, 2))
            session_enter(s, STATE_FEAT);
        else
            session_refused(s, STEP_PROTECT);
        break;
    case STATE_FEAT:
        session_enter(s, code == 211 && has_feature(control_reply(s->control), "UTF8")
                             ? STATE_OPTS
                             : STATE_TYPE);
        break;
    case STATE_OPTS:
        session_enter(s, STATE_TYPE);
        break;
    case STATE_TYPE:
        if (is(code, 2))
            session_enter(s, STATE_PWD);
        else
            session_refused(s, STEP_SETUP);
        break;
    case STATE_PWD:
        take_home(s, code);
        ready(s);
        break;
    case STATE_CWD_HOME:
        if (is(code, 2))
            upload_at_home(s);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_CWD_WHOLE:
        if (is(code, 2))
            upload_in_folder(s);
        else if (is(code, 5))
            upload_walk(s);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_CWD_PART:
        if (is(code, 2))
            upload_next_part(s);
        else if (is(code, 5))
            session_enter(s, STATE_MKD);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_MKD: /* a refusal may mean that another made it just now: CWD decides */
        up->err = is(code, 2) ? (struct err){0}
                              : session_reply_error(s, classify_reply(STEP_FOLDER, code));
        session_enter(s, STATE_CWD_MADE);
        break;
    case STATE_CWD_MADE:
        if (is(code, 2))
            upload_next_part(s);
        else if (up->err.code != ERR_NONE)
            session_fail(s, &up->err);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_LOOK_NAMED:
        if (code == 213 && upload_size_agrees(s))
            session_enter(s, STATE_LOOK_TEMP);
        else
            upload_choose(s);
        break;
    case STATE_LOOK_TEMP:
        if (code == 550)
            upload_was_done(s);
        else
            upload_choose(s);
        break;
    case STATE_LOOK_SIZE:
        if (code == 213)
            upload_name_taken(s);
        else
            session_enter(s, STATE_LOOK_RNFR);
        break;
    case STATE_LOOK_RNFR:
        if (is(code, 3))
            upload_name_taken(s);
        else
            upload_name_free(s);
        break;
    case STATE_EPSV:
    case STATE_PASV:
        upload_passive_reply(s, code);
        break;
    case STATE_EPRT:
    case STATE_PORT:
        upload_active_reply(s, code);
        break;
    case STATE_STOR:
        if (up->marked)
            upload_early_reply(s, code);
        else
            upload_store_reply(s, code);
        break;
    case STATE_DATA_HANDSHAKE:
    case STATE_SEND:
        upload_early_reply(s, code);
        break;
    case STATE_FINAL:
        upload_final_reply(s, code);
        break;
    case STATE_SIZE:
        upload_size_reply(s, code);
        break;
    case STATE_RNFR:
        if (!is(code, 3))
            session_refused(s, STEP_RENAME);
        else if (tell_naming(s))
            session_enter(s, STATE_RNTO);
        break;
    case STATE_RNTO:
        if (is(code, 2))
            session_uploaded(s);
        else
            upload_rename_refused(s);
        break;
    case STATE_DELE_OLD:
        up->old_removed = is(code, 2);
        if (up->old_removed)
            session_enter(s, STATE_RNFR);
        else
            session_fail(s, &up->err);
        break;
    case STATE_DELE_PART:
        upload_open_data(s);
        break;
    case STATE_ABORT:
        on_abort_reply(s, code);
        break;
    case STATE_DELE_TEMP:
        gave_up(s);
        break;
    case STATE_QUIT:
        control_finish(s->control);
        session_enter(s, STATE_CLOSED);
        break;
    case STATE_CONNECT: /* no reply is awaited in these: control.c refuses one */
    case STATE_HANDSHAKE:
    case STATE_READY:
    case STATE_DATA_CONNECT:
    case STATE_CLOSED:
    case STATE_COUNT:
        break;
    }
}

void session_on_data(void *arg, enum data_event event)
{
    struct ftpes_session *s = arg;
    struct upload *up = &s->up;
    struct err err;

    switch (event) {
    case DATA_CONNECTED:
        s->data_up = true;
        if (s->state == STATE_DATA_CONNECT)
            session_enter(s, STATE_STOR);
        else
            upload_when_ready(s);
        break;
    case DATA_SECURE:
        s->data_secured = true;
        up->result.tls = session_tls_info(data_tls(s->data));
        upload_when_ready(s);
        break;
    case DATA_PROGRESS:
        s->events.progress(s->arg, data_taken(s->data));
        break;
    case DATA_SENT:
        up->sent = true;
        up->result.sent = up->size;
        session_enter(s, STATE_FINAL);
        break;
    case DATA_FAILED:
        err = *data_error(s->data);
        if (err_class(err.code) == ERR_CLASS_FILE)
            safe_text(err.arg[0], sizeof(err.arg[0]), up->name, strlen(up->name));
        if (s->state == STATE_DATA_CONNECT && upload_try_pasv(s))
            break;
        session_fail(s, &err);
        break;
    }
}

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
        on_reply(s);
        break;
    case CONTROL_LOST:
        on_lost(s);
        break;
    }
}

/* --- for ftpes.c
 * ------------------------------------------------------------------------------------- */

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

void session_upload(struct ftpes_session *s)
{
    upload_begin(s);
}

void session_quit(struct ftpes_session *s)
{
    if (s->state == STATE_READY && !s->up.active)
        session_enter(s, STATE_QUIT);
    else
        s->quit_wanted = true;
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
