/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netmenu_auth.c - asked by the unit's services, through PAM, whether a login is right.
 *
 * pam_exec(8) starts it with expose_authtok: user, remote host, service and type stand in the
 * environment, the password comes on standard input. Answers with its exit status alone, and with
 * the same one for everything that is not right: who is refused learns no reason. The reason goes
 * to the system's log and to the gate's own list of attempts.
 *
 * As the type "account" it says whether logins from there are let through now, without a password:
 * so a lock also holds for those who come with a key.
 *
 * It runs with the powers of the service that asks, mostly those of root, and gives them up for
 * those of the state folder's owner before it looks at anything that comes from outside. Of the
 * environment it takes nothing but PAM_...: who logs in may have a hand in the rest.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "access/gate.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "settings/settings.h"

#define PROGRAM     "netmenu-auth"
#define INPUT_MS    10000         /* for the password to arrive */
#define INPUT_BYTES (1024 * 1024) /* read to the end so far, then the writer is left alone */

enum { EXIT_RIGHT = 0, EXIT_REFUSED = 1, EXIT_WRONG_USE = 2 };

/* --- powers ----------------------------------------------------------------------------------- */

/*
 * From root to the owner of the state folder, for good. Also where that is root: a program that is
 * setuid hands on the user who started it, who could stop this one while it holds the lock file.
 */
static int become_owner(const char *folder, struct err *e)
{
    struct stat st;

    if (stat(folder, &st) < 0)
        return err_set_errno(e, STEP_AUTHENTICATION, errno, folder);
    if (geteuid() == 0 && ((st.st_uid != 0 && setgroups(0, NULL) < 0) ||
                           setresgid(st.st_gid, st.st_gid, st.st_gid) < 0 ||
                           setresuid(st.st_uid, st.st_uid, st.st_uid) < 0))
        return err_set_errno(e, STEP_AUTHENTICATION, errno, folder);
    secret_protect_process();
    return 0;
}

/* --- the password ----------------------------------------------------------------------------- */

/* The bytes of standard input, of which at most `size` are kept; -1 when they do not come. */
static ssize_t read_input(char *bytes, size_t size)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    int64_t until = clock_ms() + INPUT_MS;
    char rest[4096];
    size_t len = 0;
    ssize_t n;

    while (len < INPUT_BYTES) {
        int64_t left = until - clock_ms();

        if (left <= 0 || poll(&input, 1, (int)left) == 0)
            return -1;
        n = len < size ? read(STDIN_FILENO, bytes + len, size - len)
                       : read(STDIN_FILENO, rest, sizeof(rest));
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return -1;
        len += n > 0 ? (size_t)n : 0;
    }
    explicit_bzero(rest, sizeof(rest));
    return (ssize_t)len;
}

/*
 * The password, NULL for one that can only be wrong. pam_exec ends it with a NUL in some versions
 * and not in others.
 */
static const struct secret *read_password(struct secret *s)
{
    char bytes[SECRET_MAX + 2]; /* with the NUL, and one more to tell what is too long */
    ssize_t len = read_input(bytes, sizeof(bytes));
    bool good;

    if (len > 0 && len <= (ssize_t)sizeof(bytes) && bytes[len - 1] == '\0')
        len--;
    good = len >= 0 && len <= SECRET_MAX && secret_set(s, bytes, (size_t)len) == 0;
    explicit_bzero(bytes, sizeof(bytes));
    return good ? s : NULL;
}

/* --- asking the gate -------------------------------------------------------------------------- */

struct request {
    const char *state_dir;
    const char *type; /* "auth", "account" */
    struct gate_attempt attempt;
};

static int check(const struct request *q, struct err *e)
{
    const struct gate gate = GATE_AT(q->state_dir);
    struct gate_attempt attempt = q->attempt;
    struct secret password = SECRET_EMPTY;
    struct settings *s = NULL;
    int r = settings_load(q->state_dir, &s, NULL, e);

    if (r < 0)
        return r;
    attempt.password = read_password(&password);
    r = gate_check(&gate, &attempt, settings_str(s, SET_AUTH_USER, 0),
                   settings_secret(s, SET_AUTH_PASSWORD, 0), e);
    secret_wipe(&password);
    settings_free(s);
    return r;
}

static int answer(const struct request *q, struct err *e)
{
    const struct gate gate = GATE_AT(q->state_dir);
    int r = become_owner(q->state_dir, e);

    if (r < 0)
        return r;
    if (strcmp(q->type, "account") == 0)
        return gate_ask(&gate, q->attempt.source, e);
    return check(q, e);
}

/* The texts come from outside: made safe, and no longer than a line. */
static void tell(const struct request *q, int r, const struct err *e)
{
    char user[GATE_TEXT_MAX], source[GATE_TEXT_MAX], service[GATE_TEXT_MAX];
    const char *const texts[] = {q->attempt.user, q->attempt.source, q->attempt.service};
    char *const safe[] = {user, source, service};

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        safe_text(safe[i], GATE_TEXT_MAX, texts[i] != NULL ? texts[i] : "",
                  texts[i] != NULL ? strnlen(texts[i], GATE_TEXT_MAX) : 0);
    openlog(PROGRAM, LOG_PID, LOG_AUTHPRIV);
    if (r == 0)
        syslog(LOG_INFO, "%s: %s from %s: %s let in", service, user, source, q->type);
    else
        syslog(LOG_NOTICE, "%s: %s from %s: %s refused: %s %s", service, user, source, q->type,
               err_word(e->code), e->arg[0]);
    closelog();
}

/* --- the command ------------------------------------------------------------------------------ */

static int print_help(void)
{
    printf(
        "Usage: %s [--state-dir DIR]\n"
        "Say by the exit status whether a login is right: 0 or not. Started by pam_exec(8) with\n"
        "expose_authtok; see netmenu-auth(8).\n"
        "\n"
        "  --state-dir DIR  settings and record of attempts (%s)\n"
        "  --version        print the version and exit\n"
        "  --help           print this text and exit\n",
        PROGRAM, NM_STATE_DIR);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct request *q)
{
    static const struct option options[] = {
        {"state-dir", required_argument, NULL, 's'},
        {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'h')
            return print_help();
        if (c == 'v')
            return printf("%s %s\n", PROGRAM, PACKAGE_VERSION) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        if (c != 's')
            return EXIT_WRONG_USE;
        q->state_dir = optarg;
    }
    return optind < argc ? EXIT_WRONG_USE : -1;
}

int main(int argc, char **argv)
{
    struct request q = {
        .state_dir = NM_STATE_DIR,
        .type = getenv("PAM_TYPE"),
        .attempt = {.user = getenv("PAM_USER"),
                    .source = getenv("PAM_RHOST"),
                    .service = getenv("PAM_SERVICE")},
    };
    struct err e;
    int r;

    secret_protect_process();
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    r = parse_options(argc, argv, &q);
    if (r >= 0)
        return r;
    if (q.type == NULL || (strcmp(q.type, "auth") != 0 && strcmp(q.type, "account") != 0)) {
        fprintf(stderr, "%s: is for pam_exec(8), as auth or account; see netmenu-auth(8)\n",
                PROGRAM);
        return EXIT_WRONG_USE;
    }
    err_clear(&e);
    r = answer(&q, &e);
    tell(&q, r, &e);
    return r == 0 ? EXIT_RIGHT : EXIT_REFUSED;
}
