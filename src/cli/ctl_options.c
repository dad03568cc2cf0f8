/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl_options.c - every option of netmenuctl, once: for reading, --help, completion and the manual.
 */
#include <getopt.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"

const struct ctl_option_row ctl_option_rows[] = {
    {CTL_STATE_DIR, "state-dir", "DIR",
     N_("where settings, certificates and jobs are kept (or NETMENU_STATE_DIR)")},
    {CTL_RUN_DIR, "run-dir", "DIR", N_("where the sender's state is (or NETMENU_RUN_DIR)")},
    {CTL_CARD, "card", "DIR",
     N_("a memory card's root; once for each card, slot A first (or NETMENU_CARDS, with colons)")},
    {CTL_JSON, "json", NULL, N_("answer with one JSON document")},
    {CTL_HELP, "help", NULL, N_("show help; after a verb, help for that verb")},
    {CTL_VERSION, "version", NULL, N_("show the version")},
    {CTL_FILE, "file", "FILE", N_("read it from FILE")},
    {CTL_QR, "qr", NULL, N_("draw the QR code as well")},
    {CTL_YES, "yes", NULL, N_("do not ask first")},
    {CTL_SERVER, "server", "N",
     N_("send to server N, 1 to 16 (without it: transfer.default_server)")},
    {CTL_DIR, "dir", "DIR", N_("folder below the server's Destination Directory")},
    {CTL_WAIT, "wait", NULL, N_("show the progress and end with the outcome")},
    {CTL_COMPLETED, "completed", NULL, N_("only the completed ones")},
    {0, NULL, NULL, NULL},
};

enum { OPTIONS_MAX = 32 };

static int take(struct ctl *c, enum ctl_option option, const char *value)
{
    c->given |= (unsigned)option;
    switch (option) {
    case CTL_STATE_DIR:
        c->paths.state_dir = value;
        break;
    case CTL_RUN_DIR:
        c->paths.run_dir = value;
        break;
    case CTL_CARD:
        if (!service_paths_add_card(&c->paths, value))
            return ctl_wrong_use(c, _("at most %d times --card"), SERVICE_CARDS_MAX);
        break;
    case CTL_FILE:
        c->file = value;
        break;
    case CTL_DIR:
        c->dir = value;
        break;
    case CTL_SERVER:
        return ctl_read_server(c, value, &c->server);
    case CTL_JSON:
    case CTL_HELP:
    case CTL_VERSION:
    case CTL_QR:
    case CTL_YES:
    case CTL_WAIT:
    case CTL_COMPLETED:
        break;
    }
    return 0;
}

int ctl_options_read(struct ctl *c, int argc, char **argv, unsigned allowed, bool leading)
{
    struct option options[OPTIONS_MAX];
    size_t count = 0;
    int index, found, r;

    memset(options, 0, sizeof(options));
    for (const struct ctl_option_row *row = ctl_option_rows; row->name != NULL; row++)
        if ((allowed & (unsigned)row->option) != 0)
            options[count++] = (struct option){
                .name = row->name,
                .has_arg = row->argument != NULL ? required_argument : no_argument,
                .val = (int)(row - ctl_option_rows) + 256, /* no letter */
            };
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    while ((found = getopt_long(argc, argv, leading ? "+:" : ":", options, &index)) != -1) {
        const char *word = argv[optind - 1];

        if (found == ':')
            return -ctl_wrong_use(c, _("%s wants a value"), word);
        if (found == '?')
            return -ctl_wrong_use(c,
                                  _("unknown option %s (a value that begins with - stands after "
                                    "--)"),
                                  word);
        r = take(c, ctl_option_rows[found - 256].option, optarg);
        if (r != 0)
            return -r;
    }
    return optind;
}
