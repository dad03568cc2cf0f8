/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cert/host_key.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <wolfssl/options.h>

#include <wolfssl/wolfcrypt/hash.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define FILE_MAX    (16 * 1024) /* bytes; a key of 16384 bits takes 3 kB */
#define BLOB_MAX    (8 * 1024)
#define SHA256_SIZE 32
#define QR_CHARS    22 /* of the fingerprint: 132 bits */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* --- base64 (RFC 4648 section 4) -------------------------------------------------------------- */

/* Strict: no blanks, right padding. Returns the bytes, -1 when it is not base64 or too long. */
static int decode(const char *text, size_t len, unsigned char *bytes, size_t size)
{
    size_t n = 0;
    uint32_t bits = 0;

    if (len == 0 || len % 4 != 0 || len / 4 * 3 > size)
        return -1;
    for (size_t i = 0; i < len; i++) {
        bool pad = text[i] == '=' && (i == len - 1 || (i == len - 2 && text[len - 1] == '='));
        const char *digit = pad || text[i] == '\0' ? NULL : strchr(digits, text[i]);

        if (!pad && digit == NULL)
            return -1;
        bits = bits << 6 | (uint32_t)(pad ? 0 : digit - digits);
        if (i % 4 == 3) {
            bytes[n++] = (unsigned char)(bits >> 16);
            bytes[n++] = (unsigned char)(bits >> 8);
            bytes[n++] = (unsigned char)bits;
        }
    }
    return (int)n - (text[len - 1] == '=') - (text[len - 2] == '=');
}

/* Without padding. size >= 43 + 1 for a SHA-256. */
static void encode(const unsigned char *bytes, size_t len, char *dst, size_t size)
{
    size_t out = 0;
    uint32_t bits = 0;
    int have = 0;

    for (size_t i = 0; i < len; i++) {
        bits = bits << 8 | bytes[i];
        for (have += 8; have >= 6 && out + 1 < size; have -= 6)
            dst[out++] = digits[bits >> (have - 6) & 63];
    }
    if (have > 0 && out + 1 < size)
        dst[out++] = digits[bits << (6 - have) & 63];
    dst[out] = '\0';
}

/* --- the blob --------------------------------------------------------------------------------- */

struct view {
    const unsigned char *at;
    size_t len;
};

/* A string: its length in four bytes, then it (RFC 4251 section 5). */
static bool take(struct view *v, struct view *ret_string)
{
    size_t len;

    if (v->len < 4)
        return false;
    len = (size_t)v->at[0] << 24 | (size_t)v->at[1] << 16 | (size_t)v->at[2] << 8 | v->at[3];
    if (len > v->len - 4)
        return false;
    *ret_string = (struct view){.at = v->at + 4, .len = len};
    v->at += 4 + len;
    v->len -= 4 + len;
    return true;
}

static bool same(struct view v, const char *text)
{
    return v.len == strlen(text) && memcmp(v.at, text, v.len) == 0;
}

static int bits_of(struct view number)
{
    int bits;

    while (number.len > 0 && number.at[0] == 0) { /* a sign */
        number.at++;
        number.len--;
    }
    if (number.len == 0)
        return 0;
    bits = (int)number.len * 8;
    for (unsigned char first = number.at[0]; (first & 0x80) == 0;
         first = (unsigned char)(first << 1))
        bits--;
    return bits;
}

/* Kind and size of a key; the blob names its kind like the line does. */
static bool look_at(struct view blob, struct view kind, struct host_key *key)
{
    static const struct {
        const char *kind, *type;
        int bits;
    } fixed[] = {
        {"ssh-ed25519", "ED25519", 256},
        {"ecdsa-sha2-nistp256", "ECDSA", 256},
        {"ecdsa-sha2-nistp384", "ECDSA", 384},
        {"ecdsa-sha2-nistp521", "ECDSA", 521},
    };
    struct view name, exponent, modulus;

    if (!take(&blob, &name) || name.len != kind.len || memcmp(name.at, kind.at, name.len) != 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
        if (same(name, fixed[i].kind)) {
            key->type = fixed[i].type;
            key->bits = fixed[i].bits;
            return blob.len > 0;
        }
    }
    if (!same(name, "ssh-rsa") || !take(&blob, &exponent) || !take(&blob, &modulus))
        return false;
    key->type = "RSA";
    key->bits = bits_of(modulus);
    return key->bits > 0;
}

/* --- the line --------------------------------------------------------------------------------- */

/* The word at *text, which is moved behind it and the blanks that follow. */
static struct view word(const char **text, const char *end)
{
    const char *from = *text, *to = from;
    struct view v;

    while (to < end && *to != ' ' && *to != '\t')
        to++;
    v = (struct view){.at = (const unsigned char *)from, .len = (size_t)(to - from)};
    while (to < end && (*to == ' ' || *to == '\t'))
        to++;
    *text = to;
    return v;
}

int host_key_parse(const char *line, size_t len, struct host_key *ret_key, struct err *e)
{
    const char *end = memchr(line, '\n', len);
    unsigned char bytes[BLOB_MAX], hash[SHA256_SIZE];
    struct host_key key = {.bits = 0};
    struct view kind, base64;
    int n;

    if (end == NULL)
        end = line + len;
    kind = word(&line, end);
    base64 = word(&line, end);
    n = decode((const char *)base64.at, base64.len, bytes, sizeof(bytes));
    if (n < 0 || !look_at((struct view){.at = bytes, .len = (size_t)n}, kind, &key) ||
        wc_Sha256Hash(bytes, (word32)n, hash) != 0)
        return err_set(e, ERR_DAMAGED, STEP_AUTHENTICATION);
    encode(hash, sizeof(hash), key.fingerprint, sizeof(key.fingerprint));
    for (size_t i = 0; i < QR_CHARS; i++) {
        char c = key.fingerprint[i];

        key.qr[i] = c == '+' ? '-' : c == '/' ? '_' : c;
    }
    safe_text(key.comment, sizeof(key.comment), line, (size_t)(end - line));
    if (key.comment[0] == '\0')
        str_copy(key.comment, sizeof(key.comment), "no comment");
    *ret_key = key;
    return 0;
}

int host_key_read(const char *folder, struct host_key *ret_key, struct err *e)
{
    static const char *const names[] = {"ssh_host_ed25519_key.pub", "ssh_host_ecdsa_key.pub",
                                        "ssh_host_rsa_key.pub"};
    char path[FILE_PATH_MAX];
    int r = -ERR_NOT_FOUND;
    struct buf b;

    for (size_t i = 0; i < ARRAY_LEN(names) && r == -ERR_NOT_FOUND; i++) {
        buf_init(&b, FILE_MAX);
        r = file_path(path, folder, names[i], e);
        if (r == 0)
            r = file_read(path, &b, STEP_AUTHENTICATION, e);
        if (r == 0)
            r = host_key_parse(buf_str(&b), b.len, ret_key, e);
        buf_done(&b);
    }
    return r;
}

void host_key_line(const struct host_key *key, char *dst, size_t size)
{
    str_format(dst, size, "%d SHA256:%s %s (%s)", key->bits, key->fingerprint, key->comment,
               key->type);
}
