/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_private.h - the inside of a struct settings, for settings.c and the store.
 */
#ifndef NM_SETTINGS_SETTINGS_PRIVATE_H
#define NM_SETTINGS_SETTINGS_PRIVATE_H

#include "settings/settings.h"

#define SETTINGS_OF_UNIT    ((int)SET_SERVER_NAME) /* ids below are the unit's */
#define SETTINGS_OF_SERVER  ((int)SET_COUNT - SETTINGS_OF_UNIT)
#define SETTINGS_SLOT_COUNT (SETTINGS_OF_UNIT + SETTINGS_SERVERS * SETTINGS_OF_SERVER)

/* One setting of one server or of the unit. */
struct settings_slot {
    char *text;            /* the value, or the default; never NULL */
    struct secret *secret; /* of a SETTING_SECRET that is set; else NULL */
    bool set;              /* differs from the default */
};

struct settings {
    int64_t generation;
    int64_t secrets_generation; /* of the secrets that belong to these settings; 0: none */
    struct settings_slot slots[SETTINGS_SLOT_COUNT];
};

/* All defaults. Errors: NULL without memory. */
struct settings *settings_new(void);

/* The slot of a setting, and which setting a slot is (server is 0 for those of the unit). */
int settings_slot(enum setting_id id, int server);
void settings_slot_name(int slot, enum setting_id *ret_id, int *ret_server);

/*
 * Set a checked value or secret; NULL is the default. *changed becomes true when it was another.
 * Errors: ERR_NO_MEMORY.
 */
int settings_put(struct settings *s, enum setting_id id, int server, const char *value,
                 bool *changed);
int settings_put_secret(struct settings *s, enum setting_id id, int server,
                        const struct secret *secret, bool *changed);

#endif
