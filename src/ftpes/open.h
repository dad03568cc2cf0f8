/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * open.h - the way to a data connection: EPSV, then PASV; or EPRT, then PORT. What works is
 * remembered for the session. What it is opened for: up.transfer. session_reply.c asks, as
 * of upload.h.
 */
#ifndef NM_FTPES_OPEN_H
#define NM_FTPES_OPEN_H

#include "ftpes/session.h"

void open_data(struct ftpes_session *s);

/*
 * All bytes of a file are with the server: the state that follows, which is SIZE, or before it
 * asking for the next file's port; and what the server answered.
 */
enum state open_early(const struct ftpes_session *s);
void open_early_reply(struct ftpes_session *s, int code);

/* Active mode: on entering EPRT or PORT. */
void open_listen(struct ftpes_session *s);

/* What EPSV, PASV, EPRT, PORT answered. */
void open_passive_reply(struct ftpes_session *s, int code);
void open_active_reply(struct ftpes_session *s, int code);

/* EPSV's port is out of reach: PASV, if it can help. Returns whether it was sent. */
bool open_try_pasv(struct ftpes_session *s);

#endif
