/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolve.h - a host name's addresses, without making the loop wait.
 *
 * Purpose: getaddrinfo(3) blocks for as long as it likes, so it runs on a thread of its own that
 * shares nothing with the program but one counted record.
 *
 * Calling sequence: r = resolve_start(...); then either fn is called once, from the loop, and r is
 * gone; or resolve_cancel(r), and fn is never called. There is no deadline here: whoever waits has
 * one and cancels.
 */
#ifndef NM_NET_RESOLVE_H
#define NM_NET_RESOLVE_H

#include <stddef.h>

#include "base/err.h"
#include "base/loop.h"
#include "net/endpoint.h"

#define RESOLVE_MAX 16 /* addresses of one name that are looked at */

struct resolve;

/* count is 0 when there is no address: err then says why (ERR_RESOLVE, arg 0 the host). */
typedef void resolve_fn(void *arg, const struct endpoint *list, size_t count,
                        const struct err *err);

/* host: a name or a literal address. Errors: NULL without memory or thread. */
struct resolve *resolve_start(struct loop *loop, const char *host, uint16_t port, resolve_fn *fn,
                              void *arg);
void resolve_cancel(struct resolve *r);

#endif
