/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_internal.h - what the three TLS files share: tls.c (connections), tls_context.c (trust and
 * offers), tls_peer.c (whose certificate it is). Nobody else includes it.
 */
#ifndef NM_NET_TLS_INTERNAL_H
#define NM_NET_TLS_INTERNAL_H

#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

#include "net/tls.h"

struct tls_leaf {
    unsigned char *der;
    size_t len;
};

struct tls_context {
    WOLFSSL_CTX *ctx;
    struct tls_leaf *pinned; /* imported certificates that are no CA: each trusts itself alone */
    size_t pinned_count;
};

struct tls {
    struct tls_context *ctx;
    WOLFSSL *ssl;
    int fd;
    struct buf *out;
    char *host;
    bool heard;      /* any byte of the other side */
    int sys_errno;   /* of the last recv(2) that failed */
    bool done;       /* the handshake */
    bool closing;    /* close_notify was put out */
    bool offered;    /* to resume a session */
    int last_error;  /* of the library */
    bool must_match; /* data connection: resumed, or the leaf is expected_leaf */
    unsigned char expected_leaf[32];
    unsigned char leaf[32]; /* SHA-256 of the peer's certificate */
    struct err peer_err;    /* what the verification found, for the handshake to report */
};

/* The verification callback of every context; its user context is the struct tls. */
int tls_peer_verify(int ok, WOLFSSL_X509_STORE_CTX *store);

/* Look at the leaf after the handshake: host name, dates, the data connection's rule. */
int tls_peer_check(struct tls *t, struct err *e);

/* The library's error code as ours. */
int tls_peer_error(struct tls *t, int code, struct err *e);

#endif
