/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/draw.h"
#include "ui/ui.h"

#define ITEMS_MAX 64

struct text_page {
    struct page page;
    char name[80];
    char id[80];
    struct {
        char label[64];
        char *text;
    } items[ITEMS_MAX];
    int count;
    int skip;  /* lines scrolled away */
    int below; /* lines not yet seen */
    int height;
    void (*fill)(struct text_page *t, struct ui *ui, const char *id);
};

static void on_name(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, ((struct text_page *)p)->name);
}

/* Lines of an item, given the columns of label and text. */
static int item_lines(const struct text_page *t, int i, int cells)
{
    int lines = (int)layout_wrap(t->items[i].text, cells, NULL, 0);

    return lines > 0 ? lines : 1;
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct text_page *t = (struct text_page *)p;
    int widest = 0, at = 0, total = 0, col, label;

    for (int i = 0; i < t->count; i++)
        if (t->items[i].text[0] != '\0' && text_cells(t->items[i].label) > widest)
            widest = text_cells(t->items[i].label);
    label = widest < l->cols / 3 ? widest : l->cols / 3;
    col = label > 0 ? 1 + label + 2 : 1;
    for (int i = 0; i < t->count; i++)
        total += item_lines(t, i, t->items[i].label[0] != '\0' ? l->cols - 1 - col : l->cols - 2);
    t->height = l->hint_row + l->hint_rows - l->body_top;
    if (t->skip > total - t->height)
        t->skip = total - t->height;
    if (t->skip < 0)
        t->skip = 0;
    t->below = total - t->height - t->skip;
    for (int i = 0; i < t->count; i++) {
        bool labelled = t->items[i].label[0] != '\0' && t->items[i].text[0] != '\0';
        int from = labelled ? col : 1;
        int lines = item_lines(t, i, labelled ? l->cols - 1 - col : l->cols - 2);
        int row = at - t->skip, hidden = row < 0 ? -row : 0;

        at += lines;
        if (row + lines <= 0 || row >= t->height)
            continue;
        if (hidden == 0)
            draw_text(l->body_top + row, 1, labelled ? label : l->cols - 2,
                      labelled ? ROLE_VALUE : ROLE_STATUS, t->items[i].label);
        draw_wrapped(l->body_top + row + hidden, from, l->cols - 1 - from,
                     row + lines > t->height ? t->height - row - hidden : lines - hidden, hidden,
                     ROLE_TEXT, t->items[i].text);
    }
    if (t->skip > 0)
        draw_more(l->body_top, l->cols - 1, ROLE_TEXT, true);
    if (t->below > 0)
        draw_more(l->body_top + t->height - 1, l->cols - 1, ROLE_TEXT, false);
    draw_cursor(l->body_top, 1);
}

static void on_keys(struct page *p, struct keyline *k)
{
    struct text_page *t = (struct text_page *)p;

    keyline_add(k, CMD_BACK, _("Back"));
    if (t->skip > 0 || t->below > 0) {
        keyline_add(k, CMD_DOWN, _("More"));
        keyline_add(k, CMD_PAGE_DOWN, _("Next"));
    }
}

static void on_key(struct page *p, const struct key *key)
{
    struct text_page *t = (struct text_page *)p;

    if (key->cmd == CMD_BACK || key->cmd == CMD_OPEN)
        ui_pop(p->ui, p);
    else if (key->cmd == CMD_DOWN && t->below > 0)
        t->skip++;
    else if (key->cmd == CMD_UP && t->skip > 0)
        t->skip--;
    else if (key->cmd == CMD_PAGE_DOWN || key->cmd == CMD_TOGGLE)
        t->skip += t->height - 1;
    else if (key->cmd == CMD_PAGE_UP)
        t->skip -= t->height - 1;
    else if (key->cmd == CMD_HOME)
        t->skip = 0;
    else if (key->cmd == CMD_END)
        t->skip += t->below;
}

static void on_changed(struct page *p)
{
    struct text_page *t = (struct text_page *)p;

    if (t->fill == NULL)
        return;
    text_page_clear(t);
    t->fill(t, p->ui, t->id);
}

static void on_free(struct page *p)
{
    text_page_clear((struct text_page *)p);
    free(p);
}

static const struct page_ops ops = {
    .name = on_name,
    .draw = on_draw,
    .keys = on_keys,
    .key = on_key,
    .changed = on_changed,
    .free = on_free,
};

struct text_page *text_page_new(const char *name)
{
    struct text_page *t = calloc(1, sizeof(*t));

    if (t != NULL) {
        t->page.ops = &ops;
        str_copy(t->name, sizeof(t->name), name);
    }
    return t;
}

void text_page_clear(struct text_page *t)
{
    for (int i = 0; i < t->count; i++)
        free(t->items[i].text);
    t->count = 0;
}

void text_page_add(struct text_page *t, const char *label, const char *text)
{
    char *copy;

    if (t == NULL || t->count == ITEMS_MAX)
        return;
    copy = strdup(text);
    if (copy == NULL)
        return;
    str_copy(t->items[t->count].label, sizeof(t->items[0].label), label);
    t->items[t->count++].text = copy;
}

void text_page_open(struct ui *ui, struct text_page *t,
                    void (*fill)(struct text_page *t, struct ui *ui, const char *id),
                    const char *id)
{
    if (t == NULL)
        return;
    t->fill = fill;
    str_copy(t->id, sizeof(t->id), id);
    t->page.ui = ui;
    if (fill != NULL)
        on_changed(&t->page);
    ui_push(ui, &t->page);
}
