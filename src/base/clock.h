/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clock.h - time, as two clocks that are never mixed: one for waiting, one for showing.
 */
#ifndef NM_BASE_CLOCK_H
#define NM_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds since some fixed moment; never jumps. For deadlines and rates. */
int64_t clock_ms(void);

#define CLOCK_TEXT_MAX 32

/* t as RFC 3339 in UTC, "2026-11-22T23:31:29Z". */
const char *clock_rfc3339(time_t t, char text[CLOCK_TEXT_MAX]);

/* The moment an RFC 3339 text of that form names; (time_t)-1 when it is not one. */
time_t clock_parse(const char *text);

#endif
