/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <errno.h>

#include "base/log.h"

static char *content(const char *path)
{
    static char text[8192];
    FILE *f = fopen(path, "re");

    assert_non_null(f);
    text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void test_lines(void **state)
{
    const char *text;
    struct stat st;

    (void)state;
    log_info("before it is opened: nowhere");
    assert_ok(log_open("log", "test", LOG_LEVEL_INFO, NULL));
    errno = EINTR;
    log_info("job %d: %s", 7, "a\033[2J\nb");
    assert_int_equal(errno, EINTR); /* a log line between a call and its errno does no harm */
    log_debug("not at this level");
    log_error("last");
    log_close();
    log_error("after it is closed: nowhere");
    text = content("log");
    assert_non_null(strstr(text, "info: job 7: a\\x1B[2J\\x0Ab\n"));
    assert_non_null(strstr(text, "error: last\n"));
    assert_non_null(strstr(text, " test["));
    assert_null(strstr(text, "nowhere"));
    assert_null(strstr(text, "not at this level"));
    assert_int_equal(stat("log", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_long_line_is_cut(void **state)
{
    char *longer = malloc(100001);

    (void)state;
    assert_non_null(longer);
    memset(longer, 'x', 100000);
    longer[100000] = '\0';
    assert_ok(log_open("log", "test", LOG_LEVEL_INFO, NULL));
    log_info("%s", longer);
    log_info("next");
    log_close();
    assert_true(strlen(content("log")) < 2048);
    assert_non_null(strstr(content("log"), "info: next\n"));
    free(longer);
}

static void test_rotation(void **state)
{
    struct stat st;

    (void)state;
    assert_ok(log_open("log", "test", LOG_LEVEL_INFO, NULL));
    log_info("first");
    assert_int_equal(truncate("log", LOG_FILE_MAX - 1), 0);
    log_info("second");
    assert_false(unit_exists("log.1"));
    log_info("third");
    log_close();
    assert_int_equal(stat("log.1", &st), 0);
    assert_true(st.st_size >= LOG_FILE_MAX);
    assert_non_null(strstr(content("log"), "third"));
    assert_null(strstr(content("log"), "second"));
}

/* Another program has rotated the file: this one goes over to the new one and rotates nothing. */
static void test_rotated_by_another(void **state)
{
    (void)state;
    assert_ok(log_open("log", "test", LOG_LEVEL_INFO, NULL));
    log_info("first");
    assert_int_equal(truncate("log", LOG_FILE_MAX), 0);
    assert_int_equal(rename("log", "log.1"), 0);
    unit_write_text("log", "of the other\n");
    log_info("second");
    log_close();
    assert_non_null(strstr(content("log"), "of the other\n"));
    assert_non_null(strstr(content("log"), "second"));
    assert_non_null(strstr(content("log.1"), "first"));
}

static void test_cannot_open(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(symlink("elsewhere", "link"), 0);
    assert_err(log_open("none/log", "test", LOG_LEVEL_INFO, &e), e, ERR_NOT_FOUND);
    assert_true(log_open("link", "test", LOG_LEVEL_INFO, &e) < 0);
    assert_false(unit_exists("elsewhere"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_lines),       IN_FOLDER(test_long_line_is_cut),
        IN_FOLDER(test_rotation),    IN_FOLDER(test_rotated_by_another),
        IN_FOLDER(test_cannot_open),
    };

    return cmocka_run_group_tests_name("base/log", tests, NULL, NULL);
}
