/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service_backup.h - [Settings File] and [Network Reset]: the settings as a whole.
 *
 * Purpose: save them to a file, look what a file would change, load it. settings_file.h has the
 * format; here certificates are checked and everything is applied as one: after a pulled battery
 * there is the old or the new, with the certificates that belong to it.
 *
 * A password belongs to the server that it was entered for: when a file without passwords gives a
 * server another address or certificate, its password is cleared. So nobody can lead it astray by a
 * file. The unit's own user name and password are neither saved nor loaded.
 *
 * Calling sequence: service_backup_read(svc, path, &f, where, e); service_backup_open(f,
 * &passphrase, e) when it is sealed; service_backup_plan(svc, f, e); show its changes;
 * service_backup_load(svc, f, e); service_backup_free(f).
 */
#ifndef NM_SERVICE_SERVICE_BACKUP_H
#define NM_SERVICE_SERVICE_BACKUP_H

#include "service/service.h"
#include "settings/settings_file.h"

struct service_backup;

/*
 * Save settings and certificates; with a passphrase (not NULL) the passwords, too. An older file is
 * replaced. Errors: those of settings_file_format and file_write.
 */
int service_backup_save(struct service *svc, const char *path, const struct secret *passphrase,
                        struct err *e);

/* The file on the first card that has one. Errors: ERR_NO_CARD, ERR_NO_SETTINGS_FILE. */
int service_backup_find(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e);

/* Where Save puts it: the root of the first card. Errors: ERR_NO_CARD. */
int service_backup_target(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e);

/*
 * Read and check a file. ret_where: which key is wrong, "" when it is none.
 * Errors: those of file_read, settings_file_parse and cert_parse.
 */
int service_backup_read(struct service *svc, const char *path, struct service_backup **ret_f,
                        char ret_where[SETTING_KEY_MAX], struct err *e);
void service_backup_free(struct service_backup *f);

/* What was read: whether it is sealed, who made it when. */
const struct settings_file *service_backup_content(const struct service_backup *f);

/* Open its passwords. Errors: those of settings_file_open. */
int service_backup_open(struct service_backup *f, const struct secret *passphrase, struct err *e);

/* What loading would change, one for each setting, password and certificate that it would. */
struct service_backup_change {
    enum service_backup_kind {
        SERVICE_BACKUP_VALUE,       /* from and to are values */
        SERVICE_BACKUP_PASSWORD,    /* to a new one: from and to are "" */
        SERVICE_BACKUP_CLEARED,     /* a password that would go: from and to are "" */
        SERVICE_BACKUP_CERTIFICATE, /* from and to are subjects, "" for none */
    } kind;
    enum setting_id id; /* of values and passwords */
    int server;         /* 0 for settings of the unit */
    char from[CERT_NAME_MAX], to[CERT_NAME_MAX];
};

/* Compare with the settings as they are now. Errors: ERR_NO_MEMORY, those of cert_store_read. */
int service_backup_plan(struct service *svc, struct service_backup *f, struct err *e);

/* What the last plan found. */
size_t service_backup_changes(const struct service_backup *f,
                              const struct service_backup_change **ret_changes);

/*
 * Do what the last plan found, as one: it would survive a pulled battery whole, or nothing of it.
 * Errors: ERR_CHANGED_MEANWHILE when the settings are no longer what was compared with; those of
 * settings_apply and file_write.
 */
int service_backup_load(struct service *svc, struct service_backup *f, struct err *e);

/*
 * Network settings, servers and saved networks back to what a new unit has; the unit's user name
 * and password, the certificates and the jobs stay. Errors: those of service_apply.
 */
int service_network_reset(struct service *svc, struct err *e);

#endif
