/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu_table.c - every page that is made of rows. To add a row: a line here, and its setting in
 * src/settings/settings_table.c or its function in a page_*.c.
 *
 * A hint is what an operator needs to know of a row while it is focused; it has two lines of 38
 * cells on the smallest screen.
 */
#include "base/intl.h"
#include "base/str.h"
#include "ui/menu.h"
#include "ui/pages.h"

/* --- why a row cannot be used now ------------------------------------------------------------- */

static const char *needs_password(const struct facts *f)
{
    return f->password ? NULL : N_("First set a password: Network Setup > Edit Authentication.");
}

static const char *auto_upload_not_yet(const struct facts *f)
{
    return f->password ? N_("Not in this version: use Transfer Clips after the take.")
                       : needs_password(f);
}

static const char *needs_jobs(const struct facts *f)
{
    if (!f->password)
        return needs_password(f);
    return f->jobs_total > 0 ? NULL : N_("There are no jobs. Transfer Clips makes them.");
}

static const char *needs_completed(const struct facts *f)
{
    if (!f->password)
        return needs_password(f);
    return f->jobs[JOB_COMPLETED] > 0 ? NULL : N_("There are no completed jobs.");
}

/* --- Network > Network Setup ------------------------------------------------------------------ */

#define ROW_USER_NAME                                                                           \
    {                                                                                           \
        .kind = ROW_SETTING, .label = N_("User Name"), .setting = SET_AUTH_USER,                \
        .hint = N_("1 to 16 of A-Z a-z 0-9 ! % + , - . = _"),                                   \
        .help =                                                                                 \
            N_("The name with which others log in to this unit. 1 to 16 characters of A-Z a-z " \
               "0-9 ! % + , - . = _ It is admin when the unit is new."),                        \
    }
#define ROW_INPUT_PASSWORD                                                                       \
    {                                                                                            \
        .kind = ROW_SETTING, .label = N_("Input Password"), .setting = SET_AUTH_PASSWORD,        \
        .run = auth_input_password, .empty = N_("Not set"),                                      \
        .hint = N_("8 to 16 characters, with a letter and a digit. Let no one watch."),          \
        .help =                                                                                  \
            N_("The password with which others log in to this unit: 8 to 16 characters of A-Z "  \
               "a-z 0-9 ! % + , - . = _ with at least one letter and one digit. Make sure that " \
               "no one else can see the screen while you enter it."),                            \
    }
#define ROW_GENERATE_PASSWORD                                                                   \
    {                                                                                           \
        .kind = ROW_ACTION, .label = N_("Generate Password"), .run = auth_generate,             \
        .hint = N_("Makes a password of 16 characters that nobody can guess."),                 \
        .help = N_("Makes a password of 16 characters at random. Show Authentication shows it " \
                   "after Set, as text and as a QR code."),                                     \
        .tip = TIP_AUTHENTICATION,                                                              \
    }

static const struct menu_row first_use_rows[] = {
    ROW_USER_NAME,
    ROW_INPUT_PASSWORD,
    ROW_GENERATE_PASSWORD,
};

const struct menu_page page_first_use = {
    .title = N_("First Set-up"),
    .intro =
        N_("Welcome. Before this unit may use a network, it needs a password. Let no one watch "
           "while you set it."),
    .rows = first_use_rows,
    .row_count = ARRAY_LEN(first_use_rows),
    .form = true,
    .cancel = N_("Later"),
    .discard = N_("Without a password every network function stays off. You can set it later in "
                  "Network Setup > Edit Authentication."),
    .set = auth_first_use_set,
    .extra_size = sizeof(struct secret),
};

static const struct menu_row edit_authentication_rows[] = {
    ROW_USER_NAME,
    ROW_INPUT_PASSWORD,
    ROW_GENERATE_PASSWORD,
};

static const struct menu_page page_edit_authentication = {
    .title = N_("Edit Authentication"),
    .rows = edit_authentication_rows,
    .row_count = ARRAY_LEN(edit_authentication_rows),
    .form = true,
    .extra_size = sizeof(struct secret),
};

#define ROW_PRECAUTION(topic, name, about)                                                   \
    {                                                                                        \
        .kind = ROW_PAGE, .label = name, .tip = topic, .run = precaution_row, .hint = about, \
        .help = N_("Opens this topic as a page to read."),                                   \
    }

static const struct menu_row precaution_rows[] = {
    ROW_PRECAUTION(TIP_NETWORKS, N_("Before You Connect"),
                   N_("What to look at before the unit meets a network.")),
    ROW_PRECAUTION(TIP_INTERNET, N_("The Internet"), N_("Why a router belongs in between.")),
    ROW_PRECAUTION(TIP_AUTHENTICATION, N_("User Name and Password"),
                   N_("Who may see them, and the QR code.")),
    ROW_PRECAUTION(TIP_WIRELESS, N_("Wireless LAN"), N_("WPA2 and WPA3, and why not without.")),
    ROW_PRECAUTION(TIP_USB, N_("USB Tethering"), N_("Which phones to connect.")),
    ROW_PRECAUTION(TIP_ENCRYPTION, N_("Secure File Transfer"),
                   N_("Certificates, and which algorithms are safe.")),
    ROW_PRECAUTION(TIP_SETTINGS_FILE, N_("Settings Files"),
                   N_("What is in them, and whom to take them from.")),
};

static const struct menu_page page_precautions = {
    .title = N_("Security Precautions"),
    .rows = precaution_rows,
    .row_count = ARRAY_LEN(precaution_rows),
};

/* In the order of the setting's words. */
static const char *const lan_type_words[] = {N_("Off"), N_("Access Point (2.4GHz)"),
                                             N_("Access Point (5GHz)"), N_("Station"),
                                             N_("Wired LAN")};

static const struct menu_row network_setup_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("LAN Type Select"),
        .setting = SET_LAN_TYPE,
        .words = lan_type_words,
        .blocked = lan_not_yet,
        .help = N_("Which kind of network the unit uses; one at a time. Access Point: it offers a "
                   "network of its own. Station: it connects to a wireless network. Wired LAN: by "
                   "a cable. Off: none."),
        .tip = TIP_NETWORKS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Show Authentication"),
        .run = show_authentication,
        .blocked = needs_password,
        .hint = N_("User name and password, as text and QR code. Let no one watch."),
        .help = N_("Shows this unit's user name and password as text and as a QR code, so that a "
                   "device can be connected to it. They hide by themselves after a minute. Take "
                   "care that no one else sees the screen or takes a picture of the code."),
        .tip = TIP_AUTHENTICATION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Edit Authentication"),
        .page = &page_edit_authentication,
        .hint = N_("User name and password of this unit."),
        .help = N_("The user name and password with which others log in to this unit over the "
                   "network. Nothing networked works before a password is set."),
        .tip = TIP_AUTHENTICATION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Access Attempts"),
        .run = attempts_open,
        .value = attempts_value,
        .hint = N_("Who tried to log in to this unit. Lifts the lock."),
        .help = N_("The last attempts to log in to this unit over the network. After too many "
                   "wrong passwords the unit refuses all logins for a while; here the lock is "
                   "lifted."),
        .tip = TIP_AUTHENTICATION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Security Precautions"),
        .page = &page_precautions,
        .hint = N_("What to know before the unit meets a network."),
        .help = N_("Advice on networks, passwords, wireless LAN, phones and encryption, a topic a "
                   "page. The help (F1) of a row shows the advice that concerns it."),
    },
};

static const struct menu_page page_network_setup = {
    .title = N_("Network Setup"),
    .rows = network_setup_rows,
    .row_count = ARRAY_LEN(network_setup_rows),
};

/* --- Network > File Transfer > Server Settings ------------------------------------------------ */

/* In the order of the settings' words. */
static const char *const encryption_words[] = {N_("Compatible"), N_("Recommended Only"),
                                               N_("TLS 1.3")};
static const char *const exists_words[] = {N_("Overwrite"), N_("Keep Both"), N_("Skip")};

static void service_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    (void)m;
    (void)row;
    str_copy(dst, size, "FTP");
}

static const struct menu_row server_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("Display Name"),
        .setting = SET_SERVER_NAME,
        .hint = N_("How lists name this server. 1 to 16 characters."),
        .help = N_("The name under which the menu, the job list and messages show this server. It "
                   "is not sent to the server."),
    },
    {
        .kind = ROW_READ_ONLY,
        .label = N_("Service"),
        .value = service_value,
        .hint = N_("The kind of server: FTP, encrypted (FTPES) with Using Secure Protocol."),
        .help = N_("How files are sent. This unit speaks FTP, and with Using Secure Protocol the "
                   "encrypted FTPES (explicit FTPS)."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Host Name"),
        .setting = SET_SERVER_HOST,
        .empty = N_("Not set"),
        .hint = N_("The server's name or address, as in its certificate."),
        .help =
            N_("The server's name, such as ingest.example.net, or its IPv4 or IPv6 address. With "
               "Using Secure Protocol the server's certificate must be made out to exactly this "
               "name or address."),
        .tip = TIP_NETWORKS,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Port"),
        .setting = SET_SERVER_PORT,
        .hint = N_("1 to 65535. FTP and explicit FTPS normally use 21."),
        .help = N_("1 to 65535. FTP and explicit FTPS (FTPES) normally use 21. Port 990 is for "
                   "implicit FTPS, which this unit does not use."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("User Name"),
        .setting = SET_SERVER_USER,
        .empty = N_("Anonymous"),
        .hint = N_("The name for the login at the server. Empty: anonymous."),
        .help = N_("The account at the server. Whoever runs the server gives it to you. Without "
                   "one the login is anonymous, which few servers take."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Password"),
        .setting = SET_SERVER_PASSWORD,
        .empty = N_("None"),
        .hint = N_("The password for the login at the server. Let no one watch."),
        .help = N_("The password of the account at the server. It is never shown again. Without "
                   "Using Secure Protocol it crosses the network in the clear."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Passive Mode"),
        .setting = SET_SERVER_PASSIVE,
        .hint = N_("On: this unit opens data connections. Works through most routers."),
        .help =
            N_("On: this unit opens the data connections, which works through most routers. Off "
               "(active mode): the server opens them to this unit, which a router or firewall "
               "in between mostly prevents."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Destination Directory"),
        .setting = SET_SERVER_DIR,
        .empty = N_("Login folder"),
        .hint = N_("Where files go on the server; made if missing. Empty: login folder."),
        .help =
            N_("The folder at the server that files go to, such as day-04/A001; it is made when it "
               "is missing. Clips go to the folder Main in it. Empty: where the login ends."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Using Secure Protocol"),
        .setting = SET_SERVER_SECURE,
        .value = server_secure_value,
        .hint = N_("On: encrypted (FTPES). Off: anyone on the way can read along."),
        .help =
            N_("On: the connection is encrypted and the server must show a certificate that the "
               "loaded root certificate vouches for (FTPES). Off: user name, password and clips "
               "travel in the clear, and anyone on the way can read or change them."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Encryption"),
        .setting = SET_SERVER_ENCRYPTION,
        .words = encryption_words,
        .shown = server_secure,
        .changed = server_encryption_changed,
        .hint = N_("Which algorithms may be used. Recommended Only is safer."),
        .help =
            N_("Compatible: TLS 1.2 with all fifteen algorithms, twelve of them deprecated, for "
               "old servers. Recommended Only: TLS 1.2 with the three recommended ones. TLS 1.3: "
               "that or nothing."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_SETTING,
        .label = N_("If File Exists"),
        .setting = SET_SERVER_EXISTS,
        .words = exists_words,
        .hint = N_("What to do when the server has a file of that name already."),
        .help = N_("Overwrite: the new file replaces it. Keep Both: the new file gets a number. "
                   "Skip: the new file is not sent."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Sessions"),
        .setting = SET_SERVER_SESSIONS,
        .hint = N_("How many files are sent at the same time, 1 to 8."),
        .help = N_("How many files are sent at the same time. More can be faster on long ways and "
                   "with many small files; the server may allow only a few."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Root Certificate"),
        .run = server_certificate,
        .value = server_certificate_value,
        .waits = server_waiting,
        .hint = N_("Load: certification.pem from the card. It is loaded at Set."),
        .help =
            N_("Load takes certification.pem (PEM format) from the root folder of a memory card, "
               "at most 1 MB for each certificate in it. It is checked and shown at once, and "
               "loaded at Set. Clear removes what is loaded at Set. Set the clock before."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Root Certificate Status"),
        .run = server_status,
        .value = server_status_value,
        .hint = N_("Whom it names, who issued it, how long it is valid."),
        .help =
            N_("What is loaded for this server: whom the certificate names, who issued it, from "
               "when until when it is valid, its fingerprint (SHA-256), and what is weak in it."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Check Server"),
        .run = server_check,
        .hint = N_("Tries all that an upload needs, and says what to do."),
        .help = N_("Tries step by step what an upload to this server needs: the way there, its "
                   "certificate, every cipher suite, the login, and a small test file that is "
                   "stored, renamed and deleted. Each failure says what to do."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Reset"),
        .run = server_reset,
        .hint = N_("Everything on this page back to what a new unit has, at Set."),
        .help = N_("Sets every value on this page, and the root certificate, back to what a new "
                   "unit has. It happens at Set; Cancel keeps everything."),
    },
};

const struct menu_page page_server = {
    .title = N_("Server Settings%d"),
    .rows = server_rows,
    .row_count = ARRAY_LEN(server_rows),
    .form = true,
    .set = server_set,
    .waiting = server_waiting,
    .extra_size = sizeof(struct server_extra),
    .closed = server_closed,
};

/* --- Network > File Transfer ------------------------------------------------------------------ */

#define ROW_SERVER(n)                                                                           \
    {                                                                                           \
        .kind = ROW_PAGE, .label = N_("Server Settings%d"), .number = n, .page = &page_server,  \
        .value = transfer_server_value, .blocked = needs_password,                              \
        .hint = N_("Address, login and certificate of a server."),                              \
        .help =                                                                                 \
            N_("Where files are sent: the server's address and login, the folder, and how the " \
               "connection is protected. Nothing is applied before Set."),                      \
        .tip = TIP_ENCRYPTION,                                                                  \
    }

static const struct menu_row file_transfer_rows[] = {
    {
        .kind = ROW_ACTION,
        .label = N_("Auto Upload"),
        .blocked = auto_upload_not_yet,
        .help = N_("Sends every clip by itself when its recording ends."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Auto Upload (Proxy)"),
        .blocked = auto_upload_not_yet,
        .help = N_("Sends every proxy clip by itself when its recording ends."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Default Upload Server"),
        .run = transfer_default_server,
        .value = transfer_default_value,
        .blocked = needs_password,
        .hint = N_("The server that Transfer Clips sends to."),
        .help = N_("Clips are sent to this server when no other is named. Each can be set up in "
                   "Server Settings below."),
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Transfer Clips"),
        .run = clips_open,
        .blocked = needs_password,
        .hint = N_("Choose clips on the memory cards and send them."),
        .help =
            N_("Shows the clips on the memory cards, originals and proxies; choose some or all and "
               "send them. They are read where they are: leave the card in until they are sent."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("View Job List"),
        .run = jobs_open,
        .value = transfer_jobs_value,
        .blocked = needs_password,
        .hint = N_("What is being sent, what waits, what failed and why."),
        .help = N_(
            "Every clip that was sent or is to be: its progress, rate and time left, or the reason "
            "why it failed. Jobs can be suspended, resumed, tried again and deleted here."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Resume All Jobs"),
        .run = transfer_resume_all,
        .shown = transfer_any_suspended,
        .blocked = needs_password,
        .hint = N_("Goes on with every job that was suspended."),
        .help = N_("Jobs are suspended one by one in View Job List, or all by Disconnect All (F8). "
                   "This lets all of them go on."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Clear Completed Jobs"),
        .number = 1,
        .run = transfer_clear,
        .blocked = needs_completed,
        .hint = N_("Takes completed jobs off the list. No file is deleted."),
        .help = N_("Takes the jobs that have been sent off the list. Files on the card and on the "
                   "server stay."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Clear All Jobs"),
        .number = 0,
        .run = transfer_clear,
        .blocked = needs_jobs,
        .hint = N_("Stops sending and empties the list. No file is deleted."),
        .help = N_("Stops what is being sent and takes all jobs off the list. Files on the card "
                   "and on the server stay; what was sent halfway is not complete there."),
    },
    ROW_SERVER(1),
    ROW_SERVER(2),
    ROW_SERVER(3),
    ROW_SERVER(4),
    ROW_SERVER(5),
    ROW_SERVER(6),
    ROW_SERVER(7),
    ROW_SERVER(8),
    ROW_SERVER(9),
    ROW_SERVER(10),
    ROW_SERVER(11),
    ROW_SERVER(12),
    ROW_SERVER(13),
    ROW_SERVER(14),
    ROW_SERVER(15),
    ROW_SERVER(16),
};

static const struct menu_page page_file_transfer = {
    .title = N_("File Transfer"),
    .rows = file_transfer_rows,
    .row_count = ARRAY_LEN(file_transfer_rows),
};

/* --- Network > Display ------------------------------------------------------------------------ */

static const char *const theme_words[] = {N_("Dark"), N_("Light"), N_("High Contrast"), N_("Mono")};

static const struct menu_row display_rows[] = {
    {
        .kind = ROW_SETTING,
        .label = N_("Language"),
        .setting = SET_DISPLAY_LANGUAGE,
        .run = display_language,
        .value = display_language_value,
        .hint = N_("The language of this menu."),
        .help = N_("The languages that are installed. As the system: the one that the terminal was "
                   "started with (LANG). A console that cannot show a script stays English."),
    },
    {
        .kind = ROW_SETTING,
        .label = N_("Theme"),
        .setting = SET_DISPLAY_THEME,
        .words = theme_words,
        .changed = display_theme_changed,
        .hint = N_("The colours of this menu."),
        .help =
            N_("Dark and Light for the place you work in, High Contrast for bright sun and "
               "weak eyes, Mono for screens without colour. What is focused is marked in all of "
               "them."),
    },
};

static const struct menu_page page_display = {
    .title = N_("Display"),
    .rows = display_rows,
    .row_count = ARRAY_LEN(display_rows),
};

/* --- Network > Settings File ------------------------------------------------------------------ */

static const struct menu_row settings_file_rows[] = {
    {
        .kind = ROW_ACTION,
        .label = N_("Save to Card"),
        .run = backup_save,
        .hint = N_("Settings and certificates, as a file on the card."),
        .help =
            N_("Saves all settings and root certificates to netmenu-settings.json on the first "
               "memory card. Passwords of servers go in only under a passphrase that you enter. "
               "This unit's own user name and password are never in it."),
        .tip = TIP_SETTINGS_FILE,
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Load from Card"),
        .run = backup_load,
        .hint = N_("Shows what would change, then asks."),
        .help =
            N_("Reads netmenu-settings.json from a memory card, checks all of it and shows what "
               "would change. Nothing is changed before Execute. Without its passwords, those "
               "of servers whose address changes are cleared."),
        .tip = TIP_SETTINGS_FILE,
    },
};

static const struct menu_page page_settings_file = {
    .title = N_("Settings File"),
    .rows = settings_file_rows,
    .row_count = ARRAY_LEN(settings_file_rows),
    .extra_size = sizeof(struct backup_extra),
    .closed = backup_closed,
};

/* --- Network ---------------------------------------------------------------------------------- */

static const struct menu_row network_rows[] = {
    {
        .kind = ROW_PAGE,
        .label = N_("Network Setup"),
        .page = &page_network_setup,
        .hint = N_("Kind of network; user name and password of this unit."),
        .help = N_("What comes first: a user name and password for this unit, the kind of network "
                   "that it uses, and what to know before it meets one."),
        .tip = TIP_AUTHENTICATION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Wireless LAN"),
        .page = &page_wireless,
        .blocked = needs_password,
        .hint = N_("Wireless networks: find, register, connect."),
        .help = N_("Connects to a wireless network, or offers one of its own. This version only "
                   "takes a network down in Manual Register; it does not connect yet."),
        .tip = TIP_WIRELESS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Wired LAN"),
        .page = &page_wired,
        .blocked = needs_password,
        .hint = N_("The network by a cable, and its addresses."),
        .help =
            N_("Uses the wired network. This version only takes its addresses down; the network "
               "is as the system has set it up."),
        .tip = TIP_NETWORKS,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("USB Tethering"),
        .page = &page_usb,
        .blocked = needs_password,
        .hint = N_("A smartphone as the way to the network."),
        .help = N_("Uses a smartphone on the USB port as the way to the network. Not in this "
                   "version."),
        .tip = TIP_USB,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("File Transfer"),
        .page = &page_file_transfer,
        .hint = N_("Servers, clips to send, and the list of jobs."),
        .help = N_("Sends clips from the memory cards to a server. Set the server up in Server "
                   "Settings1, then choose clips in Transfer Clips and watch them in View Job "
                   "List."),
        .tip = TIP_ENCRYPTION,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Settings File"),
        .page = &page_settings_file,
        .hint = N_("Settings on a memory card: save and load."),
        .help = N_("Carries the settings to another unit, or keeps them."),
        .tip = TIP_SETTINGS_FILE,
    },
    {
        .kind = ROW_PAGE,
        .label = N_("Display"),
        .page = &page_display,
        .hint = N_("Language and colours of this menu."),
        .help = N_("How this menu looks and which language it speaks. It changes at once."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Network Reset"),
        .run = network_reset,
        .hint = N_("Network settings and servers as on a new unit."),
        .help = N_("Puts the network settings, the servers and the saved networks back to what a "
                   "new unit has. This unit's user name and password, root certificates and jobs "
                   "stay. It asks first."),
    },
    {
        .kind = ROW_ACTION,
        .label = N_("Disconnect All"),
        .run = network_disconnect,
        .hint = N_("Stops every transfer. F8 does it on every page."),
        .help = N_("For when something seems wrong: stops every transfer at once and keeps it "
                   "stopped until you resume it. F8 does the same on every page."),
        .tip = TIP_NETWORKS,
    },
};

const struct menu_page page_network = {
    .title = N_("Network"),
    .rows = network_rows,
    .row_count = ARRAY_LEN(network_rows),
};
