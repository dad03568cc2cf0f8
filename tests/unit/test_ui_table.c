/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every row of every page that the table reaches. */
#include "tests/lib/unit.h"

#include <locale.h>

#include "base/utf8.h"
#include "ui/layout.h"
#include "ui/pages.h"

#define HINT_CELLS (LAYOUT_COLS_MIN - 2)
#define HINT_LINES 2

static void check_hint(const char *label, const char *hint)
{
    size_t lines = hint != NULL ? layout_wrap(hint, HINT_CELLS, NULL, 0) : 0;

    if (lines > HINT_LINES)
        fail_msg("the hint of %s has %zu lines of %d cells", label, lines, HINT_CELLS);
}

/* Every row has a help of its own, in whole sentences, that says more than its hint. */
static void check_help(const struct menu_row *row)
{
    size_t len;

    if (row->help == NULL)
        fail_msg("%s has no help", row->label);
    len = strlen(row->help);
    assert_true(len > 25);
    assert_true(row->help[len - 1] == '.' || row->help[len - 1] == '_');
    if (row->hint != NULL)
        assert_string_not_equal(row->help, row->hint);
    assert_in_range(row->tip, TIP_NONE, TIP_COUNT - 1);
}

static void check_row(const struct menu_row *row)
{
    struct facts fresh = {.password = false}, ready = {.password = true};

    assert_non_null(row->label);
    assert_true(text_cells(row->label) <= 30);
    check_hint(row->label, row->hint);
    if (row->blocked != NULL) {
        check_hint(row->label, row->blocked(&fresh));
        check_hint(row->label, row->blocked(&ready));
    } else {
        assert_non_null(row->hint); /* a row that can be used explains itself */
    }
    check_help(row);
    switch (row->kind) {
    case ROW_PAGE:
        assert_true(row->page != NULL || row->run != NULL || row->blocked != NULL);
        break;
    case ROW_SETTING:
        assert_in_range(row->setting, 0, SET_COUNT - 1);
        if (setting_row(row->setting)->kind == SETTING_CHOICE)
            assert_non_null(row->words);
        break;
    case ROW_ACTION:
        assert_true(row->run != NULL || row->blocked != NULL);
        break;
    case ROW_READ_ONLY:
        assert_non_null(row->value);
        break;
    }
}

static int check_page(const struct menu_page *page, int depth)
{
    int rows = 0;

    assert_in_range(depth, 0, 8);
    assert_in_range(page->row_count, 1, MENU_ROWS_MAX);
    for (size_t i = 0; i < page->row_count; i++) {
        check_row(&page->rows[i]);
        rows++;
        if (page->rows[i].page != NULL)
            rows += check_page(page->rows[i].page, depth + 1);
    }
    return rows;
}

static void test_every_row(void **state)
{
    (void)state;
    assert_true(check_page(&page_network, 0) > 200); /* sixteen servers among them */
    check_page(&page_first_use, 0);
}

/* Until a password is set, nothing that reaches a network can be used. */
static void test_no_password_no_network(void **state)
{
    static const char *const free_rows[] = {"Network Setup", "File Transfer", "Settings File",
                                            "Display",       "Network Reset", "Disconnect All"};
    struct facts fresh = {.password = false};

    (void)state;
    for (size_t i = 0; i < page_network.row_count; i++) {
        const struct menu_row *row = &page_network.rows[i];
        bool is_free = false;

        for (size_t f = 0; f < ARRAY_LEN(free_rows); f++)
            is_free = is_free || strcmp(row->label, free_rows[f]) == 0;
        if (!is_free) {
            assert_non_null(row->blocked);
            assert_non_null(row->blocked(&fresh));
        }
        if (strcmp(row->label, "File Transfer") == 0) {
            for (size_t k = 0; k < row->page->row_count; k++) {
                assert_non_null(row->page->rows[k].blocked);
                assert_non_null(row->page->rows[k].blocked(&fresh));
            }
        }
    }
}

/* Each topic has a title, a tip of two sentences, and a page of its own in the menu. */
static void test_every_precaution(void **state)
{
    (void)state;
    for (int tip = TIP_NONE + 1; tip < TIP_COUNT; tip++) {
        const struct precaution *p = precaution_of((enum tip)tip);

        assert_non_null(p->title);
        assert_true(text_cells(p->title) <= 30);
        assert_true(strlen(p->text) > strlen(p->sentences));
        assert_true(strlen(p->sentences) > 60);
    }
}

/* Every field of a server can be edited in its form. */
static void test_every_server_setting_has_a_row(void **state)
{
    (void)state;
    for (int id = 0; id < SET_COUNT; id++) {
        bool found = !setting_row((enum setting_id)id)->per_server;

        for (size_t i = 0; i < page_server.row_count; i++)
            found = found || (page_server.rows[i].kind == ROW_SETTING &&
                              page_server.rows[i].setting == (enum setting_id)id);
        if (!found)
            fail_msg("%s has no row", setting_row((enum setting_id)id)->key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row),
        cmocka_unit_test(test_no_password_no_network),
        cmocka_unit_test(test_every_precaution),
        cmocka_unit_test(test_every_server_setting_has_a_row),
    };

    setlocale(LC_ALL, "");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
