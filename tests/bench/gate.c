/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gate.c - what the gate costs, whether its refusals can be told apart by time, and what it leaves
 * to somebody who tries.
 *
 *     gate FOLDER NETMENU-AUTH [TIMES]
 *
 * FOLDER: empty, on the disk to be measured; NETMENU-AUTH: the program, measured as PAM starts it.
 * The kinds take turns in an order of chance, so that what else the machine does meets all alike.
 */
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "access/access.h"
#include "access/gate.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/random.h"
#include "base/str.h"

#define USER     "admin"
#define PASSWORD "Abcd1234"
#define AWAY     "192.0.2.7"
#define TIMES    1000

/* Nobody is ever locked out, so that a thousand can be measured; and a full stop without waits. */
static const struct gate_policy patient = {.free_tries = GATE_FAILURES_MAX,
                                           .stop_at = GATE_FAILURES_MAX + 1};
static const struct gate_policy hasty = {.free_tries = 100, .stop_at = 100};

/* --- the kinds -------------------------------------------------------------------------------- */

static const struct kind {
    const char *what, *folder, *user, *password;
} kinds[] = {
    {"right", "right", USER, PASSWORD},
    {"wrong: another password", "open", USER, "Wxyz9876"},
    {"wrong: its last character", "open", USER, "Abcd1235"},
    {"wrong: its first character", "open", USER, "Xbcd1234"},
    {"wrong: a shorter one", "open", USER, "A"},
    {"wrong: none", "open", USER, ""},
    {"wrong: another user, right password", "open", "operator", PASSWORD},
    {"wrong: another user, other password", "open", "operator", "Wxyz9876"},
    {"refused: right password", "locked", USER, PASSWORD},
    {"refused: another password", "locked", USER, "Wxyz9876"},
    {"refused: another user", "locked", "operator", "Wxyz9876"},
};
#define KINDS ARRAY_LEN(kinds)

struct bench {
    const char *folder, *program;
    size_t times;
    struct buf records[KINDS]; /* what the program finds before each check */
    double *samples[KINDS];    /* microseconds */
};

static int64_t now_ns(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void try_call(const struct bench *b, const struct kind *k)
{
    struct secret own = SECRET_EMPTY, given = SECRET_EMPTY;
    struct gate_attempt a = {
        .user = k->user, .password = &given, .source = AWAY, .service = "bench"};
    char folder[512];
    struct gate g = {.folder = folder, .policy = &patient, .now = gate_clock};

    str_format(folder, sizeof(folder), "%s/%s", b->folder, k->folder);
    if (strcmp(k->folder, "locked") == 0)
        g.policy = &hasty;
    secret_set(&own, PASSWORD, strlen(PASSWORD));
    secret_set(&given, k->password, strlen(k->password));
    (void)gate_check(&g, &a, USER, &own, NULL);
}

/* --- the program, as PAM starts it ------------------------------------------------------------ */

/* The record as it was: the program itself locks after some tries. Not a part of what is measured.
 */
static void restore(const struct bench *b, size_t k)
{
    char path[600];

    str_format(path, sizeof(path), "%s/unit-%s/" GATE_FILE, b->folder, kinds[k].folder);
    if (file_write_volatile(path, 0600, b->records[k].data, b->records[k].len, STEP_NONE, NULL) < 0)
        abort();
}

static void try_program(const struct bench *b, const struct kind *k)
{
    char user[64], state[600];
    char *argv[] = {(char *)(uintptr_t) "netmenu-auth", (char *)(uintptr_t) "--state-dir", state,
                    NULL};
    char *env[] = {(char *)(uintptr_t) "PAM_TYPE=auth", (char *)(uintptr_t) "PAM_SERVICE=bench",
                   (char *)(uintptr_t) "PAM_RHOST=" AWAY, user, NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid;

    str_format(user, sizeof(user), "PAM_USER=%s", k->user);
    str_format(state, sizeof(state), "%s/unit-%s", b->folder, k->folder);
    if (pipe(ends) < 0 || write(ends[1], k->password, strlen(k->password)) < 0)
        abort();
    close(ends[1]);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    if (posix_spawn(&pid, b->program, &actions, NULL, argv, env) == 0)
        waitpid(pid, NULL, 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
}

/* --- measuring -------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Every kind `times` times, in an order of chance. */
static void measure(struct bench *b, void (*try)(const struct bench *b, const struct kind *k))
{
    bool program = try == try_program;
    size_t order[KINDS];

    for (size_t n = 0; n < b->times; n++) {
        for (size_t i = 0; i < KINDS; i++) {
            size_t j = random_below((uint32_t)i + 1);

            order[i] = order[j];
            order[j] = i;
        }
        for (size_t i = 0; i < KINDS; i++) {
            int64_t begin;

            if (program)
                restore(b, order[i]);
            begin = now_ns();
            try(b, &kinds[order[i]]);
            b->samples[order[i]][n] = (double)(now_ns() - begin) / 1000;
        }
    }
}

/* The middle half only: a machine that does other things, too, has long tails. */
static void mean_of(const double *sorted, size_t n, double *ret_mean, double *ret_error)
{
    size_t from = n / 4, to = n - n / 4;
    double sum = 0, squares = 0;

    for (size_t i = from; i < to; i++)
        sum += sorted[i];
    *ret_mean = sum / (double)(to - from);
    for (size_t i = from; i < to; i++)
        squares += (sorted[i] - *ret_mean) * (sorted[i] - *ret_mean);
    *ret_error = sqrt(squares / (double)(to - from)) / sqrt((double)(to - from));
}

static void report(struct bench *b, const char *what)
{
    double least = 0, most = 0;

    printf("\n%s: microseconds, %zu of each\n", what, b->times);
    printf("  %-36s %8s %8s %8s %8s %8s %7s\n", "", "5 %", "25 %", "median", "75 %", "95 %",
           "error");
    for (size_t k = 0; k < KINDS; k++) {
        double *s = b->samples[k], mean, error;
        size_t n = b->times;

        qsort(s, n, sizeof(*s), by_size);
        mean_of(s, n, &mean, &error);
        printf("  %-36s %8.0f %8.0f %8.0f %8.0f %8.0f %7.1f\n", kinds[k].what, s[n / 20], s[n / 4],
               s[n / 2], s[n - 1 - n / 4], s[n - 1 - n / 20], error);
        if (k == 1 || (k > 1 && mean < least))
            least = mean;
        if (k == 1 || (k > 1 && mean > most))
            most = mean;
    }
    printf("  refusals: their means (of the middle half) lie within %.1f microseconds\n",
           most - least);
}

/* --- what is left to somebody who tries ------------------------------------------------------- */

/* Passwords of 8 characters: all, less those without a letter, less those without a digit. */
static double passwords(void)
{
    return pow(70, 8) - pow(18, 8) - pow(60, 8) + pow(8, 8);
}

static void report_years(void)
{
    double seconds = 0, tries = passwords() / 1e6;

    for (int n = 1; n < gate_policy.stop_at; n++)
        seconds += (double)gate_policy_wait(&gate_policy, n) / 1000;
    printf("\nTrying\n");
    printf("  passwords of 8 characters that keep the rule     %.4g\n", passwords());
    printf("  one in a million of them                         %.4g\n", tries);
    printf("  time for %d tries in a row, then a full stop    %.1f hours\n", gate_policy.stop_at,
           seconds / 3600);
    printf("  chance of a hit in them                          %.2g\n",
           gate_policy.stop_at / passwords());
    printf("  one in a million, if somebody lifted each stop\n"
           "  at once, and nobody ever changed the password    %.0f years\n",
           tries / gate_policy.stop_at * seconds / (365.25 * 86400));
    printf("  tries from any number of sources before all of\n"
           "  them are stopped, while others log in rightly    %d\n",
           (GATE_SOURCES + 1) * gate_policy.stop_at);
}

/* --- the command ------------------------------------------------------------------------------ */

/* Full lists of attempts; nobody has failed in two of the folders, one is stopped. */
static void prepare(struct bench *b)
{
    const struct kind first[] = {{"", "right", USER, PASSWORD},
                                 {"", "open", USER, PASSWORD},
                                 {"", "locked", USER, "Wxyz9876"}};
    char path[600];

    for (size_t i = 0; i < ARRAY_LEN(first); i++) {
        str_format(path, sizeof(path), "%s/%s", b->folder, first[i].folder);
        mkdir(path, 0700);
        for (int n = 0; n < 100; n++)
            try_call(b, &first[i]);
    }
    for (size_t k = 0; k < KINDS; k++) {
        buf_init(&b->records[k], RECORD_FILE_MAX);
        str_format(path, sizeof(path), "%s/%s/" GATE_FILE, b->folder, kinds[k].folder);
        if (file_read(path, &b->records[k], STEP_NONE, NULL) < 0)
            abort();
    }
}

int main(int argc, char **argv)
{
    struct bench b = {.times = TIMES};
    long times;

    if (argc < 3 || (argc > 3 && !str_to_long(argv[3], 4, 1000000, &times))) {
        fprintf(stderr, "Usage: gate FOLDER NETMENU-AUTH [TIMES]\n");
        return 2;
    }
    b.folder = argv[1];
    b.program = argv[2];
    if (argc > 3)
        b.times = (size_t)times;
    for (size_t k = 0; k < KINDS; k++)
        if ((b.samples[k] = calloc(b.times, sizeof(double))) == NULL)
            abort();
    prepare(&b);
    measure(&b, try_call);
    report(&b, "One check (gate_check)");
    measure(&b, try_program);
    report(&b, "One check as PAM asks for it (netmenu-auth)");
    report_years();
    for (size_t k = 0; k < KINDS; k++) {
        free(b.samples[k]);
        buf_done(&b.records[k]);
    }
    return 0;
}
