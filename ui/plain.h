/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain.h - the menu as numbered lines, for screen readers and serial lines: netmenu --plain.
 *
 * Purpose: the same pages without a screen. A page says in its op `plain` what stands on it: texts,
 * choices that get numbers, or a field that wants a line. A number focuses that choice (op `focus`)
 * and presses it; what was entered goes to the op `entered`. Everything else - the stack of pages,
 * dialogs, what keys do - is that of the screen.
 *
 * Calling sequence: p = plain_new(ui); plain_settle(p) after every event; plain_free(p).
 */
#ifndef NM_UI_PLAIN_H
#define NM_UI_PLAIN_H

#include "ui/page.h"

struct plain;

/* Reads standard input from now on. NULL without memory. */
struct plain *plain_new(struct ui *ui);
void plain_free(struct plain *p);

/* Say what has changed: notes, and the page when it is another or something was entered. */
void plain_settle(struct plain *p);

/* Say a line now. */
void plain_note(struct plain *p, const char *text);

/* --- for pages, from their op `plain`; texts are translated and safe ------------------------- */

/* A paragraph. */
void plain_text(struct plain *p, const char *text);

/* The next choice; value and remark may be "". */
void plain_choice(struct plain *p, const char *label, const char *value, const char *remark);

/* A line is wanted. secret: it is not shown while it is typed. */
void plain_field(struct plain *p, bool secret);

#endif
