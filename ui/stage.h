/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stage.h - values that wait for [Set].
 *
 * A form changes nothing while it is edited: what was entered is staged, shown, and applied as one
 * change or discarded. A value that is the same as the one in force is not a change.
 *
 * Ownership: plain values; a staged secret is wiped by stage_clear.
 */
#ifndef NM_UI_STAGE_H
#define NM_UI_STAGE_H

#include "settings/settings.h"

struct stage {
    struct stage_item {
        bool changed;
        bool preset; /* back to the default */
        char value[SETTING_VALUE_MAX];
        struct secret secret;
    } items[SET_COUNT];
};

void stage_clear(struct stage *st);

/* Whether anything waits. */
bool stage_any(const struct stage *st);

/* Stage a value, unless s has it already. server: as in settings.h. */
void stage_text(struct stage *st, const struct settings *s, int server, enum setting_id id,
                const char *value);
void stage_secret(struct stage *st, const struct settings *s, int server, enum setting_id id,
                  const struct secret *secret);

/* Stage the default. */
void stage_preset(struct stage *st, const struct settings *s, int server, enum setting_id id);

/* The value as it would be after [Set]; valid until either changes. "" for a secret. */
const char *stage_str(const struct stage *st, const struct settings *s, int server,
                      enum setting_id id);
bool stage_on(const struct stage *st, const struct settings *s, int server, enum setting_id id);

/* The secret as it would be after [Set]. */
const struct secret *stage_secret_of(const struct stage *st, const struct settings *s, int server,
                                     enum setting_id id);

/* The changes for settings_apply; they point into st. Returns their number. */
size_t stage_changes(const struct stage *st, int server,
                     struct setting_change ret_changes[SET_COUNT]);

#endif
