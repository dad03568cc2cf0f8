/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/open.h"

#include "ftpes/address.h"
#include "ftpes/resume.h"
#include "ftpes/verify.h"

static struct data *new_data(struct ftpes_session *s)
{
    struct stream_times times = {
        .connect = s->times.connect, .handshake = s->times.reply, .dead = s->times.stall};

    session_drop_data(s);
    s->data_up = s->data_secured = s->up.marked = false;
    s->data = data_new(s->loop, &times, s->times.stall, session_on_data, s);
    if (s->data != NULL && s->up.transfer != TRANSFER_STORE)
        verify_expect(s);
    return s->data;
}

void open_data(struct ftpes_session *s)
{
    bool early = s->early && s->up.transfer == TRANSFER_STORE;

    s->early = false;
    if (early && s->data_up)
        resume_transfer(s);
    else if (early)
        session_enter(s, STATE_DATA_CONNECT);
    else if (s->passive)
        session_enter(s, s->no_epsv ? STATE_PASV : STATE_EPSV);
    else
        session_enter(s, s->no_eprt ? STATE_PORT : STATE_EPRT);
}

/*
 * The next file's data connection comes about while this one is looked at and renamed. Only where
 * one did before: a port that is walled off would be found out again for each file.
 */
enum state open_early(const struct ftpes_session *s)
{
    if (!s->up.more || !s->reached || s->in_turn)
        return STATE_SIZE;
    return s->no_epsv ? STATE_NEXT_PASV : STATE_NEXT_EPSV;
}

/* EPSV does not work here. PASV can only name an IPv4 address (RFC 2428 section 1). */
bool open_try_pasv(struct ftpes_session *s)
{
    struct endpoint peer;

    if (s->no_epsv || !stream_peer(control_stream(s->control), &peer) || endpoint_is_ipv6(&peer))
        return false;
    s->no_epsv = true;
    session_enter(s, STATE_PASV);
    return true;
}

/*
 * Begin to connect where the 229 or 227 says: the port is the server's to say, the host is not, it
 * is the control connection's. Returns false when the reply is another one, or says nothing.
 */
static bool connect_data(struct ftpes_session *s, int code)
{
    bool epsv = s->state == STATE_EPSV || s->state == STATE_NEXT_EPSV;
    struct endpoint peer;
    uint16_t port;
    size_t len;
    const char *words = reply_words(control_reply(s->control), &len);

    if (code != (epsv ? 229 : 227) ||
        (epsv ? address_parse_229 : address_parse_227)(words, len, &port) < 0 ||
        !stream_peer(control_stream(s->control), &peer) || new_data(s) == NULL)
        return false;
    endpoint_set_port(&peer, port);
    data_connect(s->data, &peer);
    return true;
}

void open_passive_reply(struct ftpes_session *s, int code)
{
    if (connect_data(s, code)) {
        session_enter(s, STATE_DATA_CONNECT);
        return;
    }
    if (!reply_is(code, 4) && open_try_pasv(s))
        return;
    session_refused(s, STEP_DATA_CONNECT);
}

void open_early_reply(struct ftpes_session *s, int code)
{
    s->early = connect_data(s, code);
    session_enter(s, STATE_SIZE);
}

/* Active mode: listen where the control connection has its near end, and say so. */
void open_listen(struct ftpes_session *s)
{
    const struct stream *control = control_stream(s->control);
    struct endpoint here, peer, ep;
    char text[ADDRESS_TEXT_MAX];
    struct err err;

    if (!stream_local(control, &here) || !stream_peer(control, &peer) || new_data(s) == NULL) {
        session_fail_with(s, ERR_NO_MEMORY);
        return;
    }
    if (data_listen(s->data, &here, &peer, &ep, &err) < 0) {
        session_fail(s, &err);
        return;
    }
    if (s->state == STATE_EPRT) {
        address_eprt(&ep, text);
        session_send(s, "EPRT", text);
    } else {
        address_port(&ep, text);
        session_send(s, "PORT", text);
    }
}

void open_active_reply(struct ftpes_session *s, int code)
{
    struct endpoint peer;

    if (reply_is(code, 2)) {
        resume_transfer(s);
    } else if (s->state == STATE_EPRT && reply_is(code, 5) &&
               stream_peer(control_stream(s->control), &peer) && !endpoint_is_ipv6(&peer)) {
        s->no_eprt = true;
        session_enter(s, STATE_PORT);
    } else {
        session_refused(s, STEP_DATA_CONNECT);
    }
}
