/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl_help.c - --help, made of the tables of verbs and options.
 */
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"

#define WIDTH 79

/* Text folded at spaces, each line after `indent` spaces. */
static void print_folded(const char *text, int indent)
{
    while (*text != '\0') {
        size_t len = strlen(text);

        if (len > (size_t)(WIDTH - indent)) {
            len = (size_t)(WIDTH - indent);
            while (len > 0 && text[len] != ' ')
                len--;
            if (len == 0) /* one long word */
                len = strcspn(text, " ");
        }
        printf("%*s%.*s\n", indent, "", (int)len, text);
        text += len;
        text += strspn(text, " ");
    }
}

void ctl_synopsis(const struct ctl_verb *v, char *dst, size_t size)
{
    size_t used;

    str_copy(dst, size, v->words);
    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++) {
        if ((v->options & (unsigned)o->option) == 0)
            continue;
        used = strlen(dst);
        str_format(dst + used, size - used, " [--%s%s%s]", o->name, o->argument != NULL ? " " : "",
                   o->argument != NULL ? o->argument : "");
    }
    used = strlen(dst);
    str_format(dst + used, size - used, "%s%s", v->operands[0] != '\0' ? " " : "", v->operands);
}

static void print_verb(const struct ctl_verb *v)
{
    char synopsis[256];

    ctl_synopsis(v, synopsis, sizeof(synopsis));
    printf("  %s\n", synopsis);
    print_folded(gettext(v->summary), 6);
}

static void print_options(unsigned set)
{
    for (const struct ctl_option_row *o = ctl_option_rows; o->name != NULL; o++) {
        if ((set & (unsigned)o->option) == 0)
            continue;
        printf("  --%s%s%s\n", o->name, o->argument != NULL ? " " : "",
               o->argument != NULL ? o->argument : "");
        print_folded(gettext(o->summary), 6);
    }
}

void ctl_help(void)
{
    const char *group = "";

    puts(_("netmenuctl - the Network menu of the camera for scripts and remote shells\n"
           "\n"
           "Usage: netmenuctl [OPTION]... VERB [ARGUMENT]...\n"
           "       netmenuctl VERB --help"));
    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++) {
        if (strcmp(v->group, group) != 0)
            printf("\n%s\n", gettext(v->group));
        group = v->group;
        print_verb(v);
    }
    printf("\n%s\n", _("Options"));
    print_options(CTL_GLOBAL_OPTIONS);
    fputs(_("\n"
            "The main job, from nothing to a clip on the server\n"
            "  netmenuctl auth password -                     set this unit's password first\n"
            "  netmenuctl set server.1.host ingest.example.net\n"
            "  netmenuctl set server.1.user cam-a\n"
            "  netmenuctl set server.1.password -\n"
            "  netmenuctl set server.1.dir /day-04/A001\n"
            "  netmenuctl cert load 1                         certification.pem on the card\n"
            "  netmenuctl set server.1.secure on              FTPES; off is FTP in clear\n"
            "  netmenuctl put --wait /media/card-a/A001C001.MXF\n"
            "Where \"-\" stands, a password is asked for, or read from a pipe.\n"
            "\n"
            "Exit status\n"
            "  0  done\n"
            "  1  failed: the message says the step, the cause and what to do\n"
            "  2  wrong use\n"
            "  3  invalid value: the message says the rule\n"
            "  4  refused: no password has been set for this unit\n"
            "  5  not found\n"),
          stdout);
}

void ctl_help_verb(const struct ctl_verb *verb)
{
    char synopsis[256];

    ctl_synopsis(verb, synopsis, sizeof(synopsis));
    printf(_("Usage: netmenuctl [OPTION]... %s\n"), synopsis);
    putchar('\n');
    print_folded(gettext(verb->summary), 2);
    if (verb->details != NULL) {
        putchar('\n');
        print_folded(gettext(verb->details), 2);
    }
    if (verb->options != 0) {
        printf("\n%s\n", _("Options"));
        print_options(verb->options);
    }
    printf("\n%s\n", _("Options of every verb"));
    print_options(CTL_GLOBAL_OPTIONS);
}

void ctl_help_group(const char *word)
{
    size_t len = strlen(word);

    for (const struct ctl_verb *v = ctl_verbs; v->words != NULL; v++)
        if (str_starts(v->words, word) && (v->words[len] == ' ' || v->words[len] == '\0'))
            print_verb(v);
}
