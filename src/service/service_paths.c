/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "service/service.h"

static const char *folder(const char *given, const char *variable, const char *preset)
{
    const char *value = getenv(variable);

    if (given != NULL)
        return given;
    return value != NULL && value[0] != '\0' ? value : preset;
}

/* A list with colons, as PATH is. */
static void cards_of_list(struct service_paths *paths, const char *list)
{
    static char *copy; /* lives as long as the program, and is seen to */
    char *rest, *card;

    free(copy);
    rest = copy = list != NULL ? strdup(list) : NULL;
    while (rest != NULL && (card = strsep(&rest, ":")) != NULL)
        if (card[0] != '\0')
            service_paths_add_card(paths, card);
}

bool service_paths_add_card(struct service_paths *paths, const char *mount_point)
{
    if (paths->card_count == SERVICE_CARDS_MAX)
        return false;
    paths->cards[paths->card_count++] = mount_point;
    return true;
}

void service_paths_complete(struct service_paths *paths)
{
    paths->state_dir = folder(paths->state_dir, "NETMENU_STATE_DIR", NM_STATE_DIR);
    paths->run_dir = folder(paths->run_dir, "NETMENU_RUN_DIR", NM_RUN_DIR);
    if (paths->card_count == 0)
        cards_of_list(paths, getenv("NETMENU_CARDS"));
}
