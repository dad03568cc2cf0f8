/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/popup.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/draw.h"
#include "ui/list.h"
#include "ui/plain.h"
#include "ui/ui.h"

struct popup {
    struct page page;
    char title[64];
    char (*words)[64];
    int current;
    struct list list;
    void (*chosen)(void *arg, int number);
    void *arg;
};

static void popup_name(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, ((struct popup *)p)->title);
}

static void popup_draw(struct page *p, const struct layout *l)
{
    struct popup *u = (struct popup *)p;
    int cells = text_cells(u->title), rows, row, col;

    for (int i = 0; i < u->list.count; i++)
        if (text_cells(u->words[i]) + 4 > cells)
            cells = text_cells(u->words[i]) + 4;
    if (cells > l->cols - 6)
        cells = l->cols - 6;
    rows = u->list.count < POPUP_ROWS ? u->list.count : POPUP_ROWS;
    if (rows > l->hint_row - 4)
        rows = l->hint_row - 4;
    list_resize(&u->list, u->list.count, rows);
    row = l->body_top + (l->hint_row - l->body_top - rows - 3) / 2;
    col = l->cols - cells - 5; /* where the values stand */
    draw_frame(row, col, rows + 3, cells + 4);
    draw_text(row + 1, col + 2, cells, ROLE_STATUS, u->title);
    for (int i = 0; i < rows; i++) {
        int n = u->list.top + i;
        bool focus = n == u->list.focus;
        enum role role = focus ? ROLE_FOCUS : ROLE_DIALOG;

        draw_field(row + 2 + i, col + 1, cells + 2, role, "");
        draw_text(row + 2 + i, col + 1, 1, role, focus ? ">" : " ");
        draw_text(row + 2 + i, col + 3, 1, role, n == u->current ? "*" : " ");
        draw_text(row + 2 + i, col + 5, cells - 3, role, u->words[n]);
        if (focus)
            draw_cursor(row + 2 + i, col + 1);
    }
    if (list_more_above(&u->list))
        draw_more(row + 2, col + cells + 3, ROLE_DIALOG, true);
    if (list_more_below(&u->list))
        draw_more(row + 1 + rows, col + cells + 3, ROLE_DIALOG, false);
}

static void popup_keys(struct page *p, struct keyline *k)
{
    (void)p;
    keyline_add(k, CMD_OPEN, _("Choose"));
    keyline_add(k, CMD_BACK, _("Back"));
}

static void popup_key(struct page *p, const struct key *key)
{
    struct popup *u = (struct popup *)p;

    if (list_key(&u->list, key->cmd, true))
        return;
    if (key->cmd == CMD_BACK) {
        ui_pop(p->ui, p);
    } else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE) {
        ui_pop(p->ui, p);
        u->chosen(u->arg, u->list.focus);
    }
}

static void popup_plain(struct page *p, struct plain *out)
{
    struct popup *u = (struct popup *)p;

    plain_text(out, u->title);
    for (int i = 0; i < u->list.count; i++)
        plain_choice(out, u->words[i], "", i == u->current ? _("as now") : "");
}

static void popup_focus(struct page *p, int choice)
{
    list_focus(&((struct popup *)p)->list, choice);
}

static void popup_free(struct page *p)
{
    free(((struct popup *)p)->words);
    free(p);
}

static const struct page_ops ops = {
    .overlay = true,
    .name = popup_name,
    .draw = popup_draw,
    .keys = popup_keys,
    .key = popup_key,
    .plain = popup_plain,
    .focus = popup_focus,
    .free = popup_free,
};

void popup_open(struct ui *ui, const char *title, const char *const *words, int count, int current,
                void (*chosen)(void *arg, int number), void *arg)
{
    struct popup *u = calloc(1, sizeof(*u));

    if (u == NULL || count <= 0)
        goto out;
    u->words = calloc((size_t)count, sizeof(*u->words));
    if (u->words == NULL)
        goto out;
    u->page.ops = &ops;
    str_copy(u->title, sizeof(u->title), title);
    for (int i = 0; i < count; i++)
        str_copy(u->words[i], sizeof(u->words[0]), words[i]);
    u->current = current;
    u->list.count = count;
    u->list.height = POPUP_ROWS;
    list_focus(&u->list, current >= 0 ? current : 0);
    u->chosen = chosen;
    u->arg = arg;
    ui_push(ui, &u->page);
    return;
out:
    free(u);
}
