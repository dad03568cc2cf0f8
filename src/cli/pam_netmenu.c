/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pam_netmenu.c - a PAM module that asks netmenu-auth, for services that pam_exec(8) breaks.
 *
 * It does what pam_exec does with expose_authtok, but SIGCHLD has its default action while the
 * program runs. vsftpd watches the process of its session by SIGCHLD and takes the end of any other
 * child for the end of that one: under pam_exec it stops answering after a login. Where pam_exec
 * does, it is the better choice, as it comes with PAM.
 *
 *     auth     required  pam_netmenu.so [helper=PATH]
 *     account  required  pam_netmenu.so [helper=PATH]
 *
 * It is loaded into the service, with all its powers: so it does nothing but start the program, and
 * hands on nothing but the four PAM items and the password.
 */
#include <errno.h>
#include <fcntl.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#define HELPER    NM_LIBEXECDIR "/netmenu-auth"
#define ITEM_MAX  1024 /* bytes of a PAM item with its name; a longer one is refused */
#define FIRST_FD  3    /* not standard input, output, errors */
#define NOT_BEGUN 127  /* exit status of a child that could not start the program */

struct environment {
    char text[4][ITEM_MAX];
    char *list[5]; /* NULL at the end */
};

static int add(struct environment *env, int i, const char *name, const void *value)
{
    const char *text = value != NULL ? value : "";
    int n = snprintf(env->text[i], ITEM_MAX, "%s=%s", name, text);

    env->list[i] = env->text[i];
    return n >= 0 && n < ITEM_MAX ? PAM_SUCCESS : PAM_AUTH_ERR;
}

static int fill(pam_handle_t *pamh, const char *type, struct environment *env)
{
    static const struct {
        const char *name;
        int item;
    } items[] = {{"PAM_USER", PAM_USER}, {"PAM_RHOST", PAM_RHOST}, {"PAM_SERVICE", PAM_SERVICE}};
    int r = add(env, 3, "PAM_TYPE", type);

    env->list[4] = NULL;
    for (int i = 0; i < 3 && r == PAM_SUCCESS; i++) {
        const void *value = NULL;

        r = pam_get_item(pamh, items[i].item, &value);
        if (r == PAM_SUCCESS)
            r = add(env, i, items[i].name, value);
    }
    return r;
}

/* What the service ignores would stay ignored in the program, and what it handles would be handled
 * here, by its own code, until the program begins. */
static void default_signals(void)
{
    const struct sigaction by_default = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int number = 1; number <= SIGRTMAX; number++)
        (void)sigaction(number, &by_default, NULL); /* fails for KILL, STOP and libc's own */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child, with all signals held back: nothing of the service is left but its user. */
static void run(const char *helper, int input, char **env)
{
    char *const argv[] = {(char *)(uintptr_t) "netmenu-auth", NULL};
    int null = open("/dev/null", O_RDWR);

    default_signals();
    if (null >= 0 && dup2(input, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
        dup2(null, STDERR_FILENO) >= 0 && close_range(FIRST_FD, ~0U, 0) == 0)
        execve(helper, argv, env);
    _exit(NOT_BEGUN);
}

/* The exit status of the program; -1 when it did not end by itself. */
static int wait_for(pid_t pid)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Sockets, not a pipe: writing to one whose reader has gone raises no signal in the service. */
static int ask(pam_handle_t *pamh, const char *helper, char **env, const char *password)
{
    int ends[2], status;
    sigset_t all, before;
    pid_t pid;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return PAM_SYSTEM_ERR;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* no handler of the service runs in the child */
    pid = fork();
    if (pid == 0)
        run(helper, ends[1], env);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    /* in one piece: a password is far smaller than a socket's buffer, or it is cut and wrong */
    if (pid > 0 && password != NULL)
        (void)send(ends[0], password, strlen(password), MSG_NOSIGNAL | MSG_DONTWAIT);
    close(ends[0]);
    if (pid < 0)
        return PAM_SYSTEM_ERR;
    status = wait_for(pid);
    if (status == NOT_BEGUN || status < 0)
        pam_syslog(pamh, LOG_ERR, "%s cannot be run", helper);
    return status == 0 ? PAM_SUCCESS : PAM_AUTH_ERR;
}

static int ask_quietly(pam_handle_t *pamh, int argc, const char **argv, const char *type,
                       const char *password)
{
    const struct sigaction quiet = {.sa_handler = SIG_DFL};
    const char *helper = HELPER;
    struct environment env;
    struct sigaction before;
    int r = fill(pamh, type, &env);

    if (r != PAM_SUCCESS)
        return r;
    for (int i = 0; i < argc; i++)
        if (strncmp(argv[i], "helper=", strlen("helper=")) == 0)
            helper = argv[i] + strlen("helper=");
    if (sigaction(SIGCHLD, &quiet, &before) < 0)
        return PAM_SYSTEM_ERR;
    r = ask(pamh, helper, env.list, password);
    sigaction(SIGCHLD, &before, NULL);
    return r;
}

/* --- what PAM calls --------------------------------------------------------------------------- */

PAM_EXTERN int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    const char *user = NULL, *password = NULL;
    int r;

    (void)flags;
    if ((r = pam_get_user(pamh, &user, NULL)) != PAM_SUCCESS ||
        (r = pam_get_authtok(pamh, PAM_AUTHTOK, &password, NULL)) != PAM_SUCCESS)
        return r;
    return ask_quietly(pamh, argc, argv, "auth", password);
}

PAM_EXTERN int pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)flags;
    return ask_quietly(pamh, argc, argv, "account", NULL);
}

PAM_EXTERN int pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)pamh;
    (void)flags;
    (void)argc;
    (void)argv;
    return PAM_SUCCESS;
}
