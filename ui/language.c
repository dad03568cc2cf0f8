/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/language.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"

static const struct {
    const char *code, *name;
} names[] = {
    {"cs", "Čeština"},
    {"da", "Dansk"},
    {"de", "Deutsch"},
    {"en", "English"},
    {"es", "Español"},
    {"fr", "Français"},
    {"it", "Italiano"},
    {"ja", "日本語"},
    {"ko", "한국어"},
    {"nl", "Nederlands"},
    {"pl", "Polski"},
    {"pt", "Português"},
    {"pt_BR", "Português (Brasil)"},
    {"ru", "Русский"},
    {"sv", "Svenska"},
    {"tr", "Türkçe"},
    {"zh_CN", "简体中文"},
    {"zh_TW", "繁體中文"},
};

const char *languages_folder(void)
{
    const char *folder = getenv("TEXTDOMAINDIR");

    return folder != NULL && folder[0] != '\0' ? folder : LOCALEDIR;
}

const char *language_name(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i].code, code) == 0)
            return names[i].name;
    return code;
}

static bool has_catalogue(const char *code)
{
    char path[1024];

    return str_format(path, sizeof(path), "%s/%s/LC_MESSAGES/%s.mo", languages_folder(), code,
                      PACKAGE) &&
           access(path, R_OK) == 0;
}

static int by_code(const void *a, const void *b)
{
    const struct language *x = a, *y = b;

    return strcmp(x->code, y->code);
}

static void add(struct language *list, size_t *count, const char *code)
{
    str_copy(list[*count].code, sizeof(list[0].code), code);
    str_copy(list[*count].name, sizeof(list[0].name), language_name(code));
    (*count)++;
}

size_t languages_list(struct language *list, size_t max)
{
    DIR *folder = opendir(languages_folder());
    struct dirent *entry;
    size_t count = 0;

    add(list, &count, "en");
    while (folder != NULL && count < max && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.' && strlen(entry->d_name) < sizeof(list[0].code) &&
            strcmp(entry->d_name, "en") != 0 && has_catalogue(entry->d_name))
            add(list, &count, entry->d_name);
    if (folder != NULL)
        closedir(folder);
    qsort(list + 1, count - 1, sizeof(*list), by_code);
    return count;
}

bool languages_possible(void)
{
    const char *locale = setlocale(LC_MESSAGES, NULL);

    return locale != NULL && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0;
}

void language_use(const char *code)
{
    static char *at_start;
    static bool known;
    const char *now = getenv("LANGUAGE");

    if (!known && now != NULL)
        at_start = strdup(now);
    known = true;
    if (code[0] != '\0')
        setenv("LANGUAGE", code, 1);
    else if (at_start != NULL)
        setenv("LANGUAGE", at_start, 1);
    else
        unsetenv("LANGUAGE");
    /* naming the folder again makes gettext look at LANGUAGE anew */
    bindtextdomain(PACKAGE, languages_folder());
    textdomain(PACKAGE);
}
