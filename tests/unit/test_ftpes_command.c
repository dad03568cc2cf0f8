/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "ftpes/command.h"
#include "ftpes/names.h"

static void test_build(void **state)
{
    static const struct {
        const char *verb, *arg, *line; /* NULL: refused */
    } rows[] = {
        {"QUIT", NULL, "QUIT\r\n"},
        {"USER", "camera", "USER camera\r\n"},
        {"PASS", "", "PASS \r\n"},
        {"CWD", " a  b ", "CWD  a  b \r\n"},
        {"STOR", "-x%s ü.mxf", "STOR -x%s ü.mxf\r\n"},
        {"STOR", "caf\xe9", "STOR caf\xe9\r\n"}, /* not UTF-8: a card may have such names */
        {"STOR", "a\r\nDELE b", NULL},
        {"STOR", "a\nb", NULL},
        {"STOR", "a\rb", NULL},
        {"STOR", "a\tb", NULL},
        {"STOR", "a\033[31mb", NULL},
        {"STOR", "a\177", NULL},
        {"STOR", "a\xff", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf line;
        struct err err;

        buf_init(&line, COMMAND_MAX);
        if (rows[i].line != NULL) {
            assert_int_equal(command_build(&line, rows[i].verb, rows[i].arg, &err), 0);
            assert_string_equal(buf_str(&line), rows[i].line);
        } else {
            assert_int_equal(command_build(&line, rows[i].verb, rows[i].arg, &err), -ERR_NAME);
            assert_int_equal(line.len, 0);
            assert_string_equal(err.arg[0], rows[i].verb);
        }
        buf_done(&line);
    }
}

static void test_too_long(void **state)
{
    char arg[COMMAND_MAX + 1];
    struct buf line;

    (void)state;
    memset(arg, 'a', COMMAND_MAX);
    arg[COMMAND_MAX] = '\0';
    assert_false(command_argument_ok(arg));
    arg[COMMAND_MAX - 16] = '\0';
    assert_true(command_argument_ok(arg));
    buf_init(&line, COMMAND_MAX);
    assert_int_equal(command_build(&line, "STOR", arg, NULL), 0);
    buf_done(&line);
}

static void test_names_ok(void **state)
{
    char longest[NAMES_MAX + 1];

    (void)state;
    assert_true(name_ok("clip.mxf"));
    assert_true(name_ok("..."));
    assert_true(name_ok(".hidden"));
    assert_false(name_ok(""));
    assert_false(name_ok("."));
    assert_false(name_ok(".."));
    assert_false(name_ok("a/b"));
    assert_false(name_ok("a\nb"));
    memset(longest, 'a', NAMES_MAX);
    longest[NAMES_MAX] = '\0';
    assert_false(name_ok(longest));
    longest[NAMES_MAX - 1] = '\0';
    assert_true(name_ok(longest));
    assert_true(name_id_ok("20261122T233129abcXYZ"));
    assert_false(name_id_ok(""));
    assert_false(name_id_ok("a/b"));
    assert_false(name_id_ok("a.b"));
}

static void test_numbered(void **state)
{
    static const struct {
        const char *name;
        unsigned number;
        const char *numbered;
    } rows[] = {
        {"clip.mxf", 1, "clip.mxf"}, {"clip.mxf", 2, "clip (2).mxf"}, {"clip", 3, "clip (3)"},
        {"a.b.c", 10, "a.b (10).c"}, {".hidden", 2, ".hidden (2)"},   {"end.", 2, "end (2)."},
    };
    char dst[NAMES_MAX], longest[NAMES_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(name_numbered(dst, rows[i].name, rows[i].number));
        assert_string_equal(dst, rows[i].numbered);
    }
    memset(longest, 'a', NAMES_MAX - 1);
    longest[NAMES_MAX - 1] = '\0';
    assert_false(name_numbered(dst, longest, 2));
}

static void test_temporary(void **state)
{
    char name[NAMES_MAX];

    (void)state;
    name_temporary(name, "7f", true);
    assert_string_equal(name, ".netmenu-7f.part");
    name_temporary(name, "7f", false);
    assert_string_equal(name, "netmenu-7f.part");
}

static void test_parts(void **state)
{
    const char *path = "//a b/ü///c/";
    char part[NAMES_MAX];

    (void)state;
    assert_true(name_next_part(&path, part));
    assert_string_equal(part, "a b");
    assert_true(name_next_part(&path, part));
    assert_string_equal(part, "ü");
    assert_true(name_next_part(&path, part));
    assert_string_equal(part, "c");
    assert_false(name_next_part(&path, part));
    assert_false(name_next_part(&path, part));
}

static void test_257(void **state)
{
    static const struct {
        const char *words, *home; /* NULL: none */
    } rows[] = {
        {"\"/\" is the current directory", "/"},
        {"\"/home/a b\"", "/home/a b"},
        {"now \"/say \"\"hi\"\"\" here", "/say \"hi\""},
        {"\"\" is odd", NULL},
        {"\"/home", NULL},
        {"\"", NULL},
        {"/home", NULL},
        {"", NULL},
        {"\"/far too long for the place\"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char home[16];

        if (name_from_257(home, sizeof(home), rows[i].words, strlen(rows[i].words)) !=
            (rows[i].home != NULL))
            fail_msg("%s", rows[i].words);
        if (rows[i].home != NULL)
            assert_string_equal(home, rows[i].home);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_build),    cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_names_ok), cmocka_unit_test(test_numbered),
        cmocka_unit_test(test_parts),    cmocka_unit_test(test_temporary),
        cmocka_unit_test(test_257),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
