/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.h - what the replies of login and set-up say.
 */
#ifndef NM_FTPES_SETUP_H
#define NM_FTPES_SETUP_H

#include "ftpes/session.h"

/* USER or PASS was answered: logged in, or not. */
void setup_login_reply(struct ftpes_session *s, int code);

/* FEAT: note what the server can. */
void setup_features(struct ftpes_session *s, int code);

/* PWD: note where login ended, if the server says so in a way that can be said back. */
void setup_home(struct ftpes_session *s, int code);

#endif
