/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "settings/settings_private.h"

int settings_slot(enum setting_id id, int server)
{
    return (int)id + (setting_row(id)->per_server ? (server - 1) * SETTINGS_OF_SERVER : 0);
}

void settings_slot_name(int slot, enum setting_id *ret_id, int *ret_server)
{
    bool of_server = slot >= SETTINGS_OF_UNIT;
    int offset = slot - SETTINGS_OF_UNIT;

    *ret_id = (enum setting_id)(of_server ? SETTINGS_OF_UNIT + offset % SETTINGS_OF_SERVER : slot);
    *ret_server = of_server ? offset / SETTINGS_OF_SERVER + 1 : 0;
}

struct settings *settings_new(void)
{
    struct settings *s = calloc(1, sizeof(*s));

    for (int i = 0; s != NULL && i < SETTINGS_SLOT_COUNT; i++) {
        char preset[SETTING_VALUE_MAX];
        enum setting_id id;
        int server;

        settings_slot_name(i, &id, &server);
        setting_preset(id, server, preset);
        s->slots[i].text = strdup(preset);
        if (s->slots[i].text == NULL) {
            settings_free(s);
            return NULL;
        }
    }
    return s;
}

static void free_secret(struct secret *secret)
{
    if (secret != NULL)
        secret_wipe(secret);
    free(secret);
}

void settings_free(struct settings *s)
{
    if (s == NULL)
        return;
    for (int i = 0; i < SETTINGS_SLOT_COUNT; i++) {
        free(s->slots[i].text);
        free_secret(s->slots[i].secret);
    }
    free(s);
}

int settings_put(struct settings *s, enum setting_id id, int server, const char *value,
                 bool *changed)
{
    struct settings_slot *slot = &s->slots[settings_slot(id, server)];
    char preset[SETTING_VALUE_MAX], number[24];
    char *copy;
    long n;

    setting_preset(id, server, preset);
    if (value == NULL)
        value = preset;
    else if (setting_row(id)->kind == SETTING_NUMBER && str_to_long(value, 0, 0xffffffL, &n) &&
             str_format(number, sizeof(number), "%ld", n))
        value = number; /* without leading zeros */
    if (strcmp(slot->text, value) == 0)
        return 0;
    copy = strdup(value);
    if (copy == NULL)
        return -ERR_NO_MEMORY;
    free(slot->text);
    slot->text = copy;
    slot->set = strcmp(value, preset) != 0;
    *changed = true;
    return 0;
}

int settings_put_secret(struct settings *s, enum setting_id id, int server,
                        const struct secret *secret, bool *changed)
{
    struct settings_slot *slot = &s->slots[settings_slot(id, server)];
    struct secret *copy = NULL;

    if (secret != NULL && secret->len > 0) {
        if (slot->secret != NULL && secret_equal(slot->secret, secret))
            return 0;
        copy = malloc(sizeof(*copy));
        if (copy == NULL)
            return -ERR_NO_MEMORY;
        secret_copy(copy, secret);
    } else if (slot->secret == NULL) {
        return 0;
    }
    free_secret(slot->secret);
    slot->secret = copy;
    slot->set = copy != NULL;
    *changed = true;
    return 0;
}

int64_t settings_generation(const struct settings *s)
{
    return s->generation;
}

const char *settings_str(const struct settings *s, enum setting_id id, int server)
{
    return s->slots[settings_slot(id, server)].text;
}

long settings_number(const struct settings *s, enum setting_id id, int server)
{
    return strtol(s->slots[settings_slot(id, server)].text, NULL, 10);
}

bool settings_on(const struct settings *s, enum setting_id id, int server)
{
    return strcmp(s->slots[settings_slot(id, server)].text, "on") == 0;
}

int settings_choice(const struct settings *s, enum setting_id id, int server)
{
    const char *const *words = setting_row(id)->choices;
    const char *text = s->slots[settings_slot(id, server)].text;
    int i = 0;

    while (words[i] != NULL && strcmp(words[i], text) != 0)
        i++;
    return words[i] != NULL ? i : 0;
}

const struct secret *settings_secret(const struct settings *s, enum setting_id id, int server)
{
    static const struct secret none = SECRET_EMPTY;
    const struct settings_slot *slot = &s->slots[settings_slot(id, server)];

    return slot->secret != NULL ? slot->secret : &none;
}

bool settings_is_set(const struct settings *s, enum setting_id id, int server)
{
    return s->slots[settings_slot(id, server)].set;
}
