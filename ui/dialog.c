/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/dialog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/draw.h"
#include "ui/plain.h"
#include "ui/ui.h"

#define WIDEST 60 /* cells of text: longer lines are hard to read */

struct dialog {
    struct page page;
    char title[128];
    char text[4096];
    char buttons[DIALOG_BUTTONS_MAX][40];
    int count, focus;
    int skip;  /* lines scrolled away */
    int below; /* lines not yet seen */
    void (*answer)(void *arg, int button);
    void *arg;
};

static void dialog_name(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, ((struct dialog *)p)->title);
}

static int widest_line(const char *text)
{
    struct layout_line lines[64];
    size_t count = layout_wrap(text, WIDEST, lines, 64);
    int widest = 0;

    for (size_t i = 0; i < count && i < 64; i++) {
        char one[512];
        size_t len = lines[i].len < sizeof(one) - 1 ? lines[i].len : sizeof(one) - 1;

        memcpy(one, lines[i].text, len);
        one[len] = '\0';
        if (text_cells(one) > widest)
            widest = text_cells(one);
    }
    return widest;
}

static void draw_buttons(struct dialog *d, int row, int right)
{
    int col = right, total = 0;

    for (int i = 0; i < d->count; i++)
        total += text_cells(d->buttons[i]) + (i > 0 ? 2 : 0);
    col -= total;
    for (int i = 0; i < d->count; i++) {
        draw_text(row, col, right - col, i == d->focus ? ROLE_FOCUS : ROLE_DIALOG, d->buttons[i]);
        if (i == d->focus)
            draw_cursor(row, col + 2);
        col += text_cells(d->buttons[i]) + 2;
    }
}

static void dialog_draw(struct page *p, const struct layout *l)
{
    struct dialog *d = (struct dialog *)p;
    int cells, rows, lines, buttons = 0, row, col;

    for (int i = 0; i < d->count; i++)
        buttons += text_cells(d->buttons[i]) + (i > 0 ? 2 : 0);
    cells = widest_line(d->text);
    if (cells < text_cells(d->title))
        cells = text_cells(d->title);
    if (cells < buttons)
        cells = buttons;
    if (cells > l->cols - 4)
        cells = l->cols - 4;
    lines = (int)layout_wrap(d->text, cells, NULL, 0);
    rows = lines + 6; /* frame, title, blank, text, blank, buttons, frame */
    if (rows > l->rows - 1)
        rows = l->rows - 1;
    d->below = lines - d->skip - (rows - 6);
    if (d->below < 0) {
        d->skip += d->below;
        d->skip = d->skip < 0 ? 0 : d->skip;
        d->below = 0;
    }
    row = (l->rows - rows) / 2;
    col = (l->cols - cells - 4) / 2;
    draw_frame(row, col, rows, cells + 4);
    draw_text(row + 1, col + 2, cells, ROLE_STATUS, d->title);
    draw_wrapped(row + 3, col + 2, cells, rows - 6, d->skip, ROLE_DIALOG, d->text);
    if (d->skip > 0)
        draw_more(row + 3, col + cells + 2, ROLE_DIALOG, true);
    if (d->below > 0)
        draw_more(row + rows - 4, col + cells + 2, ROLE_DIALOG, false);
    draw_buttons(d, row + rows - 2, col + 2 + cells);
}

static void dialog_keys(struct page *p, struct keyline *k)
{
    struct dialog *d = (struct dialog *)p;

    keyline_add(k, CMD_OPEN, _("Choose"));
    if (d->count > 1)
        keyline_add(k, CMD_NEXT, _("Next"));
    keyline_add(k, CMD_BACK, _("Back"));
}

static void finish(struct dialog *d, int button)
{
    ui_pop(d->page.ui, &d->page);
    if (d->answer != NULL)
        d->answer(d->arg, button);
}

static void dialog_key(struct page *p, const struct key *key)
{
    struct dialog *d = (struct dialog *)p;

    if (key->cmd == CMD_BACK || key->cmd == CMD_RUB_OUT)
        finish(d, -1);
    else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE)
        finish(d, d->focus);
    else if (key->cmd == CMD_DOWN && d->below > 0)
        d->skip++;
    else if (key->cmd == CMD_UP && d->focus == 0 && d->skip > 0)
        d->skip--;
    else if (key->cmd == CMD_NEXT)
        d->focus = (d->focus + 1) % d->count;
    else if (key->cmd == CMD_PREVIOUS)
        d->focus = (d->focus + d->count - 1) % d->count;
    else if ((key->cmd == CMD_DOWN || key->cmd == CMD_RIGHT) && d->focus + 1 < d->count)
        d->focus++;
    else if ((key->cmd == CMD_UP || key->cmd == CMD_LEFT) && d->focus > 0)
        d->focus--;
}

static void dialog_plain(struct page *p, struct plain *out)
{
    struct dialog *d = (struct dialog *)p;

    plain_text(out, d->title);
    if (d->text[0] != '\0')
        plain_text(out, d->text);
    for (int i = 0; i < d->count; i++)
        plain_choice(out, d->buttons[i], "", "");
}

static void dialog_focus(struct page *p, int choice)
{
    ((struct dialog *)p)->focus = choice;
}

static void dialog_free(struct page *p)
{
    free(p);
}

static const struct page_ops ops = {
    .overlay = true,
    .arrows = true,
    .name = dialog_name,
    .draw = dialog_draw,
    .keys = dialog_keys,
    .key = dialog_key,
    .plain = dialog_plain,
    .focus = dialog_focus,
    .free = dialog_free,
};

void dialog_ask(struct ui *ui, const char *title, const char *text, const char *const *buttons,
                int focus, void (*answer)(void *arg, int button), void *arg)
{
    struct dialog *d = calloc(1, sizeof(*d));

    if (d == NULL)
        return;
    d->page.ops = &ops;
    str_copy(d->title, sizeof(d->title), title);
    str_copy(d->text, sizeof(d->text), text);
    for (; d->count < DIALOG_BUTTONS_MAX && buttons[d->count] != NULL; d->count++)
        str_format(d->buttons[d->count], sizeof(d->buttons[0]), "[ %s ]", buttons[d->count]);
    d->focus = focus;
    d->answer = answer;
    d->arg = arg;
    ui_push(ui, &d->page);
}

void dialog_tell_then(struct ui *ui, const char *title, const char *text,
                      void (*answer)(void *arg, int button), void *arg)
{
    const char *buttons[] = {_("OK"), NULL};

    dialog_ask(ui, title, text, buttons, 0, answer, arg);
}

void dialog_tell(struct ui *ui, const char *title, const char *text)
{
    dialog_tell_then(ui, title, text, NULL, NULL);
}

void dialog_error(struct ui *ui, const char *title, const struct err *err)
{
    struct err_text t;
    char text[3 * TEXT_MAX];

    text_of_err(err, &t);
    str_format(text, sizeof(text), "%s%s%s%s%s%s%s", t.step, t.step[0] != '\0' ? ":\n" : "",
               t.cause, t.remedy[0] != '\0' ? "\n\n" : "", t.remedy,
               t.reply[0] != '\0' ? "\n\n" : "", "");
    if (t.reply[0] != '\0') {
        size_t len = strlen(text);

        str_format(text + len, sizeof(text) - len, _("The server said: %s"), t.reply);
    }
    dialog_tell(ui, title, text);
}
