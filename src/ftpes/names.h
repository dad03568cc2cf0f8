/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names.h - names of files and folders on the server. Pure.
 */
#ifndef NM_FTPES_NAMES_H
#define NM_FTPES_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define NAMES_MAX 512 /* bytes of a name with its NUL */

/* Whether it can be a file's name: not empty, no "/", not "." or "..", fit for a command. */
bool name_ok(const char *name);

/* Whether it can be a temporary name's middle: [A-Za-z0-9]+, not too long. */
bool name_id_ok(const char *temp_id);

/*
 * The temporary name of an upload: hidden for those who watch the folder, or plain for servers
 * that forbid hidden names.
 */
void name_temporary(char name[NAMES_MAX], const char *temp_id, bool hidden);

/*
 * The name to try when others are taken: number 1 is the name itself, 2 "name (2).ext". The
 * extension is what follows the last dot, unless that is the first character.
 * Returns whether it fits.
 */
bool name_numbered(char dst[NAMES_MAX], const char *name, unsigned number);

/*
 * The next part of a folder's path: moves *path behind it and copies it to part; empty parts do not
 * count. Returns false at the end, or when a part is too long.
 */
bool name_next_part(const char **path, char part[NAMES_MAX]);

/*
 * The folder inside a 257 reply to PWD: the quoted text, a doubled quote standing for one (RFC 959
 * appendix II). Returns false when there is none or it does not fit.
 */
bool name_from_257(char *dst, size_t size, const char *words, size_t len);

#endif
