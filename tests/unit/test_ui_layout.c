/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <locale.h>

#include "base/utf8.h"
#include "ui/layout.h"
#include "ui/list.h"

/* At every size the parts neither overlap nor leave the screen. */
static void test_screen_of_every_size(void **state)
{
    (void)state;
    for (int rows = 1; rows <= 70; rows++) {
        for (int cols = 1; cols <= 200; cols += 7) {
            for (int buttons = 0; buttons < 2; buttons++) {
                struct layout l;
                int below;

                layout_screen(&l, rows, cols, buttons);
                assert_int_equal(l.too_small, rows < 12 || cols < 40);
                if (l.too_small)
                    continue;
                below = buttons ? l.button_row : l.hint_row;
                assert_true(l.body_top >= 1);
                assert_true(l.body_rows >= 5);
                assert_true(l.body_top + l.body_rows <= below);
                assert_true(l.hint_row + l.hint_rows <= l.status_row);
                assert_int_equal(l.status_row + 1, l.keys_row);
                assert_int_equal(l.keys_row, rows - 1);
            }
        }
    }
}

static void test_sizes_of_the_unit(void **state)
{
    struct layout l;

    (void)state;
    layout_screen(&l, 15, 40, true);
    assert_true(l.body_rows >= 8); /* as many rows as the camera shows at once */
    layout_screen(&l, 20, 53, true);
    assert_int_equal(l.body_rows, 14);
}

static void test_row(void **state)
{
    struct layout_row r;

    (void)state;
    for (int cols = 40; cols <= 200; cols++) {
        layout_row(&r, cols, 23);
        assert_true(r.label_col + r.label_cells < r.value_col);
        assert_true(r.value_cells >= 14);
        assert_true(r.value_col + r.value_cells < r.mark_col);
        assert_true(r.mark_col < cols);
    }
}

static void check_wrap(const char *text, int cells, const char *const *want)
{
    struct layout_line lines[16];
    size_t count = layout_wrap(text, cells, lines, 16), n = 0;

    for (; want[n] != NULL; n++) {
        assert_true(n < count);
        assert_int_equal(lines[n].len, strlen(want[n]));
        assert_memory_equal(lines[n].text, want[n], lines[n].len);
    }
    assert_int_equal(count, n);
    assert_int_equal(layout_wrap(text, cells, NULL, 0), n);
}

static void test_wrap(void **state)
{
    (void)state;
    check_wrap("", 10, (const char *[]){NULL});
    check_wrap("one", 10, (const char *[]){"one", NULL});
    check_wrap("one two three", 7, (const char *[]){"one two", "three", NULL});
    check_wrap("one two three", 8, (const char *[]){"one two", "three", NULL});
    check_wrap("exactly ten", 11, (const char *[]){"exactly ten", NULL});
    check_wrap("a\n\nb", 10, (const char *[]){"a", "", "b", NULL});
    check_wrap("0123456789abc", 5, (const char *[]){"01234", "56789", "abc", NULL});
    check_wrap("to 0123456789", 5, (const char *[]){"to", "01234", "56789", NULL});
    check_wrap("ends with space ", 20, (const char *[]){"ends with space ", NULL});
    /* Wide characters may be parted anywhere, and never in the middle of one. */
    check_wrap("\u30ab\u30e1\u30e9", 4, (const char *[]){"\u30ab\u30e1", "\u30e9", NULL});
    check_wrap("\u30ab\u30e1\u30e9", 5, (const char *[]){"\u30ab\u30e1", "\u30e9", NULL});
    /* No line begins with a full stop, a small kana or a closing bracket, or ends with an opening.
     */
    check_wrap("\u30ab\u30e1\u30e9\u3002", 6,
               (const char *[]){"\u30ab\u30e1", "\u30e9\u3002", NULL});
    check_wrap("\u30ab\u30e1\u30e3\u30e9", 4,
               (const char *[]){"\u30ab", "\u30e1\u30e3", "\u30e9", NULL});
    check_wrap("\u30ab\u30e1]", 4, (const char *[]){"\u30ab", "\u30e1]", NULL});
    check_wrap("\u30ab\u300c\u30e1", 4, (const char *[]){"\u30ab", "\u300c\u30e1", NULL});
    check_wrap("\u3002\u3002\u3002", 4, (const char *[]){"\u3002\u3002", "\u3002", NULL});
}

/* Whatever the text, wrapping ends, loses no word and keeps to the width. */
static void test_wrap_any(void **state)
{
    static const char *const parts[] = {"a",    " ",      "  ",         "\n",
                                        "word", "\u30ab", "longerword", "e\u0301"};
    unsigned seed = 1;

    (void)state;
    for (int run = 0; run < 2000; run++) {
        char text[256] = "";
        struct layout_line lines[256];
        size_t count;
        int cells = 2 + run % 20;

        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245 + 12345;
            strcat(text, parts[seed / 65536 % ARRAY_LEN(parts)]);
        }
        count = layout_wrap(text, cells, lines, 256);
        assert_true(count <= 256);
        for (size_t i = 0; i < count; i++) {
            char one[256] = "";

            memcpy(one, lines[i].text, lines[i].len);
            assert_true(text_cells(one) <= cells || i + 1 == count);
        }
    }
}

static void test_path(void **state)
{
    const char *names[] = {"Network", "File Transfer", "Server Settings1"};
    char path[128];

    (void)state;
    layout_path(path, sizeof(path), names, 3, 50);
    assert_string_equal(path, "Network > File Transfer > Server Settings1");
    layout_path(path, sizeof(path), names, 3, 38);
    assert_string_equal(path, "File Transfer > Server Settings1");
    layout_path(path, sizeof(path), names, 3, 20);
    assert_string_equal(path, "Server Settings1");
    layout_path(path, sizeof(path), names, 3, 10);
    assert_string_equal(path, "Server S..");
}

static void test_list(void **state)
{
    struct list l = {.count = 0};

    (void)state;
    list_resize(&l, 0, 8);
    assert_true(list_key(&l, CMD_DOWN, true));
    assert_int_equal(l.focus, 0);
    list_resize(&l, 24, 8);
    list_key(&l, CMD_UP, true);
    assert_int_equal(l.focus, 23);
    assert_int_equal(l.top, 16);
    assert_true(list_more_above(&l));
    assert_false(list_more_below(&l));
    list_key(&l, CMD_DOWN, false);
    assert_int_equal(l.focus, 23);
    list_key(&l, CMD_DOWN, true);
    assert_int_equal(l.focus, 0);
    list_key(&l, CMD_PAGE_DOWN, true);
    assert_int_equal(l.focus, 8);
    list_key(&l, CMD_END, true);
    list_resize(&l, 5, 8); /* rows have gone */
    assert_int_equal(l.focus, 4);
    assert_int_equal(l.top, 0);
    list_resize(&l, 24, 3); /* the screen has shrunk */
    list_focus(&l, 20);
    list_resize(&l, 24, 2);
    assert_true(l.top <= 20 && 20 < l.top + 2);
    assert_false(list_key(&l, CMD_OPEN, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screen_of_every_size),
        cmocka_unit_test(test_sizes_of_the_unit),
        cmocka_unit_test(test_row),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_wrap_any),
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_list),
    };

    setlocale(LC_ALL, "");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
