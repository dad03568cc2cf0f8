/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session_data.c - what the news of the data connection mean to the conversation.
 */
#include "ftpes/session.h"

#include <string.h>

#include "base/utf8.h"
#include "ftpes/open.h"
#include "ftpes/resume.h"
#include "ftpes/upload.h"
#include "ftpes/verify.h"

bool session_is_asking(const struct ftpes_session *s)
{
    return s->state == STATE_REST || s->state == STATE_STOR || s->state == STATE_APPE ||
           s->state == STATE_RETR;
}

static void on_data_failed(struct ftpes_session *s)
{
    struct err err = *data_error(s->data);

    if (s->early) { /* no harm done: the next file asks anew */
        session_drop_data(s);
        return;
    }
    if (s->state == STATE_DATA_CONNECT && open_try_pasv(s))
        return;
    if (!s->no_resume && data_tls(s->data) != NULL && tls_resume_denied(data_tls(s->data))) {
        s->no_resume = s->up.again = true;
    } else if (verify_data_failed(s, &err)) {
        return;
    } else if (session_is_asking(s) && !s->up.marked && err_class(err.code) == ERR_CLASS_RETRY) {
        session_drop_data(s); /* as some servers do when they refuse STOR: the reply says why */
        return;
    }
    if (err.step == STEP_CLIP)
        safe_text(err.arg[0], sizeof(err.arg[0]), s->up.name, strlen(s->up.name));
    else
        err.step = session_step(s);
    session_fail(s, &err);
}

void session_on_data(void *arg, enum data_event event)
{
    struct ftpes_session *s = arg;

    switch (event) {
    case DATA_CONNECTED:
        s->data_up = true;
        s->reached |= s->passive;
        if (s->early)
            break;
        if (s->state == STATE_DATA_CONNECT) {
            resume_transfer(s);
        } else {
            loop_timer_start(s->timer, s->times.mark); /* active mode: now it can run out */
            upload_when_ready(s);
        }
        break;
    case DATA_SECURE:
        s->data_secured = true;
        s->resumed |= tls_resumed(data_tls(s->data));
        s->up.result.tls = session_tls_info(data_tls(s->data));
        s->up.result.resumed = tls_resumed(data_tls(s->data));
        upload_when_ready(s);
        break;
    case DATA_PROGRESS:
        s->events.progress(s->arg, s->up.offset + data_arrived(s->data), s->up.offset);
        break;
    case DATA_SENT:
        s->up.sent = true;
        s->up.result.sent = s->up.size - s->up.offset;
        session_enter(s, STATE_FINAL);
        break;
    case DATA_RECEIVED:
        verify_received(s);
        break;
    case DATA_FAILED:
        on_data_failed(s);
        break;
    }
}

int session_secure_data(struct ftpes_session *s, struct err *e)
{
    return data_secure(s->data, s->tls, s->host, control_stream(s->control), !s->no_resume, e);
}
