/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_internal.h - what the TLS files share: tls.c (connections), tls_context.c (trust and
 * offers), tls_peer.c (whose certificate it is), tls_chain.c (how the chain is signed), tls_look.c
 * (looking without trusting). Nobody else includes it.
 */
#ifndef NM_NET_TLS_INTERNAL_H
#define NM_NET_TLS_INTERNAL_H

#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/wolfcrypt/asn.h>

#include "net/tls.h"

struct tls_leaf {
    unsigned char *der;
    size_t len;
};

/* A certificate's subject, as the library hashes it. */
struct tls_name {
    unsigned char hash[20];
};

struct tls_context {
    WOLFSSL_CTX *ctx;
    struct tls_leaf *pinned; /* imported certificates that are no CA: each trusts itself alone */
    size_t pinned_count;
    struct tls_name *authorities; /* imported certificates that are a CA: their subjects */
    size_t authority_count;
    bool look; /* only to look: no handshake succeeds */
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
    unsigned char leaf[32];               /* SHA-256 of the peer's certificate */
    struct tls_leaf chain[TLS_CHAIN_MAX]; /* of a look: what the peer showed */
    size_t chain_count;
    struct err peer_err; /* what the verification found, for the handshake to report */
};

/* The verification callback of every context; its user context is the struct tls. */
int tls_peer_verify(int ok, WOLFSSL_X509_STORE_CTX *store);

/* Look at the leaf after the handshake: host name, dates, the data connection's rule. */
int tls_peer_check(struct tls *t, struct err *e);

/* Whether the context has imported these very bytes as a server's own certificate. */
bool tls_is_pinned(const struct tls_context *ctx, const unsigned char *der, size_t len);

/* The weak algorithm that a certificate is signed with: "SHA-1", "MD5"; NULL when it is none. */
const char *tls_chain_weak(const struct DecodedCert *cert);

/*
 * Look at the signatures of the chain that was accepted, from the leaf (der) on.
 * Errors: ERR_TLS_WEAK (arg 0: the algorithm), ERR_TLS.
 */
int tls_chain_check(const struct tls *t, const unsigned char *der, int len, struct err *e);

/* The same callback for a context to look with; what ends its handshakes; what it has kept. */
int tls_look_verify(int ok, WOLFSSL_X509_STORE_CTX *store);
int tls_look_refuse(struct err *e);
void tls_look_done(struct tls *t);

/* The library's error code as ours. */
int tls_peer_error(struct tls *t, int code, struct err *e);

#endif
