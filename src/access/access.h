/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * access.h - the rules of the unit's own user name and password.
 *
 * User name: 1 to 16, password: 8 to 16 with at least one letter and one digit, both of A-Z a-z
 * 0-9 ! % + , - . = _ (security guide, "Precautions Related to the Network Function"). The rules
 * are data so that a form can show each one as it is met.
 */
#ifndef NM_ACCESS_ACCESS_H
#define NM_ACCESS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/secret.h"

#define ACCESS_USER_MIN     1
#define ACCESS_USER_MAX     16
#define ACCESS_PASSWORD_MIN 8
#define ACCESS_PASSWORD_MAX 16
#define ACCESS_USER_DEFAULT "admin"
#define ACCESS_CHARACTERS   "A-Z a-z 0-9 ! % + , - . = _" /* for people */

/* Whether c may stand in a user name or password. */
bool access_character(char c);

/* Errors: ERR_VALUE_LENGTH (args: min, max), ERR_VALUE_CHARACTER (args: the allowed ones). */
int access_check_user(const char *user, size_t len, struct err *e);

/* Errors: as above; ERR_VALUE_LETTER_DIGIT. */
int access_check_password(const char *password, size_t len, struct err *e);

/* Which rules a password being typed meets, for the live line. */
struct access_rules {
    bool length, characters, letter, digit;
};
struct access_rules access_rules_of(const char *password, size_t len);

/* A password of 16 characters that meets the rules, each allowed password equally likely. */
void access_generate(struct secret *ret_password);

#endif
