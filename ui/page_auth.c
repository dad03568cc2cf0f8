/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_auth.c - [Edit Authentication] and the first set-up: the unit's user name and password. */
#include <string.h>

#include "access/access.h"
#include "base/intl.h"
#include "base/str.h"
#include "ui/dialog.h"
#include "ui/entry.h"
#include "ui/pages.h"
#include "ui/ui.h"

/* Kept in the form's extra memory between the two times that a password is typed. */
static struct secret *first_of(struct menu *m)
{
    return m->extra;
}

static void enter_first(struct menu *m);

static const char *mark(bool holds)
{
    return holds ? _("ok") : "--";
}

/* "8-16 ok  letter ok  digit --" */
static void first_rules(void *arg, const char *text, size_t len, char *dst, size_t size)
{
    struct access_rules r = access_rules_of(text, len);

    (void)arg;
    str_format(dst, size, _("8-16 %s   letter %s   digit %s"), mark(r.length), mark(r.letter),
               mark(r.digit));
    if (!r.characters)
        str_format(dst, size, _("Only these can be used: %s"), ACCESS_CHARACTERS);
}

static void repeat_rules(void *arg, const char *text, size_t len, char *dst, size_t size)
{
    const struct secret *first = first_of(arg);

    str_copy(dst, size,
             len == first->len && memcmp(text, first->text, len) == 0
                 ? _("The same as before: ok")
                 : _("Once more, to be sure that there is no slip in it."));
}

static void on_differ(void *arg, int button)
{
    (void)button;
    enter_first(arg);
}

static void on_repeat(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;
    struct secret second = SECRET_EMPTY;

    secret_set(&second, text, len);
    if (secret_equal(&second, first_of(m)))
        menu_set_secret(m, SET_AUTH_PASSWORD, &second);
    else
        dialog_tell_then(
            m->page.ui, _("The two differ"),
            _("The password was not the same both times. Nothing has changed. Enter it "
              "again."),
            on_differ, m);
    secret_wipe(&second);
    secret_wipe(first_of(m));
}

static void on_first(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;
    struct entry_request request = {
        .title = _("Repeat Password"),
        .setting = SET_AUTH_PASSWORD,
        .secret = true,
        .rules = repeat_rules,
        .done = on_repeat,
        .arg = m,
    };

    secret_set(first_of(m), text, len);
    entry_open(m->page.ui, &request, "", 0);
}

static void enter_first(struct menu *m)
{
    struct entry_request request = {
        .title = _("Input Password"),
        .setting = SET_AUTH_PASSWORD,
        .secret = true,
        .rules = first_rules,
        .done = on_first,
        .arg = m,
    };

    secret_wipe(first_of(m));
    entry_open(m->page.ui, &request, "", 0);
}

void auth_input_password(struct menu *m, const struct menu_row *row)
{
    (void)row;
    enter_first(m);
}

static void on_generate(void *arg, int button)
{
    struct menu *m = arg;
    struct secret password = SECRET_EMPTY;

    if (button != 0)
        return;
    access_generate(&password);
    menu_set_secret(m, SET_AUTH_PASSWORD, &password);
    secret_wipe(&password);
    ui_note(m->page.ui, _("A password is made. It holds after Set."));
}

void auth_generate(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};

    (void)row;
    dialog_ask(m->page.ui, _("Generate Password"),
               _("Makes a new password of 16 characters. Devices that know the present one must be "
                 "told the new one. After Set, Show Authentication shows it."),
               buttons, 1, on_generate, m);
}

void auth_first_use_set(struct menu *m)
{
    if (menu_secret(m, SET_AUTH_PASSWORD)->len == 0) {
        dialog_tell(
            m->page.ui, _("No password yet"),
            _("Choose Input Password to enter one, or Generate Password to have one made."));
        return;
    }
    if (!menu_apply(m))
        return;
    menu_leave(m);
    dialog_tell(m->page.ui, _("The unit is set up"),
                _("Network functions can be used now. To see user name and password: Network Setup "
                  "> Show Authentication."));
}
