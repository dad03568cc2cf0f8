/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_page.h - a page of lines to read, that scrolls: help, certificate and job details.
 *
 * Calling sequence: t = text_page_new(name); text_page_add(t, "Subject", "CN=...") ...;
 * text_page_open(ui, t). The page owns itself from then on.
 */
#ifndef NM_UI_TEXT_PAGE_H
#define NM_UI_TEXT_PAGE_H

#include "ui/page.h"

struct text_page;

/* NULL without memory; the other functions take that. */
struct text_page *text_page_new(const char *name);

/* A paragraph; label "" for text alone; text "" for a heading. Both safe and translated. */
void text_page_add(struct text_page *t, const char *label, const char *text);

/* Forget the lines, to fill them anew; where the page was scrolled to stays. */
void text_page_clear(struct text_page *t);

/* fill (may be NULL) makes the lines again whenever the facts change. */
void text_page_open(struct ui *ui, struct text_page *t,
                    void (*fill)(struct text_page *t, struct ui *ui, const char *id),
                    const char *id);

/*
 * The same with buttons (translated words, NULL at the end) to decide with after reading: the text
 * has the focus first, Down goes through it and on to the buttons. answer gets the number of the
 * button when the page has gone; -1 for Esc.
 */
void text_page_ask(struct ui *ui, struct text_page *t, const char *const *buttons,
                   void (*answer)(void *arg, int button), void *arg);

#endif
