/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl_verbs.c - every verb of netmenuctl, once: for running it, --help, completion and the manual.
 *
 * To add one: a row here and its function, declared in ctl.h, beside its family in verb_*.c.
 */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"

#define G_SETTINGS       N_("Settings")
#define G_AUTHENTICATION N_("User name and password of this unit")
#define G_CERTIFICATES   N_("Certificates and encryption")
#define G_TRANSFER       N_("File transfer")

#define PART_OF_ID \
    N_("ID may be any part of an ID, of 4 characters or more, that only one job has.")

/* clang-format off */
const struct ctl_verb ctl_verbs[] = {
    /* verb_settings.c */
    {.group = G_SETTINGS, .words = "list", .operands = "[PREFIX]", .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_list,
     .summary = N_("show settings and their values, all or those that begin with PREFIX"),
     .details = N_(
             "For example: netmenuctl list server.1. Without PREFIX and --json, servers that were "
             "never set up are left out. Passwords are never shown, only whether they are set. "
             "netmenu-settings(5) explains every setting.")},
    {.group = G_SETTINGS, .words = "get", .operands = "KEY", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_get,
     .summary = N_("show one value")},
    {.group = G_SETTINGS, .words = "set", .operands = "KEY [VALUE|-]", .min = 1, .max = 2,
     .options = CTL_FILE, .needs = CTL_NEEDS_STATE, .run = verb_set,
     .summary = N_("change a value; - reads it from standard input"),
     .details = N_(
             "A password is only taken from standard input (KEY -) or with --file FILE, never from "
             "the command line, where other users can see it. A value that begins with a hyphen "
             "stands after --. The change holds at once and survives a power loss.")},
    {.group = G_SETTINGS, .words = "reset", .operands = "KEY", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_reset,
     .summary = N_("back to the default"),
     .details = N_(
             "KEY may also be server.N: all settings of server N. Its certificate stays; see cert "
             "clear.")},

    /* verb_file.c */
    {.group = G_SETTINGS, .words = "export", .operands = "FILE [-]", .min = 1, .max = 2,
     .options = CTL_FILE, .needs = CTL_NEEDS_STATE, .run = verb_export,
     .summary = N_("save the settings and certificates to FILE; with -, the passwords, too"),
     .details = N_(
             "Passwords of servers and wireless networks go in only under a passphrase of 8 "
             "characters or more, which - reads from standard input and --file from a file. The "
             "unit's own user name and password are never in it. netmenu-settings(5) explains the "
             "format.")},
    {.group = G_SETTINGS, .words = "import", .operands = "FILE [-]", .min = 1, .max = 2,
     .options = CTL_FILE | CTL_YES, .needs = CTL_NEEDS_STATE, .run = verb_import,
     .summary = N_("load settings and certificates from FILE, after showing what changes"),
     .details = N_(
             "The whole file is checked first; one that is refused changes nothing. Without --yes "
             "the changes are shown and, on a terminal, asked about; elsewhere nothing is changed. "
             "They take effect together, also when the power fails in between. - or --file gives "
             "the passphrase for the passwords in the file; without it they are left out. When a "
             "file without passwords gives a server another address or certificate, its password "
             "is cleared.")},
    {.group = G_SETTINGS, .words = "net reset", .operands = "",
     .options = CTL_YES, .needs = CTL_NEEDS_STATE, .run = verb_net_reset,
     .summary = N_("put all network settings and servers back to what a new unit has"),
     .details = N_(
             "The unit's user name and password, root certificates and jobs stay. Asks first, "
             "unless --yes is given.")},

    /* verb_auth.c */
    {.group = G_AUTHENTICATION, .words = "auth show", .operands = "",
     .options = CTL_QR | CTL_YES, .needs = CTL_NEEDS_PASSWORD, .run = verb_auth_show,
     .summary = N_("show user name, password, address, SSH host key, what the QR code holds"),
     .details = N_(
             "Asks first whether no one is watching, unless --yes is given. Let no one see or copy "
             "the screen or the code.")},
    {.group = G_AUTHENTICATION, .words = "auth user", .operands = "NAME", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_auth_user,
     .summary = N_("change the user name"),
     .details = N_("1 to 16 characters of A-Z a-z 0-9 ! % + , - . = _")},
    {.group = G_AUTHENTICATION, .words = "auth password", .operands = "[-]", .max = 1,
     .options = CTL_FILE, .needs = CTL_NEEDS_STATE, .run = verb_auth_password,
     .summary = N_("set the password; nothing networked works before"),
     .details = N_(
             "8 to 16 characters of A-Z a-z 0-9 ! % + , - . = _ with at least one letter and one "
             "digit. On a terminal it is asked for twice and not shown.")},
    {.group = G_AUTHENTICATION, .words = "auth generate", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_auth_generate,
     .summary = N_("set a password of 16 characters made from the system's random source"),
     .details = N_("It is not printed; auth show shows it.")},

    /* verb_gate.c */
    {.group = G_AUTHENTICATION, .words = "auth check", .operands = "NAME [-]", .min = 1, .max = 2,
     .options = CTL_FILE, .needs = CTL_NEEDS_PASSWORD, .run = verb_auth_check,
     .summary = N_("say whether a user name and password are right; a wrong one counts"),
     .details = N_(
             "Exit status 0: right; 1: wrong; 4: refused for now, without a look at the password. "
             "After five wrong ones in a row each further one makes the unit refuse all, for 30 "
             "seconds and then twice as long each time up to an hour; after a hundred in a row "
             "until the lock is lifted. Services ask the same by netmenu-auth(8).")},
    {.group = G_AUTHENTICATION, .words = "auth status", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_auth_status,
     .summary = N_("show whether the unit refuses logins, for how long, and who failed how often")},
    {.group = G_AUTHENTICATION, .words = "auth log", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_auth_log,
     .summary = N_("show the last 50 attempts to log in, the newest first")},
    {.group = G_AUTHENTICATION, .words = "auth resume", .operands = "",
     .options = CTL_YES, .needs = CTL_NEEDS_STATE, .run = verb_auth_resume,
     .summary = N_("lift the lock: let logins through again, all counts at zero"),
     .details = N_(
             "If you do not know who tried: disconnect from the network first, and change the "
             "password (auth generate). Asks on a terminal unless --yes is given.")},

    /* verb_cert.c */
    {.group = G_CERTIFICATES, .words = "cert load", .operands = "N", .min = 1, .max = 1,
     .options = CTL_FILE, .needs = CTL_NEEDS_STATE, .run = verb_cert_load,
     .summary = N_("load the root certificate of server N from the card, or from --file FILE"),
     .details = N_(
             "Without --file, certification.pem in the root of the first card that has it. PEM, "
             "one or more certificates, each at most 1 MB. A file that is refused changes "
             "nothing.")},
    {.group = G_CERTIFICATES, .words = "cert clear", .operands = "N", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_cert_clear,
     .summary = N_("remove the root certificate of server N")},
    {.group = G_CERTIFICATES, .words = "cert show", .operands = "N", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_cert_show,
     .summary = N_("show the root certificate of server N: subject, issuer, dates, SHA-256")},
    {.group = G_CERTIFICATES, .words = "suites", .operands = "",
     .needs = CTL_NEEDS_NOTHING, .run = verb_suites,
     .summary = N_("show the TLS cipher suites: recommended or deprecated, offered or not")},

    /* verb_check.c */
    {.group = G_TRANSFER, .words = "server check", .operands = "N", .min = 1, .max = 1,
     .needs = CTL_NEEDS_PASSWORD, .run = verb_server_check,
     .summary = N_("check server N step by step; each failure says what to do"),
     .details = N_(
             "Connects, shows the certificates and why they are trusted or not, tries each of the "
             "cipher suites, and, if the server is trusted, logs in and stores, renames and "
             "deletes a small test file, whose name begins with .netmenu-check. At the end: "
             "whether uploads will work, and which suites to enable and disable on the server. "
             "The exit status is 0 when uploads will work, 1 when not.")},

    /* verb_put.c, verb_clips.c */
    {.group = G_TRANSFER, .words = "clips", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_clips,
     .summary = N_("show the clips on the cards")},
    {.group = G_TRANSFER, .words = "put", .operands = "FILE...", .min = 1, .max = -1,
     .options = CTL_SERVER | CTL_DIR | CTL_WAIT, .needs = CTL_NEEDS_PASSWORD, .run = verb_put,
     .summary = N_("send files in the background; with --wait, until the outcome"),
     .details = N_(
             "All files of one call are added to the job list together or not at all; when put "
             "returns they would survive a power loss. The files are read where they are: leave "
             "them there until they are sent. They go to the server's Destination Directory, or to "
             "--dir DIR below it. With --wait, the end of the command (also by Ctrl-C) does not "
             "end the jobs; the exit status is 0 only when all files arrived.")},

    /* verb_jobs.c */
    {.group = G_TRANSFER, .words = "jobs", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_jobs,
     .summary = N_("show the job list")},
    {.group = G_TRANSFER, .words = "jobs show", .operands = "ID", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_jobs_show,
     .summary = N_("show one job: encryption used, attempts, and why it failed"),
     .details = PART_OF_ID},
    {.group = G_TRANSFER, .words = "jobs suspend", .operands = "ID|all", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_jobs_suspend,
     .summary = N_("hold a job"),
     .details = PART_OF_ID},
    {.group = G_TRANSFER, .words = "jobs resume", .operands = "ID|all", .min = 1, .max = 1,
     .needs = CTL_NEEDS_PASSWORD, .run = verb_jobs_resume,
     .summary = N_("let a held job go on"),
     .details = PART_OF_ID},
    {.group = G_TRANSFER, .words = "jobs retry", .operands = "ID|all", .min = 1, .max = 1,
     .needs = CTL_NEEDS_PASSWORD, .run = verb_jobs_retry,
     .summary = N_("try a failed job again, or one that waits for its next attempt at once"),
     .details = PART_OF_ID},
    {.group = G_TRANSFER, .words = "jobs delete", .operands = "ID|all", .min = 1, .max = 1,
     .needs = CTL_NEEDS_STATE, .run = verb_jobs_delete,
     .summary = N_("remove a job from the list; one under way is stopped"),
     .details = N_(
             "The file itself is never deleted; what a server has of one under way is removed "
             "there. ID may be any part of an ID, of 4 characters or more, that only one job "
             "has.")},
    {.group = G_TRANSFER, .words = "jobs clear", .operands = "",
     .options = CTL_COMPLETED, .needs = CTL_NEEDS_STATE, .run = verb_jobs_clear,
     .summary = N_("remove all jobs, or only those that are completed"),
     .details = N_("The files themselves are never deleted.")},

    /* verb_watch.c */
    {.group = G_TRANSFER, .words = "watch", .operands = "",
     .needs = CTL_NEEDS_STATE, .run = verb_watch,
     .summary = N_("print a JSON line for each change of a job's state or of the lock, until "
                   "interrupted")},
    {.words = NULL},
};
/* clang-format on */

/* Whether argv begins with the words of a verb; returns their number, else 0. */
static int match(const char *words, int argc, char **argv)
{
    const char *space = strchr(words, ' ');
    size_t len = space != NULL ? (size_t)(space - words) : strlen(words);

    if (argc < 1 || strlen(argv[0]) != len || memcmp(argv[0], words, len) != 0)
        return 0;
    if (space == NULL)
        return 1;
    return argc > 1 && strcmp(argv[1], space + 1) == 0 ? 2 : 0;
}

const struct ctl_verb *ctl_verb_find(int argc, char **argv, int *ret_words)
{
    const struct ctl_verb *best = NULL;
    int most = 0;

    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        int words = match(v->words, argc, argv);

        if (words > most) { /* "jobs show" before "jobs" */
            most = words;
            best = v;
        }
    }
    if (best != NULL)
        *ret_words = most;
    return best;
}

bool ctl_is_group(const char *word)
{
    size_t len = strlen(word);

    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++)
        if (str_starts(v->words, word) && v->words[len] == ' ')
            return true;
    return false;
}
