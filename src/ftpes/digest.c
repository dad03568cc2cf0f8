/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/digest.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/sha.h>
#include <wolfssl/wolfcrypt/sha256.h>

#include "base/str.h"

#define CHUNK     (64 * 1024)   /* bytes of one pread(2) */
#define TURN      (1024 * 1024) /* bytes before the loop gets its turn */
#define BYTES_MAX 32            /* of a hash */

struct digest {
    enum digest_kind kind;
    union {
        wc_Sha256 sha256;
        wc_Sha sha1;
        struct {
            uint32_t value;
            uint32_t table[256];
        } crc;
    } u;

    int fd;
    int64_t at, until; /* of the file */
    struct loop_timer *turn;
    bool ended;
    struct err err;
    char *chunk;
    digest_fn *fn;
    void *arg;
};

static const size_t bytes_of[] = {[DIGEST_SHA256] = 32, [DIGEST_SHA1] = 20, [DIGEST_CRC32] = 4};

/* --- the three kinds ------------------------------------------------------------------------- */

/* The reflected polynomial of ISO 3309, a byte at a time. */
static void crc_begin(struct digest *d)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;

        for (int bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? 0xedb88320 : 0);
        d->u.crc.table[i] = value;
    }
    d->u.crc.value = 0xffffffff;
}

static void crc_add(struct digest *d, const unsigned char *bytes, size_t len)
{
    uint32_t value = d->u.crc.value;

    for (size_t i = 0; i < len; i++)
        value = d->u.crc.table[(value ^ bytes[i]) & 0xff] ^ value >> 8;
    d->u.crc.value = value;
}

static bool begin(struct digest *d)
{
    switch (d->kind) {
    case DIGEST_SHA256:
        return wc_InitSha256(&d->u.sha256) == 0;
    case DIGEST_SHA1:
        return wc_InitSha(&d->u.sha1) == 0;
    case DIGEST_CRC32:
        crc_begin(d);
        break;
    }
    return true;
}

void digest_add(struct digest *d, const void *bytes, size_t len)
{
    switch (d->kind) {
    case DIGEST_SHA256:
        wc_Sha256Update(&d->u.sha256, bytes, (word32)len);
        break;
    case DIGEST_SHA1:
        wc_ShaUpdate(&d->u.sha1, bytes, (word32)len);
        break;
    case DIGEST_CRC32:
        crc_add(d, bytes, len);
        break;
    }
}

/* The hash so far, by a copy: the original goes on. */
static void result(struct digest *d, unsigned char dst[BYTES_MAX])
{
    struct digest copy = {.kind = d->kind};
    uint32_t crc;

    switch (d->kind) {
    case DIGEST_SHA256:
        wc_Sha256Copy(&d->u.sha256, &copy.u.sha256);
        wc_Sha256Final(&copy.u.sha256, dst);
        wc_Sha256Free(&copy.u.sha256);
        break;
    case DIGEST_SHA1:
        wc_ShaCopy(&d->u.sha1, &copy.u.sha1);
        wc_ShaFinal(&copy.u.sha1, dst);
        wc_ShaFree(&copy.u.sha1);
        break;
    case DIGEST_CRC32:
        crc = d->u.crc.value ^ 0xffffffff;
        for (int i = 0; i < 4; i++)
            dst[i] = (unsigned char)(crc >> (24 - 8 * i));
        break;
    }
}

void digest_text(struct digest *d, char dst[DIGEST_TEXT_MAX])
{
    unsigned char bytes[BYTES_MAX] = {0};

    result(d, bytes);
    for (size_t i = 0; i < bytes_of[d->kind]; i++)
        str_format(dst + 2 * i, 3, "%02x", bytes[i]);
}

/* --- reading --------------------------------------------------------------------------------- */

static void end(struct digest *d)
{
    d->ended = true;
    d->fn(d->arg);
}

/* Returns whether there is a next piece to read. */
static bool read_piece(struct digest *d)
{
    size_t want = d->until - d->at < CHUNK ? (size_t)(d->until - d->at) : CHUNK;
    ssize_t n = pread(d->fd, d->chunk, want, (off_t)d->at);

    if (n < 0 && errno == EINTR)
        return true;
    if (n < 0) {
        err_set_errno(&d->err, STEP_CLIP, errno, NULL);
        d->err.code = ERR_CLIP_UNREADABLE;
        return false;
    }
    if (n == 0) {
        err_set(&d->err, ERR_CLIP_CHANGED, STEP_CLIP);
        return false;
    }
    digest_add(d, d->chunk, (size_t)n);
    d->at += n;
    return d->at < d->until;
}

static void on_turn(void *arg)
{
    struct digest *d = arg;
    int64_t pause = d->at + TURN;
    bool more = d->at < d->until;

    while (more && d->at < pause)
        more = read_piece(d);
    if (more)
        loop_timer_start(d->turn, 0);
    else
        end(d);
}

void digest_read(struct digest *d, int64_t until)
{
    d->until = until;
    d->ended = false;
    loop_timer_start(d->turn, 0);
}

bool digest_ended(const struct digest *d)
{
    return d->ended;
}

const struct err *digest_error(const struct digest *d)
{
    return &d->err;
}

struct digest *digest_new(struct loop *loop, enum digest_kind kind, int fd, digest_fn *fn,
                          void *arg)
{
    struct digest *d = calloc(1, sizeof(*d));

    if (d == NULL)
        return NULL;
    d->kind = kind;
    d->fd = fd;
    d->fn = fn;
    d->arg = arg;
    d->turn = loop_timer_new(loop, on_turn, d);
    d->chunk = malloc(CHUNK);
    if (d->chunk == NULL || !begin(d)) {
        loop_timer_free(d->turn);
        free(d->chunk);
        free(d);
        return NULL;
    }
    return d;
}

void digest_free(struct digest *d)
{
    if (d == NULL)
        return;
    switch (d->kind) {
    case DIGEST_SHA256:
        wc_Sha256Free(&d->u.sha256);
        break;
    case DIGEST_SHA1:
        wc_ShaFree(&d->u.sha1);
        break;
    case DIGEST_CRC32:
        break;
    }
    loop_timer_free(d->turn);
    free(d->chunk);
    free(d);
}

/* --- the server's word ----------------------------------------------------------------------- */

static bool is_hex(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!isxdigit((unsigned char)text[i]))
            return false;
    }
    return len > 0;
}

static void take(char dst[DIGEST_TEXT_MAX], const char *digits, size_t len, size_t want)
{
    memset(dst, '0', want - len);
    for (size_t i = 0; i < len; i++)
        dst[want - len + i] = (char)tolower((unsigned char)digits[i]);
    dst[want] = '\0';
}

bool digest_in_reply(enum digest_kind kind, const char *words, size_t len,
                     char ret_text[DIGEST_TEXT_MAX])
{
    size_t want = 2 * bytes_of[kind];
    const char *end = words + len, *word = words, *only = NULL;
    size_t count = 0, only_len = 0;

    while (word < end) {
        size_t n = 0;

        while (word < end && isspace((unsigned char)*word))
            word++;
        while (word + n < end && !isspace((unsigned char)word[n]))
            n++;
        if (n == want && is_hex(word, n)) {
            take(ret_text, word, n, want);
            return true;
        }
        if (n > 0 && ++count == 1) {
            only = word;
            only_len = n;
        }
        word += n;
    }
    if (kind != DIGEST_CRC32 || count != 1 || only_len > want || !is_hex(only, only_len))
        return false;
    take(ret_text, only, only_len, want);
    return true;
}

bool digest_agrees(struct digest *d, const char *words, size_t len)
{
    char ours[DIGEST_TEXT_MAX], theirs[DIGEST_TEXT_MAX];

    if (!digest_in_reply(d->kind, words, len, theirs))
        return false;
    digest_text(d, ours);
    return strcmp(ours, theirs) == 0;
}
