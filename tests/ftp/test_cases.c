/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_cases - the upload engine against scripted servers: every FOLDER/NAME.case, or those named.
 *
 *   test_cases [-v] [-j N] FOLDER [NAME]...
 *   test_cases -l FOLDER                      only say what each case is about
 *
 * case_file.h is how to write a case. Each runs in clear, under TLS 1.2 and under TLS 1.3, and each
 * of these twice: the second time with every byte of the server in a packet of its own. N runs are
 * under way at a time. Of a run that fails the conversation is shown; with -v, of all.
 *
 * After each run, what was told as sent must stand on the server's disk, whole.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fnmatch.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "case_file.h"
#include "jobs.h"
#include "script_server.h"

#define HANG_S    60
#define DEFAULT_J 8

static const char *const mode_names[CASE_MODES] = {"plain", "TLS 1.2", "TLS 1.3"};

/* In place of the C library's: a name with two addresses, whatever this machine knows. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **ret_list)
{
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    bool several = strcmp(name, "several.test") == 0;
    int r;

    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    r = real(several ? "::1" : name, service, hints, ret_list);
    return r == 0 && several ? real("127.0.0.1", service, hints, &(*ret_list)->ai_next) : r;
}

/* The folder that tests/servers/certs.sh has filled. */
static const char *certs(void)
{
    const char *folder = getenv("NM_TEST_CERTS");

    return folder != NULL ? folder : "certs";
}

/* --- what came of a run ---------------------------------------------------------------------- */

static bool told_as_expected(const struct case_file *c, const struct driver *d)
{
    size_t told = 0;
    bool good = !d->hangs;

    for (size_t i = 0; i < c->expected_lines; i++)
        if (strncmp(c->expected[i], "reply ", 6) == 0)
            good &= strcmp(c->expected[i] + 6, d->reply) == 0;
        else if (strncmp(c->expected[i], "disk ", 5) != 0)
            good &= told < d->told_lines && fnmatch(c->expected[i], d->told[told++], 0) == 0;
    return good && told == d->told_lines;
}

static bool disk_has(struct disk *disk, const char *line)
{
    const char *space = strrchr(line, ' ');
    const struct disk_file *file;
    char name[512];

    if (strcmp(line, "nothing") == 0) {
        for (size_t i = 0; i < DISK_FILES; i++)
            if (disk->files[i].name[0] != '\0')
                return false;
        return true;
    }
    str_format(name, sizeof(name), "%.*s", (int)(space - line), line);
    file = disk_find(disk, name);
    return file != NULL && file->equal && file->size == strtoul(space + 1, NULL, 10);
}

/* What the case says of the disk; and what is told as sent is there, but what an earlier attempt
 * had sent. */
static bool stored_as_expected(const struct case_file *c, const struct driver *d, struct disk *disk)
{
    const struct disk_file *file;
    size_t at = 0;
    bool good = true;

    for (size_t i = 0; i < c->expected_lines; i++)
        if (strncmp(c->expected[i], "disk ", 5) == 0)
            good &= disk_has(disk, c->expected[i] + 5);
    for (size_t i = 0; i < d->told_lines && d->task.named == NULL; i++) {
        const char *told = d->told[i];

        if (strncmp(told, "sent ", 5) == 0 || strncmp(told, "unchecked ", 10) == 0) {
            file = disk_find(disk, strchr(told, ' ') + 1);
            good &= file != NULL && file->equal && file->size == d->sizes[at];
        }
        at += strncmp(told, "naming", 6) != 0;
    }
    for (size_t i = 0; i < DISK_FILES && !good; i++)
        if (disk->files[i].name[0] != '\0')
            fprintf(stderr, "  disk: %s %zu%s\n", disk->files[i].name, disk->files[i].size,
                    disk->files[i].equal ? "" : ", other bytes");
    return good;
}

/* --- one run --------------------------------------------------------------------------------- */

struct run {
    const char *folder;
    char name[128];
    size_t variant;
    enum case_mode mode;
    bool bytewise;
};

static bool run(const void *arg)
{
    const struct run *what = arg;
    struct case_file c;
    struct driver d;
    struct script_server server = {.bytewise = what->bytewise,
                                   .secure = what->mode != CASE_PLAIN,
                                   .tls_version = what->mode == CASE_TLS13 ? 0x0304 : 0x0303,
                                   .certs = certs(),
                                   .disk = disk_new()};
    int port, verdict[2];
    bool good, played = false;
    pid_t pid;

    log_to_stderr("engine", LOG_LEVEL_DEBUG);
    case_load(&c, what->folder, what->name, what->variant);
    case_apply(&c, what->mode, certs(), &d);
    server.size = d.files > 0 ? d.sizes[0] : 0;
    port = script_listen(&server.listen_fd, d.ipv6);
    if (pipe(verdict) < 0)
        exit(2);
    pid = fork();
    if (pid == 0) {
        alarm(HANG_S);
        played = script_play(&server, c.script, c.script_lines);
        _exit(write(verdict[1], &played, sizeof(played)) == sizeof(played) ? 0 : 1);
    }
    close(server.listen_fd);
    close(verdict[1]);
    driver_run(&d, port);
    good = told_as_expected(&c, &d);
    if (!good || c.script_lines == 0)
        kill(pid, SIGKILL); /* it may wait for what does not come */
    /* not by its exit status: the loop may have collected that */
    if (read(verdict[0], &played, sizeof(played)) != sizeof(played))
        played = false;
    close(verdict[0]);
    waitpid(pid, NULL, 0);
    good &= stored_as_expected(&c, &d, server.disk);
    if (!good)
        driver_print(&d);
    driver_done(&d);
    case_unload(&c);
    disk_free(server.disk);
    return good && (c.script_lines == 0 || played);
}

/* --- many runs at a time ---------------------------------------------------------------------- */

static void start(struct jobs *all, const struct run *what)
{
    char name[sizeof(what->name) + 32], variant[24] = "";

    if (what->variant > 0)
        str_format(variant, sizeof(variant), " [%zu]", what->variant + 1);
    str_format(name, sizeof(name), "%s%s, %s%s", what->name, variant, mode_names[what->mode],
               what->bytewise ? ", byte by byte" : "");
    jobs_start(all, name, run, what);
}

static void start_case(struct jobs *all, const char *folder, const char *name)
{
    struct case_file c;
    struct run what = {.folder = folder};

    case_load(&c, folder, name, 0);
    str_copy(what.name, sizeof(what.name), name);
    for (what.variant = 0; what.variant == 0 || what.variant < c.variants; what.variant++)
        for (int mode = 0; mode < CASE_MODES; mode++)
            for (int bytewise = 0; bytewise <= !c.whole; bytewise++) {
                what.mode = (enum case_mode)mode;
                what.bytewise = bytewise != 0;
                if (case_has_mode(&c, what.mode))
                    start(all, &what);
            }
    case_unload(&c);
}

/* --- the folder ------------------------------------------------------------------------------- */

static int is_case(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot != NULL && strcmp(dot, ".case") == 0;
}

static void list(const char *folder, const char *name)
{
    struct case_file c;

    case_load(&c, folder, name, 0);
    printf("%-32s %s\n", name, c.subject);
    case_unload(&c);
}

static int every_case(struct jobs *all, const char *folder, bool only_list)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_case, alphasort);

    for (int i = 0; i < count; i++) {
        *strrchr(entries[i]->d_name, '.') = '\0';
        if (only_list)
            list(folder, entries[i]->d_name);
        else
            start_case(all, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count;
}

int main(int argc, char **argv)
{
    static struct jobs all = {.limit = DEFAULT_J};
    bool only_list = false;
    int option, count;

    while ((option = getopt(argc, argv, "vlj:")) != -1) {
        if (option == 'v')
            all.verbose = true;
        else if (option == 'l')
            only_list = true;
        else if (option == 'j')
            all.limit = atoi(optarg);
        else
            return 2;
    }
    if (optind >= argc || all.limit < 1 || all.limit > JOBS_MAX)
        return 2;
    if (optind + 1 == argc) {
        count = every_case(&all, argv[optind], only_list);
    } else {
        count = argc - optind - 1;
        for (int i = optind + 1; i < argc; i++)
            start_case(&all, argv[optind], argv[i]);
    }
    jobs_finish(&all);
    if (!only_list)
        printf("%d cases, %d runs, %d failures\n", count, all.ran, all.failed);
    return all.failed > 0 || count <= 0;
}
