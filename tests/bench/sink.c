/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sink - an FTP server that counts what it is sent and keeps none of it, for the benches: with it a
 * disk and a slow server are no part of what is measured. On OpenSSL, so that the two ends of a
 * connection are not the same library.
 *
 *   sink --port-file F [--cert F --key F] [--tls 1.2|1.3] [--ciphers LIST] [--marks F]
 *
 * It listens on 127.0.0.1, writes its port to the file, and serves until it is killed. --tls allows
 * this version alone. --marks notes the time of each first sign of a session ("session SECONDS")
 * and of each first byte of a file ("file SECONDS"). Any user and password will do; AUTH TLS (RFC
 * 4217) is offered, not required. SIZE answers with what was counted under a name, renaming and
 * deleting move and forget the count, every folder exists. What cannot be answered truthfully by
 * something that keeps nothing (RETR, REST, APPE, LIST) is refused. One thread a session.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <search.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define READ_SIZE (256 * 1024) /* bytes of one read from a data connection */
#define LINE_SIZE 4096

static SSL_CTX *tls_context;
static int marks = -1; /* --marks */

static void mark(const char *what)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (marks >= 0)
        dprintf(marks, "%s %lld.%06ld\n", what, (long long)now.tv_sec, now.tv_nsec / 1000);
}

/* --- what was counted ------------------------------------------------------------------------ */

struct count {
    char *path;
    long long size;
};

static void *entries; /* tsearch(3), by path */
static pthread_mutex_t entries_lock = PTHREAD_MUTEX_INITIALIZER;

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct count *)a)->path, ((const struct count *)b)->path);
}

static void *must(void *p)
{
    if (p == NULL) {
        perror("sink");
        exit(1);
    }
    return p;
}

/* The size under a path, or -1. */
static long long look(char *path)
{
    struct count key = {.path = path}, **found;
    long long size;

    pthread_mutex_lock(&entries_lock);
    found = tfind(&key, &entries, compare);
    size = found != NULL ? (*found)->size : -1;
    pthread_mutex_unlock(&entries_lock);
    return size;
}

static void note(const char *path, long long size)
{
    struct count *new = must(malloc(sizeof(*new))), *old;

    new->path = must(strdup(path));
    new->size = size;
    pthread_mutex_lock(&entries_lock);
    old = *(struct count **)must(tsearch(new, &entries, compare));
    old->size = size;
    pthread_mutex_unlock(&entries_lock);
    if (old != new) {
        free(new->path);
        free(new);
    }
}

/* Returns the size that was there, or -1. */
static long long forget(char *path)
{
    struct count key = {.path = path}, **found, *entry = NULL;
    long long size = -1;

    pthread_mutex_lock(&entries_lock);
    found = tfind(&key, &entries, compare);
    if (found != NULL) {
        entry = *found;
        size = entry->size;
        tdelete(&key, &entries, compare);
        free(entry->path);
        free(entry);
    }
    pthread_mutex_unlock(&entries_lock);
    return size;
}

/* --- a session ------------------------------------------------------------------------------- */

struct session {
    int fd;
    SSL *ssl;
    int listener;   /* of the next data connection, or -1 */
    bool protected; /* PROT P */
    char folder[LINE_SIZE];
    char from[2 * LINE_SIZE]; /* RNFR */
    char in[LINE_SIZE];
    size_t in_len;
};

static void reply(struct session *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void reply(struct session *s, const char *format, ...)
{
    char line[3 * LINE_SIZE];
    va_list ap;
    size_t len;

    va_start(ap, format);
    vsnprintf(line, sizeof(line) - 2, format, ap);
    va_end(ap);
    strcat(line, "\r\n");
    len = strlen(line);
    if (s->ssl != NULL)
        SSL_write(s->ssl, line, (int)len);
    else
        (void)!write(s->fd, line, len);
}

/* The next command, without its end of line. Returns false when the client is gone. */
static bool next_line(struct session *s, char *line)
{
    char *end;

    while ((end = memchr(s->in, '\n', s->in_len)) == NULL) {
        size_t room = sizeof(s->in) - s->in_len;
        ssize_t n;

        if (room == 0)
            return false;
        n = s->ssl != NULL ? SSL_read(s->ssl, s->in + s->in_len, (int)room)
                           : read(s->fd, s->in + s->in_len, room);
        if (n <= 0)
            return false;
        s->in_len += (size_t)n;
    }
    *end = '\0';
    strcpy(line, s->in);
    line[strcspn(line, "\r")] = '\0';
    s->in_len -= (size_t)(end + 1 - s->in);
    memmove(s->in, end + 1, s->in_len);
    return true;
}

/* A name as the session's folder makes it whole. */
static void whole(const struct session *s, const char *name, char path[2 * LINE_SIZE])
{
    if (name[0] == '/')
        snprintf(path, 2 * LINE_SIZE, "%s", name);
    else
        snprintf(path, 2 * LINE_SIZE, "%s/%s", s->folder[1] == '\0' ? "" : s->folder, name);
}

static SSL *secure(int fd)
{
    SSL *ssl = must(SSL_new(tls_context));

    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1)
        return ssl;
    SSL_free(ssl);
    return NULL;
}

/* --- data connections ------------------------------------------------------------------------ */

static void listen_for_data(struct session *s, bool extended)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t len = sizeof(here);
    unsigned port;

    if (s->listener >= 0)
        close(s->listener);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&here, sizeof(here)) < 0 ||
        listen(s->listener, 1) < 0 ||
        getsockname(s->listener, (struct sockaddr *)&here, &len) < 0) {
        reply(s, "425 No port");
        return;
    }
    port = ntohs(here.sin_port);
    if (extended)
        reply(s, "229 Entering extended passive mode (|||%u|)", port);
    else
        reply(s, "227 Entering passive mode (127,0,0,1,%u,%u)", port / 256, port % 256);
}

/* Returns the bytes up to the end, or -1 when they ended without one. */
static long long count_bytes(int fd, SSL *ssl)
{
    char *chunk = must(malloc(READ_SIZE));
    long long total = 0;
    ssize_t n;

    while ((n = ssl != NULL ? SSL_read(ssl, chunk, READ_SIZE) : read(fd, chunk, READ_SIZE)) > 0) {
        if (total == 0)
            mark("file");
        total += n;
    }
    if (n < 0 || (ssl != NULL && SSL_get_error(ssl, (int)n) != SSL_ERROR_ZERO_RETURN))
        total = -1;
    free(chunk);
    return total;
}

static void store(struct session *s, char *path)
{
    SSL *ssl = NULL;
    long long size = -1;
    int fd;

    if (s->listener < 0) {
        reply(s, "425 EPSV or PASV first");
        return;
    }
    reply(s, "150 Counting");
    fd = accept(s->listener, NULL, NULL);
    close(s->listener);
    s->listener = -1;
    note(path, 0);
    if (fd >= 0 && s->protected)
        ssl = secure(fd);
    if (fd >= 0 && (ssl != NULL || !s->protected))
        size = count_bytes(fd, ssl);
    if (ssl != NULL) {
        if (size >= 0)
            SSL_shutdown(ssl);
        SSL_free(ssl);
    }
    if (fd >= 0)
        close(fd);
    if (size >= 0) {
        note(path, size);
        reply(s, "226 Counted, not kept");
    } else {
        reply(s, "426 Broken off");
    }
}

/* --- commands -------------------------------------------------------------------------------- */

enum command {
    AUTH,
    CWD,
    DELE,
    EPSV,
    FEAT,
    MFMT,
    MKD,
    NOOP,
    OPTS,
    PASS,
    PASV,
    PBSZ,
    PROT,
    PWD,
    QUIT,
    RNFR,
    RNTO,
    SIZE,
    STOR,
    SYST,
    TYPE,
    USER,
    COMMANDS,
};

static const char *const words[COMMANDS] = {
    "AUTH", "CWD",  "DELE", "EPSV", "FEAT", "MFMT", "MKD",  "NOOP", "OPTS", "PASS", "PASV",
    "PBSZ", "PROT", "PWD",  "QUIT", "RNFR", "RNTO", "SIZE", "STOR", "SYST", "TYPE", "USER",
};

static enum command command_of(const char *word)
{
    int i = 0;

    while (i < COMMANDS && strcasecmp(words[i], word) != 0)
        i++;
    return (enum command)i;
}

static void start_tls(struct session *s)
{
    if (tls_context == NULL || s->ssl != NULL) {
        reply(s, "534 Not now");
        return;
    }
    reply(s, "234 Go on");
    s->in_len = 0;
    s->ssl = secure(s->fd);
}

static void rename_to(struct session *s, char *path)
{
    long long size = s->from[0] != '\0' ? forget(s->from) : -1;

    s->from[0] = '\0';
    if (size < 0) {
        reply(s, "503 RNFR first");
        return;
    }
    note(path, size);
    reply(s, "250 Renamed");
}

/* MFMT YYYYMMDDHHMMSS NAME: there is no file whose time could be wrong. */
static void set_time(struct session *s, const char *arg)
{
    char path[2 * LINE_SIZE];
    const char *name = strchr(arg, ' ');

    whole(s, name != NULL ? name + 1 : "", path);
    if (name == NULL || look(path) < 0)
        reply(s, "550 Not counted");
    else
        reply(s, "213 Modify=%.*s; %s", (int)(name - arg), arg, name + 1);
}

/* Returns whether the session goes on. */
static bool obey(struct session *s, enum command command, const char *arg)
{
    char path[2 * LINE_SIZE];

    whole(s, arg, path);
    switch (command) {
    case AUTH:
        start_tls(s);
        return s->ssl != NULL;
    case CWD:
        snprintf(s->folder, sizeof(s->folder), "%.*s", LINE_SIZE - 1, path);
        reply(s, "250 %s", s->folder);
        break;
    case DELE:
        reply(s, forget(path) >= 0 ? "250 Forgotten" : "550 Not counted");
        break;
    case EPSV:
    case PASV:
        listen_for_data(s, command == EPSV);
        break;
    case FEAT:
        reply(s, "211-Features\r\n AUTH TLS\r\n EPSV\r\n MFMT\r\n PBSZ\r\n PROT\r\n SIZE\r\n "
                 "UTF8\r\n211 End");
        break;
    case MFMT:
        set_time(s, arg);
        break;
    case MKD:
        reply(s, "550 Exists");
        break;
    case NOOP:
    case OPTS:
    case PBSZ:
    case TYPE:
        reply(s, "200 OK");
        break;
    case PASS:
        reply(s, "230 Nothing that comes here is kept");
        break;
    case PROT:
        s->protected = s->ssl != NULL && strcasecmp(arg, "P") == 0;
        reply(s, "200 OK");
        break;
    case PWD:
        reply(s, "257 \"%s\"", s->folder);
        break;
    case QUIT:
        reply(s, "221 Goodbye");
        return false;
    case RNFR:
        if (look(path) >= 0)
            strcpy(s->from, path);
        reply(s, s->from[0] != '\0' ? "350 To where?" : "550 Not counted");
        break;
    case RNTO:
        rename_to(s, path);
        break;
    case SIZE:
        if (look(path) >= 0)
            reply(s, "213 %lld", look(path));
        else
            reply(s, "550 Not counted");
        break;
    case STOR:
        store(s, path);
        break;
    case SYST:
        reply(s, "215 UNIX Type: L8");
        break;
    case USER:
        reply(s, "331 Any password");
        break;
    case COMMANDS:
        reply(s, "502 Not here: nothing is kept");
        break;
    }
    return true;
}

static void *serve(void *arg)
{
    struct session *s = arg;
    char line[LINE_SIZE], *space;

    reply(s, "220 sink: counts what it is sent and keeps nothing");
    while (next_line(s, line)) {
        space = line + strcspn(line, " ");
        if (*space != '\0')
            *space++ = '\0';
        if (!obey(s, command_of(line), space))
            break;
    }
    if (s->ssl != NULL) {
        SSL_shutdown(s->ssl);
        SSL_free(s->ssl);
    }
    if (s->listener >= 0)
        close(s->listener);
    close(s->fd);
    free(s);
    return NULL;
}

/* --- the server ------------------------------------------------------------------------------ */

static void make_context(const char *cert, const char *key, const char *tls, const char *ciphers)
{
    int version = tls == NULL ? 0 : strcmp(tls, "1.3") == 0 ? TLS1_3_VERSION : TLS1_2_VERSION;

    tls_context = must(SSL_CTX_new(TLS_server_method()));
    if (SSL_CTX_use_certificate_chain_file(tls_context, cert) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls_context, key, SSL_FILETYPE_PEM) != 1 ||
        (ciphers != NULL && SSL_CTX_set_cipher_list(tls_context, ciphers) != 1)) {
        fprintf(stderr, "sink: certificate, key or cipher list\n");
        exit(1);
    }
    SSL_CTX_set_dh_auto(tls_context, 1);
    SSL_CTX_set_min_proto_version(tls_context, version);
    SSL_CTX_set_max_proto_version(tls_context, version);
    SSL_CTX_set_session_id_context(tls_context, (const unsigned char *)"sink", 4);
    SSL_CTX_set_read_ahead(tls_context, 1);
    SSL_CTX_set_default_read_buffer_len(tls_context, READ_SIZE);
}

/* Or the delay of a reply (Nagle) would be measured instead of what the clients do. */
static void undelayed(int fd)
{
    const int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static int listen_for_control(const char *port_file)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t len = sizeof(here);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char aside[PATH_MAX];
    FILE *f;

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    snprintf(aside, sizeof(aside), "%s.new", port_file);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, sizeof(here)) < 0 || listen(fd, 64) < 0 ||
        getsockname(fd, (struct sockaddr *)&here, &len) < 0 || (f = fopen(aside, "w")) == NULL) {
        perror("sink");
        exit(1);
    }
    fprintf(f, "%u\n", ntohs(here.sin_port));
    if (fclose(f) != 0 || rename(aside, port_file) < 0) {
        perror(port_file);
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"port-file", required_argument, NULL, 'p'},
                                            {"cert", required_argument, NULL, 'c'},
                                            {"key", required_argument, NULL, 'k'},
                                            {"tls", required_argument, NULL, 't'},
                                            {"ciphers", required_argument, NULL, 's'},
                                            {"marks", required_argument, NULL, 'm'},
                                            {NULL, 0, NULL, 0}};
    const char *port_file = NULL, *cert = NULL, *key = NULL, *tls = NULL, *ciphers = NULL;
    int option, listener, fd;
    pthread_t thread;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            port_file = optarg;
            break;
        case 'c':
            cert = optarg;
            break;
        case 'k':
            key = optarg;
            break;
        case 't':
            tls = optarg;
            break;
        case 's':
            ciphers = optarg;
            break;
        case 'm':
            marks = open(optarg, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            break;
        default:
            return 2;
        }
    }
    if (port_file == NULL || (cert == NULL) != (key == NULL)) {
        fprintf(stderr, "usage: see the head of sink.c\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (cert != NULL)
        make_context(cert, key, tls, ciphers);
    listener = listen_for_control(port_file);
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        struct session *s = must(calloc(1, sizeof(*s)));

        mark("session");
        undelayed(fd);
        s->fd = fd;
        s->listener = -1;
        strcpy(s->folder, "/");
        if (pthread_create(&thread, NULL, serve, s) != 0)
            return 1;
        pthread_detach(thread);
    }
    perror("sink");
    return 1;
}
