/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hostile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "script_server.h"

#define CHUNK     65536
#define ACCEPT_MS 1000

void hostile_passive(struct hostile *h, bool extended)
{
    char text[64];
    int port = 0;

    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "no passive port");
        hostile_say(h, hostile_percent(h, 30)   ? "425 no"
                       : hostile_percent(h, 30) ? "500 no"
                       : extended               ? "229 passive (|||1|)"
                                                : "227 (1,2,3,4,0,1)");
        return;
    }
    if (h->data_listen >= 0)
        close(h->data_listen);
    port = script_listen(&h->data_listen, false);
    if (hostile_percent(h, h->malice / 2)) {
        hostile_note(h, "nobody listens");
        close(h->data_listen);
        h->data_listen = -1;
    }
    if (extended)
        snprintf(text, sizeof(text), "229 passive (|||%d|)", port);
    else
        snprintf(text, sizeof(text), "227 (%d,0,0,9,%d,%d)", 1 + hostile_random(h, 250) % 250,
                 port / 256, port % 256);
    hostile_say(h, text);
}

/* The client's connection, or one to it. */
static bool open_data(struct hostile *h)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct pollfd pfd = {.fd = h->data_listen, .events = POLLIN};
    unsigned high = 0, low = 0, port = 0;
    int fd = -1;

    link_close(&h->data);
    if (h->active[0] == '\0') {
        if (h->data_listen >= 0 && poll(&pfd, 1, ACCEPT_MS) == 1)
            fd = accept(h->data_listen, NULL, NULL);
    } else {
        if (sscanf(h->active, "EPRT |1|127.0.0.1|%u|", &port) != 1 &&
            sscanf(h->active, "PORT 127,0,0,1,%u,%u", &high, &low) == 2)
            port = high * 256 + low;
        to.sin_port = htons((uint16_t)port);
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        link_adopt(&h->data, fd);
    return fd >= 0;
}

/* The client's first bytes where TLS must begin. */
static void check_first(struct hostile *h)
{
    if (h->secure && h->data.first_len > 0 && (h->data.first[0] < 0x14 || h->data.first[0] > 0x17))
        hostile_wrong(h, "no TLS where TLS should be", "data connection");
}

/* Returns whether the connection can be used. */
static bool secure_data(struct hostile *h)
{
    struct link_tls tls = {.cert = "rsa", .version = h->tls_version};
    bool other = hostile_percent(h, h->malice), good;
    char bytes[64];

    if (!h->tls)
        return true;
    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "the data connection breaks");
        hostile_break_link(h, &h->data);
    }
    if (hostile_percent(h, h->malice / 2)) {
        hostile_note(h, "no TLS on the data connection");
        link_read(&h->data, bytes, sizeof(bytes));
        check_first(h);
        return false;
    }
    tls.no_resume = hostile_percent(h, 10);
    if (other) {
        hostile_note(h, "another one's certificate on the data connection");
        tls.cert = "ecdsa";
    }
    good = link_secure(&h->data, h->certs, &tls);
    if (!good)
        check_first(h);
    return good;
}

/* Receive up to `want` bytes of the file in all. Returns what the last link_read() did. */
static ssize_t receive(struct hostile *h, const char *name, size_t *at, size_t want, bool *equal)
{
    static unsigned char chunk[CHUNK];
    ssize_t n = 1;

    while (n > 0 && *at < want) {
        n = link_read(&h->data, chunk, want - *at < CHUNK ? want - *at : CHUNK);
        for (ssize_t i = 0; i < n; i++)
            *equal &= chunk[i] == script_byte(*at + (size_t)i);
        *at += n > 0 ? (size_t)n : 0;
        disk_put(h->disk, name, *at, *equal);
    }
    return n;
}

static void final_reply(struct hostile *h, bool whole)
{
    static const char *const refusals[] = {"426 broken", "451 error", "452 full", "552 full",
                                           "425 no",     "522 reuse", "550 no",   "421 bye"};

    if (hostile_percent(h, h->malice) || !whole) {
        if (whole || hostile_percent(h, 70)) {
            hostile_note(h, "the file is not accepted");
            hostile_say(h, refusals[hostile_random(h, 8)]);
            return;
        }
        hostile_note(h, "called done without being there");
        h->lied = true;
    }
    if (hostile_percent(h, 10))
        usleep(100000);
    hostile_say(h, hostile_percent(h, 80) ? "226 done" : "250 done");
}

void hostile_store(struct hostile *h, const char *name, size_t from)
{
    const struct disk_file *old = disk_find(h->disk, name);
    bool equal = from == 0 || (old != NULL && old->equal && old->size >= from);
    size_t at = from, want = h->size * 4 + 1;
    ssize_t n = 1;

    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "STOR is refused");
        hostile_say(h, hostile_percent(h, 50) ? "550 no" : "425 no connection");
        return;
    }
    hostile_say(h, hostile_percent(h, 80) ? "150 go on" : "125 go on");
    if (!open_data(h)) {
        hostile_say(h, "425 no connection");
        return;
    }
    disk_put(h->disk, name, at, equal);
    if (!secure_data(h)) {
        link_close(&h->data);
        final_reply(h, false);
        return;
    }
    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "reads a part only");
        want = from + hostile_random(h, (unsigned)h->size + 1);
    }
    n = receive(h, name, &at, want, &equal);
    check_first(h);
    if (n != 0 && hostile_percent(h, 30))
        hostile_break_link(h, &h->data);
    else if (hostile_percent(h, 50))
        link_close(&h->data);
    else
        link_drop(&h->data);
    final_reply(h, n == 0);
}

void hostile_retrieve(struct hostile *h, const char *name)
{
    const struct disk_file *file = disk_find(h->disk, name);
    size_t end = file != NULL ? file->size : 0, from = h->rest, n = 0;
    unsigned char bytes[1000];

    h->rest = 0;
    if (file == NULL || hostile_percent(h, h->malice)) {
        hostile_say(h, "550 no");
        return;
    }
    hostile_say(h, "150 here it comes");
    if (!open_data(h) || !secure_data(h)) {
        link_close(&h->data);
        hostile_say(h, "425 no connection");
        return;
    }
    if (hostile_percent(h, h->malice))
        end -= end > from ? hostile_random(h, (unsigned)(end - from)) : 0;
    if (hostile_percent(h, h->malice))
        end += 5;
    h->data.bytewise = false; /* it would take too long */
    for (size_t i = from; i < end; i++) {
        bytes[n++] = (unsigned char)(script_byte(i) + !file->equal);
        if (n < sizeof(bytes) && i + 1 < end)
            continue;
        if (!link_write(&h->data, bytes, n))
            break;
        n = 0;
    }
    if (hostile_percent(h, h->malice))
        hostile_break_link(h, &h->data);
    link_close(&h->data);
    hostile_say(h, "226 done");
}
