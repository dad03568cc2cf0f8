/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/features.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"

/*
 * The feature in FEAT's reply, on a line of its own (RFC 2389 section 3.2): what follows its name.
 * Returns NULL when it is not there.
 */
static const char *find_feature(const struct reply *reply, const char *feature)
{
    size_t len = strlen(feature);

    for (const char *lf = strchr(buf_str(&reply->text), '\n'); lf != NULL;
         lf = strchr(lf + 1, '\n')) {
        const char *word = lf + 1;

        if (strncmp(word, "211-", 4) == 0)
            word += 4;
        word += strspn(word, " \t");
        if (strncasecmp(word, feature, len) == 0 && strchr(" \t\r\n", word[len]))
            return word + len + strspn(word + len, " \t");
    }
    return NULL;
}

static const struct {
    const char *name;
    enum feature feature;
} features[] = {
    {"UTF8", FEATURE_UTF8},  {"REST STREAM", FEATURE_REST}, {"MFMT", FEATURE_MFMT},
    {"MDTM", FEATURE_MDTM},  {"XSHA256", FEATURE_XSHA256},  {"XSHA1", FEATURE_XSHA1},
    {"XSHA", FEATURE_XSHA1}, {"XCRC", FEATURE_XCRC},
};

static const struct {
    const char *name;
    enum feature feature;
} hashes[] = {
    {"SHA-256", FEATURE_HASH_SHA256},
    {"SHA-1", FEATURE_HASH_SHA1},
    {"CRC32", FEATURE_HASH_CRC32},
};

/* "HASH SHA-256;SHA-1*;MD5" (draft-bryan-ftpext-hash section 3.1): the star is the one in force. */
static unsigned read_hashes(const char *list, const char **ret_hash_kind)
{
    unsigned found = 0;

    while (*list != '\0' && *list != '\r' && *list != '\n') {
        size_t len = strcspn(list, ";* \r\n");

        for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
            if (strlen(hashes[i].name) != len || strncasecmp(list, hashes[i].name, len) != 0)
                continue;
            found |= hashes[i].feature;
            if (list[len] == '*')
                *ret_hash_kind = hashes[i].name;
        }
        list += len;
        list += strspn(list, ";* ");
    }
    return found;
}

unsigned features_read(const struct reply *reply, const char **ret_hash_kind)
{
    const char *list = find_feature(reply, "HASH");
    unsigned found = 0;

    *ret_hash_kind = NULL;
    for (size_t i = 0; i < ARRAY_LEN(features); i++)
        if (find_feature(reply, features[i].name) != NULL)
            found |= features[i].feature;
    return list != NULL ? found | read_hashes(list, ret_hash_kind) : found;
}
