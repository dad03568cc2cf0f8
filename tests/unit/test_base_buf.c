/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "base/buf.h"

static void test_empty(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 10);
    assert_string_equal(buf_str(&b), "");
    buf_consume(&b, 0);
    buf_reset(&b);
    assert_ok(buf_append(&b, NULL, 0));
    assert_string_equal(buf_str(&b), "");
    buf_done(&b);
    buf_done(&b);
}

static void test_ceiling_is_exact(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 10);
    assert_ok(buf_append(&b, "0123456789", 10));
    assert_int_equal(buf_append(&b, "x", 1), -ERR_TOO_LARGE);
    assert_int_equal(buf_append(&b, "x", SIZE_MAX), -ERR_TOO_LARGE);
    assert_int_equal(buf_printf(&b, "%d", 7), -ERR_TOO_LARGE);
    assert_null(buf_reserve(&b, 1));
    assert_int_equal(b.len, 10);
    assert_string_equal(buf_str(&b), "0123456789");
    buf_done(&b);
}

static void test_grows_and_keeps(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 1000000);
    for (int i = 0; i < 10000; i++)
        assert_ok(buf_printf(&b, "%05d ", i));
    assert_int_equal(b.len, 60000);
    assert_memory_equal(b.data + 6 * 9999, "09999 ", 7);
    buf_consume(&b, 6 * 9998);
    assert_string_equal(buf_str(&b), "09998 09999 ");
    buf_reset(&b);
    assert_string_equal(buf_str(&b), "");
    buf_done(&b);
}

static void test_reserve_commit(void **state)
{
    struct buf b;
    char *room;

    (void)state;
    buf_init(&b, 300);
    assert_ok(buf_append(&b, "ab", 2));
    room = buf_reserve(&b, 298);
    assert_non_null(room);
    memset(room, 'x', 298);
    buf_commit(&b, 298);
    assert_int_equal(strlen(buf_str(&b)), 300);
    buf_done(&b);
}

/* What was dropped is not left behind in the block. */
static void test_reset_wipes(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    assert_ok(buf_append(&b, "secret", 6));
    buf_reset(&b);
    for (size_t i = 0; i < b.size; i++)
        assert_int_equal(b.data[i], 0);
    buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),           cmocka_unit_test(test_ceiling_is_exact),
        cmocka_unit_test(test_grows_and_keeps), cmocka_unit_test(test_reserve_commit),
        cmocka_unit_test(test_reset_wipes),
    };

    return cmocka_run_group_tests_name("base/buf", tests, NULL, NULL);
}
