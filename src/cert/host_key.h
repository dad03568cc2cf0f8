/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_key.h - the fingerprint of this unit's SSH host key, so that whoever connects for the first
 * time can compare it with what their program shows.
 *
 * Purpose: reads the public key file of OpenSSH ("ssh-ed25519 AAAA... comment"; the blob as in RFC
 * 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4) and gives what `ssh-keygen -l`
 * prints.
 */
#ifndef NM_CERT_HOST_KEY_H
#define NM_CERT_HOST_KEY_H

#include <stddef.h>

#include "base/err.h"

#define HOST_KEY_PRINT_MAX 48 /* "SHA256:" is not part of it: 43 characters of base64 */
#define HOST_KEY_QR_MAX    24
#define HOST_KEY_LINE_MAX  256

struct host_key {
    int bits;
    const char *type;                     /* "ED25519" */
    char fingerprint[HOST_KEY_PRINT_MAX]; /* SHA-256 in base64 without padding */
    char qr[HOST_KEY_QR_MAX];             /* its first 22 characters, in base64url */
    char comment[128];                    /* safe to show; "no comment" */
};

/* One line of a public key file. Errors: ERR_DAMAGED when it is not a key of a known kind. */
int host_key_parse(const char *line, size_t len, struct host_key *ret_key, struct err *e);

/*
 * The unit's key, from folder ("/etc/ssh"): Ed25519, else ECDSA, else RSA; clients prefer them in
 * this order. Errors: ERR_NOT_FOUND when there is none; ERR_DAMAGED.
 */
int host_key_read(const char *folder, struct host_key *ret_key, struct err *e);

/* "256 SHA256:... comment (ED25519)", as ssh-keygen -l prints it. */
void host_key_line(const struct host_key *key, char *dst, size_t size);

#endif
