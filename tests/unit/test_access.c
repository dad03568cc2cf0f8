/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "access/access.h"

/* The guide's seventy: letters, digits and ! % + , - . = _ */
static void test_characters(void **state)
{
    static const char want[] = "!%+,-.0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                               "abcdefghijklmnopqrstuvwxyz";
    char got[256] = "";
    size_t n = 0;

    (void)state;
    for (int c = 0; c < 256; c++)
        if (access_character((char)c))
            got[n++] = (char)c;
    got[n] = '\0';
    assert_int_equal(n, 70);
    assert_string_equal(got, want);
}

static const struct {
    const char *text;
    enum err_code user, password;
} rows[] = {
    {"", ERR_VALUE_LENGTH, ERR_VALUE_LENGTH},
    {"a", ERR_NONE, ERR_VALUE_LENGTH},
    {"admin", ERR_NONE, ERR_VALUE_LENGTH},
    {"abcdef1", ERR_NONE, ERR_VALUE_LENGTH},
    {"abcdefg1", ERR_NONE, ERR_NONE},
    {"1111111a", ERR_NONE, ERR_NONE},
    {"abcdefghijklmn1!", ERR_NONE, ERR_NONE},
    {"abcdefghijklmn12!", ERR_VALUE_LENGTH, ERR_VALUE_LENGTH},
    {"abcdefgh", ERR_NONE, ERR_VALUE_LETTER_DIGIT},
    {"12345678", ERR_NONE, ERR_VALUE_LETTER_DIGIT},
    {"!%+,-.=_", ERR_NONE, ERR_VALUE_LETTER_DIGIT},
    {"!%+,-._1", ERR_NONE, ERR_VALUE_LETTER_DIGIT},
    {"!%+,-.Z9", ERR_NONE, ERR_NONE},
    {"abcdef 1", ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER},
    {"abcdefg1\n", ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER},
    {"abcdefg1:", ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER},
    {"abcdefg1\\", ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER},
    {"\xc3\xa9"
     "abcdefg1",
     ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER},
    {"\xef\xbc\x91"
     "abcdefgh",
     ERR_VALUE_CHARACTER, ERR_VALUE_CHARACTER}, /* full-width 1 */
};

static void test_rules(void **state)
{
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len = strlen(rows[i].text);

        assert_err(access_check_user(rows[i].text, len, &e), e, rows[i].user);
        assert_err(access_check_password(rows[i].text, len, &e), e, rows[i].password);
    }
    assert_err(access_check_user("a\0b", 3, &e), e, ERR_VALUE_CHARACTER);
    assert_err(access_check_password("short1", 6, &e), e, ERR_VALUE_LENGTH);
    assert_string_equal(e.arg[0], "8");
    assert_string_equal(e.arg[1], "16");
    assert_err(access_check_user("a:b", 3, &e), e, ERR_VALUE_CHARACTER);
    assert_string_equal(e.arg[0], ACCESS_CHARACTERS);
}

/* The live line and the check agree. */
static void test_live_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct access_rules r = access_rules_of(rows[i].text, strlen(rows[i].text));

        assert_int_equal(r.length && r.characters && r.letter && r.digit,
                         rows[i].password == ERR_NONE);
    }
}

/*
 * Every allowed password is equally likely. Of strings of the seventy, 8.5 % have no digit and are
 * not allowed, so that of 320 000 characters each digit is expected 4995 times and each other
 * character 4501 times; 6 standard deviations are 402 and 420.
 */
static void test_generate(void **state)
{
    unsigned count[256] = {0};
    struct secret s = SECRET_EMPTY, last = SECRET_EMPTY;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        access_generate(&s);
        assert_int_equal(s.len, 16);
        assert_ok(access_check_password(s.text, s.len, NULL));
        assert_false(secret_equal(&s, &last));
        secret_copy(&last, &s);
        for (size_t n = 0; n < s.len; n++)
            count[(unsigned char)s.text[n]]++;
    }
    for (int c = 0; c < 256; c++)
        if (access_character((char)c))
            assert_in_range(count[c], (c >= '0' && c <= '9' ? 4995 : 4501) - 420,
                            (c >= '0' && c <= '9' ? 4995 : 4501) + 420);
    secret_wipe(&s);
    secret_wipe(&last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_live_rules),
        cmocka_unit_test(test_generate),
    };

    return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
