/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qr/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* Version 1 of the payload. A reader refuses what does not begin with it. */
#define PAYLOAD_BEGIN "NM1:"
#define PAYLOAD_END   ";"

/* What is tried, the best first. */
static const struct attempt {
    bool optional; /* with address and fingerprint */
    QRecLevel level;
    int quiet;
} attempts[] = {
    {true, QR_ECLEVEL_M, QR_QUIET},        {false, QR_ECLEVEL_M, QR_QUIET},
    {false, QR_ECLEVEL_L, QR_QUIET},       {false, QR_ECLEVEL_M, QR_QUIET_LEAST},
    {false, QR_ECLEVEL_L, QR_QUIET_LEAST},
};

/* key:value; with the escapes of WIFI: codes. A missing value leaves the field out. */
static int append_field(struct buf *b, const char *key, const char *value)
{
    int r;

    if (value == NULL || value[0] == '\0')
        return 0;
    r = buf_printf(b, "%s:", key);
    for (const char *p = value; r == 0 && *p != '\0'; p++) {
        if (strchr("\\;,\":", *p) != NULL)
            r = buf_append(b, "\\", 1);
        if (r == 0)
            r = buf_append(b, p, 1);
    }
    return r < 0 ? r : buf_append(b, ";", 1);
}

int qr_auth_payload(const struct qr_auth *auth, bool optional, struct buf *ret_payload,
                    struct err *e)
{
    struct buf b;
    int r;

    if (auth->user[0] == '\0' || auth->password->len == 0)
        return err_set(e, ERR_NO_PASSWORD, STEP_AUTHENTICATION);
    buf_init(&b, QR_PAYLOAD_MAX);
    if ((r = buf_append(&b, PAYLOAD_BEGIN, strlen(PAYLOAD_BEGIN))) < 0 ||
        (r = append_field(&b, "U", auth->user)) < 0 ||
        (r = append_field(&b, "P", auth->password->text)) < 0 ||
        (optional && (r = append_field(&b, "H", auth->address)) < 0) ||
        (optional && (r = append_field(&b, "F", auth->fingerprint)) < 0) ||
        (r = buf_append(&b, PAYLOAD_END, strlen(PAYLOAD_END))) < 0 ||
        (r = buf_append(ret_payload, b.data, b.len)) < 0)
        err_set(e, err_code_of(r), STEP_AUTHENTICATION);
    buf_done(&b);
    return r;
}

static void wipe_and_free(QRcode *q)
{
    if (q != NULL)
        explicit_bzero(q->data, (size_t)q->width * (size_t)q->width);
    QRcode_free(q);
}

/*
 * The smallest code at the level; then the highest level that is no larger, which costs nothing.
 * NULL with errno when it cannot be made.
 */
static QRcode *encode(const char *payload, QRecLevel level)
{
    static const QRecLevel higher[] = {QR_ECLEVEL_H, QR_ECLEVEL_Q};
    QRcode *q = QRcode_encodeString(payload, 0, level, QR_MODE_8, 1);

    for (size_t i = 0; q != NULL && i < ARRAY_LEN(higher); i++) {
        QRcode *better = QRcode_encodeString(payload, q->version, higher[i], QR_MODE_8, 1);

        if (better != NULL && better->version == q->version) {
            wipe_and_free(q);
            return better;
        }
        wipe_and_free(better);
    }
    return q;
}

static int make_code(const struct qr_auth *auth, const struct attempt *a, struct qr_code *ret_code,
                     struct err *e)
{
    struct buf payload;
    QRcode *q = NULL;
    size_t size;
    int r;

    buf_init(&payload, QR_PAYLOAD_MAX);
    r = qr_auth_payload(auth, a->optional, &payload, e);
    if (r < 0)
        goto out;
    q = encode(buf_str(&payload), a->level);
    size = q != NULL ? (size_t)q->width * (size_t)q->width : 0;
    *ret_code = (struct qr_code){.modules = q != NULL ? q->width : 0,
                                 .quiet = a->quiet,
                                 .dark = q != NULL ? malloc(size) : NULL};
    if (ret_code->dark == NULL) {
        r = err_set(e, q == NULL && errno == ERANGE ? ERR_TOO_LARGE : ERR_NO_MEMORY,
                    STEP_AUTHENTICATION);
        goto out;
    }
    for (size_t i = 0; i < size; i++)
        ret_code->dark[i] = q->data[i] & 1; /* the other bits say what a module is for */
out:
    wipe_and_free(q);
    buf_done(&payload);
    return r;
}

int qr_auth_code(const struct qr_auth *auth, enum qr_form form, int cells, int rows,
                 struct qr_code *ret_code, struct err *e)
{
    struct qr_code code;
    int need_cells = 0, need_rows = 0;

    for (size_t i = 0; i < ARRAY_LEN(attempts); i++) {
        int r = make_code(auth, &attempts[i], &code, e);

        if (r == -ERR_TOO_LARGE && attempts[i].optional)
            continue; /* an address may be too long for any code */
        if (r < 0)
            return r;
        need_cells = qr_cells(&code, form);
        need_rows = qr_rows(&code, form);
        if (need_cells <= cells && need_rows <= rows) {
            *ret_code = code;
            return 0;
        }
        qr_done(&code);
    }
    return err_set_limits(e, ERR_TOO_LARGE, STEP_AUTHENTICATION, need_cells, need_rows);
}

int qr_cells(const struct qr_code *code, enum qr_form form)
{
    int side = code->modules + 2 * code->quiet;

    return form == QR_SPACES ? 2 * side : side;
}

int qr_rows(const struct qr_code *code, enum qr_form form)
{
    int side = code->modules + 2 * code->quiet;

    return form == QR_HALF_BLOCKS ? (side + 1) / 2 : side;
}

bool qr_dark(const struct qr_code *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->modules && y < code->modules &&
           code->dark[y * code->modules + x] != 0;
}

int qr_row(const struct qr_code *code, enum qr_form form, int row, struct buf *ret_row)
{
    /* by upper and lower module: neither, lower, upper, both */
    static const char *const half[] = {" ", "\u2584", "\u2580", "\u2588"};
    int end = code->modules + code->quiet, r = 0;

    for (int x = -code->quiet; r == 0 && x < end; x++) {
        const char *text;

        if (form == QR_HALF_BLOCKS) {
            int y = 2 * row - code->quiet;

            text = half[2 * qr_dark(code, x, y) + qr_dark(code, x, y + 1)];
        } else {
            text = qr_dark(code, x, row - code->quiet) ? "XX" : "  ";
        }
        r = buf_append(ret_row, text, strlen(text));
    }
    return r;
}

void qr_done(struct qr_code *code)
{
    if (code->dark != NULL)
        explicit_bzero(code->dark, (size_t)code->modules * (size_t)code->modules);
    free(code->dark);
    *code = (struct qr_code){0};
}
