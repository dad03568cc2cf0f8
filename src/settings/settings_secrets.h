/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_secrets.h - the text of the secrets file.
 *
 *     generation 7
 *     auth.password 41626364313233
 *     server.1.password 70617373
 *     end
 *
 * Values are hex; the last line tells a whole file from one that was cut. Text is made and read in
 * a struct buf, which wipes itself; nothing else keeps a copy.
 */
#ifndef NM_SETTINGS_SETTINGS_SECRETS_H
#define NM_SETTINGS_SETTINGS_SECRETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "settings/settings_private.h"

#define SECRETS_FILE_MAX (64 * 1024) /* bytes; 17 secrets need less than 10 KB */

/* The generation of a whole, well-formed file. False when it is neither. */
bool secrets_generation(const struct buf *b, int64_t *ret_generation);

/*
 * Put the secrets of a well-formed file into s. *ret_ignored counts those that break their rule or
 * have no row. Errors: ERR_NO_MEMORY.
 */
int secrets_parse(const struct buf *b, struct settings *s, int *ret_ignored);

/* The text for the secrets of s. Errors: those of buf_append. */
int secrets_format(const struct settings *s, struct buf *b);

#endif
