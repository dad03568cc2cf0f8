/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_lan.c - [Wireless LAN], [Wired LAN]: which rows there are, and what [Connect], [Set] check.
 */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "settings/settings_rules.h"
#include "ui/dialog.h"
#include "ui/pages.h"
#include "ui/precautions.h"
#include "ui/ui.h"

#define WPA2_PASSWORD_MIN 8
#define WPA2_PASSWORD_MAX 63 /* WPA3: up to the setting's own limit */

/* Both forms have the same seven settings in the same order. */
enum { IP_DHCP, IP_ADDRESS, IP_MASK, IP_GATEWAY, IP_DNS_AUTO, IP_DNS1, IP_DNS2 };
_Static_assert(SET_WLAN_DNS2 == (enum setting_id)(SET_WLAN_DHCP + IP_DNS2) &&
                   SET_WIRED_DNS2 == (enum setting_id)(SET_WIRED_DHCP + IP_DNS2),
               "the settings of addresses stand in this order");

/* One of the seven, of the form that is open. */
static enum setting_id ip(const struct menu *m, int which)
{
    return (enum setting_id)((m->def == &page_wired_detail ? SET_WIRED_DHCP : SET_WLAN_DHCP) +
                             which);
}

/* --- rows ------------------------------------------------------------------------------------- */

const char *lan_not_yet(const struct facts *f)
{
    return f->password ? N_("Not in this version: the network is as the system has set it up.")
                       : N_("First set a password: Network Setup > Edit Authentication.");
}

void lan_unknown_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    (void)m;
    (void)row;
    str_copy(dst, size, _("Not known"));
}

bool lan_access_point(struct menu *m)
{
    return str_starts(menu_str(m, SET_LAN_TYPE), "ap-");
}

bool lan_station(struct menu *m)
{
    return !lan_access_point(m);
}

bool lan_dhcp(struct menu *m)
{
    return menu_on(m, ip(m, IP_DHCP));
}

bool lan_static(struct menu *m)
{
    return !lan_dhcp(m);
}

bool lan_own_dns(struct menu *m)
{
    return lan_static(m) || !menu_on(m, ip(m, IP_DNS_AUTO));
}

static bool is_open(const struct menu *m)
{
    return strcmp(menu_str(m, SET_WLAN_SECURITY), "none") == 0;
}

bool lan_has_password(struct menu *m)
{
    return !is_open(m);
}

void lan_register_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    const char *ssid = menu_str(m, SET_WLAN_SSID);

    (void)row;
    safe_text(dst, size, ssid, strlen(ssid));
}

/* What most networks have: the gateway is their first host, and the DNS server, too. */
void lan_suggest(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    const char *address = menu_str(m, ip(m, IP_ADDRESS));
    const char *gateway = menu_str(m, ip(m, IP_GATEWAY));
    const char *dot = strrchr(address, '.');

    if (row->setting == ip(m, IP_ADDRESS))
        str_copy(dst, size, "192.168.1.20");
    else if (row->setting != ip(m, IP_GATEWAY) && gateway[0] != '\0')
        str_copy(dst, size, gateway);
    else if (dot != NULL)
        str_format(dst, size, "%.*s.1", (int)(dot - address), address);
    else
        str_copy(dst, size, "192.168.1.1");
}

/* --- [Set], [Connect] ------------------------------------------------------------------------- */

/* Whether the addresses make a set; says what does not. */
static bool addresses_good(struct menu *m)
{
    struct err e;

    if (lan_dhcp(m) || rule_ipv4_set(menu_str(m, ip(m, IP_ADDRESS)), menu_str(m, ip(m, IP_MASK)),
                                     menu_str(m, ip(m, IP_GATEWAY)), &e) == 0)
        return true;
    dialog_error(m->page.ui, _("The addresses do not fit"), &e);
    return false;
}

/* Whether name and password can be those of such a network; says what cannot. */
static bool network_good(struct menu *m)
{
    bool wpa2 = strcmp(menu_str(m, SET_WLAN_SECURITY), "wpa2") == 0;
    size_t len = menu_secret(m, SET_WLAN_PASSWORD)->len;

    if (menu_str(m, SET_WLAN_SSID)[0] == '\0') {
        dialog_tell(m->page.ui, _("SSID"), _("Enter the name of the wireless network first."));
        return false;
    }
    if (!is_open(m) && (len < WPA2_PASSWORD_MIN || (wpa2 && len > WPA2_PASSWORD_MAX))) {
        dialog_tell(m->page.ui, _("Password"),
                    wpa2 ? _("With WPA2 the password of a network has 8 to 63 characters.")
                         : _("With WPA3 the password of a network has 8 characters or more."));
        return false;
    }
    return true;
}

static void keep(struct menu *m, const char *title)
{
    struct ui *ui = m->page.ui;

    if (!menu_apply(m))
        return;
    menu_leave(m);
    dialog_tell(ui, title,
                _("What you entered is good and has been kept. This version cannot set up the "
                  "network itself: it stays as the system has set it up."));
}

void lan_set(struct menu *m)
{
    if (addresses_good(m))
        keep(m, _("Set, but not in use"));
}

static void on_open_network(void *arg, int button)
{
    if (button == 1)
        keep(arg, _("Not connected"));
}

void lan_connect(struct menu *m)
{
    const char *buttons[] = {_("Cancel"), _("Connect"), NULL};

    if (!network_good(m) || !addresses_good(m))
        return;
    if (!is_open(m))
        keep(m, _("Not connected"));
    else
        dialog_ask(m->page.ui, _("Connect without security?"),
                   _("With Security None nothing between this unit and the access point is "
                     "encrypted. Anyone within range can read and change it. A network with WPA2 "
                     "or WPA3 is recommended."),
                   buttons, 0, on_open_network, m);
}
