/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A host with several addresses: each is tried in its turn, whatever is wrong with those before.
 * The addresses are loopback's own; in front of the C library stands a resolver that tells what the
 * test says. And what the sockets of a connection are told about peers that vanish.
 */
#include "tests/lib/unit.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/dial.h"
#include "net/endpoint.h"
#include "net/stream_internal.h"

#define CONNECT_MS 300
#define DEAD_MS    45000
#define SILENT     "127.0.0.4"
#define GOOD       "127.0.0.3"
#define GOOD6      "::1"
#define REFUSING   "127.0.0.2"

/* --- the resolver and the network of the test ------------------------------------------------ */

static const char *const *names; /* what the host's addresses are; ends with NULL */

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **ret_list)
{
    struct addrinfo **end = ret_list;

    (void)host;
    (void)hints;
    *ret_list = NULL;
    for (const char *const *name = names; *name != NULL; name++) {
        bool v6 = strchr(*name, ':') != NULL;
        struct addrinfo *ai = calloc(1, sizeof(*ai));
        struct sockaddr_in6 *a6 = calloc(1, sizeof(*a6));
        struct sockaddr_in *a4 = (struct sockaddr_in *)(void *)a6;

        ai->ai_family = v6 ? AF_INET6 : AF_INET;
        ai->ai_addr = (struct sockaddr *)a6;
        ai->ai_addrlen = v6 ? sizeof(*a6) : sizeof(*a4);
        ai->ai_addr->sa_family = (sa_family_t)ai->ai_family;
        inet_pton(ai->ai_family, *name, v6 ? (void *)&a6->sin6_addr : (void *)&a4->sin_addr);
        *(v6 ? &a6->sin6_port : &a4->sin_port) = htons((uint16_t)atoi(service));
        *end = ai;
        end = &ai->ai_next;
    }
    return *ret_list == NULL ? EAI_NONAME : 0;
}

void freeaddrinfo(struct addrinfo *list)
{
    while (list != NULL) {
        struct addrinfo *next = list->ai_next;

        free(list->ai_addr);
        free(list);
        list = next;
    }
}

static uint16_t port;

/* Listen there; on a port of its own the first time, then on the same one. Returns the socket. */
static int listen_at(const char *address, int backlog)
{
    bool v6 = strchr(address, ':') != NULL;
    struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr *a = v6 ? (struct sockaddr *)&a6 : (struct sockaddr *)&a4;
    socklen_t len = v6 ? sizeof(a6) : sizeof(a4);
    int fd = socket(a->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    inet_pton(a->sa_family, address, v6 ? (void *)&a6.sin6_addr : (void *)&a4.sin_addr);
    assert_int_equal(bind(fd, a, len), 0);
    assert_int_equal(listen(fd, backlog), 0);
    assert_int_equal(getsockname(fd, a, &len), 0);
    port = ntohs(v6 ? a6.sin6_port : a4.sin_port);
    return fd;
}

static int good, good6, silent, fill[4];

static int start_network(void **state)
{
    struct sockaddr_in a4 = {.sin_family = AF_INET};

    (void)state;
    good = listen_at(GOOD, 64);
    good6 = listen_at(GOOD6, 64);
    silent = listen_at(SILENT, 0); /* whose queue is full: it answers nobody */
    a4.sin_port = htons(port);
    inet_pton(AF_INET, SILENT, &a4.sin_addr);
    for (size_t i = 0; i < ARRAY_LEN(fill); i++) {
        fill[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        (void)connect(fill[i], (struct sockaddr *)&a4, sizeof(a4));
    }
    return 0;
}

static int end_network(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(fill); i++)
        close(fill[i]);
    close(silent);
    close(good);
    close(good6);
    return 0;
}

/* --- dialing --------------------------------------------------------------------------------- */

static struct {
    struct loop *loop;
    char peer[ENDPOINT_TEXT_MAX];
    enum err_code code;
} answer;

static void on_dialed(void *arg, int fd, const struct err *err)
{
    struct endpoint peer = {.len = sizeof(peer.addr)};

    (void)arg;
    answer.code = err->code;
    answer.peer[0] = '\0';
    if (fd >= 0) {
        assert_int_equal(getpeername(fd, (struct sockaddr *)&peer.addr, &peer.len), 0);
        endpoint_text(&peer, answer.peer);
        close(fd);
    }
    loop_stop(answer.loop);
}

static void test_addresses(void **state)
{
    static const struct {
        const char *const names[6];
        const char *peer;
        enum err_code code;
    } rows[] = {
        {{GOOD}, GOOD, ERR_NONE},
        {{GOOD6}, GOOD6, ERR_NONE},
        {{GOOD6, GOOD}, GOOD6, ERR_NONE},
        {{REFUSING, GOOD}, GOOD, ERR_NONE},
        {{SILENT, GOOD}, GOOD, ERR_NONE},
        {{SILENT, REFUSING, GOOD6}, GOOD6, ERR_NONE},
        {{"::ffff:127.0.0.2", REFUSING, SILENT, REFUSING, GOOD}, GOOD, ERR_NONE},
        {{"fe80::1", GOOD}, GOOD, ERR_NONE}, /* link-local without a link: fails at once */
        {{REFUSING}, "", ERR_CONNECT_REFUSED},
        {{REFUSING, SILENT}, "", ERR_CONNECT_TIMEOUT},
        {{SILENT, REFUSING}, "", ERR_CONNECT_REFUSED},
        {{NULL}, "", ERR_RESOLVE},
    };

    (void)state;
    answer.loop = loop_new();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        names = rows[i].names;
        assert_non_null(
            dial_host(answer.loop, "ftp.example.com", port, CONNECT_MS, on_dialed, NULL));
        loop_run(answer.loop);
        if (strcmp(answer.peer, rows[i].peer) != 0 || answer.code != rows[i].code)
            fail_msg("row %zu: %s %s", i, answer.peer, err_word(answer.code));
    }
    loop_free(answer.loop);
}

/* --- what the socket knows of a peer that vanishes -------------------------------------------- */

static void on_stream(void *arg, enum stream_event event)
{
    (void)arg;
    assert_int_equal(event, STREAM_CONNECTED);
    loop_stop(answer.loop);
}

static int option(const struct stream *s, int level, int name)
{
    int value = -1;
    socklen_t len = sizeof(value);

    assert_int_equal(getsockopt(s->fd, level, name, &value, &len), 0);
    return value;
}

static void test_options(void **state)
{
    static const struct stream_times times = {
        .connect = CONNECT_MS, .handshake = CONNECT_MS, .dead = DEAD_MS};
    static const char *const address[] = {GOOD, NULL};
    struct stream *s;

    (void)state;
    names = address;
    answer.loop = loop_new();
    s = stream_new(answer.loop, &times, on_stream, NULL);
    stream_connect_host(s, "ftp.example.com", port);
    loop_run(answer.loop);
    /* Probes within the minute that some home routers keep a silent connection in mind. */
    assert_int_equal(option(s, SOL_SOCKET, SO_KEEPALIVE), 1);
    assert_in_range(option(s, IPPROTO_TCP, TCP_KEEPIDLE), 1, 60);
    assert_in_range(option(s, IPPROTO_TCP, TCP_KEEPINTVL), 1, 30);
    assert_in_range(option(s, IPPROTO_TCP, TCP_KEEPCNT), 1, 10);
    /* Bytes that nobody acknowledges end the connection after the time that was given. */
    assert_int_equal(option(s, IPPROTO_TCP, TCP_USER_TIMEOUT), DEAD_MS);
    assert_int_equal(option(s, IPPROTO_TCP, TCP_NODELAY), 1);
    assert_int_equal(fcntl(s->fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    stream_free(s);
    loop_free(answer.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_options),
    };

    return cmocka_run_group_tests(tests, start_network, end_network);
}
