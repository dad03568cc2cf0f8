/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.h - command lines, built in one place that lets no second command in. Pure.
 */
#ifndef NM_FTPES_COMMAND_H
#define NM_FTPES_COMMAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define COMMAND_MAX 4096 /* bytes of a line with its end */

/*
 * Whether text can be an argument: no control character (a CR or LF would begin a command of its
 * own), no byte 0xFF (Telnet's IAC, RFC 959 section 2.3), and room for it.
 */
bool command_argument_ok(const char *arg);

/*
 * Append "VERB arg CR LF"; arg may be NULL. Nothing is appended on failure.
 * Errors: ERR_NAME (arg 0: the verb; never the argument, which may be a password); ERR_NO_MEMORY.
 */
int command_build(struct buf *line, const char *verb, const char *arg, struct err *e);

#endif
