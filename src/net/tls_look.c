/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <stdlib.h>
#include <string.h>

static void keep_chain(struct tls *t, const WOLFSSL_X509_STORE_CTX *store)
{
    int count = store->totalCerts < TLS_CHAIN_MAX ? store->totalCerts : TLS_CHAIN_MAX;

    for (int i = 0; i < count; i++) {
        size_t len = store->certs[i].length;
        unsigned char *der = len > 0 && len <= TLS_CHAIN_BYTES_MAX ? malloc(len) : NULL;

        if (der == NULL)
            return;
        memcpy(der, store->certs[i].buffer, len);
        t->chain[i] = (struct tls_leaf){der, len};
        t->chain_count = (size_t)i + 1;
    }
}

/*
 * The verification callback of a context to look with. Nothing is trusted there, so the library
 * calls it for every chain; all certificates are there at the first call already.
 */
int tls_look_verify(int ok, WOLFSSL_X509_STORE_CTX *store)
{
    struct tls *t = store->userCtx;

    (void)ok;
    if (t->chain_count == 0 && store->totalCerts > 0)
        keep_chain(t, store);
    return 1;
}

/* The end of a handshake that went well: it was only a look. */
int tls_look_refuse(struct err *e)
{
    return err_set(e, ERR_CANCELLED, STEP_HANDSHAKE);
}

void tls_look_done(struct tls *t)
{
    for (size_t i = 0; i < t->chain_count; i++)
        free(t->chain[i].der);
    t->chain_count = 0;
}

size_t tls_chain_count(const struct tls *t)
{
    return t->chain_count;
}

const unsigned char *tls_chain_cert(const struct tls *t, size_t i, size_t *ret_len)
{
    *ret_len = t->chain[i].len;
    return t->chain[i].der;
}
