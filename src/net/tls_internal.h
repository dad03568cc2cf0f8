/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_internal.h - what the TLS files share: tls.c (connections), tls_context.c (trust and
 * offers), tls_trust.c (what was imported), tls_peer.c (whose certificate it is), tls_chain.c (how
 * the chain is signed), tls_look.c (looking without trusting). Nobody else includes it.
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

/* The shortest keys (NIST SP 800-131A Rev. 2 table 2), and what is said of shorter ones. */
#define TLS_MIN_DH_BITS  2048
#define TLS_MIN_RSA_BITS 2048
#define TLS_MIN_ECC_BITS 256
#define TLS_WEAK_DH      "DH < 2048"
#define TLS_WEAK_RSA     "RSA < 2048"
#define TLS_WEAK_ECC     "ECC < 256"

/* An imported certificate that is a CA. */
struct tls_authority {
    unsigned char name[20]; /* its subject, as the library hashes it */
    struct err unusable;    /* why nothing is trusted for its sake; ERR_NONE when it is trusted */
};

struct tls_context {
    WOLFSSL_CTX *ctx;
    struct tls_leaf *pinned; /* imported certificates that are no CA: each trusts itself alone */
    size_t pinned_count;
    struct tls_authority *authorities;
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

/*
 * tls_trust.c: what was imported. pinned: these very bytes are, as a server's own certificate;
 * authority: a CA of that subject is; unusable: why such a CA cannot be used (NULL: any CA).
 */
int tls_trust_load(struct tls_context *ctx, const char *pem, size_t len, struct err *e);
void tls_trust_done(struct tls_context *ctx);
bool tls_trust_pinned(const struct tls_context *ctx, const unsigned char *der, size_t len);
bool tls_trust_authority(const struct tls_context *ctx, const unsigned char *name_hash);
const struct err *tls_trust_unusable(const struct tls_context *ctx, const unsigned char *name_hash);

/* Whether a certificate is in force now. Errors: ERR_TLS_EXPIRED, ERR_TLS_NOT_YET_VALID, ERR_TLS.
 */
int tls_peer_dates(const struct DecodedCert *cert, struct err *e);

/* The weak algorithm that a certificate is signed with: "SHA-1", "MD5"; NULL when it is none. */
const char *tls_chain_weak(const struct DecodedCert *cert);

/* The same of its key: TLS_WEAK_RSA, TLS_WEAK_ECC; NULL when it is long enough. */
const char *tls_chain_weak_key(const struct DecodedCert *cert);

/*
 * Look at the signatures of the chain that was accepted, from the leaf (der) on.
 * Errors: ERR_TLS_WEAK (arg 0: the algorithm), ERR_TLS.
 */
int tls_chain_check(const struct tls *t, const unsigned char *der, int len, struct err *e);

/* The same callback for a context to look with; what ends its handshakes; what it has kept. */
int tls_look_verify(int ok, WOLFSSL_X509_STORE_CTX *store);
int tls_look_refuse(struct err *e);
void tls_look_done(struct tls *t);

/* The library's error code as ours; code: without a connection, unchanged when it is none of ours.
 */
int tls_peer_error(struct tls *t, int code, struct err *e);
int tls_peer_code(int code, struct err *e);

#endif
