/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <stdlib.h>
#include <string.h>

#define X509_VERSION_3 2 /* as it is encoded (RFC 5280 section 4.1.2.1) */

#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"
#define PEM_END   "-----END CERTIFICATE-----"

static int pin(struct tls_context *ctx, const unsigned char *der, size_t len)
{
    struct tls_leaf *pinned = realloc(ctx->pinned, (ctx->pinned_count + 1) * sizeof(*pinned));

    if (pinned == NULL)
        return -1;
    ctx->pinned = pinned;
    pinned[ctx->pinned_count].der = malloc(len);
    if (pinned[ctx->pinned_count].der == NULL)
        return -1;
    memcpy(pinned[ctx->pinned_count].der, der, len);
    pinned[ctx->pinned_count++].len = len;
    return 0;
}

bool tls_trust_pinned(const struct tls_context *ctx, const unsigned char *der, size_t len)
{
    for (size_t i = 0; i < ctx->pinned_count; i++)
        if (ctx->pinned[i].len == len && memcmp(ctx->pinned[i].der, der, len) == 0)
            return true;
    return false;
}

bool tls_trust_authority(const struct tls_context *ctx, const unsigned char *name_hash)
{
    for (size_t i = 0; i < ctx->authority_count; i++)
        if (ctx->authorities[i].unusable.code == ERR_NONE &&
            memcmp(ctx->authorities[i].name, name_hash, sizeof(ctx->authorities[i].name)) == 0)
            return true;
    return false;
}

const struct err *tls_trust_unusable(const struct tls_context *ctx, const unsigned char *name_hash)
{
    for (size_t i = 0; i < ctx->authority_count; i++)
        if (ctx->authorities[i].unusable.code != ERR_NONE &&
            (name_hash == NULL ||
             memcmp(ctx->authorities[i].name, name_hash, sizeof(ctx->authorities[i].name)) == 0))
            return &ctx->authorities[i].unusable;
    return NULL;
}

/* Why the library does not take an authority that it could read. */
static struct err why_unusable(const struct DecodedCert *cert, int code)
{
    struct err e = {.code = ERR_NONE};

    if (tls_peer_dates(cert, &e) == 0)
        tls_peer_code(code, &e);
    return e;
}

/* Trust what this authority has signed, or keep in mind why that cannot be. */
static int trust_authority(struct tls_context *ctx, const unsigned char *der, size_t len,
                           const struct DecodedCert *cert)
{
    struct tls_authority *more =
        realloc(ctx->authorities, (ctx->authority_count + 1) * sizeof(*more));
    struct tls_authority authority = {.unusable = {.code = ERR_NONE}};
    int code;

    if (more == NULL)
        return -1;
    ctx->authorities = more;
    memcpy(authority.name, cert->subjectHash, sizeof(authority.name));
    code = wolfSSL_CTX_load_verify_buffer(ctx->ctx, der, (long)len, WOLFSSL_FILETYPE_ASN1);
    if (code != WOLFSSL_SUCCESS)
        authority.unusable = why_unusable(cert, code);
    more[ctx->authority_count++] = authority;
    return code == WOLFSSL_SUCCESS ? 0 : -1;
}

/*
 * Whether a certificate may vouch for others. Version 1 has no word for it: what is signed by
 * itself is a root. A later one has to say so (RFC 5280 section 4.2.1.9); the library believes
 * whatever it is given.
 */
static bool is_authority(const struct DecodedCert *cert)
{
    return cert->isCA || (cert->selfSigned && cert->version < X509_VERSION_3);
}

/*
 * Trust one certificate. An authority goes to the library. A server's own certificate is kept here
 * and compared byte for byte: the library's "trusted peer" compares only names and signature bytes,
 * which anybody can copy from the genuine one.
 * Returns whether the certificate is of use.
 */
static bool trust_der(struct tls_context *ctx, const unsigned char *der, size_t len)
{
    struct DecodedCert cert;
    bool used = false;

    wc_InitDecodedCert(&cert, der, (word32)len, NULL);
    if (wc_ParseCert(&cert, CERT_TYPE, NO_VERIFY, NULL) == 0) {
        if (is_authority(&cert))
            used = trust_authority(ctx, der, len, &cert) == 0;
        else
            used = pin(ctx, der, len) == 0;
    }
    wc_FreeDecodedCert(&cert);
    return used;
}

/* One PEM block of len bytes. Returns whether it is of use. */
static bool trust_block(struct tls_context *ctx, const char *pem, size_t len)
{
    unsigned char *der = malloc(len); /* base64 is longer than what it stands for */
    bool used = false;
    int n;

    if (der == NULL)
        return false;
    n = wc_CertPemToDer((const unsigned char *)pem, (int)len, der, (int)len, CERT_TYPE);
    if (n > 0)
        used = trust_der(ctx, der, (size_t)n);
    free(der);
    return used;
}

int tls_trust_load(struct tls_context *ctx, const char *pem, size_t len, struct err *e)
{
    const char *end = pem + len, *stop;
    const struct err *why;
    size_t used = 0;

    while ((pem = memmem(pem, (size_t)(end - pem), PEM_BEGIN, strlen(PEM_BEGIN))) != NULL) {
        stop = memmem(pem, (size_t)(end - pem), PEM_END, strlen(PEM_END));
        if (stop == NULL)
            break;
        stop += strlen(PEM_END);
        used += trust_block(ctx, pem, (size_t)(stop - pem));
        pem = stop;
    }
    if (used > 0)
        return 0;
    why = tls_trust_unusable(ctx, NULL);
    if (why == NULL)
        return err_set(e, ERR_NO_CERTIFICATE, STEP_HANDSHAKE);
    if (e != NULL)
        *e = *why;
    return -(int)why->code;
}

void tls_trust_done(struct tls_context *ctx)
{
    for (size_t i = 0; i < ctx->pinned_count; i++)
        free(ctx->pinned[i].der);
    free(ctx->pinned);
    free(ctx->authorities);
}
