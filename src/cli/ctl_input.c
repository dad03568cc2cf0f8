/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"

/* --- a password typed on a terminal -------------------------------------------------------------
 */

static struct termios shown; /* the terminal as it was, for the signal handler */

static const int caught[] = {SIGTSTP, SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* The terminal shows again what is typed; then the signal does what it would have done. */
static void restore_and_die(int sig)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
    signal(sig, SIG_DFL);
    raise(sig);
}

/* Stop showing what is typed, before the prompt is there: a fast answer must not be shown. */
static int hide(struct sigaction *old)
{
    const struct sigaction die = {.sa_handler = restore_and_die}, ignore = {.sa_handler = SIG_IGN};
    struct termios hidden;

    if (tcgetattr(STDIN_FILENO, &shown) < 0)
        return -ERR_IO;
    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigaction(caught[i], caught[i] == SIGTSTP ? &ignore : &die, &old[i]);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &hidden);
    return 0;
}

static void show_again(const struct sigaction *old)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigaction(caught[i], &old[i], NULL);
}

static int ask(const char *prompt, struct secret *ret_secret)
{
    int r;

    fputs(prompt, stderr);
    fflush(stderr);
    r = secret_read_line(ret_secret, STDIN_FILENO);
    fputc('\n', stderr);
    return r;
}

static int read_typed(bool twice, struct secret *ret_secret)
{
    struct sigaction old[ARRAY_LEN(caught)];
    struct secret again = SECRET_EMPTY;
    int r = hide(old);

    if (r < 0)
        return r;
    fputs(_("Let no one watch.\n"), stderr);
    r = ask(_("Password: "), ret_secret);
    if (r == 0 && twice) {
        r = ask(_("Once more: "), &again);
        if (r == 0 && !secret_equal(ret_secret, &again))
            r = -ERR_CANCELLED;
        secret_wipe(&again);
    }
    show_again(old);
    return r;
}

/* --- all sources
 * ---------------------------------------------------------------------------------- */

static int read_from_file(struct ctl *c, struct secret *ret_secret)
{
    struct err e;
    int fd = open(c->file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int r;

    if (fd < 0) {
        err_set_errno(&e, STEP_COMMAND, errno, c->file);
        return ctl_fail(c, &e, NULL);
    }
    r = secret_read_line(ret_secret, fd);
    close(fd);
    if (r < 0) {
        err_set_args(&e, r == -ERR_NOT_FOUND ? ERR_IO : err_code_of(r), STEP_COMMAND, c->file,
                     NULL);
        return ctl_fail(c, &e, NULL);
    }
    return 0;
}

/* Say why nothing came from standard input. */
static int fail_input(const struct ctl *c, int r)
{
    struct err e;

    if (r == -ERR_NOT_FOUND)
        return ctl_wrong_use(c, _("standard input is empty"));
    if (r == -ERR_CANCELLED)
        return ctl_wrong_use(c, _("the two passwords differ; nothing was changed"));
    if (r == -ERR_TOO_LARGE)
        err_set_limits(&e, ERR_VALUE_LENGTH, STEP_COMMAND, 0, SECRET_MAX);
    else
        err_set(&e, r == -ERR_VALUE_UTF8 ? ERR_VALUE_CHARACTER : ERR_IO, STEP_COMMAND);
    return ctl_fail(c, &e, NULL);
}

int ctl_read_line(struct ctl *c, struct secret *ret_line)
{
    int r = secret_read_line(ret_line, STDIN_FILENO);

    return r < 0 ? fail_input(c, r) : 0;
}

int ctl_read_secret(struct ctl *c, const char *operand, bool twice, struct secret *ret_secret)
{
    bool from_file = (c->given & CTL_FILE) != 0;
    int r;

    if (operand != NULL && strcmp(operand, "-") != 0)
        return ctl_wrong_use(c, _("a password is never given on the command line, where others can "
                                  "see it: write - and give it on standard input"));
    if (from_file == (operand != NULL))
        return ctl_wrong_use(c, _("say where the password comes from: - for standard input, or "
                                  "--file FILE"));
    if (from_file)
        return read_from_file(c, ret_secret);
    if (!isatty(STDIN_FILENO))
        return ctl_read_line(c, ret_secret);
    r = read_typed(twice, ret_secret);
    return r < 0 ? fail_input(c, r) : 0;
}

bool ctl_confirm(const char *question)
{
    char answer[16] = "";

    /* TRANSLATORS: y and n are what has to be typed; keep them */
    fprintf(stderr, _("%s [y/N] "), question);
    fflush(stderr);
    if (fgets(answer, sizeof(answer), stdin) == NULL)
        return false;
    return answer[0] == 'y' || answer[0] == 'Y';
}

int ctl_read_server(const struct ctl *c, const char *text, int *ret_server)
{
    struct err e;
    long server;

    if (!str_to_long(text, 1, SETTINGS_SERVERS, &server)) {
        err_set_limits(&e, ERR_VALUE_RANGE, STEP_COMMAND, 1, SETTINGS_SERVERS);
        return ctl_fail(c, &e, _("Server number"));
    }
    *ret_server = (int)server;
    return 0;
}
