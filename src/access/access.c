/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access/access.h"

#include <string.h>

#include "base/random.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"
#define SIGNS   "!%+,-.=_"

static const char allowed[] = LETTERS DIGITS SIGNS;

/* Not isalpha(3): the rule does not change with the language. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

bool access_character(char c)
{
    return is_one_of(c, allowed);
}

static bool all_allowed(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!access_character(text[i]))
            return false;
    return true;
}

static int check(const char *text, size_t len, size_t min, size_t max, struct err *e)
{
    /* characters first: the length of a text with accents would be counted in bytes */
    if (!all_allowed(text, len))
        return err_set_args(e, ERR_VALUE_CHARACTER, STEP_AUTHENTICATION, ACCESS_CHARACTERS, NULL);
    if (len < min || len > max)
        return err_set_limits(e, ERR_VALUE_LENGTH, STEP_AUTHENTICATION, (long)min, (long)max);
    return 0;
}

int access_check_user(const char *user, size_t len, struct err *e)
{
    return check(user, len, ACCESS_USER_MIN, ACCESS_USER_MAX, e);
}

int access_check_password(const char *password, size_t len, struct err *e)
{
    struct access_rules rules = access_rules_of(password, len);
    int r = check(password, len, ACCESS_PASSWORD_MIN, ACCESS_PASSWORD_MAX, e);

    if (r == 0 && !(rules.letter && rules.digit))
        r = err_set(e, ERR_VALUE_LETTER_DIGIT, STEP_AUTHENTICATION);
    return r;
}

struct access_rules access_rules_of(const char *password, size_t len)
{
    struct access_rules rules = {
        .length = len >= ACCESS_PASSWORD_MIN && len <= ACCESS_PASSWORD_MAX,
        .characters = all_allowed(password, len),
    };

    for (size_t i = 0; i < len; i++) {
        rules.letter = rules.letter || is_one_of(password[i], LETTERS);
        rules.digit = rules.digit || is_one_of(password[i], DIGITS);
    }
    return rules;
}

void access_generate(struct secret *ret_password)
{
    char text[ACCESS_PASSWORD_MAX];

    /* A whole new string when a rule is not met: to mend one would make some strings likelier. */
    do
        for (size_t i = 0; i < sizeof(text); i++)
            text[i] = allowed[random_below(sizeof(allowed) - 1)];
    while (access_check_password(text, sizeof(text), NULL) < 0);
    (void)secret_set(ret_password, text, sizeof(text)); /* cannot fail: shorter than SECRET_MAX */
    explicit_bzero(text, sizeof(text));
}
