/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cert.h - certification.pem: checked, described, kept.
 *
 * Purpose: the production's certificate comes on a memory card as PEM (RFC 7468), one or several
 * blocks. Every block is parsed by ourselves and counted: the TLS library silently skips a damaged
 * one among good ones. Text around the blocks, a byte order mark and any line ends are fine. A
 * refused file changes nothing. What is stored is written anew from the decoded certificates, so
 * that the TLS library reads nothing else of a foreign file.
 *
 * Calling sequence: buf_init(&pem, CERT_FILE_MAX); cert_read_file(path, &pem, e);
 * cert_parse(pem.data, pem.len, &bundle, e); cert_store_install(folder, 3, pem.data, pem.len, e);
 * cert_bundle_done(&bundle); buf_done(&pem).
 */
#ifndef NM_CERT_CERT_H
#define NM_CERT_CERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"

#define CERT_FILE_NAME  "certification.pem"
#define CERT_BLOCK_MAX  (1024 * 1024)     /* bytes of one PEM block */
#define CERT_BLOCKS_MAX 200               /* blocks of a file */
#define CERT_FILE_MAX   (4 * 1024 * 1024) /* bytes of a file */
#define CERT_NAME_MAX   256

struct cert_info {
    char subject[CERT_NAME_MAX]; /* "CN=Studio Root, O=Studio", safe to show */
    char issuer[CERT_NAME_MAX];
    time_t not_before;
    time_t not_after;
    unsigned char sha256[32]; /* of the DER bytes */
    char key[32];             /* "RSA 2048", "ECDSA P-256" */
    bool is_ca;
    bool self_signed; /* subject and issuer are the same */
    bool weak;        /* signed with MD5 or SHA-1, or an RSA key below 2048 bits */
};

struct cert_bundle {
    struct cert_info *certs;
    size_t count;
};

/*
 * Append a certificate file to pem. Errors: ERR_NO_CERTIFICATE_FILE when there is none (arg 0:
 * path), ERR_NOT_REGULAR (arg 0: path), ERR_CERT_TOO_LARGE (arg 0: "", arg 1: limit in bytes),
 * ERR_PERMISSION, ERR_IO.
 */
int cert_read_file(const char *path, struct buf *pem, struct err *e);

/*
 * Check every block and describe them in their order.
 * Errors, none of them with a part of the file's content but a label:
 *   ERR_CERT_EMPTY        nothing but white space
 *   ERR_CERT_DER          a certificate, but in the binary form
 *   ERR_CERT_NOT_PEM      something else without any PEM block
 *   ERR_CERT_PRIVATE_KEY  a private key in any form is in the file
 *   ERR_CERT_OTHER_KIND   a block of another kind (arg 0: which, from 1; arg 1: its label)
 *   ERR_CERT_MALFORMED    a damaged block (arg 0: which)
 *   ERR_CERT_UNSUPPORTED  a certificate of algorithms that this unit lacks (arg 0: which)
 *   ERR_CERT_TOO_LARGE    (arg 0: which; arg 1: limit in bytes)
 *   ERR_CERT_TOO_MANY     (arg 0: limit)
 */
int cert_parse(const char *pem, size_t len, struct cert_bundle *ret_bundle, struct err *e);
void cert_bundle_done(struct cert_bundle *b);

/*
 * Describe one certificate in its binary form, as a server shows it.
 * Errors: ERR_CERT_MALFORMED, ERR_CERT_UNSUPPORTED, ERR_NO_MEMORY.
 */
int cert_describe(const unsigned char *der, size_t len, struct cert_info *ret_info, struct err *e);

/* Whole days from now until not_after; negative when it has passed. */
long cert_days_left(const struct cert_info *c, time_t now);

/* "AB:CD:..." of the SHA-256; size >= 96. */
void cert_fingerprint(const struct cert_info *c, char *dst, size_t size);

/*
 * The store: folder/server-N.pem, mode 0600, replaced durably. Each server has its own. The folder
 * is made when it is missing. install parses first. Errors: those of cert_parse and file_write.
 */
int cert_store_install(const char *folder, int server, const char *pem, size_t len, struct err *e);

/* Errors: those of file_remove; nothing stored is no error. */
int cert_store_clear(const char *folder, int server, struct err *e);

/* Append what is stored to pem. Errors: ERR_NO_CERTIFICATE when none is stored; ERR_IO. */
int cert_store_read(const char *folder, int server, struct buf *pem, struct err *e);

#endif
