/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/setup.h"

#include <string.h>
#include <strings.h>

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

/* Whether FEAT's reply has a feature on a line of its own (RFC 2389 section 3.2). */
static bool has_feature(const struct reply *reply, const char *feature)
{
    size_t len = strlen(feature);

    for (const char *lf = strchr(buf_str(&reply->text), '\n'); lf != NULL;
         lf = strchr(lf + 1, '\n')) {
        const char *word = lf + 1 + strspn(lf + 1, " ");

        if (word > lf + 1 && strncasecmp(word, feature, len) == 0 && strchr(" \r\n", word[len]))
            return true;
    }
    return false;
}

void setup_features(struct ftpes_session *s, int code)
{
    s->utf8 = code == 211 && has_feature(control_reply(s->control), "UTF8");
}

void setup_home(struct ftpes_session *s, int code)
{
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (code != 257 || !name_from_257(s->home, sizeof(s->home), words, len) ||
        !command_argument_ok(s->home))
        s->home[0] = '\0';
}
