/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * link.h - one connection of a scripted server, in clear or under TLS (OpenSSL), with the faults of
 * bad networks and bad servers. Everything blocks.
 *
 * Calling sequence: link_adopt(&l, fd); link_secure(&l, certs, &tls); link_read(), link_write(),
 * ...; one of link_close(), link_drop(), link_reset() ends it.
 *
 * TLS runs between two blocks of memory, so that every byte of it passes through one function on
 * its way out: there it is delayed, cut or changed.
 */
#ifndef NM_TESTS_LINK_H
#define NM_TESTS_LINK_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum link_cut {
    LINK_CUT_NONE,
    LINK_CUT_CLOSE, /* after so many bytes the connection ends */
    LINK_CUT_RESET, /* the same with RST */
    LINK_CUT_STALL, /* from there on nothing goes out any more */
    LINK_CUT_FLIP,  /* that byte is changed, the rest goes on */
};

struct link {
    int fd; /* -1: none */
    SSL *ssl;
    BIO *in, *out;     /* of ssl */
    bool bytewise;     /* every byte in a packet of its own */
    unsigned pause_ms; /* before every packet */
    enum link_cut cut;
    size_t cut_after;       /* bytes that go out before */
    unsigned char first[3]; /* the first bytes that came since link_adopt() or clear text ended */
    size_t first_len;       /* of them */
    bool resumed;           /* the TLS session was */
};

struct link_tls {
    const char *cert; /* NAME.pem and NAME.key of the folder of certificates */
    int version;      /* TLS1_2_VERSION, TLS1_3_VERSION; 0 for both */
    bool no_resume;   /* sessions are neither given nor taken */
    bool ask_client;  /* for a certificate, too */
    unsigned chain;   /* so many certificates too many are sent */
};

void link_adopt(struct link *l, int fd);

/* The server's side of a handshake. Returns false when it fails. One list of contexts serves all
 * connections of the process: a session of one can be resumed on another. */
bool link_secure(struct link *l, const char *certs, const struct link_tls *tls);

/* As recv(2) and send(2): 0 for the proper end (under TLS: close_notify), -1 for a break. */
ssize_t link_read(struct link *l, void *dst, size_t size);
bool link_write(struct link *l, const void *bytes, size_t len);

/* Bytes that are not put under TLS. */
bool link_write_raw(struct link *l, const void *bytes, size_t len);

/* The TLS peer's attention: a new handshake (TLS 1.2) or new keys (TLS 1.3), and a fatal alert. */
bool link_renegotiate(struct link *l);
bool link_alert(struct link *l);

/* Ends: proper, without close_notify, by RST. */
void link_close(struct link *l);
void link_drop(struct link *l);
void link_reset(struct link *l);

#endif
