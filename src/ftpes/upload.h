/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * upload.h - the decisions of one upload: which folder, which name, and what the server's answers
 * to these and to STOR mean. session_reply.c asks; each answer is a state to enter or a failure.
 * Pure but for that.
 */
#ifndef NM_FTPES_UPLOAD_H
#define NM_FTPES_UPLOAD_H

#include "ftpes/session.h"

/* The folder: begin; then what an accepted or a refused CWD means. */
void upload_begin(struct ftpes_session *s);
void upload_walk(struct ftpes_session *s);
void upload_at_home(struct ftpes_session *s);
void upload_part_reply(struct ftpes_session *s, int code);
void upload_made_reply(struct ftpes_session *s, int code);
void upload_in_folder(struct ftpes_session *s);

/* The name on the server. */
void upload_earlier_reply(struct ftpes_session *s, int code);
void upload_name_taken(struct ftpes_session *s);
void upload_name_free(struct ftpes_session *s);
void upload_not_renamed(struct ftpes_session *s);
void upload_rename_refused(struct ftpes_session *s);

/* Go on to TLS or to sending when the server's mark and the data connection are both there. */
void upload_when_ready(struct ftpes_session *s);

/* Replies of STOR (APPE, RETR) until all bytes are sent; the last one after that; SIZE's. */
void upload_store_reply(struct ftpes_session *s, int code);
void upload_final_reply(struct ftpes_session *s, int code);
void upload_size_reply(struct ftpes_session *s, int code);

/* Whether the 213 that just came is the file's size. */
bool upload_size_agrees(const struct ftpes_session *s);

/* All bytes are there, as far as can be known: the time of the file, then its name. */
void upload_complete(struct ftpes_session *s);
void upload_write_time(struct ftpes_session *s); /* into s->up.time */
const char *upload_time_verb(const struct ftpes_session *s);

/* The states that follow then, and when the time is kept. */
enum state upload_after_complete(const struct ftpes_session *s);
enum state upload_after_time(const struct ftpes_session *s);
void upload_time_reply(struct ftpes_session *s, int code);

#endif
