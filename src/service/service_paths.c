/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
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

static int check_owner(const char *folder, struct err *e)
{
    const struct passwd *user;
    char number[24];
    struct stat st;

    if (geteuid() != 0 || stat(folder, &st) < 0 || st.st_uid == 0)
        return 0;
    user = getpwuid(st.st_uid);
    str_format(number, sizeof(number), "%lu", (unsigned long)st.st_uid);
    return err_set_args(e, ERR_OTHER_USER, STEP_SETTINGS, folder,
                        user != NULL ? user->pw_name : number);
}

int service_paths_check(const struct service_paths *paths, struct err *e)
{
    int r = check_owner(paths->state_dir, e);

    return r < 0 ? r : check_owner(paths->run_dir, e);
}

void service_paths_complete(struct service_paths *paths)
{
    paths->state_dir = folder(paths->state_dir, "NETMENU_STATE_DIR", NM_STATE_DIR);
    paths->run_dir = folder(paths->run_dir, "NETMENU_RUN_DIR", NM_RUN_DIR);
    paths->ssh_dir = folder(paths->ssh_dir, "NETMENU_SSH_DIR", SERVICE_SSH_DIR);
    if (paths->card_count == 0)
        cards_of_list(paths, getenv("NETMENU_CARDS"));
}
