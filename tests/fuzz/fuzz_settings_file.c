/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a settings file: what is refused says so, what is taken obeys the rules of its
 * settings and never names the unit's own user name and password.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "settings/settings_file.h"

static void check_value(const struct settings_file *f, enum setting_id id, int server)
{
    const char *value = settings_file_value(f, id, server);
    char preset[SETTING_VALUE_MAX];

    if (value == NULL)
        return;
    setting_preset(id, server, preset);
    if (setting_row(id)->group == SETTING_OF_ACCESS || setting_row(id)->kind == SETTING_SECRET ||
        (strcmp(value, preset) != 0 && setting_check(id, value, strlen(value), NULL) < 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct settings_file *f = NULL;
    char where[SETTING_KEY_MAX];
    struct err e;

    if (settings_file_parse((const char *)data, size, &f, where, &e) < 0) {
        if (e.code == ERR_NONE || f != NULL || memchr(where, '\0', sizeof(where)) == NULL)
            abort();
        return 0;
    }
    for (int server = 0; server <= SETTINGS_SERVERS; server++)
        for (int id = 0; id < SET_COUNT; id++)
            if (setting_row((enum setting_id)id)->per_server == (server > 0)) {
                check_value(f, (enum setting_id)id, server);
                if (settings_file_secret(f, (enum setting_id)id, server) != NULL)
                    abort(); /* not before it is opened */
            }
    for (int server = 1; server <= SETTINGS_SERVERS; server++)
        settings_file_pem(f, server);
    settings_file_free(f);
    return 0;
}
