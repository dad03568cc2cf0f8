/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

/* What the thread and the loop share. Whoever lets go last frees it. */
struct query {
    atomic_int owners;
    int done_fd; /* the thread's end of the pipe; closing it wakes the loop */
    char *host;
    char service[8];
    int result; /* of getaddrinfo */
    size_t count;
    struct endpoint list[RESOLVE_MAX];
};

struct resolve {
    struct query *query;
    struct loop_io *io;
    int fd;
    resolve_fn *fn;
    void *arg;
};

static void query_release(struct query *q)
{
    if (atomic_fetch_sub(&q->owners, 1) > 1)
        return;
    free(q->host);
    free(q);
}

static void *look_up(void *arg)
{
    struct query *q = arg;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC};
    struct addrinfo *list = NULL;

    q->result = getaddrinfo(q->host, q->service, &hints, &list);
    for (struct addrinfo *ai = list; ai != NULL && q->count < RESOLVE_MAX; ai = ai->ai_next) {
        if (ai->ai_family != AF_INET && ai->ai_family != AF_INET6)
            continue;
        memcpy(&q->list[q->count].addr, ai->ai_addr, ai->ai_addrlen);
        q->list[q->count++].len = ai->ai_addrlen;
    }
    if (list != NULL)
        freeaddrinfo(list);
    close(q->done_fd);
    query_release(q);
    return NULL;
}

static void resolve_free(struct resolve *r)
{
    loop_io_free(r->io);
    close(r->fd);
    query_release(r->query);
    free(r);
}

/* The pipe is closed, so the thread has written all it will write. */
static void on_done(void *arg, int events)
{
    struct resolve *r = arg;
    struct query *q = r->query;
    resolve_fn *fn = r->fn;
    void *fn_arg = r->arg;
    struct err err = {0};

    (void)events;
    if (q->count == 0)
        err_set_args(&err, ERR_RESOLVE, STEP_RESOLVE, q->host,
                     q->result != 0 ? gai_strerror(q->result) : NULL);
    atomic_fetch_add(&q->owners, 1);
    resolve_free(r);
    fn(fn_arg, q->list, q->count, &err);
    query_release(q);
}

/* A detached thread that takes no signals: they are for the loop. */
static int start_thread(struct query *q)
{
    sigset_t all, before;
    pthread_t thread;
    int r;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    r = pthread_create(&thread, NULL, look_up, q);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (r == 0)
        pthread_detach(thread);
    return r;
}

struct resolve *resolve_start(struct loop *loop, const char *host, uint16_t port, resolve_fn *fn,
                              void *arg)
{
    struct resolve *r = calloc(1, sizeof(*r));
    struct query *q = calloc(1, sizeof(*q));
    int ends[2] = {-1, -1};

    if (r == NULL || q == NULL || (q->host = strdup(host)) == NULL || pipe2(ends, O_CLOEXEC) < 0)
        goto fail;
    str_format(q->service, sizeof(q->service), "%u", (unsigned)port);
    q->done_fd = ends[1];
    atomic_init(&q->owners, 2);
    if (start_thread(q) != 0)
        goto fail;
    *r = (struct resolve){.query = q, .fd = ends[0], .fn = fn, .arg = arg};
    r->io = loop_io_new(loop, r->fd, LOOP_READ, on_done, r);
    return r;

fail:
    if (ends[0] >= 0) {
        close(ends[0]);
        close(ends[1]);
    }
    if (q != NULL)
        free(q->host);
    free(q);
    free(r);
    return NULL;
}

void resolve_cancel(struct resolve *r)
{
    if (r != NULL)
        resolve_free(r);
}
