/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as certification.pem: as the file, and as the certificate inside of a good block. What
 * is taken must be described in text that is safe to show.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cert/cert.h"
#include "cert/pem.h"

static void check_text(const char *text, size_t size)
{
    char again[4 * CERT_NAME_MAX];

    if (memchr(text, '\0', size) == NULL || !utf8_valid(text, strlen(text)))
        abort();
    safe_text(again, sizeof(again), text, strlen(text));
    if (strcmp(again, text) != 0)
        abort();
}

static void parse(const char *pem, size_t len)
{
    struct cert_bundle bundle;
    char fingerprint[96];
    struct err e;

    if (cert_parse(pem, len, &bundle, &e) < 0) {
        if (e.code == ERR_NONE || e.step != STEP_CERTIFICATE)
            abort();
        return;
    }
    if (bundle.count == 0)
        abort();
    for (size_t i = 0; i < bundle.count; i++) {
        const struct cert_info *c = &bundle.certs[i];

        check_text(c->subject, sizeof(c->subject));
        check_text(c->issuer, sizeof(c->issuer));
        check_text(c->key, sizeof(c->key));
        cert_days_left(c, 0);
        cert_fingerprint(c, fingerprint, sizeof(fingerprint));
    }
    cert_bundle_done(&bundle);
}

/* The bytes as the content of a good block: the way to the certificate decoder is short. */
static void parse_inside(const char *bytes, size_t len)
{
    struct buf pem;

    buf_init(&pem, CERT_FILE_MAX);
    if (pem_append(&pem, "CERTIFICATE", bytes, len) == 0)
        parse(pem.data, pem.len);
    buf_done(&pem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;

    parse(bytes, size);
    parse_inside(bytes, size);
    return 0;
}
