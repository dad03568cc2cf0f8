/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seal.h - a text under a passphrase, for the settings file.
 *
 * Purpose: the key is made from the passphrase by scrypt (RFC 7914), which costs an attacker memory
 * as well as time for every guess; the text is then encrypted and authenticated by AES-256-GCM
 * (NIST SP 800-38D), together with other bytes that stay in the clear but must not be changed.
 *
 * Calling sequence: seal_close(&passphrase, text, len, bound, bound_len, &seal, &sealed, e); later,
 * with what was kept of both, seal_open(&seal, &passphrase, sealed, len, bound, ..., &text, e).
 *
 * Cost: SEAL_LOG_N, SEAL_R and SEAL_P take 32 MiB for some tenths of a second.
 */
#ifndef NM_SETTINGS_SEAL_H
#define NM_SETTINGS_SEAL_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"

#define SEAL_SALT  16
#define SEAL_NONCE 12
#define SEAL_TAG   16 /* bytes at the end of what is sealed */

/* scrypt's N is 2 to the power of log_n. What is written, and the most that is obeyed when read. */
#define SEAL_LOG_N     15
#define SEAL_R         8
#define SEAL_P         3
#define SEAL_LOG_N_MAX 16
#define SEAL_P_MAX     4

struct seal {
    int log_n, r, p;
    unsigned char salt[SEAL_SALT];
    unsigned char nonce[SEAL_NONCE];
};

/*
 * Seal len bytes (at least one) into ret_sealed; salt and nonce are new each time.
 * Errors: ERR_NO_MEMORY, ERR_TOO_LARGE, ERR_UNAVAILABLE when the TLS library has no scrypt.
 */
int seal_close(const struct secret *passphrase, const void *text, size_t len, const void *bound,
               size_t bound_len, struct seal *ret_seal, struct buf *ret_sealed, struct err *e);

/*
 * The text again, appended. Errors: ERR_PASSPHRASE when passphrase, sealed or bound are others;
 * ERR_SETTINGS_FILE when the parameters are out of bounds; those of seal_close.
 */
int seal_open(const struct seal *seal, const struct secret *passphrase, const void *sealed,
              size_t len, const void *bound, size_t bound_len, struct buf *ret_text, struct err *e);

#endif
