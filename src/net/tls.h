/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls.h - TLS as a client that always checks whom it talks to (wolfSSL behind one header).
 *
 * Purpose: a context holds what one session to one server trusts and offers; connections are made
 * from it. A certificate is accepted when its chain leads to a trusted one, or it is itself one of
 * those that were imported; when it is in force; and when a subjectAltName names the host. There is
 * no switch to turn any of this off.
 *
 * Calling sequence:
 *     tls_context_new(&ctx, policy, pem, len, e);
 *     tls_new(&t, ctx, fd, &out, "ftp.example.com", NULL, e);      fd is non-blocking
 *     tls_handshake(t, e)            again when fd is readable, until it returns 1
 *     tls_read(), tls_write(), tls_close()
 *     tls_free(t); tls_context_free(ctx);
 *
 * Records are never sent from here: they are appended to `out`, and the owner of the socket sends
 * them, many at once. Reading is done from fd directly.
 *
 * Ownership: a connection needs its context, fd and out for as long as it lives.
 */
#ifndef NM_NET_TLS_H
#define NM_NET_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/suites.h"

struct tls_context;
struct tls;

#define TLS_WRITE_MAX (64 * 1024) /* bytes of one tls_write */

#define TLS_CHAIN_MAX       10          /* certificates of a server that a look keeps */
#define TLS_CHAIN_BYTES_MAX (64 * 1024) /* of each */

/*
 * pem: one or more certificates: roots, intermediates, or the server's own.
 * Errors: ERR_NO_CERTIFICATE when none of it can be used; ERR_NO_MEMORY; ERR_TLS_NO_SUITE when this
 * build's library has no suite of the policy.
 */
int tls_context_new(struct tls_context **ret_ctx, enum tls_policy policy, const char *pem,
                    size_t len, struct err *e);
void tls_context_free(struct tls_context *ctx);

/*
 * A context to look at a server with, never to talk to it: it takes whatever certificates are
 * shown, and none of its handshakes succeeds: one that came to its end fails with ERR_CANCELLED.
 * What was seen until then is told by tls_version(), tls_suite_name() and tls_chain_cert().
 * suite: the only one that is offered, under TLS 1.2; NULL: all those of the policy.
 * Errors: ERR_NO_MEMORY, ERR_TLS_NO_SUITE.
 */
int tls_context_new_look(struct tls_context **ret_ctx, enum tls_policy policy,
                         const struct tls_suite *suite, struct err *e);

/*
 * host: the name or literal address that the certificate must be for.
 * first: a connection that has done its handshake, or NULL. This one's peer must be the same:
 * either it resumes that session, or it shows the same certificate (else ERR_TLS_DATA_PEER).
 * resume: offer to resume. Some servers' refusal ends the handshake with ERR_TLS: then try without.
 * Errors: ERR_NO_MEMORY, ERR_TLS.
 */
int tls_new(struct tls **ret_t, struct tls_context *ctx, int fd, struct buf *out, const char *host,
            struct tls *first, bool resume, struct err *e);
void tls_free(struct tls *t);

/*
 * Go on with the handshake. Returns 1 when it is done and the peer is who it should be, 0 when more
 * must be read first.
 * Errors: ERR_TLS_UNKNOWN_ISSUER (arg 0: the issuer), ERR_TLS_SELF_SIGNED (arg 0: the subject),
 * ERR_TLS_EXPIRED, ERR_TLS_NOT_YET_VALID (arg 0: the date), ERR_TLS_WRONG_HOST (arg 0: the names
 * presented, arg 1: the one wanted), ERR_TLS_SIGNATURE, ERR_TLS_UNSUITABLE (arg 0: the field of the
 * certificate that says so), ERR_TLS_WEAK (arg 0: what), ERR_TLS_NO_SUITE, ERR_TLS_VERSION,
 * ERR_TLS_DATA_PEER, ERR_CLOSED, ERR_TLS (arg 0: the library's words).
 */
int tls_handshake(struct tls *t, struct err *e);

/* Returns the number of bytes, or 0 when there are none now. Errors: ERR_CLOSED, ERR_TLS. */
int tls_read(struct tls *t, void *data, size_t size, struct err *e);

/* Encrypt all of len bytes (at most TLS_WRITE_MAX) into out. Errors: ERR_TLS, ERR_NO_MEMORY. */
int tls_write(struct tls *t, const void *data, size_t len, struct err *e);

/* Put a close_notify into out (RFC 5246 section 7.2.1). After it only tls_read is of use. */
void tls_close(struct tls *t);

/* What was negotiated; static text. */
const char *tls_version(const struct tls *t);
const char *tls_suite_name(const struct tls *t);
bool tls_resumed(const struct tls *t);

/* Whether the suite was chosen yet: of use after a handshake that failed. */
bool tls_suite_known(const struct tls *t);

/* Of a look: the certificates that the server showed, its own first, as DER. */
size_t tls_chain_count(const struct tls *t);
const unsigned char *tls_chain_cert(const struct tls *t, size_t i, size_t *ret_len);

/* After a failed handshake that offered to resume: whether it may well succeed without. */
bool tls_resume_denied(const struct tls *t);

#endif
