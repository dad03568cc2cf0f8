/* SPDX-License-Identifier: GPL-2.0-or-later */
/* netmenu.c - the program: its options, then the menu. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/intl.h"
#include "base/secret.h"
#include "base/str.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/language.h"
#include "ui/pages.h"
#include "ui/screen.h"
#include "ui/ui.h"

enum { EXIT_USAGE = 2 };

static void usage(FILE *to)
{
    fputs(_("Usage: netmenu [OPTION]...\n"), to);
    fputs(_("The Network menu of the unit, full screen.\n\n"), to);
    fputs(_("  --state-dir DIR  settings, certificates and jobs (or NETMENU_STATE_DIR)\n"), to);
    fputs(_("  --run-dir DIR    the sender's status and locks (or NETMENU_RUN_DIR)\n"), to);
    fputs(_("  --card DIR       a memory card's mount point; again for each card, slot A first\n"
            "                   (or NETMENU_CARDS, with colons)\n"),
          to);
    fputs(_("  --plain          numbered lines instead of a screen, for screen readers and serial "
            "lines\n"),
          to);
    fputs(_("  --theme NAME     dark, light, high-contrast or mono\n"), to);
    fputs(_("  --hide-after N   seconds that Show Authentication shows a password (60)\n"), to);
    fputs(_("  --help           this text\n"), to);
    fputs(_("  --version        the version\n\n"), to);
    fputs(_("Turn and press: Up, Down and Enter; Esc goes back. F1 is help, F10 leaves.\n"), to);
}

enum { OPT_STATE = 256, OPT_RUN, OPT_CARD, OPT_PLAIN, OPT_THEME, OPT_HIDE, OPT_HELP, OPT_VERSION };

static const struct option longs[] = {
    {"state-dir", required_argument, NULL, OPT_STATE},
    {"run-dir", required_argument, NULL, OPT_RUN},
    {"card", required_argument, NULL, OPT_CARD},
    {"plain", no_argument, NULL, OPT_PLAIN},
    {"theme", required_argument, NULL, OPT_THEME},
    {"hide-after", required_argument, NULL, OPT_HIDE},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

/* Returns -1 to go on, else the exit status. */
static int take_option(int c, struct ui_options *o)
{
    long seconds;

    switch (c) {
    case OPT_STATE:
        o->paths.state_dir = optarg;
        return -1;
    case OPT_RUN:
        o->paths.run_dir = optarg;
        return -1;
    case OPT_CARD:
        if (service_paths_add_card(&o->paths, optarg))
            return -1;
        fprintf(stderr, _("netmenu: no more than %d cards\n"), SERVICE_CARDS_MAX);
        return EXIT_USAGE;
    case OPT_PLAIN:
        o->plain = true;
        return -1;
    case OPT_THEME:
        o->theme = theme_from_word(optarg);
        if (o->theme == THEME_COUNT) {
            fprintf(stderr, _("netmenu: unknown theme: %s\n"), optarg);
            return EXIT_USAGE;
        }
        return -1;
    case OPT_HIDE:
        if (!str_to_long(optarg, 1, 600, &seconds)) {
            fputs(_("netmenu: --hide-after takes 1 to 600 seconds\n"), stderr);
            return EXIT_USAGE;
        }
        o->show_ms = seconds * 1000;
        return -1;
    case OPT_HELP:
        usage(stdout);
        return EXIT_SUCCESS;
    case OPT_VERSION:
        printf("netmenu %s\n", VERSION);
        return EXIT_SUCCESS;
    default:
        fputs(_("Try 'netmenu --help'.\n"), stderr);
        return EXIT_USAGE;
    }
}

static int fail(const struct err *e)
{
    char line[TEXT_MAX];

    if (e->code == ERR_UNAVAILABLE)
        fprintf(stderr,
                _("netmenu: this needs a terminal (%s). For scripts there is netmenuctl.\n"),
                e->arg[0]);
    else {
        text_err_line(e, line, sizeof(line));
        fprintf(stderr, "netmenu: %s\n", line);
    }
    return EXIT_FAILURE;
}

/* Damage that was met while loading is told once, over everything else. */
static void tell_damage(struct ui *ui)
{
    struct settings_told told = service_told(ui_service(ui));
    char text[TEXT_MAX];

    text_settings_told(&told, text, sizeof(text));
    if (text[0] != '\0')
        dialog_tell(ui, _("Settings were damaged"), text);
}

/* Jobs that were left when the unit lost its power go on as soon as somebody is there. */
static void wake_sender(struct ui *ui)
{
    const struct facts *f = ui_facts(ui);

    if (f->password && !f->sender.running &&
        f->jobs[JOB_WAITING] + f->jobs[JOB_DEFERRED] + f->jobs[JOB_TRANSFERRING] > 0)
        service_sender_start(ui_service(ui), NULL);
}

int main(int argc, char **argv)
{
    struct ui_options o = {.theme = THEME_COUNT, .show_ms = UI_SHOW_MS};
    enum language_shown shown;
    struct ui *ui;
    struct err e;
    int c, r;

    setlocale(LC_ALL, "");
    bindtextdomain(PACKAGE, languages_folder());
    textdomain(PACKAGE);
    while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        r = take_option(c, &o);
        if (r >= 0)
            return r;
    }
    if (optind < argc) {
        fprintf(stderr, _("netmenu: unexpected argument: %s\n"), argv[optind]);
        return EXIT_USAGE;
    }
    service_paths_complete(&o.paths);
    umask(077);
    secret_protect_process();
    if (ui_new(&o, &ui, &e) < 0)
        return fail(&e);
    shown = language_choose(settings_str(service_settings(ui_service(ui)), SET_DISPLAY_LANGUAGE, 0),
                            screen_shows);
    menu_open(ui, &page_network, 0);
    if (!ui_facts(ui)->password)
        menu_open(ui, &page_first_use, 0);
    if (shown != LANGUAGE_SHOWN)
        dialog_tell(ui, _("Language"), language_reason(shown));
    tell_damage(ui);
    wake_sender(ui);
    ui_run(ui);
    ui_free(ui);
    return EXIT_SUCCESS;
}
