/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_text.h - what Check Server found, as sentences: for netmenuctl and for the menu's page.
 *
 * Each item of a report has a title, an outcome in a word, what was found, and what to do about it;
 * a report as a whole has a verdict. All of it is translated and safe to show.
 */
#ifndef NM_TEXT_CHECK_TEXT_H
#define NM_TEXT_CHECK_TEXT_H

#include <stddef.h>

#include "ftpes/check.h"

/* "Certificate" */
const char *text_check_title(enum check_id id);

/* "OK", "Failed" ...; "" while it waits. */
const char *text_check_outcome(enum check_outcome outcome);

/* "Offered", "Not offered" ... */
const char *text_check_suite(enum check_suite suite);

struct check_text {
    char finding[1024]; /* one or two sentences */
    char remedy[1024];  /* what to do; "" for nothing */
    char reply[400];    /* the server's own words on it; "" for none */
};

void text_check_item(const struct check_report *r, enum check_id id, struct check_text *ret_text);

/* The verdict, once every item has its outcome: sentences, each on a line of its own. */
void text_check_verdict(const struct check_report *r, char *dst, size_t size);

/* "2026-11-22 to 2027-11-22: 364 days left" */
void text_check_dates(const struct cert_info *cert, char *dst, size_t size);

#endif
