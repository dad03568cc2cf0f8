/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text entry without a screen: the edited line, keys, the keyboard on the screen. */
#include "tests/lib/unit.h"

#include <curses.h>
#include <locale.h>

#include "ui/edit.h"
#include "ui/keys.h"
#include "ui/soft.h"

static void test_edit(void **state)
{
    struct edit e;

    (void)state;
    edit_set(&e, "ab", 2);
    assert_true(edit_insert(&e, "\u00e9", 2));
    edit_left(&e);
    edit_left(&e);
    assert_true(edit_insert(&e, "X", 1));
    assert_string_equal(e.text, "aXb\u00e9");
    assert_int_equal(edit_chars(&e), 4);
    edit_end(&e);
    edit_delete_left(&e);
    assert_string_equal(e.text, "aXb");
    edit_home(&e);
    edit_delete_left(&e);
    edit_delete_right(&e);
    assert_string_equal(e.text, "Xb");
    edit_end(&e);
    edit_delete_right(&e);
    assert_string_equal(e.text, "Xb");
    edit_wipe(&e);
    for (size_t i = 0; i < sizeof(e.text); i++)
        assert_int_equal(e.text[i], 0);
}

static void test_edit_is_bounded(void **state)
{
    struct edit e;

    (void)state;
    edit_set(&e, "", 0);
    for (int i = 0; i < EDIT_MAX; i++)
        assert_true(edit_insert(&e, "x", 1));
    assert_false(edit_insert(&e, "y", 1));
    edit_delete_left(&e);
    assert_false(edit_insert(&e, "\u00e9", 2));
    assert_int_equal(e.len, EDIT_MAX - 1);
}

static void test_edit_window(void **state)
{
    struct edit e;
    char shown[64];

    (void)state;
    edit_set(&e, "0123456789", 10);
    assert_int_equal(edit_window(&e, false, 20, shown, sizeof(shown)), 10);
    assert_string_equal(shown, "0123456789");
    assert_int_equal(edit_window(&e, false, 5, shown, sizeof(shown)), 4);
    assert_string_equal(shown, "6789");
    edit_home(&e);
    assert_int_equal(edit_window(&e, false, 5, shown, sizeof(shown)), 0);
    assert_string_equal(shown, "01234");
    assert_int_equal(edit_window(&e, true, 5, shown, sizeof(shown)), 0);
    assert_string_equal(shown, "*****");
    edit_set(&e, "a\x1b[2J", 5); /* nothing in a value can act on the terminal */
    edit_window(&e, false, 40, shown, sizeof(shown));
    assert_string_equal(shown, "a\\x1B[2J");
    edit_set(&e, "\u30ab\u30e1", 6);
    assert_int_equal(edit_window(&e, false, 20, shown, sizeof(shown)), 4);
}

static enum cmd cmd_of(int code, bool text)
{
    struct key_reader r = {.len = 0};
    struct key key = {.cmd = CMD_NONE};

    return keys_decode(&r, code, text, &key) ? key.cmd : CMD_NONE;
}

static void test_every_printable_key_is_text(void **state)
{
    (void)state;
    for (int c = 0x20; c < 0x7f; c++)
        assert_int_equal(cmd_of(c, true), CMD_TEXT);
    assert_int_equal(cmd_of('q', false), CMD_QUIT);
    assert_int_equal(cmd_of('?', false), CMD_HELP);
    assert_int_equal(cmd_of(' ', false), CMD_TOGGLE);
    assert_int_equal(cmd_of('z', false), CMD_NONE);
    assert_int_equal(cmd_of(0x1b, true), CMD_BACK);
    assert_int_equal(cmd_of(KEY_UP, true), CMD_UP);
    assert_int_equal(cmd_of(3, true), CMD_QUIT_NOW);
    assert_int_equal(cmd_of(26, true), CMD_NONE); /* Ctrl-Z leaves no password on the screen */
}

static void test_characters_of_several_bytes(void **state)
{
    struct key_reader r = {.len = 0};
    struct key key;

    (void)state;
    assert_false(keys_decode(&r, 0xe3, true, &key));
    assert_false(keys_decode(&r, 0x82, true, &key));
    assert_true(keys_decode(&r, 0xab, true, &key));
    assert_int_equal(key.cmd, CMD_TEXT);
    assert_string_equal(key.text, "\u30ab");
    assert_false(keys_decode(&r, 0xe3, true, &key)); /* begun, and not finished */
    assert_true(keys_decode(&r, 'a', true, &key));
    assert_string_equal(key.text, "a");
    assert_false(keys_decode(&r, 0x80, true, &key)); /* nonsense is no text */
    assert_true(keys_decode(&r, KEY_LEFT, true, &key));
    assert_int_equal(key.cmd, CMD_LEFT);
}

static bool any(void *arg, char c)
{
    (void)arg;
    (void)c;
    return true;
}

static bool digit(void *arg, char c)
{
    (void)arg;
    return c >= '0' && c <= '9';
}

struct finger {
    struct soft soft;
    int inputs;
};

static enum soft_action turn_or_press(struct finger *f, enum cmd cmd, char *ret_char)
{
    bool used;

    f->inputs++;
    return soft_key(&f->soft, cmd, ret_char, &used);
}

/* Turn the shorter way round until `from` of `count` is `to`. */
static void turn(struct finger *f, int from, int to, int count)
{
    int down = (to - from + count) % count;
    enum cmd cmd = down <= count - down ? CMD_DOWN : CMD_UP;
    char c;

    for (int n = down <= count - down ? down : count - down; n > 0; n--)
        turn_or_press(f, cmd, &c);
}

static bool find_in_tab(const struct soft *s, char want, int *ret_row, int *ret_col)
{
    for (int row = 0; row < soft_rows(s) - 2; row++) {
        if (soft_row_is_tabs(s, row))
            continue;
        for (int col = 0; col < soft_row_keys(s, row); col++) {
            if (soft_char_at(s, row, col) == want) {
                *ret_row = row;
                *ret_col = col;
                return true;
            }
        }
    }
    return false;
}

/* Type one character by the dial alone. */
static void type_by_dial(struct finger *f, char want)
{
    struct soft *s = &f->soft;
    int row, col;
    char got = '\0';

    for (int t = 0; !find_in_tab(s, want, &row, &col) && t < SOFT_TABS; t++) {
        turn(f, s->row, 0, soft_rows(s));
        turn_or_press(f, CMD_OPEN, &got);
        for (int tab = 0; tab < SOFT_TABS; tab++)
            if (strchr(s->keys[soft_tab_at(s, tab)], want) != NULL)
                turn(f, s->col, tab, soft_row_keys(s, 0));
        turn_or_press(f, CMD_OPEN, &got);
    }
    assert_true(find_in_tab(s, want, &row, &col));
    turn(f, s->row, row, soft_rows(s));
    turn_or_press(f, CMD_OPEN, &got);
    if (s->mode == SOFT_MODE_DIAL) {
        turn(f, s->col, col, soft_row_keys(s, row));
        assert_int_equal(turn_or_press(f, CMD_OPEN, &got), SOFT_CHARACTER);
    }
    assert_int_equal(got, want);
}

static void test_password_by_dial(void **state)
{
    static const char password[] = "Studio7!cam-A02x";
    struct finger f = {.inputs = 0};
    char c;

    (void)state;
    soft_init(&f.soft, any, NULL, true);
    for (const char *p = password; *p != '\0'; p++)
        type_by_dial(&f, *p);
    turn(&f, f.soft.row, soft_rows(&f.soft) - 1, soft_rows(&f.soft));
    assert_int_equal(turn_or_press(&f, CMD_OPEN, &c), SOFT_DONE);
    print_message("a password of 16 characters by the dial alone: %d turns and presses\n",
                  f.inputs);
    assert_in_range(f.inputs, 1, 200);
}

static void test_soft_with_arrows(void **state)
{
    struct soft s;
    bool used;
    char c = '\0';

    (void)state;
    soft_init(&s, any, NULL, false);
    assert_int_equal(soft_key(&s, CMD_OPEN, &c, &used), SOFT_DONE); /* Enter after typing */
    soft_key(&s, CMD_UP, &c, &used);
    soft_key(&s, CMD_UP, &c, &used);
    soft_key(&s, CMD_RIGHT, &c, &used); /* the first key of the last row of letters */
    soft_key(&s, CMD_RIGHT, &c, &used);
    assert_int_equal(soft_key(&s, CMD_OPEN, &c, &used), SOFT_CHARACTER);
    assert_int_equal(c, 'v');
    soft_key(&s, CMD_UP, &c, &used);
    assert_int_equal(soft_key(&s, CMD_OPEN, &c, &used), SOFT_CHARACTER);
    assert_int_equal(c, 'l');
    soft_key(&s, CMD_BACK, &c, &used);
    assert_false(used); /* Esc is for the page: cancel */
}

static void test_soft_of_digits(void **state)
{
    struct soft s;

    (void)state;
    soft_init(&s, digit, NULL, false);
    assert_int_equal(soft_rows(&s), 3); /* digits, editing keys, Done: no tabs */
    assert_int_equal(soft_char_at(&s, 0, 9), '9');
}

/* Any sequence of inputs keeps the focus on a key. */
static void test_soft_any(void **state)
{
    static const enum cmd cmds[] = {CMD_UP, CMD_DOWN, CMD_LEFT, CMD_RIGHT, CMD_OPEN, CMD_BACK};
    unsigned seed = 7;
    struct soft s;

    (void)state;
    soft_init(&s, any, NULL, true);
    for (int i = 0; i < 20000; i++) {
        bool used;
        char c;

        seed = seed * 1103515245 + 12345;
        soft_key(&s, cmds[seed / 65536 % ARRAY_LEN(cmds)], &c, &used);
        assert_in_range(s.row, 0, soft_rows(&s) - 1);
        assert_in_range(s.col, 0, soft_row_keys(&s, s.row) - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edit),
        cmocka_unit_test(test_edit_is_bounded),
        cmocka_unit_test(test_edit_window),
        cmocka_unit_test(test_every_printable_key_is_text),
        cmocka_unit_test(test_characters_of_several_bytes),
        cmocka_unit_test(test_password_by_dial),
        cmocka_unit_test(test_soft_with_arrows),
        cmocka_unit_test(test_soft_of_digits),
        cmocka_unit_test(test_soft_any),
    };

    setlocale(LC_ALL, "");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
