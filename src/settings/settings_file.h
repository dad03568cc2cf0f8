/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_file.h - the settings of a unit as one file, to carry to another or to keep.
 *
 * The file is one JSON object, UTF-8, at most SETTINGS_FILE_MAX bytes:
 *
 *     {
 *       "netmenu": "settings",            what it is
 *       "format": 1,                      a reader refuses a higher number
 *       "made_by": "netmenu 0.1.0", "made": "2026-11-23T02:48:01Z",      for people
 *       "values": { "server.1.host": "ingest.example.net", "server.1.port": 21, ... },
 *       "certificates": { "server.1": "-----BEGIN CERTIFICATE-----...", "server.2": "" },
 *       "secrets": { "kdf": "scrypt", "log_n": 15, "r": 8, "p": 3, "salt": hex,
 *                    "cipher": "aes-256-gcm", "nonce": hex, "sealed": hex }
 *     }
 *
 * "values" has keys of netmenu-settings(5) but those of the unit's own user name and password, and
 * no passwords. What is not named stays as it is; a whole file, as format writes it, names all.
 * "certificates" are root certificates as PEM; "" is none. "secrets" is there only when a
 * passphrase was given: the text of settings_secrets.h with all passwords, sealed (seal.h) and
 * bound to values and certificates, so that nobody can lead the passwords to another server by
 * changing the rest. Keys that are not known are refused.
 *
 * Calling sequence: settings_file_format(...) makes the text. settings_file_parse(text, len, &f, e)
 * checks everything that is in the clear; settings_file_open(f, passphrase, e) the rest.
 *
 * Ownership: a struct settings_file is the caller's until settings_file_free, which wipes it.
 */
#ifndef NM_SETTINGS_SETTINGS_FILE_H
#define NM_SETTINGS_SETTINGS_FILE_H

#include <time.h>

#include "base/buf.h"
#include "settings/settings.h"

#define SETTINGS_FILE_NAME      "netmenu-settings.json" /* in the root of a memory card */
#define SETTINGS_FILE_MAX       (8 * 1024 * 1024)       /* bytes */
#define SETTINGS_PASSPHRASE_MIN 8                       /* bytes of a passphrase */

struct settings_file;

/*
 * The text of a file with all settings and the certificates: pems[N] is that of server N as text,
 * "" for none; pems[0] is not used. passphrase NULL: without passwords. Errors: ERR_TOO_LARGE,
 * ERR_NO_MEMORY; ERR_VALUE_LENGTH for a passphrase that is too short; those of seal_close.
 */
int settings_file_format(const struct settings *s, const char *const pems[SETTINGS_SERVERS + 1],
                         const struct secret *passphrase, time_t now, struct buf *ret_text,
                         struct err *e);

/*
 * Read and check all that is in the clear. On failure ret_where names the key that is wrong, or "".
 * Errors: ERR_SETTINGS_FILE (arg 0: where), ERR_SETTINGS_FILE_NEWER (arg 0: its format),
 * ERR_UNKNOWN_KEY, those of setting_check, ERR_NO_MEMORY.
 */
int settings_file_parse(const char *text, size_t len, struct settings_file **ret_f,
                        char ret_where[SETTING_KEY_MAX], struct err *e);
void settings_file_free(struct settings_file *f);

/* Whether it holds passwords under a passphrase, and whether they have been opened. */
bool settings_file_is_sealed(const struct settings_file *f);
bool settings_file_is_open(const struct settings_file *f);

/*
 * Open and check the passwords. Errors: ERR_PASSPHRASE; ERR_SETTINGS_FILE when what was sealed is
 * no list of passwords; those of seal_open.
 */
int settings_file_open(struct settings_file *f, const struct secret *passphrase, struct err *e);

/* "netmenu 0.1.0" and "2026-11-23T02:48:01Z" as the file has them, safe to show; "" when it does
 * not say. */
const char *settings_file_made_by(const struct settings_file *f);
const char *settings_file_made(const struct settings_file *f);

/* The value of a setting that is no secret; it belongs to the file. NULL: the file does not name
 * it, and it stays as it is. */
const char *settings_file_value(const struct settings_file *f, enum setting_id id, int server);

/* The same of a password: NULL before the file is open; an empty one is none. */
const struct secret *settings_file_secret(const struct settings_file *f, enum setting_id id,
                                          int server);

/* The same of the root certificate of a server: PEM, "" for none. */
const char *settings_file_pem(const struct settings_file *f, int server);

#endif
