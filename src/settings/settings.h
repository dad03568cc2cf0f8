/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings.h - every setting: what it is called, what it may be, what it is now.
 *
 * Purpose: one table (settings_table.c) holds key, kind, default, limits, rule and secrecy of each
 * setting and serves the menu, netmenuctl, the file loader, the manual and the tests. Values live
 * in folder/settings.json (one record with a generation number), secrets in folder/secrets
 * (`key hex` lines, 0600). Both are written durably and twice, so that a damaged file is replaced
 * by its last good copy and the operator is told.
 *
 * Calling sequence, reading: settings_load(folder, &s, &told, e); settings_str(s, SET_SERVER_HOST,
 * 1); settings_free(s). Writing: fill a struct setting_change list; settings_apply(folder, list, n,
 * e) takes the lock, reloads, checks all, saves once or changes nothing.
 *
 * Ownership: a struct settings is a snapshot; strings from it live as long as it does. Secrets in
 * it are wiped by settings_free.
 */
#ifndef NM_SETTINGS_SETTINGS_H
#define NM_SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"

#define SETTINGS_SERVERS  16  /* server settings, numbered from 1 */
#define SETTING_VALUE_MAX 256 /* bytes of a value with its NUL */
#define SETTING_KEY_MAX   48

enum setting_id {
    SET_AUTH_USER,
    SET_AUTH_PASSWORD,
    SET_LAN_TYPE,
    SET_WLAN_SSID,
    SET_WLAN_SECURITY,
    SET_WLAN_PASSWORD,
    SET_WLAN_DHCP,
    SET_WLAN_ADDRESS,
    SET_WLAN_MASK,
    SET_WLAN_GATEWAY,
    SET_WLAN_DNS_AUTO,
    SET_WLAN_DNS1,
    SET_WLAN_DNS2,
    SET_WLAN_COUNTRY,
    SET_WIRED_ENABLED,
    SET_WIRED_DHCP,
    SET_WIRED_ADDRESS,
    SET_WIRED_MASK,
    SET_WIRED_GATEWAY,
    SET_WIRED_DNS_AUTO,
    SET_WIRED_DNS1,
    SET_WIRED_DNS2,
    SET_USB_ENABLED,
    SET_TRANSFER_DEFAULT_SERVER,
    SET_DISPLAY_LANGUAGE,
    SET_DISPLAY_THEME,
    /* one of each for every server */
    SET_SERVER_NAME,
    SET_SERVER_HOST,
    SET_SERVER_PORT,
    SET_SERVER_USER,
    SET_SERVER_PASSWORD,
    SET_SERVER_PASSIVE,
    SET_SERVER_DIR,
    SET_SERVER_SECURE,
    SET_SERVER_ENCRYPTION,
    SET_SERVER_EXISTS,
    SET_SERVER_SESSIONS,
    SET_COUNT
};

enum setting_kind {
    SETTING_TEXT,
    SETTING_NUMBER,
    SETTING_SWITCH, /* "on" or "off" */
    SETTING_CHOICE,
    SETTING_ADDRESS, /* IPv4 in four segments, or "" for none */
    SETTING_SECRET,
};

/* What a setting belongs to: what [Network Reset] puts back, what a settings file carries. */
enum setting_group {
    SETTING_OF_NETWORK, /* reset and carried */
    SETTING_OF_ACCESS,  /* the unit's own user name and password: neither */
    SETTING_OF_DISPLAY, /* carried */
};

struct setting {
    const char *key; /* "auth.user"; "server.N.host" for those of a server */
    enum setting_kind kind;
    const char *preset;         /* the default; "" is "not set"; for a server's, N is its number */
    long min, max;              /* characters of a text, bytes of a secret, or a number */
    const char *const *choices; /* CHOICE: words, NULL at the end */
    /* The rule beyond kind and limits; NULL when there is none. Errors: ERR_VALUE_... */
    int (*check)(const char *value, size_t len, struct err *e);
    bool per_server;
    enum setting_group group;
    const char *item;  /* as the menu names it, untranslated */
    const char *about; /* sentences for the manual, untranslated */
};

/* The row of a setting. */
const struct setting *setting_row(enum setting_id id);

/* "server.3.host" -> SET_SERVER_HOST and 3 (0 for settings of the unit). Errors: ERR_UNKNOWN_KEY.
 */
int setting_find(const char *key, enum setting_id *ret_id, int *ret_server, struct err *e);

/* The key as scripts write it. */
void setting_key(enum setting_id id, int server, char dst[SETTING_KEY_MAX]);

/* The default of this setting of this server: the preset with its N filled in. */
void setting_preset(enum setting_id id, int server, char dst[SETTING_VALUE_MAX]);

/*
 * Whether a value obeys kind, limits and rule. Errors: the ERR_VALUE_... that names the rule, with
 * its numbers, characters or words as arguments.
 */
int setting_check(enum setting_id id, const char *value, size_t len, struct err *e);

struct settings;

/* What loading found, for the operator to be told. */
struct settings_told {
    bool settings_restored; /* settings.json was damaged; its last good copy is used */
    bool settings_lost;     /* both were; defaults are used */
    bool secrets_restored;
    bool secrets_lost;
    int ignored; /* values in the file that break their rule or have no row: defaults used */
};

/*
 * Load what is in folder; missing files mean defaults. Damage never fails: see ret_told (may be
 * NULL). Loading changes nothing on the disk; the next settings_apply keeps a damaged file aside as
 * NAME.damaged and writes it anew, and until then every load tells.
 * Errors: ERR_PERMISSION, ERR_IO, ERR_BUSY (locked for seconds), ERR_NO_MEMORY.
 */
int settings_load(const char *folder, struct settings **ret_s, struct settings_told *ret_told,
                  struct err *e);
void settings_free(struct settings *s);

/* Counts every change; a session to a server belongs to one generation. */
int64_t settings_generation(const struct settings *s);

/* The value as text; "" for a secret, which never leaves its type. server: 1.. for per_server
 * settings, else 0. */
const char *settings_str(const struct settings *s, enum setting_id id, int server);
long settings_number(const struct settings *s, enum setting_id id, int server);
bool settings_on(const struct settings *s, enum setting_id id, int server);

/* The index of a choice in its row's words. */
int settings_choice(const struct settings *s, enum setting_id id, int server);

/* The secret; an empty one when it is not set. */
const struct secret *settings_secret(const struct settings *s, enum setting_id id, int server);

/* Whether the value differs from its default. */
bool settings_is_set(const struct settings *s, enum setting_id id, int server);

struct setting_change {
    enum setting_id id;
    int server;
    const char *value;           /* NULL: back to the default */
    const struct secret *secret; /* for SETTING_SECRET; NULL: cleared */
};

/*
 * Check all changes and save them as one: after 0 they would survive a pulled battery; after a
 * failure nothing has changed (but see base/file.h). The folder is made when it is missing. What
 * was so already is not written again.
 * Errors: those of setting_check (STEP_SETTINGS, the arguments
 * name the rule), ERR_DISK_FULL ...
 */
int settings_apply(const char *folder, const struct setting_change *changes, size_t count,
                   struct err *e);

/* What belongs to a change besides the values: see settings_apply_with. */
struct settings_hook {
    int64_t expected; /* the generation that the change was made for; -1: any */
    bool anyway;      /* count the generation up even when no value differs */
    /* Called under the lock before the change holds; now and next are the generations before and
     * after it. A failure (negative, e filled) is that of the change. NULL: nothing. */
    int (*before)(void *arg, int64_t now, int64_t next, struct err *e);
    void *arg;
};

/* settings_apply with a hook. Errors: as settings_apply, ERR_CHANGED_MEANWHILE, those of before. */
int settings_apply_with(const char *folder, const struct setting_change *changes, size_t count,
                        const struct settings_hook *hook, struct err *e);

/* Call fn with the generation that holds, while nobody can change it. Errors: those of
 * settings_load and fn. */
int settings_locked(const char *folder, int (*fn)(void *arg, int64_t generation, struct err *e),
                    void *arg, struct err *e);

#endif
