/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit.h - what every unit test starts with: cmocka, and a private folder for tests of files.
 *
 * A test that needs files is registered as
 *     cmocka_unit_test_setup_teardown(test_x, unit_enter, unit_leave)
 * and finds itself in an empty folder that is removed afterwards; its paths are relative.
 */
#ifndef NM_TESTS_UNIT_H
#define NM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"

/* call fails with code, returned and stored in e alike; a failure shows the words, not numbers. */
#define assert_err(call, e, want)                                             \
    do {                                                                      \
        int unit_rc_;                                                         \
        err_clear(&(e));                                                      \
        unit_rc_ = (call);                                                    \
        assert_string_equal(err_word(err_code_of(unit_rc_)), err_word(want)); \
        assert_int_equal((e).code, want);                                     \
    } while (0)

/* call succeeds; a failure shows the word of its error. */
#define assert_ok(call)                                                                       \
    do {                                                                                      \
        int unit_rc_ = (call);                                                                \
        assert_string_equal(unit_rc_ < 0 ? err_word(err_code_of(unit_rc_)) : "none", "none"); \
    } while (0)

static inline int unit_enter(void **state)
{
    const char *parent = getenv("TMPDIR");
    char *path = malloc(512);

    if (path == NULL)
        return -1;
    str_format(path, 512, "%s/netmenu-unit.XXXXXX", parent != NULL ? parent : "/tmp");
    *state = path;
    return mkdtemp(path) != NULL ? chdir(path) : -1;
}

static inline int unit_remove_one(const char *path, const struct stat *st, int kind,
                                  struct FTW *ftw)
{
    (void)st;
    (void)kind;
    (void)ftw;
    return remove(path);
}

static inline int unit_leave(void **state)
{
    char *path = *state;
    int r = chdir("/") < 0 ? -1 : nftw(path, unit_remove_one, 16, FTW_DEPTH | FTW_PHYS);

    free(path);
    return r;
}

static inline void unit_write(const char *path, const void *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    close(fd);
}

static inline void unit_write_text(const char *path, const char *text)
{
    unit_write(path, text, strlen(text));
}

/* The file holds exactly this text. */
static inline void unit_assert_text(const char *path, const char *text)
{
    char got[4096];
    FILE *f = fopen(path, "re");
    size_t n;

    assert_non_null(f);
    n = fread(got, 1, sizeof(got) - 1, f);
    fclose(f);
    got[n] = '\0';
    assert_string_equal(got, text);
}

static inline bool unit_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

#endif
