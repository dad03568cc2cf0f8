/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/loop.h"

/* One of each watcher; a test uses what it needs. */
struct fixture {
    struct loop *loop;
    struct loop_io *io;
    struct loop_timer *timer;
    int calls;
    int events;
    int status;
};

static void stop(void *arg)
{
    struct fixture *f = arg;

    f->calls++;
    loop_stop(f->loop);
}

static void free_io_and_stop(void *arg, int events)
{
    struct fixture *f = arg;

    f->events |= events;
    loop_io_free(f->io);
    f->io = NULL;
    stop(f);
}

static void on_child(void *arg, int status)
{
    struct fixture *f = arg;

    f->status = status;
    stop(f);
}

static void test_timer(void **state)
{
    struct fixture f = {.loop = loop_new()};
    int64_t begin = clock_ms();

    (void)state;
    f.timer = loop_timer_new(f.loop, stop, &f);
    assert_false(loop_timer_running(f.timer));
    loop_timer_start(f.timer, 100000);
    loop_timer_start(f.timer, 20); /* begins anew */
    assert_true(loop_timer_running(f.timer));
    loop_run(f.loop);
    assert_int_equal(f.calls, 1);
    assert_false(loop_timer_running(f.timer));
    assert_true(clock_ms() - begin >= 19);
    loop_timer_start(f.timer, 0);
    loop_timer_stop(f.timer);
    loop_once(f.loop); /* nothing is watched: returns */
    assert_int_equal(f.calls, 1);
    loop_timer_free(f.timer);
    loop_timer_free(NULL);
    loop_free(f.loop);
}

static void test_io_freed_in_its_function(void **state)
{
    struct fixture f = {.loop = loop_new()};
    int fds[2];

    (void)state;
    assert_int_equal(pipe(fds), 0);
    f.io = loop_io_new(f.loop, fds[0], LOOP_READ, free_io_and_stop, &f);
    assert_int_equal(write(fds[1], "x", 1), 1);
    loop_run(f.loop);
    assert_int_equal(f.calls, 1);
    assert_int_equal(f.events, LOOP_READ);
    assert_null(f.io);
    loop_io_free(NULL);
    loop_free(f.loop);
    close(fds[0]);
    close(fds[1]);
}

static void test_io_events(void **state)
{
    struct fixture f = {.loop = loop_new()};
    int fds[2];

    (void)state;
    assert_int_equal(pipe(fds), 0);
    f.io = loop_io_new(f.loop, fds[1], 0, free_io_and_stop, &f);
    loop_once(f.loop);
    assert_int_equal(f.calls, 0);
    loop_io_events(f.io, LOOP_WRITE);
    loop_io_events(f.io, LOOP_WRITE);
    loop_once(f.loop);
    assert_int_equal(f.calls, 1);
    assert_int_equal(f.events, LOOP_WRITE);
    loop_free(f.loop);
    close(fds[0]);
    close(fds[1]);
}

static void test_signal(void **state)
{
    struct fixture f = {.loop = loop_new()};
    struct loop_signal *w = loop_signal_new(f.loop, SIGUSR1, stop, &f);

    (void)state;
    assert_int_equal(raise(SIGUSR1), 0);
    loop_run(f.loop);
    assert_int_equal(f.calls, 1);
    loop_signal_free(w);
    loop_signal_free(NULL);
    loop_free(f.loop);
}

static void test_child(void **state)
{
    struct fixture f = {.loop = loop_new()};
    struct loop_child *w;
    pid_t pid = fork();

    (void)state;
    if (pid == 0)
        _exit(42);
    w = loop_child_new(f.loop, pid, on_child, &f);
    loop_run(f.loop);
    assert_int_equal(f.calls, 1);
    assert_true(WIFEXITED(f.status));
    assert_int_equal(WEXITSTATUS(f.status), 42);
    loop_child_free(w);
    loop_child_free(NULL);
    loop_free(f.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timer),     cmocka_unit_test(test_io_freed_in_its_function),
        cmocka_unit_test(test_io_events), cmocka_unit_test(test_signal),
        cmocka_unit_test(test_child),
    };

    alarm(30); /* a loop that never ends is a failure */
    return cmocka_run_group_tests_name("base/loop", tests, NULL, NULL);
}
