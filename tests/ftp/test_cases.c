/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_cases - the upload engine against scripted servers: every FOLDER/NAME.case, or those named.
 *
 *   test_cases [-v] FOLDER [NAME]...
 *
 * A case is a file. Before the line "server": what the engine is told.
 *   secure PEM        trust PEM and ask for TLS; without PEM ca.pem of the folder NM_TEST_CERTS
 *   active            EPRT and PORT                    host NAME       instead of the address;
 *                     "several.test" is ::1 and 127.0.0.1
 *   exists keep|skip  what to do about taken names     folder NAME     on the server
 *   file NAME SIZE    one more file to send            user NAME
 *   named NAME        of an attempt that ended unseen  fault short|long|unreadable   of the file
 *   times MS          every deadline                   mark MS         that for STOR's 150
 *   ipv6              the server is ::1
 *   whole             do not repeat it byte by byte
 * After it: the server's script (script_server.h). After the line "expect": what the engine tells,
 * in order: "sent NAME", "skipped NAME", "naming NAME" ("naming": what was told before did not come
 * about), "failed CODE", "closed [CODE]", or "refused CODE" for what is refused before anything is
 * sent.
 *
 * Each case runs twice, the second time with every byte of the server in a packet of its own.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "ftpes/ftpes.h"
#include "script_server.h"

#define LINES_MAX  512
#define FILES_MAX  8
#define HANG_MS    20000
#define DEFAULT_MS 2000

struct test {
    char *lines[LINES_MAX]; /* of the case and what it includes, without comments */
    size_t count;

    struct ftpes_params params;
    struct buf trust;
    struct ftpes_task task;
    const char *names[FILES_MAX];
    size_t sizes[FILES_MAX], files, next;
    const char *fault;
    bool ipv6, whole;
    char **script, **expected;
    size_t script_lines, expected_lines;

    struct loop *loop;
    struct ftpes_session *session;
    bool inside; /* a call into the engine: no event may come from there */
    char told[LINES_MAX][256];
    size_t told_lines;
    bool hangs;
};

/* --- the case file --------------------------------------------------------------------------- */

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "test_cases: %s: %s\n", what, detail);
    exit(2);
}

static void read_lines(struct test *t, const char *folder, const char *name, const char *end)
{
    char path[FILE_PATH_MAX], line[1024];
    FILE *f;

    str_format(path, sizeof(path), "%s/%s%s", folder, name, end);
    f = fopen(path, "r");
    if (f == NULL)
        die(path, strerror(errno));
    while (fgets(line, sizeof(line), f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        if (line[0] == '@')
            read_lines(t, folder, line + 1, ".inc");
        else if (t->count < LINES_MAX)
            t->lines[t->count++] = strdup(line);
    }
    fclose(f);
}

static const char *after(const char *line, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(line, word, len) != 0 || (line[len] != ' ' && line[len] != '\0'))
        return NULL;
    return line[len] == ' ' ? line + len + 1 : line + len;
}

static void add_file(struct test *t, const char *rest)
{
    const char *space = strrchr(rest, ' ');

    if (space == NULL || t->files == FILES_MAX)
        die("file", rest);
    t->names[t->files] = strndup(rest, (size_t)(space - rest));
    t->sizes[t->files++] = strtoul(space + 1, NULL, 10);
}

/* The folder that tests/servers/certs.sh has filled. */
static const char *certs(void)
{
    const char *folder = getenv("NM_TEST_CERTS");

    return folder != NULL ? folder : "certs";
}

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

static void take_setting(struct test *t, const char *folder, const char *line)
{
    char path[FILE_PATH_MAX];
    const char *rest;
    struct err err;
    int64_t ms;

    if ((rest = after(line, "secure")) != NULL) {
        str_format(path, sizeof(path), "%s/%s", *rest != '\0' ? folder : certs(),
                   *rest != '\0' ? rest : "ca.pem");
        if (file_read(path, &t->trust, STEP_CERTIFICATE, &err) < 0)
            die(path, err_word(err.code));
        t->params.secure = true;
        t->params.trust = t->trust.data;
        t->params.trust_len = t->trust.len;
    } else if (after(line, "active") != NULL) {
        t->params.passive = false;
    } else if ((rest = after(line, "host")) != NULL) {
        t->params.host = rest;
    } else if ((rest = after(line, "mark")) != NULL) {
        t->params.times.mark = strtol(rest, NULL, 10);
    } else if (after(line, "ipv6") != NULL) {
        t->ipv6 = true;
    } else if (after(line, "whole") != NULL) {
        t->whole = true;
    } else if ((rest = after(line, "exists")) != NULL) {
        t->task.exists = *rest == 'k' ? FTPES_EXISTS_KEEP_BOTH : FTPES_EXISTS_SKIP;
    } else if ((rest = after(line, "folder")) != NULL) {
        t->task.folder = rest;
    } else if ((rest = after(line, "user")) != NULL) {
        t->params.user = rest;
    } else if ((rest = after(line, "named")) != NULL) {
        t->task.named = rest;
    } else if ((rest = after(line, "fault")) != NULL) {
        t->fault = rest;
    } else if ((rest = after(line, "file")) != NULL) {
        add_file(t, rest);
    } else if ((rest = after(line, "times")) != NULL) {
        ms = strtol(rest, NULL, 10);
        t->params.times = (struct ftpes_times){ms, ms, ms, ms, ms, ms};
    } else {
        die("not a setting", line);
    }
}

static void load(struct test *t, const char *folder, const char *name)
{
    size_t i;

    memset(t, 0, sizeof(*t));
    buf_init(&t->trust, 1 << 20);
    t->params = (struct ftpes_params){
        .user = "camera",
        .passive = true,
        .times = {DEFAULT_MS, DEFAULT_MS, DEFAULT_MS, DEFAULT_MS, DEFAULT_MS, DEFAULT_MS}};
    t->task = (struct ftpes_task){.folder = "", .temp_id = "7"};
    read_lines(t, folder, name, ".case");
    for (i = 0; i < t->count && strcmp(t->lines[i], "server") != 0; i++)
        take_setting(t, folder, t->lines[i]);
    t->script = t->lines + ++i;
    for (; i < t->count && strcmp(t->lines[i], "expect") != 0; i++)
        t->script_lines++;
    if (i >= t->count)
        die(name, "no expect");
    t->expected = t->lines + i + 1;
    t->expected_lines = t->count - i - 1;
}

static void unload(struct test *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->lines[i]);
    for (size_t i = 0; i < t->files; i++)
        free((void *)(uintptr_t)t->names[i]);
    buf_done(&t->trust);
}

/* --- the engine ------------------------------------------------------------------------------ */

static void tell(struct test *t, const char *what, const char *detail)
{
    if (t->inside)
        what = "an event inside a call:";
    if (t->told_lines < LINES_MAX)
        str_format(t->told[t->told_lines++], sizeof(t->told[0]), "%s%s%s", what,
                   detail != NULL ? " " : "", detail != NULL ? detail : "");
}

static int make_file(struct test *t, size_t size)
{
    FILE *f;
    int fd;

    if (t->fault != NULL && strcmp(t->fault, "unreadable") == 0)
        return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    f = tmpfile();
    if (f == NULL)
        die("tmpfile", strerror(errno));
    for (size_t i = 0; i < size; i++)
        putc(script_byte(i), f);
    rewind(f);
    fd = dup(fileno(f));
    fclose(f);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static void quit(struct test *t)
{
    t->inside = true;
    ftpes_session_quit(t->session);
    t->inside = false;
}

static void on_ready(void *arg)
{
    struct test *t = arg;
    struct err err;
    int r;

    if (t->next == t->files) {
        quit(t);
        return;
    }
    t->task.name = t->names[t->next];
    t->task.size = (int64_t)t->sizes[t->next];
    t->task.fd = make_file(t, t->sizes[t->next]);
    if (t->fault != NULL && strcmp(t->fault, "short") == 0)
        t->task.size += 1000;
    if (t->fault != NULL && strcmp(t->fault, "long") == 0)
        t->task.size -= 1000;
    t->inside = true;
    r = ftpes_session_put(t->session, &t->task, &err);
    t->inside = false;
    if (r < 0) {
        tell(t, "refused", err_word(err.code));
        close(t->task.fd);
        t->next = t->files;
        quit(t);
    }
}

static void on_progress(void *arg, int64_t sent)
{
    (void)arg;
    (void)sent;
}

static void on_naming(void *arg, const char *name)
{
    tell(arg, "naming", name);
}

static void on_done(void *arg, const struct ftpes_result *result, const struct err *err)
{
    struct test *t = arg;

    close(t->task.fd);
    t->next++;
    if (err != NULL)
        tell(t, "failed", err_word(err->code));
    else
        tell(t, result->skipped ? "skipped" : "sent", result->name);
}

static void on_closed(void *arg, const struct err *err)
{
    struct test *t = arg;

    tell(t, "closed", err != NULL ? err_word(err->code) : NULL);
    ftpes_session_free(t->session);
    t->session = NULL;
    loop_stop(t->loop);
}

static void on_hang(void *arg)
{
    struct test *t = arg;

    t->hangs = true;
    loop_stop(t->loop);
}

static void run_engine(struct test *t, int port)
{
    static const struct ftpes_events events = {.ready = on_ready,
                                               .progress = on_progress,
                                               .naming = on_naming,
                                               .done = on_done,
                                               .closed = on_closed};
    struct secret password = SECRET_EMPTY;
    struct loop_timer *hang;
    struct err err;

    secret_set(&password, "secret", 6);
    if (t->params.host == NULL)
        t->params.host = t->ipv6 ? "::1" : "127.0.0.1";
    t->params.port = (uint16_t)port;
    t->params.password = &password;
    t->loop = loop_new();
    if (ftpes_session_new(&t->session, t->loop, &t->params, &events, t, &err) < 0) {
        tell(t, "refused", err_word(err.code));
    } else {
        hang = loop_timer_new(t->loop, on_hang, t);
        loop_timer_start(hang, HANG_MS);
        loop_run(t->loop);
        loop_timer_free(hang);
    }
    ftpes_session_free(t->session);
    loop_free(t->loop);
}

/* --- one run --------------------------------------------------------------------------------- */

static bool as_expected(const struct test *t)
{
    bool good = !t->hangs && t->told_lines == t->expected_lines;

    for (size_t i = 0; good && i < t->told_lines; i++)
        good = strcmp(t->told[i], t->expected[i]) == 0;
    if (good)
        return true;
    for (size_t i = 0; i < t->told_lines; i++)
        fprintf(stderr, "  told: %s\n", t->told[i]);
    if (t->hangs)
        fprintf(stderr, "  it hangs\n");
    return false;
}

static bool run(const char *folder, const char *name, bool bytewise)
{
    struct test t;
    struct script_server server = {.bytewise = bytewise, .certs = certs()};
    int port, status = 0;
    bool good;
    pid_t pid;

    load(&t, folder, name);
    if (bytewise && t.whole) {
        unload(&t);
        return true;
    }
    server.size = t.files > 0 ? t.sizes[0] : 0;
    port = script_listen(&server.listen_fd, t.ipv6);
    pid = fork();
    if (pid == 0) {
        alarm(2 * HANG_MS / 1000);
        _exit(script_play(&server, t.script, t.script_lines) ? 0 : 1);
    }
    close(server.listen_fd);
    run_engine(&t, port);
    good = as_expected(&t);
    if (!good || t.script_lines == 0)
        kill(pid, SIGKILL); /* it may wait for what does not come */
    waitpid(pid, &status, 0);
    good = good && (t.script_lines == 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    printf("%s %s%s\n", good ? "ok" : "FAILED", name, bytewise ? ", byte by byte" : "");
    fflush(stdout);
    unload(&t);
    return good;
}

static int is_case(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot != NULL && strcmp(dot, ".case") == 0;
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    const char *folder;
    int count, failed = 0, ran = 0;

    if (argc > 1 && strcmp(argv[1], "-v") == 0) {
        log_to_stderr("test_cases", LOG_LEVEL_DEBUG);
        argc--;
        argv++;
    }
    if (argc < 2)
        return 2;
    folder = argv[1];
    for (int i = 2; i < argc; i++, ran++)
        failed += !run(folder, argv[i], false) + !run(folder, argv[i], true);
    if (argc == 2) {
        count = scandir(folder, &entries, is_case, alphasort);
        for (int i = 0; i < count; i++, ran++) {
            *strrchr(entries[i]->d_name, '.') = '\0';
            failed += !run(folder, entries[i]->d_name, false);
            failed += !run(folder, entries[i]->d_name, true);
            free(entries[i]);
        }
        free(entries);
    }
    printf("%d cases, %d failures\n", ran, failed);
    return failed > 0 || ran == 0;
}
