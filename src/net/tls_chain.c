/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <string.h>
#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/rsa.h>

#include "base/str.h"

static const struct {
    word32 oid;
    const char *name;
} weak_signatures[] = {
    {CTC_MD2wRSA, "MD2"},   {CTC_MD5wRSA, "MD5"},     {CTC_SHAwRSA, "SHA-1"},
    {CTC_SHAwDSA, "SHA-1"}, {CTC_SHAwECDSA, "SHA-1"},
};

const char *tls_chain_weak(const struct DecodedCert *cert)
{
    for (size_t i = 0; i < ARRAY_LEN(weak_signatures); i++)
        if (weak_signatures[i].oid == cert->signatureOID)
            return weak_signatures[i].name;
    return NULL;
}

static const char *weak_rsa(const struct DecodedCert *cert)
{
    struct RsaKey key;
    word32 at = 0;
    int bytes = 0;

    if (wc_InitRsaKey(&key, NULL) != 0)
        return TLS_WEAK_RSA;
    if (wc_RsaPublicKeyDecode(cert->publicKey, &at, &key, cert->pubKeySize) == 0)
        bytes = wc_RsaEncryptSize(&key);
    wc_FreeRsaKey(&key);
    return bytes * 8 < TLS_MIN_RSA_BITS ? TLS_WEAK_RSA : NULL;
}

static const char *weak_ecc(const struct DecodedCert *cert)
{
    struct ecc_key key;
    word32 at = 0;
    int bytes = 0;

    if (wc_ecc_init(&key) != 0)
        return TLS_WEAK_ECC;
    if (wc_EccPublicKeyDecode(cert->publicKey, &at, &key, cert->pubKeySize) == 0)
        bytes = wc_ecc_size(&key);
    wc_ecc_free(&key);
    return bytes * 8 < TLS_MIN_ECC_BITS ? TLS_WEAK_ECC : NULL;
}

const char *tls_chain_weak_key(const struct DecodedCert *cert)
{
    switch (cert->keyOID) {
    case RSAk:
    case RSAPSSk:
        return weak_rsa(cert);
    case ECDSAk:
        return weak_ecc(cert);
    default: /* no suite of ours can use it */
        return NULL;
    }
}

/* One step of the way up, from a certificate that somebody has to vouch for. */
struct climb {
    const char *weak;         /* how it is signed, when that is weak */
    bool ends;                /* it is, or is signed by, one that was imported */
    unsigned char issuer[20]; /* else: who signed it */
};

static int look_at(const struct tls *t, const unsigned char *der, int len, struct climb *ret_climb)
{
    struct climb c = {.weak = NULL};
    struct DecodedCert cert;
    int r = -1;

    wc_InitDecodedCert(&cert, der, (word32)len, NULL);
    if (wc_ParseCert(&cert, CERT_TYPE, NO_VERIFY, NULL) == 0) {
        c.ends = tls_trust_authority(t->ctx, cert.issuerHash);
        if (!(cert.selfSigned && c.ends)) /* an imported root: its own signature says nothing */
            c.weak = tls_chain_weak(&cert);
        memcpy(c.issuer, cert.issuerHash, sizeof(c.issuer));
        *ret_climb = c;
        r = 0;
    }
    wc_FreeDecodedCert(&cert);
    return r;
}

/* Which of the chain has that subject; -1 for none. */
static int find_subject(WOLFSSL_X509_CHAIN *chain, const unsigned char name[20])
{
    struct DecodedCert cert;
    bool found;

    for (int i = 0; i < wolfSSL_get_chain_count(chain); i++) {
        wc_InitDecodedCert(&cert, wolfSSL_get_chain_cert(chain, i),
                           (word32)wolfSSL_get_chain_length(chain, i), NULL);
        found = wc_ParseCert(&cert, CERT_TYPE, NO_VERIFY, NULL) == 0 &&
                memcmp(cert.subjectHash, name, sizeof(cert.subjectHash)) == 0;
        wc_FreeDecodedCert(&cert);
        if (found)
            return i;
    }
    return -1;
}

/*
 * The library has followed the chain up to a certificate that was imported; it takes signatures
 * with SHA-1. This follows it once more, for the signatures that were relied upon: those of the
 * leaf and of what stands between it and the imported one (NIST SP 800-131A Rev. 2 section 9).
 * The library keeps no certificate above 2 KiB for us: the way ends there.
 */
int tls_chain_check(const struct tls *t, const unsigned char *der, int len, struct err *e)
{
    WOLFSSL_X509_CHAIN *chain = wolfSSL_get_peer_chain(t->ssl);
    struct climb climb;
    int at;

    if (tls_trust_pinned(t->ctx, der, (size_t)len))
        return 0;
    for (int steps = 0; steps <= wolfSSL_get_chain_count(chain); steps++) {
        if (look_at(t, der, len, &climb) < 0)
            return err_set_args(e, ERR_TLS, STEP_HANDSHAKE, "certificate", NULL);
        if (climb.weak != NULL)
            return err_set_args(e, ERR_TLS_WEAK, STEP_HANDSHAKE, climb.weak, NULL);
        if (climb.ends)
            break;
        at = find_subject(chain, climb.issuer);
        if (at < 0)
            break;
        der = wolfSSL_get_chain_cert(chain, at);
        len = wolfSSL_get_chain_length(chain, at);
    }
    return 0;
}
