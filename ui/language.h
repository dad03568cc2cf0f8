/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.h - which languages the menu can speak, and switching between them while it runs.
 *
 * Purpose: the catalogues that are installed (LOCALEDIR, or the folder in TEXTDOMAINDIR) are the
 * choice; English is always there. Switching sets LANGUAGE for gettext; characters stay those of
 * the locale that the program was started in. What the terminal cannot show is not spoken: the
 * menu is in English then, and the caller tells why.
 *
 * Calling sequence: languages_list(list, max); shown = language_choose("de", screen_shows).
 */
#ifndef NM_UI_LANGUAGE_H
#define NM_UI_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#define LANGUAGES_MAX 32

struct language {
    char code[16]; /* as the setting has it: "de", "pt_BR" */
    char name[40]; /* in itself: "Deutsch"; the code when it has no name here */
};

/* The folder of the catalogues. */
const char *languages_folder(void);

/* The languages, English first, then by code. Returns their number. */
size_t languages_list(struct language *list, size_t max);

/* What a code is called in its own language; the code itself when that is not known here. */
const char *language_name(const char *code);

/* Whether a language is shown here, or why English is instead. */
enum language_shown {
    LANGUAGE_SHOWN,
    LANGUAGE_NO_LOCALE, /* the C locale, in which gettext translates nothing */
    LANGUAGE_NO_UTF8,   /* the locale's characters are others than UTF-8 */
    LANGUAGE_NO_FONT,   /* a Linux console whose font lacks its characters */
};

/*
 * Judge a language ("" or "en": English) by the locale's name for messages, whether its characters
 * are UTF-8, and what the terminal shows. Pure but for `shows`.
 */
enum language_shown language_judge(const char *code, const char *locale, bool utf8,
                                   bool (*shows)(const char *text));

/*
 * Speak it from now on, or English when that cannot be shown; "" is what the system said at the
 * start. shows: screen_shows(). Returns why it is English though something else was asked for.
 */
enum language_shown language_choose(const char *code, bool (*shows)(const char *text));

/* Why, in a sentence. It is in English, which is spoken then, and stands in no catalogue. */
const char *language_reason(enum language_shown shown);

#endif
