/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.h - which languages the menu can speak, and switching between them while it runs.
 *
 * Purpose: the catalogues that are installed (LOCALEDIR, or the folder in TEXTDOMAINDIR) are the
 * choice; English is always there. Switching sets LANGUAGE for gettext; characters stay those of
 * the locale that the program was started in.
 *
 * Calling sequence: languages_list(list, max); language_use("de").
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

/* Speak it from now on; "" is what the system said at the start. */
void language_use(const char *code);

/* Whether gettext translates at all here: not in the C locale. */
bool languages_possible(void);

#endif
