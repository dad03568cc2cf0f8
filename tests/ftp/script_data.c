/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "script_play.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK 65536

/* --- the disk --------------------------------------------------------------------------------- */

static const char *after_verb(const char *command, const char *verb)
{
    size_t len = strlen(verb);

    return strncmp(command, verb, len) == 0 && command[len] == ' ' ? command + len + 1 : NULL;
}

/* A command came: note what it will change. */
void play_note(struct play *p)
{
    const struct disk_file *file;
    const char *name;

    if (strncmp(p->command, "STOR ", 5) != 0 && strncmp(p->command, "RETR ", 5) != 0)
        p->rest = 0; /* REST is for the command that follows it */
    if (strncmp(p->command, "EPRT ", 5) == 0 || strncmp(p->command, "PORT ", 5) == 0)
        snprintf(p->active, sizeof(p->active), "%s", p->command);
    if ((name = after_verb(p->command, "REST")) != NULL)
        p->rest = strtoul(name, NULL, 10);
    if ((name = after_verb(p->command, "RNFR")) != NULL)
        snprintf(p->rename, sizeof(p->rename), "%s", name);
    if ((name = after_verb(p->command, "APPE")) != NULL) {
        file = disk_find(p->server->disk, name);
        p->rest = file != NULL ? file->size : 0;
    }
    if (name != NULL || (name = after_verb(p->command, "STOR")) != NULL) {
        if (p->command[0] == 'A' || p->command[0] == 'S') {
            snprintf(p->target, sizeof(p->target), "%s", name);
            file = disk_find(p->server->disk, name);
            p->equal = p->rest == 0 || (file != NULL && file->equal && file->size >= p->rest);
            p->received = p->rest;
            p->rest = 0;
        }
    }
}

/* The script says this: a 2xx does what the last command asked for. */
void play_obey(struct play *p, const char *reply)
{
    const char *name;

    if (reply[0] != '2')
        return;
    if ((name = after_verb(p->command, "RNTO")) != NULL)
        disk_rename(p->server->disk, p->rename, name);
    else if ((name = after_verb(p->command, "DELE")) != NULL)
        disk_remove(p->server->disk, name);
    else
        return;
    p->command[0] = '\0';
}

bool play_have(struct play *p, const char *arg)
{
    const char *space = strrchr(arg, ' ');
    char name[TEXT_MAX];

    if (space == NULL)
        return play_complain(p, "have NAME N", NULL);
    snprintf(name, sizeof(name), "%.*s", (int)(space - arg), arg);
    disk_put(p->server->disk, name, strtoul(space + 1, NULL, 10), true);
    return true;
}

/* --- the data connection --------------------------------------------------------------------- */

bool play_accept(struct play *p, const char *arg)
{
    int fd;

    (void)arg;
    link_close(&p->data);
    play_data_port(p);
    fd = accept(p->data_listen, NULL, NULL);
    if (fd < 0)
        return play_complain(p, "accept", strerror(errno));
    link_adopt(&p->data, fd);
    return true;
}

int play_data_port(struct play *p)
{
    if (p->data_listen < 0)
        p->port = script_listen(&p->data_listen, p->ipv6);
    return p->port;
}

/* Where the last EPRT or PORT said. */
bool play_dial(struct play *p, const char *arg)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *to = p->ipv6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    unsigned high = 0, low = 0, port = 0;
    int fd;

    (void)arg;
    if (sscanf(p->active, p->ipv6 ? "EPRT |2|::1|%u|" : "EPRT |1|127.0.0.1|%u|", &port) != 1 &&
        sscanf(p->active, "PORT 127,0,0,1,%u,%u", &high, &low) == 2)
        port = high * 256 + low;
    link_close(&p->data);
    v4.sin_port = v6.sin6_port = htons((uint16_t)port);
    fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, to, p->ipv6 ? sizeof(v6) : sizeof(v4)) < 0)
        return play_complain(p, "connect", strerror(errno));
    link_adopt(&p->data, fd);
    return true;
}

/* As the client uses TLS, so the data connection is. */
static bool ready(struct play *p)
{
    if (!p->server->secure || p->data.ssl != NULL)
        return true;
    if (!play_secure(p, &p->data, ""))
        return false;
    return p->data.resumed || play_complain(p, "the TLS session is not resumed", NULL);
}

/* Receive up to `want` bytes in all, and put them on the disk. Returns the last of link_read(). */
static ssize_t receive(struct play *p, size_t want)
{
    static unsigned char chunk[CHUNK];
    ssize_t n = 1;

    disk_put(p->server->disk, p->target, p->received, p->equal);
    while (n > 0 && p->received < want) {
        size_t room = want - p->received < CHUNK ? want - p->received : CHUNK;

        n = link_read(&p->data, chunk, room);
        for (ssize_t i = 0; i < n; i++)
            p->equal &= chunk[i] == script_byte(p->received + (size_t)i);
        p->received += n > 0 ? (size_t)n : 0;
    }
    disk_put(p->server->disk, p->target, p->received, p->equal);
    return n;
}

static bool receive_part(struct play *p, size_t want)
{
    receive(p, want);
    if (!p->equal || p->received != want)
        return play_complain(p, p->equal ? "too few bytes" : "other bytes", NULL);
    return true;
}

bool play_data(struct play *p, const char *arg)
{
    ssize_t n;

    if (!ready(p))
        return false;
    if (*arg != '\0')
        return receive_part(p, strtoul(arg, NULL, 10));
    n = receive(p, p->server->size + 1);
    if (n != 0 || !p->equal || p->received != p->server->size)
        return play_complain(p, p->equal ? "not the whole file and its end" : "other bytes", NULL);
    link_close(&p->data);
    return true;
}

bool play_broken(struct play *p, const char *arg)
{
    ssize_t n;

    (void)arg;
    if (p->server->secure && p->data.ssl == NULL &&
        !link_secure(&p->data, p->server->certs,
                     &(struct link_tls){.cert = "rsa", .version = p->server->tls_version}))
        return true; /* the end came before that of the handshake */
    n = receive(p, p->server->size + 1);
    if (n < 0 || p->received < p->server->size)
        return true;
    return play_complain(p, "the file ended as if it were whole", NULL);
}

static bool give(struct play *p, const char *arg, unsigned char change)
{
    static unsigned char chunk[CHUNK];
    size_t at = p->rest, end = strtoul(arg, NULL, 10);

    if (!ready(p))
        return false;
    while (at < end) {
        size_t n = 0;

        while (n < CHUNK && at < end)
            chunk[n++] = script_byte(at++) ^ change;
        link_write(&p->data, (const char *)chunk, n);
    }
    p->rest = 0;
    link_close(&p->data);
    return true;
}

bool play_give(struct play *p, const char *arg)
{
    return give(p, arg, 0);
}

bool play_give_other(struct play *p, const char *arg)
{
    return give(p, arg, 1);
}

bool play_sip(struct play *p, const char *arg)
{
    unsigned ms = (unsigned)strtoul(arg, NULL, 10);

    if (!ready(p))
        return false;
    while (p->received < p->server->size) {
        size_t before = p->received;

        usleep(ms * 1000);
        receive(p, before + CHUNK);
        if (p->received == before)
            return play_complain(p, "too few bytes", NULL);
    }
    return true;
}

bool play_hole(struct play *p, const char *arg)
{
    struct sockaddr_storage to;
    socklen_t len = sizeof(to);

    (void)arg;
    play_data_port(p);
    listen(p->data_listen, 0);
    getsockname(p->data_listen, (struct sockaddr *)&to, &len);
    for (int i = 0; i < 4; i++) {
        int fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

        if (connect(fd, (struct sockaddr *)&to, len) < 0 && errno != EINPROGRESS)
            return play_complain(p, "connect", strerror(errno));
    }
    return true;
}

bool play_refuse(struct play *p, const char *arg)
{
    (void)arg;
    close(p->data_listen);
    p->data_listen = -1;
    return true;
}
