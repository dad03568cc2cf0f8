/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/edit.h"
#include "ui/plain.h"
#include "ui/soft.h"
#include "ui/ui.h"

#define DONE_RIGHT 53 /* on a wide screen Done stays near the other keys */

struct entry {
    struct page page;
    struct entry_request request;
    char title[80];
    char hint[400];
    struct edit edit;
    struct soft soft;
    bool shown;        /* a secret is */
    bool typing;       /* the last key was a real one: the cursor stands in the text */
    bool changed;      /* there is something to lose */
    char refused[400]; /* why Done did not accept; "" when it was not asked */
};

static void on_name(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, ((struct entry *)p)->title);
}

/* "12/16" */
static void on_note(struct page *p, char *dst, size_t size)
{
    struct entry *n = (struct entry *)p;
    const struct setting *row;

    if (n->request.setting == SET_COUNT)
        return;
    row = setting_row(n->request.setting);
    if (row->kind == SETTING_SECRET)
        str_format(dst, size, "%zu/%ld", n->edit.len, row->max);
    else if (row->kind == SETTING_TEXT)
        str_format(dst, size, "%d/%ld", edit_chars(&n->edit), row->max);
}

static int check(struct entry *n, struct err *e)
{
    if (n->request.setting == SET_COUNT)
        return 0;
    return setting_check(n->request.setting, n->edit.text, n->edit.len, e);
}

/* The live line: which rule holds, or which one is broken. */
static void live_rule(struct entry *n, char *dst, size_t size, enum role *ret_role)
{
    struct err e;

    *ret_role = ROLE_HINT;
    if (n->refused[0] != '\0') {
        str_copy(dst, size, n->refused);
        *ret_role = ROLE_WARNING;
    } else if (n->request.rules != NULL) {
        n->request.rules(n->request.arg, n->edit.text, n->edit.len, dst, size);
    } else if (check(n, &e) < 0) {
        struct err_text t;

        text_of_err(&e, &t);
        str_copy(dst, size, t.cause);
    } else if (n->request.setting < SET_COUNT) {
        str_copy(dst, size, _("ok"));
    }
}

static const char *tab_name(enum soft_tab tab)
{
    static const char *const names[SOFT_TABS] = {"ABC", "abc", "123", "!#$"};

    return names[tab];
}

static const char *edit_name(const struct entry *n, enum soft_action action)
{
    switch (action) {
    case SOFT_SPACE:
        return _("Space");
    case SOFT_LEFT:
        return "<";
    case SOFT_RIGHT:
        return ">";
    case SOFT_DELETE:
        return _("Delete");
    case SOFT_SHOW:
        return n->shown ? _("Hide") : _("Show");
    case SOFT_CANCEL:
        return _("Cancel");
    case SOFT_DONE:
        return _("Done");
    case SOFT_NOTHING:
    case SOFT_CHARACTER:
        break;
    }
    return "";
}

/* One key of the keyboard; the focused one has the cursor. Returns the next column. */
static int draw_key(struct entry *n, int at, int row, int key, int col, const char *name)
{
    bool row_focus = row == n->soft.row;
    bool focus = row_focus && (n->soft.mode == SOFT_MODE_ROW || n->soft.col == key);
    bool chosen = soft_row_is_tabs(&n->soft, row) && soft_tab_at(&n->soft, key) == n->soft.tab;
    char text[64];

    str_format(text, sizeof(text), chosen ? "[%s]" : " %s ", name);
    draw_text(at, col, text_cells(text), focus ? ROLE_FOCUS : ROLE_TEXT, text);
    if (focus && !n->typing && (n->soft.mode != SOFT_MODE_ROW || key == 0))
        draw_cursor(at, col + 1);
    return col + text_cells(text);
}

static void draw_soft(struct entry *n, int top, int cols, int bottom)
{
    const struct soft *s = &n->soft;
    int col = 0, done, at;

    for (int row = 0; row < soft_rows(s) - 1; row++) {
        at = top + row;
        if (row == s->row)
            draw_text(at, 1, 1, ROLE_TEXT, ">");
        col = 3;
        for (int k = 0; k < soft_row_keys(s, row); k++) {
            char one[2] = {0};

            if (soft_row_is_tabs(s, row)) {
                col = draw_key(n, at, row, k, col, tab_name(soft_tab_at(s, k))) + 1;
            } else if (soft_row_is_edits(s, row)) {
                col = draw_key(n, at, row, k, col, edit_name(n, s->edits[k]));
            } else {
                one[0] = soft_char_at(s, row, k);
                col = draw_key(n, at, row, k, col, one);
            }
        }
    }
    at = top + soft_rows(s) - 2;
    done = (cols < DONE_RIGHT ? cols : DONE_RIGHT) - 3 - text_cells(edit_name(n, SOFT_DONE));
    if (col > done && at + 1 < bottom)
        at++; /* beside the editing keys there is no room */
    draw_key(n, at, soft_rows(s) - 1, 0, done, edit_name(n, SOFT_DONE));
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct entry *n = (struct entry *)p;
    char text[1200];
    enum role role;
    int cells = l->cols - 4, row = l->body_top, cursor;

    cursor = edit_window(&n->edit, n->request.secret && !n->shown, cells, text, sizeof(text));
    draw_field(row, 2, cells, ROLE_FOCUS, text);
    explicit_bzero(text, sizeof(text));
    draw_cursor(row, 2 + (cursor < cells ? cursor : cells - 1));
    text[0] = '\0';
    live_rule(n, text, sizeof(text), &role);
    draw_wrapped(row + 1, 2, cells, 2, 0, role, text);
    draw_soft(n, l->rows >= 14 ? row + 4 : row + 3, l->cols, l->hint_row);
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct entry *n = (struct entry *)p;

    if (n->request.secret && n->shown)
        str_copy(dst, size, _("Shown: let no one else see the screen."));
    else if (n->request.secret)
        str_copy(dst, size, _("Look round first: let no one see what you enter, or F2 show."));
    else
        str_copy(dst, size, n->hint);
}

static void on_keyline(struct page *p, struct keyline *k)
{
    struct entry *n = (struct entry *)p;

    keyline_add(k, CMD_OPEN, soft_row_is_done(&n->soft, n->soft.row) ? _("Done") : _("Press"));
    keyline_add(k, CMD_BACK, _("Cancel"));
    if (n->request.secret)
        keyline_add(k, CMD_SHOW, n->shown ? _("Hide") : _("Show"));
    keyline_add(k, CMD_HELP, _("Help"));
}

static void on_discard(void *arg, int button)
{
    struct entry *n = arg;

    if (button == 1)
        ui_pop(n->page.ui, &n->page);
}

/* With the dial a password costs a hundred turns: one Esc too many must not take it. */
static void cancel(struct entry *n)
{
    const char *buttons[] = {_("Keep"), _("Discard"), NULL};

    if (n->changed)
        dialog_ask(n->page.ui, _("Discard what you entered?"), "", buttons, 0, on_discard, n);
    else
        ui_pop(n->page.ui, &n->page);
}

/* Blanks round a number cannot be seen, and mean nothing. */
static void trim_number(struct entry *n)
{
    if (n->request.setting == SET_COUNT || setting_row(n->request.setting)->kind != SETTING_NUMBER)
        return;
    edit_end(&n->edit);
    while (n->edit.len > 0 && n->edit.text[n->edit.len - 1] == ' ')
        edit_delete_left(&n->edit);
    edit_home(&n->edit);
    while (n->edit.len > 0 && n->edit.text[0] == ' ')
        edit_delete_right(&n->edit);
    edit_end(&n->edit);
}

static void done(struct entry *n)
{
    struct err e;

    trim_number(n);
    if (check(n, &e) < 0) {
        struct err_text t;

        text_of_err(&e, &t);
        str_copy(n->refused, sizeof(n->refused), t.cause);
        return;
    }
    ui_pop(n->page.ui, &n->page);
    n->request.done(n->request.arg, n->edit.text, n->edit.len);
}

static void insert(struct entry *n, const char *text, size_t len)
{
    n->changed = true;
    if (!edit_insert(&n->edit, text, len))
        str_format(n->refused, sizeof(n->refused), _("No more than %d characters fit."), EDIT_MAX);
}

static void act(struct entry *n, enum soft_action action, char c)
{
    switch (action) {
    case SOFT_NOTHING:
        break;
    case SOFT_CHARACTER:
        insert(n, &c, 1);
        break;
    case SOFT_SPACE:
        insert(n, " ", 1);
        break;
    case SOFT_LEFT:
        edit_left(&n->edit);
        break;
    case SOFT_RIGHT:
        edit_right(&n->edit);
        break;
    case SOFT_DELETE:
        n->changed = true;
        edit_delete_left(&n->edit);
        break;
    case SOFT_SHOW:
        n->shown = !n->shown;
        break;
    case SOFT_CANCEL:
        cancel(n);
        break;
    case SOFT_DONE:
        done(n);
        break;
    }
}

/* Keys of a real keyboard that edit. Returns whether it was one. */
static bool edit_key(struct entry *n, const struct key *key)
{
    if (key->cmd == CMD_RUB_OUT || key->cmd == CMD_DELETE)
        n->changed = true;
    if (key->cmd == CMD_TEXT)
        insert(n, key->text, key->len);
    else if (key->cmd == CMD_RUB_OUT)
        edit_delete_left(&n->edit);
    else if (key->cmd == CMD_DELETE)
        edit_delete_right(&n->edit);
    else if (key->cmd == CMD_HOME)
        edit_home(&n->edit);
    else if (key->cmd == CMD_END)
        edit_end(&n->edit);
    else
        return false;
    return true;
}

static void on_key(struct page *p, const struct key *key)
{
    struct entry *n = (struct entry *)p;
    enum soft_action action;
    char c = '\0';
    bool used;

    n->refused[0] = '\0';
    if (edit_key(n, key)) {
        n->typing = true;
        soft_focus_done(&n->soft);
        return;
    }
    if (key->cmd == CMD_SHOW && n->request.secret) {
        n->shown = !n->shown;
        return;
    }
    if (key->cmd == CMD_NEXT || key->cmd == CMD_PREVIOUS) {
        soft_focus_done(&n->soft);
        return;
    }
    action = soft_key(&n->soft, key->cmd, &c, &used);
    if (used)
        n->typing = false;
    else if (key->cmd == CMD_BACK)
        cancel(n);
    act(n, action, c);
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    struct entry *n = (struct entry *)p;

    str_copy(title, title_size, n->title);
    str_format(dst, size, "%s%s%s", n->hint, n->hint[0] != '\0' ? "\n\n" : "",
               _("Type the text, then Enter. Or use the keyboard on the screen: arrows move, Enter "
                 "presses a key. With the dial: turn to a row, press, turn to the key, press; Esc "
                 "leaves the row. In this page ? and q are text; F1 is help."));
}

static void on_plain(struct page *p, struct plain *out)
{
    struct entry *n = (struct entry *)p;
    char text[SETTING_VALUE_MAX * 4];

    if (n->hint[0] != '\0')
        plain_text(out, n->hint);
    if (n->refused[0] != '\0')
        plain_note(out, n->refused);
    if (n->request.secret)
        plain_text(out, _("Let no one watch or listen."));
    else if (n->edit.len > 0 && safe_text(text, sizeof(text), n->edit.text, n->edit.len) > 0)
        plain_text(out, text);
    plain_field(out, n->request.secret);
}

static void on_entered(struct page *p, const char *text, size_t len)
{
    struct entry *n = (struct entry *)p;

    n->refused[0] = '\0';
    edit_set(&n->edit, text, len);
    done(n);
}

static void on_free(struct page *p)
{
    explicit_bzero(p, sizeof(struct entry));
    free(p);
}

static const struct page_ops plain_ops = {
    .text = true,
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .help = on_help,
    .plain = on_plain,
    .entered = on_entered,
    .free = on_free,
};

static const struct page_ops secret_ops = {
    .text = true,
    .secret = true,
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .help = on_help,
    .plain = on_plain,
    .entered = on_entered,
    .free = on_free,
};

/* Whether the setting's rule lets a character stand in a value of legal length. */
static bool allowed(void *arg, char c)
{
    struct entry *n = arg;
    const struct setting *row;
    char value[] = "1?a1a1a1a";
    int r;

    if (n->request.setting == SET_COUNT)
        return true;
    row = setting_row(n->request.setting);
    if (row->kind == SETTING_NUMBER)
        return c >= '0' && c <= '9';
    value[1] = c; /* between a digit and a letter, as long as the shortest value, or three */
    if (row->min <= 3)
        value[3] = '\0';
    r = setting_check(n->request.setting, value, strlen(value), NULL);
    return r != -ERR_VALUE_CHARACTER && r != -ERR_VALUE_HOST;
}

void entry_open(struct ui *ui, const struct entry_request *request, const char *text, size_t len)
{
    struct entry *n = calloc(1, sizeof(*n));

    if (n == NULL)
        return;
    n->page.ops = request->secret ? &secret_ops : &plain_ops;
    n->request = *request;
    str_copy(n->title, sizeof(n->title), request->title);
    str_copy(n->hint, sizeof(n->hint), request->hint != NULL ? request->hint : "");
    edit_set(&n->edit, text, len);
    soft_init(&n->soft, allowed, n, request->secret);
    n->typing = true;
    ui_push(ui, &n->page);
}
