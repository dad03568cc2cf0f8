/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/resume.h"
#include "ftpes/open.h"

#include "base/str.h"
#include "ftpes/upload.h"
#include "ftpes/verify.h"

#define LOOKS_MAX 3

static void begin_anew(struct ftpes_session *s)
{
    verify_forget(s);
    s->up.looking = false;
    s->up.transfer = TRANSFER_STORE;
    s->up.offset = s->up.result.continued = 0;
}

void resume_start_over(struct ftpes_session *s)
{
    begin_anew(s);
    open_data(s);
}

/* --- what an earlier attempt left ------------------------------------------------------------ */

void resume_begin(struct ftpes_session *s)
{
    s->up.looking = s->up.resume && s->up.size > 0;
    if (s->up.looking)
        session_enter(s, STATE_PART_SIZE);
    else
        open_data(s);
}

static bool can_continue(const struct ftpes_session *s)
{
    return (s->features & FEATURE_REST) || !s->no_appe;
}

void resume_size_reply(struct ftpes_session *s, int code)
{
    struct upload *up = &s->up;
    int64_t size = code == 213 ? reply_size(control_reply(s->control)) : -1;
    bool again = up->looks > 0 && size == up->stored;

    if (code == 550 && s->state == STATE_PART_SIZE) {
        name_temporary(up->temp, up->temp_id, false);
        session_enter(s, STATE_PART_PLAIN);
        return;
    }
    if (code != 213)
        name_temporary(up->temp, up->temp_id, true);
    up->may_exist |= code == 213;
    up->stored = size;
    if (size <= 0 || size > up->size || again || (size < up->size && !can_continue(s)))
        resume_start_over(s);
    else
        verify_part(s);
}

/*
 * It is not the beginning of the file. The server may still have been busy with what came before
 * the connection was lost, so that it grew meanwhile: then its size has changed.
 */
void resume_look_again(struct ftpes_session *s)
{
    verify_forget(s);
    s->up.transfer = TRANSFER_STORE;
    if (++s->up.looks < LOOKS_MAX)
        session_enter(s, STATE_PART_PLAIN); /* under the name where it was found */
    else
        resume_start_over(s);
}

/* What is there is the file's. */
void resume_go_on(struct ftpes_session *s)
{
    struct upload *up = &s->up;

    up->transfer = TRANSFER_STORE;
    up->offset = up->result.continued = up->stored;
    if (up->stored < up->size) {
        open_data(s);
        return;
    }
    up->looking = false;
    up->sent = true;
    upload_complete(s);
}

/* --- going on -------------------------------------------------------------------------------- */

void resume_transfer(struct ftpes_session *s)
{
    bool store = s->up.transfer == TRANSFER_STORE;

    if (s->up.offset == 0)
        session_enter(s, store ? STATE_STOR : STATE_RETR);
    else
        session_enter(s, s->features & FEATURE_REST ? STATE_REST : STATE_APPE);
}

void resume_restart(struct ftpes_session *s)
{
    char arg[24];

    str_format(arg, sizeof(arg), "%lld", (long long)s->up.offset);
    session_send(s, "REST", arg);
}

/* RFC 3659 section 5.4: 350, and the next command is the transfer. */
void resume_restart_reply(struct ftpes_session *s, int code)
{
    if (code == 350) {
        session_enter(s, s->up.transfer == TRANSFER_STORE ? STATE_STOR : STATE_RETR);
        return;
    }
    s->features &= ~(unsigned)FEATURE_REST;
    if (s->up.transfer != TRANSFER_STORE) {
        verify_read_refused(s);
    } else if (!s->no_appe) {
        session_enter(s, STATE_APPE);
    } else {
        begin_anew(s);
        session_enter(s, STATE_STOR);
    }
}

void resume_refused(struct ftpes_session *s)
{
    if (s->features & FEATURE_REST)
        s->features &= ~(unsigned)FEATURE_REST;
    else
        s->no_appe = true;
    resume_start_over(s);
}

void resume_once_more(struct ftpes_session *s)
{
    s->up.looks = 0;
    s->up.sent = false;
    if (s->up.marked && s->up.offset > 0 && s->up.transfer == TRANSFER_STORE)
        resume_begin(s);
    else
        open_data(s);
}

void resume_sending(struct ftpes_session *s)
{
    s->up.looking = false;
    if (s->up.offset > 0)
        s->events.progress(s->arg, s->up.offset, s->up.offset);
}

/* --- the end --------------------------------------------------------------------------------- */

static bool is_asking(const struct ftpes_session *s)
{
    return s->state == STATE_PART_SIZE || s->state == STATE_PART_PLAIN ||
           s->state == STATE_HASH_KIND || (s->state == STATE_HASH && !s->up.hash_said) ||
           s->state == STATE_REST;
}

bool resume_cancel(struct ftpes_session *s)
{
    if (!is_asking(s))
        return false;
    s->up.cancelled = true;
    verify_forget(s); /* the file may be closed from now on */
    return true;
}

bool resume_cancelled(struct ftpes_session *s, int code)
{
    if (!s->up.cancelled || reply_is(code, 1))
        return false;
    s->up.cancelled = false;
    s->up.may_exist = true;
    session_fail_with(s, ERR_CANCELLED);
    return true;
}

bool resume_was_in_vain(const struct ftpes_session *s, const struct err *err)
{
    return s->up.looking || (s->up.result.continued > 0 &&
                             (err->code == ERR_PART_DIFFERS || err->code == ERR_SIZE_DIFFERS));
}
