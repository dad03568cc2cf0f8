/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service_pems.c - settings and certificates that change as one.
 *
 * Certificates are files of their own, so a change of both takes several renames. The certificates
 * are written first into one file aside, NEXT_FILE, with the generation that the settings will
 * have. Renaming settings.json is the moment at which all of it holds: after that the file aside is
 * a duty that whoever comes next does to the end, before that it is nothing and is removed. All of
 * this happens under the lock of the settings.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/record.h"
#include "base/str.h"
#include "service/service_private.h"
#include "settings/settings_file.h"

#define NEXT_FILE "certificates.next"
#define NEXT_MAX  (2 * SETTINGS_FILE_MAX)

static int next_path(const struct service *svc, char path[FILE_PATH_MAX], struct err *e)
{
    return file_path(path, svc->state_dir, NEXT_FILE, e);
}

/* Do what the file aside says. A certificate that is so already is written again: no harm. */
static int install_all(const struct service *svc, const struct record *next, struct err *e)
{
    int r = 0;

    for (int n = 1; n <= SETTINGS_SERVERS && r == 0; n++) {
        char key[12];
        const char *pem;

        str_format(key, sizeof(key), "%d", n);
        pem = record_str(next, key, NULL);
        if (pem != NULL && pem[0] == '\0')
            r = cert_store_clear(svc->certificates, n, e);
        else if (pem != NULL)
            r = cert_store_install(svc->certificates, n, pem, strlen(pem), e);
    }
    return r;
}

/* Under the lock of the settings: do the file aside to the end, or away with it. */
static int settle(void *arg, int64_t generation, struct err *e)
{
    const struct service *svc = arg;
    struct record *next = NULL;
    char path[FILE_PATH_MAX];
    struct buf text;
    int r = next_path(svc, path, e);

    if (r < 0)
        return r;
    buf_init(&text, NEXT_MAX);
    r = file_read(path, &text, STEP_CERTIFICATE, e);
    if (r == 0)
        r = record_parse(&next, buf_str(&text), text.len, STEP_CERTIFICATE, e);
    if (r == 0 && record_int(next, "generation", -1) == generation) {
        r = install_all(svc, next, e);
        if (r == 0)
            log_info("certificates of generation %lld are in place", (long long)generation);
    } else if (r == -ERR_DAMAGED) {
        r = 0; /* it is written as one: nobody's duty */
    }
    if (r == 0)
        r = file_remove(path, STEP_CERTIFICATE, e);
    record_free(next);
    buf_done(&text);
    return r == -ERR_NOT_FOUND ? 0 : r;
}

int service_settle_pems(struct service *svc, struct err *e)
{
    char path[FILE_PATH_MAX];
    struct stat st;
    int r = next_path(svc, path, e);

    if (r < 0)
        return r;
    return lstat(path, &st) < 0 ? 0 : settings_locked(svc->state_dir, settle, svc, e);
}

struct change {
    struct service *svc;
    const struct service_pems *pems; /* NULL: none change */
};

static int before(void *arg, int64_t now, int64_t next, struct err *e)
{
    const struct change *c = arg;
    struct record *record;
    char path[FILE_PATH_MAX];
    struct buf text;
    int r = settle(c->svc, now, e);

    if (r < 0 || c->pems == NULL)
        return r;
    r = next_path(c->svc, path, e);
    if (r < 0)
        return r;
    record = record_new();
    record_set_int(record, "generation", next);
    for (int n = 1; n <= SETTINGS_SERVERS; n++) {
        char key[12];

        str_format(key, sizeof(key), "%d", n);
        if (c->pems->pem[n] != NULL)
            record_set_str(record, key, c->pems->pem[n]);
    }
    buf_init(&text, NEXT_MAX);
    r = record_format(record, false, &text);
    if (r < 0)
        err_set_args(e, err_code_of(r), STEP_CERTIFICATE, NEXT_FILE, NULL);
    else
        r = file_write(path, 0600, text.data, text.len, STEP_CERTIFICATE, e);
    record_free(record);
    buf_done(&text);
    return r;
}

static bool any_pem(const struct service_pems *pems)
{
    for (int n = 1; pems != NULL && n <= SETTINGS_SERVERS; n++)
        if (pems->pem[n] != NULL)
            return true;
    return false;
}

int service_apply_pems(struct service *svc, const struct setting_change *changes, size_t count,
                       const struct service_pems *pems, int64_t expected, struct err *e)
{
    bool any = any_pem(pems);
    struct change change = {.svc = svc, .pems = any ? pems : NULL};
    const struct settings_hook hook = {
        .expected = expected,
        .anyway = any,
        .before = before,
        .arg = &change,
    };
    struct err late;
    int r = settings_apply_with(svc->state_dir, changes, count, &hook, e);

    if (r < 0)
        return r;
    if (any && service_settle_pems(svc, &late) < 0) /* it holds; the next one to come does it */
        log_error("certificates cannot be put in place yet: %s", err_word(late.code));
    return service_reload(svc, e);
}
