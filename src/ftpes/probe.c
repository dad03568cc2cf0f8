/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ftpes/classify.h"
#include "ftpes/control.h"
#include "ftpes/session.h"

struct probe {
    char *host;
    struct tls_context *tls;
    struct ftpes_times times;
    probe_fn *fn;
    probe_step_fn *tell_step;
    void *arg;
    struct control *control;
    enum err_step step; /* where it is */
    bool over;          /* fn was called */
    struct probe_result result;
};

static void enter(struct probe *p, enum err_step step)
{
    p->step = step;
    if (p->tell_step != NULL)
        p->tell_step(p->arg, step, &p->result);
}

/* The last thing that happens to a probe: its owner may free it here. */
static void end(struct probe *p, const struct err *err)
{
    const struct tls *tls = stream_tls(control_stream(p->control));

    p->over = true;
    p->result.err = err != NULL ? *err : (struct err){.code = ERR_NONE};
    p->result.seen = tls;
    /* Before its choice is known the library names a suite that is none of ours. */
    if (tls != NULL && (err == NULL || tls_suite_known(tls)))
        p->result.tls = session_tls_info(tls);
    p->fn(p->arg, &p->result);
}

static void on_lost(struct probe *p)
{
    struct err err = *control_error(p->control);

    if (err.code == ERR_CANCELLED) { /* a look that saw all */
        end(p, NULL);
        return;
    }
    if (err.step == STEP_NONE)
        err.step = p->step;
    if (p->step == STEP_GREETING && err.code == ERR_TIMEOUT)
        err.code = ERR_NO_GREETING;
    end(p, &err);
}

static void refused(struct probe *p)
{
    const struct reply *reply = control_reply(p->control);
    char words[ERR_REPLY_MAX];
    size_t len = reply_explanation(reply, words, sizeof(words));
    struct err err;

    err_set_reply(&err, classify_reply(p->step, reply->code), p->step, reply->code, words,
                  (int)len);
    end(p, &err);
}

static void on_greeting(struct probe *p)
{
    const struct reply *reply = control_reply(p->control);
    char words[ERR_REPLY_MAX];
    struct err err;
    size_t len;

    if (reply->code == 120) { /* ready in some minutes */
        control_expect(p->control, p->times.reply);
        return;
    }
    if (reply->code != 220) {
        refused(p);
        return;
    }
    len = reply_explanation(reply, words, sizeof(words));
    safe_text(p->result.greeting, sizeof(p->result.greeting), words, len);
    if (p->tls == NULL) {
        end(p, NULL);
        return;
    }
    enter(p, STEP_AUTH_TLS);
    if (control_send(p->control, "AUTH TLS", NULL, p->times.reply, &err) < 0) {
        err.step = p->step;
        end(p, &err);
    }
}

static void on_auth(struct probe *p)
{
    struct err err;

    if (control_reply(p->control)->code != 234) {
        refused(p);
        return;
    }
    enter(p, STEP_HANDSHAKE);
    if (control_start_tls(p->control, p->tls, p->host, &err) < 0)
        end(p, &err);
}

static void on_control(void *arg, enum control_event event)
{
    struct probe *p = arg;

    if (p->over) /* the server ends it, too */
        return;
    switch (event) {
    case CONTROL_CONNECTED:
        p->result.connected = stream_peer(control_stream(p->control), &p->result.peer);
        enter(p, STEP_GREETING);
        control_expect(p->control, p->times.reply);
        break;
    case CONTROL_REPLY:
        if (p->step == STEP_GREETING)
            on_greeting(p);
        else
            on_auth(p);
        break;
    case CONTROL_SECURE:
        end(p, NULL);
        break;
    case CONTROL_LOST:
        on_lost(p);
        break;
    }
}

int probe_new(struct probe **ret_p, struct loop *loop, const struct probe_plan *plan, probe_fn *fn,
              void *arg, struct err *e)
{
    struct stream_times times = {
        .connect = plan->times.connect, .handshake = plan->times.reply, .dead = plan->times.stall};
    struct probe *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    p->host = strdup(plan->host);
    p->tls = plan->tls;
    p->times = plan->times;
    p->fn = fn;
    p->tell_step = plan->step;
    p->arg = arg;
    p->step = STEP_CONNECT;
    p->control = control_new(loop, &times, on_control, p);
    if (p->host == NULL || p->control == NULL) {
        probe_free(p);
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    }
    control_connect(p->control, plan->host, plan->port);
    *ret_p = p;
    return 0;
}

void probe_free(struct probe *p)
{
    if (p == NULL)
        return;
    control_free(p->control);
    free(p->host);
    free(p);
}
