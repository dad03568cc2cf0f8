/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_hostile - the upload engine against servers that make it up as they go (hostile.h).
 *
 *   test_hostile [-v] [-j N] [FIRST [COUNT]]
 *
 * For each number from FIRST (1) on, COUNT (500) of them or as NM_HOSTILE says: a session with two
 * files, and what must hold whatever the server does:
 *   - with TLS wanted nothing goes out in clear but AUTH TLS, and the data connection is under TLS;
 *   - no command goes out that has no place in an upload;
 *   - each file is told of once, the end once, and within the deadlines;
 *   - what is told as sent stands on the server under that name, every byte.
 * A number that fails is printed with its conversation; it alone is run by `test_hostile N 1`.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "driver.h"
#include "hostile.h"
#include "jobs.h"
#include "script_server.h"

#define DEFAULT_COUNT 500
#define DEFAULT_J     8
#define DEADLINE_MS   400
#define HANG_MS       20000
#define FILE_SIZE     90000

static const char *certs(void)
{
    const char *folder = getenv("NM_TEST_CERTS");

    return folder != NULL ? folder : "certs";
}

/* What the number makes of the session; the server's dice are others. */
static void choose(struct hostile *h, struct driver *d)
{
    char path[4096];
    unsigned n = (unsigned)h->seed;

    h->size = n % 5 == 0 ? 0 : n % 7 == 0 ? 900000 : FILE_SIZE;
    h->malice_later = n % 3 == 0 ? 20 : n % 3 == 1 ? 8 : 3;
    h->malice = n % 10 < 7 ? 0 : h->malice_later; /* most let us in */
    h->secure = n % 4 != 0;
    h->tls_version = n % 2 == 0 ? TLS1_2_VERSION : TLS1_3_VERSION;
    driver_init(d, DEADLINE_MS);
    d->hang_ms = HANG_MS;
    d->params.passive = n % 6 != 0;
    d->params.in_turn = n % 11 == 0;
    d->task.folder = n % 5 == 1 ? "in/today" : "";
    d->task.exists = (enum ftpes_exists)(n % 8 < 5 ? 0 : n % 8 - 5);
    d->task.resume = n % 2 == 1;
    d->names[0] = "clip.mxf";
    d->names[1] = "clip2.mxf";
    d->sizes[0] = d->sizes[1] = h->size;
    d->files = 2;
    if (n % 9 == 1)
        disk_put(h->disk, "clip.mxf", 7, false);
    if (n % 4 == 3 && h->size > 0)
        disk_put(h->disk, ".netmenu-7.part", h->size / 2 + n % 3, n % 3 != 0);
    if (!h->secure)
        return;
    snprintf(path, sizeof(path), "%s/ca.pem", h->certs);
    driver_trust(d, path);
    d->params.policy = h->tls_version == TLS1_3_VERSION ? TLS_POLICY_TLS13 : TLS_POLICY_COMPATIBLE;
}

static bool complain(const char *what, const char *detail)
{
    fprintf(stderr, "  WRONG: %s%s\n", what, detail);
    return false;
}

/* What was told is whole, and so. */
static bool check_told(const struct driver *d, struct disk *disk)
{
    const struct disk_file *file;
    unsigned files = 0, closed = 0;
    bool good = true;

    for (size_t i = 0; i < d->told_lines; i++) {
        const char *told = d->told[i], *name = strchr(told, ' ');

        if (closed > 0)
            good = complain("told after the end: ", told);
        closed += strncmp(told, "closed", 6) == 0;
        if (strncmp(told, "an event", 8) == 0 || strncmp(told, "refused", 7) == 0)
            good = complain(told, "");
        files += strncmp(told, "failed", 6) == 0 || strncmp(told, "sent", 4) == 0 ||
                 strncmp(told, "skipped", 7) == 0 || strncmp(told, "unchecked", 9) == 0;
        if (strncmp(told, "sent", 4) != 0 && strncmp(told, "unchecked", 9) != 0)
            continue;
        file = disk_find(disk, name + 1);
        if (file == NULL || !file->equal || file->size != d->sizes[0])
            good = complain("told, but not there: ", told);
    }
    for (size_t i = 0; i < DISK_FILES && !good; i++)
        if (disk->files[i].name[0] != '\0')
            fprintf(stderr, "  disk: %s %zu%s\n", disk->files[i].name, disk->files[i].size,
                    disk->files[i].equal ? "" : ", other bytes");
    if (closed != 1)
        good = complain("the end is not told once", "");
    if (files != d->puts)
        good = complain("each file is not told once", "");
    return good;
}

static bool run(const void *arg)
{
    struct hostile_verdict *verdict =
        mmap(NULL, sizeof(*verdict), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct hostile h = {
        .seed = *(const unsigned *)arg, .certs = certs(), .disk = disk_new(), .verdict = verdict};
    struct driver d;
    bool good = true;
    int port;
    pid_t pid;

    log_to_stderr("engine", LOG_LEVEL_DEBUG);
    choose(&h, &d);
    port = script_listen(&h.listen_fd, false);
    pid = fork();
    if (pid == 0) {
        alarm(HANG_MS / 1000);
        hostile_serve(&h);
        _exit(0);
    }
    close(h.listen_fd);
    driver_run(&d, port);
    waitpid(pid, NULL, 0);
    driver_print(&d);
    if (d.hangs)
        good = complain("it hangs", "");
    else
        good = check_told(&d, h.disk);
    if (verdict->wrong[0] != '\0')
        good = complain(verdict->wrong, "");
    driver_done(&d);
    disk_free(h.disk);
    return good;
}

int main(int argc, char **argv)
{
    static struct jobs all = {.limit = DEFAULT_J, .quiet = true};
    const char *wanted = getenv("NM_HOSTILE");
    unsigned first = 1, count = wanted != NULL ? (unsigned)atoi(wanted) : DEFAULT_COUNT;
    char name[32];
    int option;

    while ((option = getopt(argc, argv, "vj:")) != -1) {
        if (option == 'v')
            all.verbose = true;
        else if (option == 'j' && atoi(optarg) > 0 && atoi(optarg) <= JOBS_MAX)
            all.limit = atoi(optarg);
        else
            return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (optind < argc)
        first = (unsigned)atoi(argv[optind]);
    if (optind + 1 < argc)
        count = (unsigned)atoi(argv[optind + 1]);
    for (unsigned n = first; n < first + count; n++) {
        str_format(name, sizeof(name), "seed %u", n);
        jobs_start(&all, name, run, &n);
    }
    jobs_finish(&all);
    printf("%d sessions, %d failures\n", all.ran, all.failed);
    return all.failed > 0 || all.ran == 0;
}
