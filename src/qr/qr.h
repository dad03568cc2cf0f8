/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qr.h - payloads of the authentication code, and the code as rows of modules or of text.
 *
 * The payload is netmenu's own (the camera's is not public), version NM1:
 *     NM1:U:<user>;P:<password>;[H:<address>;][F:<host key fingerprint>;];
 * Values have `\ ; , " :` escaped by a backslash, as in the WIFI: codes of phones. qr_auth_payload
 * is the only place that builds it. A code is QR (ISO/IEC 18004), error correction M where it fits,
 * then without H and F, then L, then with half the quiet zone.
 *
 * Calling sequence: qr_auth_code(&auth, QR_HALF_BLOCKS, cells, rows, &code, e); qr_row() for each
 * of qr_rows(); qr_done(&code).
 *
 * Ownership: codes and payloads hold a password: qr_done wipes and frees. What libqrencode
 * allocates for itself while it encodes is freed by it and not wiped.
 */
#ifndef NM_QR_QR_H
#define NM_QR_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"

#define QR_QUIET       4   /* modules of quiet zone round a code: ISO/IEC 18004 section 9.1 */
#define QR_QUIET_LEAST 2   /* on the smallest screens; phones read it */
#define QR_PAYLOAD_MAX 512 /* bytes: a ceiling for the buffer of a payload */

struct qr_auth {
    const char *user;
    const struct secret *password;
    const char *address;     /* NULL or "" when not known */
    const char *fingerprint; /* NULL or ""; SHA-256 of the SSH host key, base64url, 22 characters */
};

struct qr_code {
    int modules;         /* per side, without the quiet zone */
    int quiet;           /* modules of quiet zone on each side */
    unsigned char *dark; /* modules * modules, 1 = dark */
};

/* How a terminal can show a module. */
enum qr_form {
    QR_HALF_BLOCKS, /* one cell is two modules, one above the other: U+2580, U+2584, U+2588 */
    QR_SPACES,      /* two cells side by side are a module, in black or white background */
};

/*
 * Append the payload. optional: with address and fingerprint, where known. A code without a
 * password is never made.
 * Errors: ERR_NO_PASSWORD when user or password is empty; ERR_TOO_LARGE, ERR_NO_MEMORY.
 */
int qr_auth_payload(const struct qr_auth *auth, bool optional, struct buf *ret_payload,
                    struct err *e);

/*
 * The code for auth that fits into cells x rows in the given form with its quiet zone: the fullest
 * payload and the highest correction that fit.
 * Errors: ERR_TOO_LARGE when none fits (args: the cells and rows of the smallest);
 * ERR_NO_PASSWORD, ERR_NO_MEMORY.
 */
int qr_auth_code(const struct qr_auth *auth, enum qr_form form, int cells, int rows,
                 struct qr_code *ret_code, struct err *e);

/* Cells and rows of a code with its quiet zone. */
int qr_cells(const struct qr_code *code, enum qr_form form);
int qr_rows(const struct qr_code *code, enum qr_form form);

/* Whether a module is dark; (0, 0) is the first of the code, outside of it all is light. */
bool qr_dark(const struct qr_code *code, int x, int y);

/*
 * Text row `row` (0 .. qr_rows - 1), UTF-8, to be shown black on white. For QR_SPACES each cell is
 * 'X' (dark) or ' ' (light): the caller draws spaces in reverse or not.
 * Errors: those of buf_append.
 */
int qr_row(const struct qr_code *code, enum qr_form form, int row, struct buf *ret_row);

void qr_done(struct qr_code *code);

#endif
