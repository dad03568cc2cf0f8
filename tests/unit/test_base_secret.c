/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "base/secret.h"

static void test_set_and_wipe(void **state)
{
    char longest[SECRET_MAX + 1];
    struct secret s = SECRET_EMPTY;

    (void)state;
    memset(longest, 'x', sizeof(longest));
    assert_ok(secret_set(&s, "abc1", 4));
    assert_string_equal(s.text, "abc1");
    assert_int_equal(secret_set(&s, longest, SECRET_MAX + 1), -ERR_TOO_LARGE);
    assert_int_equal(secret_set(&s, "a\0b", 3), -ERR_VALUE_UTF8);
    assert_string_equal(s.text, "abc1"); /* untouched by a refusal */
    assert_ok(secret_set(&s, longest, SECRET_MAX));
    assert_int_equal(s.len, SECRET_MAX);
    assert_ok(secret_set(&s, "b", 1));
    for (size_t i = 1; i < sizeof(s.text); i++)
        assert_int_equal(s.text[i], 0); /* nothing of the longer one is left */
    secret_wipe(&s);
    for (size_t i = 0; i < sizeof(s); i++)
        assert_int_equal(((const char *)&s)[i], 0);
}

/* As a delete key does: a secret is set to a part of itself. */
static void test_set_from_itself(void **state)
{
    struct secret s = SECRET_EMPTY;

    (void)state;
    assert_ok(secret_set(&s, "abcdef", 6));
    assert_ok(secret_set(&s, s.text + 1, 4));
    assert_string_equal(s.text, "bcde");
    secret_copy(&s, &s);
    assert_string_equal(s.text, "bcde");
    secret_wipe(&s);
}

static void test_equal(void **state)
{
    struct secret a = SECRET_EMPTY, b = SECRET_EMPTY;

    (void)state;
    assert_true(secret_equal(&a, &b));
    assert_ok(secret_set(&a, "password1", 9));
    assert_false(secret_equal(&a, &b));
    assert_ok(secret_set(&b, "password1", 9));
    assert_true(secret_equal(&a, &b));
    assert_ok(secret_set(&b, "password2", 9));
    assert_false(secret_equal(&a, &b));
    assert_ok(secret_set(&b, "password", 8));
    assert_false(secret_equal(&a, &b));
}

static int read_line_of(struct secret *s, const char *text, size_t len, char *ret_rest)
{
    int fds[2], r;
    ssize_t n;

    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], text, len), (ssize_t)len);
    close(fds[1]);
    r = secret_read_line(s, fds[0]);
    n = read(fds[0], ret_rest, 15);
    ret_rest[n > 0 ? n : 0] = '\0';
    close(fds[0]);
    return r;
}

static void test_read_line(void **state)
{
    static const struct {
        const char *input, *want, *rest;
        int r;
    } rows[] = {
        {"abc123\nnext", "abc123", "next", 0}, {"abc123\r\nnext", "abc123", "next", 0},
        {"abc123", "abc123", "", 0},           {"\nx", "", "x", 0},
        {"", "old", "", -ERR_NOT_FOUND},       {" a b \n", " a b ", "", 0},
    };
    char longest[SECRET_MAX + 4], rest[16];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct secret s = SECRET_EMPTY;

        assert_ok(secret_set(&s, "old", 3));
        assert_int_equal(read_line_of(&s, rows[i].input, strlen(rows[i].input), rest), rows[i].r);
        assert_string_equal(s.text, rows[i].want);
        assert_string_equal(rest, rows[i].rest);
    }
    struct secret s = SECRET_EMPTY;
    memset(longest, 'x', sizeof(longest));
    assert_int_equal(read_line_of(&s, longest, SECRET_MAX, rest), 0);
    assert_int_equal(s.len, SECRET_MAX);
    longest[SECRET_MAX] = '\r';
    longest[SECRET_MAX + 1] = '\n';
    assert_int_equal(read_line_of(&s, longest, SECRET_MAX + 2, rest), 0);
    longest[SECRET_MAX] = 'x';
    assert_int_equal(read_line_of(&s, longest, SECRET_MAX + 2, rest), -ERR_TOO_LARGE);
    assert_int_equal(read_line_of(&s, "a\0b\n", 4, rest), -ERR_VALUE_UTF8);
    assert_int_equal(secret_read_line(&s, -1), -ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_and_wipe),
        cmocka_unit_test(test_set_from_itself),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_read_line),
    };

    return cmocka_run_group_tests_name("base/secret", tests, NULL, NULL);
}
