/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "link.h"

#include <errno.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK        65536
#define CONTEXTS_MAX 16

void link_adopt(struct link *l, int fd)
{
    l->fd = fd;
    l->ssl = NULL;
    l->first_len = 0;
    l->resumed = false;
}

/* --- bytes as they are ------------------------------------------------------------------------ */

static bool send_all(struct link *l, const unsigned char *bytes, size_t len)
{
    size_t step = l->bytewise ? 1 : CHUNK;

    for (size_t at = 0, n; at < len; at += n) {
        n = len - at < step ? len - at : step;
        if (l->pause_ms > 0)
            usleep(l->pause_ms * 1000);
        if (l->fd < 0 || send(l->fd, bytes + at, n, MSG_NOSIGNAL) != (ssize_t)n)
            return false;
    }
    return true;
}

static bool flip(struct link *l, const unsigned char *bytes, size_t len)
{
    unsigned char changed = bytes[l->cut_after] ^ 0x41;
    size_t at = l->cut_after;

    l->cut = LINK_CUT_NONE;
    return send_all(l, bytes, at) && send_all(l, &changed, 1) &&
           send_all(l, bytes + at + 1, len - at - 1);
}

static void end(struct link *l, bool reset)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    if (l->fd < 0)
        return;
    if (reset)
        setsockopt(l->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    close(l->fd);
    l->fd = -1;
}

bool link_write_raw(struct link *l, const void *bytes, size_t len)
{
    if (l->cut == LINK_CUT_NONE)
        return send_all(l, bytes, len);
    if (l->cut_after >= len) {
        l->cut_after -= len;
        return send_all(l, bytes, len);
    }
    if (l->cut == LINK_CUT_FLIP)
        return flip(l, bytes, len);
    send_all(l, bytes, l->cut_after);
    l->cut_after = 0;
    if (l->cut != LINK_CUT_STALL)
        end(l, l->cut == LINK_CUT_RESET); /* not link_drop(): TLS may be at work above us */
    return l->cut == LINK_CUT_STALL;
}

/* As recv(2), and what came first is kept. */
static ssize_t receive(struct link *l, void *dst, size_t size)
{
    ssize_t n;

    do
        n = l->fd >= 0 ? recv(l->fd, dst, size, 0) : -1;
    while (n < 0 && l->fd >= 0 && errno == EINTR);
    for (ssize_t i = 0; i < n && l->first_len < sizeof(l->first); i++)
        l->first[l->first_len++] = ((unsigned char *)dst)[i];
    return n;
}

/* --- TLS -------------------------------------------------------------------------------------- */

static void add_chain(SSL_CTX *ctx, const char *path, unsigned count)
{
    FILE *f = fopen(path, "re");
    X509 *cert = f != NULL ? PEM_read_X509(f, NULL, NULL, NULL) : NULL;

    if (f != NULL)
        fclose(f);
    for (; cert != NULL && count > 0; count--)
        SSL_CTX_add1_chain_cert(ctx, cert);
    X509_free(cert);
}

static SSL_CTX *make_context(const char *certs, const struct link_tls *tls)
{
    char cert[4096], key[4096], ca[4096];
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    snprintf(cert, sizeof(cert), "%s/%s.pem", certs, tls->cert);
    snprintf(key, sizeof(key), "%s/%s.key", certs, tls->cert);
    snprintf(ca, sizeof(ca), "%s/ca.pem", certs);
    SSL_CTX_set_min_proto_version(ctx, tls->version != 0 ? tls->version : TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(ctx, tls->version);
    SSL_CTX_set_security_level(ctx, 0); /* weak ones are for the client to refuse */
    SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"ftp", 3);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    if (tls->no_resume) {
        SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(ctx, 0);
    }
    if (tls->ask_client)
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1 ||
        SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
        fprintf(stderr, "  server: cannot use %s\n", cert);
        exit(2);
    }
    add_chain(ctx, ca, tls->chain);
    return ctx;
}

static SSL_CTX *context(const char *certs, const struct link_tls *tls)
{
    static struct {
        struct link_tls tls;
        char cert[64];
        SSL_CTX *ctx;
    } known[CONTEXTS_MAX];
    size_t i;

    for (i = 0; i < CONTEXTS_MAX - 1 && known[i].ctx != NULL; i++)
        if (strcmp(known[i].cert, tls->cert) == 0 && known[i].tls.version == tls->version &&
            known[i].tls.no_resume == tls->no_resume && known[i].tls.chain == tls->chain &&
            known[i].tls.ask_client == tls->ask_client)
            return known[i].ctx;
    known[i].tls = *tls;
    snprintf(known[i].cert, sizeof(known[i].cert), "%s", tls->cert);
    known[i].ctx = make_context(certs, tls);
    return known[i].ctx;
}

/* What TLS has put out goes to the network. */
static bool flush(struct link *l)
{
    unsigned char bytes[CHUNK];
    bool good = true;
    int n;

    while ((n = BIO_read(l->out, bytes, sizeof(bytes))) > 0)
        good &= link_write_raw(l, bytes, (size_t)n);
    return good;
}

/* What one connection left in the library's list of errors, another would take for its own. */
static void forget_errors(void)
{
    ERR_clear_error();
}

/* TLS cannot go on. Returns whether it can now. */
static bool feed(struct link *l, int result)
{
    unsigned char bytes[CHUNK];
    int why = SSL_get_error(l->ssl, result);
    ssize_t n;

    if (!flush(l) || why != SSL_ERROR_WANT_READ)
        return false;
    n = receive(l, bytes, sizeof(bytes));
    return n > 0 && BIO_write(l->in, bytes, (int)n) == n;
}

bool link_secure(struct link *l, const char *certs, const struct link_tls *tls)
{
    int r;

    l->ssl = SSL_new(context(certs, tls));
    l->in = BIO_new(BIO_s_mem());
    l->out = BIO_new(BIO_s_mem());
    l->first_len = 0;
    SSL_set_bio(l->ssl, l->in, l->out);
    forget_errors();
    do
        r = SSL_accept(l->ssl);
    while (r != 1 && feed(l, r));
    l->resumed = SSL_session_reused(l->ssl) == 1;
    return flush(l) && r == 1;
}

ssize_t link_read(struct link *l, void *dst, size_t size)
{
    int n;

    if (l->ssl == NULL)
        return receive(l, dst, size);
    forget_errors();
    do
        n = SSL_read(l->ssl, dst, (int)size);
    while (n <= 0 && feed(l, n));
    if (n <= 0 && SSL_get_error(l->ssl, n) != SSL_ERROR_ZERO_RETURN)
        return -1;
    flush(l);
    return n > 0 ? n : 0;
}

bool link_write(struct link *l, const void *bytes, size_t len)
{
    if (l->ssl == NULL)
        return link_write_raw(l, bytes, len);
    forget_errors();
    return len == 0 || (SSL_write(l->ssl, bytes, (int)len) == (int)len && flush(l));
}

bool link_renegotiate(struct link *l)
{
    if (l->ssl == NULL)
        return false;
    if (SSL_version(l->ssl) == TLS1_3_VERSION)
        SSL_key_update(l->ssl, SSL_KEY_UPDATE_REQUESTED);
    else
        SSL_renegotiate(l->ssl);
    SSL_do_handshake(l->ssl);
    return flush(l);
}

/* There is no call for it: a record that cannot be read makes OpenSSL send one. */
bool link_alert(struct link *l)
{
    unsigned char bad[5 + 64] = {0x17, 3, 3, 0, 64};

    if (l->ssl == NULL || BIO_write(l->in, bad, sizeof(bad)) != sizeof(bad))
        return false;
    SSL_read(l->ssl, bad, sizeof(bad));
    return flush(l);
}

/* --- ends ------------------------------------------------------------------------------------- */

void link_drop(struct link *l)
{
    end(l, false);
    SSL_free(l->ssl);
    l->ssl = NULL;
}

void link_close(struct link *l)
{
    if (l->ssl != NULL && l->fd >= 0) {
        SSL_shutdown(l->ssl);
        flush(l);
    }
    link_drop(l);
}

void link_reset(struct link *l)
{
    end(l, true);
    link_drop(l);
}
