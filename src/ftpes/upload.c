/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/upload.h"

#include <string.h>
#include <time.h>

#include "base/str.h"
#include "ftpes/classify.h"
#include "ftpes/open.h"
#include "ftpes/outcome.h"
#include "ftpes/resume.h"
#include "ftpes/tidy.h"
#include "ftpes/verify.h"

#define NUMBER_MAX 999 /* of "name (N).ext" */

/* The server does not know the command, rather than refusing it here and now (RFC 959 4.2.1). */
static bool is_unknown_command(int code)
{
    return code == 500 || code == 502 || code == 504;
}

static struct err reply_error(const struct ftpes_session *s, enum err_step step)
{
    return session_reply_error(s, classify_reply(step, control_reply(s->control)->code));
}

/* --- to the folder ----------------------------------------------------------------------- */

/* Skipping is decided before the file is sent; numbering after, when the name is really wanted.
 */
static void choose(struct ftpes_session *s)
{
    if (s->up.exists == FTPES_EXISTS_SKIP)
        session_enter(s, STATE_LOOK_SIZE);
    else
        resume_begin(s);
}

static void after_folder(struct ftpes_session *s)
{
    if (s->up.remove)
        tidy_begin(s);
    else if (s->up.named[0] != '\0')
        session_enter(s, STATE_LOOK_NAMED);
    else
        choose(s);
}

/*
 * SIZE was asked for the name of an earlier attempt, then for what it may have stored to: it came
 * as far as RNTO, and nobody saw its end. It was done only if the one is there and the others are
 * not. If not, its name is worth nothing any more: this attempt may remove the temporary name, and
 * then a file that somebody else left under that name would pass for ours.
 */
void upload_earlier_reply(struct ftpes_session *s, int code)
{
    struct upload *up = &s->up;

    if (reply_is(code, 4)) {
        session_refused(s, STEP_SIZE);
    } else if (s->state == STATE_LOOK_NAMED && code == 213 && upload_size_agrees(s)) {
        session_enter(s, STATE_LOOK_TEMP);
    } else if (s->state == STATE_LOOK_TEMP && code == 550) {
        name_temporary(up->temp, up->temp_id, false);
        session_enter(s, STATE_LOOK_PLAIN);
    } else if (s->state == STATE_LOOK_PLAIN && code == 550) {
        str_copy(up->final, sizeof(up->final), up->named);
        session_uploaded(s);
    } else {
        name_temporary(up->temp, up->temp_id, s->state != STATE_LOOK_PLAIN || code != 213);
        if (outcome_tell_naming(s, NULL))
            choose(s);
    }
}

void upload_in_folder(struct ftpes_session *s)
{
    s->where = s->up.folder[0] != '\0' ? WHERE_FOLDER : WHERE_HOME;
    str_copy(s->folder, sizeof(s->folder), s->up.folder);
    after_folder(s);
}

void upload_begin(struct ftpes_session *s)
{
    const char *folder = s->up.folder;
    bool absolute = folder[0] == '/';

    if (s->where == WHERE_HOME && folder[0] == '\0') {
        after_folder(s);
    } else if (s->where == WHERE_FOLDER && strcmp(s->folder, folder) == 0) {
        s->up.still_there = true;
        after_folder(s);
    } else if (s->where == WHERE_HOME || absolute) {
        session_enter(s, STATE_CWD_WHOLE);
    } else if (s->home[0] != '\0') {
        session_enter(s, STATE_CWD_HOME);
    } else {
        session_fail_with(s, ERR_CLOSED); /* only a new session begins where login ends */
    }
}

static void next_part(struct ftpes_session *s)
{
    if (name_next_part(&s->up.path, s->up.part))
        session_enter(s, STATE_CWD_PART);
    else
        upload_in_folder(s);
}

void upload_made_reply(struct ftpes_session *s, int code)
{
    s->up.err = reply_is(code, 2) ? (struct err){0} : reply_error(s, STEP_FOLDER);
    session_enter(s, STATE_CWD_MADE);
}

void upload_part_reply(struct ftpes_session *s, int code)
{
    if (reply_is(code, 2))
        next_part(s);
    else if (s->state == STATE_CWD_MADE && s->up.err.code != ERR_NONE)
        session_fail(s, &s->up.err); /* MKD's reply has the reason */
    else
        session_refused(s, STEP_FOLDER);
}

/* CWD of the whole path was refused: part by part, from the root or from where login ended. */
void upload_walk(struct ftpes_session *s)
{
    s->up.path = s->up.folder;
    s->where = WHERE_LOST;
    if (s->up.folder[0] == '/')
        session_enter(s, STATE_CWD_ROOT);
    else
        next_part(s);
}

void upload_at_home(struct ftpes_session *s)
{
    s->where = WHERE_HOME;
    upload_begin(s);
}

/* --- the name ---------------------------------------------------------------------------- */

enum state upload_after_time(const struct ftpes_session *s)
{
    return s->up.exists == FTPES_EXISTS_OVERWRITE ? STATE_NAMING : STATE_LOOK_SIZE;
}

void upload_name_free(struct ftpes_session *s)
{
    if (!s->up.sent)
        resume_begin(s);
    else if (s->up.rename_refused)
        session_fail(s, &s->up.err); /* so the name is not what was in the way */
    else
        session_enter(s, STATE_NAMING);
}

void upload_name_taken(struct ftpes_session *s)
{
    struct upload *up = &s->up;

    up->rename_refused = false;
    if (up->exists == FTPES_EXISTS_SKIP) {
        up->result.skipped = true;
        up->may_exist |= up->resume; /* an earlier attempt at it */
        session_remove_temp(s);
    } else if (++up->number > NUMBER_MAX || !name_numbered(up->final, up->name, up->number)) {
        session_fail_with(s, ERR_RENAME);
    } else {
        session_enter(s, STATE_LOOK_SIZE);
    }
}

/* RNFR was refused, and RNTO behind it did nothing, if it went out. */
void upload_not_renamed(struct ftpes_session *s)
{
    struct err err = reply_error(s, STEP_RENAME);

    if (outcome_tell_naming(s, NULL))
        session_fail(s, &err);
}

/*
 * RNTO was refused. Many servers do not rename over a file that is there: then it goes first, or
 * another name is looked for if somebody took this one since it was free.
 */
void upload_rename_refused(struct ftpes_session *s)
{
    struct upload *up = &s->up;

    up->err = reply_error(s, STEP_RENAME);
    if (!outcome_tell_naming(s, NULL))
        return;
    if (!reply_is(control_reply(s->control)->code, 5) || up->old_removed) {
        session_fail(s, &up->err);
    } else if (up->exists == FTPES_EXISTS_OVERWRITE) {
        session_enter(s, STATE_DELE_OLD);
    } else {
        up->rename_refused = true;
        session_enter(s, STATE_LOOK_SIZE);
    }
}

/* --- STOR -------------------------------------------------------------------------------- */

/* Both are needed, in either order: the server's mark (125, 150) and the data connection. */
void upload_when_ready(struct ftpes_session *s)
{
    struct err err;

    if (!s->up.marked || !s->data_up)
        return;
    if (!s->secure || s->data_secured)
        session_enter(s, s->up.transfer == TRANSFER_STORE ? STATE_SEND : STATE_RECEIVE);
    else if (data_tls(s->data) == NULL && session_secure_data(s, &err) < 0)
        session_fail(s, &err);
    else
        session_enter(s, STATE_DATA_HANDSHAKE);
}

/* Go on: the file may be sent now. More than one mark is odd, but harmless. */
static void store_marked(struct ftpes_session *s)
{
    bool first = !s->up.marked;

    s->up.marked = s->up.may_exist = true;
    if (s->state == STATE_SEND || s->state == STATE_RECEIVE)
        control_await(s->control);
    else
        control_expect(s->control, s->times.reply);
    if (s->data == NULL && s->up.transfer == TRANSFER_STORE)
        session_fail_with(s, ERR_ABORTED); /* the data connection was closed before */
    else if (s->data == NULL)
        s->up.check = CHECK_FAILED; /* RETR's last reply is still to come */
    else if (first)
        upload_when_ready(s);
}

/*
 * STOR is refused for good. The folder that an earlier file went to may have been moved away since,
 * as ingest systems do; an older part may be in the way; hidden names may not be allowed.
 */
static void store_refused(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    bool for_now = control_reply(s->control)->code == 451; /* so proftpd forbids to go on */

    up->err = reply_error(s, STEP_STORE);
    if (up->offset > 0 && (up->err.code == ERR_STORE || for_now)) {
        resume_refused(s);
        return;
    }
    if (up->err.code == ERR_STORE && up->still_there) {
        up->still_there = false;
        up->path = NULL;
        s->where = WHERE_LOST;
        upload_begin(s);
        return;
    }
    if (up->err.code == ERR_STORE && up->store_refusals++ == 0) {
        session_enter(s, STATE_DELE_PART);
    } else if (up->err.code == ERR_STORE && up->store_refusals == 2) {
        name_temporary(up->temp, up->temp_id, false);
        if (up->trial && up->final[0] == '.')
            memmove(up->final, up->final + 1, strlen(up->final));
        open_data(s);
    } else {
        session_fail(s, &up->err);
    }
}

/* STOR's last reply, before all bytes were sent: whatever it says, the file is not there. */
static void store_ended(struct ftpes_session *s, int code)
{
    struct err err;

    s->up.sent = false;
    s->up.storing = false;
    session_drop_data(s);
    if (reply_is(code, 2)) {
        s->up.may_exist = true;
        err = session_reply_error(s, ERR_ABORTED);
        session_fail(s, &err);
    } else if (code == 425 && !s->up.data_refused) {
        s->up.data_refused = true;
        resume_once_more(s);
    } else if (!s->up.marked) {
        store_refused(s);
    } else {
        session_refused(s, STEP_STORE);
    }
}

void upload_store_reply(struct ftpes_session *s, int code)
{
    if (reply_is(code, 1))
        store_marked(s);
    else if (s->up.transfer != TRANSFER_STORE)
        verify_read_reply(s, code);
    else
        store_ended(s, code);
}

void upload_final_reply(struct ftpes_session *s, int code)
{
    if (reply_is(code, 1)) { /* one more mark: its last reply is still to come */
        control_await(s->control);
        return;
    }
    s->up.storing = false;
    session_drop_data(s);
    if (reply_is(code, 2))
        session_enter(s, open_early(s));
    else
        store_ended(s, code);
}

bool upload_size_agrees(const struct ftpes_session *s)
{
    return reply_size(control_reply(s->control)) == s->up.size;
}

/* Both sizes are told. */
static void size_differs(struct ftpes_session *s, int64_t told)
{
    struct err err = session_reply_error(s, ERR_SIZE_DIFFERS);

    str_format(err.arg[0], sizeof(err.arg[0]), "%lld", (long long)told);
    str_format(err.arg[1], sizeof(err.arg[1]), "%lld", (long long)s->up.size);
    session_fail(s, &err);
}

/* A server whose 213 cannot be read is one without SIZE. */
void upload_size_reply(struct ftpes_session *s, int code)
{
    int64_t told = reply_size(control_reply(s->control));

    s->size_works = code == 213 && told >= 0;
    if (is_unknown_command(code) || (code == 213 && told < 0))
        verify_by_reading(s);
    else if (code != 213)
        session_refused(s, STEP_SIZE);
    else if (told == s->up.size)
        verify_whole(s);
    else
        size_differs(s, told);
}

/* --- the time ---------------------------------------------------------------------------- */

enum state upload_after_complete(const struct ftpes_session *s)
{
    bool keep = s->up.mtime > 0 && s->features & (FEATURE_MFMT | FEATURE_MDTM);

    return keep ? STATE_KEEP_TIME : upload_after_time(s);
}

void upload_complete(struct ftpes_session *s)
{
    session_enter(s, upload_after_complete(s));
}

/*
 * MFMT (draft-somers-ftp-mfxx section 3); without it MDTM with a time before the name, which vsftpd
 * and others take: who does not, looks for a file of that name and does not find it.
 */
const char *upload_time_verb(const struct ftpes_session *s)
{
    return s->features & FEATURE_MFMT ? "MFMT" : "MDTM";
}

/* Its argument, for the name that the file is stored under. */
void upload_write_time(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    time_t t = (time_t)up->mtime;
    struct tm tm;
    size_t n = 0;

    if (gmtime_r(&t, &tm) != NULL)
        n = strftime(up->time, sizeof(up->time), "%Y%m%d%H%M%S ", &tm);
    str_copy(up->time + n, sizeof(up->time) - n, up->temp);
}

/* It is a help, not a need: who refuses for good is not asked again in this session. */
void upload_time_reply(struct ftpes_session *s, int code)
{
    if (!reply_is(code, 2) && !reply_is(code, 4))
        s->features &= ~(unsigned)(FEATURE_MFMT | FEATURE_MDTM);
    session_enter(s, upload_after_time(s));
}
