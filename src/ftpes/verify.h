/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verify.h - whether what the server has is the file's: the part that an earlier attempt left, and
 * the whole in the end. By a hash command (HASH of draft-bryan-ftpext-hash, or one of the X
 * commands that came before it), else by RETR of the last 64 KiB, compared as they come.
 */
#ifndef NM_FTPES_VERIFY_H
#define NM_FTPES_VERIFY_H

#include "ftpes/session.h"

/* up.stored bytes are there: resume_go_on(), resume_look_again() or resume_start_over() follows. */
void verify_part(struct ftpes_session *s);

/*
 * All bytes went out. SIZE agrees: the hash of a file that was resumed is compared, too. Or there
 * is no SIZE. upload_complete() follows, or ERR_PART_DIFFERS.
 */
void verify_whole(struct ftpes_session *s);
void verify_by_reading(struct ftpes_session *s);

/* OPTS HASH and the hash command. */
void verify_choose_hash(struct ftpes_session *s);
void verify_choose_reply(struct ftpes_session *s, int code);
void verify_hash(struct ftpes_session *s);
void verify_hash_reply(struct ftpes_session *s, int code);

/* The data connection is new, and something is to be read through it: say what. */
void verify_expect(struct ftpes_session *s);

/*
 * What was to be read has come, or something else has; RETR's last reply; the data connection
 * failed. Returns whether that is all that follows from it.
 */
void verify_received(struct ftpes_session *s);
void verify_read_reply(struct ftpes_session *s, int code);
bool verify_data_failed(struct ftpes_session *s, const struct err *err);

/* REST, on the way to RETR, is refused. */
void verify_read_refused(struct ftpes_session *s);

/* The hash is of no use any more. */
void verify_forget(struct ftpes_session *s);

#endif
