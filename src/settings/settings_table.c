/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_table.c - every setting, once. To add one: an id in settings.h and a row here.
 */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "base/str.h"
#include "settings/settings.h"
#include "settings/settings_rules.h"

static const char *const switch_words[] = {"off", "on", NULL};
static const char *const lan_type_words[] = {"off",     "ap-2.4ghz", "ap-5ghz",
                                             "station", "wired",     NULL};
static const char *const security_words[] = {"none", "wpa2", "wpa3", NULL};
static const char *const theme_words[] = {"dark", "light", "high-contrast", "mono", NULL};

/* In the order of enum tls_policy (net/suites.h). */
static const char *const encryption_words[] = {"compatible", "recommended", "tls13", NULL};

/* In the order of enum ftpes_exists (ftpes/ftpes.h). */
static const char *const exists_words[] = {"overwrite", "keep", "skip", NULL};

#define SERVER_KEY "server.N." /* how a row of a server begins; N is its number in a real key */

/* clang-format off */
static const struct setting rows[SET_COUNT] = {
    /* [Edit Authentication]: who may use the unit over the network. Rules: access/access.h. */
    [SET_AUTH_USER] = {
        .key = "auth.user", .kind = SETTING_TEXT, .preset = ACCESS_USER_DEFAULT,
        .min = ACCESS_USER_MIN, .max = ACCESS_USER_MAX, .check = access_check_user,
        .group = SETTING_OF_ACCESS,
        .item = "User Name",
        .about = "The name under which this unit is used over the network: " ACCESS_CHARACTERS,
    },
    [SET_AUTH_PASSWORD] = { /* nothing networked works until it is set */
        .key = "auth.password", .kind = SETTING_SECRET, .preset = "",
        .min = ACCESS_PASSWORD_MIN, .max = ACCESS_PASSWORD_MAX, .check = access_check_password,
        .group = SETTING_OF_ACCESS,
        .item = "Input Password",
        .about = "The password to it, with at least one letter and one digit: " ACCESS_CHARACTERS
                 " . Until it is set, all network functions are off.",
    },

    /* [Network Setup] */
    [SET_LAN_TYPE] = {
        .key = "lan.type", .kind = SETTING_CHOICE, .preset = "off", .choices = lan_type_words,
        .item = "LAN Type Select",
        .about = "Which kind of network the unit uses; one at a time.",
    },

    /* [Wireless LAN] - [Manual Register] */
    [SET_WLAN_SSID] = {
        .key = "wlan.ssid", .kind = SETTING_TEXT, .preset = "", .min = 1, .max = 32,
        .check = rule_ssid,
        .item = "SSID",
        .about = "The name of the wireless network, as its access point spells it.",
    },
    [SET_WLAN_SECURITY] = {
        .key = "wlan.security", .kind = SETTING_CHOICE, .preset = "wpa2",
        .choices = security_words,
        .item = "Security",
        .about = "How the wireless network is protected. With none, anyone within range can read "
                 "what is sent.",
    },
    [SET_WLAN_PASSWORD] = {
        .key = "wlan.password", .kind = SETTING_SECRET, .preset = "", .min = 8, .max = 128,
        .check = rule_passphrase,
        .item = "Password",
        .about = "The password of the wireless network: 8 to 63 characters with wpa2, up to 128 "
                 "with wpa3.",
    },
    [SET_WLAN_DHCP] = {
        .key = "wlan.dhcp", .kind = SETTING_SWITCH, .preset = "on", .choices = switch_words,
        .item = "DHCP",
        .about = "On: the network gives this unit its address. Off: it is entered.",
    },
    [SET_WLAN_ADDRESS] = {
        .key = "wlan.address", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "IP Address",
        .about = "This unit's IPv4 address; used when DHCP is off.",
    },
    [SET_WLAN_MASK] = {
        .key = "wlan.mask", .kind = SETTING_ADDRESS, .preset = "255.255.255.0",
        .check = rule_mask,
        .item = "Subnet Mask",
        .about = "How much of the address names the network; used when DHCP is off.",
    },
    [SET_WLAN_GATEWAY] = {
        .key = "wlan.gateway", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Gateway",
        .about = "The router's address, in the same network; used when DHCP is off. Empty: only "
                 "the local network can be reached.",
    },
    [SET_WLAN_DNS_AUTO] = {
        .key = "wlan.dns_auto", .kind = SETTING_SWITCH, .preset = "on", .choices = switch_words,
        .item = "DNS Auto",
        .about = "On: the network names the DNS servers. Only with DHCP.",
    },
    [SET_WLAN_DNS1] = {
        .key = "wlan.dns1", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Primary DNS Server",
        .about = "The server that finds the addresses of host names.",
    },
    [SET_WLAN_DNS2] = {
        .key = "wlan.dns2", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Secondary DNS Server",
        .about = "Asked when the first does not answer.",
    },
    [SET_WLAN_COUNTRY] = {
        .key = "wlan.country", .kind = SETTING_TEXT, .preset = "", .min = 0, .max = 2,
        .check = rule_country,
        .item = "Country",
        .about = "Where the unit is used, as two capital letters (DE, JP, US): it decides which "
                 "radio channels are allowed.",
    },

    /* [Wired LAN] */
    [SET_WIRED_ENABLED] = {
        .key = "wired.enabled", .kind = SETTING_SWITCH, .preset = "off", .choices = switch_words,
        .item = "Setting",
        .about = "Whether the wired LAN is used.",
    },
    [SET_WIRED_DHCP] = {
        .key = "wired.dhcp", .kind = SETTING_SWITCH, .preset = "on", .choices = switch_words,
        .item = "DHCP",
        .about = "On: the network gives this unit its address. Off: it is entered.",
    },
    [SET_WIRED_ADDRESS] = {
        .key = "wired.address", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "IP Address",
        .about = "This unit's IPv4 address; used when DHCP is off.",
    },
    [SET_WIRED_MASK] = {
        .key = "wired.mask", .kind = SETTING_ADDRESS, .preset = "255.255.255.0",
        .check = rule_mask,
        .item = "Subnet Mask",
        .about = "How much of the address names the network; used when DHCP is off.",
    },
    [SET_WIRED_GATEWAY] = {
        .key = "wired.gateway", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Gateway",
        .about = "The router's address, in the same network; used when DHCP is off. Empty: only "
                 "the local network can be reached.",
    },
    [SET_WIRED_DNS_AUTO] = {
        .key = "wired.dns_auto", .kind = SETTING_SWITCH, .preset = "on", .choices = switch_words,
        .item = "DNS Auto",
        .about = "On: the network names the DNS servers. Only with DHCP.",
    },
    [SET_WIRED_DNS1] = {
        .key = "wired.dns1", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Primary DNS Server",
        .about = "The server that finds the addresses of host names.",
    },
    [SET_WIRED_DNS2] = {
        .key = "wired.dns2", .kind = SETTING_ADDRESS, .preset = "", .check = rule_ipv4,
        .item = "Secondary DNS Server",
        .about = "Asked when the first does not answer.",
    },

    /* [USB Tethering] */
    [SET_USB_ENABLED] = {
        .key = "usb.enabled", .kind = SETTING_SWITCH, .preset = "off", .choices = switch_words,
        .item = "Setting",
        .about = "Whether a smartphone on the USB port is used as the way to the network.",
    },

    /* [File Transfer] */
    [SET_TRANSFER_DEFAULT_SERVER] = {
        .key = "transfer.default_server", .kind = SETTING_NUMBER, .preset = "1",
        .min = 1, .max = SETTINGS_SERVERS,
        .item = "Default Upload Server",
        .about = "The server that is used when none is named.",
    },

    /* [Display] */
    [SET_DISPLAY_LANGUAGE] = {
        .key = "display.language", .kind = SETTING_TEXT, .preset = "", .min = 0, .max = 15,
        .check = rule_language, .group = SETTING_OF_DISPLAY,
        .item = "Language",
        .about = "The language of the menu, as gettext names it: en, ja, de. Empty: that which "
                 "LANG names.",
    },
    [SET_DISPLAY_THEME] = {
        .key = "display.theme", .kind = SETTING_CHOICE, .preset = "dark",
        .group = SETTING_OF_DISPLAY,
        .choices = theme_words,
        .item = "Theme",
        .about = "The colours of the menu.",
    },

    /* [Server Settings1] .. [Server Settings16] */
    [SET_SERVER_NAME] = {
        .key = SERVER_KEY "name", .kind = SETTING_TEXT, .preset = "Server N",
        .min = 1, .max = 16, .check = rule_text, .per_server = true,
        .item = "Display Name",
        .about = "How the menu and the job list call the server.",
    },
    [SET_SERVER_HOST] = {
        .key = SERVER_KEY "host", .kind = SETTING_TEXT, .preset = "",
        .min = 1, .max = 255, .check = rule_host, .per_server = true,
        .item = "Host Name",
        .about = "A host name, an IPv4 address, or an IPv6 address without brackets. The "
                 "server's certificate must name exactly this. A server without it cannot be used.",
    },
    [SET_SERVER_PORT] = {
        .key = SERVER_KEY "port", .kind = SETTING_NUMBER, .preset = "21",
        .min = 1, .max = 65535, .per_server = true,
        .item = "Port",
        .about = "Explicit FTPS (FTPES) and FTP normally use 21.",
    },
    [SET_SERVER_USER] = {
        .key = SERVER_KEY "user", .kind = SETTING_TEXT, .preset = "",
        .min = 0, .max = 255, .check = rule_text, .per_server = true,
        .item = "User Name",
        .about = "The account on the server; empty logs in as anonymous.",
    },
    [SET_SERVER_PASSWORD] = {
        .key = SERVER_KEY "password", .kind = SETTING_SECRET, .preset = "",
        .min = 0, .max = SECRET_MAX, .check = rule_password, .per_server = true,
        .item = "Password",
        .about = "The password of that account.",
    },
    [SET_SERVER_PASSIVE] = {
        .key = SERVER_KEY "passive", .kind = SETTING_SWITCH, .preset = "on",
        .choices = switch_words, .per_server = true,
        .item = "Passive Mode",
        .about = "On: this unit opens data connections, which passes most firewalls. Off "
                 "(active mode): the server opens them.",
    },
    [SET_SERVER_DIR] = {
        .key = SERVER_KEY "dir", .kind = SETTING_TEXT, .preset = "",
        .min = 0, .max = 128, .check = rule_text, .per_server = true,
        .item = "Destination Directory",
        .about = "The folder on the server that files go to, made when it is missing; "
                 "empty: where the login ends.",
    },
    [SET_SERVER_SECURE] = {
        .key = SERVER_KEY "secure", .kind = SETTING_SWITCH, .preset = "off",
        .choices = switch_words, .per_server = true,
        .item = "Using Secure Protocol",
        .about = "On: FTPES, and nothing is sent before the server has proved who it is; a "
                 "root certificate must be loaded. Off: FTP, where others can read "
                 "everything, the password too.",
    },
    [SET_SERVER_ENCRYPTION] = {
        .key = SERVER_KEY "encryption", .kind = SETTING_CHOICE, .preset = "compatible",
        .choices = encryption_words, .per_server = true,
        .item = "Encryption",
        .about = "compatible: the fifteen cipher suites, of which twelve are deprecated. "
                 "recommended: the other three. tls13: TLS 1.3, then those three.",
    },
    [SET_SERVER_EXISTS] = {
        .key = SERVER_KEY "exists", .kind = SETTING_CHOICE, .preset = "keep",
        .choices = exists_words, .per_server = true,
        .item = "If File Exists",
        .about = "What to do when the server has a file of that name: overwrite it, keep "
                 "both (the new one gets a number), or skip the new one.",
    },
    [SET_SERVER_SESSIONS] = {
        .key = SERVER_KEY "sessions", .kind = SETTING_NUMBER, .preset = "6",
        .min = 1, .max = 8, .per_server = true,
        .item = "Sessions",
        .about = "How many files are sent to the server at a time. A server that lets "
                 "fewer in gets fewer.",
    },
};
/* clang-format on */

const struct setting *setting_row(enum setting_id id)
{
    return &rows[id];
}

/* "server.12.host" -> 12 and "host". */
static bool split_server_key(const char *key, int *ret_server, const char **ret_rest)
{
    static const char prefix[] = "server.";
    const char *number = key + sizeof(prefix) - 1;
    const char *dot;
    char text[4];
    long server;

    if (!str_starts(key, prefix) || (dot = strchr(number, '.')) == NULL ||
        (size_t)(dot - number) >= sizeof(text) || *number < '1' || *number > '9')
        return false;
    str_format(text, sizeof(text), "%.*s", (int)(dot - number), number);
    if (!str_to_long(text, 1, SETTINGS_SERVERS, &server))
        return false;
    *ret_server = (int)server;
    *ret_rest = dot + 1;
    return true;
}

int setting_find(const char *key, enum setting_id *ret_id, int *ret_server, struct err *e)
{
    const char *rest = NULL;
    int server = 0;
    bool of_server = split_server_key(key, &server, &rest);

    for (int i = 0; i < SET_COUNT; i++) {
        const char *name = rows[i].per_server ? rows[i].key + strlen(SERVER_KEY) : rows[i].key;

        if (rows[i].per_server == of_server && strcmp(name, of_server ? rest : key) == 0) {
            *ret_id = (enum setting_id)i;
            *ret_server = server;
            return 0;
        }
    }
    return err_set_args(e, ERR_UNKNOWN_KEY, STEP_SETTINGS, key, NULL);
}

void setting_key(enum setting_id id, int server, char dst[SETTING_KEY_MAX])
{
    if (rows[id].per_server)
        str_format(dst, SETTING_KEY_MAX, "server.%d.%s", server, rows[id].key + strlen(SERVER_KEY));
    else
        str_copy(dst, SETTING_KEY_MAX, rows[id].key);
}

void setting_preset(enum setting_id id, int server, char dst[SETTING_VALUE_MAX])
{
    const char *preset = rows[id].preset;
    const char *mark = rows[id].per_server ? strchr(preset, 'N') : NULL;

    if (mark == NULL)
        str_copy(dst, SETTING_VALUE_MAX, preset);
    else
        str_format(dst, SETTING_VALUE_MAX, "%.*s%d%s", (int)(mark - preset), preset, server,
                   mark + 1);
}
