/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/tidy.h"

static void look(struct ftpes_session *s, bool hidden)
{
    name_temporary(s->up.temp, s->up.temp_id, hidden);
    session_enter(s, STATE_TIDY_LOOK);
}

/* One of the names is done with. */
static void next_name(struct ftpes_session *s)
{
    if (s->up.temp[0] == '.')
        look(s, false);
    else
        session_uploaded(s);
}

void tidy_begin(struct ftpes_session *s)
{
    look(s, true);
}

void tidy_no_folder(struct ftpes_session *s)
{
    session_uploaded(s);
}

/* Only "there is none" (550) saves the DELE: a server may not tell sizes. */
void tidy_look_reply(struct ftpes_session *s, int code)
{
    s->up.may_exist = code == 213;
    if (code == 550)
        next_name(s);
    else if (reply_is(code, 4))
        session_refused(s, STEP_SIZE);
    else
        session_enter(s, STATE_TIDY);
}

void tidy_delete_reply(struct ftpes_session *s, int code)
{
    struct err err = session_reply_error(s, ERR_DELETE);

    if (reply_is(code, 2) || (code == 550 && !s->up.may_exist)) {
        next_name(s);
        return;
    }
    s->up.may_exist = false; /* or it would be tried once more at once */
    session_fail(s, &err);
}
