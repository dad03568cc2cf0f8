/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

static void test_copy_and_format(void **state)
{
    char dst[4] = "zzz";

    (void)state;
    assert_true(str_copy(dst, sizeof(dst), "abc"));
    assert_string_equal(dst, "abc");
    assert_false(str_copy(dst, sizeof(dst), "abcd"));
    assert_string_equal(dst, "abc");
    assert_false(str_copy(dst, 0, "x"));
    assert_true(str_copy(dst, sizeof(dst), ""));
    assert_string_equal(dst, "");
    assert_true(str_format(dst, sizeof(dst), "%d", 123));
    assert_false(str_format(dst, sizeof(dst), "%d", 1234));
    assert_string_equal(dst, "123");
}

static void test_to_long(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        long value;
    } rows[] = {
        {"0", true, 0},
        {"21", true, 21},
        {"-5", true, -5},
        {"65535", true, 65535},
        {"65536", false, 0},
        {"-6", false, 0},
        {"", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"+1", false, 0},
        {"0x10", false, 0},
        {"1e3", false, 0},
        {"-", false, 0},
        {"--1", false, 0},
        {"1.0", false, 0},
        {"twenty", false, 0},
        {"99999999999999999999", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        long value = 77;

        if (str_to_long(rows[i].text, -5, 65535, &value) != rows[i].ok)
            fail_msg("\"%s\"", rows[i].text);
        assert_int_equal(value, rows[i].ok ? rows[i].value : 77);
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_true(str_starts("server.1.host", "server."));
    assert_false(str_starts("serv", "server."));
    assert_string_equal(str_base_name("/a/b"), "b");
    assert_string_equal(str_base_name("b"), "b");
    assert_string_equal(str_base_name("a/"), "");
}

static void test_hex(void **state)
{
    static const char *const bad[] = {"0", "0g", "000", "zz", " 0", "0102030405"};
    unsigned char bytes[4] = {0};
    char text[9];

    (void)state;
    str_hex(text, sizeof(text), "\x00\xff\x10\x0a", 4);
    assert_string_equal(text, "00ff100a");
    assert_int_equal(str_unhex(bytes, sizeof(bytes), "00FF100a"), 4);
    assert_memory_equal(bytes, "\x00\xff\x10\x0a", 4);
    assert_int_equal(str_unhex(bytes, sizeof(bytes), ""), 0);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(str_unhex(bytes, sizeof(bytes), bad[i]), -1);
    str_hex(text, 4, "\x01\x02\x03", 3); /* never half a byte, never past the end */
    assert_string_equal(text, "01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy_and_format),
        cmocka_unit_test(test_to_long),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_hex),
    };

    return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
