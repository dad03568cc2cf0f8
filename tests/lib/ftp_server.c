/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/ftp_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

/* One connection; its process stands in the folder that CWD chose. */
struct peer {
    struct ftp_script *script;
    FILE *in;
    int out;
    const char *root;
    int passive; /* listening, -1 when there is none */
    char from[1024];
    long rest; /* what REST said */
};

static void must(bool ok)
{
    if (!ok)
        abort();
}

/* Whether one of a number of faults is left; takes it. */
static bool take(atomic_int *times)
{
    int left = atomic_load(times);

    while (left > 0) {
        if (atomic_compare_exchange_weak(times, &left, left - 1))
            return true;
    }
    return false;
}

static int listen_somewhere(uint16_t *ret_port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    must(fd >= 0 && bind(fd, (struct sockaddr *)&a, len) == 0 && listen(fd, 16) == 0 &&
         getsockname(fd, (struct sockaddr *)&a, &len) == 0);
    *ret_port = ntohs(a.sin_port);
    return fd;
}

static void __attribute__((format(printf, 2, 3))) reply(struct peer *p, const char *format, ...)
{
    char line[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    dprintf(p->out, "%s\r\n", line); /* in one write: two would wait for one another */
}

static void change_folder(struct peer *p, const char *path)
{
    char full[2048];

    if (path[0] == '/')
        str_format(full, sizeof(full), "%s%s", p->root, path);
    else
        str_copy(full, sizeof(full), path);
    reply(p, chdir(full) == 0 ? "250 ok" : "550 no such folder");
}

enum received {
    RECEIVED_WHOLE,
    RECEIVED_BROKEN, /* a reset */
    RECEIVED_CUT,    /* the connections are to be dropped */
};

/* Bytes of a file into fd. */
static enum received receive(struct peer *p, int data, int fd)
{
    bool cut = take(&p->script->cut_times);
    char bytes[4096];
    long total = 0;
    ssize_t n;

    for (;;) {
        while (atomic_load(&p->script->hold) && total >= atomic_load(&p->script->hold_bytes))
            usleep(1000);
        n = read(data, bytes, sizeof(bytes));
        if (n <= 0)
            return cut ? RECEIVED_CUT : n == 0 ? RECEIVED_WHOLE : RECEIVED_BROKEN;
        must(write(fd, bytes, (size_t)n) == n);
        total += n;
        atomic_fetch_add(&p->script->received, n);
        if (cut && total >= atomic_load(&p->script->cut_bytes))
            return RECEIVED_CUT;
    }
}

static bool store(struct peer *p, const char *name)
{
    enum received received = RECEIVED_CUT;
    int fd, data;

    atomic_fetch_add(&p->script->stores, 1);
    if (atomic_load(&p->script->full)) {
        reply(p, "452 no room");
        return true;
    }
    if (atomic_load(&p->script->ignore_rest))
        p->rest = 0;
    fd = open(name, O_WRONLY | O_CREAT | (p->rest == 0 ? O_TRUNC : 0), 0644);
    if (fd >= 0)
        lseek(fd, p->rest, SEEK_SET);
    p->rest = 0;
    if (fd < 0 || p->passive < 0) {
        reply(p, fd < 0 ? "553 not that name" : "425 no data connection");
        if (fd >= 0)
            close(fd);
        return true;
    }
    reply(p, "150 send it");
    data = accept(p->passive, NULL, NULL);
    if (data >= 0)
        received = receive(p, data, fd);
    close(p->passive);
    p->passive = -1;
    close(fd);
    if (received != RECEIVED_CUT)
        reply(p, received == RECEIVED_WHOLE ? "226 got it" : "426 broken");
    close(data);
    return received != RECEIVED_CUT;
}

static void retrieve(struct peer *p, const char *name)
{
    int fd = open(name, O_RDONLY), data;
    char bytes[4096];
    ssize_t n;

    if (fd < 0 || p->passive < 0 || !atomic_load(&p->script->rest)) {
        reply(p, "550 cannot");
        if (fd >= 0)
            close(fd);
        return;
    }
    reply(p, "150 here it is");
    data = accept(p->passive, NULL, NULL);
    lseek(fd, p->rest, SEEK_SET);
    p->rest = 0;
    while ((n = read(fd, bytes, sizeof(bytes))) > 0 && write(data, bytes, (size_t)n) == n)
        ;
    close(p->passive);
    p->passive = -1;
    close(fd);
    close(data);
    reply(p, "226 that was it");
}

static bool rename_to(struct peer *p, const char *name)
{
    int n;

    if (take(&p->script->busy_rename)) {
        reply(p, "450 not now");
        return true;
    }
    if (strncmp(name, "refuse", 6) == 0 || rename(p->from, name) < 0) {
        reply(p, "553 not that name");
        return true;
    }
    n = atomic_fetch_add(&p->script->renames, 1);
    if (n < FTP_SERVER_NAMES)
        str_copy(p->script->names[n], sizeof(p->script->names[n]), name);
    while (atomic_load(&p->script->hold_rename))
        usleep(1000);
    if (take(&p->script->silent_rename))
        return false;
    reply(p, "250 renamed");
    return true;
}

static void size_of(struct peer *p, const char *name)
{
    struct stat st;

    if (stat(name, &st) == 0 && S_ISREG(st.st_mode))
        reply(p, "213 %lld", (long long)st.st_size);
    else
        reply(p, "550 no such file");
}

static void tell_folder(struct peer *p)
{
    char path[1024];

    must(getcwd(path, sizeof(path)) != NULL);
    reply(p, "257 \"%s\"", path[strlen(p->root)] != '\0' ? path + strlen(p->root) : "/");
}

static bool is_one_too_many(struct ftp_script *script)
{
    int most = atomic_load(&script->max_sessions);

    return most > 0 && atomic_load(&script->sessions) > most;
}

/* Returns whether the conversation goes on. */
static bool answer(struct peer *p, const char *verb, const char *arg)
{
    uint16_t port;

    if (strcmp(verb, "USER") == 0) {
        reply(p, "331 password?");
    } else if (strcmp(verb, "PASS") == 0) {
        atomic_fetch_add(&p->script->logins, 1);
        while (atomic_load(&p->script->hold_login))
            usleep(1000);
        reply(p, atomic_load(&p->script->refuse_login) ? "530 Login incorrect."
                 : is_one_too_many(p->script)          ? "530 too many clients from your host"
                                                       : "230 welcome");
    } else if (strcmp(verb, "TYPE") == 0 || strcmp(verb, "OPTS") == 0) {
        reply(p, "200 ok");
    } else if (strcmp(verb, "FEAT") == 0) {
        reply(p, "211-Features:\r\n UTF8\r\n SIZE\r\n%s211 End",
              atomic_load(&p->script->rest) ? " REST STREAM\r\n" : "");
    } else if (strcmp(verb, "REST") == 0 && atomic_load(&p->script->rest)) {
        p->rest = strtol(arg, NULL, 10);
        reply(p, "350 from there");
    } else if (strcmp(verb, "RETR") == 0) {
        retrieve(p, arg);
    } else if (strcmp(verb, "PWD") == 0) {
        tell_folder(p);
    } else if (strcmp(verb, "CWD") == 0) {
        change_folder(p, arg);
    } else if (strcmp(verb, "MKD") == 0) {
        reply(p, mkdir(arg, 0755) == 0 ? "257 made" : "550 cannot");
    } else if (strcmp(verb, "SIZE") == 0) {
        size_of(p, arg);
    } else if (strcmp(verb, "EPSV") == 0) {
        if (p->passive >= 0)
            close(p->passive);
        p->passive = listen_somewhere(&port);
        reply(p, "229 Entering Extended Passive Mode (|||%u|)", port);
    } else if (strcmp(verb, "STOR") == 0) {
        return store(p, arg);
    } else if (strcmp(verb, "RNFR") == 0) {
        str_copy(p->from, sizeof(p->from), arg);
        reply(p, access(arg, F_OK) == 0 ? "350 to what?" : "550 no such file");
    } else if (strcmp(verb, "RNTO") == 0) {
        return rename_to(p, arg);
    } else if (strcmp(verb, "DELE") == 0) {
        bool gone = !atomic_load(&p->script->keep) && unlink(arg) == 0;

        atomic_fetch_add(&p->script->deletes, gone);
        reply(p, gone ? "250 gone" : "550 no such file");
    } else if (strcmp(verb, "QUIT") == 0) {
        reply(p, "221 bye");
        return false;
    } else {
        reply(p, "500 what?");
    }
    return true;
}

#define LOSE_MS 20 /* what comes so soon behind a command came without waiting for its reply */

static void lose_more(struct peer *p)
{
    struct pollfd watch = {.fd = p->out, .events = POLLIN};
    char bytes[2048];

    __fpurge(p->in);
    while (poll(&watch, 1, LOSE_MS) > 0 && recv(p->out, bytes, sizeof(bytes), 0) > 0)
        ;
}

static void talk(struct ftp_script *script, int fd, const char *root)
{
    struct peer p = {.script = script, .out = fd, .root = root, .passive = -1};
    char line[2048];

    atomic_fetch_add(&script->connections, 1);
    p.in = fdopen(fd, "r");
    must(p.in != NULL && chdir(root) == 0);
    if (atomic_load(&script->busy) ||
        (is_one_too_many(script) && !atomic_load(&script->max_late))) {
        reply(&p, "421 too many users");
        return;
    }
    reply(&p, "220 test server");
    while (fgets(line, sizeof(line), p.in) != NULL) {
        char *arg;

        line[strcspn(line, "\r\n")] = '\0';
        arg = strchr(line, ' ');
        if (arg != NULL)
            *arg++ = '\0';
        if (atomic_load(&script->one_by_one))
            lose_more(&p);
        if (!answer(&p, line, arg != NULL ? arg : ""))
            return;
    }
}

static void serve(struct ftp_script *script, int listening, const char *root)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listening, NULL, NULL);

        if (fd >= 0 && fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(listening);
            atomic_fetch_add(&script->sessions, 1);
            talk(script, fd, root);
            atomic_fetch_sub(&script->sessions, 1);
            _exit(0);
        }
        if (fd >= 0)
            close(fd);
    }
}

void ftp_server_start(struct ftp_server *srv, const char *root)
{
    pid_t parent = getpid();
    char *real;
    int fd;

    must(mkdir(root, 0755) == 0 || errno == EEXIST);
    real = realpath(root, NULL);
    must(real != NULL);
    srv->script =
        mmap(NULL, sizeof(*srv->script), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(srv->script != MAP_FAILED);
    fd = listen_somewhere(&srv->port);
    srv->pid = fork();
    must(srv->pid >= 0);
    if (srv->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test leaves no server behind */
        if (getppid() == parent)
            serve(srv->script, fd, real);
        _exit(0);
    }
    close(fd);
    free(real);
}

void ftp_server_stop(struct ftp_server *srv)
{
    kill(srv->pid, SIGKILL);
    waitpid(srv->pid, NULL, 0);
    munmap(srv->script, sizeof(*srv->script));
}
