/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <errno.h>
#include <sys/wait.h>

#include "access/gate.h"

#define AWAY "198.51.100.7"
#define HOME "192.0.2.1"

#define SECOND INT64_C(1000)
#define HOUR   (3600 * SECOND)

/* --- what the tests do ------------------------------------------------------------------------ */

static struct gate_now moment;

static void told_time(struct gate_now *ret_now)
{
    *ret_now = moment;
}

static const struct gate gate = {.folder = ".", .policy = &gate_policy, .now = told_time};

static int enter(void **state)
{
    moment = (struct gate_now){.boot = "first", .ms = 50 * SECOND, .wall = 1700000000};
    return unit_enter(state);
}

static int attempt(const char *user, const char *password, const char *source)
{
    struct secret given = SECRET_EMPTY, own = SECRET_EMPTY;
    struct gate_attempt a = {.user = user, .source = source, .service = "test"};
    struct err e;

    if (secret_set(&given, password, strlen(password)) == 0)
        a.password = &given;
    assert_ok(secret_set(&own, "Abcd1234", 8));
    return gate_check(&gate, &a, "admin", &own, &e);
}

static int right_from(const char *source)
{
    return attempt("admin", "Abcd1234", source);
}

static int wrong_from(const char *source)
{
    return attempt("admin", "Abcd1235", source);
}

#define assert_code(call, code) assert_string_equal(err_word(err_code_of(call)), err_word(code))

static struct gate_state look(void)
{
    struct gate_state st;

    assert_ok(gate_look(&gate, &st, NULL));
    return st;
}

static void fail_times(int times)
{
    for (int i = 0; i < times; i++)
        assert_code(wrong_from(AWAY), ERR_AUTH_WRONG);
}

static int64_t left(void)
{
    struct gate_state st = look();

    return gate_state_account_left(&st, gate.policy);
}

/* --- the policy ------------------------------------------------------------------------------- */

static void test_policy(void **state)
{
    static const struct {
        int failures;
        int64_t seconds;
    } rows[] = {{0, 0},    {1, 0},    {5, 0},     {6, 30},    {7, 60},    {8, 120},  {9, 240},
                {10, 480}, {11, 960}, {12, 1920}, {13, 3600}, {14, 3600}, {99, 3600}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_int_equal(gate_policy_wait(&gate_policy, rows[i].failures),
                         rows[i].seconds * SECOND);
        assert_false(gate_policy_stops(&gate_policy, rows[i].failures));
    }
    assert_true(gate_policy_stops(&gate_policy, 100));
    assert_int_equal(gate_policy_wait(&gate_policy, GATE_FAILURES_MAX), HOUR);
}

static void test_sources(void **state)
{
    static const struct {
        const char *source, *key;
    } rows[] = {
        {NULL, "(none)"},
        {"", "(none)"},
        {"192.0.2.7", "192.0.2.7"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
        {"::FFFF:c000:0207", "192.0.2.7"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
        {"2001:DB8:1:2::9", "2001:db8:1:2::/64"},
        {"2001:db8:1:3::9", "2001:db8:1:3::/64"},
        {"fe80::1%wlan0", "fe80::/64"},
        {"::1", "::/64"},
        /* not addresses, whatever they look like */
        {"192.0.2.07", "(name)"},
        {"192.0.2.7 ", "(name)"},
        {" 192.0.2.7", "(name)"},
        {"192.0.2.7\n", "(name)"},
        {"192.0.2.7, 198.51.100.1", "(name)"},
        {"3221225991", "(name)"},
        {"0xc0000207", "(name)"},
        {"192.0.519", "(name)"},
        {"host.example.net", "(name)"},
        {"(none)", "(name)"},
        {"\xff\xfe\x1b[2J", "(name)"},
        {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd:eeee:ffff", "(name)"},
    };
    char key[GATE_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_source_key(rows[i].source, key);
        assert_string_equal(key, rows[i].key);
    }
}

/* --- right and wrong -------------------------------------------------------------------------- */

static void test_answers(void **state)
{
    (void)state;
    assert_ok(right_from(HOME));
    assert_code(attempt("admin", "abcd1234", HOME), ERR_AUTH_WRONG);
    assert_code(attempt("Admin", "Abcd1234", HOME), ERR_AUTH_WRONG);
    assert_code(attempt("admin ", "Abcd1234", HOME), ERR_AUTH_WRONG);
    assert_code(attempt("", "", HOME), ERR_AUTH_WRONG);
    assert_ok(right_from(HOME));
    assert_code(attempt(NULL, "Abcd1234", NULL), ERR_AUTH_WRONG);
    assert_code(attempt("admin", "Abcd1234 ", NULL), ERR_AUTH_WRONG);
    assert_code(attempt("admin", "", NULL), ERR_AUTH_WRONG);
    assert_int_equal(look().account.failures, 3);
    assert_ok(right_from(NULL));
    assert_int_equal(look().account.failures, 0);
    assert_int_equal(look().source_count, 0);
}

static void test_no_password(void **state)
{
    struct secret none = SECRET_EMPTY;
    struct gate_attempt a = {.user = "admin", .password = &none};
    struct err e;

    (void)state;
    for (int i = 0; i < 120; i++)
        assert_err(gate_check(&gate, &a, "admin", &none, &e), e, ERR_NO_PASSWORD);
    a.password = NULL;
    assert_err(gate_check(&gate, &a, "admin", &none, &e), e, ERR_NO_PASSWORD);
    assert_int_equal(look().account.failures, 0);
    assert_int_equal(look().entry_count, 1);
    assert_int_equal(look().entries[0].times, 121);
    assert_int_equal(look().entries[0].outcome, GATE_NO_PASSWORD);
}

/* Any bytes, of any length: never right, always counted. */
static void test_strange(void **state)
{
    static const char *const texts[] = {"admin\n",   "admin\r\n", "%s%n%n",    "\xff\xfe\x80",
                                        "../../etc", "'; --",     "\x1b[2Jhi", "ad\xe2\x80\xaemin"};
    size_t size = 1024 * 1024;
    char *text = malloc(size + 1);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', size);
    text[size] = '\0';
    assert_code(attempt(text, "Abcd1234", HOME), ERR_AUTH_WRONG);
    assert_code(attempt("admin", text, text), ERR_AUTH_WRONG);
    for (size_t i = 0; i < 3; i++)
        assert_code(attempt(texts[i], texts[i], texts[i]), ERR_AUTH_WRONG);
    assert_int_equal(look().account.failures, 5);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_ok(gate_lift(&gate, "test", NULL));
        assert_code(attempt(texts[i], texts[i], texts[i]), ERR_AUTH_WRONG);
    }
    free(text);
    for (size_t i = 0; i < look().entry_count; i++) {
        struct gate_state st = look();

        for (const char *p = st.entries[i].user; *p != '\0'; p++)
            assert_true((unsigned char)*p >= ' ' && *p != 0x7f);
    }
}

/* --- locking ---------------------------------------------------------------------------------- */

static void test_lock(void **state)
{
    int64_t wait = 30 * SECOND;

    (void)state;
    fail_times(5);
    assert_int_equal(left(), 0);
    assert_code(wrong_from(AWAY), ERR_AUTH_WRONG); /* the sixth */
    assert_int_equal(left(), wait);
    assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
    assert_code(right_from(HOME), ERR_AUTH_LOCKED); /* the account is locked, not only the source */
    assert_int_equal(look().account.failures, 6);
    assert_int_equal(look().refused, 2);
    for (int i = 7; i < 100; i++) {
        moment.ms += wait - 1;
        assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
        moment.ms += 1;
        assert_code(wrong_from(AWAY), ERR_AUTH_WRONG);
        wait = 2 * wait < HOUR ? 2 * wait : HOUR;
        assert_int_equal(left(), wait);
    }
    moment.ms += wait;
    assert_code(wrong_from(AWAY), ERR_AUTH_WRONG); /* the hundredth */
    moment.ms += 1000 * HOUR;
    assert_code(right_from(AWAY), ERR_AUTH_STOPPED);
    assert_code(right_from(HOME), ERR_AUTH_STOPPED);
    assert_int_equal(look().account.failures, 100);
    assert_ok(gate_lift(&gate, "test", NULL));
    assert_ok(right_from(AWAY));
}

static void test_served(void **state)
{
    (void)state;
    fail_times(6);
    moment.ms += 30 * SECOND;
    assert_ok(right_from(AWAY));
    fail_times(5); /* the count has begun anew */
    assert_int_equal(left(), 0);
}

/* Others log in rightly again and again: a source that tries is held off all the same. */
static void test_source_alone(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        assert_code(wrong_from(AWAY), ERR_AUTH_WRONG);
        assert_ok(right_from(HOME));
    }
    assert_int_equal(left(), 0);
    assert_code(wrong_from(AWAY), ERR_AUTH_LOCKED);
    assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
    assert_code(right_from("::ffff:" AWAY), ERR_AUTH_LOCKED);
    assert_code(gate_ask(&gate, AWAY, NULL), ERR_AUTH_LOCKED);
    assert_ok(gate_ask(&gate, HOME, NULL));
    assert_ok(right_from(HOME));
}

/* Two thousand sources, each with a try or two: bounded, counted, and held off. */
static void test_flood(void **state)
{
    char source[GATE_TEXT_MAX];
    struct stat st;
    int wrong = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        str_format(source, sizeof(source), "10.%d.%d.1", i / 256, i % 256);
        if (wrong_from(source) == -ERR_AUTH_WRONG)
            wrong++;
        if (i % 4 == 0)
            assert_ok(gate_ask(&gate, HOME, NULL) == 0 ? right_from(HOME) : 0);
    }
    assert_int_equal(look().source_count, GATE_SOURCES);
    assert_in_range(wrong, GATE_SOURCES, GATE_SOURCES + 6);
    assert_int_equal(stat(GATE_FILE, &st), 0);
    assert_in_range(st.st_size, 1, 64 * 1024);
}

/* A source that was quiet for a day makes room; before, the shared count holds. */
static void test_room(void **state)
{
    char source[GATE_TEXT_MAX];

    (void)state;
    for (int i = 0; i < GATE_SOURCES; i++) {
        str_format(source, sizeof(source), "10.0.0.%d", i);
        assert_code(wrong_from(source), ERR_AUTH_WRONG);
        assert_ok(right_from(HOME));
        moment.ms += SECOND;
    }
    assert_code(wrong_from(AWAY), ERR_AUTH_WRONG);
    assert_int_equal(look().others.count.failures, 1);
    moment.ms += 24 * HOUR - 30 * SECOND; /* those of the first half are quiet for a day now */
    assert_code(wrong_from(AWAY), ERR_AUTH_WRONG);
    assert_int_equal(look().others.count.failures, 1);
    assert_int_equal(look().source_count, GATE_SOURCES);
    assert_string_equal(look().sources[0].key, "10.0.0.1");
    assert_string_equal(look().sources[GATE_SOURCES - 1].key, AWAY);
}

/* --- clocks and starts ------------------------------------------------------------------------ */

static void test_clock_jumps(void **state)
{
    static const time_t walls[] = {0, 946684800, 4102444800, -1, 1700000001};

    (void)state;
    fail_times(6);
    for (size_t i = 0; i < ARRAY_LEN(walls); i++) {
        moment.wall = walls[i];
        assert_int_equal(left(), 30 * SECOND);
        assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
    }
    moment.ms += 30 * SECOND;
    assert_ok(right_from(AWAY));
}

static void test_restart(void **state)
{
    (void)state;
    fail_times(6);
    moment.ms += 10 * SECOND;
    assert_code(right_from(AWAY), ERR_AUTH_LOCKED); /* 20 s are left, and written down */
    str_copy(moment.boot, sizeof(moment.boot), "second");
    moment.ms = 0;
    moment.wall = 0;
    assert_int_equal(left(), 20 * SECOND);
    moment.ms = 5 * SECOND;
    assert_int_equal(left(), 15 * SECOND);
    assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
    moment.ms = 20 * SECOND;
    assert_ok(right_from(AWAY));
}

/* A boot whose id cannot be read, a clock that went back: never lifted early, never longer. */
static void test_clock_back(void **state)
{
    (void)state;
    moment.ms = 100 * HOUR;
    moment.boot[0] = '\0';
    fail_times(6);
    moment.ms = 50 * HOUR;
    assert_int_equal(left(), 30 * SECOND);
    assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
    moment.ms += 30 * SECOND;
    assert_ok(right_from(AWAY));
}

/* Services that see /proc and others that do not, by turns: the unit has run for days all the
 * while. */
static void test_no_boot_id(void **state)
{
    (void)state;
    moment.ms = 100 * HOUR;
    fail_times(6);
    for (int i = 0; i < 4; i++) {
        str_copy(moment.boot, sizeof(moment.boot), i % 2 == 0 ? "" : "first");
        assert_int_equal(left(), (30 - 5 * i) * SECOND);
        assert_code(right_from(AWAY), ERR_AUTH_LOCKED);
        moment.ms += 5 * SECOND;
    }
}

static void test_kernel_clock(void **state)
{
    struct gate_now one, two;

    (void)state;
    gate_clock(&one);
    gate_clock(&two);
    assert_string_equal(one.boot, two.boot);
    assert_int_equal(strlen(one.boot), 36);
    assert_true(one.ms > 0 && two.ms >= one.ms && two.ms < one.ms + 600 * SECOND);
}

/* --- the record ------------------------------------------------------------------------------- */

static void test_kept(void **state)
{
    struct gate_state st;

    (void)state;
    for (int i = 0; i < 60; i++) {
        moment.wall++;
        assert_ok(right_from(HOME));
    }
    fail_times(6);
    for (int i = 0; i < 1000; i++)
        assert_code(wrong_from(AWAY), ERR_AUTH_LOCKED);
    st = look();
    assert_int_equal(st.entry_count, GATE_ENTRIES);
    assert_int_equal(st.refused, 1000);
    assert_int_equal(st.entries[0].outcome, GATE_REFUSED);
    assert_int_equal(st.entries[0].times, 1000);
    assert_int_equal(st.entries[1].outcome, GATE_WRONG);
    assert_string_equal(st.entries[1].user, "admin");
    assert_string_equal(st.entries[1].source, AWAY);
    assert_string_equal(st.entries[1].service, "test");
    assert_int_equal(st.entries[6].outcome, GATE_WRONG);
    assert_int_equal(st.entries[7].outcome, GATE_RIGHT);
    assert_int_equal(st.entries[7].time, 1700000060);
    assert_ok(gate_lift(&gate, "menu", NULL));
    st = look();
    assert_int_equal(st.entries[0].outcome, GATE_LIFTED);
    assert_string_equal(st.entries[0].service, "menu");
    assert_int_equal(st.entries[1].times, 1000);
}

#define HEAD    "{\"format\":1,\"boot\":\"b\",\"at_ms\":1,\"refused\":0,"
#define ACCOUNT "\"account\":{\"failures\":1,\"left_ms\":0}"
#define OTHERS  ",\"others\":{\"key\":\"\",\"failures\":0,\"left_ms\":0,\"quiet_ms\":0}"
#define WHOLE   HEAD ACCOUNT OTHERS

static void test_damaged(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "{",
        "[]",
        "{}",
        "null",
        "{\"format\":2}",
        HEAD "}",
        HEAD ACCOUNT "}",
        HEAD "\"account\":{\"failures\":-1,\"left_ms\":0}" OTHERS "}",
        HEAD "\"account\":{\"failures\":\"1\",\"left_ms\":0}" OTHERS "}",
        HEAD "\"account\":{\"failures\":9000000,\"left_ms\":0}" OTHERS "}",
        HEAD "\"account\":{\"failures\":1,\"left_ms\":3600001}" OTHERS "}",
        WHOLE ",\"sources\":[1]}",
        WHOLE ",\"sources\":[{\"key\":\"k\"}]}",
        WHOLE ",\"attempts\":[null]}",
        WHOLE ",\"attempts\":[{\"time\":1,\"outcome\":\"perhaps\",\"times\":1,\"service\":\"\","
              "\"source\":\"\",\"user\":\"\"}]}",
        WHOLE "} {}",
    };

    (void)state;
    unit_write_text(GATE_FILE, WHOLE "}");
    assert_int_equal(look().account.failures, 1); /* the measure of the others: this one is good */
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct gate_state st;

        unit_write_text(GATE_FILE, texts[i]);
        assert_code(gate_look(&gate, &st, NULL), ERR_AUTH_RECORD);
        assert_code(gate_ask(&gate, HOME, NULL), ERR_AUTH_RECORD);
        assert_code(right_from(HOME), ERR_AUTH_RECORD);
        unit_assert_text(GATE_FILE, texts[i]); /* what is damaged is not written over */
        assert_ok(gate_lift(&gate, "test", NULL));
        unit_assert_text(GATE_DAMAGED, texts[i]);
        assert_ok(right_from(HOME));
    }
}

static void test_not_a_file(void **state)
{
    char *text = calloc(1, RECORD_FILE_MAX + 2);

    (void)state;
    assert_non_null(text);
    memset(text, ' ', RECORD_FILE_MAX + 1);
    unit_write_text(GATE_FILE, text);
    free(text);
    assert_code(right_from(HOME), ERR_AUTH_RECORD);
    assert_ok(gate_lift(&gate, "test", NULL));
    assert_int_equal(unlink(GATE_FILE), 0);
    unit_write_text("elsewhere", WHOLE "}");
    assert_int_equal(symlink("elsewhere", GATE_FILE), 0);
    assert_code(right_from(HOME), ERR_AUTH_RECORD);
    assert_ok(gate_lift(&gate, "test", NULL));
    assert_ok(right_from(HOME));
    assert_true(unit_exists("elsewhere"));
}

/* What cannot be written down is refused, right or wrong. */
static void test_cannot_write(void **state)
{
    struct secret own = SECRET_EMPTY;
    const struct gate nowhere = {
        .folder = "no/such/folder", .policy = &gate_policy, .now = told_time};
    struct gate_attempt a = {.user = "admin", .password = &own};
    char aside[64];
    struct err e;

    (void)state;
    assert_ok(secret_set(&own, "Abcd1234", 8));
    assert_err(gate_check(&nowhere, &a, "admin", &own, &e), e, ERR_NOT_FOUND);
    /* the new record has no place beside the old one: a folder stands in its way */
    str_format(aside, sizeof(aside), GATE_FILE ".new.%ld", (long)getpid());
    assert_int_equal(mkdir(aside, 0700), 0);
    assert_true(right_from(HOME) < 0);
    assert_true(wrong_from(HOME) < 0);
    assert_false(unit_exists(GATE_FILE));
    assert_int_equal(rmdir(aside), 0);
    assert_ok(right_from(HOME));
}

/* --- at the same time ------------------------------------------------------------------------- */

/* Fifty processes, one attempt each. Returns how many ended with `code`. */
static int together(const struct gate_policy *policy, enum err_code code)
{
    const struct gate g = {.folder = ".", .policy = policy, .now = told_time};
    struct secret own = SECRET_EMPTY, given = SECRET_EMPTY;
    const struct gate_attempt a = {.user = "admin", .password = &given, .source = AWAY};
    pid_t pids[50];
    int matched = 0;

    assert_ok(secret_set(&own, "Abcd1234", 8));
    assert_ok(secret_set(&given, "Abcd1235", 8));
    for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            _exit(gate_check(&g, &a, "admin", &own, NULL) == -(int)code ? 0 : 1);
    }
    for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
        int status = 0;

        while (waitpid(pids[i], &status, 0) < 0)
            assert_int_equal(errno, EINTR);
        matched += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    return matched;
}

static void test_together(void **state)
{
    const struct gate_policy patient = {.free_tries = 1000, .stop_at = 2000};

    (void)state;
    assert_int_equal(together(&patient, ERR_AUTH_WRONG), 50);
    assert_int_equal(look().account.failures, 50);
    assert_int_equal(look().sources[0].count.failures, 50);
    assert_ok(gate_lift(&gate, "test", NULL));
    assert_int_equal(together(&gate_policy, ERR_AUTH_WRONG), 6);
    assert_int_equal(look().account.failures, 6);
    assert_int_equal(look().refused, 44);
    assert_ok(gate_lift(&gate, "test", NULL));
    assert_int_equal(together(&gate_policy, ERR_AUTH_LOCKED), 44);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_sources),
        cmocka_unit_test_setup_teardown(test_answers, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_no_password, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_strange, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_lock, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_served, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_source_alone, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_flood, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_room, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_clock_jumps, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_restart, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_clock_back, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_no_boot_id, enter, unit_leave),
        cmocka_unit_test(test_kernel_clock),
        cmocka_unit_test_setup_teardown(test_kept, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_damaged, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_not_a_file, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_cannot_write, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_together, enter, unit_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
