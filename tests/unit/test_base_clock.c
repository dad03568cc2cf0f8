/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "base/clock.h"

static void test_round_trip(void **state)
{
    static const struct {
        const char *text;
        time_t t;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2000-02-29T12:00:00Z", 951825600},
        {"2026-11-22T23:31:29Z", 1795390289},
        {"2106-02-07T06:28:16Z", 4294967296},
    };
    char text[CLOCK_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_string_equal(clock_rfc3339(rows[i].t, text), rows[i].text);
        assert_int_equal(clock_parse(rows[i].text), rows[i].t);
    }
}

static void test_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22T23:31:29",
        "2026-11-22T23:31:29+01:00",
        "2026-11-22T23:31:29Z ",
        " 2026-11-22T23:31:29Z",
        "2026-11-22 23:31:29Z",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-1-2T00:00:00Z",
        "2026-01-01T24:00:00Z",
    };

    (void)state;
    assert_int_equal(clock_parse(NULL), (time_t)-1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (clock_parse(rows[i]) != (time_t)-1)
            fail_msg("taken: \"%s\"", rows[i]);
}

static void test_monotonic(void **state)
{
    int64_t first = clock_ms();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int64_t next = clock_ms();

        assert_true(next >= first);
        first = next;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_monotonic),
    };

    return cmocka_run_group_tests_name("base/clock", tests, NULL, NULL);
}
