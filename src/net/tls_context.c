/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/*
 * How long a session without a ticket, or with one that tells no lifetime, may be offered to be
 * resumed (RFC 5246 section F.1.4, RFC 5077 section 3.3). The library's eight minutes are over
 * before a long clip is, and servers that insist on resumption would refuse the next one.
 */
#define SESSION_SECONDS (24 * 60 * 60)

#define TLS13_SUITES "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"

/* --- what is offered --------------------------------------------------------------------- */

bool tls_suite_offered(const struct tls_suite *suite)
{
    static char names[16384];
    size_t len = strlen(suite->name);

    if (suite->withdrawn)
        return false;
    if (names[0] == '\0' && wolfSSL_get_ciphers_iana(names, sizeof(names)) != WOLFSSL_SUCCESS)
        return false;
    for (const char *p = strstr(names, suite->name); p != NULL; p = strstr(p + 1, suite->name))
        if ((p == names || p[-1] == ':') && (p[len] == ':' || p[len] == '\0'))
            return true;
    return false;
}

/* The suites of a policy in the order of preference, or only one, as the library wants them. */
static int set_suites(struct tls_context *ctx, enum tls_policy policy, const struct tls_suite *only,
                      struct err *e)
{
    bool all = policy == TLS_POLICY_COMPATIBLE;
    size_t count = 0;
    struct buf list;
    int r = 0;

    buf_init(&list, 2048);
    if (policy == TLS_POLICY_TLS13 && only == NULL)
        r = buf_printf(&list, TLS13_SUITES);
    for (size_t i = 0; r == 0 && i < TLS_SUITE_COUNT; i++) {
        if (only != NULL ? only != &tls_suites[i] : tls_suites[i].deprecated && !all)
            continue;
        if (!tls_suite_offered(&tls_suites[i]))
            continue;
        r = buf_printf(&list, "%s%s", list.len > 0 ? ":" : "", tls_suites[i].name);
        count++;
    }
    if (r == 0 && (count == 0 || wolfSSL_CTX_set_cipher_list(ctx->ctx, buf_str(&list)) != 1))
        r = err_set(e, ERR_TLS_NO_SUITE, STEP_HANDSHAKE);
    else if (r < 0)
        err_set(e, ERR_NO_MEMORY, STEP_HANDSHAKE);
    buf_done(&list);
    return r;
}

/* --- contexts ---------------------------------------------------------------------------- */

/* The very first byte of the other side: a record's type (RFC 5246 section 6.2.1), or clear text.
 */
static bool is_tls(struct tls *t, const char *data)
{
    if (!t->heard && (data[0] < 0x14 || data[0] > 0x17))
        err_set(&t->peer_err, ERR_TLS_INJECTION, STEP_HANDSHAKE);
    t->heard = true;
    return t->peer_err.code != ERR_TLS_INJECTION;
}

/* Bytes come from the socket; what is sent is collected in the owner's buffer. */
static int on_receive(WOLFSSL *ssl, char *data, int size, void *arg)
{
    struct tls *t = arg;
    ssize_t n;

    (void)ssl;
    do
        n = recv(t->fd, data, (size_t)size, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        return is_tls(t, data) ? (int)n : WOLFSSL_CBIO_ERR_GENERAL;
    if (n == 0)
        return WOLFSSL_CBIO_ERR_CONN_CLOSE;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return WOLFSSL_CBIO_ERR_WANT_READ;
    t->sys_errno = errno;
    return errno == ECONNRESET ? WOLFSSL_CBIO_ERR_CONN_RST : WOLFSSL_CBIO_ERR_GENERAL;
}

static int on_send(WOLFSSL *ssl, char *data, int size, void *arg)
{
    struct tls *t = arg;

    (void)ssl;
    return buf_append(t->out, data, (size_t)size) == 0 ? size : WOLFSSL_CBIO_ERR_GENERAL;
}

static int configure(struct tls_context *ctx)
{
    /* The oldest version is asked for twice: a method bounds the newest, this the oldest. */
    if (wolfSSL_CTX_SetMinVersion(ctx->ctx, WOLFSSL_TLSV1_2) != WOLFSSL_SUCCESS ||
        wolfSSL_CTX_SetMinDhKey_Sz(ctx->ctx, TLS_MIN_DH_BITS) != WOLFSSL_SUCCESS)
        return -1;
    /* A look is to see weak certificates, too. */
    if (!ctx->look && (wolfSSL_CTX_SetMinRsaKey_Sz(ctx->ctx, TLS_MIN_RSA_BITS) != WOLFSSL_SUCCESS ||
                       wolfSSL_CTX_SetMinEccKey_Sz(ctx->ctx, TLS_MIN_ECC_BITS) != WOLFSSL_SUCCESS))
        return -1;
#ifdef HAVE_SESSION_TICKET
    if (wolfSSL_CTX_UseSessionTicket(ctx->ctx) != WOLFSSL_SUCCESS)
        return -1;
#endif
    (void)wolfSSL_CTX_set_timeout(ctx->ctx, SESSION_SECONDS);
    /* A session is resumed from a given connection, never looked up in a cache that all share. */
    wolfSSL_CTX_set_session_cache_mode(ctx->ctx, WOLFSSL_SESS_CACHE_OFF);
    wolfSSL_CTX_set_verify(ctx->ctx, WOLFSSL_VERIFY_PEER,
                           ctx->look ? tls_look_verify : tls_peer_verify);
    wolfSSL_CTX_SetIORecv(ctx->ctx, on_receive);
    wolfSSL_CTX_SetIOSend(ctx->ctx, on_send);
    return 0;
}

static WOLFSSL_METHOD *method_of(enum tls_policy policy)
{
    switch (policy) {
    case TLS_POLICY_COMPATIBLE:
    case TLS_POLICY_RECOMMENDED:
        break;
    case TLS_POLICY_TLS13:
#ifdef WOLFSSL_TLS13
        return wolfTLS_client_method();
#else
        break;
#endif
    }
    return wolfTLSv1_2_client_method();
}

static int new_context(struct tls_context **ret_ctx, enum tls_policy policy,
                       const struct tls_suite *only, bool look, struct err *e)
{
    struct tls_context *ctx = calloc(1, sizeof(*ctx));
    int r = err_set(e, ERR_NO_MEMORY, STEP_HANDSHAKE);

    if (ctx == NULL || wolfSSL_Init() != WOLFSSL_SUCCESS)
        goto out;
    ctx->look = look;
    ctx->ctx = wolfSSL_CTX_new(method_of(policy));
    if (ctx->ctx == NULL || configure(ctx) < 0)
        goto out;
    r = set_suites(ctx, policy, only, e);
    if (r < 0)
        goto out;
    err_clear(e);
    *ret_ctx = ctx;
    ctx = NULL;
out:
    tls_context_free(ctx);
    return r;
}

int tls_context_new(struct tls_context **ret_ctx, enum tls_policy policy, const char *pem,
                    size_t len, struct err *e)
{
    struct tls_context *ctx = NULL;
    int r = new_context(&ctx, policy, NULL, false, e);

    if (r == 0)
        r = tls_trust_load(ctx, pem, len, e);
    if (r < 0) {
        tls_context_free(ctx);
        return r;
    }
    *ret_ctx = ctx;
    return 0;
}

int tls_context_new_look(struct tls_context **ret_ctx, enum tls_policy policy,
                         const struct tls_suite *suite, struct err *e)
{
    return new_context(ret_ctx, suite != NULL ? TLS_POLICY_COMPATIBLE : policy, suite, true, e);
}

void tls_context_free(struct tls_context *ctx)
{
    if (ctx == NULL)
        return;
    wolfSSL_CTX_free(ctx->ctx);
    tls_trust_done(ctx);
    free(ctx);
}
