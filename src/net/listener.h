/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * listener.h - wait for one connection from one host.
 *
 * Calling sequence: l = listener_new(loop, &here, &peer, fn, arg, e); listener_endpoint(l) is told
 * to the other side; fn(arg, fd) is called once, with a non-blocking socket that the callee owns.
 * listener_free(l) at any time. Connections from other hosts are closed at once.
 */
#ifndef NM_NET_LISTENER_H
#define NM_NET_LISTENER_H

#include "base/err.h"
#include "base/loop.h"
#include "net/endpoint.h"

struct listener;

/* here: the address to listen at; its port does not count. Errors: ERR_IO with errno. */
int listener_new(struct listener **ret_l, struct loop *loop, const struct endpoint *here,
                 const struct endpoint *peer, void (*fn)(void *arg, int fd), void *arg,
                 struct err *e);
void listener_free(struct listener *l);

const struct endpoint *listener_endpoint(const struct listener *l);

#endif
