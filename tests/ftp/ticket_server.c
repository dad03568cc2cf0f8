/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ticket_server - a TLS 1.2 server whose session tickets do not tell their lifetime.
 *
 *   ticket_server CERTIFICATE KEY
 *
 * It prints "ACCEPT 127.0.0.1:PORT", as `openssl s_server` does, and sends what it is sent back,
 * one connection after another, until it is ended. Servers written in Go are like this: hint 0 (RFC
 * 5077 section 3.3), and the ticket is good for as long as they like.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

static void must(int ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "ticket_server: %s\n", what);
    exit(1);
}

/*
 * The keys of a ticket. OpenSSL calls this after it has written down the session, with its
 * lifetime, and before it writes the hint: which is 0 by then.
 */
static int on_ticket(SSL *ssl, unsigned char name[16], unsigned char *iv, EVP_CIPHER_CTX *cipher,
                     EVP_MAC_CTX *mac, int sealing)
{
    static unsigned char key[32], mac_key[32];
    static char digest[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, mac_key, sizeof(mac_key)),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };

    if (sealing) {
        memset(name, 0, 16);
        if (RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) != 1)
            return -1;
        SSL_SESSION_set_timeout(SSL_get_session(ssl), 0);
    }
    if (EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, key, iv, sealing) != 1 ||
        EVP_MAC_CTX_set_params(mac, params) != 1)
        return -1;
    return 1;
}

static void echo(SSL_CTX *ctx, int fd)
{
    SSL *ssl = SSL_new(ctx);
    char bytes[256];
    int n;

    must(ssl != NULL && SSL_set_fd(ssl, fd) == 1, "SSL_new");
    if (SSL_accept(ssl) == 1)
        while ((n = SSL_read(ssl, bytes, sizeof(bytes))) > 0)
            SSL_write(ssl, bytes, n);
    SSL_shutdown(ssl);
    SSL_free(ssl);
    close(fd);
}

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(here);
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    int listener = socket(AF_INET, SOCK_STREAM, 0), fd;

    must(argc == 3, "which certificate, which key?");
    must(ctx != NULL && SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION) == 1 &&
             SSL_CTX_use_certificate_chain_file(ctx, argv[1]) == 1 &&
             SSL_CTX_use_PrivateKey_file(ctx, argv[2], SSL_FILETYPE_PEM) == 1 &&
             SSL_CTX_set_tlsext_ticket_key_evp_cb(ctx, on_ticket) == 1,
         "certificate or key");
    must(listener >= 0 && bind(listener, (struct sockaddr *)&here, len) == 0 &&
             listen(listener, 8) == 0 && getsockname(listener, (struct sockaddr *)&here, &len) == 0,
         "listen");
    printf("ACCEPT 127.0.0.1:%d\n", ntohs(here.sin_port));
    fflush(stdout);
    while ((fd = accept(listener, NULL, NULL)) >= 0)
        echo(ctx, fd);
    return 1;
}
