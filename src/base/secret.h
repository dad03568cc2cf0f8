/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * secret.h - a password, in a type that cannot be printed by accident and wipes itself.
 *
 * Calling sequence: struct secret s = SECRET_EMPTY; secret_set(&s, text, len) ...; secret_wipe(&s).
 * Ownership: the bytes are inside; copying the struct copies the secret, so pass pointers.
 * Nothing in the tree hands one to a log, an error, a record of json-c or an argument list.
 */
#ifndef NM_BASE_SECRET_H
#define NM_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define SECRET_MAX 255 /* bytes: the longest password of a server */

struct secret {
    size_t len;
    char text[SECRET_MAX + 1]; /* NUL-terminated */
};

#define SECRET_EMPTY \
    {                \
        .len = 0     \
    }

/* Errors: ERR_TOO_LARGE over SECRET_MAX bytes; ERR_VALUE_UTF8 for a NUL inside. */
int secret_set(struct secret *s, const char *text, size_t len);

void secret_copy(struct secret *dst, const struct secret *src);
void secret_wipe(struct secret *s);

/* Compare without telling by time where they differ. */
bool secret_equal(const struct secret *a, const struct secret *b);

/*
 * Read one line from fd, without its LF or CR LF; nothing past the line is kept or shown.
 * Errors: ERR_IO, ERR_TOO_LARGE; ERR_NOT_FOUND when the input ends before any byte.
 */
int secret_read_line(struct secret *s, int fd);

/* Keep secrets out of core files and away from other processes of the user (prctl(2)). */
void secret_protect_process(void);

#endif
