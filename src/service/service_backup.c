/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "service/service_backup.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "service/service_private.h"

#define CHANGES_MAX (SETTINGS_SERVERS * (int)SET_COUNT + SETTINGS_SERVERS)

struct service_backup {
    struct settings_file *content;
    struct service_backup_change *changes;
    size_t count;
    int64_t generation; /* of the settings that it was compared with */
};

/* --- saving ----------------------------------------------------------------------------------- */

int service_backup_save(struct service *svc, const char *path, const struct secret *passphrase,
                        struct err *e)
{
    const char *pems[SETTINGS_SERVERS + 1] = {NULL};
    struct buf pem[SETTINGS_SERVERS + 1], text;
    int r = 0;

    buf_init(&text, SETTINGS_FILE_MAX);
    for (int n = 0; n <= SETTINGS_SERVERS; n++)
        buf_init(&pem[n], CERT_FILE_MAX);
    for (int n = 1; n <= SETTINGS_SERVERS && r == 0; n++) {
        r = cert_store_read(svc->certificates, n, &pem[n], e);
        r = r == -ERR_NO_CERTIFICATE ? 0 : r;
        pems[n] = buf_str(&pem[n]);
    }
    service_refresh(svc);
    if (r == 0)
        r = settings_file_format(svc->settings, pems, passphrase, time(NULL), &text, e);
    if (r == 0)
        r = file_write(path, 0600, text.data, text.len, STEP_CARD, e);
    buf_done(&text);
    for (int n = 0; n <= SETTINGS_SERVERS; n++)
        buf_done(&pem[n]);
    return r;
}

int service_backup_target(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e)
{
    struct media_card cards[SERVICE_CARDS_MAX];
    size_t count = service_cards(svc, cards);

    for (size_t i = 0; i < count; i++)
        if (cards[i].present)
            return file_path(ret_path, cards[i].path, SETTINGS_FILE_NAME, e);
    return err_set(e, ERR_NO_CARD, STEP_CARD);
}

int service_backup_find(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e)
{
    struct media_card cards[SERVICE_CARDS_MAX];
    size_t count = service_cards(svc, cards);
    int r = media_find(cards, count, SETTINGS_FILE_NAME, ret_path, e);

    if (r == -ERR_NOT_FOUND)
        r = err_set_args(e, ERR_NO_SETTINGS_FILE, STEP_CARD, SETTINGS_FILE_NAME, NULL);
    return r;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Every certificate in the file is one that could be loaded from a card. */
static int check_certificates(const struct settings_file *content, char *where, struct err *e)
{
    for (int n = 1; n <= SETTINGS_SERVERS; n++) {
        const char *pem = settings_file_pem(content, n);
        struct cert_bundle bundle;
        int r;

        if (pem == NULL || pem[0] == '\0')
            continue;
        str_format(where, SETTING_KEY_MAX, "certificates: server.%d", n);
        r = strlen(pem) > CERT_FILE_MAX
                ? err_set_args(e, ERR_TOO_LARGE, STEP_CERTIFICATE, where, NULL)
                : cert_parse(pem, strlen(pem), &bundle, e);
        if (r < 0)
            return r;
        cert_bundle_done(&bundle);
    }
    where[0] = '\0';
    return 0;
}

int service_backup_read(struct service *svc, const char *path, struct service_backup **ret_f,
                        char ret_where[SETTING_KEY_MAX], struct err *e)
{
    struct service_backup *f = calloc(1, sizeof(*f));
    struct buf text;
    int r;

    (void)svc;
    ret_where[0] = '\0';
    if (f == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    buf_init(&text, SETTINGS_FILE_MAX);
    r = file_read(path, &text, STEP_SETTINGS, e);
    if (r == 0)
        r = settings_file_parse(buf_str(&text), text.len, &f->content, ret_where, e);
    if (r == 0)
        r = check_certificates(f->content, ret_where, e);
    buf_done(&text);
    if (r < 0)
        service_backup_free(f);
    else
        *ret_f = f;
    return r;
}

void service_backup_free(struct service_backup *f)
{
    if (f == NULL)
        return;
    settings_file_free(f->content);
    free(f->changes);
    free(f);
}

const struct settings_file *service_backup_content(const struct service_backup *f)
{
    return f->content;
}

int service_backup_open(struct service_backup *f, const struct secret *passphrase, struct err *e)
{
    return settings_file_open(f->content, passphrase, e);
}

/* --- comparing -------------------------------------------------------------------------------- */

static struct service_backup_change *add(struct service_backup *f, enum service_backup_kind kind,
                                         enum setting_id id, int server)
{
    struct service_backup_change *c = &f->changes[f->count++];

    *c = (struct service_backup_change){.kind = kind, .id = id, .server = server};
    return c;
}

static void plan_value(struct service *svc, struct service_backup *f, enum setting_id id,
                       int server)
{
    const char *now = settings_str(svc->settings, id, server);
    const char *then = settings_file_value(f->content, id, server);
    struct service_backup_change *c;

    if (then == NULL || strcmp(now, then) == 0)
        return;
    c = add(f, SERVICE_BACKUP_VALUE, id, server);
    str_copy(c->from, sizeof(c->from), now);
    str_copy(c->to, sizeof(c->to), then);
}

/* Whether two PEM texts hold the same certificates in the same order. */
static bool same_certificates(const struct cert_bundle *a, const struct cert_bundle *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (memcmp(a->certs[i].sha256, b->certs[i].sha256, sizeof(a->certs[i].sha256)) != 0)
            return false;
    return true;
}

static const char *subject(const struct cert_bundle *b)
{
    return b->count > 0 ? b->certs[0].subject : "";
}

static int plan_certificate(struct service *svc, struct service_backup *f, int server,
                            struct err *e)
{
    const char *pem = settings_file_pem(f->content, server);
    struct cert_bundle now = {.count = 0}, then = {.count = 0};
    struct service_backup_change *c;
    int r = pem != NULL ? service_certificate(svc, server, &now, e) : 0;

    if (pem == NULL || (r < 0 && r != -ERR_NO_CERTIFICATE))
        return r;
    r = pem[0] != '\0' ? cert_parse(pem, strlen(pem), &then, e) : 0;
    if (r == 0 && !same_certificates(&now, &then)) {
        c = add(f, SERVICE_BACKUP_CERTIFICATE, SET_COUNT, server);
        str_copy(c->from, sizeof(c->from), subject(&now));
        str_copy(c->to, sizeof(c->to), subject(&then));
    }
    cert_bundle_done(&now);
    cert_bundle_done(&then);
    return r;
}

/* Whether what was planned for it makes this another server, or a less safe way to it. */
static bool leads_elsewhere(const struct service_backup *f, enum setting_id id, int server)
{
    static const enum setting_id ways[] = {SET_SERVER_HOST,   SET_SERVER_PORT, SET_SERVER_USER,
                                           SET_SERVER_SECURE, SET_WLAN_SSID,   SET_WLAN_SECURITY};
    bool of_server = setting_row(id)->per_server;

    for (size_t i = 0; i < f->count; i++) {
        const struct service_backup_change *c = &f->changes[i];

        if (c->server != server)
            continue;
        if (c->kind == SERVICE_BACKUP_CERTIFICATE)
            return true;
        for (size_t w = 0; c->kind == SERVICE_BACKUP_VALUE && w < ARRAY_LEN(ways); w++)
            if (c->id == ways[w] && setting_row(ways[w])->per_server == of_server)
                return true;
    }
    return false;
}

static void plan_password(struct service *svc, struct service_backup *f, enum setting_id id,
                          int server)
{
    const struct secret *now = settings_secret(svc->settings, id, server);
    const struct secret *then = settings_file_secret(f->content, id, server);

    if (then != NULL && secret_equal(now, then))
        return;
    if (then != NULL && then->len > 0)
        add(f, SERVICE_BACKUP_PASSWORD, id, server);
    else if (now->len > 0 && (then != NULL || leads_elsewhere(f, id, server)))
        add(f, SERVICE_BACKUP_CLEARED, id, server);
}

/* The values, the certificate, then the passwords of a server, or of the unit for 0. */
static int plan_part(struct service *svc, struct service_backup *f, int server, struct err *e)
{
    int r = 0;

    for (int i = 0; i < SET_COUNT; i++)
        if (setting_row((enum setting_id)i)->per_server == (server > 0))
            plan_value(svc, f, (enum setting_id)i, server);
    if (server > 0)
        r = plan_certificate(svc, f, server, e);
    for (int i = 0; i < SET_COUNT; i++)
        if (setting_row((enum setting_id)i)->per_server == (server > 0) &&
            setting_row((enum setting_id)i)->kind == SETTING_SECRET &&
            setting_row((enum setting_id)i)->group != SETTING_OF_ACCESS)
            plan_password(svc, f, (enum setting_id)i, server);
    return r;
}

int service_backup_plan(struct service *svc, struct service_backup *f, struct err *e)
{
    int r = 0;

    service_refresh(svc);
    if (f->changes == NULL)
        f->changes = calloc(CHANGES_MAX, sizeof(*f->changes));
    if (f->changes == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    f->count = 0;
    f->generation = settings_generation(svc->settings);
    for (int server = 0; server <= SETTINGS_SERVERS && r == 0; server++)
        r = plan_part(svc, f, server, e);
    return r;
}

size_t service_backup_changes(const struct service_backup *f,
                              const struct service_backup_change **ret_changes)
{
    *ret_changes = f->changes;
    return f->count;
}

/* --- loading ---------------------------------------------------------------------------------- */

int service_backup_load(struct service *svc, struct service_backup *f, struct err *e)
{
    struct setting_change *changes = calloc(f->count + 1, sizeof(*changes));
    struct service_pems pems = {.pem = {NULL}};
    size_t count = 0;
    int r;

    if (changes == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    for (size_t i = 0; i < f->count; i++) {
        const struct service_backup_change *c = &f->changes[i];
        struct setting_change one = {.id = c->id, .server = c->server};

        switch (c->kind) {
        case SERVICE_BACKUP_VALUE: {
            char preset[SETTING_VALUE_MAX];

            setting_preset(c->id, c->server, preset);
            one.value = strcmp(c->to, preset) == 0 ? NULL : c->to;
            changes[count++] = one;
            break;
        }
        case SERVICE_BACKUP_PASSWORD:
            one.secret = settings_file_secret(f->content, c->id, c->server);
            changes[count++] = one;
            break;
        case SERVICE_BACKUP_CLEARED:
            changes[count++] = one;
            break;
        case SERVICE_BACKUP_CERTIFICATE:
            pems.pem[c->server] = settings_file_pem(f->content, c->server);
            break;
        }
    }
    r = service_apply_pems(svc, changes, count, &pems, f->generation, e);
    free(changes);
    return r;
}

int service_network_reset(struct service *svc, struct err *e)
{
    struct setting_change changes[SETTINGS_SERVERS * SET_COUNT];
    size_t count = 0;

    for (int server = 0; server <= SETTINGS_SERVERS; server++)
        for (int i = 0; i < SET_COUNT; i++)
            if (setting_row((enum setting_id)i)->per_server == (server > 0) &&
                setting_row((enum setting_id)i)->group == SETTING_OF_NETWORK)
                changes[count++] =
                    (struct setting_change){.id = (enum setting_id)i, .server = server};
    return service_apply(svc, changes, count, e);
}
