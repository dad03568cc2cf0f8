/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netmenuctl.c - the menu's functions for scripts and remote shells.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/intl.h"
#include "cli/ctl.h"
#include "text/text.h"

/* Damage met while loading, told on stderr; the command goes on. */
static void tell_damage(struct service *service)
{
    struct settings_told told = service_told(service);
    char text[TEXT_MAX];

    text_settings_told(&told, text, sizeof(text));
    if (text[0] != '\0')
        ctl_say("%s", text);
}

static int run(struct ctl *c)
{
    struct err e;
    int r;

    if (c->verb->needs == CTL_NEEDS_NOTHING)
        return c->verb->run(c);
    service_paths_complete(&c->paths);
    if (service_open(&c->paths, &c->service, &e) < 0)
        return ctl_fail(c, &e, NULL);
    tell_damage(c->service);
    if (c->verb->needs == CTL_NEEDS_PASSWORD && !service_password_set(c->service)) {
        err_set(&e, ERR_NO_PASSWORD, STEP_AUTHENTICATION);
        r = ctl_fail(c, &e, NULL);
    } else {
        r = c->verb->run(c);
    }
    service_free(c->service);
    return r;
}

/* No verb stands at argv[0]: help for a family, or say what is wrong. */
static int without_verb(struct ctl *c, int argc, char **argv)
{
    bool family = ctl_is_group(argv[0]);

    if (family && argc > 1 && strcmp(argv[1], "--help") == 0) {
        ctl_help_group(argv[0]);
        return CTL_DONE;
    }
    if (family && argc > 1)
        return ctl_wrong_use(c, _("unknown verb: %s %s (netmenuctl %s --help shows them)"), argv[0],
                             argv[1], argv[0]);
    if (family)
        return ctl_wrong_use(c, _("%s wants another word (netmenuctl %s --help shows them)"),
                             argv[0], argv[0]);
    return ctl_wrong_use(c, _("unknown verb: %s"), argv[0]);
}

/* Read the verb and what belongs to it from argv[0] on, and run it. */
static int with_verb(struct ctl *c, int argc, char **argv)
{
    const struct ctl_verb *verb;
    int words = 0, first;

    verb = ctl_verb_find(argc, argv, &words);
    if (verb == NULL)
        return without_verb(c, argc, argv);
    c->verb = verb;
    /* the last word of the verb takes the place of a program's name */
    first = ctl_options_read(c, argc - words + 1, argv + words - 1,
                             CTL_GLOBAL_OPTIONS | verb->options, false);
    if (first < 0)
        return -first;
    if ((c->given & CTL_HELP) != 0) {
        ctl_help_verb(verb);
        return CTL_DONE;
    }
    c->operands = argv + words - 1 + first;
    c->operand_count = argc - (words - 1 + first);
    if (c->operand_count < verb->min)
        return ctl_wrong_use(c, _("missing: %s"), verb->operands);
    if (verb->max >= 0 && c->operand_count > verb->max)
        return ctl_wrong_use(c, _("unexpected: %s"), c->operands[verb->max]);
    return run(c);
}

/* The command line from its options on. */
static int start(struct ctl *c, int argc, char **argv)
{
    int first = ctl_options_read(c, argc, argv, CTL_GLOBAL_OPTIONS, true);

    if (first < 0)
        return -first;
    if ((c->given & CTL_VERSION) != 0) {
        puts(PACKAGE_STRING);
        return CTL_DONE;
    }
    if ((c->given & CTL_HELP) != 0) {
        ctl_help();
        return CTL_DONE;
    }
    if (first == argc)
        return ctl_wrong_use(c, _("a verb is missing"));
    return with_verb(c, argc - first, argv + first);
}

int main(int argc, char **argv)
{
    struct ctl c = {.server = 0};
    int r;

    setlocale(LC_ALL, "");
    bindtextdomain(PACKAGE, LOCALEDIR);
    textdomain(PACKAGE);
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    secret_protect_process();
    r = start(&c, argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout)) && r == CTL_DONE) {
        ctl_say(_("the answer could not be written: %s"), strerror(errno));
        r = CTL_FAILED;
    }
    return r;
}
