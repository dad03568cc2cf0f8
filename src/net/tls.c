/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <stdlib.h>
#include <string.h>
#include <wolfssl/error-ssl.h>

#include "net/hostname.h"

#define ALPN_FTP "ftp" /* RFC 7301's registry */

/* SNI carries names only (RFC 6066 section 3). */
static int name_host(struct tls *t)
{
    size_t len = strlen(t->host);

    if (hostname_is_address(t->host))
        return WOLFSSL_SUCCESS;
    if (len > 0 && t->host[len - 1] == '.')
        len--;
    return wolfSSL_UseSNI(t->ssl, WOLFSSL_SNI_HOST_NAME, t->host, (unsigned short)len);
}

/* A server that does not resume does a full handshake, and its certificate is compared then. */
static void follow(struct tls *t, struct tls *first, bool resume)
{
    WOLFSSL_SESSION *session = resume ? wolfSSL_get1_session(first->ssl) : NULL;

    t->must_match = true;
    memcpy(t->expected_leaf, first->leaf, sizeof(t->expected_leaf));
    if (session == NULL)
        return;
    t->offered = wolfSSL_set_session(t->ssl, session) == WOLFSSL_SUCCESS;
    wolfSSL_SESSION_free(session);
}

int tls_new(struct tls **ret_t, struct tls_context *ctx, int fd, struct buf *out, const char *host,
            struct tls *first, bool resume, struct err *e)
{
    static char alpn[] = ALPN_FTP;
    struct tls *t = calloc(1, sizeof(*t));
    int r = err_set(e, ERR_NO_MEMORY, STEP_HANDSHAKE);

    if (t == NULL)
        goto out;
    t->ctx = ctx;
    t->fd = fd;
    t->out = out;
    t->host = strdup(host);
    t->ssl = wolfSSL_new(ctx->ctx);
    if (t->host == NULL || t->ssl == NULL)
        goto out;
    wolfSSL_SetIOReadCtx(t->ssl, t);
    wolfSSL_SetIOWriteCtx(t->ssl, t);
    wolfSSL_SetCertCbCtx(t->ssl, t);
    r = err_set(e, ERR_TLS, STEP_HANDSHAKE);
    if (name_host(t) != WOLFSSL_SUCCESS ||
        wolfSSL_UseALPN(t->ssl, alpn, sizeof(alpn) - 1, WOLFSSL_ALPN_FAILED_ON_MISMATCH) !=
            WOLFSSL_SUCCESS)
        goto out;
    if (first != NULL)
        follow(t, first, resume);
    r = 0;
    err_clear(e);
    *ret_t = t;
    t = NULL;
out:
    tls_free(t);
    return r;
}

void tls_free(struct tls *t)
{
    if (t == NULL)
        return;
    wolfSSL_free(t->ssl);
    tls_look_done(t);
    free(t->host);
    free(t);
}

int tls_handshake(struct tls *t, struct err *e)
{
    int code, r = wolfSSL_connect(t->ssl);

    if (r == WOLFSSL_SUCCESS && t->ctx->look)
        return tls_look_refuse(e);
    if (r == WOLFSSL_SUCCESS) {
        r = tls_peer_check(t, e);
        t->done = r == 0;
        return r < 0 ? r : 1;
    }
    code = wolfSSL_get_error(t->ssl, r);
    if (code == WOLFSSL_ERROR_WANT_READ || code == WOLFSSL_ERROR_WANT_WRITE)
        return 0;
    return tls_peer_error(t, code, e);
}

int tls_read(struct tls *t, void *data, size_t size, struct err *e)
{
    int code, r = wolfSSL_read(t->ssl, data, (int)size);

    if (r > 0)
        return r;
    code = wolfSSL_get_error(t->ssl, r);
    if (code == WOLFSSL_ERROR_WANT_READ)
        return 0;
    return tls_peer_error(t, code, e);
}

int tls_write(struct tls *t, const void *data, size_t len, struct err *e)
{
    int r = wolfSSL_write(t->ssl, data, (int)len);

    /* on_send() takes all or fails, so a part is a failure, too. */
    if (r == (int)len)
        return 0;
    return tls_peer_error(t, wolfSSL_get_error(t->ssl, r), e);
}

void tls_close(struct tls *t)
{
    if (t->done && !t->closing)
        (void)wolfSSL_shutdown(t->ssl);
    t->closing = true;
}

const char *tls_version(const struct tls *t)
{
    return wolfSSL_get_version(t->ssl);
}

const char *tls_suite_name(const struct tls *t)
{
    return wolfSSL_CIPHER_get_name(wolfSSL_get_current_cipher(t->ssl));
}

bool tls_suite_known(const struct tls *t)
{
    return wolfSSL_get_current_cipher_suite(t->ssl) != 0; /* TLS_NULL_WITH_NULL_NULL */
}

bool tls_resumed(const struct tls *t)
{
    return wolfSSL_session_reused(t->ssl) != 0;
}

/*
 * A server may pass over a session ticket and do a full handshake (RFC 5077 section 3.4), but with
 * a session identifier beside the ticket the library takes its certificate for a wrong message.
 */
bool tls_resume_denied(const struct tls *t)
{
    return t->offered && t->last_error == OUT_OF_ORDER_E;
}
