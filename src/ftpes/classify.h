/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * classify.h - what a refusal means. Pure: one table from step and reply code to our error.
 *
 * The error's class (err_list.h) then says who is concerned: this file, this server, or only this
 * moment.
 */
#ifndef NM_FTPES_CLASSIFY_H
#define NM_FTPES_CLASSIFY_H

#include "base/err.h"

/* code: 100..599, and not what the step hoped for. */
enum err_code classify_reply(enum err_step step, int code);

#endif
