/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/setup.h"

#include <string.h>

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

void setup_features(struct ftpes_session *s, int code)
{
    if (code == 211)
        s->features = features_read(control_reply(s->control), &s->hash_kind);
}

void setup_home(struct ftpes_session *s, int code)
{
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (code != 257 || !name_from_257(s->home, sizeof(s->home), words, len) ||
        !command_argument_ok(s->home))
        s->home[0] = '\0';
}
