/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_trial.c - the part of a check that logs in: upload sessions with a small file that is
 * stored, renamed and deleted. One as the settings are (PHASE_TRIAL); then one with the other kind
 * of data connections, and one that does not resume TLS sessions. All use the same temporary name,
 * so that what a broken one may have left is removed by the next; vsftpd, for one, makes the file,
 * refuses the data connection and ends the session. PHASE_TIDY is for the last one.
 */
#include <unistd.h>

#include "base/str.h"
#include "ftpes/check_private.h"

/* What PHASE_TRIAL goes through, in this order; ACTIVE or PASSIVE stands at its place. */
static enum check_id kind_of_data(const struct check *c)
{
    return c->server.passive ? CHECK_PASSIVE : CHECK_ACTIVE;
}

static enum check_id other_kind(const struct check *c)
{
    return c->server.passive ? CHECK_ACTIVE : CHECK_PASSIVE;
}

/*
 * The item that a step belongs to. In active mode the server connects only after STOR, so that the
 * connection's item lasts until it is seen to be used.
 */
static enum check_id item_of(const struct check *c, enum err_step step)
{
    const struct {
        enum err_step step;
        enum check_id item;
    } rows[] = {
        {STEP_PROTECT, CHECK_PROTECT},
        {STEP_SETUP, CHECK_SETUP},
        {STEP_FOLDER, CHECK_FOLDER},
        {STEP_DATA_CONNECT, kind_of_data(c)},
        {STEP_RESUME, CHECK_WRITE},
        {STEP_STORE, c->server.passive ? CHECK_WRITE : kind_of_data(c)},
        {STEP_SEND, c->server.passive ? CHECK_WRITE : kind_of_data(c)},
        {STEP_DATA_HANDSHAKE, CHECK_WRITE},
        {STEP_FINISH, CHECK_WRITE},
        {STEP_SIZE, CHECK_WRITE},
        {STEP_RENAME, CHECK_RENAME},
        {STEP_DELETE, CHECK_DELETE},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].step == step)
            return rows[i].item;
    return CHECK_LOGIN; /* connecting once more, and logging in */
}

/* Items before this one are passed; the other kind of data connection has its own phase. */
static void pass(struct check *c, enum check_id before)
{
    for (int id = CHECK_LOGIN; id < (int)before; id++)
        if (c->report.items[id].outcome <= CHECK_RUNNING && id != (int)other_kind(c) &&
            (id != CHECK_PROTECT || c->report.secure))
            check_set(c, (enum check_id)id, CHECK_OK, NULL);
}

static void on_step(void *arg, enum err_step step)
{
    struct check *c = arg;
    enum check_id id = item_of(c, step);

    if (step == STEP_QUIT)
        return;
    c->connected |= step == STEP_DATA_HANDSHAKE || step == STEP_FINISH;
    c->left |= step == STEP_STORE;
    c->step = step;
    if (c->phase != PHASE_TRIAL || c->report.items[id].outcome > CHECK_RUNNING)
        return;
    pass(c, id);
    check_set(c, id, CHECK_RUNNING, NULL);
}

static void on_ready(void *arg)
{
    struct check *c = arg;
    struct ftpes_task task = {.fd = c->fd,
                              .size = c->size,
                              .folder = c->folder,
                              .name = c->name,
                              .temp_id = c->temp_id,
                              .exists = FTPES_EXISTS_OVERWRITE,
                              .trial = true};

    if (c->put) {
        ftpes_session_quit(c->session);
        return;
    }
    c->put = true;
    if (c->phase == PHASE_TRIAL)
        c->report.abilities = ftpes_session_abilities(c->session);
    if (lseek(c->fd, 0, SEEK_SET) != 0 || ftpes_session_put(c->session, &task, &c->trial_err) < 0) {
        c->tried = true;
        ftpes_session_quit(c->session);
    }
}

static void on_progress(void *arg, int64_t sent, int64_t from)
{
    (void)arg;
    (void)sent;
    (void)from;
}

static void on_done(void *arg, const struct ftpes_result *result, const struct err *err)
{
    struct check *c = arg;

    c->tried = true;
    if (err != NULL)
        c->trial_err = *err;
    else
        c->left = false;
    if (c->phase == PHASE_TRIAL)
        c->resumed = result->resumed;
}

/* --- how each phase ends -------------------------------------------------------------------- */

/* Which item the error of PHASE_TRIAL belongs to. */
static enum check_id failed_item(const struct check *c, const struct err *err)
{
    enum check_id id = item_of(c, err->step);

    if (err->code == ERR_SESSION_REUSE)
        return CHECK_RESUMPTION;
    /* In active mode: the server refuses the file, not the connection. */
    if (id == kind_of_data(c) && err->step == STEP_STORE &&
        (err->code == ERR_STORE || err->code == ERR_SERVER_FULL || err->code == ERR_PROT ||
         err->code == ERR_LOGIN))
        return CHECK_WRITE;
    return id;
}

static void end_trial(struct check *c)
{
    const struct err *err = &c->trial_err;
    enum check_id id;

    if (err->code == ERR_NONE) {
        pass(c, CHECK_RESUMPTION);
    } else {
        id = failed_item(c, err);
        pass(c, id == CHECK_RESUMPTION ? CHECK_WRITE : id);
        check_set(c, id, id == CHECK_DELETE ? CHECK_WARNING : CHECK_FAILED, err);
        check_skip(c, CHECK_LOGIN, CHECK_DELETE, id);
    }
    if (c->report.items[CHECK_WRITE].outcome != CHECK_OK) {
        id = err->code == ERR_NONE ? CHECK_WRITE : failed_item(c, err);
        check_skip(c, CHECK_LOGIN, CHECK_RESUMPTION, id);
    } else if (!c->report.secure) {
        check_skip(c, CHECK_PROTECT, CHECK_PROTECT, CHECK_AUTH);
        check_skip(c, CHECK_RESUMPTION, CHECK_RESUMPTION, CHECK_AUTH);
    } else if (!c->resumed) {
        c->report.resumption = CHECK_RESUMPTION_NONE;
        check_set(c, CHECK_RESUMPTION, CHECK_NOTE, NULL);
    }
    check_go(c, PHASE_OTHER);
}

/* Nothing that a job needs: a note at most. */
static void end_other(struct check *c)
{
    bool works = c->connected || c->trial_err.code == ERR_NONE;

    check_set(c, other_kind(c), works ? CHECK_OK : CHECK_NOTE, works ? NULL : &c->trial_err);
    check_go(c, PHASE_UNRESUMED);
}

/* From STOR to its last reply: here a data connection that is not resumed is refused. */
static bool is_of_data(enum err_step step)
{
    return step == STEP_STORE || step == STEP_DATA_HANDSHAKE || step == STEP_SEND ||
           step == STEP_FINISH;
}

/* It worked with resuming, with everything else the same. */
static void end_unresumed(struct check *c)
{
    enum check_resumption found = CHECK_RESUMPTION_UNKNOWN;

    if (c->trial_err.code == ERR_NONE)
        found = CHECK_RESUMPTION_USED;
    else if (is_of_data(c->trial_err.step) || c->trial_err.code == ERR_SESSION_REUSE)
        found = CHECK_RESUMPTION_REQUIRED;
    c->report.resumption = found;
    check_set(c, CHECK_RESUMPTION, found == CHECK_RESUMPTION_UNKNOWN ? CHECK_NOTE : CHECK_OK,
              found == CHECK_RESUMPTION_UNKNOWN ? &c->trial_err : NULL);
    check_go(c, PHASE_TIDY);
}

static void end_phase(struct check *c)
{
    switch (c->phase) {
    case PHASE_TRIAL:
        end_trial(c);
        break;
    case PHASE_OTHER:
        end_other(c);
        break;
    case PHASE_UNRESUMED:
        end_unresumed(c);
        break;
    case PHASE_TIDY:
        check_go(c, PHASE_DONE);
        break;
    case PHASE_ADDRESS:
    case PHASE_CONTACT:
    case PHASE_CHAIN:
    case PHASE_SUITES:
    case PHASE_TLS13:
    case PHASE_DONE:
        break;
    }
}

static void on_closed(void *arg, const struct err *err)
{
    struct check *c = arg;

    if (ftpes_session_confused(c->session) && !c->server.in_turn) { /* as the sender does */
        c->server.in_turn = true;
        check_go(c, c->phase);
        return;
    }
    if (!c->tried && err != NULL && check_again(c, err))
        return;
    if (!c->tried && err != NULL)
        c->trial_err = *err;
    else if (!c->tried)
        err_set(&c->trial_err, ERR_CLOSED, c->step);
    end_phase(c);
}

/* --- for check.c ------------------------------------------------------------------------------ */

void check_trial(struct check *c)
{
    static const struct ftpes_events events = {.ready = on_ready,
                                               .progress = on_progress,
                                               .step = on_step,
                                               .done = on_done,
                                               .closed = on_closed};
    struct ftpes_params params = c->server;

    c->put = c->tried = c->connected = false;
    c->step = STEP_CONNECT;
    c->trial_err = (struct err){.code = ERR_NONE};
    params.passive = (c->phase == PHASE_OTHER) != c->server.passive;
    params.no_resume = c->phase == PHASE_UNRESUMED;
    if (c->phase == PHASE_OTHER) {
        check_set(c, other_kind(c), CHECK_RUNNING, NULL);
        loop_timer_start(c->other, c->times.other);
    }
    if (c->phase == PHASE_UNRESUMED)
        check_set(c, CHECK_RESUMPTION, CHECK_RUNNING, NULL);
    if (ftpes_session_new(&c->session, c->loop, &params, &events, c, &c->trial_err) < 0)
        end_phase(c);
}

void check_trial_late(struct check *c)
{
    err_set(&c->trial_err, ERR_TIMEOUT, c->step);
    end_other(c);
}
