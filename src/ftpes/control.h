/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * control.h - the control connection: one command out, its replies in.
 *
 * Purpose: the conversation sees whole replies, each awaited one, and each within its deadline. A
 * reply that nobody asked for ends the connection: taken for the answer to the next command, it
 * would let a stranger decide what we believe.
 *
 * Commands may be sent ahead, behind one whose reply is awaited: their replies come in the order of
 * the commands, and are awaited one by one when the conversation has come that far. When it takes
 * another way, the rest of them is passed over: read and dropped before the next reply.
 *
 * Calling sequence: control_new(); control_connect() -> CONTROL_CONNECTED; control_expect() the
 * greeting -> CONTROL_REPLY; control_send() -> CONTROL_REPLY ...; control_free() at any time, also
 * inside an event. CONTROL_LOST is last.
 */
#ifndef NM_FTPES_CONTROL_H
#define NM_FTPES_CONTROL_H

#include "base/err.h"
#include "base/loop.h"
#include "ftpes/reply.h"
#include "net/stream.h"

struct control;

enum control_event {
    CONTROL_CONNECTED,
    CONTROL_SECURE, /* under TLS from now on */
    CONTROL_REPLY,  /* see control_reply(); valid until the event's function returns */
    CONTROL_LOST,   /* see control_error() */
};

typedef void control_fn(void *arg, enum control_event event);

/* Errors: NULL without memory. */
struct control *control_new(struct loop *loop, const struct stream_times *times, control_fn *fn,
                            void *arg);
void control_free(struct control *c);

void control_connect(struct control *c, const char *host, uint16_t port);

/* Errors: as stream_start_tls(); later CONTROL_LOST. */
int control_start_tls(struct control *c, struct tls_context *ctx, const char *host, struct err *e);

/*
 * Send a command and await one reply within ms. arg may be NULL; what PASS carries is never logged.
 * Errors: ERR_NAME as command_build(); ERR_PROTOCOL when replies lie there that nobody asked for.
 */
int control_send(struct control *c, const char *verb, const char *arg, int64_t ms, struct err *e);

/*
 * Send a command behind one whose reply is awaited. Its own is awaited later by control_expect(),
 * or dropped by control_pass_over(). Errors: ERR_NAME as command_build().
 */
int control_send_ahead(struct control *c, const char *verb, const char *arg, struct err *e);

/* Drop the replies to the next `count` commands that were sent ahead. */
void control_pass_over(struct control *c, unsigned count);

/* How many of those have not come yet. */
unsigned control_unanswered(const struct control *c);

/* Await one more reply (the greeting, or what follows a 1xx, the next of those sent ahead) within
 * ms. */
void control_expect(struct control *c, int64_t ms);

/* The same without a deadline: the caller has one. */
void control_await(struct control *c);

/* Say the end (close_notify, FIN); only control_free() is of use then. */
void control_finish(struct control *c);

const struct reply *control_reply(const struct control *c);
const struct err *control_error(const struct control *c);
const struct stream *control_stream(const struct control *c);

#endif
