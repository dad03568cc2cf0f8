/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/verify.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ftpes/open.h"
#include "ftpes/resume.h"
#include "ftpes/upload.h"

#define TAIL      (64 * 1024) /* bytes that are compared where there is no hash */
#define HASH_RATE 20000       /* bytes a millisecond: the slowest disk that a server hashes from */

/* Ways to a hash of what the server has, the best first. */
static const struct hash_way {
    enum feature feature;
    enum digest_kind kind;
    const char *command;
    const char *choice; /* of OPTS HASH; NULL when the command says it itself */
} ways[] = {
    {FEATURE_HASH_SHA256, DIGEST_SHA256, "HASH", "SHA-256"},
    {FEATURE_XSHA256, DIGEST_SHA256, "XSHA256", NULL},
    {FEATURE_HASH_SHA1, DIGEST_SHA1, "HASH", "SHA-1"},
    {FEATURE_XSHA1, DIGEST_SHA1, "XSHA1", NULL},
    {FEATURE_HASH_CRC32, DIGEST_CRC32, "HASH", "CRC32"},
    {FEATURE_XCRC, DIGEST_CRC32, "XCRC", NULL},
};

/* The best that has not failed in this session; NULL when there is none. */
static const struct hash_way *find_way(const struct ftpes_session *s)
{
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        if (s->features & ways[i].feature)
            return &ways[i];
    }
    return NULL;
}

static void differs(struct ftpes_session *s)
{
    session_fail_with(s, ERR_PART_DIFFERS);
}

void verify_forget(struct ftpes_session *s)
{
    digest_free(s->up.digest);
    s->up.digest = NULL;
}

static int64_t tail_of(int64_t end)
{
    return end > TAIL ? end - TAIL : 0;
}

static bool can_read(const struct ftpes_session *s, int64_t end)
{
    return !s->no_retr && (tail_of(end) == 0 || (s->features & FEATURE_REST));
}

static void read_tail(struct ftpes_session *s, enum transfer transfer, int64_t end)
{
    s->up.transfer = transfer;
    s->up.offset = tail_of(end);
    s->up.check = CHECK_OPEN;
    open_data(s);
}

static void ask_for_hash(struct ftpes_session *s)
{
    const char *choice = s->up.way->choice;
    bool chosen = choice == NULL || (s->hash_kind != NULL && strcasecmp(s->hash_kind, choice) == 0);

    session_enter(s, chosen ? STATE_HASH : STATE_HASH_KIND);
}

void verify_part(struct ftpes_session *s)
{
    s->up.all_hashed = false;
    s->up.way = find_way(s);
    if (s->up.way != NULL)
        ask_for_hash(s);
    else if (can_read(s, s->up.stored))
        read_tail(s, TRANSFER_CHECK_PART, s->up.stored);
    else
        resume_start_over(s);
}

/* --- hashes ---------------------------------------------------------------------------------- */

void verify_choose_hash(struct ftpes_session *s)
{
    char arg[32];

    str_format(arg, sizeof(arg), "HASH %s", s->up.way->choice);
    session_send(s, "OPTS", arg);
}

/* This way does not lead there: the next one. */
static void next_way(struct ftpes_session *s)
{
    s->features &= ~(unsigned)s->up.way->feature;
    if (s->up.all_hashed) {
        upload_complete(s); /* SIZE agrees, and the part was checked */
        return;
    }
    verify_forget(s);
    verify_part(s);
}

void verify_choose_reply(struct ftpes_session *s, int code)
{
    s->hash_kind = reply_is(code, 2) ? s->up.way->choice : NULL;
    if (s->hash_kind != NULL)
        session_enter(s, STATE_HASH);
    else
        next_way(s);
}

/* The server's hash and ours, once both are there. */
static void compare_hashes(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    char ours[DIGEST_TEXT_MAX];
    struct err err;

    if (!up->hash_said || (!up->all_hashed && !digest_ended(up->digest)))
        return;
    if (digest_error(up->digest)->code != ERR_NONE) {
        err = *digest_error(up->digest);
        safe_text(err.arg[0], sizeof(err.arg[0]), up->name, strlen(up->name));
        session_fail(s, &err);
        return;
    }
    digest_text(up->digest, ours);
    if (strcmp(ours, up->hash) != 0)
        (up->all_hashed ? differs : resume_look_again)(s);
    else if (up->all_hashed)
        upload_complete(s);
    else
        resume_go_on(s);
}

static void on_digest(void *arg)
{
    struct ftpes_session *s = arg;

    if (s->state == STATE_HASH)
        compare_hashes(s);
}

static int64_t hash_deadline(const struct ftpes_session *s)
{
    return s->times.reply + (s->up.all_hashed ? s->up.size : s->up.stored) / HASH_RATE;
}

/* Both hash at the same time. The whole has been hashed while it was sent. */
void verify_hash(struct ftpes_session *s)
{
    struct upload *up = &s->up;
    const struct hash_way *way = s->up.way;

    up->hash_said = false;
    if (!up->all_hashed) {
        verify_forget(s);
        up->digest = digest_new(s->loop, way->kind, up->fd, on_digest, s);
        if (up->digest == NULL) {
            session_fail_with(s, ERR_NO_MEMORY);
            return;
        }
        digest_read(up->digest, up->stored);
    }
    session_ask(s, way->command, up->temp, hash_deadline(s));
}

void verify_hash_reply(struct ftpes_session *s, int code)
{
    struct upload *up = &s->up;
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (reply_is(code, 1)) { /* it is busy with it */
        control_expect(s->control, hash_deadline(s));
        return;
    }
    up->hash_said = reply_is(code, 2) && digest_in_reply(s->up.way->kind, words, len, up->hash);
    if (up->hash_said)
        compare_hashes(s);
    else
        next_way(s);
}

void verify_whole(struct ftpes_session *s)
{
    s->up.all_hashed = true;
    if (s->up.digest != NULL)
        session_enter(s, STATE_HASH);
    else
        upload_complete(s);
}

/* --- reading the last bytes ------------------------------------------------------------------ */

void verify_expect(struct ftpes_session *s)
{
    bool part = s->up.transfer == TRANSFER_CHECK_PART;

    data_expect(s->data, s->up.fd, s->up.offset, part ? s->up.stored : s->up.size);
}

/* RETR is over: its last reply is there, and the bytes are or will not come. */
static void tail_read(struct ftpes_session *s)
{
    bool part = s->up.transfer == TRANSFER_CHECK_PART;

    session_drop_data(s);
    s->up.transfer = TRANSFER_STORE;
    switch (s->up.check) {
    case CHECK_EQUAL:
        (part ? resume_go_on : upload_complete)(s);
        break;
    case CHECK_DIFFERS:
        (part ? resume_look_again : differs)(s);
        break;
    case CHECK_OPEN:
    case CHECK_FAILED:
        s->up.result.unchecked = !part;
        (part ? resume_start_over : upload_complete)(s);
        break;
    }
}

void verify_received(struct ftpes_session *s)
{
    s->up.check = data_equal(s->data) ? CHECK_EQUAL : CHECK_DIFFERS;
    if (s->up.storing)
        control_expect(s->control, s->times.final);
    else
        tail_read(s);
}

/*
 * The bytes decide, not the reply. It may overtake the data connection, even the news that there is
 * one: then that is waited for.
 */
void verify_read_reply(struct ftpes_session *s, int code)
{
    struct upload *up = &s->up;

    up->storing = false;
    if (code == 425 && !up->data_refused) {
        up->data_refused = true;
        open_data(s);
        return;
    }
    s->no_retr |= !up->marked && reply_is(code, 5);
    if (up->check != CHECK_OPEN || s->data == NULL || !up->marked || !reply_is(code, 2))
        tail_read(s);
    else if (s->state == STATE_RETR)
        loop_timer_start(s->timer, s->times.reply);
}

bool verify_data_failed(struct ftpes_session *s, const struct err *err)
{
    if (s->up.transfer == TRANSFER_STORE || !s->up.marked ||
        err_class(err->code) != ERR_CLASS_RETRY)
        return false;
    s->up.check = CHECK_FAILED;
    session_drop_data(s);
    if (s->up.storing)
        control_expect(s->control, s->times.final);
    else
        tail_read(s);
    return true;
}

void verify_read_refused(struct ftpes_session *s)
{
    s->up.check = CHECK_FAILED;
    tail_read(s);
}

void verify_by_reading(struct ftpes_session *s)
{
    if (can_read(s, s->up.size)) {
        read_tail(s, TRANSFER_CHECK_WHOLE, s->up.size);
        return;
    }
    s->up.result.unchecked = true;
    upload_complete(s);
}
