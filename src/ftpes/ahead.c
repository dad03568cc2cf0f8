/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/ahead.h"

#include <string.h>

#include "ftpes/upload.h"

/* The state whose command may go out behind that of `state`; STATE_COUNT: none. */
static enum state next_state(const struct ftpes_session *s, enum state state)
{
    static const enum state next[STATE_COUNT] = {
        [STATE_PBSZ] = STATE_PROT,      [STATE_TYPE] = STATE_PWD,  [STATE_NEXT_EPSV] = STATE_SIZE,
        [STATE_NEXT_PASV] = STATE_SIZE, [STATE_RNFR] = STATE_RNTO, /* the name was noted before */
    };

    if (state == STATE_SIZE)
        return s->up.digest != NULL ? STATE_COUNT : upload_after_complete(s);
    if (state == STATE_RNFR && s->up.other_named)
        return STATE_COUNT;
    if (state == STATE_KEEP_TIME)
        return upload_after_time(s);
    return next[state] != STATE_CONNECT ? next[state] : STATE_COUNT;
}

static void send_ahead(struct ftpes_session *s)
{
    enum state state = next_state(s, s->state);

    /* NAMING has no command: the name is noted before RNFR */
    while (!s->in_turn && state != STATE_COUNT && state != STATE_NAMING &&
           s->ahead_count < SESSION_AHEAD_MAX && session_say(s, state)) {
        s->ahead[s->ahead_count++] = state;
        state = next_state(s, state);
    }
}

void ahead_enter(struct ftpes_session *s)
{
    s->awaits_ahead = false;
    if (s->ahead_count > 0 && s->ahead[0] != s->state) {
        control_pass_over(s->control, s->ahead_count);
        s->ahead_count = 0;
    }
}

void ahead_say(struct ftpes_session *s)
{
    if (s->ahead_count == 0) {
        if (session_say(s, s->state))
            send_ahead(s);
        return;
    }
    s->awaits_ahead = true;
    s->ahead_count--;
    memmove(&s->ahead[0], &s->ahead[1], s->ahead_count * sizeof(s->ahead[0]));
    control_expect(s->control, s->times.reply);
}
