/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui.h - the menu as a program: the stack of pages, the loop, and what pages may ask of them.
 *
 * Calling sequence: ui_new(&options, &ui, e); ui_run(ui); ui_free(ui).
 * The screen never waits: pages call the service, whose calls are bounded by local disk access, and
 * everything else arrives as an event of the loop.
 */
#ifndef NM_UI_UI_H
#define NM_UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "service/service.h"
#include "ui/facts.h"
#include "ui/page.h"
#include "ui/theme.h"

#define UI_SHOW_MS 60000

struct ui_options {
    struct service_paths paths;
    enum theme theme; /* THEME_COUNT: the setting's */
    bool plain;       /* numbered lines instead of a screen */
    int64_t show_ms;  /* how long [Show Authentication] shows */
};

/* Opens the service, then the terminal. Errors: those of service_open and screen_open. */
int ui_new(const struct ui_options *options, struct ui **ret_ui, struct err *e);

/* Until the operator leaves, or the terminal does. */
void ui_run(struct ui *ui);
void ui_free(struct ui *ui);

/* --- for the numbered lines (plain.c) --------------------------------------------------------- */

struct page *ui_top(const struct ui *ui);
bool ui_is_over(const struct ui *ui);

/* "Network > File Transfer" */
void ui_path(struct ui *ui, char *dst, size_t size);

/* As if the key of this command had been pressed. */
void ui_press(struct ui *ui, enum cmd cmd);

/* The end of an event: free what has gone, show what has changed. */
void ui_settle(struct ui *ui);

/* --- for pages ------------------------------------------------------------------------------ */

struct service *ui_service(struct ui *ui);
const struct facts *ui_facts(const struct ui *ui);
struct loop *ui_loop(struct ui *ui);

void ui_push(struct ui *ui, struct page *p);
void ui_pop(struct ui *ui, struct page *p);

/* Take the facts again now: after a page has changed something. */
void ui_refresh(struct ui *ui);

/* Draw again when the event that is being handled is over. */
void ui_redraw(struct ui *ui);

/* Draw again after ms, for clocks that are on the screen. */
void ui_redraw_in(struct ui *ui, int64_t ms);

/* Say something on the status line until the next key, or for some seconds: "Saved". */
void ui_note(struct ui *ui, const char *text);

/* Draw now, saying what takes some tenths of a second: for what a page does right after this. */
void ui_busy(struct ui *ui, const char *text);

/* Whether there is no screen (plain.h). */
bool ui_is_plain(const struct ui *ui);

/* How long a password may stand on the screen, in milliseconds. */
int64_t ui_show_ms(const struct ui *ui);

/* End the program. */
void ui_quit(struct ui *ui);

/* Use the theme of the settings, unless the command line named one. */
void ui_theme_changed(struct ui *ui);

#endif
