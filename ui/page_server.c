/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_server.c - [Server Settings]: what is more than editing a setting. */
#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/pages.h"
#include "ui/popup.h"
#include "ui/ui.h"

static struct server_extra *extra_of(struct menu *m)
{
    return m->extra;
}

bool server_secure(struct menu *m)
{
    return menu_on(m, SET_SERVER_SECURE);
}

void server_secure_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    (void)row;
    str_copy(dst, size, server_secure(m) ? _("On") : _("Not encrypted"));
}

void server_encryption_changed(struct menu *m, const struct menu_row *row)
{
    (void)row;
    if (str_starts(menu_str(m, SET_SERVER_ENCRYPTION), "compatible"))
        dialog_tell(m->page.ui, _("Compatible"),
                    _("This also accepts algorithms that are deprecated (CBC, DHE, static RSA, "
                      "SHA-1). With them it is more likely that someone on the way can decrypt or "
                      "change what is sent. Use it only for a server that cannot do better, and "
                      "ask for the recommended algorithms to be enabled there."));
}

/* --- root certificate ------------------------------------------------------------------------ */

void server_certificate_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    (void)row;
    switch (extra_of(m)->armed) {
    case SERVER_KEEP:
        str_copy(dst, size, _("None"));
        break;
    case SERVER_LOAD:
        str_copy(dst, size, _("Load (at Set)"));
        break;
    case SERVER_CLEAR:
        str_copy(dst, size, _("Clear (at Set)"));
        break;
    }
}

void server_closed(struct menu *m)
{
    buf_done(&extra_of(m)->pem);
}

/* Load: checked and shown now, installed at [Set]. */
static void arm_load(struct menu *m)
{
    struct cert_bundle bundle = {.certs = NULL, .count = 0};
    struct buf pem;
    struct err e;

    buf_init(&pem, CERT_FILE_MAX);
    if (service_certificate_check(ui_service(m->page.ui), NULL, &pem, &bundle, &e) < 0) {
        dialog_error(m->page.ui, _("The certificate was not loaded"), &e);
        buf_done(&pem);
        return;
    }
    buf_done(&extra_of(m)->pem);
    extra_of(m)->pem = pem;
    extra_of(m)->armed = SERVER_LOAD;
    certificates_open(m->page.ui, _("On the card"), &bundle);
    ui_note(m->page.ui, _("Good. It will be loaded at Set."));
    cert_bundle_done(&bundle);
}

static void on_certificate(void *arg, int number)
{
    struct menu *m = arg;

    if (number == 0)
        arm_load(m);
    else
        extra_of(m)->armed = number == 1 ? SERVER_CLEAR : SERVER_KEEP;
}

void server_certificate(struct menu *m, const struct menu_row *row)
{
    const char *words[] = {_("Load"), _("Clear"), _("None")};
    int now = extra_of(m)->armed == SERVER_LOAD ? 0 : extra_of(m)->armed == SERVER_CLEAR ? 1 : 2;

    (void)row;
    popup_open(m->page.ui, _("Root Certificate"), words, 3, now, on_certificate, m);
}

void server_status_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    struct cert_bundle bundle;

    (void)row;
    if (service_certificate(ui_service(m->page.ui), m->number, &bundle, NULL) < 0) {
        str_copy(dst, size, _("No Certificate"));
        return;
    }
    certificates_short(&bundle, dst, size);
    cert_bundle_done(&bundle);
}

void server_status(struct menu *m, const struct menu_row *row)
{
    struct cert_bundle bundle;
    struct err e;

    (void)row;
    if (service_certificate(ui_service(m->page.ui), m->number, &bundle, &e) < 0) {
        dialog_error(m->page.ui, _("No Certificate"), &e);
        return;
    }
    certificates_open(m->page.ui, _("Root Certificate Status"), &bundle);
    cert_bundle_done(&bundle);
}

/* --- check ------------------------------------------------------------------------------------ */

static void on_check(void *arg, int button)
{
    struct menu *m = arg;

    if (button == 1)
        check_open(m->page.ui, m->number);
}

void server_check(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Cancel"), _("Check"), NULL};

    (void)row;
    if (!stage_any(&m->stage) && !server_waiting(m)) {
        check_open(m->page.ui, m->number);
        return;
    }
    dialog_ask(m->page.ui, _("Check Server"),
               _("What was changed on this page is not set yet. The check uses what was set "
                 "before; to check the changes, choose Set first."),
               buttons, 0, on_check, m);
}

/* --- reset and set ---------------------------------------------------------------------------- */

static void on_reset(void *arg, int button)
{
    struct menu *m = arg;
    struct service *svc = ui_service(m->page.ui);
    struct cert_bundle bundle;

    if (button != 0)
        return;
    for (int id = 0; id < SET_COUNT; id++)
        if (setting_row((enum setting_id)id)->per_server)
            stage_preset(&m->stage, service_settings(svc), m->number, (enum setting_id)id);
    extra_of(m)->armed = SERVER_KEEP;
    if (service_certificate(svc, m->number, &bundle, NULL) == 0) {
        extra_of(m)->armed = SERVER_CLEAR;
        cert_bundle_done(&bundle);
    }
}

void server_reset(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};

    (void)row;
    dialog_ask(m->page.ui, _("Reset"),
               _("Sets every value on this page back, and its root certificate is cleared. Nothing "
                 "is lost before Set."),
               buttons, 1, on_reset, m);
}

bool server_waiting(const struct menu *m)
{
    const struct server_extra *x = m->extra;

    return x->armed != SERVER_KEEP;
}

/* What was armed. The old certificate stays when it fails. */
static bool apply_certificate(struct menu *m)
{
    struct service *svc = ui_service(m->page.ui);
    struct err e;
    int r = 0;

    if (extra_of(m)->armed == SERVER_LOAD)
        r = service_certificate_install(svc, m->number, &extra_of(m)->pem, &e);
    else if (extra_of(m)->armed == SERVER_CLEAR)
        r = service_certificate_clear(svc, m->number, &e);
    if (r < 0) {
        dialog_error(m->page.ui, _("Nothing was set"), &e);
        return false;
    }
    extra_of(m)->armed = SERVER_KEEP;
    return true;
}

void server_set(struct menu *m)
{
    struct service *svc = ui_service(m->page.ui);
    struct ui *ui = m->page.ui;
    char text[128];
    struct err e;

    if (!apply_certificate(m) || !menu_apply(m))
        return;
    menu_leave(m);
    if (service_server_ready(svc, m->number, &e) < 0 && e.code == ERR_NO_CERTIFICATE) {
        dialog_error(ui, _("Set, but nothing can be sent yet"), &e);
        return;
    }
    str_format(text, sizeof(text), _("Server Settings%d: set."), m->number);
    ui_note(ui, text);
}
