/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/language.h"

#include <dirent.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"

/* sample: characters without which it cannot be read. */
static const struct {
    const char *code, *name, *sample;
} names[] = {
    {"cs", "Čeština", "ěščřžýůňť"},
    {"da", "Dansk", "æøå"},
    {"de", "Deutsch", "äöüÄÖÜß"},
    {"en", "English", ""},
    {"es", "Español", "áéíóúñ"},
    {"fr", "Français", "àâçèéêîôù"},
    {"it", "Italiano", "àèéìòù"},
    {"ja", "日本語", "のをんアクーパ設定転送"},
    {"ko", "한국어", "한국어정를"},
    {"nl", "Nederlands", "éë"},
    {"pl", "Polski", "ąćęłńśźż"},
    {"pt", "Português", "áãçéêõ"},
    {"pt_BR", "Português (Brasil)", "áãçéêõ"},
    {"ru", "Русский", "Русжцщыэюя"},
    {"sv", "Svenska", "åäö"},
    {"tr", "Türkçe", "çğışöü"},
    {"zh_CN", "简体中文", "简体中文的设"},
    {"zh_TW", "繁體中文", "繁體中文的設"},
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

static void speak(const char *code)
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

/* The language that gettext speaks now, from the head of its catalogue; "en" without one. */
static void spoken(char *dst, size_t size)
{
    static const char none[] = "", field[] = "Language: "; /* the head is the empty text's */
    const char *head = gettext(none), *at = strstr(head, field);
    size_t len;

    str_copy(dst, size, "en");
    if (at == NULL)
        return;
    at += strlen(field);
    len = strcspn(at, "\n");
    if (len > 0 && len < size) {
        memcpy(dst, at, len);
        dst[len] = '\0';
    }
}

static const char *sample_of(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i].code, code) == 0)
            return names[i].sample;
    return "";
}

enum language_shown language_judge(const char *code, const char *locale, bool utf8,
                                   bool (*shows)(const char *text))
{
    if (code[0] == '\0' || strcmp(code, "en") == 0)
        return LANGUAGE_SHOWN;
    if (locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return LANGUAGE_NO_LOCALE;
    if (!utf8)
        return LANGUAGE_NO_UTF8;
    return shows(sample_of(code)) ? LANGUAGE_SHOWN : LANGUAGE_NO_FONT;
}

enum language_shown language_choose(const char *code, bool (*shows)(const char *text))
{
    enum language_shown shown;
    char now[sizeof(((struct language *)0)->code)];

    speak(code);
    spoken(now, sizeof(now));
    shown = language_judge(code[0] != '\0' ? code : now, setlocale(LC_MESSAGES, NULL),
                           strcmp(nl_langinfo(CODESET), "UTF-8") == 0, shows);
    if (shown != LANGUAGE_SHOWN)
        speak("en");
    return shown;
}

const char *language_reason(enum language_shown shown)
{
    switch (shown) {
    case LANGUAGE_NO_LOCALE:
        return "This terminal was started without a language (locale C), so the menu stays "
               "English. Start it with LC_ALL=C.UTF-8, for example.";
    case LANGUAGE_NO_UTF8:
        return "This terminal was started with characters other than UTF-8, so the menu stays "
               "English. Start it with LC_ALL=C.UTF-8, for example.";
    case LANGUAGE_NO_FONT:
        return "The font of this console lacks the characters of that language, so the menu stays "
               "English. Other terminals show it.";
    case LANGUAGE_SHOWN:
        break;
    }
    return "";
}
