/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "base/record.h"
#include "base/utf8.h"

static struct record *sample(void)
{
    struct record *r = record_new();
    struct err e;

    record_set_str(r, "host", "ftp.example.org");
    record_set_int(r, "port", 21);
    record_set_int(r, "size", INT64_MAX);
    record_set_bool(r, "secure", true);
    record_set_null(r, "nothing");
    record_set_str(record_add_child(r, "child"), "name", "\xe6\x97\xa5 \"quoted\" \\ /");
    record_set_list(r, "empty");
    record_set_int(record_add_item(r, "list"), "n", 1);
    record_set_int(record_add_item(r, "list"), "n", 2);
    record_set_bytes(r, "file", "caf\xe9.mxf");
    err_set_reply(&e, ERR_LOGIN, STEP_LOGIN, 530, "Login incorrect.", 16);
    record_set_err(r, "error", &e);
    return r;
}

static void check_sample(const struct record *r)
{
    char bytes[16], small[8];
    struct err e;

    assert_string_equal(record_str(r, "host", "?"), "ftp.example.org");
    assert_int_equal(record_int(r, "port", 0), 21);
    assert_true(record_int(r, "size", 0) == INT64_MAX);
    assert_true(record_bool(r, "secure", false));
    assert_string_equal(record_str(record_child(r, "child"), "name", "?"),
                        "\xe6\x97\xa5 \"quoted\" \\ /");
    assert_int_equal(record_count(r, "empty"), 0);
    assert_int_equal(record_count(r, "list"), 2);
    assert_int_equal(record_int(record_item(r, "list", 1), "n", 0), 2);
    assert_string_equal(record_str(r, "file", "?"), "caf\\xE9.mxf");
    assert_true(record_bytes(r, "file", bytes, sizeof(bytes)));
    assert_string_equal(bytes, "caf\xe9.mxf");
    assert_false(record_bytes(r, "file", small, sizeof(small)));
    assert_true(record_err(r, "error", &e));
    assert_int_equal(e.code, ERR_LOGIN);
    assert_int_equal(e.step, STEP_LOGIN);
    assert_int_equal(e.reply_code, 530);
    assert_string_equal(e.reply, "Login incorrect.");
}

static void test_round_trip(void **state)
{
    struct record *r = sample(), *back = NULL;
    struct stat st;

    (void)state;
    check_sample(r);
    assert_ok(record_save(r, "r.json", STEP_SETTINGS, NULL));
    assert_int_equal(stat("r.json", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    record_free(r);
    assert_ok(record_load(&back, "r.json", STEP_SETTINGS, NULL));
    check_sample(back);
    assert_ok(record_save_volatile(back, "v.json", STEP_SETTINGS, NULL));
    record_free(back);
    assert_ok(record_load(&back, "v.json", STEP_SETTINGS, NULL));
    check_sample(back);
    record_free(back);
    record_free(NULL);
}

/* A value of another kind is as good as none; NULL records are empty. */
static void test_fallbacks(void **state)
{
    struct record *r = sample();
    struct err e;
    char bytes[8];

    (void)state;
    assert_string_equal(record_str(r, "port", "fall"), "fall");
    assert_int_equal(record_int(r, "host", 5), 5);
    assert_false(record_bool(r, "port", false));
    assert_null(record_child(r, "host"));
    assert_null(record_item(r, "list", 2));
    assert_int_equal(record_count(r, "host"), 0);
    assert_int_equal(record_int(NULL, "port", 9), 9);
    assert_int_equal(record_count(NULL, "list"), 0);
    assert_false(record_bytes(r, "nothing", bytes, sizeof(bytes)));
    assert_false(record_err(r, "child", &e));
    record_set_bytes(r, "file", "plain"); /* the hex of the value before goes with it */
    assert_true(record_bytes(r, "file", bytes, sizeof(bytes)));
    assert_string_equal(bytes, "plain");
    record_free(r);
}

static void count_key(void *arg, const char *key, const char *value)
{
    int *n = arg;

    assert_non_null(key);
    assert_non_null(value);
    ++*n;
}

static void test_each(void **state)
{
    struct record *r = sample();
    int n = 0;

    (void)state;
    record_each(r, count_key, &n);
    assert_int_equal(n, 6); /* host port size secure file file_hex */
    record_free(r);
}

static void test_refused(void **state)
{
    static const char *const rows[] = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "\"x\"",
        "{",
        "{}x",
        "{}{}",
        "{\"a\":1,}",
        "{a:1}",
        "// x\n{}",
        "{\"a\":\"\xff\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}",
    };
    struct record *r = NULL;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (record_parse(&r, rows[i], strlen(rows[i]), STEP_QUEUE, &e) != -ERR_DAMAGED)
            fail_msg("taken: %s", rows[i]);
        assert_int_equal(e.code, ERR_DAMAGED);
        assert_null(r);
    }
    assert_err(record_parse(&r, "{}\0", 3, STEP_QUEUE, &e), e, ERR_DAMAGED);
    assert_err(record_load(&r, "none.json", STEP_QUEUE, &e), e, ERR_NOT_FOUND);
    unit_write_text("bad.json", "{\"a\":");
    assert_err(record_load(&r, "bad.json", STEP_QUEUE, &e), e, ERR_DAMAGED);
    assert_string_equal(e.arg[0], "bad.json");
    assert_ok(record_parse(&r, " {} \r\n\t", 7, STEP_QUEUE, &e));
    record_free(r);
}

/* The text need not end in a NUL: what follows it is not looked at. */
static void test_bounded(void **state)
{
    char *text = malloc(8);
    struct record *r = NULL;

    (void)state;
    assert_non_null(text);
    memcpy(text, "{\"a\":1}\n", 8);
    assert_ok(record_parse(&r, text, 8, STEP_QUEUE, NULL));
    assert_int_equal(record_int(r, "a", 0), 1);
    record_free(r);
    assert_ok(record_parse(&r, text, 7, STEP_QUEUE, NULL));
    record_free(r);
    free(text);
}

/* Cut anywhere, it is damaged; with a byte changed, it is damaged or whole, never half. */
static void test_damaged_anywhere(void **state)
{
    static const char changes[] = {0, '"', '}', ' ', (char)0xff, '9'};
    struct record *r = sample(), *got;
    struct buf b;

    (void)state;
    buf_init(&b, RECORD_FILE_MAX);
    assert_ok(record_format(r, true, &b));
    record_free(r);
    for (size_t len = 0; len < b.len - 1; len++) {
        got = NULL;
        assert_int_equal(record_parse(&got, b.data, len, STEP_QUEUE, NULL), -ERR_DAMAGED);
        assert_null(got);
    }
    for (size_t i = 0; i < b.len * sizeof(changes); i++) {
        char *at = b.data + i / sizeof(changes), old = *at;
        struct buf again;

        *at = changes[i % sizeof(changes)];
        got = NULL;
        if (record_parse(&got, b.data, b.len, STEP_QUEUE, NULL) == 0) {
            buf_init(&again, RECORD_FILE_MAX);
            assert_ok(record_format(got, false, &again));
            assert_true(utf8_valid(again.data, again.len));
            buf_done(&again);
            record_free(got);
        } else {
            assert_null(got);
        }
        *at = old;
    }
    buf_done(&b);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_round_trip),     cmocka_unit_test(test_fallbacks),
        cmocka_unit_test(test_each),    IN_FOLDER(test_refused),
        cmocka_unit_test(test_bounded), cmocka_unit_test(test_damaged_anywhere),
    };

    return cmocka_run_group_tests_name("base/record", tests, NULL, NULL);
}
