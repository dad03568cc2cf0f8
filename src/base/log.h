/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log.h - a program's diary: one line an event, with a time, a level and no secrets.
 *
 * Purpose: programs open it (to a file of bounded size, or to stderr); engines and services write
 * to it. Until it is opened, lines go nowhere. Foreign text is made safe by the log itself.
 */
#ifndef NM_BASE_LOG_H
#define NM_BASE_LOG_H

#include "base/err.h"

enum log_level {
    LOG_LEVEL_ERROR, /* the operator must act */
    LOG_LEVEL_INFO,  /* states and outcomes: what a support person reads */
    LOG_LEVEL_DEBUG, /* the conversation, PASS left out */
};

/*
 * Append to path (mode 0600); at LOG_FILE_MAX bytes it becomes path.1 and a new one begins.
 * Errors: as errno says; the log stays as it was.
 */
#define LOG_FILE_MAX (1024 * 1024)
int log_open(const char *path, const char *program, enum log_level level, struct err *e);

/* Write to stderr instead, for a program run by hand with --debug. */
void log_to_stderr(const char *program, enum log_level level);

void log_close(void);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
