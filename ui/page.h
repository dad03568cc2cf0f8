/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page.h - a page is a struct of operations; pages stand in a stack, the top one has the keys.
 *
 * Purpose: a page embeds struct page as its first member and fills in its ops. Menus and forms made
 * of rows (menu.h), dialogs, pop-ups and text entry are pages too; those with .overlay are drawn
 * over the page below them.
 *
 * Calling sequence: p = calloc(...); p->page.ops = &my_ops; ui_push(ui, &p->page); later
 * ui_pop(ui, &p->page), which ends in ops->free when the event that is being handled is over.
 * A page that answers a question pops itself, then calls the function it was given: what it was
 * given with that function is a page below, which outlives it.
 *
 * Our own drawing stands in for libmenu and libform: a form's fields are cells, not bytes, its
 * secrets must leave no copies, and every redraw is one picture (draw.h).
 */
#ifndef NM_UI_PAGE_H
#define NM_UI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/keys.h"
#include "ui/layout.h"

struct ui;
struct page;
struct plain;

/* The keys that work now, for the last line: up to KEYLINE_MAX, the most useful first. */
#define KEYLINE_MAX 8
struct keyline {
    struct {
        enum cmd cmd;
        const char *word; /* translated: "Edit" */
    } items[KEYLINE_MAX];
    size_t count;
};
void keyline_add(struct keyline *k, enum cmd cmd, const char *word);

struct page_ops {
    bool overlay; /* the page below is drawn first */
    bool text;    /* printable keys, Left, Right and Backspace come as they are */
    bool arrows;  /* Left and Right come as they are, else they are back and open */
    bool bare;    /* no hint, status and key lines: the page draws the whole screen */
    bool secret;  /* shows a password: the screen is wiped when the page is left */
    bool buttons; /* has a line of buttons */

    /* The page's name in the path of the title. */
    void (*name)(struct page *p, char *dst, size_t size);
    /* What stands at the right of the title; may be NULL. */
    void (*note)(struct page *p, char *dst, size_t size);
    void (*draw)(struct page *p, const struct layout *l);
    /* The explanation of the focus; may be NULL. */
    void (*hint)(struct page *p, char *dst, size_t size);
    void (*keys)(struct page *p, struct keyline *k);
    void (*key)(struct page *p, const struct key *key);
    /* The help of the focus for F1; may be NULL. */
    void (*help)(struct page *p, char *title, size_t title_size, char *dst, size_t size);
    /* The facts (facts.h) have changed; may be NULL. */
    void (*changed)(struct page *p);
    /* Before a redraw that ui_redraw_in() has brought; may be NULL. */
    void (*tick)(struct page *p);
    /* Ask before the program ends? True: the page asks, and calls ui_quit() itself. May be NULL. */
    bool (*asks)(struct page *p);
    /* The same for --plain (plain.h): what stands on the page; focus a choice that it gave, from
     * 0; take the line that it wanted. */
    void (*plain)(struct page *p, struct plain *out);
    void (*focus)(struct page *p, int choice);
    void (*entered)(struct page *p, const char *text, size_t len);
    void (*free)(struct page *p);
};

struct page {
    const struct page_ops *ops;
    struct ui *ui;
    struct page *below;
};

#endif
