/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu.h - pages made of rows, from tables: menus that lead on, and forms with [ Set ].
 *
 * Purpose: a row says what it is (struct menu_row); this engine draws it, moves the focus, edits
 * the value by the kind of its setting, stages changes on a form and applies them at [ Set ].
 * Limits and rules come from the setting's own row (settings_table.c). The engine knows no page;
 * what is peculiar to a page are functions in its table.
 *
 * Calling sequence: menu_open(ui, &page_network, 0).
 */
#ifndef NM_UI_MENU_H
#define NM_UI_MENU_H

#include "ui/facts.h"
#include "ui/list.h"
#include "ui/page.h"
#include "ui/precautions.h"
#include "ui/stage.h"

#define MENU_ROWS_MAX 40

struct menu;

enum row_kind {
    ROW_PAGE,      /* leads to another page */
    ROW_SETTING,   /* edited by the kind of its setting */
    ROW_ACTION,    /* does something, perhaps after asking */
    ROW_READ_ONLY, /* shows something */
};

struct menu_row {
    enum row_kind kind;
    const char *label;        /* N_(); a %d in it is the row's number */
    int number;               /* for example of a server */
    const char *hint;         /* N_(): its rule or meaning, two short lines at most */
    const char *help;         /* N_(): more, for F1 */
    enum tip tip;             /* the precaution that concerns it; the help shows it */
    enum setting_id setting;  /* ROW_SETTING */
    const char *const *words; /* ROW_SETTING of a switch or choice: N_(), in the setting's order */
    const char *empty;        /* N_(): shown for an empty value */
    bool mask;                /* ROW_SETTING of an address: a subnet mask */
    const struct menu_page *page; /* ROW_PAGE */
    /* ROW_PAGE without page, ROW_ACTION, or ROW_SETTING edited in its own way. */
    void (*run)(struct menu *m, const struct menu_row *row);
    /* The value column, when it is not the setting's. */
    void (*value)(struct menu *m, const struct menu_row *row, char *dst, size_t size);
    /* Whether the row is there at all; NULL: always. */
    bool (*shown)(struct menu *m);
    /* Why it cannot be used now, N_(); NULL: it can. */
    const char *(*blocked)(const struct facts *f);
    /* What to begin with when an empty value is edited; NULL: nothing. */
    void (*suggest)(struct menu *m, const struct menu_row *row, char *dst, size_t size);
    /* Whether something beside its setting waits for [ Set ]; NULL: nothing can. */
    bool (*waits)(const struct menu *m);
    /* After its value was changed on the form. */
    void (*changed)(struct menu *m, const struct menu_row *row);
};

struct menu_page {
    const char *title; /* N_(); a %d in it is the number that the page was opened with */
    const char *intro; /* N_(): a paragraph above the rows; NULL: none */
    const struct menu_row *rows;
    size_t row_count;
    bool form;           /* with [ Set ] and [ Cancel ]: nothing applies before */
    const char *accept;  /* N_(): another word for [ Set ] */
    const char *cancel;  /* N_(): another word for [ Cancel ] */
    const char *discard; /* N_(): another question than "Discard changes?", asked in any case */
    void (*opened)(struct menu *m);
    /* [ Set ]: menu_apply and what else belongs to it; NULL: menu_apply, then leave. */
    void (*set)(struct menu *m);
    /* Changes that wait beside the staged ones; NULL: none. */
    bool (*waiting)(const struct menu *m);
    /* Memory of the page's own, zeroed, wiped at the end after `closed`. */
    size_t extra_size;
    void (*closed)(struct menu *m);
};

struct menu {
    struct page page;
    const struct menu_page *def;
    int number; /* of the server */
    struct stage stage;
    struct list list;
    int rows[MENU_ROWS_MAX]; /* the rows that are shown, as indexes of def->rows */
    int button;              /* -1: on a row; 0: Set; 1: Cancel */
    const struct menu_row *editing;
    void *extra;
};

void menu_open(struct ui *ui, const struct menu_page *def, int number);

/* Apply the staged changes as one. Errors are told to the operator. Returns whether it went well.
 */
bool menu_apply(struct menu *m);

/* Leave the page, forgetting what waits. */
void menu_leave(struct menu *m);

/* The value of a setting as the form shows it: staged, or in force. */
const char *menu_str(const struct menu *m, enum setting_id id);
bool menu_on(const struct menu *m, enum setting_id id);
const struct secret *menu_secret(const struct menu *m, enum setting_id id);

/* Change one: staged on a form, applied at once elsewhere. */
void menu_set_text(struct menu *m, enum setting_id id, const char *value);
void menu_set_secret(struct menu *m, enum setting_id id, const struct secret *secret);

/* The label with its number. */
void menu_label(const struct menu_row *row, char *dst, size_t size);

#endif
