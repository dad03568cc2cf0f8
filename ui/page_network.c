/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_network.c - [Network Reset], [Disconnect All], [Security Precautions]. */
#include "base/intl.h"
#include "base/str.h"
#include "service/service_backup.h"
#include "ui/dialog.h"
#include "ui/pages.h"
#include "ui/precautions.h"
#include "ui/ui.h"

/* --- [Network Reset] -------------------------------------------------------------------------- */

static void on_reset(void *arg, int button)
{
    struct menu *m = arg;
    struct err e;

    if (button != 0)
        return;
    if (service_network_reset(ui_service(m->page.ui), &e) < 0)
        dialog_error(m->page.ui, _("Nothing was reset"), &e);
    else
        ui_note(m->page.ui, _("The network settings are those of a new unit."));
    ui_refresh(m->page.ui);
}

void network_reset(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};

    (void)row;
    dialog_ask(m->page.ui, _("Network Reset"),
               _("All network settings, the sixteen servers with their passwords and the saved "
                 "networks go back to what a new unit has. This unit's user name and password, "
                 "root certificates and jobs stay. There is no way back: save a settings file "
                 "before."),
               buttons, 1, on_reset, m);
}

/* --- [Disconnect All] ------------------------------------------------------------------------- */

static bool asking; /* the question is on the screen: F8 again does not ask twice */

static void on_disconnect(void *arg, int button)
{
    struct ui *ui = arg;
    char text[512], jobs[256];
    size_t count = 0;
    struct err e;

    asking = false;
    if (button != 0)
        return;
    if (service_jobs_suspend_all(ui_service(ui), &count, &e) < 0) {
        dialog_error(ui, _("Not all transfers were stopped"), &e);
        ui_refresh(ui);
        return;
    }
    str_format(jobs, sizeof(jobs),
               count == 0 ? _("No transfer was under way or waiting.")
                          : ngettext("%zu transfer is suspended and stays so until File Transfer > "
                                     "Resume All Jobs.",
                                     "%zu transfers are suspended and stay so until File Transfer "
                                     "> Resume All Jobs.",
                                     count),
               count);
    str_format(text, sizeof(text), "%s\n\n%s", jobs,
               _("This version does not switch the network itself: Wi-Fi and cables are still "
                 "connected if the system has connected them."));
    ui_refresh(ui);
    dialog_tell(ui, _("Transfers are stopped"), text);
}

void disconnect_ask(struct ui *ui)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};

    if (asking)
        return;
    asking = true;
    dialog_ask(ui, _("Disconnect All"),
               _("Stops every transfer, and keeps it stopped until you resume it."), buttons, 0,
               on_disconnect, ui);
}

void network_disconnect(struct menu *m, const struct menu_row *row)
{
    (void)row;
    disconnect_ask(m->page.ui);
}

bool transfer_any_suspended(struct menu *m)
{
    return ui_facts(m->page.ui)->jobs[JOB_SUSPENDED] > 0;
}

void transfer_resume_all(struct menu *m, const struct menu_row *row)
{
    struct ui *ui = m->page.ui;
    size_t count = 0;
    char text[128];
    struct err e;

    (void)row;
    if (service_jobs_resume_all(ui_service(ui), &count, &e) < 0 ||
        (count > 0 && service_sender_start(ui_service(ui), &e) < 0)) {
        dialog_error(ui, _("Not all transfers were resumed"), &e);
    } else {
        str_format(text, sizeof(text),
                   ngettext("%zu transfer goes on.", "%zu transfers go on.", count), count);
        ui_note(ui, text);
    }
    ui_refresh(ui);
}

/* --- [Security Precautions] ------------------------------------------------------------------- */

void precaution_row(struct menu *m, const struct menu_row *row)
{
    precaution_open(m->page.ui, row->tip);
}
