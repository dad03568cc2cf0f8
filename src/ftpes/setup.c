/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/setup.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ftpes/command.h"

void setup_login_reply(struct ftpes_session *s, int code)
{
    if (code == 331 && s->state == STATE_USER)
        session_enter(s, STATE_PASS);
    else if (code == 230 || code == 232 || (code == 202 && s->state == STATE_PASS))
        session_enter(s, s->secure ? STATE_PBSZ : STATE_FEAT);
    else
        session_refused(s, STEP_LOGIN);
}

/*
 * The feature in FEAT's reply, on a line of its own (RFC 2389 section 3.2): what follows its name.
 * Returns NULL when it is not there.
 */
static const char *find_feature(const struct reply *reply, const char *feature)
{
    size_t len = strlen(feature);

    for (const char *lf = strchr(buf_str(&reply->text), '\n'); lf != NULL;
         lf = strchr(lf + 1, '\n')) {
        const char *word = lf + 1 + strspn(lf + 1, " ");

        if (word > lf + 1 && strncasecmp(word, feature, len) == 0 && strchr(" \r\n", word[len]))
            return word + len + strspn(word + len, " ");
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
static void note_hashes(struct ftpes_session *s, const char *list)
{
    while (*list != '\0' && *list != '\r' && *list != '\n') {
        size_t len = strcspn(list, ";* \r\n");

        for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
            if (strlen(hashes[i].name) != len || strncasecmp(list, hashes[i].name, len) != 0)
                continue;
            s->features |= hashes[i].feature;
            if (list[len] == '*')
                s->hash_kind = hashes[i].name;
        }
        list += len;
        list += strspn(list, ";* ");
    }
}

void setup_features(struct ftpes_session *s, int code)
{
    const struct reply *reply = control_reply(s->control);
    const char *list;

    if (code != 211)
        return;
    for (size_t i = 0; i < ARRAY_LEN(features); i++) {
        if (find_feature(reply, features[i].name) != NULL)
            s->features |= features[i].feature;
    }
    list = find_feature(reply, "HASH");
    if (list != NULL)
        note_hashes(s, list);
}

void setup_home(struct ftpes_session *s, int code)
{
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (code != 257 || !name_from_257(s->home, sizeof(s->home), words, len) ||
        !command_argument_ok(s->home))
        s->home[0] = '\0';
}
