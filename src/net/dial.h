/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dial.h - a TCP connection to a host, whose addresses are tried in turn.
 *
 * Calling sequence: d = dial_host(...) or dial_endpoint(...); then either fn is called once, from
 * the loop, and d is gone; or dial_cancel(d), and fn is never called.
 */
#ifndef NM_NET_DIAL_H
#define NM_NET_DIAL_H

#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "net/endpoint.h"

struct dial;

/*
 * fd: non-blocking, the callee's; or -1, and err says why the last address failed:
 * ERR_RESOLVE, ERR_CONNECT_REFUSED, ERR_CONNECT_TIMEOUT, ERR_UNREACHABLE, ERR_CLOSED (arg 0: the
 * host, arg 1: the port).
 */
typedef void dial_fn(void *arg, int fd, const struct err *err);

/* ms: for the name's addresses to be found, and then for each of them. Errors: NULL without memory.
 */
struct dial *dial_host(struct loop *loop, const char *host, uint16_t port, int64_t ms, dial_fn *fn,
                       void *arg);
struct dial *dial_endpoint(struct loop *loop, const struct endpoint *to, int64_t ms, dial_fn *fn,
                           void *arg);
void dial_cancel(struct dial *d);

#endif
