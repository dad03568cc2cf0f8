/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "ftpes/check.h"
#include "tests/lib/ftp_server.h"

#define DEADLINE_MS 20000

/* --- the verdict --------------------------------------------------------------------------- */

/* Every item good, each suite tried and refused, a server with an RSA key. */
static struct check_report good_report(void)
{
    struct check_report r = {.secure = true, .passive = true, .chain_count = 1};

    for (int id = 0; id < CHECK_COUNT; id++)
        r.items[id].outcome = CHECK_OK;
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        r.suites[i] = CHECK_SUITE_NO;
    str_copy(r.chain[0].key, sizeof(r.chain[0].key), "RSA 2048");
    r.tls13 = CHECK_SUITE_NO;
    return r;
}

static size_t suite(const char *name)
{
    const struct tls_suite *row = tls_suite_find(name);

    assert_non_null(row);
    return (size_t)(row - tls_suites);
}

static void test_ready(void **state)
{
    struct check_report r = good_report();
    struct check_verdict v;

    (void)state;
    check_judge(&r, &v);
    assert_true(v.ready);
    for (int id = 0; id < CHECK_COUNT; id++) {
        r = good_report();
        r.items[id].outcome = CHECK_FAILED;
        check_judge(&r, &v);
        assert_false(v.ready);
        r.items[id].outcome = CHECK_RUNNING;
        check_judge(&r, &v);
        assert_false(v.ready);
        r.items[id].outcome = CHECK_WARNING;
        check_judge(&r, &v);
        assert_int_equal(v.ready, id != CHECK_RENAME);
    }
    r = good_report(); /* nothing failed, but nothing was stored either */
    for (int id = CHECK_LOGIN; id < CHECK_COUNT; id++)
        r.items[id].outcome = CHECK_SKIPPED;
    check_judge(&r, &v);
    assert_false(v.ready);
}

static void test_suites(void **state)
{
    struct check_report r = good_report();
    struct check_verdict v;

    (void)state;
    r.suites[suite("TLS_RSA_WITH_AES_128_CBC_SHA")] = CHECK_SUITE_YES;
    r.suites[suite("TLS_DHE_RSA_WITH_AES_256_CBC_SHA")] = CHECK_SUITE_REFUSED;
    check_judge(&r, &v);
    assert_true(v.suites_known);
    assert_false(v.recommended_only);
    assert_int_equal(v.disable_count, 2);
    assert_true(v.disable[suite("TLS_RSA_WITH_AES_128_CBC_SHA")]);
    assert_true(v.disable[suite("TLS_DHE_RSA_WITH_AES_256_CBC_SHA")]);
    assert_int_equal(v.enable_count, 2); /* those of its key */
    assert_false(v.enable[suite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")]);

    str_copy(r.chain[0].key, sizeof(r.chain[0].key), "ECDSA P-256");
    check_judge(&r, &v);
    assert_int_equal(v.enable_count, 1);
    assert_true(v.enable[suite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")]);
    r.chain_count = 0;
    check_judge(&r, &v);
    assert_int_equal(v.enable_count, 3);

    r.suites[suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")] = CHECK_SUITE_YES;
    r.tls13 = CHECK_SUITE_YES;
    check_judge(&r, &v);
    assert_true(v.recommended_only); /* one of them is enough */
    assert_int_equal(v.enable_count, 0);
    assert_int_equal(v.disable_count, 2);
    assert_true(v.tls13);

    r.suites[3] = CHECK_SUITE_UNKNOWN;
    check_judge(&r, &v);
    assert_false(v.suites_known);
}

static void test_words(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(check_id_word((enum check_id)i),
                                    check_id_word((enum check_id)j));
}

/* --- against servers ------------------------------------------------------------------------- */

static struct {
    struct ftp_server srv;
    struct loop *loop;
    struct loop_timer *deadline;
    struct check *check;
    struct check_params params;
    struct secret password;
    enum check_id stop_at; /* end early when this item is told; CHECK_COUNT: never */
    unsigned told[CHECK_COUNT];
    bool done;
} t;

static void on_deadline(void *arg)
{
    (void)arg;
    loop_stop(t.loop);
}

static void on_item(void *arg, enum check_id id)
{
    (void)arg;
    t.told[id]++;
    if (id == t.stop_at) {
        check_stop(t.check);
        atomic_store(&t.srv.script->hold_rename, 0);
    }
}

static void on_done(void *arg)
{
    (void)arg;
    assert_false(t.done);
    t.done = true;
    loop_stop(t.loop);
}

static int set_up(void **state)
{
    struct check_params p = {.server = {.host = "127.0.0.1",
                                        .user = "camera",
                                        .password = &t.password,
                                        .passive = true,
                                        .times = FTPES_TIMES_DEFAULT},
                             .folder = "",
                             .times = CHECK_TIMES_DEFAULT};

    if (unit_enter(state) < 0)
        return -1;
    memset(&t, 0, sizeof(t));
    t.params = p;
    t.params.times.pause = 10;
    t.params.times.other = 500;
    t.stop_at = CHECK_COUNT;
    ftp_server_start(&t.srv, "root");
    t.params.server.port = t.srv.port;
    t.loop = loop_new();
    t.deadline = loop_timer_new(t.loop, on_deadline, NULL);
    return 0;
}

static int tear_down(void **state)
{
    check_free(t.check);
    loop_timer_free(t.deadline);
    loop_free(t.loop);
    ftp_server_stop(&t.srv);
    return unit_leave(state);
}

static const struct check_report *run(void)
{
    static const struct check_events events = {.item = on_item, .done = on_done};

    assert_ok(check_new(&t.check, t.loop, &t.params, &events, NULL, NULL));
    loop_timer_start(t.deadline, DEADLINE_MS);
    loop_run(t.loop);
    assert_true(t.done);
    for (int id = 0; id < CHECK_COUNT; id++) {
        assert_true(t.told[id] > 0);
        assert_true(check_report(t.check)->items[id].outcome > CHECK_RUNNING);
    }
    return check_report(t.check);
}

static void assert_failed(const struct check_report *r, enum check_id id, enum err_code code)
{
    assert_string_equal(check_outcome_word(r->items[id].outcome), "failed");
    assert_string_equal(err_word(r->items[id].err.code), err_word(code));
    for (int i = 0; i < CHECK_COUNT; i++)
        if (r->items[i].outcome == CHECK_SKIPPED && r->secure)
            assert_int_equal(r->items[i].because, id);
}

static int is_file(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* How many files stand on the server. */
static int on_server(void)
{
    struct dirent **list;
    int count = scandir("root", &list, is_file, NULL);

    assert_true(count >= 0);
    for (int i = 0; i < count; i++)
        free(list[i]);
    free(list);
    return count;
}

static void test_plain(void **state)
{
    const struct check_report *r = run();
    struct check_verdict v;

    (void)state;
    check_judge(r, &v);
    assert_true(v.ready);
    assert_int_equal(r->items[CHECK_AUTH].outcome, CHECK_WARNING);
    assert_int_equal(r->items[CHECK_SUITES].outcome, CHECK_SKIPPED);
    assert_int_equal(r->items[CHECK_SUITES].because, CHECK_AUTH);
    assert_int_equal(r->items[CHECK_DELETE].outcome, CHECK_OK);
    assert_int_equal(r->items[CHECK_ACTIVE].outcome, CHECK_NOTE); /* it has no EPRT */
    assert_int_equal(atomic_load(&t.srv.script->deletes), 1);
    assert_int_equal(on_server(), 0);
}

static void test_login(void **state)
{
    (void)state;
    atomic_store(&t.srv.script->refuse_login, 1);
    assert_failed(run(), CHECK_LOGIN, ERR_LOGIN);
    assert_int_equal(atomic_load(&t.srv.script->logins), 1); /* lock-outs are near */
}

static void test_full(void **state)
{
    (void)state;
    atomic_store(&t.srv.script->full, 1);
    assert_failed(run(), CHECK_WRITE, ERR_SERVER_FULL);
}

/* The server has no EPRT and no PORT. */
static void test_active(void **state)
{
    const struct check_report *r;

    (void)state;
    t.params.server.passive = false;
    r = run();
    assert_failed(r, CHECK_ACTIVE, ERR_PASSIVE);
    assert_int_equal(r->items[CHECK_FOLDER].outcome, CHECK_OK);
    assert_int_equal(r->items[CHECK_WRITE].outcome, CHECK_SKIPPED);
}

/* It stores and renames, which is all that an upload needs. */
static void test_keeps(void **state)
{
    const struct check_report *r;
    struct check_verdict v;

    (void)state;
    atomic_store(&t.srv.script->keep, 1);
    r = run();
    check_judge(r, &v);
    assert_true(v.ready);
    assert_int_equal(r->items[CHECK_DELETE].outcome, CHECK_WARNING);
    assert_string_equal(err_word(r->items[CHECK_DELETE].err.code), "delete-refused");
    assert_true(on_server() > 0);
}

static void test_busy(void **state)
{
    (void)state;
    atomic_store(&t.srv.script->busy, 1);
    assert_failed(run(), CHECK_GREETING, ERR_SERVER_BUSY);
    assert_int_equal(atomic_load(&t.srv.script->connections), 3);
    assert_int_equal(atomic_load(&t.srv.script->logins), 0);
}

static void test_no_auth_tls(void **state)
{
    (void)state;
    t.params.server.secure = true;
    assert_failed(run(), CHECK_AUTH, ERR_NO_SECURE);
    assert_int_equal(atomic_load(&t.srv.script->logins), 0);
}

/* A server that loses commands sent ahead is asked one by one, as for a job. */
static void test_one_by_one(void **state)
{
    const struct check_report *r;
    struct check_verdict v;

    (void)state;
    atomic_store(&t.srv.script->one_by_one, 1);
    t.params.server.times.reply = 1000;
    t.params.times.other = 5000;
    r = run();
    check_judge(r, &v);
    assert_true(v.ready);
    assert_int_equal(r->items[CHECK_DELETE].outcome, CHECK_OK);
    assert_int_equal(on_server(), 0);
}

static void test_silent(void **state)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)state;
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
    t.params.server.port = ntohs(at.sin_port);
    t.params.server.times.reply = 50;
    assert_failed(run(), CHECK_GREETING, ERR_NO_GREETING);
    close(fd);
    assert_failed(check_report(t.check), CHECK_GREETING, ERR_NO_GREETING);
}

static void test_out_of_time(void **state)
{
    const struct check_report *r;

    (void)state;
    atomic_store(&t.srv.script->hold_rename, 1);
    t.params.times.total = 300;
    r = run();
    assert_int_equal(r->items[CHECK_LOGIN].outcome, CHECK_OK);
    assert_failed(r, CHECK_RENAME, ERR_TIMEOUT);
    assert_int_equal(r->items[CHECK_DELETE].outcome, CHECK_SKIPPED);
    assert_int_equal(r->items[CHECK_DELETE].because, CHECK_COUNT);
}

/* The file that is on the server goes before the end. */
static void test_stopped(void **state)
{
    const struct check_report *r;

    (void)state;
    t.stop_at = CHECK_RENAME;
    atomic_store(&t.srv.script->hold_rename, 1);
    r = run();
    assert_int_equal(r->items[CHECK_RENAME].outcome, CHECK_SKIPPED);
    assert_int_equal(r->items[CHECK_RESUMPTION].outcome, CHECK_SKIPPED);
    assert_int_equal(on_server(), 0);
}

static void test_refused_params(void **state)
{
    static const struct check_events events = {.item = on_item, .done = on_done};
    struct err e;

    (void)state;
    t.params.server.host = "";
    assert_err(check_new(&t.check, t.loop, &t.params, &events, NULL, &e), e, ERR_NO_SERVER);
}

#define CHECK_TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ready),    cmocka_unit_test(test_suites),
        cmocka_unit_test(test_words),    CHECK_TEST(test_plain),
        CHECK_TEST(test_login),          CHECK_TEST(test_full),
        CHECK_TEST(test_active),         CHECK_TEST(test_keeps),
        CHECK_TEST(test_busy),           CHECK_TEST(test_no_auth_tls),
        CHECK_TEST(test_one_by_one),     CHECK_TEST(test_silent),
        CHECK_TEST(test_out_of_time),    CHECK_TEST(test_stopped),
        CHECK_TEST(test_refused_params),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
