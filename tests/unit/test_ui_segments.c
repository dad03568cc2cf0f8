/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An address by segments: turned and typed. */
#include "tests/lib/unit.h"

#include "ui/segments.h"

static const char *text_of(const struct segments *s)
{
    static char text[SEGMENTS_TEXT];

    segments_text(s, text);
    return text;
}

static void type(struct segments *s, const char *keys)
{
    for (; *keys != '\0'; keys++) {
        if (*keys == '<')
            segments_rub_out(s);
        else
            segments_type(s, *keys);
    }
}

static void test_typed(void **state)
{
    static const struct {
        const char *keys, *text;
        int at;
    } cases[] = {
        {"10.0.0.7", "10.0.0.7", 3},
        {"192.168.1.20", "192.168.1.20", 3}, /* the dots after three digits are not needed */
        {"192168120", "192.168.120.0", 3},
        {"255255255255", "255.255.255.255", 3},
        {"256", "25.6.0.0", 1}, /* 256 cannot be: the 6 is the next one's */
        {"1920", "192.0.0.0", 1},
        {"...", "0.0.0.0", 0},
        {"a b-", "0.0.0.0", 0},
        {"10.5<6", "10.6.0.0", 1},
        {"10.<<7", "17.0.0.0", 0},
        {"1.2.3.4.5", "1.2.3.45", 3}, /* there is no fifth */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct segments s;

        segments_set(&s, "", false);
        type(&s, cases[i].keys);
        assert_string_equal(text_of(&s), cases[i].text);
        assert_int_equal(s.at, cases[i].at);
    }
}

static void test_turned(void **state)
{
    struct segments s;

    (void)state;
    segments_set(&s, "192.168.1.255", false);
    segments_turn(&s, 1);
    assert_string_equal(text_of(&s), "193.168.1.255");
    segments_turn(&s, -10);
    assert_string_equal(text_of(&s), "183.168.1.255");
    assert_false(segments_previous(&s));
    while (segments_next(&s))
        ;
    segments_turn(&s, 1);
    assert_string_equal(text_of(&s), "183.168.1.0"); /* round */
    segments_turn(&s, -5);
    assert_string_equal(text_of(&s), "183.168.1.251");
    type(&s, "7"); /* typing after a turn begins anew */
    assert_string_equal(text_of(&s), "183.168.1.7");
}

static void test_mask(void **state)
{
    static const int values[] = {254, 252, 248, 240, 224, 192, 128, 0, 255};
    struct segments s;

    (void)state;
    segments_set(&s, "255.255.255.0", true);
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        segments_turn(&s, -1);
        assert_int_equal(s.value[0], values[i]);
    }
    segments_set(&s, "17.0.0.0", true); /* no mask: on to the next that is one */
    segments_turn(&s, 0);
    assert_int_equal(s.value[0], 128);
}

static void test_set(void **state)
{
    static const char *const wrong[] = {"", "1.2.3", "300.1.1.1", "::1", "host"};
    struct segments s;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        segments_set(&s, wrong[i], false);
        assert_string_equal(text_of(&s), "0.0.0.0");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_turned),
        cmocka_unit_test(test_mask),
        cmocka_unit_test(test_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
