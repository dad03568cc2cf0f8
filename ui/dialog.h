/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialog.h - a question or a message in a frame.
 *
 * Dialogs are the only framed things; they cover no more than they must and scroll when the screen
 * is small. Up and Down (the dial) scroll, then move between the buttons; Esc is the safe answer.
 */
#ifndef NM_UI_DIALOG_H
#define NM_UI_DIALOG_H

#include "base/err.h"
#include "ui/page.h"

#define DIALOG_BUTTONS_MAX 3

/*
 * Ask. buttons: translated words, NULL at the end; the focus stands on number `focus`; Esc answers
 * -1. answer (may be NULL) is called with the number when the dialog has gone.
 */
void dialog_ask(struct ui *ui, const char *title, const char *text, const char *const *buttons,
                int focus, void (*answer)(void *arg, int button), void *arg);

/* Tell, with [ OK ]. */
void dialog_tell(struct ui *ui, const char *title, const char *text);
void dialog_tell_then(struct ui *ui, const char *title, const char *text,
                      void (*answer)(void *arg, int button), void *arg);

/* Tell of an error: what was being done, the cause, what to do, the server's own words. */
void dialog_error(struct ui *ui, const char *title, const struct err *err);

#endif
