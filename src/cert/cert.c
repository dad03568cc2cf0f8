/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cert/cert.h"

#include <stdlib.h>
#include <string.h>
#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/error-crypt.h>
#include <wolfssl/wolfcrypt/hash.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cert/der.h"
#include "cert/pem.h"

#define RSA_WEAK_BELOW 2048 /* bits: NIST SP 800-131A Rev. 2 table 2 */
#define DAY            (24 * 60 * 60)

int cert_read_file(const char *path, struct buf *pem, struct err *e)
{
    char limit[24];
    int r = file_read(path, pem, STEP_CERTIFICATE, e);

    if (r == -ERR_NOT_FOUND)
        return err_set_args(e, ERR_NO_CERTIFICATE_FILE, STEP_CERTIFICATE, path, NULL);
    if (r == -ERR_TOO_LARGE) {
        str_format(limit, sizeof(limit), "%zu", pem->ceiling);
        return err_set_args(e, ERR_CERT_TOO_LARGE, STEP_CERTIFICATE, NULL, limit);
    }
    return r;
}

/* --- one certificate --------------------------------------------------------------------- */

/* The parts of a certificate that are read without the TLS library. */
struct outline {
    struct der serial, issuer, subject, public_key;
};

/* RFC 5280 section 4.1; nothing follows the certificate. */
static bool take_outline(struct der in, struct outline *ret_outline)
{
    struct der cert, tbs, skipped, key_info;

    if (!der_take_tag(&in, DER_SEQUENCE, &cert) || in.len > 0 ||
        !der_take_tag(&cert, DER_SEQUENCE, &tbs))
        return false;
    der_take_tag(&tbs, DER_CONTEXT_0, &skipped); /* version: absent in version 1 */
    return der_take_tag(&tbs, DER_INTEGER, &ret_outline->serial) &&
           der_take_tag(&tbs, DER_SEQUENCE, &skipped) && /* signature */
           der_take_tag(&tbs, DER_SEQUENCE, &ret_outline->issuer) &&
           der_take_tag(&tbs, DER_SEQUENCE, &skipped) && /* validity */
           der_take_tag(&tbs, DER_SEQUENCE, &ret_outline->subject) &&
           der_take_tag(&tbs, DER_SEQUENCE, &key_info) &&
           der_take_tag(&key_info, DER_SEQUENCE, &skipped) && /* algorithm */
           der_take_tag(&key_info, DER_BIT_STRING, &ret_outline->public_key);
}

/* Bits of the modulus; 0 when it is not an RSAPublicKey (RFC 8017 appendix A.1.1). */
static unsigned rsa_bits(struct der public_key)
{
    struct der key, n;
    unsigned bits;

    if (public_key.len < 1 || public_key.bytes[0] != 0) /* unused bits */
        return 0;
    key = (struct der){public_key.bytes + 1, public_key.len - 1};
    if (!der_take_tag(&key, DER_SEQUENCE, &key) || !der_take_tag(&key, DER_INTEGER, &n))
        return 0;
    while (n.len > 0 && n.bytes[0] == 0)
        n = (struct der){n.bytes + 1, n.len - 1};
    if (n.len == 0)
        return 0;
    bits = (unsigned)n.len * 8;
    for (unsigned char top = n.bytes[0]; (top & 0x80) == 0; top = (unsigned char)(top << 1))
        bits--;
    return bits;
}

/* "P-256", as NIST names it, or the library's own name of another curve; NULL when it has none. */
static const char *curve_name(word32 oid_sum)
{
    static const struct {
        int id;
        const char *name;
    } curves[] = {{ECC_SECP256R1, "P-256"}, {ECC_SECP384R1, "P-384"}, {ECC_SECP521R1, "P-521"}};
    int id = wc_ecc_get_oid(oid_sum, NULL, NULL);

    for (size_t i = 0; i < ARRAY_LEN(curves); i++)
        if (curves[i].id == id)
            return curves[i].name;
    return id >= 0 ? wc_ecc_get_name(id) : NULL;
}

/* False for a key that no suite of ours can use. */
static bool describe_key(const DecodedCert *d, const struct outline *o, struct cert_info *c)
{
    const char *curve;

    switch (d->keyOID) {
    case RSAk:
    case RSAPSSk:
        str_format(c->key, sizeof(c->key), "RSA %u", rsa_bits(o->public_key));
        c->weak = c->weak || rsa_bits(o->public_key) < RSA_WEAK_BELOW;
        return true;
    case ECDSAk:
        curve = curve_name(d->pkCurveOID);
        str_format(c->key, sizeof(c->key), "ECDSA %s", curve != NULL ? curve : "");
        return curve != NULL;
    default:
        return false;
    }
}

static bool weak_signature(word32 oid_sum)
{
    return oid_sum == CTC_MD2wRSA || oid_sum == CTC_MD5wRSA || oid_sum == CTC_SHAwRSA ||
           oid_sum == CTC_SHAwECDSA || oid_sum == CTC_SHAwDSA;
}

static bool moment(const byte *date, int len, time_t *ret_time)
{
    const byte *text;
    struct tm tm = {0};
    byte format;
    int text_len;

    if (date == NULL || wc_GetDateInfo(date, len, &text, &format, &text_len) != 0 ||
        wc_GetDateAsCalendarTime(text, text_len, format, &tm) != 0)
        return false;
    *ret_time = timegm(&tm);
    return true;
}

/* What r, the TLS library's answer to the certificate, means. */
static enum err_code code_of_parse(int r, const struct outline *o)
{
    /* Old roots have serial number 0; libraries that follow RFC 5280 section 4.1.2.2 refuse it. */
    if (r != 0 && o->serial.len == 1 && o->serial.bytes[0] == 0)
        return ERR_CERT_UNSUPPORTED;
    switch (r) {
    case 0:
        return ERR_NONE;
    case MEMORY_E:
        return ERR_NO_MEMORY;
    case ASN_UNKNOWN_OID_E:
    case ASN_CRIT_EXT_E:
    case ASN_SIG_HASH_E:
    case ECC_CURVE_OID_E:
    case NOT_COMPILED_IN:
        return ERR_CERT_UNSUPPORTED;
    default:
        return ERR_CERT_MALFORMED;
    }
}

static enum err_code describe(const unsigned char *bytes, size_t len, struct cert_info *ret_info)
{
    struct cert_info c = {0};
    struct outline o;
    DecodedCert d;
    enum err_code code;

    wc_InitDecodedCert(&d, bytes, (word32)len, NULL);
    code = take_outline((struct der){bytes, len}, &o) ? ERR_NONE : ERR_CERT_MALFORMED;
    if (code == ERR_NONE)
        code = code_of_parse(wc_ParseCert(&d, CERT_TYPE, NO_VERIFY, NULL), &o);
    if (code == ERR_NONE && (!moment(d.beforeDate, d.beforeDateLen, &c.not_before) ||
                             !moment(d.afterDate, d.afterDateLen, &c.not_after) ||
                             wc_Sha256Hash(bytes, (word32)len, c.sha256) != 0))
        code = ERR_CERT_MALFORMED;
    if (code == ERR_NONE) {
        der_name(o.subject, c.subject, sizeof(c.subject));
        der_name(o.issuer, c.issuer, sizeof(c.issuer));
        c.self_signed = o.subject.len == o.issuer.len &&
                        memcmp(o.subject.bytes, o.issuer.bytes, o.issuer.len) == 0;
        c.is_ca = d.isCA;
        c.weak = weak_signature(d.signatureOID);
        if (describe_key(&d, &o, &c))
            *ret_info = c;
        else
            code = ERR_CERT_UNSUPPORTED;
    }
    wc_FreeDecodedCert(&d);
    return code;
}

int cert_describe(const unsigned char *der, size_t len, struct cert_info *ret_info, struct err *e)
{
    enum err_code code = describe(der, len, ret_info);

    return code == ERR_NONE ? 0 : err_set(e, code, STEP_CERTIFICATE);
}

/* --- the file ---------------------------------------------------------------------------- */

/* Why a file without a PEM block is refused. */
static enum err_code kind_without_block(const char *text, size_t len)
{
    struct der in = {(const unsigned char *)text, len}, outer, inner;

    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        len -= 3;
    }
    while (len > 0 && strchr(" \t\r\n\v\f", *text) != NULL && *text != '\0') {
        text++;
        len--;
    }
    if (len == 0)
        return ERR_CERT_EMPTY;
    /* A certificate begins with a sequence in a sequence, a private key with its version (RFC 5958
     * section 2, RFC 8017 appendix A.1.2, RFC 5915 section 3), PKCS #12 with version 3. */
    if (!der_take_tag(&in, DER_SEQUENCE, &outer))
        return len >= 4 && memcmp(text, "\x30\x82", 2) == 0 ? ERR_CERT_DER : ERR_CERT_NOT_PEM;
    if (der_take_tag(&outer, DER_INTEGER, &inner))
        return inner.len == 1 && inner.bytes[0] <= 1 ? ERR_CERT_PRIVATE_KEY : ERR_CERT_NOT_PEM;
    return der_take_tag(&outer, DER_SEQUENCE, &inner) ? ERR_CERT_DER : ERR_CERT_NOT_PEM;
}

static int refuse(struct err *e, enum err_code code, size_t block, const char *arg)
{
    char number[24] = "";

    if (block > 0)
        str_format(number, sizeof(number), "%zu", block);
    return err_set_args(e, code, STEP_CERTIFICATE, number, arg);
}

/* Check block number `block` and describe it. */
static int parse_block(const struct pem_block *b, size_t block, struct cert_info *ret_info,
                       struct err *e)
{
    char limit[24];
    struct buf der;
    enum err_code code;
    int r;

    if (strcmp(b->label, "CERTIFICATE") != 0)
        return refuse(e, ERR_CERT_OTHER_KIND, block, b->label);
    if (b->size > CERT_BLOCK_MAX) {
        str_format(limit, sizeof(limit), "%d", CERT_BLOCK_MAX);
        return refuse(e, ERR_CERT_TOO_LARGE, block, limit);
    }
    buf_init(&der, CERT_BLOCK_MAX);
    r = pem_decode(b, &der);
    if (r == 0)
        code = describe((const unsigned char *)der.data, der.len, ret_info);
    else
        code = r == -ERR_NO_MEMORY ? ERR_NO_MEMORY : ERR_CERT_MALFORMED;
    buf_done(&der);
    return code == ERR_NONE ? 0 : refuse(e, code, block, NULL);
}

static int add(struct cert_bundle *bundle, const struct cert_info *info, struct err *e)
{
    struct cert_info *more = reallocarray(bundle->certs, bundle->count + 1, sizeof(*bundle->certs));

    if (more == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_CERTIFICATE);
    bundle->certs = more;
    bundle->certs[bundle->count++] = *info;
    return 0;
}

int cert_parse(const char *pem, size_t len, struct cert_bundle *ret_bundle, struct err *e)
{
    static const char key_mark[] = "PRIVATE KEY-----"; /* ends the label of every kind of key */
    struct cert_bundle bundle = {0};
    const char *pos = pem, *end = pem + len;
    struct pem_block block;
    struct cert_info info;
    enum pem_found found;
    int r = 0;

    if (len > 0 && memmem(pem, len, key_mark, strlen(key_mark)) != NULL)
        return refuse(e, ERR_CERT_PRIVATE_KEY, 0, NULL);
    while (r == 0 && (found = pem_next(&pos, end, &block)) != PEM_NONE) {
        size_t number = bundle.count + 1;

        if (found == PEM_DAMAGED)
            r = refuse(e, ERR_CERT_MALFORMED, number, NULL);
        else if (number > CERT_BLOCKS_MAX)
            r = refuse(e, ERR_CERT_TOO_MANY, CERT_BLOCKS_MAX, NULL);
        else if ((r = parse_block(&block, number, &info, e)) == 0)
            r = add(&bundle, &info, e);
    }
    if (r == 0 && bundle.count == 0)
        r = refuse(e, kind_without_block(pem, len), 0, NULL);
    if (r < 0)
        cert_bundle_done(&bundle);
    else
        *ret_bundle = bundle;
    return r;
}

void cert_bundle_done(struct cert_bundle *b)
{
    free(b->certs);
    *b = (struct cert_bundle){0};
}

long cert_days_left(const struct cert_info *c, time_t now)
{
    time_t left = c->not_after - now;

    return left >= 0 ? (long)(left / DAY) : -(long)((-left + DAY - 1) / DAY);
}

void cert_fingerprint(const struct cert_info *c, char *dst, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t out = 0;

    for (size_t i = 0; i < sizeof(c->sha256) && out + 3 < size; i++) {
        if (i > 0)
            dst[out++] = ':';
        dst[out++] = digits[c->sha256[i] >> 4];
        dst[out++] = digits[c->sha256[i] & 15];
    }
    if (size > 0)
        dst[out] = '\0';
}
