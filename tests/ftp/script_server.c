/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "script_server.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define TEXT_MAX 4096
#define CHUNK    65536

struct play {
    const struct script_server *server;
    int control, data, data_listen;
    int port; /* of data_listen */
    bool ipv6;
    size_t received;        /* bytes of the file */
    char command[TEXT_MAX]; /* the last one heard */
    char active[TEXT_MAX];  /* the last EPRT or PORT */
    const char *line;       /* of the script, for complaints */
};

unsigned char script_byte(size_t i)
{
    return (unsigned char)(i * 31 + (i >> 8) * 7 + (i >> 16));
}

static bool complain(const struct play *p, const char *what, const char *detail)
{
    fprintf(stderr, "  server: at \"%s\": %s%s%s\n", p->line, what, detail ? ": " : "",
            detail ? detail : "");
    return false;
}

int script_listen(int *ret_fd, bool ipv6)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *address = ipv6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t len = ipv6 ? sizeof(v6) : sizeof(v4);
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, address, len) < 0 || listen(fd, 4) < 0 ||
        getsockname(fd, address, &len) < 0) {
        perror("script_listen");
        exit(77);
    }
    *ret_fd = fd;
    return ntohs(ipv6 ? v6.sin6_port : v4.sin_port);
}

/* --- text ------------------------------------------------------------------------------------ */

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Expand a script's text. Returns its length. */
static size_t expand(struct play *p, char dst[TEXT_MAX], const char *text)
{
    size_t n = 0;

    for (; *text != '\0' && n < TEXT_MAX - 16; text++) {
        if (*text == '\\') {
            switch (*++text) {
            case 'r':
                dst[n++] = '\r';
                break;
            case 'n':
                dst[n++] = '\n';
                break;
            case 'e':
                dst[n++] = '\033';
                break;
            case '0':
                dst[n++] = '\0';
                break;
            case 'x':
                dst[n++] = (char)(hex(text[1]) * 16 + hex(text[2]));
                text += 2;
                break;
            default:
                dst[n++] = *text;
            }
        } else if (*text == '%' && strchr("PHL", text[1]) != NULL && text[1] != '\0') {
            if (p->data_listen < 0)
                p->port = script_listen(&p->data_listen, p->ipv6);
            text++;
            n += (size_t)snprintf(dst + n, TEXT_MAX - n, "%d",
                                  *text == 'P'   ? p->port
                                  : *text == 'H' ? p->port / 256
                                                 : p->port % 256);
        } else {
            dst[n++] = *text;
        }
    }
    return n;
}

/* A client that has gone may be what the script is about: its later lines will tell. */
static void send_bytes(struct play *p, const char *bytes, size_t len)
{
    size_t step = p->server->bytewise ? 1 : len;

    for (size_t at = 0; at < len; at += step)
        if (send(p->control, bytes + at, step, MSG_NOSIGNAL) < 0)
            return;
}

static bool say(struct play *p, const char *text, const char *end)
{
    char bytes[TEXT_MAX];
    size_t len = expand(p, bytes, text);

    memcpy(bytes + len, end, strlen(end));
    send_bytes(p, bytes, len + strlen(end));
    return true;
}

static bool flood(struct play *p, const char *arg)
{
    char *text;
    unsigned long times = strtoul(arg, &text, 10);
    char bytes[TEXT_MAX];
    size_t len = expand(p, bytes, *text == ' ' ? text + 1 : text);

    while (times-- > 0)
        if (send(p->control, bytes, len, MSG_NOSIGNAL) < 0)
            break;
    return true;
}

static bool hear(struct play *p, const char *glob)
{
    size_t n = 0;
    char c;

    while (n < TEXT_MAX - 1 && recv(p->control, &c, 1, 0) == 1 && c != '\n')
        p->command[n++] = c;
    if (n > 0 && p->command[n - 1] == '\r')
        n--;
    p->command[n] = '\0';
    if (strncmp(p->command, "EPRT", 4) == 0 || strncmp(p->command, "PORT", 4) == 0)
        memcpy(p->active, p->command, n + 1);
    if (fnmatch(glob, p->command, 0) != 0)
        return complain(p, "heard", p->command);
    return true;
}

static bool hear_eof(struct play *p)
{
    char bytes[256];
    ssize_t n = recv(p->control, bytes, sizeof(bytes) - 1, 0);

    if (n <= 0)
        return true;
    bytes[n] = '\0';
    return complain(p, "heard", bytes);
}

static bool drain(struct play *p)
{
    char bytes[1024];

    while (recv(p->control, bytes, sizeof(bytes), 0) > 0)
        ;
    return true;
}

/* --- the data connection --------------------------------------------------------------------- */

static void close_data(struct play *p)
{
    if (p->data >= 0)
        close(p->data);
    p->data = -1;
    p->received = 0;
}

static bool accept_data(struct play *p)
{
    close_data(p);
    p->data = accept(p->data_listen, NULL, NULL);
    return p->data >= 0 || complain(p, "accept", strerror(errno));
}

/* Where the last EPRT or PORT said. */
static bool dial(struct play *p)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *to = p->ipv6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    unsigned high = 0, low = 0, port = 0;

    if (sscanf(p->active, p->ipv6 ? "EPRT |2|::1|%u|" : "EPRT |1|127.0.0.1|%u|", &port) != 1 &&
        sscanf(p->active, "PORT 127,0,0,1,%u,%u", &high, &low) == 2)
        port = high * 256 + low;
    close_data(p);
    v4.sin_port = v6.sin6_port = htons((uint16_t)port);
    p->data = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return connect(p->data, to, p->ipv6 ? sizeof(v6) : sizeof(v4)) == 0 ||
           complain(p, "connect", strerror(errno));
}

/* Receive up to `want` bytes in all. Returns what recv(2) said last. */
static ssize_t receive(struct play *p, size_t want, bool *ret_equal)
{
    static unsigned char chunk[CHUNK];
    ssize_t n = 1;

    *ret_equal = true;
    while (n > 0 && p->received < want) {
        size_t room = want - p->received < CHUNK ? want - p->received : CHUNK;

        n = recv(p->data, chunk, room, 0);
        for (ssize_t i = 0; i < n; i++)
            *ret_equal &= chunk[i] == script_byte(p->received + (size_t)i);
        p->received += n > 0 ? (size_t)n : 0;
    }
    return n;
}

static bool receive_part(struct play *p, size_t want)
{
    bool equal;

    receive(p, want, &equal);
    if (!equal || p->received != want)
        return complain(p, equal ? "too few bytes" : "other bytes", NULL);
    return true;
}

static bool receive_all(struct play *p)
{
    bool equal;
    ssize_t n = receive(p, p->server->size + 1, &equal);

    if (n != 0 || !equal || p->received != p->server->size)
        return complain(p, equal ? "not the whole file and its end" : "other bytes", NULL);
    return true;
}

static bool receive_broken(struct play *p)
{
    bool equal;
    ssize_t n = receive(p, p->server->size + 1, &equal);

    if (n < 0 || p->received < p->server->size)
        return true;
    return complain(p, "the file ended as if it were whole", NULL);
}

static void reset(int fd)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

/* --- TLS: the bytes go through a process of openssl ------------------------------------------ */

/* In a child: pass on what comes, both ways, until one side ends. */
static void relay(int a, int b)
{
    struct pollfd fds[2] = {{.fd = a, .events = POLLIN}, {.fd = b, .events = POLLIN}};
    static char bytes[CHUNK];

    while (poll(fds, 2, -1) > 0) {
        for (int i = 0; i < 2; i++) {
            ssize_t n = fds[i].revents != 0 ? read(fds[i].fd, bytes, sizeof(bytes)) : 0;

            if (fds[i].revents != 0 && n <= 0)
                return;
            for (ssize_t at = 0, sent; at < n; at += sent)
                if ((sent = write(fds[1 - i].fd, bytes + at, (size_t)(n - at))) <= 0)
                    return;
        }
    }
}

/* A child that dies with us. */
static bool is_child(void)
{
    if (fork() != 0)
        return false;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return true;
}

static void run_openssl(const struct play *p, int fd, const char *path)
{
    char cert[TEXT_MAX], key[TEXT_MAX];

    snprintf(cert, sizeof(cert), "%s/rsa.pem", p->server->certs);
    snprintf(key, sizeof(key), "%s/rsa.key", p->server->certs);
    dup2(fd, STDIN_FILENO);
    dup2(fd, STDOUT_FILENO);
    /* Two processes know nothing of each other's sessions: so they must not offer to resume any. */
    execlp("openssl", "openssl", "s_server", "-unix", path, "-naccept", "1", "-quiet", "-no_ticket",
           "-no_cache", "-cert", cert, "-key", key, (char *)NULL);
    _exit(127);
}

/* What is written to *fd goes out under TLS from here on, and what is read came so. */
static bool wrap(struct play *p, int *fd)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    char folder[] = "/tmp/script-server.XXXXXX";
    int clear[2], sealed = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), tries = 2000;

    if (p->server->certs == NULL || mkdtemp(folder) == NULL ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, clear) < 0)
        return complain(p, "cannot do TLS", NULL);
    snprintf(where.sun_path, sizeof(where.sun_path), "%s/tls", folder);
    if (is_child())
        run_openssl(p, clear[1], where.sun_path);
    while (connect(sealed, (struct sockaddr *)&where, sizeof(where)) < 0 && --tries > 0)
        usleep(5000);
    unlink(where.sun_path);
    rmdir(folder);
    if (is_child()) {
        close(clear[0]);
        relay(*fd, sealed);
        _exit(0);
    }
    close(clear[1]);
    close(sealed);
    close(*fd);
    *fd = clear[0];
    return tries > 0 || complain(p, "openssl does not answer", NULL);
}

/* Wait for the client's first byte on the data connection, and leave it there. */
static bool hello(struct play *p)
{
    char byte;

    return recv(p->data, &byte, 1, MSG_PEEK) == 1 || complain(p, "no handshake", NULL);
}

/* --- the script ------------------------------------------------------------------------------ */

static bool word_is(const char *line, const char *word, const char **ret_rest)
{
    size_t len = strlen(word);

    if (strncmp(line, word, len) != 0 || (line[len] != '\0' && line[len] != ' '))
        return false;
    *ret_rest = line[len] == ' ' ? line + len + 1 : line + len;
    return true;
}

static bool play_line(struct play *p, const char *line)
{
    const char *rest;

    if (word_is(line, ">", &rest))
        return say(p, rest, "\r\n");
    if (word_is(line, ">>", &rest))
        return say(p, rest, "");
    if (word_is(line, "<", &rest))
        return hear(p, rest);
    if (word_is(line, "flood", &rest))
        return flood(p, rest);
    if (word_is(line, "accept", &rest))
        return accept_data(p);
    if (word_is(line, "dial", &rest))
        return dial(p);
    if (word_is(line, "data", &rest))
        return *rest != '\0' ? receive_part(p, strtoul(rest, NULL, 10)) : receive_all(p);
    if (word_is(line, "broken", &rest))
        return receive_broken(p);
    if (word_is(line, "data-reset", &rest))
        reset(p->data);
    if (word_is(line, "data-reset", &rest) || word_is(line, "data-close", &rest)) {
        close_data(p);
        return true;
    }
    if (word_is(line, "refuse", &rest)) {
        close(p->data_listen);
        p->data_listen = -1;
        return true;
    }
    if (word_is(line, "reset", &rest))
        reset(p->control);
    if (word_is(line, "reset", &rest) || word_is(line, "close", &rest)) {
        close(p->control);
        p->control = -1;
        return true;
    }
    if (word_is(line, "tls", &rest))
        return wrap(p, &p->control);
    if (word_is(line, "data-tls", &rest))
        return wrap(p, &p->data);
    if (word_is(line, "late", &rest))
        return usleep((useconds_t)strtoul(rest, NULL, 10) * 1000) == 0;
    if (word_is(line, "data-hello", &rest))
        return hello(p);
    if (word_is(line, "drain", &rest))
        return drain(p);
    if (word_is(line, "eof", &rest))
        return hear_eof(p);
    return complain(p, "not a line of a script", NULL);
}

bool script_play(const struct script_server *server, char **lines, size_t count)
{
    struct play p = {.server = server, .data = -1, .data_listen = -1, .line = "connect"};
    struct sockaddr_storage peer;
    socklen_t len = sizeof(peer);
    int one = 1;
    bool good;

    p.control = accept(server->listen_fd, (struct sockaddr *)&peer, &len);
    if (p.control < 0)
        return complain(&p, strerror(errno), NULL);
    p.ipv6 = peer.ss_family == AF_INET6;
    setsockopt(p.control, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    good = true;
    for (size_t i = 0; good && i < count; i++) {
        p.line = lines[i];
        good = play_line(&p, lines[i]);
    }
    return good;
}
