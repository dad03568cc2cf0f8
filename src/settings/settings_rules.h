/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_rules.h - rules of values that go beyond a kind and its limits, for the table.
 *
 * Each takes len bytes and returns 0 or the error that names the rule (STEP_SETTINGS).
 */
#ifndef NM_SETTINGS_SETTINGS_RULES_H
#define NM_SETTINGS_SETTINGS_RULES_H

#include <stddef.h>

#include "base/err.h"

/* UTF-8 without control characters. Errors: ERR_VALUE_UTF8, ERR_VALUE_CHARACTER (no arguments). */
int rule_text(const char *value, size_t len, struct err *e);

/* Any bytes but control characters: FTP cannot carry those. Errors: ERR_VALUE_CHARACTER. */
int rule_password(const char *value, size_t len, struct err *e);

/*
 * A host name of letters, digits, dots and hyphens (RFC 1123 section 2.1), an IPv4 address or an
 * IPv6 address without brackets. A name whose last part is a number is an IPv4 address or wrong.
 * Errors: ERR_VALUE_HOST, ERR_VALUE_ADDRESS.
 */
int rule_host(const char *value, size_t len, struct err *e);

#endif
