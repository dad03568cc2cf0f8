/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/outcome.h"
#include "ftpes/open.h"

#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ftpes/classify.h"
#include "ftpes/resume.h"
#include "ftpes/upload.h"
#include "ftpes/verify.h"

/* --- errors ------------------------------------------------------------------------------ */

struct err session_reply_error(const struct ftpes_session *s, enum err_code code)
{
    const struct reply *reply = control_reply(s->control);
    const char *what = code == ERR_FOLDER ? s->up.folder : s->up.name;
    char words[ERR_REPLY_MAX];
    size_t len = reply_explanation(reply, words, sizeof(words));
    struct err err;

    /* It took the TLS session before: it has forgotten it by now, and a new login helps. */
    if (code == ERR_SESSION_REUSE && s->resumed)
        code = ERR_DATA_REFUSED;
    err_set_reply(&err, code, session_step(s), reply->code, words, (int)len);
    if (s->up.active)
        safe_text(err.arg[0], sizeof(err.arg[0]), what, strlen(what));
    return err;
}

void session_refused(struct ftpes_session *s, enum err_step step)
{
    enum err_code code = classify_reply(step, control_reply(s->control)->code);
    struct err err = session_reply_error(s, code);

    if (s->up.active)
        session_fail(s, &err);
    else
        session_end(s, &err);
}

/* --- telling ----------------------------------------------------------------------------- */

bool outcome_tell_naming(struct ftpes_session *s, const char *name)
{
    bool gone = false;

    if (s->events.naming == NULL)
        return true;
    s->gone = &gone;
    s->events.naming(s->arg, name);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

/* Whether it was written to while it was sent, so that what is there is neither old nor new. */
static bool is_rewritten(const struct upload *up)
{
    struct stat st;

    return fstat(up->fd, &st) < 0 || st.st_mtim.tv_sec != up->written.tv_sec ||
           st.st_mtim.tv_nsec != up->written.tv_nsec;
}

void outcome_ask_naming(struct ftpes_session *s)
{
    struct err err;

    if (is_rewritten(&s->up)) {
        err_set_args(&err, ERR_CLIP_CHANGED, STEP_CLIP, s->up.name, NULL);
        session_fail(s, &err);
        return;
    }
    if (s->events.naming == NULL)
        session_named(s);
    else
        outcome_tell_naming(s, s->up.final);
}

/* err: NULL for success. Returns whether the session still exists. */
static bool tell_done(struct ftpes_session *s, const struct err *err)
{
    struct ftpes_result result = s->up.result;
    bool gone = false;

    str_copy(result.name, sizeof(result.name), s->up.final);
    result.left = (s->up.may_exist || s->up.storing) && !result.removed;
    result.resume_failed = err != NULL && resume_was_in_vain(s, err);
    verify_forget(s);
    s->up.active = false;
    s->gone = &gone;
    s->events.done(s->arg, &result, err);
    if (!gone)
        s->gone = NULL;
    return !gone;
}

/* --- the file in hand -------------------------------------------------------------------- */

static void next(struct ftpes_session *s)
{
    session_enter(s, s->quit_wanted ? STATE_QUIT : STATE_READY);
}

void session_uploaded(struct ftpes_session *s)
{
    if (s->up.trial && !s->up.trial_over)
        session_enter(s, STATE_DELE_TRIAL);
    else if (tell_done(s, NULL))
        next(s);
}

void outcome_trial_reply(struct ftpes_session *s, int code)
{
    struct err err;

    s->up.trial_over = true;
    if (reply_is(code, 2)) {
        session_uploaded(s);
        return;
    }
    err = session_reply_error(s, ERR_DELETE);
    safe_text(err.arg[0], sizeof(err.arg[0]), s->up.final, strlen(s->up.final));
    if (tell_done(s, &err))
        next(s);
}

void outcome_removed(struct ftpes_session *s)
{
    struct err err = s->up.err;

    if (s->up.result.skipped) {
        session_uploaded(s);
        return;
    }
    if (!tell_done(s, &err))
        return;
    if (err_class(err.code) == ERR_CLASS_FILE) {
        next(s);
        return;
    }
    s->err = err;
    session_enter(s, STATE_QUIT);
}

void session_remove_temp(struct ftpes_session *s)
{
    if (s->up.may_exist && !s->up.old_removed)
        session_enter(s, STATE_DELE_TEMP);
    else
        outcome_removed(s);
}

void session_drop_data(struct ftpes_session *s)
{
    if (s->data != NULL && !s->up.sent)
        s->up.result.sent = data_arrived(s->data);
    data_free(s->data);
    s->data = NULL;
    s->early = false;
}

/*
 * Whether a later attempt can continue what is stored: the failure passes by itself, and the part
 * is not to blame. A server that says it is full gets its space back: parts that wait for one
 * another's would fill it for ever.
 */
static bool is_worth_keeping(const struct upload *up)
{
    enum err_code code = up->err.code;

    if (code == ERR_SIZE_DIFFERS || code == ERR_PART_DIFFERS || code == ERR_SERVER_FULL ||
        up->trial)
        return false;
    return err_class(code) == ERR_CLASS_RETRY || code == ERR_CLIP_UNREADABLE;
}

static void leave_or_remove(struct ftpes_session *s)
{
    if (is_worth_keeping(&s->up))
        outcome_removed(s);
    else
        session_remove_temp(s);
}

void session_fail(struct ftpes_session *s, const struct err *err)
{
    if (err != &s->up.err)
        s->up.err = *err;
    session_drop_data(s); /* not by its proper end: no server must take it for the whole file */
    if (s->up.storing)
        session_enter(s, STATE_ABORT);
    else
        leave_or_remove(s);
}

void session_fail_with(struct ftpes_session *s, enum err_code code)
{
    struct err err;

    err_set_args(&err, code, session_step(s), s->up.name, NULL);
    session_fail(s, &err);
}

void outcome_abort_reply(struct ftpes_session *s, int code)
{
    if (reply_is(code, 1)) {
        s->up.may_exist = true;
        control_expect(s->control, s->times.reply);
        return;
    }
    s->up.storing = false;
    s->up.may_exist |= reply_is(code, 2);
    if (code == 425 && !s->up.data_refused && err_class(s->up.err.code) == ERR_CLASS_RETRY)
        s->up.again = s->up.data_refused = true; /* as when the reply comes before the break */
    if (s->up.again) {
        s->up.again = false;
        resume_once_more(s);
        return;
    }
    if (!reply_is(code, 2) && err_class(s->up.err.code) == ERR_CLASS_RETRY)
        s->up.err = session_reply_error(s, classify_reply(STEP_STORE, code));
    leave_or_remove(s);
}

/* --- the session ------------------------------------------------------------------------- */

void session_end(struct ftpes_session *s, const struct err *err)
{
    if (s->state == STATE_CLOSED)
        return;
    s->err = *err;
    if (s->up.active)
        s->up.err = *err;
    session_enter(s, STATE_CLOSED);
}

/*
 * Whether commands that were sent ahead may be why: replies stay away though the one before them
 * came, or the server closes the connection, as firewalls do that want one command in a packet.
 */
static bool is_confused(const struct ftpes_session *s, enum err_code code)
{
    bool behind = s->awaits_ahead || control_unanswered(s->control) > 0;

    if (code == ERR_TIMEOUT)
        return behind;
    return (behind || s->ahead_count > 0) && (code == ERR_CLOSED || code == ERR_PROTOCOL);
}

void outcome_lost(struct ftpes_session *s)
{
    struct err err = *control_error(s->control);
    bool closed = err.code == ERR_CLOSED && err.sys_errno == 0;

    s->confused = s->state != STATE_QUIT && is_confused(s, err.code);
    if (err.step == STEP_NONE)
        err.step = session_step(s);
    if (s->state == STATE_QUIT) { /* what was to be told is told */
        session_enter(s, STATE_CLOSED);
        return;
    }
    if (s->state == STATE_GREETING && err.code == ERR_TIMEOUT)
        err.code = ERR_NO_GREETING;
    if (s->state == STATE_PASS && closed) /* that is how some servers say no */
        err.code = ERR_LOGIN;
    if (s->state == STATE_FINAL || s->state == STATE_RNTO ||
        (s->state == STATE_RNFR && s->ahead_count > 0))
        err.code = ERR_OUTCOME_UNKNOWN;
    if ((s->state == STATE_ABORT || s->state == STATE_DELE_TEMP) && !s->up.result.skipped)
        err = s->up.err; /* why the file failed matters more */
    session_end(s, &err);
}

void outcome_closed(struct ftpes_session *s)
{
    session_drop(s);
    if (s->up.active && !tell_done(s, &s->up.err))
        return;
    s->events.closed(s->arg, s->err.code != ERR_NONE ? &s->err : NULL);
}
