/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "ftpes/classify.h"

static void test_rows(void **state)
{
    static const struct {
        enum err_step step;
        int code;
        enum err_code err;
        enum err_class class;
    } rows[] = {
        {STEP_GREETING, 421, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_GREETING, 530, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_GREETING, 230, ERR_PROTOCOL, ERR_CLASS_RETRY},
        {STEP_AUTH_TLS, 500, ERR_NO_SECURE, ERR_CLASS_SERVER},
        {STEP_AUTH_TLS, 200, ERR_NO_SECURE, ERR_CLASS_SERVER},
        {STEP_AUTH_TLS, 334, ERR_NO_SECURE, ERR_CLASS_SERVER},
        {STEP_AUTH_TLS, 431, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_LOGIN, 530, ERR_LOGIN, ERR_CLASS_SERVER},
        {STEP_LOGIN, 430, ERR_LOGIN, ERR_CLASS_SERVER},
        {STEP_LOGIN, 500, ERR_LOGIN, ERR_CLASS_SERVER},
        {STEP_LOGIN, 332, ERR_ACCOUNT, ERR_CLASS_SERVER},
        {STEP_LOGIN, 421, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_PROTECT, 534, ERR_PROT, ERR_CLASS_SERVER},
        {STEP_PROTECT, 421, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_SETUP, 500, ERR_BINARY, ERR_CLASS_SERVER},
        {STEP_FOLDER, 550, ERR_FOLDER, ERR_CLASS_FILE},
        {STEP_FOLDER, 450, ERR_SERVER_BUSY, ERR_CLASS_RETRY},
        {STEP_FOLDER, 552, ERR_SERVER_FULL, ERR_CLASS_RETRY},
        {STEP_DATA_CONNECT, 425, ERR_PASSIVE, ERR_CLASS_RETRY},
        {STEP_DATA_CONNECT, 530, ERR_LOGIN, ERR_CLASS_SERVER},
        {STEP_STORE, 425, ERR_DATA_REFUSED, ERR_CLASS_RETRY},
        {STEP_STORE, 426, ERR_ABORTED, ERR_CLASS_RETRY},
        {STEP_STORE, 451, ERR_ABORTED, ERR_CLASS_RETRY},
        {STEP_STORE, 452, ERR_SERVER_FULL, ERR_CLASS_RETRY},
        {STEP_STORE, 552, ERR_SERVER_FULL, ERR_CLASS_RETRY},
        {STEP_STORE, 522, ERR_SESSION_REUSE, ERR_CLASS_SERVER},
        {STEP_STORE, 550, ERR_STORE, ERR_CLASS_FILE},
        {STEP_STORE, 553, ERR_STORE, ERR_CLASS_FILE},
        {STEP_STORE, 350, ERR_PROTOCOL, ERR_CLASS_RETRY},
        {STEP_SIZE, 550, ERR_SIZE_DIFFERS, ERR_CLASS_RETRY},
        {STEP_RENAME, 553, ERR_RENAME, ERR_CLASS_FILE},
        {STEP_RENAME, 450, ERR_ABORTED, ERR_CLASS_RETRY},
        {STEP_QUIT, 500, ERR_PROTOCOL, ERR_CLASS_RETRY},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        enum err_code code = classify_reply(rows[i].step, rows[i].code);

        if (code != rows[i].err || err_class(code) != rows[i].class)
            fail_msg("%s %d: %s", err_step_word(rows[i].step), rows[i].code, err_word(code));
    }
}

/* 421 means the same at every step, and no refusal is ever taken for no error. */
static void test_every_code(void **state)
{
    (void)state;
    for (int step = STEP_NONE; step < STEP_COUNT; step++) {
        assert_int_equal(classify_reply((enum err_step)step, 421), ERR_SERVER_BUSY);
        for (int code = 100; code <= 599; code++)
            assert_int_not_equal(classify_reply((enum err_step)step, code), ERR_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_every_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
