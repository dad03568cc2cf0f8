/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * outcome.h - how files and sessions end, and how the owner hears of it. The functions of session.h
 * that fail, end and refuse are here as well.
 */
#ifndef NM_FTPES_OUTCOME_H
#define NM_FTPES_OUTCOME_H

#include "ftpes/session.h"

/* The last moment to note the final name; or, NULL, that it does not hold. Returns whether the
 * session still exists. */
bool outcome_tell_naming(struct ftpes_session *s, const char *name);

/* The owner is to note the final name; ftpes_session_named() goes on. ERR_CLIP_CHANGED when what
 * was sent is not the file any more. */
void outcome_ask_naming(struct ftpes_session *s);

/* STOR's last reply, after we broke off. It may know the cause better than a broken connection. */
void outcome_abort_reply(struct ftpes_session *s, int code);

/* DELE's reply to the file of a trial. */
void outcome_trial_reply(struct ftpes_session *s, int code);

/* Nothing of a file that failed is left: the session goes on if others can be sent. */
void outcome_removed(struct ftpes_session *s);

/* The control connection is lost. What that means depends on what was asked. */
void outcome_lost(struct ftpes_session *s);

/* The last state: tell it. */
void outcome_closed(struct ftpes_session *s);

#endif
