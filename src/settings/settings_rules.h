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

/* The name of a wireless network: UTF-8 of at most 32 bytes (IEEE 802.11 section 9.4.2.2), without
 * control characters. Errors: ERR_VALUE_UTF8, ERR_VALUE_CHARACTER, ERR_VALUE_LENGTH. */
int rule_ssid(const char *value, size_t len, struct err *e);

/* Printable ASCII, as WPA passphrases are (IEEE 802.11 annex J.4). Errors: ERR_VALUE_CHARACTER. */
int rule_passphrase(const char *value, size_t len, struct err *e);

/* Two capital letters (ISO 3166), or nothing. Errors: ERR_VALUE_COUNTRY. */
int rule_country(const char *value, size_t len, struct err *e);

/* The name of a translation as gettext writes it, "de" or "pt_BR", or nothing.
 * Errors: ERR_VALUE_CHARACTER. */
int rule_language(const char *value, size_t len, struct err *e);

/* An IPv4 address that a host may have (not 0.x, 127.x or from 224 on), or nothing.
 * Errors: ERR_VALUE_IPV4. */
int rule_ipv4(const char *value, size_t len, struct err *e);

/* A subnet mask: ones, then zeros, /1 to /30, or nothing. Errors: ERR_VALUE_MASK. */
int rule_mask(const char *value, size_t len, struct err *e);

/*
 * Whether address, mask and gateway ("" for none) make a set that works: the address is a host's in
 * its subnet and the gateway another one's there. Each has passed its own rule.
 * Errors: ERR_VALUE_IPV4 (none given), ERR_VALUE_MASK (none given), ERR_VALUE_NO_HOST,
 * ERR_VALUE_GATEWAY.
 */
int rule_ipv4_set(const char *address, const char *mask, const char *gateway, struct err *e);

#endif
