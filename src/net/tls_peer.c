/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/tls_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <wolfssl/error-ssl.h>
#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/error-crypt.h>
#include <wolfssl/wolfcrypt/sha256.h>

#include "base/clock.h"
#include "base/str.h"
#include "net/hostname.h"

/* The longest list of names that is collected for a message. */
#define NAMES_MAX ERR_ARG_MAX

/* --- reading a certificate --------------------------------------------------------------- */

/* A date of a certificate; (time_t)-1 when it cannot be read. */
static time_t cert_date(const byte *date, int len)
{
    const byte *digits;
    byte format;
    int digits_len;
    struct tm tm = {0};

    if (wc_GetDateInfo(date, len, &digits, &format, &digits_len) != 0 ||
        wc_GetDateAsCalendarTime(digits, digits_len, format, &tm) != 0)
        return (time_t)-1;
    return timegm(&tm);
}

static bool is_address(const DNS_entry *name)
{
    return name->type == ASN_IP_TYPE;
}

/* RFC 9525 section 6: only subjectAltName counts, never the subject's CN. */
static bool names_host(const struct DecodedCert *cert, const char *host)
{
    for (const DNS_entry *name = cert->altNames; name != NULL; name = name->next) {
        if (name->type == ASN_DNS_TYPE && hostname_matches(name->name, (size_t)name->len, host))
            return true;
        if (is_address(name) && hostname_matches_address(name->name, (size_t)name->len, host))
            return true;
    }
    return false;
}

/* "localhost, 127.0.0.1, ::1"; empty when the certificate names no host. */
static void list_names(const struct DecodedCert *cert, char names[NAMES_MAX])
{
    char address[INET6_ADDRSTRLEN];
    size_t len = 0;

    names[0] = '\0';
    for (const DNS_entry *name = cert->altNames; name != NULL; name = name->next) {
        const char *text = NULL;

        if (name->type == ASN_DNS_TYPE)
            text = name->name;
        else if (is_address(name) && (name->len == 4 || name->len == 16))
            text = inet_ntop(name->len == 4 ? AF_INET : AF_INET6, name->name, address,
                             sizeof(address));
        if (text == NULL)
            continue;
        str_format(names + len, NAMES_MAX - len, "%s%s", len > 0 ? ", " : "", text);
        len = strlen(names);
    }
}

/* "/O=Studio/CN=Studio Root" of the library as "O=Studio, CN=Studio Root". */
static void copy_name(char dst[NAMES_MAX], const char *name)
{
    size_t n = 0;

    for (const char *p = name + (*name == '/'); *p != '\0' && n + 2 < NAMES_MAX; p++) {
        size_t word = strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

        if (*p == '/' && word > 0 && p[1 + word] == '=') {
            dst[n++] = ',';
            dst[n++] = ' ';
        } else {
            dst[n++] = *p;
        }
    }
    dst[n] = '\0';
}

static int parse_der(struct DecodedCert *cert, const unsigned char *der, size_t len)
{
    wc_InitDecodedCert(cert, der, (word32)len, NULL);
    return wc_ParseCert(cert, CERT_TYPE, NO_VERIFY, NULL);
}

/* --- while the chain is verified --------------------------------------------------------- */

/* No trusted signer: the leaf itself may be signed by itself, else name who signed the top one. */
static void note_no_signer(struct tls *t, const WOLFSSL_X509_STORE_CTX *store)
{
    const WOLFSSL_BUFFER_INFO *leaf = &store->certs[0];
    const WOLFSSL_BUFFER_INFO *top = &store->certs[store->totalCerts - 1];
    struct DecodedCert cert;
    char name[NAMES_MAX];

    if (parse_der(&cert, leaf->buffer, leaf->length) == 0 && cert.selfSigned) {
        copy_name(name, cert.subject);
        err_set_args(&t->peer_err, ERR_TLS_SELF_SIGNED, STEP_HANDSHAKE, name, NULL);
    }
    wc_FreeDecodedCert(&cert);
    if (t->peer_err.code == ERR_TLS_SELF_SIGNED)
        return;
    if (parse_der(&cert, top->buffer, top->length) == 0) {
        const struct err *why = tls_trust_unusable(t->ctx, cert.issuerHash);

        copy_name(name, cert.issuer);
        if (why != NULL)
            t->peer_err = *why;
        else
            err_set_args(&t->peer_err, ERR_TLS_UNKNOWN_ISSUER, STEP_HANDSHAKE, name, NULL);
    }
    wc_FreeDecodedCert(&cert);
}

static void note_date(struct tls *t, const WOLFSSL_BUFFER_INFO *failed, bool expired)
{
    struct DecodedCert cert;
    char text[CLOCK_TEXT_MAX];
    time_t date = (time_t)-1;

    if (parse_der(&cert, failed->buffer, failed->length) == 0)
        date = expired ? cert_date(cert.afterDate, cert.afterDateLen)
                       : cert_date(cert.beforeDate, cert.beforeDateLen);
    wc_FreeDecodedCert(&cert);
    err_set_args(&t->peer_err, expired ? ERR_TLS_EXPIRED : ERR_TLS_NOT_YET_VALID, STEP_HANDSHAKE,
                 clock_rfc3339(date, text), NULL);
}

static void note_weak_signature(struct tls *t, const WOLFSSL_BUFFER_INFO *failed)
{
    struct DecodedCert cert;

    if (parse_der(&cert, failed->buffer, failed->length) == 0 && tls_chain_weak(&cert) != NULL)
        err_set_args(&t->peer_err, ERR_TLS_WEAK, STEP_HANDSHAKE, tls_chain_weak(&cert), NULL);
    wc_FreeDecodedCert(&cert);
}

/* Whether a certificate that nobody trusts can be passed over: it is no CA, so it says nothing. */
static bool is_no_authority(const WOLFSSL_BUFFER_INFO *der)
{
    struct DecodedCert cert;
    bool none = parse_der(&cert, der->buffer, der->length) == 0 && !cert.isCA;

    wc_FreeDecodedCert(&cert);
    return none;
}

/*
 * The library calls this for a certificate that it refuses. Two refusals are overruled: the leaf
 * has no trusted signer, but is byte for byte one that was imported (tls_peer_check() then looks at
 * its dates); and what came with the leaf is no CA. Overruling it for a CA would make that a
 * trusted one.
 */
int tls_peer_verify(int ok, WOLFSSL_X509_STORE_CTX *store)
{
    struct tls *t = store->userCtx;
    int depth = store->error_depth;

    if (ok)
        return 1;
    if (store->totalCerts < 1 || depth < 0 || depth >= store->totalCerts)
        return 0;
    switch (store->error) {
    case ASN_NO_SIGNER_E:
    case ASN_SELF_SIGNED_E:
        if (depth == 0 ? tls_trust_pinned(t->ctx, store->certs[0].buffer, store->certs[0].length)
                       : is_no_authority(&store->certs[depth]))
            return 1;
        note_no_signer(t, store);
        return 0;
    case ASN_AFTER_DATE_E:
    case ASN_BEFORE_DATE_E:
        note_date(t, &store->certs[depth], store->error == ASN_AFTER_DATE_E);
        return 0;
    case HASH_TYPE_E: /* one that the library was built without */
    case ASN_SIG_HASH_E:
        note_weak_signature(t, &store->certs[depth]);
        return 0;
    default:
        return 0;
    }
}

/* --- after the handshake ----------------------------------------------------------------- */

int tls_peer_dates(const struct DecodedCert *cert, struct err *e)
{
    time_t now = time(NULL);
    time_t from = cert_date(cert->beforeDate, cert->beforeDateLen);
    time_t until = cert_date(cert->afterDate, cert->afterDateLen);
    char text[CLOCK_TEXT_MAX];

    if (from == (time_t)-1 || until == (time_t)-1)
        return err_set_args(e, ERR_TLS, STEP_HANDSHAKE, "certificate date", NULL);
    if (now > until)
        return err_set_args(e, ERR_TLS_EXPIRED, STEP_HANDSHAKE, clock_rfc3339(until, text), NULL);
    if (now < from)
        return err_set_args(e, ERR_TLS_NOT_YET_VALID, STEP_HANDSHAKE, clock_rfc3339(from, text),
                            NULL);
    return 0;
}

static int check_leaf(struct tls *t, const unsigned char *der, size_t len, struct err *e)
{
    struct DecodedCert cert;
    char names[NAMES_MAX];
    int r;

    if (wc_Sha256Hash(der, (word32)len, t->leaf) != 0)
        return err_set(e, ERR_TLS, STEP_HANDSHAKE);
    if (parse_der(&cert, der, len) != 0) {
        r = err_set_args(e, ERR_TLS, STEP_HANDSHAKE, "certificate", NULL);
        goto out;
    }
    r = tls_peer_dates(&cert, e);
    /* The library does not look at the key of one whose issuer it does not know: an imported one.
     */
    if (r == 0 && tls_chain_weak_key(&cert) != NULL)
        r = err_set_args(e, ERR_TLS_WEAK, STEP_HANDSHAKE, tls_chain_weak_key(&cert), NULL);
    if (r == 0 && !names_host(&cert, t->host)) {
        list_names(&cert, names);
        r = err_set_args(e, ERR_TLS_WRONG_HOST, STEP_HANDSHAKE, names, t->host);
    }
    if (r == 0 && t->must_match && memcmp(t->leaf, t->expected_leaf, sizeof(t->leaf)) != 0)
        r = err_set(e, ERR_TLS_DATA_PEER, STEP_DATA_HANDSHAKE);
out:
    wc_FreeDecodedCert(&cert);
    return r;
}

int tls_peer_check(struct tls *t, struct err *e)
{
    WOLFSSL_X509 *leaf;
    const unsigned char *der;
    int len = 0, r;

    /* A resumed session shows no certificate: its keys prove that it is the same peer. */
    if (t->must_match && tls_resumed(t)) {
        memcpy(t->leaf, t->expected_leaf, sizeof(t->leaf));
        return 0;
    }
    leaf = wolfSSL_get_peer_certificate(t->ssl);
    der = leaf != NULL ? wolfSSL_X509_get_der(leaf, &len) : NULL;
    r = der != NULL ? check_leaf(t, der, (size_t)len, e)
                    : err_set_args(e, ERR_TLS, STEP_HANDSHAKE, "no certificate", NULL);
    if (r == 0)
        r = tls_chain_check(t, der, len, e);
    wolfSSL_X509_free(leaf);
    return r;
}

/* --- errors ------------------------------------------------------------------------------ */

/* Whether the server has chosen a suite: it sent its hello. */
static bool has_suite(const struct tls *t)
{
    return t->done || wolfSSL_get_current_cipher_suite(t->ssl) != 0;
}

/*
 * What the other side's fatal alert means (RFC 5246 section 7.2.2, RFC 8446 section 6.2). A
 * handshake that fails for the server once it has chosen a suite fails for want of a certificate of
 * ours; when it is over, the same alert says that the server insists on another one.
 */
static enum err_code code_of_alert(const struct tls *t)
{
    WOLFSSL_ALERT_HISTORY history;

    if (wolfSSL_get_alert_history(t->ssl, &history) != WOLFSSL_SUCCESS)
        return ERR_TLS;
    switch (history.last_rx.code) {
    case handshake_failure:
        if (has_suite(t))
            return t->done ? ERR_TLS : ERR_TLS_CLIENT_CERTIFICATE;
        return ERR_TLS_NO_SUITE;
    case insufficient_security:
        return ERR_TLS_NO_SUITE;
    case protocol_version:
        return ERR_TLS_VERSION;
    case certificate_required:
        return ERR_TLS_CLIENT_CERTIFICATE;
    default:
        return ERR_TLS;
    }
}

static const struct {
    int code;
    enum err_code err;
    const char *arg;
} library_errors[] = {
    {ASN_NO_SIGNER_E, ERR_TLS_UNKNOWN_ISSUER, NULL},
    {ASN_SELF_SIGNED_E, ERR_TLS_SELF_SIGNED, NULL},
    {ASN_AFTER_DATE_E, ERR_TLS_EXPIRED, NULL},
    {ASN_BEFORE_DATE_E, ERR_TLS_NOT_YET_VALID, NULL},
    {DH_KEY_SIZE_E, ERR_TLS_WEAK, TLS_WEAK_DH},
    {RSA_KEY_SIZE_E, ERR_TLS_WEAK, TLS_WEAK_RSA},
    {ECC_KEY_SIZE_E, ERR_TLS_WEAK, TLS_WEAK_ECC},
    {ASN_SIG_CONFIRM_E, ERR_TLS_SIGNATURE, NULL},
    {VERIFY_SIGN_ERROR, ERR_TLS_SIGNATURE, NULL}, /* the server has not the certificate's key */
    {SIG_VERIFY_E, ERR_TLS_SIGNATURE, NULL},
    {RSA_PAD_E, ERR_TLS_SIGNATURE, NULL}, /* what another key's signature looks like */
    {BAD_PADDING_E, ERR_TLS_SIGNATURE, NULL},
    {EXTKEYUSE_AUTH_E, ERR_TLS_UNSUITABLE, "extKeyUsage"},
    {KEYUSE_SIGNATURE_E, ERR_TLS_UNSUITABLE, "keyUsage"},
    {KEYUSE_ENCIPHER_E, ERR_TLS_UNSUITABLE, "keyUsage"},
    {NOT_CA_ERROR, ERR_TLS_UNSUITABLE, "basicConstraints, keyUsage"},
    {ASN_PATHLEN_INV_E, ERR_TLS_UNSUITABLE, "pathLenConstraint"},
    {ASN_PATHLEN_SIZE_E, ERR_TLS_UNSUITABLE, "pathLenConstraint"},
    {MAX_CHAIN_ERROR, ERR_TLS_UNSUITABLE, "pathLenConstraint"},
    {ASN_NAME_INVALID_E, ERR_TLS_UNSUITABLE, "nameConstraints"},
    {ASN_CRIT_EXT_E, ERR_TLS_UNSUITABLE, "critical"},
    {HASH_TYPE_E, ERR_TLS_UNSUITABLE, "signatureAlgorithm"},
    {ASN_SIG_HASH_E, ERR_TLS_UNSUITABLE, "signatureAlgorithm"},
    {ASN_SIG_OID_E, ERR_TLS_UNSUITABLE, "signatureAlgorithm"},
    {ASN_SIG_KEY_E, ERR_TLS_UNSUITABLE, "signatureAlgorithm"},
    {VERSION_ERROR, ERR_TLS_VERSION, NULL},
    {UNSUPPORTED_SUITE, ERR_TLS_NO_SUITE, NULL},
    {MATCH_SUITE_ERROR, ERR_TLS_NO_SUITE, NULL},
    {WOLFSSL_ERROR_ZERO_RETURN, ERR_CLOSED, NULL},
    {SOCKET_PEER_CLOSED_E, ERR_CLOSED, NULL},
    {SOCKET_ERROR_E, ERR_CLOSED, NULL},
};

static int set_error(struct tls *t, enum err_code code, const char *arg, struct err *e)
{
    int r = err_set_args(e, code, STEP_HANDSHAKE, arg, NULL);

    if (e != NULL)
        e->sys_errno = t->sys_errno;
    return r;
}

int tls_peer_code(int code, struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(library_errors); i++)
        if (library_errors[i].code == code)
            return err_set_args(e, library_errors[i].err, STEP_HANDSHAKE, library_errors[i].arg,
                                NULL);
    return 0;
}

int tls_peer_error(struct tls *t, int code, struct err *e)
{
    t->last_error = code;
    if (t->peer_err.code != ERR_NONE) {
        if (e != NULL)
            *e = t->peer_err;
        return -(int)t->peer_err.code;
    }
    if (t->sys_errno == ETIMEDOUT)
        return set_error(t, ERR_TIMEOUT, NULL, e);
    if (code == FATAL_ERROR && code_of_alert(t) != ERR_TLS)
        return set_error(t, code_of_alert(t), NULL, e);
    for (size_t i = 0; i < ARRAY_LEN(library_errors); i++)
        if (library_errors[i].code == code && !(t->done && code == VERSION_ERROR))
            return set_error(t, library_errors[i].err, library_errors[i].arg, e);
    return set_error(t, ERR_TLS, wolfSSL_ERR_reason_error_string((unsigned long)code), e);
}
