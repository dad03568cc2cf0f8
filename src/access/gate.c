/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define LOCK_FILE "gate.lock"
#define BOOT_ID   "/proc/sys/kernel/random/boot_id"

/* --- the record ------------------------------------------------------------------------------- */

void gate_clock(struct gate_now *ret_now)
{
    int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
    struct timespec ts;
    ssize_t n = 0;

    memset(ret_now, 0, sizeof(*ret_now));
    if (fd >= 0) {
        n = read(fd, ret_now->boot, sizeof(ret_now->boot) - 1);
        close(fd);
    }
    ret_now->boot[n > 0 ? strcspn(ret_now->boot, "\n") : 0] = '\0';
    clock_gettime(CLOCK_BOOTTIME, &ts);
    ret_now->ms = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
    ret_now->wall = time(NULL);
}

/* As it stands in the file. No file: nobody has failed yet. */
static int load(const struct gate *g, struct gate_state *ret_state, struct err *e)
{
    char path[FILE_PATH_MAX];
    struct record *record = NULL;
    int r = file_path(path, g->folder, GATE_FILE, e);

    if (r < 0)
        return r;
    r = record_load(&record, path, STEP_AUTHENTICATION, e);
    if (r == -ERR_NOT_FOUND) {
        *ret_state = (struct gate_state){.refused = 0};
        return 0;
    }
    if (r == 0)
        r = gate_state_load(ret_state, record, e);
    record_free(record);
    if (r == 0 || r == -ERR_NO_MEMORY)
        return r;
    return err_set_args(e, ERR_AUTH_RECORD, STEP_AUTHENTICATION, path, NULL);
}

static int save(const struct gate *g, const struct gate_state *state, struct err *e)
{
    struct record *record = record_new();
    char path[FILE_PATH_MAX];
    int r = file_path(path, g->folder, GATE_FILE, e);

    gate_state_save(state, record);
    if (r == 0)
        r = record_save(record, path, STEP_AUTHENTICATION, e);
    record_free(record);
    return r;
}

static int lock(const struct gate *g, int *ret_fd, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = file_path(path, g->folder, LOCK_FILE, e);

    return r < 0 ? r
                 : file_lock(path, FILE_LOCK_ALONE, GATE_WAIT_MS, ret_fd, STEP_AUTHENTICATION, e);
}

int gate_look(const struct gate *g, struct gate_state *ret_state, struct err *e)
{
    struct gate_state state;
    struct gate_now now;
    int r = load(g, &state, e);

    if (r < 0)
        return r;
    g->now(&now);
    gate_state_advance(&state, &now);
    *ret_state = state;
    return 0;
}

/* --- comparing -------------------------------------------------------------------------------- */

/* A text as a secret, for comparing in constant time; false when it is too long to be right. */
static bool as_secret(struct secret *s, const char *text)
{
    size_t len = text != NULL ? strnlen(text, SECRET_MAX + 1) : 0;

    secret_wipe(s);
    return secret_set(s, text != NULL ? text : "", len) == 0;
}

/* Always both comparisons, however the first one ends. */
static bool is_right(const struct gate_attempt *a, const char *user, const struct secret *password)
{
    static const struct secret none = SECRET_EMPTY;
    struct secret given = SECRET_EMPTY, own = SECRET_EMPTY;
    bool name_fits = as_secret(&given, a->user);
    bool own_fits = as_secret(&own, user);
    bool same_name = secret_equal(&given, &own);
    bool same_password = secret_equal(a->password != NULL ? a->password : &none, password);

    return name_fits & own_fits & same_name & same_password & (a->password != NULL) &
           (password->len > 0) & (own.len > 0);
}

/* --- attempts --------------------------------------------------------------------------------- */

static void safe(char dst[GATE_TEXT_MAX], const char *text)
{
    /* no more than can matter is looked at */
    safe_text(dst, GATE_TEXT_MAX, text != NULL ? text : "",
              text != NULL ? strnlen(text, GATE_TEXT_MAX) : 0);
}

static void note(struct gate_state *state, const struct gate_attempt *a, enum gate_outcome outcome,
                 const struct gate_now *now)
{
    struct gate_entry entry = {.time = now->wall, .outcome = outcome, .times = 1};

    safe(entry.service, a->service);
    safe(entry.source, a->source);
    safe(entry.user, a->user);
    gate_state_note(state, &entry);
}

static int refused(int64_t left_ms, struct err *e)
{
    char seconds[24];

    if (left_ms == INT64_MAX)
        return err_set(e, ERR_AUTH_STOPPED, STEP_AUTHENTICATION);
    str_format(seconds, sizeof(seconds), "%lld", (long long)((left_ms + 999) / 1000));
    return err_set_args(e, ERR_AUTH_LOCKED, STEP_AUTHENTICATION, seconds, NULL);
}

/* The attempt without a look at the password: written down and refused. */
static int refuse(const struct gate *g, struct gate_state *state, const struct gate_attempt *a,
                  enum gate_outcome outcome, int64_t left_ms, const struct gate_now *now,
                  struct err *e)
{
    int r;

    note(state, a, outcome, now);
    if (outcome == GATE_REFUSED)
        state->refused++;
    r = save(g, state, e);
    if (r < 0)
        return r;
    return outcome == GATE_REFUSED ? refused(left_ms, e)
                                   : err_set(e, ERR_NO_PASSWORD, STEP_AUTHENTICATION);
}

/* Counted as a failure first; a right one then takes that back. */
static int look_at(const struct gate *g, struct gate_state *state, const char *key,
                   const struct gate_attempt *a, const char *user, const struct secret *password,
                   const struct gate_now *now, struct err *e)
{
    struct gate_state before = *state;
    int r;

    note(state, a, GATE_WRONG, now);
    gate_state_fail(state, key, g->policy);
    r = save(g, state, e);
    if (r < 0)
        return r;
    if (!is_right(a, user, password))
        return err_set(e, ERR_AUTH_WRONG, STEP_AUTHENTICATION);
    note(&before, a, GATE_RIGHT, now);
    gate_state_succeed(&before, key);
    return save(g, &before, e);
}

int gate_check(const struct gate *g, const struct gate_attempt *a, const char *user,
               const struct secret *password, struct err *e)
{
    char key[GATE_TEXT_MAX];
    struct gate_state state;
    struct gate_now now;
    int64_t left_ms;
    int fd = -1;
    int r = lock(g, &fd, e);

    if (r < 0)
        return r;
    r = load(g, &state, e);
    if (r < 0)
        goto out;
    g->now(&now);
    gate_state_advance(&state, &now);
    gate_source_key(a->source, key);
    left_ms = gate_state_left(&state, key, g->policy);
    if (password->len == 0)
        r = refuse(g, &state, a, GATE_NO_PASSWORD, 0, &now, e);
    else if (left_ms > 0)
        r = refuse(g, &state, a, GATE_REFUSED, left_ms, &now, e);
    else
        r = look_at(g, &state, key, a, user, password, &now, e);
out:
    close(fd);
    return r;
}

int gate_ask(const struct gate *g, const char *source, struct err *e)
{
    char key[GATE_TEXT_MAX];
    struct gate_state state;
    int64_t left_ms;
    int fd = -1;
    int r = lock(g, &fd, e); /* not in the middle of a login, which counts as wrong till its end */

    if (r < 0)
        return r;
    r = gate_look(g, &state, e);
    close(fd);
    if (r < 0)
        return r;
    gate_source_key(source, key);
    left_ms = gate_state_left(&state, key, g->policy);
    return left_ms > 0 ? refused(left_ms, e) : 0;
}

/* --- lifting ---------------------------------------------------------------------------------- */

static int put_aside(const struct gate *g, struct err *e)
{
    char path[FILE_PATH_MAX], aside[FILE_PATH_MAX];
    int r;

    if ((r = file_path(path, g->folder, GATE_FILE, e)) < 0 ||
        (r = file_path(aside, g->folder, GATE_DAMAGED, e)) < 0)
        return r;
    return file_move(path, aside, STEP_AUTHENTICATION, e);
}

int gate_lift(const struct gate *g, const char *by, struct err *e)
{
    const struct gate_attempt lifted = {.service = by};
    struct gate_state state;
    struct gate_now now;
    int fd = -1;
    int r = lock(g, &fd, e);

    if (r < 0)
        return r;
    r = load(g, &state, e);
    if (r == -ERR_AUTH_RECORD) {
        state = (struct gate_state){.refused = 0};
        r = put_aside(g, e);
    }
    if (r < 0)
        goto out;
    g->now(&now);
    gate_state_advance(&state, &now);
    gate_state_lift(&state);
    note(&state, &lifted, GATE_LIFTED, &now);
    r = save(g, &state, e);
out:
    close(fd);
    return r;
}
