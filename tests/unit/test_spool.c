/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "base/file.h"
#include "spool/spool.h"
#include "spool/spool_private.h"

static struct spool *open_spool(void)
{
    struct spool *sp = NULL;

    assert_ok(spool_open("spool", &sp, NULL));
    assert_string_equal(spool_folder(sp), "spool");
    return sp;
}

static struct job job_of(const char *name, int server, int priority)
{
    struct job j = {.server = server, .priority = priority, .bytes = 1234, .mtime = 1700000000};

    str_format(j.path, sizeof(j.path), "/card/%s", name);
    str_copy(j.name, sizeof(j.name), name);
    str_copy(j.folder, sizeof(j.folder), "Main/day 1");
    return j;
}

static struct job add_one(struct spool *sp, const char *name)
{
    struct job j = job_of(name, 1, JOB_ORIGINAL);

    assert_ok(spool_add(sp, &j, 1, NULL));
    return j;
}

static void assert_job_equal(const struct job *a, const struct job *b)
{
    assert_string_equal(a->id, b->id);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->server, b->server);
    assert_int_equal(a->priority, b->priority);
    assert_string_equal(a->path, b->path);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->folder, b->folder);
    assert_int_equal(a->bytes, b->bytes);
    assert_int_equal(a->mtime, b->mtime);
    assert_int_equal(a->mtime_ns, b->mtime_ns);
    assert_int_equal(a->resume_failures, b->resume_failures);
    assert_int_equal(a->unchecked, b->unchecked);
    assert_int_equal(a->added, b->added);
    assert_int_equal(a->next, b->next);
    assert_int_equal(a->next_ms, b->next_ms);
    assert_int_equal(a->ended, b->ended);
    assert_int_equal(a->attempts, b->attempts);
    assert_int_equal(a->part, b->part);
    assert_int_equal(a->deferrals, b->deferrals);
    assert_int_equal(a->retry, b->retry);
    assert_int_equal(a->error.code, b->error.code);
    assert_int_equal(a->error.step, b->error.step);
    assert_int_equal(a->error.reply_code, b->error.reply_code);
    assert_string_equal(a->error.reply, b->error.reply);
    assert_string_equal(a->named, b->named);
    assert_string_equal(a->stored_name, b->stored_name);
    assert_int_equal(a->skipped, b->skipped);
    assert_string_equal(a->tls_version, b->tls_version);
    assert_string_equal(a->tls_suite, b->tls_suite);
    assert_int_equal(a->tls_deprecated, b->tls_deprecated);
}

static int entries(const char *folder)
{
    DIR *d = opendir(folder);
    int n = 0;

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static size_t listed(struct spool *sp, unsigned states)
{
    struct job_entry *list = NULL;
    size_t count;

    assert_ok(spool_list(sp, states, &list, &count, NULL));
    free(list);
    return count;
}

static void job_path(char path[FILE_PATH_MAX], const char *folder, const char *id)
{
    assert_true(str_format(path, FILE_PATH_MAX, "spool/%s/%s", folder, id));
}

static void test_words(void **state)
{
    (void)state;
    for (enum job_state s = 0; s < JOB_STATE_COUNT; s++)
        assert_int_equal(job_state_from_word(job_state_word(s)), s);
    assert_int_equal(job_state_from_word("odd"), JOB_STATE_COUNT);
    assert_int_equal(job_state_from_word(NULL), JOB_STATE_COUNT);
}

static void test_open(void **state)
{
    char path[FILE_PATH_MAX + 8];
    struct spool *sp = NULL;
    struct stat st;
    struct err e;

    (void)state;
    sp = open_spool();
    assert_int_equal(stat("spool/ready", &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    spool_free(sp);
    spool_free(NULL);
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    assert_err(spool_open(path, &sp, &e), e, ERR_TOO_LARGE);
    unit_write_text("plain", "x");
    assert_err(spool_open("plain", &sp, &e), e, ERR_NOT_FOUND);
}

/* Every field comes back as it was. */
static void test_fields(void **state)
{
    struct spool *sp = open_spool();
    struct job j = job_of("A\xff\xfe.mxf", 16, JOB_PROXY), got;

    (void)state;
    assert_ok(spool_add(sp, &j, 1, NULL));
    assert_true(strlen(j.id) < JOB_ID_MAX);
    assert_true(j.added > 1700000000);
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_job_equal(&got, &j);

    j.attempts = 3;
    j.part = true;
    j.deferrals = 2;
    j.retry = true;
    str_copy(j.named, sizeof(j.named), "A (2)\xff.mxf");
    j.next = 1800000000;
    j.next_ms = 250;
    j.ended = 1800000001;
    err_set_reply(&j.error, ERR_LOGIN, STEP_LOGIN, 530, "530 no", 6);
    str_copy(j.stored_name, sizeof(j.stored_name), "A (2).mxf");
    j.skipped = true;
    j.unchecked = true;
    j.mtime_ns = 123456789;
    j.resume_failures = 2;
    str_copy(j.tls_version, sizeof(j.tls_version), "TLSv1.2");
    str_copy(j.tls_suite, sizeof(j.tls_suite), "TLS_RSA_WITH_AES_128_CBC_SHA");
    j.tls_deprecated = true;
    assert_ok(spool_update(sp, &j, NULL));
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_job_equal(&got, &j);
    assert_int_equal(entries("spool/tmp"), 0);
    spool_free(sp);
}

static void test_refuses_bad_jobs(void **state)
{
    struct spool *sp = open_spool();
    struct job j[2] = {job_of("a", 1, JOB_PROXY), job_of("", 1, JOB_PROXY)};
    struct err e;

    (void)state;
    assert_err(spool_add(sp, j, 2, &e), e, ERR_INTERNAL);
    j[1] = job_of("b", 0, JOB_PROXY);
    assert_err(spool_add(sp, j, 2, &e), e, ERR_INTERNAL);
    j[1] = job_of("b", 1, 10);
    assert_err(spool_add(sp, j, 2, &e), e, ERR_INTERNAL);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 0);
    spool_free(sp);
}

/* Proxies first, then in the order of adding, also within one millisecond and one batch. */
static void test_order(void **state)
{
    struct spool *sp = open_spool();
    struct job batch[50];
    struct job_entry *list = NULL;
    size_t count, counts[JOB_STATE_COUNT];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(batch); i++)
        batch[i] = job_of("a", 2, i % 2 == 0 ? JOB_ORIGINAL : JOB_PROXY);
    assert_ok(spool_add(sp, batch, ARRAY_LEN(batch), NULL));
    assert_ok(spool_list(sp, JOB_STATES_ALL, &list, &count, NULL));
    assert_int_equal(count, ARRAY_LEN(batch));
    for (size_t i = 0; i < count; i++) {
        size_t from = i < count / 2 ? 2 * i + 1 : 2 * (i - count / 2);

        assert_string_equal(list[i].id, batch[from].id);
        assert_int_equal(list[i].state, JOB_WAITING);
        assert_int_equal(list[i].server, 2);
    }
    free(list);
    assert_ok(spool_count(sp, counts, NULL));
    assert_int_equal(counts[JOB_WAITING], ARRAY_LEN(batch));
    assert_int_equal(counts[JOB_FAILED], 0);
    assert_int_equal(listed(sp, 1u << JOB_COMPLETED), 0);
    spool_free(sp);
}

static void test_names_are_checked(void **state)
{
    static const char *const bad[] = {
        "",
        "..",
        "5",
        "5-019f3c2a77d1-00000a3f1",
        "5-019f3c2a77d1-00000a3f1-s0",
        "5-019f3c2a77d1-00000a3f1-s01",
        "5-019f3c2a77d1-00000a3f1-s100",
        "5-019f3c2a77d1-00000a3f1-s1x",
        "5-019f3c2a77d1-00000a3f1-s1/",
        "5-019F3C2A77D1-00000a3f1-s1",
        "5-019f3c2a77d-000000a3f1-s1",
        "x-019f3c2a77d1-00000a3f1-s1",
        "../ready/5-019f3c2a77d1-00000a3f1-s1",
    };
    struct spool *sp = open_spool();
    struct job j;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_err(spool_read(sp, bad[i], &j, &e), e, ERR_NOT_FOUND);
        assert_err(spool_remove(sp, bad[i], &e), e, ERR_NOT_FOUND);
        assert_err(spool_ask(sp, bad[i], JOB_REQUEST_DELETE, &e), e, ERR_NOT_FOUND);
        j = job_of("a", 1, JOB_ORIGINAL);
        str_copy(j.id, sizeof(j.id), bad[i]);
        assert_err(spool_update(sp, &j, &e), e, ERR_NOT_FOUND);
        assert_err(spool_move(sp, &j, JOB_FAILED, &e), e, ERR_NOT_FOUND);
    }
    assert_int_equal(entries("spool/requests"), 0);
    spool_free(sp);
}

static void test_moves(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a"), got, stale;
    struct job_entry *list = NULL;
    size_t count;
    struct err e;

    (void)state;
    stale = j;
    assert_ok(spool_move(sp, &j, JOB_TRANSFERRING, NULL));
    assert_int_equal(j.state, JOB_TRANSFERRING);
    assert_err(spool_remove(sp, j.id, &e), e, ERR_BUSY);
    /* one who still believes it waits can neither move nor revive it */
    assert_err(spool_move(sp, &stale, JOB_SUSPENDED, &e), e, ERR_NOT_FOUND);
    assert_err(spool_update(sp, &stale, &e), e, ERR_NOT_FOUND);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 1);

    j.next = 1900000000;
    j.next_ms = 125;
    err_set(&j.error, ERR_CLOSED, STEP_SEND);
    assert_ok(spool_move(sp, &j, JOB_DEFERRED, NULL));
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_int_equal(got.state, JOB_DEFERRED);
    assert_int_equal(got.error.code, ERR_CLOSED);
    assert_ok(spool_list(sp, 1u << JOB_DEFERRED, &list, &count, NULL));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].next, 1900000000125);
    assert_in_range(list[0].since / 1000, time(NULL) - 60, time(NULL) + 1);
    free(list);

    assert_ok(spool_remove(sp, j.id, NULL));
    assert_err(spool_read(sp, j.id, &got, &e), e, ERR_NOT_FOUND);
    assert_err(spool_remove(sp, j.id, &e), e, ERR_NOT_FOUND);
    spool_free(sp);
}

static int decide_suspend(struct job *job, enum job_state *ret_to, struct err *e)
{
    if (job->attempts == 7)
        return err_set(e, ERR_UNAVAILABLE, STEP_QUEUE);
    job->deferrals = 3;
    *ret_to = JOB_SUSPENDED;
    return 0;
}

/*
 * Who suspends a job has read it under the lock: what a sender noted in it just before is kept,
 * above all the name under which the file may stand on the server.
 */
static void test_change(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a"), got;
    char path[FILE_PATH_MAX];
    struct err e;

    (void)state;
    assert_ok(spool_move(sp, &j, JOB_TRANSFERRING, NULL));
    str_copy(j.named, sizeof(j.named), "a (2)");
    j.attempts = 1;
    assert_ok(spool_move(sp, &j, JOB_DEFERRED, NULL));
    assert_ok(spool_change(sp, j.id, decide_suspend, NULL));
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_int_equal(got.state, JOB_SUSPENDED);
    assert_string_equal(got.named, "a (2)");
    assert_int_equal(got.attempts, 1);
    assert_int_equal(got.deferrals, 3);

    got.attempts = 7;
    assert_ok(spool_move(sp, &got, JOB_WAITING, NULL));
    assert_err(spool_change(sp, j.id, decide_suspend, &e), e, ERR_UNAVAILABLE);
    assert_int_equal(listed(sp, 1u << JOB_WAITING), 1);

    job_path(path, "ready", j.id);
    unit_write_text(path, "{");
    assert_err(spool_change(sp, j.id, decide_suspend, &e), e, ERR_DAMAGED);
    assert_err(spool_change(sp, j.id, decide_suspend, &e), e, ERR_NOT_FOUND);
    assert_err(spool_change(sp, "../x", decide_suspend, &e), e, ERR_NOT_FOUND);
    job_path(path, "corrupt", j.id);
    assert_true(unit_exists(path));
    spool_free(sp);
}

static void test_find(void **state)
{
    static const char *const ids[] = {"5-019f3c2a77d1-00000a3f1-s1", "5-019f3c2a77d1-00001b4c2-s1",
                                      "4-019f3c2a77d1-000021111-s12",
                                      "5-019f3c2a77d1-000031111-s1"};
    static const struct {
        const char *text;
        enum err_code want;
        int found; /* of ids */
    } rows[] = {
        {"a3f1", ERR_NONE, 0},        {"1b4c2-s1", ERR_NONE, 1},
        {"-s12", ERR_NONE, 2},        {"5-019f3c2a77d1-00000a3f1-s1", ERR_NONE, 0},
        {"4-01", ERR_NONE, 2},        {"1111-s1", ERR_AMBIGUOUS, 0},
        {"21111-s1", ERR_NONE, 2},    {"019f3c", ERR_AMBIGUOUS, 0},
        {"3f1", ERR_VALUE_LENGTH, 0}, {"", ERR_VALUE_LENGTH, 0},
        {"a3f10", ERR_NOT_FOUND, 0},  {"../a3f1", ERR_NOT_FOUND, 0},
        {"A3F1", ERR_NOT_FOUND, 0},
    };
    struct spool *sp = open_spool();
    char path[FILE_PATH_MAX], id[JOB_ID_MAX];
    struct err e;

    (void)state;
    assert_err(spool_find(sp, "a3f1", id, &e), e, ERR_NOT_FOUND);
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        job_path(path, i % 2 == 0 ? "done" : "ready", ids[i]);
        unit_write_text(path, "");
    }
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_err(spool_find(sp, rows[i].text, id, &e), e, rows[i].want);
        if (rows[i].want == ERR_NONE)
            assert_string_equal(id, ids[rows[i].found]);
        if (rows[i].want == ERR_AMBIGUOUS) {
            assert_string_equal(e.arg[0], rows[i].text);
            assert_string_equal(e.arg[1], i == 5 ? "2" : "4");
        }
    }
    /* a whole id needs no list: the job may be on the move */
    assert_ok(spool_find(sp, "5-000000000000-000000000-s1", id, NULL));
    spool_free(sp);
}

/* A record that may not be read is set aside as a damaged one; it must not stop the others. */
static void unreadable(const char *folder)
{
    struct spool *sp;
    struct job a, b, got;
    char path[FILE_PATH_MAX];
    size_t corrupted = 0;
    struct err e;

    if (chdir(folder) < 0 || setresgid(65534, 65534, 65534) < 0 ||
        setresuid(65534, 65534, 65534) < 0)
        _exit(77);
    sp = open_spool();
    a = add_one(sp, "a");
    b = add_one(sp, "b");
    assert_ok(spool_move(sp, &a, JOB_TRANSFERRING, NULL));
    job_path(path, "active", a.id);
    assert_int_equal(chmod(path, 0), 0);
    assert_ok(spool_recover(sp, &corrupted, NULL));
    assert_int_equal(corrupted, 1);
    job_path(path, "ready", b.id);
    assert_int_equal(chmod(path, 0), 0);
    assert_err(spool_read(sp, b.id, &got, &e), e, ERR_DAMAGED);
    assert_int_equal(entries("spool/corrupt"), 2);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 0);
    spool_free(sp);
    _exit(0);
}

static void test_unreadable_records(void **state)
{
    pid_t pid;
    int status;

    assert_int_equal(chmod(*state, 0777), 0);
    pid = fork();
    if (pid == 0)
        unreadable(*state);
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Two processes want each job; each job is had by exactly one, and in the state that it chose. */
static void test_racing_movers(void **state)
{
    enum { JOBS = 40 };
    static const enum job_state wish[2] = {JOB_TRANSFERRING, JOB_SUSPENDED};
    struct spool *sp = open_spool();
    struct job jobs[JOBS];
    size_t counts[JOB_STATE_COUNT];
    int won[2];

    (void)state;
    for (int i = 0; i < JOBS; i++)
        jobs[i] = job_of("a", 1, JOB_ORIGINAL);
    assert_ok(spool_add(sp, jobs, JOBS, NULL));
    for (int c = 0; c < 2; c++) {
        pid_t pid = fork();

        if (pid == 0) {
            int n = 0;

            for (int i = 0; i < JOBS; i++)
                n += spool_move(sp, &jobs[i], wish[c], NULL) == 0;
            _exit(n);
        }
        assert_true(pid > 0);
        won[c] = pid;
    }
    for (int c = 0; c < 2; c++) {
        int status;

        assert_int_equal(waitpid(won[c], &status, 0), won[c]);
        assert_true(WIFEXITED(status));
        won[c] = WEXITSTATUS(status);
    }
    assert_int_equal(won[0] + won[1], JOBS);
    assert_ok(spool_count(sp, counts, NULL));
    assert_int_equal(counts[JOB_TRANSFERRING], won[0]);
    assert_int_equal(counts[JOB_SUSPENDED], won[1]);
    assert_int_equal(counts[JOB_WAITING], 0);
    assert_int_equal(entries("spool/tmp"), 0);
    spool_free(sp);
}

/* Whoever holds the lock has been stopped (Ctrl-Z): nobody waits for ever, and nothing is lost. */
static void test_lock_is_held(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a"), other = job_of("b", 1, JOB_ORIGINAL);
    struct err e;
    int held;

    (void)state;
    alarm(20);
    sp->lock_wait = 20;
    assert_ok(file_lock("spool/lock", FILE_LOCK_ALONE, 0, &held, STEP_QUEUE, NULL));
    assert_err(spool_move(sp, &j, JOB_SUSPENDED, &e), e, ERR_BUSY);
    assert_err(spool_add(sp, &other, 1, &e), e, ERR_BUSY);
    assert_err(spool_remove(sp, j.id, &e), e, ERR_BUSY);
    assert_err(spool_clear(sp, JOB_STATES_ALL, &e), e, ERR_BUSY);
    assert_int_equal(listed(sp, 1u << JOB_WAITING), 1);
    assert_int_equal(entries("spool/tmp"), 0);
    close(held);
    assert_ok(spool_move(sp, &j, JOB_SUSPENDED, NULL));
    alarm(0);
    spool_free(sp);
}

/* A record cut at any byte is set aside, never half read; nothing else is touched. */
static void test_cut_records(void **state)
{
    struct spool *sp = open_spool();
    struct job whole = add_one(sp, "whole"), j;
    char path[FILE_PATH_MAX], other[FILE_PATH_MAX], corrupt[FILE_PATH_MAX];
    size_t corrupted;
    struct buf b;
    struct err e;

    (void)state;
    job_path(path, "ready", whole.id);
    job_path(other, "active", whole.id);
    job_path(corrupt, "corrupt", whole.id);
    buf_init(&b, 65536);
    assert_ok(file_read(path, &b, STEP_QUEUE, NULL));
    for (size_t cut = 0; cut < b.len - 2; cut++) {
        unit_write(path, b.data, cut);
        assert_err(spool_read(sp, whole.id, &j, &e), e, ERR_DAMAGED);
        assert_string_equal(e.arg[0], whole.id);
        assert_true(unit_exists(corrupt));
        assert_false(unit_exists(path));

        unit_write(other, b.data, cut);
        assert_ok(spool_recover(sp, &corrupted, NULL));
        assert_int_equal(corrupted, 1);
        assert_true(unit_exists(corrupt));
        assert_false(unit_exists(other));
    }
    unit_write(path, b.data, b.len);
    assert_ok(spool_read(sp, whole.id, &j, NULL));
    assert_string_equal(j.name, "whole");
    buf_done(&b);
    spool_free(sp);
}

static void test_foreign_records(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s2\",\"server\":1,\"path\":\"/a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":1}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":1}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"/a\",\"name\":\"\","
        "\"folder\":\"\",\"bytes\":1}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"/a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":-1}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"/a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":1,\"added\":\"yesterday\"}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"/a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":1,\"next_ms\":1000}",
        "{\"id\":\"5-019f3c2a77d1-00000a3f1-s1\",\"server\":1,\"path\":\"/a\",\"name\":\"a\","
        "\"folder\":\"\",\"bytes\":1,\"deferrals\":-1}",
    };
    static const char id[] = "5-019f3c2a77d1-00000a3f1-s1";
    struct spool *sp = open_spool();
    char path[FILE_PATH_MAX];
    struct job j;
    struct err e;

    (void)state;
    job_path(path, "failed", id);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        unit_write_text(path, texts[i]);
        assert_err(spool_read(sp, id, &j, &e), e, ERR_DAMAGED);
    }
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_err(spool_read(sp, id, &j, &e), e, ERR_DAMAGED);
    assert_int_equal(entries("spool/failed"), 0);
    spool_free(sp);
}

/* What a killed sender leaves: jobs in active/, some of them already decided. */
static void test_recover(void **state)
{
    static const struct {
        const char *state;
        enum job_state place;
    } cases[] = {
        {"transferring", JOB_WAITING}, {"waiting", JOB_WAITING},     {"deferred", JOB_DEFERRED},
        {"completed", JOB_COMPLETED},  {"suspended", JOB_SUSPENDED}, {"failed", JOB_FAILED},
    };
    struct spool *sp = open_spool();
    char ids[ARRAY_LEN(cases)][JOB_ID_MAX];
    struct job j;
    size_t corrupted = 99;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[1024], path[FILE_PATH_MAX];

        str_format(ids[i], JOB_ID_MAX, "5-019f3c2a77d1-00000a3f%zu-s1", i);
        str_format(text, sizeof(text),
                   "{\"id\":\"%s\",\"server\":1,\"priority\":5,\"path\":\"/a\",\"name\":\"a\","
                   "\"folder\":\"\",\"bytes\":1,\"attempts\":1,\"state\":\"%s\"}",
                   ids[i], cases[i].state);
        job_path(path, "active", ids[i]);
        unit_write_text(path, text);
    }
    unit_write_text("spool/tmp/5-019f3c2a77d1-00000a3f9-s1", "{\"id\":");
    unit_write_text("spool/requests/5-019f3c2a77d1-00000a3f9-s1.suspend.new.99999999", "");
    unit_write_text("spool/ready/readme.txt", "x");
    assert_ok(spool_recover(sp, &corrupted, NULL));
    assert_int_equal(corrupted, 1);
    assert_true(unit_exists("spool/corrupt/readme.txt"));
    assert_int_equal(entries("spool/tmp"), 0);
    assert_int_equal(entries("spool/requests"), 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_ok(spool_read(sp, ids[i], &j, NULL));
        assert_int_equal(j.state, cases[i].place);
        /* one that says that it waits was taken, which was not written down */
        assert_int_equal(j.attempts, strcmp(cases[i].state, "waiting") == 0 ? 2 : 1);
    }
    assert_int_equal(listed(sp, JOB_STATES_ALL), ARRAY_LEN(cases));
    assert_ok(spool_recover(sp, NULL, NULL));
    spool_free(sp);
}

/* Adders at work while a sender starts again and again: no job of theirs is swept away. */
static void test_recover_spares_adders(void **state)
{
    struct spool *sp = open_spool();
    pid_t pid = fork();
    int status;

    (void)state;
    if (pid == 0) {
        for (int i = 0; i < 30; i++) {
            struct job j[3] = {job_of("a", 1, 5), job_of("b", 1, 5), job_of("c", 1, 5)};

            if (spool_add(sp, j, 3, NULL) < 0)
                _exit(1);
        }
        _exit(0);
    }
    assert_true(pid > 0);
    while (waitpid(pid, &status, WNOHANG) == 0)
        assert_ok(spool_recover(sp, NULL, NULL));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(listed(sp, 1u << JOB_WAITING), 90);
    spool_free(sp);
}

static void test_clear(void **state)
{
    struct spool *sp = open_spool();
    struct job j[4];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(j); i++)
        j[i] = add_one(sp, "a");
    assert_ok(spool_move(sp, &j[0], JOB_TRANSFERRING, NULL));
    assert_ok(spool_move(sp, &j[1], JOB_COMPLETED, NULL));
    assert_ok(spool_move(sp, &j[2], JOB_FAILED, NULL));
    assert_ok(spool_clear(sp, 1u << JOB_COMPLETED | 1u << JOB_TRANSFERRING, NULL));
    assert_int_equal(listed(sp, JOB_STATES_ALL), 3);
    assert_int_equal(listed(sp, 1u << JOB_COMPLETED), 0);
    assert_ok(spool_clear(sp, JOB_STATES_ALL, NULL));
    assert_int_equal(listed(sp, 1u << JOB_TRANSFERRING), 1);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 1);
    spool_free(sp);
}

static int note_left(void *arg, const struct job_left *left)
{
    *(struct job_left *)arg = *left;
    return 1;
}

/* A job that may have left a part on its server is not forgotten when it is deleted. */
static void test_leaving(void **state)
{
    struct spool *sp = open_spool();
    struct job tried = add_one(sp, "a"), fresh = add_one(sp, "b"), done = add_one(sp, "c"), got;
    struct job_left left = {.id = ""};
    struct err e;

    (void)state;
    tried.attempts = done.attempts = 1;
    tried.part = done.part = true;
    assert_ok(spool_move(sp, &tried, JOB_SUSPENDED, NULL));
    assert_ok(spool_move(sp, &done, JOB_COMPLETED, NULL));
    assert_ok(spool_remove(sp, fresh.id, NULL));
    assert_ok(spool_remove(sp, done.id, NULL));
    assert_ok(spool_left_each(sp, note_left, &left, NULL));
    assert_string_equal(left.id, "");
    assert_ok(spool_remove(sp, tried.id, NULL));
    assert_int_equal(listed(sp, JOB_STATES_ALL), 0);
    assert_err(spool_read(sp, tried.id, &got, &e), e, ERR_NOT_FOUND);
    assert_err(spool_remove(sp, tried.id, &e), e, ERR_NOT_FOUND);
    assert_ok(spool_recover(sp, NULL, NULL));
    assert_int_equal(spool_left_each(sp, note_left, &left, NULL), 1);
    assert_string_equal(left.id, tried.id);
    assert_int_equal(left.server, 1);
    assert_in_range(left.since, tried.added, tried.added + 60);
    assert_ok(spool_left_read(sp, left.id, &got, NULL));
    assert_string_equal(got.folder, tried.folder);
    spool_left_drop(sp, left.id);
    assert_int_equal(entries("spool/leaving"), 0);
    assert_err(spool_left_read(sp, left.id, &got, &e), e, ERR_NOT_FOUND);

    /* by spool_clear() as well, and while the job itself stays */
    tried = add_one(sp, "d");
    tried.attempts = 1;
    tried.part = true;
    assert_ok(spool_move(sp, &tried, JOB_FAILED, NULL));
    assert_ok(spool_leave(sp, &tried, NULL));
    assert_int_equal(entries("spool/leaving"), 1);
    assert_int_equal(listed(sp, 1u << JOB_FAILED), 1);
    assert_ok(spool_clear(sp, JOB_STATES_ALL, NULL));
    assert_int_equal(entries("spool/leaving"), 1);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 0);
    spool_free(sp);
}

/* A record of before: what was tried may have left something. */
static void test_part_unknown(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a"), got;
    char path[FILE_PATH_MAX];
    struct buf b;
    char *at;

    (void)state;
    j.attempts = 1;
    assert_ok(spool_update(sp, &j, NULL));
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_false(got.part);
    job_path(path, "ready", j.id);
    buf_init(&b, 65536);
    assert_ok(file_read(path, &b, STEP_QUEUE, NULL));
    at = strstr(buf_str(&b), "\"part\"");
    assert_non_null(at);
    memcpy(at, "\"trap\"", 6);
    unit_write(path, buf_str(&b), b.len);
    buf_done(&b);
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_true(got.part);
    spool_free(sp);
}

static void test_requests(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a");
    enum job_request request;
    char id[JOB_ID_MAX];

    (void)state;
    assert_false(spool_next_request(sp, id, &request));
    unit_write_text("spool/requests/odd.suspend", "");
    unit_write_text("spool/requests/5-019f3c2a77d1-00000a3f1-s1.suspend.new.7", "");
    assert_false(spool_next_request(sp, id, &request));
    assert_ok(spool_ask(sp, j.id, JOB_REQUEST_DELETE, NULL));
    assert_ok(spool_ask(sp, j.id, JOB_REQUEST_DELETE, NULL));
    for (int i = 0; i < 2; i++) {
        assert_true(spool_next_request(sp, id, &request));
        assert_string_equal(id, j.id);
        assert_int_equal(request, JOB_REQUEST_DELETE);
    }
    assert_ok(spool_request_done(sp, id, JOB_REQUEST_DELETE, NULL));
    assert_false(spool_next_request(sp, id, &request));
    assert_ok(spool_ask(sp, j.id, JOB_REQUEST_SUSPEND, NULL));
    assert_true(spool_next_request(sp, id, &request));
    assert_int_equal(request, JOB_REQUEST_SUSPEND);
    spool_free(sp);
}

/* A write that fails half way leaves the list as it was and nothing in tmp/. */
static void test_write_fails(void **state)
{
    struct spool *sp = open_spool();
    struct job j = add_one(sp, "a"), more[2] = {job_of("b", 1, 5), job_of("c", 1, 5)}, got;
    struct rlimit old, small;
    struct err e;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 100;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_err(spool_add(sp, more, 2, &e), e, ERR_IO);
    assert_err(spool_move(sp, &j, JOB_SUSPENDED, &e), e, ERR_IO);
    assert_err(spool_update(sp, &j, &e), e, ERR_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(j.state, JOB_WAITING);
    assert_ok(spool_read(sp, j.id, &got, NULL));
    assert_job_equal(&got, &j);
    assert_int_equal(listed(sp, JOB_STATES_ALL), 1);
    assert_int_equal(entries("spool/tmp"), 0);
    spool_free(sp);
}

/* In a process of its own with a file system of 64 KiB. Returns the exit code: 77, no right to. */
static int fill_disk(void)
{
    struct spool *sp = open_spool();
    struct job jobs[5], j;
    struct err e;
    size_t before = 0;

    assert_ok(spool_open("spool", &sp, NULL));
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < ARRAY_LEN(jobs); i++)
            jobs[i] = job_of("a", 1, 5);
        err_clear(&e);
        if (spool_add(sp, jobs, ARRAY_LEN(jobs), &e) < 0)
            break;
        before += ARRAY_LEN(jobs);
        j = jobs[0];
    }
    assert_int_equal(e.code, ERR_DISK_FULL);
    assert_true(before > 0);
    assert_int_equal(listed(sp, JOB_STATES_ALL), before);
    assert_int_equal(entries("spool/tmp"), 0);
    /* deleting makes room again */
    assert_ok(spool_remove(sp, j.id, NULL));
    jobs[0] = job_of("a", 1, 5);
    assert_ok(spool_add(sp, jobs, 1, NULL));
    spool_free(sp);
    return 0;
}

static void test_disk_full(void **state)
{
    pid_t pid = fork();
    int status;

    (void)state;
    if (pid == 0) {
        if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
            mount("none", ".", "tmpfs", 0, "size=64k") < 0)
            _exit(77);
        /* "." is still the folder below the mount */
        if (chdir(*state) < 0)
            _exit(78);
        _exit(fill_disk());
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
#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, unit_enter, unit_leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),  FILE_TEST(test_open),
        FILE_TEST(test_fields),        FILE_TEST(test_refuses_bad_jobs),
        FILE_TEST(test_order),         FILE_TEST(test_names_are_checked),
        FILE_TEST(test_moves),         FILE_TEST(test_change),
        FILE_TEST(test_find),          FILE_TEST(test_unreadable_records),
        FILE_TEST(test_racing_movers), FILE_TEST(test_lock_is_held),
        FILE_TEST(test_cut_records),   FILE_TEST(test_foreign_records),
        FILE_TEST(test_recover),       FILE_TEST(test_recover_spares_adders),
        FILE_TEST(test_clear),         FILE_TEST(test_leaving),
        FILE_TEST(test_part_unknown),  FILE_TEST(test_requests),
        FILE_TEST(test_write_fails),   FILE_TEST(test_disk_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
