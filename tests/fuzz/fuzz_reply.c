/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as what a server says on the control connection. The replies must be the same however
 * the bytes are cut into packets, keep to their limits, and their words lie within their text. Each
 * is read as every reply that the engine reads: of SIZE, PWD, FEAT and the hash commands.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "ftpes/digest.h"
#include "ftpes/features.h"
#include "ftpes/names.h"
#include "ftpes/reply.h"

#define REPLIES_MAX 64 /* of one input that are looked at */

/* What came of an input: its replies, and where it ended. */
struct outcome {
    int codes[REPLIES_MAX];
    size_t used[REPLIES_MAX]; /* bytes up to the end of each */
    size_t words[REPLIES_MAX];
    size_t count;
    int result; /* the last of reply_feed() */
};

/* Nothing but known bits, and what HASH computes is one of them. */
static void check_features(const struct reply *r)
{
    const char *kind = "";
    unsigned hashes = FEATURE_HASH_SHA256 | FEATURE_HASH_SHA1 | FEATURE_HASH_CRC32;
    unsigned found = features_read(r, &kind);

    if (found >= FEATURE_XCRC * 2u || (kind != NULL && (found & hashes) == 0))
        abort();
}

/* A hash has its kind's digits, in lower case. */
static void check_hashes(const char *words, size_t len)
{
    static const size_t digits[] = {64, 40, 8};
    char text[DIGEST_TEXT_MAX];

    for (int kind = DIGEST_SHA256; kind <= DIGEST_CRC32; kind++)
        if (digest_in_reply((enum digest_kind)kind, words, len, text) &&
            (strlen(text) != digits[kind] || strspn(text, "0123456789abcdef") != digits[kind]))
            abort();
}

static void check_words(const struct reply *r, struct outcome *o)
{
    char home[64];
    size_t len;
    const char *words = reply_words(r, &len);

    if (len > 0 && (words < r->text.data || words + len > r->text.data + r->text.len))
        abort();
    if (len > 0 && memchr(words, '\n', len) != NULL)
        abort();
    if (name_from_257(home, sizeof(home), words, len) && strlen(home) >= sizeof(home))
        abort();
    if (reply_size(r) < -1 || reply_size(r) > 999999999999999999)
        abort();
    check_features(r);
    check_hashes(words, len);
    o->words[o->count] = len;
}

static void check_reply(const struct reply *r, struct outcome *o, size_t used)
{
    if (r->code < 100 || r->code > 599 || !r->complete || r->lines > REPLY_LINES_MAX)
        abort();
    if (r->text.len == 0 || r->text.len > REPLY_BYTES_MAX || r->text.data[r->text.len - 1] != '\n')
        abort();
    check_words(r, o);
    o->codes[o->count] = r->code;
    o->used[o->count++] = used;
}

/* Feed the bytes in pieces of at most `piece`. */
static struct outcome feed(const char *bytes, size_t size, size_t piece)
{
    struct outcome o = {.count = 0};
    struct reply r;
    size_t at = 0, used;

    reply_init(&r);
    while (at < size && o.result >= 0 && o.count < REPLIES_MAX) {
        size_t len = size - at < piece ? size - at : piece;

        o.result = reply_feed(&r, bytes + at, len, &used);
        if (used > len || (o.result == 0 && used != len) || o.result > 1)
            abort();
        at += used;
        if (o.result == 1)
            check_reply(&r, &o, at);
    }
    reply_done(&r);
    return o;
}

static void same(const struct outcome *a, const struct outcome *b)
{
    if (a->count != b->count || a->result != b->result)
        abort();
    for (size_t i = 0; i < a->count; i++)
        if (a->codes[i] != b->codes[i] || a->used[i] != b->used[i] || a->words[i] != b->words[i])
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct outcome whole = feed(bytes, size, size);
    struct outcome bytewise = feed(bytes, size, 1);
    struct outcome pieces = feed(bytes, size, 7);

    same(&whole, &bytewise);
    same(&whole, &pieces);
    return 0;
}
