/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_backup.c - [Settings File]: saving to a memory card, and loading after a look at what
 * changes. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "service/service_backup.h"
#include "ui/dialog.h"
#include "ui/entry.h"
#include "ui/pages.h"
#include "ui/popup.h"
#include "ui/text_page.h"
#include "ui/ui.h"

static struct backup_extra *extra_of(struct menu *m)
{
    return m->extra;
}

void backup_closed(struct menu *m)
{
    service_backup_free(extra_of(m)->file);
}

/* The live line of a passphrase. */
static void passphrase_rules(void *arg, const char *text, size_t len, char *dst, size_t size)
{
    (void)arg;
    (void)text;
    if (len < SETTINGS_PASSPHRASE_MIN)
        str_format(dst, size, _("%zu of at least %d characters. Four or five words are good."), len,
                   SETTINGS_PASSPHRASE_MIN);
    else
        str_copy(dst, size, _("ok"));
}

static void enter_passphrase(struct menu *m, const char *title,
                             void (*rules)(void *, const char *, size_t, char *, size_t),
                             void (*done)(void *, const char *, size_t))
{
    const struct entry_request request = {
        .title = title,
        .setting = SET_COUNT,
        .secret = true,
        .rules = rules,
        .done = done,
        .arg = m,
    };

    entry_open(m->page.ui, &request, "", 0);
}

/* --- [Save to Card] --------------------------------------------------------------------------- */

static void save(struct menu *m, const struct secret *passphrase)
{
    char text[FILE_PATH_MAX + 128];
    struct err e;

    if (passphrase != NULL)
        ui_busy(m->page.ui, _("Encrypting ..."));
    if (service_backup_save(ui_service(m->page.ui), extra_of(m)->path, passphrase, &e) < 0) {
        dialog_error(m->page.ui, _("Not saved"), &e);
    } else {
        str_format(text, sizeof(text),
                   passphrase != NULL ? _("Saved with passwords: %s")
                                      : _("Saved without passwords: %s"),
                   SETTINGS_FILE_NAME);
        ui_note(m->page.ui, text);
    }
    secret_wipe(&extra_of(m)->passphrase);
}

static void first_passphrase(struct menu *m);

static void on_differ(void *arg, int button)
{
    (void)button;
    first_passphrase(arg);
}

static void on_repeat(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;
    struct secret again = SECRET_EMPTY;

    secret_set(&again, text, len);
    if (secret_equal(&again, &extra_of(m)->passphrase))
        save(m, &again);
    else
        dialog_tell_then(m->page.ui, _("The two differ"),
                         _("The passphrase was not the same both times. Nothing was saved. Enter "
                           "it again."),
                         on_differ, m);
    secret_wipe(&again);
}

static void on_first(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;

    if (len < SETTINGS_PASSPHRASE_MIN) {
        dialog_tell_then(m->page.ui, _("Passphrase"),
                         _("A passphrase has 8 characters or more: whoever finds the card can try "
                           "short ones until one fits."),
                         on_differ, m);
        return;
    }
    secret_set(&extra_of(m)->passphrase, text, len);
    enter_passphrase(m, _("Repeat Passphrase"), passphrase_rules, on_repeat);
}

static void first_passphrase(struct menu *m)
{
    secret_wipe(&extra_of(m)->passphrase);
    enter_passphrase(m, _("Passphrase"), passphrase_rules, on_first);
}

static void on_passwords(void *arg, int number)
{
    if (number == 0)
        save(arg, NULL);
    else
        first_passphrase(arg);
}

static void choose_passwords(struct menu *m)
{
    const char *words[] = {_("Leave them out"), _("Under a passphrase")};

    popup_open(m->page.ui, _("Passwords of servers"), words, 2, -1, on_passwords, m);
}

static void on_replace(void *arg, int button)
{
    if (button == 0)
        choose_passwords(arg);
}

void backup_save(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Replace"), _("Cancel"), NULL};
    struct stat st;
    struct err e;

    (void)row;
    if (service_backup_target(ui_service(m->page.ui), extra_of(m)->path, &e) < 0)
        dialog_error(m->page.ui, _("Not saved"), &e);
    else if (lstat(extra_of(m)->path, &st) == 0)
        dialog_ask(m->page.ui, _("Replace the old file?"),
                   _("There is a settings file on the card already."), buttons, 1, on_replace, m);
    else
        choose_passwords(m);
}

/* --- [Load from Card] ------------------------------------------------------------------------- */

/* "Server Settings3, Host Name" */
static void change_label(const struct service_backup_change *c, char *dst, size_t size)
{
    const char *item =
        c->kind == SERVICE_BACKUP_CERTIFICATE ? N_("Root Certificate") : setting_row(c->id)->item;
    char key[SETTING_KEY_MAX], server[64];

    if (c->server > 0) {
        str_format(server, sizeof(server), _("Server Settings%d"), c->server);
        str_format(dst, size, "%s, %s", server, _(item));
    } else {
        setting_key(c->id, 0, key);
        str_format(dst, size, "%s (%s)", _(item), key);
    }
}

static void safe_or_none(const char *text, char *dst, size_t size)
{
    if (text[0] == '\0')
        str_copy(dst, size, _("none"));
    else
        safe_text(dst, size, text, strlen(text));
}

static void add_change(struct text_page *t, const struct service_backup_change *c)
{
    char from[4 * CERT_NAME_MAX], to[4 * CERT_NAME_MAX], label[128], line[8 * CERT_NAME_MAX + 16];

    change_label(c, label, sizeof(label));
    text_page_add(t, label, "");
    switch (c->kind) {
    case SERVICE_BACKUP_VALUE:
    case SERVICE_BACKUP_CERTIFICATE:
        safe_or_none(c->from, from, sizeof(from));
        safe_or_none(c->to, to, sizeof(to));
        str_format(line, sizeof(line), "  %s -> %s", from, to);
        break;
    case SERVICE_BACKUP_PASSWORD:
        str_format(line, sizeof(line), "  %s", _("the password in the file"));
        break;
    case SERVICE_BACKUP_CLEARED:
        str_format(line, sizeof(line), "  %s",
                   _("cleared, as it was for another server: enter it again"));
        break;
    }
    text_page_add(t, "", line);
}

static void forget(struct menu *m)
{
    service_backup_free(extra_of(m)->file);
    extra_of(m)->file = NULL;
}

static void on_load(void *arg, int button)
{
    struct menu *m = arg;
    struct err e;

    if (button == 0 && service_backup_load(ui_service(m->page.ui), extra_of(m)->file, &e) < 0)
        dialog_error(m->page.ui, _("Nothing was changed"), &e);
    else if (button == 0)
        ui_note(m->page.ui, _("The settings of the file are in force."));
    forget(m);
    ui_theme_changed(m->page.ui);
    ui_refresh(m->page.ui);
}

static void show_changes(struct menu *m)
{
    const struct settings_file *content = service_backup_content(extra_of(m)->file);
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};
    const struct service_backup_change *changes;
    struct text_page *t;
    char line[256];
    size_t count;
    struct err e;

    if (service_backup_plan(ui_service(m->page.ui), extra_of(m)->file, &e) < 0) {
        dialog_error(m->page.ui, _("Not loaded"), &e);
        forget(m);
        return;
    }
    count = service_backup_changes(extra_of(m)->file, &changes);
    if (count == 0) {
        dialog_tell(m->page.ui, _("Nothing to change"),
                    _("This unit has the settings of the file already."));
        forget(m);
        return;
    }
    t = text_page_new(_("What will change"));
    str_format(line, sizeof(line), _("File of %s, %s. Nothing is changed before Execute."),
               settings_file_made(content)[0] != '\0' ? settings_file_made(content) : "?",
               settings_file_made_by(content)[0] != '\0' ? settings_file_made_by(content) : "?");
    text_page_add(t, "", line);
    text_page_add(t, "", "");
    for (size_t i = 0; i < count; i++)
        add_change(t, &changes[i]);
    text_page_ask(m->page.ui, t, buttons, on_load, m);
}

static void ask_passphrase(struct menu *m);

static void on_wrong(void *arg, int button)
{
    if (button == 0)
        ask_passphrase(arg);
    else
        forget(arg);
}

static void on_passphrase(void *arg, const char *text, size_t len)
{
    const char *buttons[] = {_("Again"), _("Cancel"), NULL};
    struct menu *m = arg;
    struct secret passphrase = SECRET_EMPTY;
    struct err e;
    int r;

    secret_set(&passphrase, text, len);
    ui_busy(m->page.ui, _("Decrypting ..."));
    r = service_backup_open(extra_of(m)->file, &passphrase, &e);
    secret_wipe(&passphrase);
    if (r == 0)
        show_changes(m);
    else if (r == -ERR_PASSPHRASE)
        dialog_ask(m->page.ui, _("Passphrase"),
                   _("The passphrase is wrong, or the file was changed after it was saved. Nothing "
                     "was changed."),
                   buttons, 0, on_wrong, m);
    else
        dialog_error(m->page.ui, _("Not loaded"), &e);
}

static void ask_passphrase(struct menu *m)
{
    enter_passphrase(m, _("Passphrase"), NULL, on_passphrase);
}

static void on_sealed(void *arg, int number)
{
    if (number == 0)
        ask_passphrase(arg);
    else
        show_changes(arg);
}

void backup_load(struct menu *m, const struct menu_row *row)
{
    const char *words[] = {_("Enter the passphrase"), _("Leave them out")};
    char where[SETTING_KEY_MAX], title[128];
    struct backup_extra *x = extra_of(m);
    struct err e;
    int r;

    (void)row;
    forget(m);
    where[0] = '\0';
    r = service_backup_find(ui_service(m->page.ui), x->path, &e);
    if (r == 0)
        r = service_backup_read(ui_service(m->page.ui), x->path, &x->file, where, &e);
    if (r < 0) {
        str_format(title, sizeof(title), where[0] != '\0' ? _("Not loaded: %s") : _("Not loaded"),
                   where);
        dialog_error(m->page.ui, title, &e);
    } else if (settings_file_is_sealed(service_backup_content(x->file))) {
        popup_open(m->page.ui, _("Passwords in the file"), words, 2, -1, on_sealed, m);
    } else {
        show_changes(m);
    }
}
