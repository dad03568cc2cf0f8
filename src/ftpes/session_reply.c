/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session_reply.c - what the server's replies mean to the conversation: one case for each state
 * whose command awaits one.
 */
#include "ftpes/session.h"

#include "ftpes/open.h"
#include "ftpes/outcome.h"
#include "ftpes/resume.h"
#include "ftpes/setup.h"
#include "ftpes/tidy.h"
#include "ftpes/upload.h"
#include "ftpes/verify.h"

/* Most states have one good answer: go on to the next state, or it is refused. */
static void expect(struct ftpes_session *s, bool good, enum state next)
{
    if (good)
        session_enter(s, next);
    else
        session_refused(s, session_step(s));
}

/* The server closes, whatever was asked (RFC 959 section 4.2.2). */
static void on_421(struct ftpes_session *s)
{
    struct err err = session_reply_error(s, ERR_SERVER_BUSY);

    session_end(s, &err);
}

void session_on_reply(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    int code = control_reply(s->control)->code;

    if (code == 421 && s->state != STATE_QUIT) {
        on_421(s);
        return;
    }
    if (resume_cancelled(s, code))
        return;
    switch (s->state) {
    case STATE_GREETING:
        if (code == 120)
            control_expect(s->control, s->times.reply);
        else
            expect(s, code == 220, s->secure ? STATE_AUTH : STATE_USER);
        break;
    case STATE_AUTH: /* 234 and nothing else lets TLS begin */
        expect(s, code == 234, STATE_HANDSHAKE);
        break;
    case STATE_USER:
    case STATE_PASS:
        setup_login_reply(s, code);
        break;
    case STATE_PBSZ: /* a formality with TLS; PROT P is what counts */
        session_enter(s, STATE_PROT);
        break;
    case STATE_PROT:
        expect(s, reply_is(code, 2), STATE_FEAT);
        break;
    case STATE_FEAT:
        setup_features(s, code);
        session_enter(s, s->features & FEATURE_UTF8 ? STATE_OPTS : STATE_TYPE);
        break;
    case STATE_OPTS: /* whatever it says: names go out as they are */
        session_enter(s, STATE_TYPE);
        break;
    case STATE_TYPE:
        expect(s, reply_is(code, 2), STATE_PWD);
        break;
    case STATE_PWD:
        setup_home(s, code);
        session_enter(s, s->quit_wanted ? STATE_QUIT : STATE_READY);
        break;
    case STATE_CWD_HOME:
        if (reply_is(code, 2))
            upload_at_home(s);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_CWD_WHOLE:
        if (reply_is(code, 2))
            upload_in_folder(s);
        else if (reply_is(code, 5))
            upload_walk(s);
        else
            session_refused(s, STEP_FOLDER);
        break;
    case STATE_CWD_PART:
        if (!reply_is(code, 5))
            upload_part_reply(s, code);
        else if (up->remove)
            tidy_no_folder(s);
        else
            session_enter(s, STATE_MKD);
        break;
    case STATE_MKD: /* refused also when another made it just now: CWD decides */
        upload_made_reply(s, code);
        break;
    case STATE_CWD_ROOT:
    case STATE_CWD_MADE:
        upload_part_reply(s, code);
        break;
    case STATE_LOOK_NAMED:
    case STATE_LOOK_TEMP:
    case STATE_LOOK_PLAIN:
        upload_earlier_reply(s, code);
        break;
    case STATE_LOOK_SIZE:
        if (code == 213)
            upload_name_taken(s);
        else if (code == 550 && s->size_works && !up->rename_refused)
            upload_name_free(s);
        else
            session_enter(s, STATE_LOOK_RNFR);
        break;
    case STATE_LOOK_RNFR:
        up->other_named |= reply_is(code, 3);
        if (reply_is(code, 3))
            upload_name_taken(s);
        else if (reply_is(code, 4)) /* "busy" is not free */
            session_refused(s, STEP_RENAME);
        else
            upload_name_free(s);
        break;
    case STATE_EPSV:
    case STATE_PASV:
        open_passive_reply(s, code);
        break;
    case STATE_EPRT:
    case STATE_PORT:
        open_active_reply(s, code);
        break;
    case STATE_PART_SIZE:
    case STATE_PART_PLAIN:
        resume_size_reply(s, code);
        break;
    case STATE_HASH_KIND:
        verify_choose_reply(s, code);
        break;
    case STATE_HASH:
        verify_hash_reply(s, code);
        break;
    case STATE_REST:
        resume_restart_reply(s, code);
        break;
    case STATE_STOR:
    case STATE_APPE:
    case STATE_RETR:
    case STATE_DATA_HANDSHAKE:
    case STATE_SEND:
    case STATE_RECEIVE:
        upload_store_reply(s, code);
        break;
    case STATE_KEEP_TIME:
        upload_time_reply(s, code);
        break;
    case STATE_FINAL:
        upload_final_reply(s, code);
        break;
    case STATE_NEXT_EPSV:
    case STATE_NEXT_PASV:
        open_early_reply(s, code);
        break;
    case STATE_SIZE:
        upload_size_reply(s, code);
        break;
    case STATE_RNFR:
        if (reply_is(code, 3))
            session_enter(s, STATE_RNTO);
        else
            upload_not_renamed(s);
        break;
    case STATE_RNTO:
        if (reply_is(code, 2))
            session_uploaded(s);
        else
            upload_rename_refused(s);
        break;
    case STATE_DELE_OLD:
        up->old_removed = reply_is(code, 2);
        if (up->old_removed)
            session_enter(s, STATE_NAMING);
        else
            session_fail(s, &up->err);
        break;
    case STATE_DELE_TRIAL:
        outcome_trial_reply(s, code);
        break;
    case STATE_DELE_PART:
        open_data(s);
        break;
    case STATE_ABORT:
        outcome_abort_reply(s, code);
        break;
    case STATE_DELE_TEMP:
        up->result.removed = reply_is(code, 2);
        outcome_removed(s);
        break;
    case STATE_TIDY_LOOK:
        tidy_look_reply(s, code);
        break;
    case STATE_TIDY:
        tidy_delete_reply(s, code);
        break;
    case STATE_QUIT:
        control_finish(s->control);
        session_enter(s, STATE_CLOSED);
        break;
    case STATE_CONNECT: /* no reply is awaited in these: control.c refuses one */
    case STATE_HANDSHAKE:
    case STATE_READY:
    case STATE_DATA_CONNECT:
    case STATE_NAMING:
    case STATE_CLOSED:
    case STATE_COUNT:
        break;
    }
}
