/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The PAM module in a service of bad manners: what the program that it starts gets, what it does
 * not get, and that the service is as it was. The program is a script that writes down what it
 * sees.
 */
#include "tests/lib/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSWORD "Abcd1234"
#define LONGEST  4096

static char here[512];
static char module[PATH_MAX]; /* pam_netmenu.so */

/* --- the script and the service --------------------------------------------------------------- */

static void write_text(const char *name, mode_t mode, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

/* What a file of the script has, with a blank for each NUL. */
static const char *seen(const char *name)
{
    static char text[16384];
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : 0;

    if (fd >= 0)
        close(fd);
    for (ssize_t i = 0; i < n; i++)
        if (text[i] == '\0')
            text[i] = ' ';
    text[n > 0 ? n : 0] = '\0';
    return text;
}

static int enter(void **state)
{
    char text[3 * PATH_MAX];
    int r = unit_enter(state);

    if (r != 0)
        return r;
    assert_non_null(getcwd(here, sizeof(here)));
    (void)snprintf(text, sizeof(text),
                   "#!/bin/sh\ncd %s || exit 3\n"
                   "while read -r line; do echo \"$line\"; done </proc/$$/status >status\n"
                   "cat /proc/$$/environ >environ\nls /proc/$$/fd >fds\ncat >input\n"
                   "exit \"$(cat answer)\"\n",
                   here);
    write_text("helper", 0700, text);
    write_text("answer", 0600, "0");
    (void)snprintf(text, sizeof(text),
                   "auth required %s helper=%s/helper\naccount required %s helper=%s/helper\n",
                   module, here, module, here);
    write_text("service", 0600, text);
    return 0;
}

static int converse(int count, const struct pam_message **messages, struct pam_response **ret,
                    void *password)
{
    (void)messages;
    *ret = calloc((size_t)count, sizeof(**ret));
    for (int i = 0; i < count; i++)
        (*ret)[i].resp = strdup(password);
    return PAM_SUCCESS;
}

enum call { AUTH, ACCOUNT };

static int call(enum call what, const char *user, const char *password)
{
    struct pam_conv conv = {.conv = converse, .appdata_ptr = (void *)(uintptr_t)password};
    pam_handle_t *pamh = NULL;
    int r;

    assert_int_equal(pam_start_confdir("service", user, &conv, here, &pamh), PAM_SUCCESS);
    assert_int_equal(pam_set_item(pamh, PAM_RHOST, "192.0.2.7"), PAM_SUCCESS);
    assert_int_equal(pam_putenv(pamh, "LD_PRELOAD=/tmp/evil.so"), PAM_SUCCESS);
    r = what == AUTH ? pam_authenticate(pamh, 0) : pam_acct_mgmt(pamh, 0);
    pam_end(pamh, r);
    return r;
}

/* --- what comes through ----------------------------------------------------------------------- */

static void test_answers(void **state)
{
    static const struct {
        const char *status;
        bool right;
    } rows[] = {{"0", true}, {"1", false}, {"2", false}, {"127", false}, {"255", false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        write_text("answer", 0600, rows[i].status);
        assert_int_equal(call(AUTH, "admin", PASSWORD) == PAM_SUCCESS, rows[i].right);
        assert_string_equal(seen("input"), PASSWORD);
        assert_int_equal(call(ACCOUNT, "admin", PASSWORD) == PAM_SUCCESS, rows[i].right);
        assert_string_equal(seen("input"), "");
    }
}

static void test_no_program(void **state)
{
    (void)state;
    write_text("helper", 0600, "not to be run\n");
    assert_int_equal(chmod("helper", 0600), 0);
    assert_int_not_equal(call(AUTH, "admin", PASSWORD), PAM_SUCCESS);
    write_text("helper", 0600, "#!/bin/sh\nkill -KILL $$\n");
    assert_int_equal(chmod("helper", 0700), 0);
    assert_int_not_equal(call(AUTH, "admin", PASSWORD), PAM_SUCCESS);
}

static void test_environment(void **state)
{
    (void)state;
    setenv("NETMENU_STATE_DIR", "/tmp/evil", 1);
    assert_int_equal(call(AUTH, "a=b\nPAM_TYPE=account", PASSWORD), PAM_SUCCESS);
    assert_string_equal(seen("environ"), "PAM_USER=a=b\nPAM_TYPE=account PAM_RHOST=192.0.2.7 "
                                         "PAM_SERVICE=service PAM_TYPE=auth ");
    unsetenv("NETMENU_STATE_DIR");
}

static void test_long(void **state)
{
    static char text[LONGEST];

    (void)state;
    memset(text, 'n', sizeof(text) - 1);
    assert_int_not_equal(call(AUTH, text, PASSWORD), PAM_SUCCESS); /* no name of ours is so long */
    assert_string_equal(seen("input"), "");
    assert_int_equal(call(AUTH, "admin", text), PAM_SUCCESS);
    assert_true(strlen(seen("input")) > 256); /* more than can be right */
}

/* --- what the service has does not ------------------------------------------------------------ */

static void test_descriptors(void **state)
{
    int low = dup(1), high = fcntl(1, F_DUPFD, 200); /* without CLOEXEC */

    (void)state;
    assert_int_equal(call(AUTH, "admin", PASSWORD), PAM_SUCCESS);
    assert_null(strstr(seen("fds"), "200"));
    close(low);
    close(high);
}

/* A daemon that has closed all of them. */
static void test_no_descriptors(void **state)
{
    pid_t pid = fork();
    int status;

    (void)state;
    if (pid == 0) {
        for (int fd = 0; fd < 64; fd++)
            close(fd);
        _exit(call(AUTH, "admin", PASSWORD) == PAM_SUCCESS ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_string_equal(seen("input"), PASSWORD);
}

/* Not all of them: those of libc's own cannot be changed, and may be ignored from before. */
static bool seen_signal(const char *set, int number)
{
    const char *line = strstr(seen("status"), set);

    assert_non_null(line);
    return (strtoull(line + strlen(set), NULL, 16) >> (number - 1) & 1) != 0;
}

static void test_signals(void **state)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN, .sa_flags = SA_NOCLDWAIT};
    struct sigaction before, after;
    sigset_t mask, old, now;

    (void)state;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigprocmask(SIG_BLOCK, &mask, &old);
    sigaction(SIGHUP, &ignore, NULL);
    sigaction(SIGCHLD, &ignore, &before); /* nobody's children are waited for here */
    assert_int_equal(call(AUTH, "admin", PASSWORD), PAM_SUCCESS);
    assert_false(seen_signal("SigBlk:\t", SIGTERM));
    assert_false(seen_signal("SigIgn:\t", SIGHUP));
    assert_false(seen_signal("SigIgn:\t", SIGCHLD));
    sigaction(SIGCHLD, &before, &after);
    assert_true(after.sa_handler == SIG_IGN && (after.sa_flags & SA_NOCLDWAIT) != 0);
    sigprocmask(SIG_SETMASK, &old, &now);
    assert_true(sigismember(&now, SIGTERM) && !sigismember(&now, SIGCHLD));
    signal(SIGHUP, SIG_DFL);
}

static volatile sig_atomic_t children;

static void count_child(int number)
{
    (void)number;
    children++;
}

/* What vsftpd does not bear. */
static void test_no_child_is_told(void **state)
{
    const struct sigaction count = {.sa_handler = count_child};
    struct sigaction before;

    (void)state;
    sigaction(SIGCHLD, &count, &before);
    assert_int_equal(call(AUTH, "admin", PASSWORD), PAM_SUCCESS);
    sigaction(SIGCHLD, &before, NULL);
    assert_int_equal(children, 0);
    assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_answers, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_no_program, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_environment, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_long, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_descriptors, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_no_descriptors, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_signals, enter, unit_leave),
        cmocka_unit_test_setup_teardown(test_no_child_is_told, enter, unit_leave),
    };

    if (realpath("bin/pam_netmenu.so", module) == NULL) {
        perror("bin/pam_netmenu.so");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
