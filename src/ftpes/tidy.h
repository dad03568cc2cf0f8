/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tidy.h - a file that is not wanted any more (ftpes_task.remove): what earlier attempts left of it
 * goes, be it under the hidden temporary name or the plain one.
 *
 *     SIZE .netmenu-ID.part -> DELE; the same for netmenu-ID.part
 *
 * No folder is made for it: where the folder is gone, so is what was in it.
 */
#ifndef NM_FTPES_TIDY_H
#define NM_FTPES_TIDY_H

#include "ftpes/session.h"

/* The folder is entered; it is not there. */
void tidy_begin(struct ftpes_session *s);
void tidy_no_folder(struct ftpes_session *s);

/* What SIZE and DELE say. */
void tidy_look_reply(struct ftpes_session *s, int code);
void tidy_delete_reply(struct ftpes_session *s, int code);

#endif
