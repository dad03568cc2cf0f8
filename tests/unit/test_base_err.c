/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <errno.h>

/* Scripts see the words: each exists once and finds its code again. */
static void test_words(void **state)
{
    (void)state;
    for (int i = 1; i < ERR_COUNT; i++) {
        assert_non_null(err_word((enum err_code)i));
        assert_int_equal(err_from_word(err_word((enum err_code)i)), i);
        assert_int_equal(
            strspn(err_word((enum err_code)i), "abcdefghijklmnopqrstuvwxyz0123456789-"),
            strlen(err_word((enum err_code)i)));
    }
    for (int i = 0; i < STEP_COUNT; i++)
        assert_int_equal(err_step_from_word(err_step_word((enum err_step)i)), i);
    assert_string_equal(err_word(ERR_NONE), "none");
    assert_int_equal(err_from_word("no such word"), ERR_NONE);
    assert_int_equal(err_from_word(NULL), ERR_NONE);
    assert_int_equal(err_step_from_word(NULL), STEP_NONE);
}

static void test_set(void **state)
{
    struct err e;

    (void)state;
    memset(&e, 0xff, sizeof(e));
    assert_int_equal(err_set(&e, ERR_CERT_EMPTY, STEP_CERTIFICATE), -ERR_CERT_EMPTY);
    assert_int_equal(e.code, ERR_CERT_EMPTY);
    assert_int_equal(e.step, STEP_CERTIFICATE);
    assert_int_equal(e.sys_errno, 0);
    assert_string_equal(e.arg[0], "");
    assert_string_equal(e.reply, "");
    assert_int_equal(err_set(NULL, ERR_IO, STEP_NONE), -ERR_IO);

    err_set_limits(&e, ERR_VALUE_LENGTH, STEP_SETTINGS, 8, 16);
    assert_string_equal(e.arg[0], "8");
    assert_string_equal(e.arg[1], "16");
    err_clear(&e);
    assert_int_equal(e.code, ERR_NONE);
    err_clear(NULL);
}

static void test_foreign_text_is_safe(void **state)
{
    char longer[2 * ERR_REPLY_MAX];
    struct err e;

    (void)state;
    err_set_args(&e, ERR_NAME, STEP_CLIP, "a\033[2Jb", NULL);
    assert_string_equal(e.arg[0], "a\\x1B[2Jb");
    assert_string_equal(e.arg[1], "");

    memset(longer, 'x', sizeof(longer));
    err_set_reply(&e, ERR_LOGIN, STEP_LOGIN, 530, longer, sizeof(longer));
    assert_int_equal(e.reply_code, 530);
    assert_int_equal(strlen(e.reply), ERR_REPLY_MAX - 1);
    err_set_reply(&e, ERR_LOGIN, STEP_LOGIN, 530, "no\0\xff", 4);
    assert_string_equal(e.reply, "no\\x00\\xFF");
    err_set_reply(&e, ERR_CLOSED, STEP_LOGIN, 0, NULL, 0);
    assert_string_equal(e.reply, "");
}

static void test_errno(void **state)
{
    static const struct {
        int sys_errno;
        enum err_code code;
    } rows[] = {
        {ENOSPC, ERR_DISK_FULL}, {EDQUOT, ERR_DISK_FULL}, {EACCES, ERR_PERMISSION},
        {EROFS, ERR_PERMISSION}, {ENOENT, ERR_NOT_FOUND}, {ENOTDIR, ERR_NOT_FOUND},
        {ENOMEM, ERR_NO_MEMORY}, {EIO, ERR_IO},           {EBADF, ERR_IO},
    };
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_err(err_set_errno(&e, STEP_CARD, rows[i].sys_errno, "/p"), e, rows[i].code);
        assert_int_equal(e.sys_errno, rows[i].sys_errno);
        assert_string_equal(e.arg[0], "/p");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_foreign_text_is_safe),
        cmocka_unit_test(test_errno),
    };

    return cmocka_run_group_tests_name("base/err", tests, NULL, NULL);
}
