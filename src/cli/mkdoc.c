/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mkdoc.c - makes netmenuctl(1), netmenu-settings(5) and the completion of bash from the tables of
 * verbs, options and settings. Run by make, not installed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/ctl.h"
#include "settings/settings.h"

/* --- troff
 * ---------------------------------------------------------------------------------------- */

/* Text as troff takes it: hyphens that can be copied, no accidental requests. */
static void troff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text != '\0'; text++) {
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else
            putchar(*text);
    }
}

static void paragraph(const char *text)
{
    troff(text);
    putchar('\n');
}

static void title(const char *name, const char *section, const char *about)
{
    printf(".\\\" made by mkdoc from the tables of the program\n"
           ".TH %s %s \"\" \"netmenu %s\" \"netmenu\"\n.SH NAME\n",
           name, section, PACKAGE_VERSION);
    paragraph(about);
}

static void section(const char *name)
{
    printf(".SH %s\n", name);
}

/* The heading of a list entry: bold words, then what follows in plain. */
static void entry(const char *bold, const char *plain)
{
    printf(".TP\n\\fB");
    troff(bold);
    printf("\\fR");
    if (plain != NULL && plain[0] != '\0') {
        putchar(' ');
        troff(plain);
    }
    putchar('\n');
}

static void options(unsigned set)
{
    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++) {
        char name[64];

        if ((set & (unsigned)o->option) == 0)
            continue;
        str_format(name, sizeof(name), "--%s", o->name);
        entry(name, o->argument);
        paragraph(o->summary);
    }
}

/* --- netmenuctl(1)
 * ---------------------------------------------------------------------------------- */

static void verb_options(const struct ctl_verb *v)
{
    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++) {
        if ((v->options & (unsigned)o->option) == 0)
            continue;
        printf(".br\n\\fB\\-\\-%s\\fR%s%s: ", o->name, o->argument != NULL ? " " : "",
               o->argument != NULL ? o->argument : "");
        paragraph(o->summary);
    }
}

/* "address, connection, ..." */
static void words_of_checks(void)
{
    for (int id = 0; id < CHECK_COUNT; id++)
        printf("%s%s", check_id_word((enum check_id)id), id + 1 < CHECK_COUNT ? ",\n" : ".\n");
}

static void manual_of_netmenuctl(void)
{
    const char *group = "";

    title("NETMENUCTL", "1", "netmenuctl - the Network menu of the camera for scripts");
    section("SYNOPSIS");
    puts(".B netmenuctl\n[\\fIOPTION\\fR]... \\fIVERB\\fR [\\fIARGUMENT\\fR]...\n.br\n"
         ".B netmenuctl\n\\fIVERB\\fR \\-\\-help");
    section("DESCRIPTION");
    paragraph(
        "netmenuctl does what the menu, netmenu(1), does, with the same rules, for scripts and "
        "remote shells. It answers in text or, with --json, in one JSON document, and tells "
        "errors on standard error: the step, the cause, what to do, and the server's own "
        "words.");
    puts(".PP");
    paragraph("Passwords are never given on the command line: - reads one line of standard input, "
              "asking for it without echo when that is a terminal, and --file reads it from a "
              "file. Until the unit's own password is set, networked verbs are refused.");
    section("OPTIONS");
    options(CTL_GLOBAL_OPTIONS);
    section("VERBS");
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        if (strcmp(group, v->group) != 0)
            printf(".SS \"%s\"\n", v->group);
        group = v->group;
        entry(v->words, v->operands);
        paragraph(v->summary);
        if (v->details != NULL) {
            puts(".IP");
            paragraph(v->details);
        }
        verb_options(v);
    }
    section("JSON");
    paragraph(
        "Sizes are bytes, rates bytes per second, times RFC 3339 in UTC, ids strings. A name "
        "that is not UTF-8 has its bytes in a field of the same name with _hex, and a form to "
        "show in the field itself. jobs answers {\"jobs\":[{\"id\", \"state\": waiting, "
        "transferring, deferred, suspended, completed or failed, \"file\", \"server\", "
        "\"bytes\", \"sent\", \"rate\", \"tls\": null or {\"version\", \"suite\", "
        "\"deprecated\"}, \"attempts\", \"next\", \"error\": null or {\"code\", \"step\", "
        "\"reply\", \"text\"}, \"unchecked\": the server took it but tells neither a file's size "
        "nor its content, ...}]}. A failed command answers {\"error\":{...}}. Keys, codes "
        "and states are never translated and do not change; text may.");
    paragraph(
        "server check answers {\"server\", \"ready\": whether uploads will work, \"secure\", "
        "\"addresses\", \"greeting\", \"steps\":[{\"step\", \"outcome\": ok, note, warning, failed "
        "or skipped, \"text\", \"remedy\", \"because\": the step that a skipped one waits for, or "
        "null, \"error\"}], \"tls\": null or as above, \"tls13\" and each \"offered\" of "
        "\"suites\":[{\"name\", \"deprecated\", \"offered\"}]: yes, no, refused (by this unit: its "
        "key or certificate is no good), unknown or untried, \"resumption\": required, used, none "
        "or "
        "unknown, \"certificates\": as the server shows them, its own first, "
        "\"features\":{\"resume\", \"times\", \"hash\", \"utf8\"}: what it says that it can, "
        "\"verdict\":"
        "{\"suites_known\", \"recommended_only\" and \"tls13\": whether that encryption setting "
        "suits "
        "the server, \"enable\" and \"disable\":[{\"name\"}]: what to change on the server, "
        "\"text\"}}. The steps:");
    words_of_checks();
    section("EXIT STATUS");
    puts(".TP\n.B 0\ndone\n.TP\n.B 1\nfailed\n.TP\n.B 2\nwrong use\n.TP\n.B 3\ninvalid value; the "
         "message says the rule\n.TP\n.B 4\nrefused: no password has been set for this unit\n.TP\n"
         ".B 5\nnot found");
    section("ENVIRONMENT");
    paragraph(
        "NETMENU_STATE_DIR, NETMENU_RUN_DIR and NETMENU_CARDS (a list with colons) stand for "
        "--state-dir, --run-dir and --card when those are not given. NETMENU_SSH_DIR is where "
        "the unit's SSH host keys are, if not in /etc/ssh.");
    section("FILES");
    entry(NM_STATE_DIR, NULL);
    paragraph("settings, passwords, certificates and jobs, unless --state-dir says otherwise");
    entry(NM_RUN_DIR, NULL);
    paragraph("what the sender says of itself, unless --run-dir says otherwise");
    section("EXAMPLES");
    puts(".nf\nprintf \\(aq%s\\en\\(aq \\(aqAbcd1234\\(aq | netmenuctl auth password \\-\n"
         "netmenuctl set server.1.host ingest.example.net\n"
         "netmenuctl set server.1.user cam\\-a\nnetmenuctl set server.1.password \\-\n"
         "netmenuctl cert load 1\nnetmenuctl set server.1.secure on\n"
         "netmenuctl put \\-\\-wait /media/card\\-a/A001C001.MXF\n"
         "netmenuctl \\-\\-json jobs | jq \\-r \\(aq.jobs[] | select(.state==\"failed\").file\\(aq"
         "\n.fi");
    section("SEE ALSO");
    puts("\\fBnetmenu\\fR(1), \\fBnetmenu\\-settings\\fR(5), \\fBnetmenu\\-transfer\\fR(8)");
}

/* --- netmenu-settings(5)
 * ------------------------------------------------------------------------------ */

static void values_of(const struct setting *row)
{
    switch (row->kind) {
    case SETTING_TEXT:
        printf("%ld to %ld characters", row->min, row->max);
        break;
    case SETTING_ADDRESS:
        printf("an IPv4 address, or empty");
        break;
    case SETTING_SECRET:
        printf("%ld to %ld bytes; a password", row->min, row->max);
        break;
    case SETTING_NUMBER:
        printf("%ld to %ld", row->min, row->max);
        break;
    case SETTING_SWITCH:
    case SETTING_CHOICE:
        for (int i = 0; row->choices[i] != NULL; i++) {
            printf("%s", i > 0 ? " | " : "");
            troff(row->choices[i]);
        }
        break;
    }
    if (row->preset[0] != '\0') {
        printf("; default ");
        troff(row->preset);
    }
    puts(".");
}

static void manual_of_settings(void)
{
    title("NETMENU-SETTINGS", "5", "netmenu-settings - the settings of netmenu and their values");
    section("DESCRIPTION");
    paragraph("Every setting has a key, which netmenuctl(1) list, get, set and reset take, and an "
              "item in the menu, shown in brackets. N is the number of a server, 1 to 16.");
    section("SETTINGS");
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *row = setting_row((enum setting_id)i);
        char item[80];

        str_format(item, sizeof(item), "[%s]", row->item);
        entry(row->key, item);
        values_of(row);
        puts(".br");
        paragraph(row->about);
    }
    section("SETTINGS FILE");
    paragraph(
        "netmenuctl export and [Save to Card] write one JSON object: \"netmenu\": \"settings\", "
        "\"format\": 1, who made it when, \"values\" with the keys above, and \"certificates\", "
        "PEM text under server.N or \"\" for none. What a file does not name stays as it is; a key "
        "that is not known, or a value against its rule, refuses the whole file. A file written by "
        "hand may name as little as it likes.");
    puts(".PP");
    paragraph(
        "Passwords stand under \"secrets\", and only when a passphrase was given: a list of lines, "
        "key and value in hex, encrypted by AES-256-GCM under a key that scrypt (RFC 7914) makes "
        "from the passphrase; \"log_n\", \"r\", \"p\", \"salt\", \"nonce\" and \"sealed\" are in "
        "the "
        "file. They are bound to values and certificates: after a change of those by hand they can "
        "no longer be opened. auth.user and auth.password are never in the file.");
    section("FILES");
    paragraph(
        "In the state folder: settings.json holds what differs from the defaults, secrets the "
        "passwords (mode 0600), and files ending in .good their last good copies. All are "
        "written aside and renamed, so that a power loss leaves the old or the new, never a "
        "mixture. A damaged file is replaced by its last good copy, the operator is told, and "
        "the next change keeps it as NAME.damaged. Change settings with the menu or "
        "netmenuctl, not by hand.");
    section("SEE ALSO");
    puts("\\fBnetmenu\\fR(1), \\fBnetmenuctl\\fR(1), \\fBnetmenu\\-transfer\\fR(8)");
}

/* --- completion of bash
 * ------------------------------------------------------------------------------- */

static void print_option_words(unsigned set)
{
    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++)
        if ((set & (unsigned)o->option) != 0)
            printf(" --%s", o->name);
}

/* " --state-dir|--run-dir ...": the options that are followed by a value. */
static void print_valued_options(void)
{
    const char *bar = "";

    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++) {
        if (o->argument == NULL)
            continue;
        printf("%s--%s", bar, o->name);
        bar = " | ";
    }
}

static void completion_of_words(void)
{
    char before[32] = "";

    /* first words; then the second words of each family */
    puts("    case $line in\n    '') words='");
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        int len = (int)strcspn(v->words, " ");

        if (len != (int)strlen(before) || strncmp(v->words, before, (size_t)len) != 0)
            printf("%.*s\n", len, v->words);
        str_format(before, sizeof(before), "%.*s", len, v->words);
    }
    puts("' ;;");
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        const char *space = strchr(v->words, ' ');

        if (space == NULL) /* "jobs": its own second words are collected with the others */
            continue;
        printf("    ' %.*s') words=\"$words %s\" ;;&\n", (int)(space - v->words), v->words,
               space + 1);
    }
    puts("    esac");
}

static void completion_of_operands(void)
{
    puts("    case $line in");
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        const char *what = NULL;

        if (str_starts(v->operands, "KEY") || str_starts(v->operands, "[PREFIX"))
            what = "words=$keys";
        else if (strcmp(v->operands, "N") == 0)
            what = "words=$servers";
        else if (str_starts(v->operands, "FILE"))
            what = "files=1";
        else if (strcmp(v->operands, "ID|all") == 0)
            what = "words=all";
        if (what != NULL)
            printf("    ' %s'%s) %s ;;\n", v->words, str_starts(v->operands, "FILE") ? "*" : "",
                   what);
    }
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *row = setting_row((enum setting_id)i);
        const char *dot = strrchr(row->key, '.');

        if (row->kind == SETTING_SECRET)
            printf("    ' set '%s%s) words=- ;;\n", row->per_server ? "server.*" : "",
                   row->per_server ? dot : row->key);
        if (row->choices == NULL)
            continue;
        printf("    ' set '%s%s) words='", row->per_server ? "server.*" : "",
               row->per_server ? dot : row->key);
        for (int j = 0; row->choices[j] != NULL; j++)
            printf("%s ", row->choices[j]);
        puts("' ;;");
    }
    puts("    esac");
}

static void completion(void)
{
    puts("# completion of netmenuctl for bash; made by mkdoc from the tables of the program\n"
         "_netmenuctl()\n{\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local word skip='' line='' words='' files='' options keys servers\n"
         "    COMPREPLY=()");
    printf("    keys='");
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *row = setting_row((enum setting_id)i);

        for (int n = 1; n <= (row->per_server ? SETTINGS_SERVERS : 1); n++) {
            char key[SETTING_KEY_MAX];

            setting_key((enum setting_id)i, row->per_server ? n : 0, key);
            printf("%s\n", key);
        }
    }
    puts("'\n    servers=$(seq 1 16)");
    puts(
        "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
        "        if [ -n \"$skip\" ]; then\n            skip=''\n            continue\n        fi\n"
        "        case $word in");
    printf("        ");
    print_valued_options();
    puts(
        ") skip=1 ;;\n        --*) ;;\n        *) line=\"$line $word\" ;;\n        esac\n    done");
    puts(
        "    case $prev in\n"
        "    --state-dir | --run-dir | --card)\n"
        "        mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n        return ;;\n"
        "    --file)\n"
        "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n        return ;;\n"
        "    --server)\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$servers\" -- \"$cur\")\n        return ;;\n"
        "    --dir) return ;;\n    esac");
    printf("    options='");
    print_option_words(CTL_GLOBAL_OPTIONS);
    puts("'\n    case $line in");
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        if (v->options == 0)
            continue;
        printf("    ' %s'*) options=\"$options", v->words);
        print_option_words(v->options);
        puts("\" ;;");
    }
    puts("    esac");
    completion_of_words();
    completion_of_operands();
    puts("    case $cur in\n"
         "    -*) mapfile -t COMPREPLY < <(compgen -W \"$options $words\" -- \"$cur\") ;;\n"
         "    *)\n"
         "        if [ -n \"$files\" ]; then\n"
         "            compopt -o filenames 2>/dev/null\n"
         "            mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
         "        else\n"
         "            mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\" | sort -u)\n"
         "        fi ;;\n    esac\n}\ncomplete -F _netmenuctl netmenuctl");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*make)(void);
    } documents[] = {
        {"netmenuctl.1", manual_of_netmenuctl},
        {"netmenu-settings.5", manual_of_settings},
        {"completion", completion},
    };

    for (size_t i = 0; argc == 2 && i < ARRAY_LEN(documents); i++) {
        if (strcmp(argv[1], documents[i].name) == 0) {
            documents[i].make();
            return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        }
    }
    fputs("usage: mkdoc netmenuctl.1 | netmenu-settings.5 | completion\n", stderr);
    return EXIT_FAILURE;
}
