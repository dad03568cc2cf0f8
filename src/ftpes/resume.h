/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resume.h - going on where an earlier attempt ended. session_reply.c and upload.c ask; each
 * answer is a state to enter or a failure, as in upload.h.
 *
 *     SIZE -> verify.h: is it the file's? -> REST n and STOR, or APPE
 *
 * Whatever is missing, refused or in doubt on that way means: from the beginning, by a plain STOR.
 * It is never a failure of its own.
 */
#ifndef NM_FTPES_RESUME_H
#define NM_FTPES_RESUME_H

#include "ftpes/session.h"

/* The folder is entered: look for a part, or send. What SIZE says of it. */
void resume_begin(struct ftpes_session *s);
void resume_size_reply(struct ftpes_session *s, int code);

/* verify.c: what is there is the file's; it is not; that cannot be known. */
void resume_go_on(struct ftpes_session *s);
void resume_look_again(struct ftpes_session *s);
void resume_start_over(struct ftpes_session *s);

/* The data connection can be used: by which command, and from where on. */
void resume_transfer(struct ftpes_session *s);
void resume_restart(struct ftpes_session *s);
void resume_restart_reply(struct ftpes_session *s, int code);

/* Bytes begin to go out. */
void resume_sending(struct ftpes_session *s);

/* STOR or APPE, which was to continue, is refused for good. */
void resume_refused(struct ftpes_session *s);

/* Another data connection is wanted for it: bytes of this attempt may be stored already. */
void resume_once_more(struct ftpes_session *s);

/*
 * The operator does not want the file any more. Returns whether an answer is awaited here; and, for
 * that answer, whether all that follows from it is done.
 */
bool resume_cancel(struct ftpes_session *s);
bool resume_cancelled(struct ftpes_session *s, int code);

/* For the result: whether resuming is what failed. */
bool resume_was_in_vain(const struct ftpes_session *s, const struct err *err);

#endif
