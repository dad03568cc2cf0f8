/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/file.h"

static int entries(const char *folder)
{
    DIR *d = opendir(folder);
    int n = 0;

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static void test_write_read(void **state)
{
    struct stat st;
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    assert_ok(file_write("f", 0600, "one", 3, STEP_SETTINGS, NULL));
    assert_ok(file_write("f", 0600, "two", 3, STEP_SETTINGS, NULL));
    assert_ok(file_read("f", &b, STEP_SETTINGS, NULL));
    assert_string_equal(buf_str(&b), "two");
    assert_int_equal(stat("f", &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_ok(file_write("f", 0644, "", 0, STEP_SETTINGS, NULL));
    assert_int_equal(stat("f", &st), 0);
    assert_int_equal(st.st_mode & 07777, 0644);
    assert_int_equal(st.st_size, 0);
    assert_ok(file_write_volatile("g", 0600, "three", 5, STEP_SETTINGS, NULL));
    unit_assert_text("g", "three");
    assert_int_equal(entries("."), 2);
    buf_done(&b);
}

/* The write fails half way: the old content stands and nothing is left beside it. */
static void test_failure_keeps_old(void **state)
{
    static char large[8192];
    struct rlimit old, small;
    struct err e;

    (void)state;
    assert_ok(file_write("f", 0600, "old", 3, STEP_SETTINGS, NULL));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_err(file_write("f", 0600, large, sizeof(large), STEP_SETTINGS, &e), e, ERR_IO);
    assert_int_equal(e.sys_errno, EFBIG);
    assert_err(file_write_volatile("f", 0600, large, sizeof(large), STEP_SENDER, &e), e, ERR_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    unit_assert_text("f", "old");
    assert_int_equal(entries("."), 1);
}

/* No descriptor is left for the folder: that is met before the old content is replaced. */
static void test_no_descriptor_for_folder(void **state)
{
    struct rlimit old, few;
    struct err e;
    int next;

    (void)state;
    assert_ok(file_write("f", 0600, "old", 3, STEP_SETTINGS, NULL));
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
    next = dup(0);
    assert_true(next >= 0);
    close(next);
    few = old;
    few.rlim_cur = (rlim_t)next + 1;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    assert_err(file_write("f", 0600, "new", 3, STEP_SETTINGS, &e), e, ERR_IO);
    assert_int_equal(e.sys_errno, EMFILE);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
    unit_assert_text("f", "old");
    assert_int_equal(entries("."), 1);
}

/* What killed writers left goes; what one that lives is writing stays, and so do others' files. */
static void test_sweep(void **state)
{
    static const char *const gone[] = {"f.new.99999999", "a.b.new.99999998"};
    static const char *const kept[] = {"f",        ".new.99999999",  "f.new.",      "f.new.x",
                                       "f.new.9x", "f.old.99999999", "new.99999999"};
    char mine[32], alive[32];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        unit_write_text(gone[i], "");
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        unit_write_text(kept[i], "");
    str_format(mine, sizeof(mine), "f.new.%ld", (long)getpid());
    str_format(alive, sizeof(alive), "f.new.%ld", (long)getppid());
    unit_write_text(mine, "");
    unit_write_text(alive, "");
    file_sweep(".");
    file_sweep("none");
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        assert_false(unit_exists(gone[i]));
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        assert_true(unit_exists(kept[i]));
    assert_false(unit_exists(mine));
    assert_true(unit_exists(alive));
}

static void test_write_refused(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_err(file_write("folder", 0600, "x", 1, STEP_SETTINGS, &e), e, ERR_IO);
    assert_err(file_write("none/f", 0600, "x", 1, STEP_SETTINGS, &e), e, ERR_NOT_FOUND);
    assert_int_equal(entries("."), 1);
}

/* A link at the path is replaced, not followed. */
static void test_write_replaces_link(void **state)
{
    struct stat st;

    (void)state;
    unit_write_text("target", "keep");
    assert_int_equal(symlink("target", "f"), 0);
    assert_ok(file_write("f", 0600, "new", 3, STEP_SETTINGS, NULL));
    unit_assert_text("target", "keep");
    assert_int_equal(lstat("f", &st), 0);
    assert_true(S_ISREG(st.st_mode));
}

static void test_read_refuses(void **state)
{
    struct sockaddr_un sa = {.sun_family = AF_UNIX, .sun_path = "socket"};
    static const struct {
        const char *path;
        enum err_code code;
    } rows[] = {
        {"link", ERR_NOT_REGULAR},   {"pipe", ERR_NOT_REGULAR},   {"/dev/zero", ERR_NOT_REGULAR},
        {"folder", ERR_NOT_REGULAR}, {"socket", ERR_NOT_REGULAR}, {"none", ERR_NOT_FOUND},
        {"f/below", ERR_NOT_FOUND},
    };
    struct err e;
    struct buf b;
    int fd;

    (void)state;
    alarm(10); /* a read that blocks ends the test */
    unit_write_text("f", "x");
    assert_int_equal(symlink("f", "link"), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
    buf_init(&b, 100);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_err(file_read(rows[i].path, &b, STEP_CARD, &e), e, rows[i].code);
        assert_string_equal(e.arg[0], rows[i].path);
    }
    assert_int_equal(b.len, 0);
    buf_done(&b);
    close(fd);
    alarm(0);
}

static void test_read_ceiling(void **state)
{
    static char text[200000];
    struct err e;
    struct buf b;

    (void)state;
    memset(text, 'x', sizeof(text));
    unit_write("f", text, sizeof(text));
    buf_init(&b, sizeof(text));
    assert_ok(file_read("f", &b, STEP_CARD, &e));
    assert_int_equal(b.len, sizeof(text));
    buf_done(&b);
    buf_init(&b, sizeof(text) - 1);
    assert_err(file_read("f", &b, STEP_CARD, &e), e, ERR_TOO_LARGE);
    buf_done(&b);
}

static void test_move_remove_path(void **state)
{
    char longer[FILE_PATH_MAX], path[FILE_PATH_MAX];
    struct err e;

    (void)state;
    assert_ok(file_make_folder("a/b/c", 0700, STEP_QUEUE, &e));
    assert_ok(file_make_folder("a/b/c", 0700, STEP_QUEUE, &e));
    unit_write_text("a/f", "x");
    assert_err(file_make_folder("a/f", 0700, STEP_QUEUE, &e), e, ERR_NOT_FOUND);
    assert_int_equal(symlink("nowhere", "a/dangling"), 0);
    assert_true(file_make_folder("a/dangling", 0700, STEP_QUEUE, &e) < 0);
    assert_ok(file_move("a/f", "a/b/f", STEP_QUEUE, &e));
    unit_assert_text("a/b/f", "x");
    assert_err(file_move("a/f", "a/g", STEP_QUEUE, &e), e, ERR_NOT_FOUND);
    assert_ok(file_remove("a/b/f", STEP_QUEUE, &e));
    assert_ok(file_remove("a/b/f", STEP_QUEUE, &e));
    assert_true(file_remove("a/b", STEP_QUEUE, &e) < 0);

    assert_ok(file_path(path, "/x", "y", &e));
    assert_string_equal(path, "/x/y");
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    assert_err(file_path(path, "/x", longer, &e), e, ERR_TOO_LARGE);
}

/* Held by another process until that one ends. */
static void test_lock(void **state)
{
    int ready[2], go[2], fd = -1, other = -1;
    int64_t begun;
    struct err e;
    pid_t child;
    char c;

    (void)state;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(go), 0);
    child = fork();
    if (child == 0) {
        int r = file_lock("lock", FILE_LOCK_ALONE, 0, &fd, STEP_SENDER, NULL);

        if (r < 0 || write(ready[1], "r", 1) != 1 || read(go[0], &c, 1) != 1)
            _exit(1);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_err(file_lock("lock", FILE_LOCK_ALONE, 0, &fd, STEP_SENDER, &e), e, ERR_BUSY);
    assert_err(file_lock("lock", FILE_LOCK_SHARED, 0, &fd, STEP_SENDER, &e), e, ERR_BUSY);
    /* who holds it may never let it go: it is not waited for for ever */
    alarm(10);
    begun = clock_ms();
    assert_err(file_lock("lock", FILE_LOCK_ALONE, 50, &fd, STEP_SENDER, &e), e, ERR_BUSY);
    assert_true(clock_ms() - begun >= 50);
    assert_int_equal(fd, -1);
    assert_int_equal(write(go[1], "g", 1), 1);
    assert_ok(file_lock("lock", FILE_LOCK_ALONE, 10000, &fd, STEP_SENDER, &e));
    assert_true(fd >= 0);
    assert_err(file_lock("lock", FILE_LOCK_ALONE, 0, &other, STEP_SENDER, &e), e, ERR_BUSY);
    close(fd);
    assert_ok(file_lock("lock", FILE_LOCK_SHARED, 0, &fd, STEP_SENDER, &e));
    assert_ok(file_lock("lock", FILE_LOCK_SHARED, 0, &other, STEP_SENDER, &e));
    close(fd);
    close(other);
    alarm(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_write_read),
        IN_FOLDER(test_failure_keeps_old),
        IN_FOLDER(test_write_refused),
        IN_FOLDER(test_write_replaces_link),
        IN_FOLDER(test_read_refuses),
        IN_FOLDER(test_read_ceiling),
        IN_FOLDER(test_move_remove_path),
        IN_FOLDER(test_lock),
        IN_FOLDER(test_no_descriptor_for_folder),
        IN_FOLDER(test_sweep),
    };

    return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
