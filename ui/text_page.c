/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/draw.h"
#include "ui/plain.h"
#include "ui/ui.h"

#define ITEMS_MAX   1000
#define BUTTONS_MAX 3

struct text_page {
    struct page page;
    char name[80];
    char id[80];
    struct text_item {
        char label[64];
        char *text;
    } * items;
    int count, room;
    int skip;  /* lines scrolled away */
    int below; /* lines not yet seen */
    int height;
    void (*fill)(struct text_page *t, struct ui *ui, const char *id);
    char buttons[BUTTONS_MAX][40]; /* none: a page to read and leave */
    int button_count;
    int button; /* focused; -1: the text is */
    void (*answer)(void *arg, int button);
    void *arg;
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

static void draw_buttons(const struct text_page *t, const struct layout *l)
{
    int col = l->cols - 2;

    for (int b = 0; b < t->button_count; b++)
        col -= text_cells(t->buttons[b]) + (b > 0 ? 3 : 0);
    for (int b = 0; b < t->button_count; b++) {
        draw_text(l->button_row, col, l->cols - col, b == t->button ? ROLE_FOCUS : ROLE_TEXT,
                  t->buttons[b]);
        if (b == t->button)
            draw_cursor(l->button_row, col + 2);
        col += text_cells(t->buttons[b]) + 3;
    }
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
    t->height =
        (t->button_count > 0 ? l->button_row - 1 : l->hint_row + l->hint_rows) - l->body_top;
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
    draw_buttons(t, l);
}

static void on_keys(struct page *p, struct keyline *k)
{
    struct text_page *t = (struct text_page *)p;

    if (t->button_count > 0 && t->button >= 0)
        keyline_add(k, CMD_OPEN, _("Choose"));
    keyline_add(k, CMD_BACK, _("Back"));
    if (t->button_count > 0)
        keyline_add(k, CMD_NEXT, _("Next"));
    if (t->skip > 0 || t->below > 0) {
        keyline_add(k, CMD_DOWN, _("More"));
        keyline_add(k, CMD_PAGE_DOWN, _("Next"));
    }
}

static void finish(struct text_page *t, int button)
{
    ui_pop(t->page.ui, &t->page);
    if (t->answer != NULL)
        t->answer(t->arg, button);
}

/* Down goes through the text, then to the buttons. Returns whether it was a key for those. */
static bool button_key(struct text_page *t, enum cmd cmd)
{
    int step = cmd == CMD_DOWN || cmd == CMD_NEXT || cmd == CMD_RIGHT    ? 1
               : cmd == CMD_UP || cmd == CMD_PREVIOUS || cmd == CMD_LEFT ? -1
                                                                         : 0;

    if (t->button_count == 0 || step == 0 || (cmd == CMD_DOWN && t->below > 0) ||
        (t->button < 0 && (step < 0 || cmd == CMD_RIGHT)))
        return false;
    t->button += step;
    if (t->button >= t->button_count)
        t->button = cmd == CMD_NEXT ? 0 : t->button_count - 1;
    return true;
}

static void on_key(struct page *p, const struct key *key)
{
    struct text_page *t = (struct text_page *)p;

    if (button_key(t, key->cmd))
        return;
    if (key->cmd == CMD_BACK || (key->cmd == CMD_LEFT && t->button < 0))
        finish(t, -1);
    else if (key->cmd == CMD_OPEN && t->button_count > 0 && t->button < 0)
        t->skip += t->height - 1;
    else if (key->cmd == CMD_OPEN)
        finish(t, t->button);
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

static void on_plain(struct page *p, struct plain *out)
{
    struct text_page *t = (struct text_page *)p;
    char line[2200];

    for (int i = 0; i < t->count; i++) {
        bool both = t->items[i].label[0] != '\0' && t->items[i].text[0] != '\0';

        str_format(line, sizeof(line), "%s%s%s", t->items[i].label, both ? ": " : "",
                   t->items[i].text);
        plain_text(out, line);
    }
    for (int b = 0; b < t->button_count; b++)
        plain_choice(out, t->buttons[b], "", "");
}

static void on_focus(struct page *p, int choice)
{
    ((struct text_page *)p)->button = choice;
}

static void on_free(struct page *p)
{
    text_page_clear((struct text_page *)p);
    free(((struct text_page *)p)->items);
    free(p);
}

static const struct page_ops ops = {
    .name = on_name,
    .draw = on_draw,
    .keys = on_keys,
    .key = on_key,
    .plain = on_plain,
    .focus = on_focus,
    .changed = on_changed,
    .free = on_free,
};

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct text_page *t = (struct text_page *)p;

    if (t->below > 0)
        str_copy(dst, size, _("There is more below."));
}

static const struct page_ops ask_ops = {
    .arrows = true,
    .buttons = true,
    .name = on_name,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keys,
    .key = on_key,
    .plain = on_plain,
    .focus = on_focus,
    .free = on_free,
};

struct text_page *text_page_new(const char *name)
{
    struct text_page *t = calloc(1, sizeof(*t));

    if (t != NULL) {
        t->page.ops = &ops;
        t->button = -1;
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
    if (t->count == t->room) {
        int room = t->room > 0 ? 2 * t->room : 32;
        struct text_item *items = realloc(t->items, (size_t)room * sizeof(*items));

        if (items == NULL)
            return;
        t->items = items;
        t->room = room;
    }
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

void text_page_ask(struct ui *ui, struct text_page *t, const char *const *buttons,
                   void (*answer)(void *arg, int button), void *arg)
{
    if (t == NULL)
        return;
    t->page.ops = &ask_ops;
    for (; t->button_count < BUTTONS_MAX && buttons[t->button_count] != NULL; t->button_count++)
        str_format(t->buttons[t->button_count], sizeof(t->buttons[0]), "[ %s ]",
                   buttons[t->button_count]);
    t->answer = answer;
    t->arg = arg;
    ui_push(ui, &t->page);
}
