/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/address.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/plain.h"
#include "ui/segments.h"
#include "ui/ui.h"

#define QUICK_MS    150 /* turns that come faster than this, */
#define QUICK_COUNT 8   /* and so many of them, */
#define QUICK_STEPS 5   /* count this much each */

enum { BUTTON_DONE, BUTTON_NO_ADDRESS, BUTTON_CANCEL, BUTTON_COUNT };

struct address {
    struct page page;
    struct address_request request;
    char title[80], hint[400], refused[400];
    struct segments segments;
    int button; /* focused; -1: a segment is */
    bool changed;
    enum cmd turn; /* the last turn, how many in a row were quick, and when it was */
    int quick;
    int64_t turned;
};

static void on_name(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, ((struct address *)p)->title);
}

static int check(struct address *a, struct err *e)
{
    char text[SEGMENTS_TEXT];

    segments_text(&a->segments, text);
    return setting_check(a->request.setting, text, strlen(text), e);
}

static void live_rule(struct address *a, char *dst, size_t size, enum role *ret_role)
{
    struct err_text t;
    struct err e;

    *ret_role = a->refused[0] != '\0' ? ROLE_WARNING : ROLE_HINT;
    if (a->refused[0] != '\0') {
        str_copy(dst, size, a->refused);
    } else if (check(a, &e) < 0) {
        text_of_err(&e, &t);
        str_copy(dst, size, t.cause);
    } else {
        str_copy(dst, size, _("ok"));
    }
}

static void draw_segments(struct address *a, int row, int col)
{
    for (int i = 0; i < SEGMENTS; i++) {
        bool focus = a->button < 0 && i == a->segments.at;
        char text[16];

        str_format(text, sizeof(text), " %3d ", a->segments.value[i]);
        draw_text(row, col, 5, focus ? ROLE_FOCUS : ROLE_VALUE, text);
        if (focus) {
            draw_text(row, col - 1, 1, ROLE_TEXT, ">");
            draw_cursor(row, col + 3);
        }
        if (i < SEGMENTS - 1)
            draw_text(row, col + 5, 1, ROLE_TEXT, ".");
        col += 7;
    }
}

static void draw_buttons(struct address *a, const struct layout *l)
{
    const char *words[BUTTON_COUNT] = {_("Done"), _("None"), _("Cancel")};
    char text[BUTTON_COUNT][40];
    int col = l->cols - 2;

    for (int b = 0; b < BUTTON_COUNT; b++) {
        str_format(text[b], sizeof(text[b]), "[ %s ]", words[b]);
        col -= text_cells(text[b]) + (b > 0 ? 3 : 0);
    }
    for (int b = 0; b < BUTTON_COUNT; b++) {
        draw_text(l->button_row, col, l->cols - col, b == a->button ? ROLE_FOCUS : ROLE_TEXT,
                  text[b]);
        if (b == a->button)
            draw_cursor(l->button_row, col + 2);
        col += text_cells(text[b]) + 3;
    }
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct address *a = (struct address *)p;
    char text[400] = "";
    enum role role;

    draw_segments(a, l->body_top + 1, 4);
    live_rule(a, text, sizeof(text), &role);
    draw_wrapped(l->body_top + 3, 3, l->cols - 5, 3, 0, role, text);
    draw_buttons(a, l);
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct address *a = (struct address *)p;

    if (a->button == BUTTON_NO_ADDRESS)
        str_copy(dst, size, _("No address at all."));
    else if (a->button < 0)
        str_copy(dst, size, _("Turn or type to change, press for the next segment."));
    else
        str_copy(dst, size, a->hint);
}

static void on_keyline(struct page *p, struct keyline *k)
{
    struct address *a = (struct address *)p;

    keyline_add(k, CMD_UP, _("Change"));
    keyline_add(k, CMD_OPEN, a->button < 0 ? _("Next") : _("Choose"));
    keyline_add(k, CMD_BACK, _("Back"));
    keyline_add(k, CMD_HELP, _("Help"));
}

static void on_discard(void *arg, int button)
{
    struct address *a = arg;

    if (button == 1)
        ui_pop(a->page.ui, &a->page);
}

static void cancel(struct address *a)
{
    const char *buttons[] = {_("Keep"), _("Discard"), NULL};

    if (a->changed)
        dialog_ask(a->page.ui, _("Discard what you entered?"), "", buttons, 0, on_discard, a);
    else
        ui_pop(a->page.ui, &a->page);
}

static void finish(struct address *a, const char *text)
{
    ui_pop(a->page.ui, &a->page);
    a->request.done(a->request.arg, text, strlen(text));
}

static void press(struct address *a)
{
    char text[SEGMENTS_TEXT];
    struct err_text t;
    struct err e;

    if (a->button == BUTTON_CANCEL) {
        cancel(a);
    } else if (a->button == BUTTON_NO_ADDRESS) {
        finish(a, "");
    } else if (a->button == BUTTON_DONE && check(a, &e) < 0) {
        text_of_err(&e, &t);
        str_copy(a->refused, sizeof(a->refused), t.cause);
    } else if (a->button == BUTTON_DONE) {
        segments_text(&a->segments, text);
        finish(a, text);
    } else if (!segments_next(&a->segments)) {
        a->button = BUTTON_DONE;
    }
}

/* The steps of a turn: more while the dial is spun. */
static int steps_of(struct address *a, enum cmd cmd)
{
    int64_t now = clock_ms();

    a->quick = cmd == a->turn && now - a->turned < QUICK_MS ? a->quick + 1 : 0;
    a->turn = cmd;
    a->turned = now;
    return a->quick >= QUICK_COUNT && !a->request.mask ? QUICK_STEPS : 1;
}

static void turn(struct address *a, enum cmd cmd)
{
    if (a->button >= 0) { /* over the buttons; up from the first is back into the address */
        int step = cmd == CMD_DOWN || cmd == CMD_PAGE_DOWN ? 1 : -1;

        a->button = a->button + step < BUTTON_COUNT ? a->button + step : BUTTON_COUNT - 1;
        return;
    }
    a->changed = true;
    if (cmd == CMD_UP || cmd == CMD_DOWN)
        segments_turn(&a->segments, (cmd == CMD_UP ? 1 : -1) * steps_of(a, cmd));
    else
        segments_turn(&a->segments, cmd == CMD_PAGE_UP ? 10 : -10);
}

static void move(struct address *a, bool forward)
{
    if (a->button >= 0)
        a->button += forward ? (a->button < BUTTON_COUNT - 1 ? 1 : 0) : -1;
    else if (forward && !segments_next(&a->segments))
        a->button = BUTTON_DONE;
    else if (!forward)
        segments_previous(&a->segments);
}

static void on_key(struct page *p, const struct key *key)
{
    struct address *a = (struct address *)p;

    a->refused[0] = '\0';
    if (key->cmd == CMD_TEXT && key->text[0] != ' ') {
        a->button = -1;
        a->changed = segments_type(&a->segments, key->text[0]) || a->changed;
    } else if (key->cmd == CMD_RUB_OUT && a->button < 0) {
        a->changed = true;
        segments_rub_out(&a->segments);
    } else if (key->cmd == CMD_UP || key->cmd == CMD_DOWN || key->cmd == CMD_PAGE_UP ||
               key->cmd == CMD_PAGE_DOWN) {
        turn(a, key->cmd);
    } else if (key->cmd == CMD_HOME) {
        a->button = -1;
        while (segments_previous(&a->segments))
            ;
    } else if (key->cmd == CMD_RIGHT || key->cmd == CMD_LEFT) {
        move(a, key->cmd == CMD_RIGHT);
    } else if (key->cmd == CMD_NEXT) {
        a->button = a->button == BUTTON_CANCEL ? -1 : a->button + 1;
    } else if (key->cmd == CMD_PREVIOUS) {
        a->button = a->button < 0 ? BUTTON_CANCEL : a->button - 1;
    } else if (key->cmd == CMD_OPEN) {
        press(a);
    } else if (key->cmd == CMD_BACK && a->button >= 0) {
        a->button = -1;
    } else if (key->cmd == CMD_BACK && !segments_previous(&a->segments)) {
        cancel(a);
    }
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    struct address *a = (struct address *)p;

    str_copy(title, title_size, a->title);
    str_format(dst, size, "%s%s%s", a->hint, a->hint[0] != '\0' ? "\n\n" : "",
               _("Up and Down (the dial) change a segment, Enter goes to the next one and then to "
                 "the buttons; Esc goes one step back. PgUp and PgDn change it by ten. Or type the "
                 "address with its dots."));
}

static void on_plain(struct page *p, struct plain *out)
{
    struct address *a = (struct address *)p;
    char text[SEGMENTS_TEXT];

    if (a->hint[0] != '\0')
        plain_text(out, a->hint);
    if (a->refused[0] != '\0')
        plain_note(out, a->refused);
    segments_text(&a->segments, text);
    plain_text(out, text);
    plain_field(out, false);
}

static void on_entered(struct page *p, const char *text, size_t len)
{
    struct address *a = (struct address *)p;
    struct err_text t;
    struct err e;

    a->refused[0] = '\0';
    if (setting_check(a->request.setting, text, len, &e) == 0) {
        finish(a, text);
        return;
    }
    text_of_err(&e, &t);
    str_copy(a->refused, sizeof(a->refused), t.cause);
}

static void on_free(struct page *p)
{
    free(p);
}

static const struct page_ops ops = {
    .text = true,
    .buttons = true,
    .name = on_name,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .help = on_help,
    .plain = on_plain,
    .entered = on_entered,
    .free = on_free,
};

void address_open(struct ui *ui, const struct address_request *request, const char *text)
{
    struct address *a = calloc(1, sizeof(*a));

    if (a == NULL)
        return;
    a->page.ops = &ops;
    a->request = *request;
    str_copy(a->title, sizeof(a->title), request->title);
    str_copy(a->hint, sizeof(a->hint), request->hint != NULL ? request->hint : "");
    segments_set(&a->segments, text, request->mask);
    a->button = -1;
    ui_push(ui, &a->page);
}
