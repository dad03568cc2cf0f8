/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * probe.h - one short connection that looks at a server: greeting, AUTH TLS, handshake, the end.
 *
 * Purpose: to tell how far a connection comes, and what the server shows on the way, also when it
 * is not trusted. Nothing but AUTH TLS is ever sent: no probe logs in.
 *
 * Calling sequence: probe_new(&p, loop, &plan, fn, arg, e); then fn is called once, from the loop;
 * probe_free(p) at any time, also inside fn.
 *
 * Ownership: plan's strings are copied; its TLS context must outlive the probe.
 */
#ifndef NM_FTPES_PROBE_H
#define NM_FTPES_PROBE_H

#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "ftpes/ftpes.h"
#include "net/endpoint.h"
#include "net/tls.h"

struct probe;

struct probe_result;

/* A step begins: STEP_GREETING, STEP_AUTH_TLS, STEP_HANDSHAKE. Not a place to free from. */
typedef void probe_step_fn(void *arg, enum err_step step, const struct probe_result *so_far);

struct probe_plan {
    const char *host; /* name or literal address */
    uint16_t port;
    struct tls_context *tls; /* NULL: the greeting is the end */
    struct ftpes_times times;
    probe_step_fn *step; /* may be NULL */
};

/* Pointers are valid until the probe is freed. */
struct probe_result {
    struct err err; /* why it ended early, err.step where; ERR_NONE: it came to its end */
    bool connected;
    struct endpoint peer;         /* when connected */
    char greeting[ERR_REPLY_MAX]; /* safe to show; "" when none came */
    struct ftpes_tls_info tls;    /* as far as it was negotiated, also by a refused handshake */
    const struct tls *seen;       /* of a context to look with: for tls_chain_cert(); or NULL */
};

typedef void probe_fn(void *arg, const struct probe_result *result);

/* Errors: ERR_NO_MEMORY. */
int probe_new(struct probe **ret_p, struct loop *loop, const struct probe_plan *plan, probe_fn *fn,
              void *arg, struct err *e);
void probe_free(struct probe *p);

#endif
