/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_transfer.c - [File Transfer]: values and actions of its rows. */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/dialog.h"
#include "ui/pages.h"
#include "ui/popup.h"
#include "ui/ui.h"

void server_name(const struct settings *s, int server, char *dst, size_t size)
{
    const char *name = settings_str(s, SET_SERVER_NAME, server);

    safe_text(dst, size, name, strlen(name));
}

/* "Studio ingest", "Not encrypted: Studio ingest", "Not set" */
static void server_short(const struct settings *s, int server, char *dst, size_t size)
{
    char name[SETTING_VALUE_MAX * 4];

    server_name(s, server, name, sizeof(name));
    if (settings_str(s, SET_SERVER_HOST, server)[0] == '\0')
        str_copy(dst, size, _("Not set"));
    else if (!settings_on(s, SET_SERVER_SECURE, server))
        str_format(dst, size, _("%s (not encrypted)"), name);
    else
        str_copy(dst, size, name);
}

void transfer_server_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    server_short(service_settings(ui_service(m->page.ui)), row->number, dst, size);
}

void transfer_default_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    char name[SETTING_VALUE_MAX];
    int server = ui_facts(m->page.ui)->default_server;

    (void)row;
    server_short(service_settings(ui_service(m->page.ui)), server, name, sizeof(name));
    str_format(dst, size, "%d %s", server, name);
}

static void on_default(void *arg, int number)
{
    struct menu *m = arg;
    char value[16];

    str_format(value, sizeof(value), "%d", number + 1);
    menu_set_text(m, SET_TRANSFER_DEFAULT_SERVER, value);
}

void transfer_default_server(struct menu *m, const struct menu_row *row)
{
    char names[SETTINGS_SERVERS][64];
    const char *words[SETTINGS_SERVERS];

    (void)row;
    for (int i = 0; i < SETTINGS_SERVERS; i++) {
        char name[SETTING_VALUE_MAX];

        server_short(service_settings(ui_service(m->page.ui)), i + 1, name, sizeof(name));
        str_format(names[i], sizeof(names[i]), "%2d %s", i + 1, name);
        words[i] = names[i];
    }
    popup_open(m->page.ui, _("Default Upload Server"), words, SETTINGS_SERVERS,
               ui_facts(m->page.ui)->default_server - 1, on_default, m);
}

void transfer_jobs_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    size_t jobs = ui_facts(m->page.ui)->jobs_total;

    (void)row;
    if (jobs == 0)
        str_copy(dst, size, _("No jobs"));
    else
        str_format(dst, size, ngettext("%zu job", "%zu jobs", jobs), jobs);
}

static void clear_jobs(struct menu *m, bool completed_only)
{
    struct err e;

    if (service_jobs_clear(ui_service(m->page.ui), completed_only, &e) < 0)
        dialog_error(m->page.ui, _("Not all jobs were cleared"), &e);
    else
        ui_note(m->page.ui, _("Jobs cleared."));
    ui_refresh(m->page.ui);
}

static void on_clear_completed(void *arg, int button)
{
    if (button == 0)
        clear_jobs(arg, true);
}

static void on_clear_all(void *arg, int button)
{
    if (button == 0)
        clear_jobs(arg, false);
}

void transfer_clear(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};
    size_t jobs = ui_facts(m->page.ui)->jobs_total;
    char text[256];

    if (row->number == 1) {
        dialog_ask(m->page.ui, _("Clear Completed Jobs"),
                   _("Takes completed jobs off the list. No file is deleted."), buttons, 0,
                   on_clear_completed, m);
        return;
    }
    str_format(
        text, sizeof(text),
        ngettext("Takes %zu job off the list and stops what is being sent. Files on the card "
                 "and on the server stay.",
                 "Takes %zu jobs off the list and stops what is being sent. Files on the "
                 "card and on the server stay.",
                 jobs),
        jobs);
    dialog_ask(m->page.ui, _("Clear All Jobs"), text, buttons, 1, on_clear_all, m);
}
