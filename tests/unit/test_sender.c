/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/record.h"
#include "service/sender_private.h"
#include "tests/lib/ftp_server.h"

#define DEADLINE_MS 20000

/* A unit with a server, and a sender in this process. */
struct unit {
    struct ftp_server srv;
    struct service *svc; /* as the menu has one */
    struct loop *loop;
    struct loop_timer *tick;
    struct sender *sd;
    struct sender_times times;
};

static struct unit unit;

static void on_tick(void *arg)
{
    (void)arg;
}

static void set(struct unit *u, enum setting_id id, int server, const char *value)
{
    struct setting_change change = {.id = id, .server = server, .value = value};

    assert_ok(service_apply(u->svc, &change, 1, NULL));
}

static const struct service_paths unit_paths = {.state_dir = "state", .run_dir = "run"};

static struct sender_times fast_times(void)
{
    struct sender_times t = SENDER_TIMES_DEFAULT;

    t.back_off_first = 20;
    t.back_off_limit = 200;
    t.status = 10;
    t.idle_exit = 0;
    t.session_idle = 200;
    return t;
}

/* A unit that may send to server 1, in clear. */
static void configure(struct unit *u)
{
    struct secret password = SECRET_EMPTY;
    char port[8];

    str_format(port, sizeof(port), "%u", u->srv.port);
    assert_ok(service_open(&unit_paths, &u->svc, NULL));
    assert_ok(secret_set(&password, "abcdefg1", 8));
    assert_ok(service_set_authentication(u->svc, "operator", &password, NULL));
    set(u, SET_SERVER_HOST, 1, "127.0.0.1");
    set(u, SET_SERVER_PORT, 1, port);
    set(u, SET_SERVER_USER, 1, "camera");
    set(u, SET_SERVER_SESSIONS, 1, "1");
}

static int unit_start(void **state)
{
    struct unit *u = &unit;

    if (unit_enter(state) < 0)
        return -1;
    memset(u, 0, sizeof(*u));
    u->times = fast_times();
    ftp_server_start(&u->srv, "root");
    configure(u);
    u->loop = loop_new();
    u->tick = loop_timer_new(u->loop, on_tick, u);
    return 0;
}

static void sender_start(struct unit *u)
{
    assert_ok(sender_new(&u->sd, u->loop, &unit_paths, &u->times, NULL));
}

/* As if it were killed: nothing is put back, no status is removed. */
static void sender_end(struct unit *u)
{
    sender_free(u->sd);
    u->sd = NULL;
}

static int unit_stop(void **state)
{
    struct unit *u = &unit;

    sender_end(u);
    loop_timer_free(u->tick);
    loop_free(u->loop);
    service_free(u->svc);
    ftp_server_stop(&u->srv);
    return unit_leave(state);
}

/* A file of so many bytes by chance. */
static void write_by_chance(const char *path, size_t bytes)
{
    char *data = malloc(bytes + 1);

    assert_non_null(data);
    random_bytes(data, bytes);
    unit_write(path, data, bytes);
    free(data);
}

/* A clip of so many bytes; returns its job's id. */
static void add_as(struct unit *u, const char *name, size_t bytes, int priority,
                   char id[JOB_ID_MAX])
{
    const struct service_file file = {.path = name, .folder = "day 1", .priority = priority};
    char ids[1][JOB_ID_MAX];

    write_by_chance(name, bytes);
    assert_ok(service_queue(u->svc, 1, &file, 1, ids, NULL));
    str_copy(id, JOB_ID_MAX, ids[0]);
}

static void add(struct unit *u, const char *name, char id[JOB_ID_MAX])
{
    add_as(u, name, 100000, JOB_ORIGINAL, id);
}

static struct job job_now(struct unit *u, const char *id)
{
    struct job job;

    assert_ok(spool_read(service_spool(u->svc), id, &job, NULL));
    return job;
}

/* Let the loop run until the condition holds. */
#define run_until(u, condition)                                      \
    do {                                                             \
        int64_t deadline_ = clock_ms() + DEADLINE_MS;                \
        while (!(condition)) {                                       \
            if (clock_ms() > deadline_)                              \
                fail_msg("not within the deadline: %s", #condition); \
            loop_timer_start((u)->tick, 2);                          \
            loop_once((u)->loop);                                    \
        }                                                            \
    } while (0)

static bool is_in(struct unit *u, const char *id, enum job_state state)
{
    struct job job;

    return spool_read(service_spool(u->svc), id, &job, NULL) == 0 && job.state == state;
}

static bool is_gone(struct unit *u, const char *id)
{
    return spool_read(service_spool(u->svc), id, &(struct job){0}, NULL) == -ERR_NOT_FOUND;
}

static void assert_same(const char *a, const char *b)
{
    struct buf x, y;

    buf_init(&x, 64 << 20);
    buf_init(&y, 64 << 20);
    assert_ok(file_read(a, &x, STEP_CLIP, NULL));
    assert_ok(file_read(b, &y, STEP_CLIP, NULL));
    assert_int_equal(x.len, y.len);
    assert_memory_equal(buf_str(&x), buf_str(&y), x.len);
    buf_done(&x);
    buf_done(&y);
}

static size_t active_count(struct unit *u)
{
    struct sender_status status;

    service_sender_status(u->svc, &status);
    return status.active_count;
}

/* --- the plain case ------------------------------------------------------------------------- */

static void test_sends(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX], proxy[JOB_ID_MAX];
    struct job job;

    (void)state;
    set(u, SET_SERVER_DIR, 1, "clips");
    add(u, "a.mxf", a);
    add_as(u, "b.mxf", 0, JOB_ORIGINAL, b);
    add_as(u, "p.mp4", 5000, JOB_PROXY, proxy);
    sender_start(u);
    run_until(u, is_in(u, b, JOB_COMPLETED));
    assert_same("a.mxf", "root/clips/day 1/a.mxf");
    assert_same("b.mxf", "root/clips/day 1/b.mxf");
    assert_same("p.mp4", "root/clips/day 1/p.mp4");
    assert_string_equal(u->srv.script->names[0], "p.mp4"); /* proxies first */
    assert_string_equal(u->srv.script->names[1], "a.mxf");
    assert_int_equal(u->srv.script->connections, 1); /* one session for all */
    job = job_now(u, a);
    assert_int_equal(job.attempts, 1);
    assert_int_equal(job.error.code, ERR_NONE);
    assert_string_equal(job.stored_name, "a.mxf");
    assert_true(job.ended >= job.added);
    assert_string_equal(job.tls_version, "");

    /* one more while it idles: seen at once, sent through the same session */
    add(u, "c.mxf", a);
    run_until(u, is_in(u, a, JOB_COMPLETED));
    assert_int_equal(u->srv.script->connections, 1);
}

/* Let the server take a little more. */
static int64_t slow_progress(struct unit *u, struct sender_status *status)
{
    u->srv.script->hold_bytes += 4096;
    service_sender_status(u->svc, status);
    return status->active[0].sent;
}

static void test_status(void **state)
{
    struct unit *u = &unit;
    struct sender_status status;
    char a[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold_bytes = 1 << 20;
    u->srv.script->hold = 1;
    add_as(u, "a.mxf", 32 << 20, JOB_ORIGINAL, a);
    sender_start(u);
    run_until(u, active_count(u) == 1);
    run_until(u, slow_progress(u, &status) > 0);
    assert_true(status.running);
    assert_int_equal(status.pid, getpid());
    assert_string_equal(status.active[0].id, a);
    assert_int_equal(status.active[0].bytes, 32 << 20);
    assert_in_range(status.active[0].sent, 1, 32 << 20);
    assert_true(is_in(u, a, JOB_TRANSFERRING));
    u->srv.script->hold = 0;
    run_until(u, is_in(u, a, JOB_COMPLETED) && active_count(u) == 0);
    sender_end(u);
    service_sender_status(u->svc, &status);
    assert_false(status.running);
    assert_false(unit_exists("run/transfer.json"));
}

static void test_sessions(void **state)
{
    struct unit *u = &unit;
    char id[3][JOB_ID_MAX];

    (void)state;
    set(u, SET_SERVER_SESSIONS, 1, "2");
    u->srv.script->hold = 1;
    add(u, "a.mxf", id[0]);
    add(u, "b.mxf", id[1]);
    add(u, "c.mxf", id[2]);
    sender_start(u);
    run_until(u, u->srv.script->stores == 2);
    assert_true(is_in(u, id[2], JOB_WAITING));
    u->srv.script->hold = 0;
    for (int i = 0; i < 3; i++)
        run_until(u, is_in(u, id[i], JOB_COMPLETED));
    assert_int_equal(u->srv.script->connections, 2);
}

/* The server lets fewer in than the setting says: those do all, and it is not asked again soon. */
static void refuses_a_session(struct unit *u, bool late)
{
    char id[6][JOB_ID_MAX], name[16];

    set(u, SET_SERVER_SESSIONS, 1, "4");
    u->srv.script->max_sessions = 2;
    u->srv.script->max_late = late;
    for (int i = 0; i < 6; i++) {
        str_format(name, sizeof(name), "%d.mxf", i);
        add(u, name, id[i]);
    }
    u->srv.script->hold = 1;
    sender_start(u);
    run_until(u, u->srv.script->stores >= 1 && u->sd->holds[1].sessions_most > 0);
    assert_in_range(u->sd->holds[1].sessions_most, 1, 2);
    u->srv.script->hold = 0;
    for (int i = 0; i < 6; i++)
        run_until(u, is_in(u, id[i], JOB_COMPLETED));
    for (int i = 0; i < 6; i++) {
        assert_int_equal(job_now(u, id[i]).attempts, 1);
        assert_int_equal(job_now(u, id[i]).error.code, ERR_NONE);
    }
    assert_in_range(u->srv.script->connections, 2, 4); /* two refused at the same time at most */
    assert_false(u->sd->holds[1].blocked);
}

static void test_one_session_too_many(void **state)
{
    (void)state;
    refuses_a_session(&unit, false);
}

static void test_one_login_too_many(void **state)
{
    (void)state;
    refuses_a_session(&unit, true);
}

/* A session ends with the settings it was opened under. */
static void test_settings_change(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->times.session_idle = DEADLINE_MS;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    set(u, SET_SERVER_DIR, 1, "new");
    add(u, "b.mxf", id);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_same("b.mxf", "root/new/day 1/b.mxf");
    assert_int_equal(u->srv.script->connections, 2);
}

/* While a file of an older setting is on its way, the others need not wait for its end. */
static void test_settings_change_while_sending(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    set(u, SET_SERVER_SESSIONS, 1, "2");
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    set(u, SET_DISPLAY_THEME, 0, "light");
    add(u, "b.mxf", b);
    run_until(u, u->srv.script->stores == 2);
    assert_true(is_in(u, a, JOB_TRANSFERRING));
    u->srv.script->hold = 0;
    run_until(u, is_in(u, a, JOB_COMPLETED) && is_in(u, b, JOB_COMPLETED));
}

/* --- what may pass by itself -------------------------------------------------------------------
 */

static void test_retries(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];
    struct job job;

    (void)state;
    u->srv.script->cut_times = 3;
    u->srv.script->cut_bytes = 5000;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    job = job_now(u, id);
    assert_int_equal(job.attempts, 4);
    assert_int_equal(job.deferrals, 3);
    assert_int_equal(job.error.code, ERR_NONE);
    assert_same("a.mxf", "root/day 1/a.mxf");
    assert_int_equal(u->srv.script->renames, 1);
}

/* What each attempt brought stays, and the next one brings the rest. */
static void test_resumes(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->srv.script->rest = 1;
    u->srv.script->cut_times = 3;
    u->srv.script->cut_bytes = 300000;
    add_as(u, "a.mxf", 2000000, JOB_ORIGINAL, id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(job_now(u, id).attempts, 4);
    assert_same("a.mxf", "root/day 1/a.mxf");
    assert_int_equal(u->srv.script->received, 2000000);
    assert_int_equal(job_now(u, id).resume_failures, 0);
}

/* REST is accepted and not obeyed: the size shows it, and the next attempt begins anew. */
static void test_resuming_ignored(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->srv.script->rest = u->srv.script->ignore_rest = 1;
    u->srv.script->cut_times = 1;
    u->srv.script->cut_bytes = 100000;
    add_as(u, "a.mxf", 2000000, JOB_ORIGINAL, id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(job_now(u, id).attempts, 3);
    assert_int_equal(job_now(u, id).resume_failures, 1);
    assert_same("a.mxf", "root/day 1/a.mxf");
}

/* Resuming failed again and again: the job is sent whole, though a part is there. */
static void test_resuming_given_up(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];
    struct job job;

    (void)state;
    u->srv.script->rest = 1;
    u->srv.script->cut_times = 1;
    u->srv.script->cut_bytes = 100000;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    add_as(u, "a.mxf", 2000000, JOB_ORIGINAL, id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_DEFERRED));
    sender_end(u);
    job = job_now(u, id);
    job.resume_failures = 3;
    assert_ok(spool_update(service_spool(u->svc), &job, NULL));
    assert_ok(service_job_retry(u->svc, id, NULL));
    u->srv.script->received = 0;
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(u->srv.script->received, 2000000);
    assert_same("a.mxf", "root/day 1/a.mxf");
}

/* Written to within the second in which it was queued, to the same length. */
static void test_clip_changed_at_once(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];
    struct timespec times[2];
    struct stat st;

    (void)state;
    add(u, "a.mxf", id);
    assert_int_equal(stat("a.mxf", &st), 0);
    times[0] = times[1] = st.st_mtim;
    times[1].tv_nsec = (times[1].tv_nsec + 500000000) % 1000000000;
    assert_int_equal(utimensat(AT_FDCWD, "a.mxf", times, 0), 0);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_FAILED));
    assert_int_equal(job_now(u, id).error.code, ERR_CLIP_CHANGED);
}

/* The same while the server is being reached. */
static void test_clip_changed_at_login(void **state)
{
    const struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold_login = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, u->srv.script->logins == 1);
    assert_int_equal(utimensat(AT_FDCWD, "a.mxf", times, 0), 0);
    u->srv.script->hold_login = 0;
    run_until(u, is_in(u, id, JOB_FAILED));
    assert_int_equal(job_now(u, id).error.code, ERR_CLIP_CHANGED);
    assert_int_equal(u->srv.script->stores, 0);
}

static void test_defers(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];
    struct job job;
    time_t before = time(NULL);

    (void)state;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    u->srv.script->busy = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, is_in(u, a, JOB_DEFERRED));
    job = job_now(u, a);
    assert_int_equal(job.error.code, ERR_SERVER_BUSY);
    assert_int_equal(job.error.reply_code, 421);
    assert_int_equal(job.attempts, 1);
    assert_in_range(job.next, before + 3600 * 8 / 10, time(NULL) + 3600 * 12 / 10);
    /* one job has found out for all: the others wait, and the server is left alone */
    assert_true(is_in(u, b, JOB_WAITING));
    assert_int_equal(u->srv.script->connections, 1);

    /* the operator knows better */
    u->srv.script->busy = 0;
    assert_ok(service_job_retry(u->svc, a, NULL));
    run_until(u, is_in(u, a, JOB_COMPLETED) && is_in(u, b, JOB_COMPLETED));
    assert_int_equal(job_now(u, a).attempts, 2);
}

/* A full server is full for all files: it is not asked for each of them. */
static void test_full_server(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    u->srv.script->full = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, is_in(u, a, JOB_DEFERRED));
    assert_int_equal(job_now(u, a).error.code, ERR_SERVER_FULL);
    run_until(u, u->sd->lane_count == 0 && !loop_timer_running(u->sd->kick));
    assert_true(is_in(u, b, JOB_WAITING));
    assert_int_equal(u->srv.script->stores, 1);

    u->srv.script->full = 0;
    assert_ok(service_job_retry(u->svc, a, NULL));
    run_until(u, is_in(u, a, JOB_COMPLETED) && is_in(u, b, JOB_COMPLETED));
}

/* After a change of the settings the clock is set back: the back-off holds nevertheless. */
static void test_clock_set_back(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];
    struct timespec now;

    (void)state;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    u->srv.script->cut_times = 1000;
    u->srv.script->cut_bytes = 5000;
    sender_start(u);
    run_until(u, u->sd->hurry == 0 && u->sd->list_count == 0);
    clock_gettime(CLOCK_REALTIME, &now);
    u->sd->hurry = ((int64_t)now.tv_sec + 3600) * 1000; /* changed at a time that is yet to come */
    add(u, "a.mxf", a);
    run_until(u, is_in(u, a, JOB_DEFERRED));
    add(u, "b.mxf", b);
    run_until(u, is_in(u, b, JOB_DEFERRED));
    run_until(u, u->sd->lane_count == 0 && !loop_timer_running(u->sd->kick));
    assert_int_equal(job_now(u, a).attempts, 1);
}

/* What is deferred when the settings change is tried under the new ones at once. */
static void test_settings_hurry(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    u->srv.script->busy = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_DEFERRED));
    u->srv.script->busy = 0;
    set(u, SET_SERVER_NAME, 1, "Studio");
    run_until(u, is_in(u, id, JOB_COMPLETED));
}

/* --- what does not pass --------------------------------------------------------------------------
 */

static void test_login_refused(void **state)
{
    struct unit *u = &unit;
    static const char *const names[] = {"a.mxf", "b.mxf", "c.mxf"};
    char id[4][JOB_ID_MAX];
    struct job job;

    (void)state;
    u->srv.script->refuse_login = 1;
    for (int i = 0; i < 3; i++)
        add(u, names[i], id[i]);
    sender_start(u);
    for (int i = 0; i < 3; i++) {
        run_until(u, is_in(u, id[i], JOB_FAILED));
        job = job_now(u, id[i]);
        assert_int_equal(job.error.code, ERR_LOGIN);
        assert_int_equal(job.error.reply_code, 530);
        assert_true(job.ended > 0);
    }
    assert_int_equal(u->srv.script->logins, 1); /* the password was tried once */

    add(u, "d.mxf", id[3]);
    run_until(u, is_in(u, id[3], JOB_FAILED));
    assert_int_equal(u->srv.script->logins, 1);

    assert_ok(service_job_retry(u->svc, id[0], NULL));
    run_until(u, is_in(u, id[0], JOB_FAILED));
    assert_int_equal(u->srv.script->logins, 2);

    u->srv.script->refuse_login = 0;
    set(u, SET_SERVER_USER, 1, "other");
    add(u, "e.mxf", id[3]);
    run_until(u, is_in(u, id[3], JOB_COMPLETED));
    assert_ok(service_job_retry(u->svc, id[1], NULL));
    run_until(u, is_in(u, id[1], JOB_COMPLETED));
    assert_true(is_in(u, id[2], JOB_FAILED));
}

/* "Retry all" with a password that is still wrong tries it once, not once for each job. */
static void test_login_refused_again(void **state)
{
    struct unit *u = &unit;
    static const char *const names[] = {"a.mxf", "b.mxf", "c.mxf"};
    char id[3][JOB_ID_MAX];

    (void)state;
    u->srv.script->refuse_login = 1;
    for (int i = 0; i < 3; i++)
        add(u, names[i], id[i]);
    sender_start(u);
    for (int i = 0; i < 3; i++)
        run_until(u, is_in(u, id[i], JOB_FAILED));
    assert_int_equal(u->srv.script->logins, 1);
    for (int i = 0; i < 3; i++)
        assert_ok(service_job_retry(u->svc, id[i], NULL));
    for (int i = 0; i < 3; i++)
        run_until(u, is_in(u, id[i], JOB_FAILED));
    assert_int_equal(u->srv.script->logins, 2);

    /* the same when the sender has been started anew */
    sender_end(u);
    for (int i = 0; i < 3; i++)
        assert_ok(service_job_retry(u->svc, id[i], NULL));
    sender_start(u);
    for (int i = 0; i < 3; i++)
        run_until(u, is_in(u, id[i], JOB_FAILED));
    assert_int_equal(u->srv.script->logins, 3);
}

/* A fault of one file fails that one; the next goes through the same session. */
static void test_file_refused(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    set(u, SET_SERVER_EXISTS, 1, "overwrite");
    add(u, "refuse.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, is_in(u, b, JOB_COMPLETED));
    assert_true(is_in(u, a, JOB_FAILED));
    assert_int_equal(job_now(u, a).error.code, ERR_RENAME);
    assert_int_equal(u->srv.script->connections, 1);
}

static void test_clips_gone(void **state)
{
    struct unit *u = &unit;
    char gone[JOB_ID_MAX], longer[JOB_ID_MAX], touched[JOB_ID_MAX], link[JOB_ID_MAX],
        folder[JOB_ID_MAX];
    const struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};

    (void)state;
    add(u, "gone.mxf", gone);
    add(u, "longer.mxf", longer);
    add(u, "touched.mxf", touched);
    add(u, "link.mxf", link);
    add(u, "folder.mxf", folder);
    assert_int_equal(unlink("gone.mxf"), 0);
    unit_write_text("longer.mxf", "other");
    assert_int_equal(utimensat(AT_FDCWD, "touched.mxf", times, 0), 0);
    assert_int_equal(rename("link.mxf", "other"), 0);
    assert_int_equal(symlink("other", "link.mxf"), 0);
    assert_int_equal(unlink("folder.mxf"), 0);
    assert_int_equal(mkdir("folder.mxf", 0700), 0);
    sender_start(u);
    run_until(u, is_in(u, folder, JOB_FAILED));
    assert_int_equal(job_now(u, gone).error.code, ERR_CLIP_GONE);
    assert_int_equal(job_now(u, longer).error.code, ERR_CLIP_CHANGED);
    assert_int_equal(job_now(u, touched).error.code, ERR_CLIP_CHANGED);
    assert_int_equal(job_now(u, link).error.code, ERR_NOT_REGULAR);
    assert_int_equal(job_now(u, folder).error.code, ERR_NOT_REGULAR);
    assert_int_equal(u->srv.script->connections, 0);
}

/* What was true when the job was added is looked at again: nothing is sent in clear. */
static void test_certificate_gone(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    add(u, "a.mxf", id);
    set(u, SET_SERVER_SECURE, 1, "on");
    sender_start(u);
    run_until(u, is_in(u, id, JOB_FAILED));
    assert_int_equal(job_now(u, id).error.code, ERR_NO_CERTIFICATE);
    assert_int_equal(u->srv.script->connections, 0);
}

static void test_damaged_record(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX], path[JOB_PATH_MAX];

    (void)state;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    str_format(path, sizeof(path), "state/spool/ready/%s", a);
    unit_write_text(path, "{\"id\":");
    sender_start(u);
    run_until(u, is_in(u, b, JOB_COMPLETED));
    str_format(path, sizeof(path), "state/spool/corrupt/%s", a);
    assert_true(unit_exists(path));
}

/* --- what the operator wants
 * ----------------------------------------------------------------------- */

static void test_suspend(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    assert_ok(service_job_suspend(u->svc, a, NULL));
    run_until(u, is_in(u, a, JOB_SUSPENDED));
    u->srv.script->hold = 0;
    run_until(u, is_in(u, b, JOB_COMPLETED));
    assert_true(is_in(u, a, JOB_SUSPENDED));
    assert_false(unit_exists("root/day 1/a.mxf"));
    assert_ok(service_job_resume(u->svc, a, NULL));
    run_until(u, is_in(u, a, JOB_COMPLETED));
    assert_same("a.mxf", "root/day 1/a.mxf");
}

static void test_delete(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    assert_ok(service_jobs_clear(u->svc, false, NULL));
    run_until(u, is_gone(u, a));
    assert_true(is_gone(u, b));
    assert_false(unit_exists("root/day 1/a.mxf"));
    u->srv.script->hold = 0;
}

/* What the server has of a deleted file is removed there, while the session lives. */
static void test_delete_cleans_up(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    u->times.clean_up = DEADLINE_MS;
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    assert_ok(service_job_delete(u->svc, a, NULL));
    run_until(u, is_gone(u, a));
    u->srv.script->hold = 0;
    run_until(u, is_in(u, b, JOB_COMPLETED));
    assert_int_equal(u->srv.script->deletes, 1);
    assert_int_equal(rename("root/day 1/b.mxf", "b.mxf"), 0);
    assert_int_equal(rmdir("root/day 1"), 0); /* nothing else was in it */
}

/* But no longer than for a moment: a server that does not answer holds nothing up. */
static void test_delete_deadline(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    u->times.clean_up = 50;
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    add(u, "b.mxf", b);
    assert_ok(service_job_delete(u->svc, a, NULL));
    run_until(u, is_gone(u, a));
    run_until(u, u->srv.script->stores == 2);
    u->srv.script->hold = 0;
    run_until(u, is_in(u, b, JOB_COMPLETED));
}

/* --- what deleted jobs left ----------------------------------------------------------------- */

static int entries(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

/* A job whose first attempt broke off and left a part; its next one is far away. */
static void interrupt(struct unit *u, char id[JOB_ID_MAX])
{
    u->srv.script->cut_times = 1;
    u->srv.script->cut_bytes = 5000;
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_DEFERRED));
    assert_in_range(entries("root/day 1"), 1, 2);
    assert_true(job_now(u, id).part);
    sender_end(u);
    u->times = fast_times();
}

static void test_left_by_deferred(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    sender_start(u);
    assert_ok(service_job_delete(u->svc, id, NULL));
    assert_true(is_gone(u, id));
    run_until(u, entries("state/spool/leaving") == 0);
    assert_int_equal(entries("root/day 1"), 0);
    assert_int_equal(u->srv.script->deletes, 1);
}

/* Several, also of an earlier sender's, in one session. */
static void test_left_by_many(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX], c[JOB_ID_MAX];

    (void)state;
    interrupt(u, a);
    interrupt(u, b);
    add(u, "c.mxf", c);
    assert_ok(service_jobs_clear(u->svc, false, NULL));
    assert_int_equal(entries("state/spool/leaving"), 2); /* one was never tried */
    u->srv.script->connections = 0;
    u->times.session_idle = DEADLINE_MS;
    sender_start(u);
    run_until(u, entries("state/spool/leaving") == 0);
    assert_int_equal(entries("root/day 1"), 0);
    assert_int_equal(u->srv.script->connections, 1);
}

/* A job that did not come as far as the server, or that is there, is simply deleted. */
static void test_nothing_left(void **state)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];

    (void)state;
    add(u, "a.mxf", a);
    sender_start(u);
    run_until(u, is_in(u, a, JOB_COMPLETED));
    sender_end(u);
    u->times.back_off_first = u->times.back_off_limit = 3600 * 1000;
    u->srv.script->busy = 1;
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, is_in(u, b, JOB_DEFERRED));
    assert_false(job_now(u, b).part);
    assert_ok(service_jobs_clear(u->svc, false, NULL));
    assert_int_equal(entries("state/spool/leaving"), 0);
    assert_true(unit_exists("root/day 1/a.mxf"));
}

/* The clip is another one now: what was sent of it is of no use. */
static void test_left_by_changed_clip(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    unit_write_text("a.mxf", "other");
    assert_ok(service_job_retry(u->svc, id, NULL));
    sender_start(u);
    run_until(u, is_in(u, id, JOB_FAILED) && entries("root/day 1") == 0);
    run_until(u, entries("state/spool/leaving") == 0);
    assert_int_equal(job_now(u, id).error.code, ERR_CLIP_CHANGED);
    assert_false(job_now(u, id).part);
}

/* A folder that is gone is not made again. */
static void test_left_folder_gone(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    assert_int_equal(rename("root/day 1", "away"), 0);
    sender_start(u);
    run_until(u, entries("state/spool/leaving") == 0);
    assert_false(unit_exists("root/day 1"));
}

/* The server does not let it go: after some tries that is the end of it, and uploads go on. */
static void test_left_for_good(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    u->srv.script->keep = 1;
    sender_start(u);
    run_until(u, entries("state/spool/leaving") == 0);
    assert_int_equal(entries("root/day 1"), 1);
    add(u, "b.mxf", id);
    run_until(u, is_in(u, id, JOB_COMPLETED));
}

/*
 * The server is away: the sender may end, and what is left is removed when one meets the server
 * again. A job needs no session of its own beside the one that was opened for that.
 */
static void test_left_server_away(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    u->srv.script->busy = 1;
    u->srv.script->connections = 0;
    sender_start(u);
    run_until(u, !sender_tidy_pressing(u->sd) && u->sd->lane_count == 0);
    assert_int_equal(u->srv.script->connections, 3);
    assert_int_equal(entries("state/spool/leaving"), 1);
    u->srv.script->busy = 0;
    add(u, "b.mxf", id);
    run_until(u, is_in(u, id, JOB_COMPLETED) && entries("state/spool/leaving") == 0);
    assert_int_equal(entries("root/day 1"), 1);
    assert_int_equal(u->srv.script->connections, 4);
}

/* The password is tried once for it, and the server is not held against uploads. */
static void test_left_login_refused(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    u->srv.script->refuse_login = 1;
    u->srv.script->logins = 0;
    sender_start(u);
    run_until(u, entries("state/spool/leaving") == 0 && u->sd->lane_count == 0);
    assert_int_equal(u->srv.script->logins, 1);
    u->srv.script->refuse_login = 0;
    add(u, "b.mxf", id);
    run_until(u, is_in(u, id, JOB_COMPLETED));
}

/* A server that nothing can be sent to is not asked. */
static void test_left_no_server(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    set(u, SET_SERVER_SECURE, 1, "on"); /* and there is no certificate */
    u->srv.script->connections = 0;
    sender_start(u);
    run_until(u, entries("state/spool/leaving") == 0);
    assert_int_equal(u->srv.script->connections, 0);
}

/* A job that comes while a session is opened for it takes that session. */
static void test_left_session_taken(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    interrupt(u, id);
    assert_ok(service_job_delete(u->svc, id, NULL));
    u->srv.script->connections = 0;
    u->times.session_idle = DEADLINE_MS;
    sender_start(u);
    run_until(u, u->sd->lane_count == 1);
    assert_int_equal(u->sd->lanes[0]->state, LANE_STARTING);
    add(u, "b.mxf", id);
    run_until(u, u->sd->lanes[0]->has_job);
    run_until(u, is_in(u, id, JOB_COMPLETED) && entries("state/spool/leaving") == 0);
    assert_int_equal(u->srv.script->connections, 1);
}

/* Asked while no sender ran: done when one starts, before anything is sent. */
static void test_request_waits(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    sender_end(u);
    assert_true(is_in(u, id, JOB_TRANSFERRING));
    assert_ok(spool_ask(service_spool(u->svc), id, JOB_REQUEST_SUSPEND, NULL));
    u->srv.script->hold = 0;
    sender_start(u);
    run_until(u, is_in(u, id, JOB_SUSPENDED));
    assert_int_equal(u->srv.script->stores, 1);
}

/* --- ends and beginnings
 * ------------------------------------------------------------------------------ */

static void test_stop(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];
    int64_t begun;

    (void)state;
    u->srv.script->hold = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    begun = clock_ms();
    sender_stop(u->sd);
    sender_end(u);
    assert_true(clock_ms() - begun < 2000);
    assert_true(is_in(u, id, JOB_WAITING));
    u->srv.script->hold = 0;
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(job_now(u, id).attempts, 2);
    assert_same("a.mxf", "root/day 1/a.mxf");
}

static void test_only_one(void **state)
{
    struct unit *u = &unit;
    struct sender *second = NULL;
    struct err e;
    char pid[24];

    (void)state;
    sender_start(u);
    assert_err(sender_new(&second, u->loop, &unit_paths, &u->times, &e), e, ERR_BUSY);
    str_format(pid, sizeof(pid), "%ld", (long)getpid());
    assert_string_equal(e.arg[0], pid);
}

/* A process that was killed has the lock until its last thread is gone: not a reason to give up. */
static void test_lock_of_the_dying(void **state)
{
    const struct timespec moment = {.tv_nsec = 100000000};
    struct unit *u = &unit;
    struct err e;
    pid_t dying;
    int lock;

    (void)state;
    assert_int_equal(service_sender_lock(u->svc, &lock, &e), 0);
    dying = fork();
    if (dying == 0) {
        nanosleep(&moment, NULL);
        _exit(0);
    }
    close(lock); /* the child has it, too */
    assert_true(service_sender_runs(u->svc, NULL));
    sender_start(u);
    assert_int_equal(waitpid(dying, NULL, 0), dying);
}

/* The reply to RNTO is lost: a second attempt must find the file, and not make "a (2).mxf". */
static void test_lost_after_rename(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    set(u, SET_SERVER_EXISTS, 1, "keep");
    u->srv.script->silent_rename = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(job_now(u, id).attempts, 2);
    assert_string_equal(job_now(u, id).stored_name, "a.mxf");
    assert_int_equal(u->srv.script->stores, 1);
    assert_false(unit_exists("root/day 1/a (2).mxf"));
    assert_same("a.mxf", "root/day 1/a.mxf");

    /* another job of that name is another file */
    add(u, "a.mxf", id);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_string_equal(job_now(u, id).stored_name, "a (2).mxf");
}

/* RNTO is refused, and an older file with that name and size is there: it is not taken for ours. */
static void test_refused_rename(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    set(u, SET_SERVER_EXISTS, 1, "overwrite");
    add(u, "a.mxf", id);
    assert_int_equal(mkdir("root/day 1", 0700), 0);
    write_by_chance("root/day 1/a.mxf", 100000);
    u->srv.script->busy_rename = 1;
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(job_now(u, id).attempts, 2);
    assert_int_equal(u->srv.script->stores, 2);
    assert_same("a.mxf", "root/day 1/a.mxf");
}

/* As test_lost_after_rename() when the sender dies before it hears that reply. */
static void test_killed_after_rename(void **state)
{
    struct unit *u = &unit;
    char id[JOB_ID_MAX];

    (void)state;
    u->srv.script->hold_rename = 1;
    add(u, "a.mxf", id);
    sender_start(u);
    run_until(u, u->srv.script->renames == 1);
    sender_end(u);
    assert_true(is_in(u, id, JOB_TRANSFERRING));
    u->srv.script->hold_rename = 0;
    sender_start(u);
    run_until(u, is_in(u, id, JOB_COMPLETED));
    assert_int_equal(u->srv.script->stores, 1);
    assert_string_equal(job_now(u, id).stored_name, "a.mxf");
    assert_false(unit_exists("root/day 1/a (2).mxf"));
}

static int64_t cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * In a process of its own: after a while, add a job whose file is gone; then tell by `report`
 * whether a sender was running ('y', 'n').
 */
static void add_in_child(unsigned delay_us, int report)
{
    struct job job = {.server = 1, .priority = 5, .path = "/nothing/here", .name = "x"};
    struct service *svc = NULL;
    char answer = '?';

    dup2(report, 3);
    closefrom(4); /* above all the sender's lock */
    usleep(delay_us);
    if (service_open(&unit_paths, &svc, NULL) == 0 &&
        spool_add(service_spool(svc), &job, 1, NULL) == 0)
        answer = service_sender_runs(svc, NULL) ? 'y' : 'n';
    _exit(write(3, &answer, 1) == 1 ? 0 : 1);
}

/* A job added while an idle sender ends is seen by it, unless its lock was seen to be free. */
static void test_idle_exit(void **state)
{
    struct unit *u = &unit;
    int seen = 0;

    (void)state;
    u->times.idle_exit = 3;
    for (unsigned i = 0; i < 60; i++) {
        size_t counts[JOB_STATE_COUNT];
        char answer;
        int report[2];

        assert_int_equal(pipe2(report, O_CLOEXEC), 0);
        sender_start(u);
        if (fork() == 0)
            add_in_child(i % 20 * 500, report[1]); /* before, while and after it ends */
        close(report[1]);
        loop_run(u->loop); /* until it ends by itself */
        sender_end(u);
        assert_int_equal(read(report[0], &answer, 1), 1); /* the loop waits for the child itself */
        close(report[0]);
        assert_true(answer == 'y' || answer == 'n');
        assert_ok(spool_count(service_spool(u->svc), counts, NULL));
        if (answer == 'y')
            assert_int_equal(counts[JOB_WAITING], 0);
        seen += answer == 'y';
        assert_ok(service_jobs_clear(u->svc, false, NULL));
    }
    assert_in_range(seen, 1, 59);
}

/* --- a full disk
 * --------------------------------------------------------------------------------------- */

static void fill_up(void)
{
    char block[4096] = {0};
    int fd = open("state/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    while (write(fd, block, sizeof(block)) > 0)
        continue;
    close(fd);
}

/*
 * The state folder fills up while a file is on its way: the upload ends well, its job is recorded
 * once there is room, nothing else begins meanwhile, and nothing spins.
 */
static void full_disk(void)
{
    struct unit *u = &unit;
    char a[JOB_ID_MAX], b[JOB_ID_MAX];
    int64_t cpu, until;
    struct err e;

    service_free(u->svc); /* the state folder is another one now */
    configure(u);
    u->times.back_off_first = 100;
    u->srv.script->hold = 1;
    add(u, "a.mxf", a);
    add(u, "b.mxf", b);
    sender_start(u);
    run_until(u, u->srv.script->stores == 1);
    fill_up();
    assert_err(service_queue(u->svc, 1, &(struct service_file){.path = "a.mxf"}, 1, NULL, &e), e,
               ERR_DISK_FULL);
    u->srv.script->hold = 0;
    run_until(u, u->srv.script->renames == 1);
    cpu = cpu_ms();
    until = clock_ms() + 1000;
    run_until(u, clock_ms() > until);
    assert_true(cpu_ms() - cpu < 500); /* the test's own ticks are a part of it */
    assert_true(is_in(u, a, JOB_TRANSFERRING));
    assert_true(is_in(u, b, JOB_WAITING));
    assert_int_equal(u->srv.script->stores, 1);
    assert_int_equal(unlink("state/filler"), 0);
    run_until(u, is_in(u, b, JOB_COMPLETED));
    assert_true(is_in(u, a, JOB_COMPLETED));
    assert_int_equal(job_now(u, a).attempts, 1);
    assert_same("a.mxf", "root/day 1/a.mxf");
}

static void test_full_disk(void **state)
{
    pid_t pid = fork();
    int status;

    (void)state;
    if (pid == 0) {
        if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
            mount("none", "state", "tmpfs", 0, "size=256k") < 0)
            _exit(77);
        full_disk();
        _exit(0);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, unit_start, unit_stop)
    const struct CMUnitTest tests[] = {
        FILE_TEST(test_sends),
        FILE_TEST(test_status),
        FILE_TEST(test_sessions),
        FILE_TEST(test_one_session_too_many),
        FILE_TEST(test_one_login_too_many),
        FILE_TEST(test_settings_change),
        FILE_TEST(test_settings_change_while_sending),
        FILE_TEST(test_retries),
        FILE_TEST(test_resumes),
        FILE_TEST(test_resuming_ignored),
        FILE_TEST(test_resuming_given_up),
        FILE_TEST(test_clip_changed_at_once),
        FILE_TEST(test_clip_changed_at_login),
        FILE_TEST(test_defers),
        FILE_TEST(test_settings_hurry),
        FILE_TEST(test_full_server),
        FILE_TEST(test_clock_set_back),
        FILE_TEST(test_login_refused),
        FILE_TEST(test_login_refused_again),
        FILE_TEST(test_file_refused),
        FILE_TEST(test_clips_gone),
        FILE_TEST(test_certificate_gone),
        FILE_TEST(test_damaged_record),
        FILE_TEST(test_suspend),
        FILE_TEST(test_delete),
        FILE_TEST(test_delete_cleans_up),
        FILE_TEST(test_delete_deadline),
        FILE_TEST(test_left_by_deferred),
        FILE_TEST(test_left_by_many),
        FILE_TEST(test_nothing_left),
        FILE_TEST(test_left_by_changed_clip),
        FILE_TEST(test_left_folder_gone),
        FILE_TEST(test_left_for_good),
        FILE_TEST(test_left_server_away),
        FILE_TEST(test_left_login_refused),
        FILE_TEST(test_left_no_server),
        FILE_TEST(test_left_session_taken),
        FILE_TEST(test_request_waits),
        FILE_TEST(test_stop),
        FILE_TEST(test_only_one),
        FILE_TEST(test_lock_of_the_dying),
        FILE_TEST(test_lost_after_rename),
        FILE_TEST(test_refused_rename),
        FILE_TEST(test_killed_after_rename),
        FILE_TEST(test_idle_exit),
        FILE_TEST(test_full_disk),
    };

    signal(SIGPIPE, SIG_IGN);
    if (getenv("TEST_ONLY") != NULL)
        cmocka_set_test_filter(getenv("TEST_ONLY"));
    if (getenv("TEST_LOG") != NULL)
        log_to_stderr("test_sender", LOG_LEVEL_DEBUG);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
