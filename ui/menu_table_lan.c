/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu_table_lan.c - the pages of [Wireless LAN], [Wired LAN] and [USB Tethering]; a part of
 * menu_table.c.
 */
#include "base/intl.h"
#include "base/str.h"
#include "ui/menu.h"
#include "ui/pages.h"

/* What every form of addresses ends with; P is WLAN or WIRED. */
#define IP_ROWS(P)                                                                                \
    {                                                                                             \
        .kind = ROW_SETTING,                                                                      \
        .label = N_("DHCP"),                                                                      \
        .setting = SET_##P##_DHCP,                                                                \
        .hint = N_("On: the network gives this unit its address."),                               \
        .help = N_("On: a router or access point gives this unit its address, and this is right " \
                   "for most networks. Off: enter the address that whoever manages the network "  \
                   "has given you."),                                                             \
    },                                                                                            \
        {                                                                                         \
            .kind = ROW_SETTING,                                                                  \
            .label = N_("IP Address"),                                                            \
            .setting = SET_##P##_ADDRESS,                                                         \
            .shown = lan_static,                                                                  \
            .suggest = lan_suggest,                                                               \
            .empty = N_("Not set"),                                                               \
            .hint = N_("This unit's address, one that no other device has."),                     \
            .help = N_("The IPv4 address of this unit, for example 192.168.1.20. Another device " \
                       "with the same address would disturb both."),                              \
        },                                                                                        \
        {                                                                                         \
            .kind = ROW_SETTING,                                                                  \
            .label = N_("Subnet Mask"),                                                           \
            .setting = SET_##P##_MASK,                                                            \
            .shown = lan_static,                                                                  \
            .mask = true,                                                                         \
            .empty = N_("Not set"),                                                               \
            .hint = N_("How large the network is; mostly 255.255.255.0."),                        \
            .help = N_("Which part of the address names the network and which the device. "       \
                       "255.255.255.0 fits most networks; whoever manages it knows."),            \
        },                                                                                        \
        {                                                                                         \
            .kind = ROW_SETTING,                                                                  \
            .label = N_("Gateway"),                                                               \
            .setting = SET_##P##_GATEWAY,                                                         \
            .shown = lan_static,                                                                  \
            .suggest = lan_suggest,                                                               \
            .empty = N_("None"),                                                                  \
            .hint = N_("The router's address. None: only the local network."),                    \
            .help = N_("The address of the router through which other networks and the "          \
                       "Internet are reached. It must be in the same network as IP Address. "     \
                       "Without it only servers in the local network can be used."),              \
            .tip = TIP_INTERNET,                                                                  \
        },                                                                                        \
        {                                                                                         \
            .kind = ROW_SETTING,                                                                  \
            .label = N_("DNS Auto"),                                                              \
            .setting = SET_##P##_DNS_AUTO,                                                        \
            .shown = lan_dhcp,                                                                    \
            .hint = N_("On: the network names the DNS servers, too."),                            \
            .help = N_("On: the servers that find the addresses of host names are those that "    \
                       "the network names. Off: enter them."),                                    \
        },                                                                                        \
        {                                                                                         \
            .kind = ROW_SETTING,                                                                  \
            .label = N_("Primary DNS Server"),                                                    \
            .setting = SET_##P##_DNS1,                                                            \
            .shown = lan_own_dns,                                                                 \
            .suggest = lan_suggest,                                                               \
            .empty = N_("None"),                                                                  \
            .hint = N_("It finds the addresses of host names."),                                  \
            .help = N_("The server that finds the address of a name such as "                     \
                       "ingest.example.net; often the router. Without one, servers must be "      \
                       "given by their address."),                                                \
        },                                                                                        \
    {                                                                                             \
        .kind = ROW_SETTING, .label = N_("Secondary DNS Server"), .setting = SET_##P##_DNS2,      \
        .shown = lan_own_dns, .suggest = lan_suggest, .empty = N_("None"),                        \
        .hint = N_("Asked when the first one does not answer."),                                  \
        .help = N_("Another server that finds addresses of names, asked when the first one "      \
                   "does not answer. It may stay empty."),                                        \
    }

#define ROW_LAN_READ_ONLY(name, about)                                                            \
    {                                                                                             \
        .kind = ROW_READ_ONLY, .label = name, .value = lan_unknown_value, .blocked = lan_not_yet, \
        .help = about,                                                                            \
    }

#define LAN_IP_ROWS                                                                            \
    ROW_LAN_READ_ONLY(N_("IP Address"), N_("The address that this unit has in the network.")), \
        ROW_LAN_READ_ONLY(N_("Subnet Mask"),                                                   \
                          N_("How large that network is: 255.255.255.0 is 254 devices."))

#define ROW_MAC                                                                                 \
    ROW_LAN_READ_ONLY(N_("MAC Address"), N_("The number that this unit's network hardware has " \
                                            "from its maker; some networks admit only "         \
                                            "registered ones."))

/* --- Network > Wireless LAN ------------------------------------------------------------------- */

/* In the order of the setting's words. */
static const char *const security_words[] = {N_("None"), N_("WPA2"), N_("WPA3")};

static const struct menu_row manual_register_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("SSID"),
        .setting = SET_WLAN_SSID,
        .empty = N_("Not set"),
        .hint = N_("The network's name, as the access point spells it."),
        .help = N_("The name of the wireless network, 1 to 32 characters. Capitals and small "
                   "letters differ. A network that hides its name can be registered here, too."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Security"),
        .setting = SET_WLAN_SECURITY,
        .words = security_words,
        .hint = N_("WPA2 or WPA3. None: anyone within range can read along."),
        .help = N_("How the access point protects the network. WPA3 is the best, WPA2 is good with "
                   "a long password. WEP and the first WPA have been broken and cannot be used."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Password"),
        .setting = SET_WLAN_PASSWORD,
        .shown = lan_has_password,
        .empty = N_("Not set"),
        .hint = N_("The network's password, 8 to 63 characters; WPA3: to 128."),
        .help = N_("The password of the wireless network. WPA2: 8 to 63 characters, WPA3: 8 to "
                   "128. Let no one watch."),
        .tip = TIP_AUTHENTICATION,
    },
    IP_ROWS(WLAN),
};

const struct menu_page page_manual_register = {
    .title = N_("Manual Register"),
    .intro = N_("Not in this version: nothing connects yet. What is entered here is checked and "
                "kept."),
    .rows = manual_register_rows,
    .row_count = ARRAY_LEN(manual_register_rows),
    .form = true,
    .accept = N_("Connect"),
    .set = lan_connect,
};

static const struct menu_row wireless_rows[] = {
    {
        .kind = ROW_READ_ONLY,
        .label = N_("Status"),
        .value = lan_unknown_value,
        .blocked = lan_not_yet,
        .help = N_("Whether the unit is connected: the network's name, its security, band and "
                   "signal."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Scan Networks"),
        .shown = lan_station,
        .blocked = lan_not_yet,
        .help = N_("Shows the wireless networks within range, to choose one. Those that only know "
                   "WEP or the first WPA are shown and cannot be chosen."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_ACTION,
        .label = N_("WPS"),
        .shown = lan_station,
        .blocked = lan_not_yet,
        .help = N_("Connects to an access point whose WPS button is pressed within two minutes. "
                   "One without security is refused."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Manual Register"),
        .page = &page_manual_register,
        .value = lan_register_value,
        .shown = lan_station,
        .hint = N_("Enter a network: name, security, password, address."),
        .help = N_("A form for a network that a scan does not show, or whose addresses have to be "
                   "entered. Nothing happens before Connect."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Saved Networks"),
        .shown = lan_station,
        .blocked = lan_not_yet,
        .help = N_("The last ten networks that were used, to connect to again, to change or to "
                   "forget."),
    },
    {
        .kind = ROW_READ_ONLY,
        .label = N_("Channel"),
        .value = lan_unknown_value,
        .shown = lan_access_point,
        .blocked = lan_not_yet,
        .help = N_("The radio channel on which this unit offers its own network."),
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Camera SSID & Password"),
        .shown = lan_access_point,
        .blocked = lan_not_yet,
        .help = N_("Name and password of the network that this unit offers, as text and as a QR "
                   "code that phones can read. Let no one else see them."),
        .tip = TIP_AUTHENTICATION,
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Regenerate Password"),
        .shown = lan_access_point,
        .blocked = lan_not_yet,
        .help = N_("Makes a new password for the network that this unit offers. Devices that know "
                   "the old one have to be told."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Country"),
        .setting = SET_WLAN_COUNTRY,
        .empty = N_("Not set"),
        .blocked = lan_not_yet,
        .help = N_("The country in which the unit is used, as two capital letters: it decides "
                   "which radio channels are allowed. The access point mode at 5 GHz needs it."),
    },
    LAN_IP_ROWS,
    ROW_MAC,
};

const struct menu_page page_wireless = {
    .title = N_("Wireless LAN"),
    .rows = wireless_rows,
    .row_count = ARRAY_LEN(wireless_rows),
};

/* --- Network > Wired LAN ---------------------------------------------------------------------- */

static const struct menu_row wired_detail_rows[] = {
    IP_ROWS(WIRED),
};

const struct menu_page page_wired_detail = {
    .title = N_("Detail Settings"),
    .intro = N_("Not in this version: nothing uses these yet. What is entered here is checked and "
                "kept."),
    .rows = wired_detail_rows,
    .row_count = ARRAY_LEN(wired_detail_rows),
    .form = true,
    .set = lan_set,
};

static const struct menu_row wired_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("Setting"),
        .setting = SET_WIRED_ENABLED,
        .blocked = lan_not_yet,
        .help = N_("Whether the wired LAN is used. Wired and wireless LAN cannot be used at the "
                   "same time."),
        .tip = TIP_NETWORKS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Detail Settings"),
        .page = &page_wired_detail,
        .hint = N_("Addresses for the wired LAN. They are set at Set."),
        .help = N_("How the unit gets its address in the wired LAN. Nothing is applied before "
                   "Set."),
    },
    LAN_IP_ROWS,
    ROW_MAC,
};

const struct menu_page page_wired = {
    .title = N_("Wired LAN"),
    .rows = wired_rows,
    .row_count = ARRAY_LEN(wired_rows),
};

/* --- Network > USB Tethering ------------------------------------------------------------------ */

static const struct menu_row usb_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("Setting"),
        .setting = SET_USB_ENABLED,
        .blocked = lan_not_yet,
        .help = N_("Whether a smartphone on the USB port is used as the way to the network. No hub "
                   "may be in between."),
        .tip = TIP_USB,
    },
    {
        .kind = ROW_READ_ONLY,
        .label = N_("Status"),
        .value = lan_unknown_value,
        .blocked = lan_not_yet,
        .help = N_("Whether a phone is connected, and its maker, model and serial number. Before "
                   "it is used for the first time you are asked whether you trust it."),
        .tip = TIP_USB,
    },
    LAN_IP_ROWS,
};

const struct menu_page page_usb = {
    .title = N_("USB Tethering"),
    .rows = usb_rows,
    .row_count = ARRAY_LEN(usb_rows),
};
