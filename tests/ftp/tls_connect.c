/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_connect - make a TLS connection as the upload engine does, and say what came of it.
 *
 *   tls_connect [-n] [-l SECONDS] [-p compatible|recommended|tls13] HOST PORT CA [PORT2]
 *   tls_connect -L SUITE HOST PORT CA: only a look with that suite (all: the policy's); CA is not
 *   used. "looked VERSION SUITE N" when it came to its end, N being the certificates shown.
 *
 * With PORT2 a second connection follows there to the same peer, as a data connection does; it
 * offers to resume the first one's session (not with -n); -l: so much later, by the clock that the
 * program is told. One line for each: "VERSION SUITE
 * full|resumed" or "CODE "ARG0" "ARG1"". Exit status: 0 when all were made, 1 when not, 2 for wrong
 * arguments.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/str.h"
#include "net/stream.h"

#define DEADLINE_MS 5000

static struct {
    struct loop *loop;
    struct tls_context *tls;
    const char *host;
    long ports[2];
    struct stream *streams[2];
    int count, at;
    long later, ahead; /* seconds: before the second connection; now */
    bool resume, failed, look;
} conn;

/* In place of the C library's: the TLS library asks here how old a session is. */
time_t time(time_t *ret_now)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (ret_now != NULL)
        *ret_now = now.tv_sec + conn.ahead;
    return now.tv_sec + conn.ahead;
}

static void begin(void);

/* A look fails in any case: how? */
static void report_look(struct stream *s)
{
    const struct tls *tls = stream_tls(s);

    printf("looked %s %s %zu\n", tls_version(tls), tls_suite_name(tls), tls_chain_count(tls));
    loop_stop(conn.loop);
}

static void report(const struct err *err)
{
    printf("%s \"%s\" \"%s\"\n", err_word(err->code), err->arg[0], err->arg[1]);
    conn.failed = true;
    if (conn.loop != NULL)
        loop_stop(conn.loop);
}

static void on_secure(struct stream *s)
{
    const struct tls *tls = stream_tls(s);

    printf("%s %s %s\n", tls_version(tls), tls_suite_name(tls),
           tls_resumed(tls) ? "resumed" : "full");
    /* The server's first words: with TLS 1.3 its tickets come with them. */
    stream_write(s, "x\n", 2);
}

static void on_stream(void *arg, enum stream_event event)
{
    struct stream **s = arg;
    struct err err;
    size_t len;

    switch (event) {
    case STREAM_CONNECTED:
        if (stream_start_tls(*s, conn.tls, conn.host, conn.at > 0 ? conn.streams[0] : NULL,
                             conn.resume, &err) < 0)
            report(&err);
        break;
    case STREAM_SECURE:
        on_secure(*s);
        break;
    case STREAM_INPUT: /* the server's echo: all that the handshake brings has come */
        stream_input(*s, &len);
        stream_consume(*s, len);
        conn.ahead = conn.later;
        if (++conn.at == conn.count)
            loop_stop(conn.loop);
        else if (conn.ports[1] == conn.ports[0])
            stream_finish(*s); /* that server has to do with one at a time */
        else
            begin();
        break;
    case STREAM_DRAINED:
        break;
    case STREAM_CLOSED:
        if (conn.at == 1 && s == &conn.streams[0]) {
            begin();
            break;
        }
        err_set(&err, ERR_CLOSED, STEP_NONE);
        report(&err);
        break;
    case STREAM_FAILED:
        if (conn.look && stream_error(*s)->code == ERR_CANCELLED)
            report_look(*s);
        else
            report(stream_error(*s));
        break;
    }
}

static void begin(void)
{
    static const struct stream_times times = {DEADLINE_MS, DEADLINE_MS, DEADLINE_MS};
    struct stream **s = &conn.streams[conn.at];

    *s = stream_new(conn.loop, &times, on_stream, s);
    stream_connect_host(*s, conn.host, (uint16_t)conn.ports[conn.at]);
}

int main(int argc, char **argv)
{
    static const char *const policies[] = {"compatible", "recommended", "tls13"};
    enum tls_policy policy = TLS_POLICY_COMPATIBLE;
    const struct tls_suite *suite = NULL;
    struct buf trust;
    struct err err;
    int option;

    conn.resume = true;
    while ((option = getopt(argc, argv, "L:l:np:")) != -1) {
        if (option == 'l' && !str_to_long(optarg, 0, 1000000000, &conn.later))
            return 2;
        if (option == 'L') {
            conn.look = true;
            suite = tls_suite_find(optarg);
        }
        if (option == 'n')
            conn.resume = false;
        for (size_t i = 0; option == 'p' && i < ARRAY_LEN(policies); i++)
            if (strcmp(optarg, policies[i]) == 0)
                policy = (enum tls_policy)i;
    }
    conn.count = argc - optind - 2;
    if (conn.count < 1 || conn.count > 2 || !str_to_long(argv[optind + 1], 1, 65535, conn.ports))
        return 2;
    if (conn.count == 2 && !str_to_long(argv[optind + 3], 1, 65535, conn.ports + 1))
        return 2;
    conn.host = argv[optind];
    buf_init(&trust, 4 * 1024 * 1024);
    if (file_read(argv[optind + 2], &trust, STEP_CERTIFICATE, &err) < 0 ||
        (conn.look ? tls_context_new_look(&conn.tls, policy, suite, &err)
                   : tls_context_new(&conn.tls, policy, trust.data, trust.len, &err)) < 0) {
        report(&err);
        buf_done(&trust);
        return 1;
    }
    conn.loop = loop_new();
    begin();
    loop_run(conn.loop);
    stream_free(conn.streams[1]);
    stream_free(conn.streams[0]);
    tls_context_free(conn.tls);
    loop_free(conn.loop);
    buf_done(&trust);
    return conn.failed ? 1 : 0;
}
