/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/stage.h"

#include <string.h>

#include "base/str.h"

static int server_of(int server, enum setting_id id)
{
    return setting_row(id)->per_server ? server : 0;
}

static void unstage(struct stage_item *item)
{
    explicit_bzero(item, sizeof(*item));
}

void stage_clear(struct stage *st)
{
    explicit_bzero(st, sizeof(*st));
}

bool stage_any(const struct stage *st)
{
    for (int id = 0; id < SET_COUNT; id++)
        if (st->items[id].changed)
            return true;
    return false;
}

void stage_text(struct stage *st, const struct settings *s, int server, enum setting_id id,
                const char *value)
{
    struct stage_item *item = &st->items[id];

    unstage(item);
    if (strcmp(value, settings_str(s, id, server_of(server, id))) == 0)
        return;
    item->changed = true;
    str_copy(item->value, sizeof(item->value), value);
}

void stage_secret(struct stage *st, const struct settings *s, int server, enum setting_id id,
                  const struct secret *secret)
{
    struct stage_item *item = &st->items[id];

    unstage(item);
    if (secret_equal(secret, settings_secret(s, id, server_of(server, id))))
        return;
    item->changed = true;
    secret_copy(&item->secret, secret);
}

void stage_preset(struct stage *st, const struct settings *s, int server, enum setting_id id)
{
    struct stage_item *item = &st->items[id];

    unstage(item);
    if (!settings_is_set(s, id, server_of(server, id)))
        return;
    item->changed = true;
    item->preset = true;
    setting_preset(id, server, item->value);
}

const char *stage_str(const struct stage *st, const struct settings *s, int server,
                      enum setting_id id)
{
    return st->items[id].changed ? st->items[id].value : settings_str(s, id, server_of(server, id));
}

bool stage_on(const struct stage *st, const struct settings *s, int server, enum setting_id id)
{
    return strcmp(stage_str(st, s, server, id), "on") == 0;
}

const struct secret *stage_secret_of(const struct stage *st, const struct settings *s, int server,
                                     enum setting_id id)
{
    return st->items[id].changed ? &st->items[id].secret
                                 : settings_secret(s, id, server_of(server, id));
}

size_t stage_changes(const struct stage *st, int server,
                     struct setting_change ret_changes[SET_COUNT])
{
    size_t count = 0;

    for (int i = 0; i < SET_COUNT; i++) {
        const struct stage_item *item = &st->items[i];
        enum setting_id id = (enum setting_id)i;
        bool secret = setting_row(id)->kind == SETTING_SECRET;

        if (!item->changed)
            continue;
        ret_changes[count++] = (struct setting_change){
            .id = id,
            .server = server_of(server, id),
            .value = secret || item->preset ? NULL : item->value,
            .secret = secret && !item->preset && item->secret.len > 0 ? &item->secret : NULL,
        };
    }
    return count;
}
