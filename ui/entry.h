/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * entry.h - entering a text: by typing, by arrows on the keyboard on the screen, by the dial alone.
 *
 * Purpose: every printable key is text, whatever else it means elsewhere. A character that the rule
 * does not allow is taken and named, and Done refuses: in a masked password a key that was silently
 * dropped could not be noticed. Secrets are masked, F2 shows them, with a reminder to look round.
 *
 * Calling sequence: fill a struct entry_request; entry_open(ui, &request, text, len). done gets the
 * text when the page has gone; the text is wiped when done returns.
 */
#ifndef NM_UI_ENTRY_H
#define NM_UI_ENTRY_H

#include "settings/settings.h"
#include "ui/page.h"

struct entry_request {
    const char *title;       /* translated */
    const char *hint;        /* translated; NULL: none */
    enum setting_id setting; /* whose rule holds; SET_COUNT: none */
    bool secret;
    /* The live line while the rule is shown in parts; NULL: made from the setting's rule. */
    void (*rules)(void *arg, const char *text, size_t len, char *dst, size_t size);
    void (*done)(void *arg, const char *text, size_t len);
    void *arg;
};

void entry_open(struct ui *ui, const struct entry_request *request, const char *text, size_t len);

#endif
