/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_file.c - export, import, net reset.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"
#include "service/service_backup.h"
#include "text/text.h"

/* The passphrase, when one was asked for: - or --file. Returns 0 or an exit status. */
static int read_passphrase(struct ctl *c, bool twice, struct secret *ret_passphrase, bool *ret_any)
{
    *ret_any = c->operand_count > 1 || (c->given & CTL_FILE) != 0;
    if (!*ret_any)
        return 0;
    return ctl_read_secret(c, c->operand_count > 1 ? c->operands[1] : NULL, twice, ret_passphrase);
}

int verb_export(struct ctl *c)
{
    struct secret passphrase = SECRET_EMPTY;
    struct record *document;
    struct err e;
    bool sealed;
    int r = read_passphrase(c, true, &passphrase, &sealed);

    if (r != 0)
        return r;
    r = service_backup_save(c->service, c->operands[0], sealed ? &passphrase : NULL, &e);
    secret_wipe(&passphrase);
    if (r < 0)
        return ctl_fail(c, &e, e.code == ERR_VALUE_LENGTH ? _("Passphrase") : c->operands[0]);
    if (ctl_json(c)) {
        document = record_new();
        record_set_bytes(document, "file", c->operands[0]);
        record_set_bool(document, "passwords", sealed);
        return ctl_print(document);
    }
    if (!sealed)
        ctl_say("%s", _("saved without passwords: with - or --file they go in under a passphrase"));
    return CTL_DONE;
}

/* --- import ----------------------------------------------------------------------------------- */

/* "server.1.password", "server.1 certificate" */
static void change_key(const struct service_backup_change *change, char dst[SETTING_KEY_MAX])
{
    if (change->kind == SERVICE_BACKUP_CERTIFICATE)
        str_format(dst, SETTING_KEY_MAX, "server.%d certificate", change->server);
    else
        setting_key(change->id, change->server, dst);
}

static const char *or_none(const char *text)
{
    return text[0] != '\0' ? text : _("(none)");
}

static void print_changes(const struct service_backup_change *changes, size_t count)
{
    struct ctl_table t = {.rows = 0};

    for (size_t i = 0; i < count; i++) {
        const char *from = or_none(changes[i].from), *to = or_none(changes[i].to);
        char key[SETTING_KEY_MAX];

        change_key(&changes[i], key);
        switch (changes[i].kind) {
        case SERVICE_BACKUP_VALUE:
        case SERVICE_BACKUP_CERTIFICATE:
            break;
        case SERVICE_BACKUP_PASSWORD:
            from = "";
            to = _("(a password of the file)");
            break;
        case SERVICE_BACKUP_CLEARED:
            from = "";
            to = _("(cleared: enter it again)");
            break;
        }
        ctl_table_row(&t, 4, (const char *[]){key, from, "->", to});
    }
    ctl_table_print(&t);
}

static int print_result(const struct service_backup *f, bool applied)
{
    const struct settings_file *content = service_backup_content(f);
    const struct service_backup_change *changes;
    size_t count = service_backup_changes(f, &changes);
    struct record *document = record_new();

    record_set_bool(document, "applied", applied);
    record_set_bool(document, "passwords", settings_file_is_open(content));
    record_set_str(document, "made_by", settings_file_made_by(content));
    record_set_str(document, "made", settings_file_made(content));
    record_set_list(document, "changes");
    for (size_t i = 0; i < count; i++) {
        static const char *const kinds[] = {"value", "password", "cleared", "certificate"};
        struct record *item = record_add_item(document, "changes");
        char key[SETTING_KEY_MAX];

        if (changes[i].kind == SERVICE_BACKUP_CERTIFICATE)
            str_format(key, sizeof(key), "server.%d", changes[i].server);
        else
            setting_key(changes[i].id, changes[i].server, key);
        record_set_str(item, "kind", kinds[changes[i].kind]);
        record_set_str(item, "key", key);
        if (changes[i].kind == SERVICE_BACKUP_VALUE ||
            changes[i].kind == SERVICE_BACKUP_CERTIFICATE) {
            record_set_str(item, "from", changes[i].from);
            record_set_str(item, "to", changes[i].to);
        }
    }
    return ctl_print(document);
}

/* Show what would change and ask; with --yes, do it at once. */
static int decide(struct ctl *c, struct service_backup *f)
{
    const struct service_backup_change *changes;
    size_t count = service_backup_changes(f, &changes);
    bool yes = (c->given & CTL_YES) != 0;
    struct err e;

    if (!ctl_json(c)) {
        print_changes(changes, count);
        fflush(stdout);
    }
    if (count == 0)
        ctl_say("%s", _("the unit has these settings already: nothing to change"));
    else if (!yes && !ctl_json(c) && isatty(STDIN_FILENO))
        yes = ctl_confirm(_("Change these settings?"));
    if (count > 0 && !yes)
        ctl_say("%s", _("nothing was changed; with --yes it is"));
    if (count > 0 && yes && service_backup_load(c->service, f, &e) < 0)
        return ctl_fail(c, &e, NULL);
    return ctl_json(c) ? print_result(f, yes) : CTL_DONE;
}

int verb_import(struct ctl *c)
{
    struct secret passphrase = SECRET_EMPTY;
    struct service_backup *f = NULL;
    char where[SETTING_KEY_MAX];
    bool given = false, sealed;
    struct err e;
    int r;

    if (service_backup_read(c->service, c->operands[0], &f, where, &e) < 0)
        return ctl_fail(c, &e, where[0] != '\0' ? where : c->operands[0]);
    sealed = settings_file_is_sealed(service_backup_content(f));
    r = sealed ? read_passphrase(c, false, &passphrase, &given) : 0;
    if (r != 0)
        goto out;
    if (given && service_backup_open(f, &passphrase, &e) < 0) {
        r = ctl_fail(c, &e, c->operands[0]);
        goto out;
    }
    if (sealed && !given)
        ctl_say("%s", _("the passwords in the file are left out: with - or --file give their "
                        "passphrase"));
    r = service_backup_plan(c->service, f, &e) < 0 ? ctl_fail(c, &e, NULL) : decide(c, f);
out:
    secret_wipe(&passphrase);
    service_backup_free(f);
    return r;
}

/* --- net reset -------------------------------------------------------------------------------- */

int verb_net_reset(struct ctl *c)
{
    struct record *document;
    struct err e;

    if ((c->given & CTL_YES) == 0 &&
        !ctl_confirm(_("Put all network settings and servers back to what a new unit has?")))
        return ctl_wrong_use(c, _("nothing was changed; with --yes it is done without asking"));
    if (service_network_reset(c->service, &e) < 0)
        return ctl_fail(c, &e, NULL);
    if (!ctl_json(c))
        return CTL_DONE;
    document = record_new();
    record_set_bool(document, "reset", true);
    return ctl_print(document);
}
