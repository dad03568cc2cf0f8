/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.h - errors, states and quantities as sentences for people, translated.
 *
 * Every error becomes three parts: the step ("Logging in to the server"), the cause ("The server
 * refused the user name or password") and the remedy ("Check User Name and Password in Server
 * Settings"). The server's own words follow. err_sentences.c has them for each error code.
 */
#ifndef NM_TEXT_TEXT_H
#define NM_TEXT_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "net/suites.h"
#include "service/service.h"
#include "settings/settings.h"
#include "spool/spool.h"

#define TEXT_MAX 1024

struct err_text {
    char step[128]; /* "" for STEP_NONE */
    char cause[TEXT_MAX];
    char remedy[TEXT_MAX];          /* "" when there is nothing to do */
    char reply[ERR_REPLY_MAX + 16]; /* "530 Login incorrect."; "" when there is none */
};

void text_of_err(const struct err *err, struct err_text *ret_text);

/* The whole in one line: "Step: cause. Remedy (530 Login incorrect.)". */
void text_err_line(const struct err *err, char *dst, size_t size);

/* "Waiting", "Transferring" ... */
const char *text_job_state(enum job_state state);

/* "1.9 GB": decimal units, at most three digits and a unit. */
void text_bytes(char *dst, size_t size, int64_t bytes);

/* "41 MB/s" */
void text_rate(char *dst, size_t size, int64_t bytes_per_second);

/* "0:17", "1:02:05" */
void text_duration(char *dst, size_t size, int64_t seconds);

/* "2026-11-22 23:31" in local time; "" for no time at all (0 and before). */
void text_time(char *dst, size_t size, time_t t);

/* Why a cipher suite is recommended or deprecated. */
const char *text_suite_why(const struct tls_suite *suite);

/* How an attempt to log in ended: "let in", "wrong" ... */
const char *text_outcome(enum gate_outcome outcome);

/* "Logins are refused for 0:28"; "" when they are not. */
void text_lock(const struct service_lock *lock, char *dst, size_t size);

/* What loading the settings found damaged; "" when nothing was. */
void text_settings_told(const struct settings_told *told, char *dst, size_t size);

#endif
