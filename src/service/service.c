/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "service/service.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/access.h"
#include "base/log.h"
#include "base/str.h"
#include "service/service_private.h"

#define SETTINGS_FILE "settings.json"

/* --- opening ------------------------------------------------------------------------------- */

/* Make folder, as an absolute path in dst: the sender that is started works elsewhere. */
static int own_folder(const char *folder, char dst[FILE_PATH_MAX], struct err *e)
{
    char *real;
    int r = file_make_folder(folder, 0700, STEP_SETTINGS, e);

    if (r < 0)
        return r;
    if (access(folder, R_OK | W_OK | X_OK) < 0)
        return err_set_args(e, ERR_PERMISSION, STEP_SETTINGS, folder, NULL);
    real = realpath(folder, NULL);
    if (real == NULL || !str_copy(dst, FILE_PATH_MAX, real))
        r = err_set_args(e, ERR_TOO_LARGE, STEP_SETTINGS, folder, NULL);
    free(real);
    return r;
}

static int open_folders(struct service *svc, const struct service_paths *paths, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r;

    if ((r = service_paths_check(paths, e)) < 0 ||
        (r = own_folder(paths->state_dir, svc->state_dir, e)) < 0 ||
        (r = own_folder(paths->run_dir, svc->run_dir, e)) < 0 ||
        (r = file_path(path, svc->state_dir, SERVICE_CERTIFICATES, e)) < 0 ||
        (r = own_folder(path, svc->certificates, e)) < 0)
        return r;
    str_copy(svc->ssh_dir, sizeof(svc->ssh_dir),
             paths->ssh_dir != NULL ? paths->ssh_dir : SERVICE_SSH_DIR);
    file_sweep(svc->state_dir);
    file_sweep(svc->run_dir);
    file_sweep(svc->certificates);
    for (size_t i = 0; i < paths->card_count && i < SERVICE_CARDS_MAX; i++) {
        char *real = realpath(paths->cards[i], NULL); /* NULL: no mount point (yet) */

        if (str_copy(svc->cards[i], FILE_PATH_MAX, real != NULL ? real : paths->cards[i]))
            svc->card_count = i + 1;
        free(real);
    }
    if ((r = file_path(path, svc->state_dir, SERVICE_SPOOL, e)) < 0)
        return r;
    return spool_open(path, &svc->spool, e);
}

/* --- settings ------------------------------------------------------------------------------ */

static void add_told(struct settings_told *sum, const struct settings_told *t)
{
    sum->settings_restored |= t->settings_restored;
    sum->settings_lost |= t->settings_lost;
    sum->secrets_restored |= t->secrets_restored;
    sum->secrets_lost |= t->secrets_lost;
    sum->ignored = t->ignored;
}

/* settings.json as it is now; all zero when it is missing. */
static struct stat look(const struct service *svc)
{
    char path[FILE_PATH_MAX];
    struct stat st;

    if (file_path(path, svc->state_dir, SETTINGS_FILE, NULL) < 0 || stat(path, &st) < 0)
        memset(&st, 0, sizeof(st));
    return st;
}

int service_reload(struct service *svc, struct err *e)
{
    struct settings_told told = {0};
    struct settings *s = NULL;
    struct stat seen = look(svc); /* before loading: a later change is then met next time */
    int r = settings_load(svc->state_dir, &s, &told, e);

    if (r < 0)
        return r;
    settings_free(svc->settings);
    svc->settings = s;
    svc->seen = seen;
    add_told(&svc->told, &told);
    return 0;
}

int service_open(const struct service_paths *paths, struct service **ret_svc, struct err *e)
{
    struct service *svc = calloc(1, sizeof(*svc));
    int r;

    if (svc == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    r = open_folders(svc, paths, e);
    if (r == 0)
        r = service_settle_pems(svc, e);
    if (r == 0)
        r = service_reload(svc, e);
    if (r < 0)
        service_free(svc);
    else
        *ret_svc = svc;
    return r;
}

void service_free(struct service *svc)
{
    if (svc == NULL)
        return;
    spool_free(svc->spool);
    settings_free(svc->settings);
    free(svc);
}

bool service_refresh(struct service *svc)
{
    struct stat now = look(svc);
    int64_t generation = settings_generation(svc->settings);
    struct err e;

    if (now.st_ino == svc->seen.st_ino && now.st_size == svc->seen.st_size &&
        now.st_mtim.tv_sec == svc->seen.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == svc->seen.st_mtim.tv_nsec)
        return false;
    if (service_reload(svc, &e) < 0) {
        log_error("settings cannot be read again: %s", err_word(e.code));
        return false;
    }
    return settings_generation(svc->settings) != generation;
}

const struct settings *service_settings(const struct service *svc)
{
    return svc->settings;
}

struct settings_told service_told(struct service *svc)
{
    struct settings_told told = svc->told;

    svc->told = (struct settings_told){0};
    return told;
}

int service_apply(struct service *svc, const struct setting_change *changes, size_t count,
                  struct err *e)
{
    return service_apply_pems(svc, changes, count, NULL, -1, e);
}

/* --- authentication ------------------------------------------------------------------------ */

bool service_password_set(const struct service *svc)
{
    return service_password(svc)->len > 0;
}

const char *service_user(const struct service *svc)
{
    return settings_str(svc->settings, SET_AUTH_USER, 0);
}

const struct secret *service_password(const struct service *svc)
{
    return settings_secret(svc->settings, SET_AUTH_PASSWORD, 0);
}

int service_set_authentication(struct service *svc, const char *user, const struct secret *password,
                               struct err *e)
{
    struct setting_change changes[2];
    size_t count = 0;

    if (user != NULL)
        changes[count++] = (struct setting_change){.id = SET_AUTH_USER, .value = user};
    if (password != NULL)
        changes[count++] = (struct setting_change){.id = SET_AUTH_PASSWORD, .secret = password};
    return count > 0 ? service_apply(svc, changes, count, e) : 0;
}
