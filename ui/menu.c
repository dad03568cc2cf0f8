/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/menu.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/entry.h"
#include "ui/menu_edit.h"
#include "ui/plain.h"
#include "ui/ui.h"

enum { BUTTON_NONE = -1, BUTTON_SET, BUTTON_CANCEL, BUTTON_COUNT };

/* --- values ----------------------------------------------------------------------------------- */

static const struct settings *in_force(const struct menu *m)
{
    return service_settings(ui_service(m->page.ui));
}

const char *menu_str(const struct menu *m, enum setting_id id)
{
    return stage_str(&m->stage, in_force(m), m->number, id);
}

bool menu_on(const struct menu *m, enum setting_id id)
{
    return stage_on(&m->stage, in_force(m), m->number, id);
}

const struct secret *menu_secret(const struct menu *m, enum setting_id id)
{
    return stage_secret_of(&m->stage, in_force(m), m->number, id);
}

bool menu_apply(struct menu *m)
{
    struct setting_change changes[SET_COUNT];
    size_t count = stage_changes(&m->stage, m->number, changes);
    struct err e;

    if (count > 0 && service_apply(ui_service(m->page.ui), changes, count, &e) < 0) {
        dialog_error(m->page.ui, _("Not saved"), &e);
        return false;
    }
    stage_clear(&m->stage);
    ui_refresh(m->page.ui);
    return true;
}

static void staged(struct menu *m)
{
    if (!m->def->form && !menu_apply(m))
        stage_clear(&m->stage);
}

void menu_set_text(struct menu *m, enum setting_id id, const char *value)
{
    stage_text(&m->stage, in_force(m), m->number, id, value);
    staged(m);
}

void menu_set_secret(struct menu *m, enum setting_id id, const struct secret *secret)
{
    stage_secret(&m->stage, in_force(m), m->number, id, secret);
    staged(m);
}

static bool waits(const struct menu *m)
{
    return stage_any(&m->stage) || (m->def->waiting != NULL && m->def->waiting(m));
}

/* --- rows ------------------------------------------------------------------------------------- */

void menu_label(const struct menu_row *row, char *dst, size_t size)
{
    str_format(dst, size, _(row->label), row->number);
}

static const char *blocked(const struct menu *m, const struct menu_row *row)
{
    return row->blocked != NULL ? row->blocked(ui_facts(m->page.ui)) : NULL;
}

static const struct menu_row *focused(const struct menu *m)
{
    return m->list.count > 0 ? &m->def->rows[m->rows[m->list.focus]] : NULL;
}

/* Which rows are there now; the focus stays on its row. */
static void update_rows(struct menu *m)
{
    int count = 0, focus = m->list.count > 0 ? m->rows[m->list.focus] : 0;

    for (size_t i = 0; i < m->def->row_count && count < MENU_ROWS_MAX; i++)
        if (m->def->rows[i].shown == NULL || m->def->rows[i].shown(m))
            m->rows[count++] = (int)i;
    m->list.count = count;
    for (int i = 0; i < count; i++)
        if (m->rows[i] <= focus)
            m->list.focus = i;
}

/* Whether something of this row waits for [ Set ]. */
static bool row_waits(const struct menu *m, const struct menu_row *row)
{
    bool staged_here = row->kind == ROW_SETTING && m->stage.items[row->setting].changed;

    return staged_here || (row->waits != NULL && row->waits(m));
}

static void draw_row(struct menu *m, const struct menu_row *row, int at, int widest, int cols)
{
    bool focus = m->button == BUTTON_NONE && row == focused(m);
    const char *reason = blocked(m, row);
    enum role role = focus ? ROLE_FOCUS : reason != NULL ? ROLE_GREY : ROLE_TEXT;
    bool waiting = row_waits(m, row);
    struct layout_row r;
    char label[80], value[SETTING_VALUE_MAX * 4];

    layout_row(&r, cols, widest);
    menu_label(row, label, sizeof(label));
    menu_value(m, row, value, sizeof(value));
    draw_field(at, 1, cols - 2, role, "");
    if (focus) {
        draw_text(at, 1, 1, role, ">");
        draw_cursor(at, 1);
    }
    draw_text(at, r.label_col, value[0] != '\0' ? r.label_cells : cols - 2 - r.label_col, role,
              label);
    draw_text(at, r.value_col, r.value_cells,
              focus || reason != NULL ? role
              : waiting               ? ROLE_CHANGED
                                      : ROLE_VALUE,
              value);
    draw_text(at, r.mark_col, 1, role,
              reason != NULL          ? "-"
              : waiting               ? "*"
              : row->kind == ROW_PAGE ? ">"
                                      : " ");
}

static const char *accept_word(const struct menu *m)
{
    return _(m->def->accept != NULL ? m->def->accept : N_("Set"));
}

static void draw_buttons(struct menu *m, const struct layout *l)
{
    const char *words[BUTTON_COUNT] = {accept_word(m),
                                       _(m->def->cancel != NULL ? m->def->cancel : N_("Cancel"))};
    char text[BUTTON_COUNT][48];
    int col = l->cols - 2;

    for (int b = 0; b < BUTTON_COUNT; b++) {
        str_format(text[b], sizeof(text[b]), "[ %s ]", words[b]);
        col -= text_cells(text[b]) + (b > 0 ? 3 : 0);
    }
    for (int b = 0; b < BUTTON_COUNT; b++) {
        draw_text(l->button_row, col, l->cols - col, b == m->button ? ROLE_FOCUS : ROLE_TEXT,
                  text[b]);
        if (b == m->button)
            draw_cursor(l->button_row, col + 2);
        col += text_cells(text[b]) + 3;
    }
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct menu *m = (struct menu *)p;
    int widest = 0, top = l->body_top, height = l->body_rows;

    update_rows(m);
    if (m->def->intro != NULL) {
        int lines = draw_wrapped(top, 1, l->cols - 2, 4, 0, ROLE_TEXT, _(m->def->intro));

        lines = lines > 4 ? 4 : lines;
        top += lines + (l->rows >= 18 ? 1 : 0);
        height -= lines + (l->rows >= 18 ? 1 : 0);
    }
    list_resize(&m->list, m->list.count, height);
    for (int i = 0; i < m->list.count; i++) {
        char label[80];

        menu_label(&m->def->rows[m->rows[i]], label, sizeof(label));
        if (text_cells(label) > widest)
            widest = text_cells(label);
    }
    for (int i = 0; i < m->list.height && m->list.top + i < m->list.count; i++)
        draw_row(m, &m->def->rows[m->rows[m->list.top + i]], top + i, widest, l->cols);
    if (list_more_above(&m->list))
        draw_more(top, l->cols - 1, ROLE_TEXT, true);
    if (list_more_below(&m->list))
        draw_more(top + m->list.height - 1, l->cols - 1, ROLE_TEXT, false);
    if (m->def->form)
        draw_buttons(m, l);
}

static void on_name(struct page *p, char *dst, size_t size)
{
    struct menu *m = (struct menu *)p;

    str_format(dst, size, _(m->def->title), m->number);
}

/* On a form: that something waits for [ Set ]. */
static void on_note(struct page *p, char *dst, size_t size)
{
    if (waits((struct menu *)p))
        str_copy(dst, size, _("* not set yet"));
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct menu *m = (struct menu *)p;
    const struct menu_row *row = focused(m);
    const char *reason;

    if (m->button == BUTTON_SET) {
        str_copy(dst, size, _("Apply everything on this page."));
    } else if (m->button == BUTTON_CANCEL) {
        str_copy(dst, size, _("Leave this page and change nothing."));
    } else if (row != NULL) {
        reason = blocked(m, row);
        if (reason != NULL)
            str_copy(dst, size, _(reason));
        else if (row->hint != NULL)
            str_copy(dst, size, _(row->hint));
    }
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    struct menu *m = (struct menu *)p;
    const struct menu_row *row = focused(m);
    const char *reason, *text;

    if (row == NULL)
        return;
    menu_label(row, title, title_size);
    reason = blocked(m, row);
    text = row->help != NULL ? row->help : row->hint != NULL ? row->hint : "";
    str_format(dst, size, "%s%s%s", reason != NULL ? _(reason) : "", reason != NULL ? "\n\n" : "",
               text[0] != '\0' ? _(text) : "");
    if (row->tip != TIP_NONE) {
        const struct precaution *tip = precaution_of(row->tip);
        size_t len = strlen(dst);

        str_format(dst + len, size - len, _("\n\nSecurity Precautions, %s: %s"), _(tip->title),
                   _(tip->sentences));
    }
}

static const char *open_word(const struct menu_row *row)
{
    switch (row->kind) {
    case ROW_PAGE:
        return _("Open");
    case ROW_SETTING:
        return _("Edit");
    case ROW_ACTION:
        return _("Choose");
    case ROW_READ_ONLY:
        break;
    }
    return NULL;
}

static void on_keyline(struct page *p, struct keyline *k)
{
    struct menu *m = (struct menu *)p;
    const struct menu_row *row = focused(m);

    if (m->button == BUTTON_SET)
        keyline_add(k, CMD_OPEN, accept_word(m));
    else if (m->button == BUTTON_CANCEL)
        keyline_add(k, CMD_OPEN, _("Cancel"));
    else if (row != NULL && blocked(m, row) == NULL && open_word(row) != NULL)
        keyline_add(k, CMD_OPEN, open_word(row));
    if (p->below != NULL)
        keyline_add(k, CMD_BACK, _("Back"));
    if (m->def->form)
        keyline_add(k, CMD_NEXT, m->button == BUTTON_NONE ? accept_word(m) : _("Next"));
    keyline_add(k, CMD_HELP, _("Help"));
    keyline_add(k, CMD_DISCONNECT, _("Disconnect All"));
    keyline_add(k, CMD_QUIT, _("Leave"));
}

/* --- leaving ---------------------------------------------------------------------------------- */

void menu_leave(struct menu *m)
{
    ui_pop(m->page.ui, &m->page);
}

static void on_discard(void *arg, int button)
{
    if (button == 1)
        menu_leave(arg);
}

static void on_discard_quit(void *arg, int button)
{
    struct menu *m = arg;

    if (button == 1)
        ui_quit(m->page.ui);
}

/* Ask when there is something to lose. Returns whether it asks. */
static bool ask_discard(struct menu *m, void (*answer)(void *arg, int button))
{
    const char *buttons[] = {_("Keep"), _("Discard"), NULL};
    const char *leave[] = {_("Stay"), _("Leave"), NULL};

    if (m->def->discard == NULL && !waits(m))
        return false;
    dialog_ask(m->page.ui, m->def->discard != NULL ? _("Leave?") : _("Discard changes?"),
               m->def->discard != NULL ? _(m->def->discard)
                                       : _("What was changed on this page has not been set."),
               m->def->discard != NULL ? leave : buttons, 0, answer, m);
    return true;
}

static bool on_asks(struct page *p)
{
    return ask_discard((struct menu *)p, on_discard_quit);
}

static void back(struct menu *m)
{
    if (m->page.below == NULL || ask_discard(m, on_discard))
        return;
    menu_leave(m);
}

static void set(struct menu *m)
{
    if (m->def->set != NULL) {
        m->def->set(m);
        return;
    }
    if (!menu_apply(m))
        return;
    ui_note(m->page.ui, _("Set."));
    menu_leave(m);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void open_row(struct menu *m, const struct menu_row *row)
{
    const char *reason;
    char label[80];

    if (row == NULL)
        return;
    menu_label(row, label, sizeof(label));
    reason = blocked(m, row);
    if (reason != NULL)
        dialog_tell(m->page.ui, label, _(reason));
    else if (row->run != NULL)
        row->run(m, row);
    else if (row->kind == ROW_PAGE)
        menu_open(m->page.ui, row->page, row->number);
    else if (row->kind == ROW_SETTING)
        menu_edit(m, row);
}

static void press(struct menu *m)
{
    if (m->button == BUTTON_SET)
        set(m);
    else if (m->button == BUTTON_CANCEL)
        back(m);
    else
        open_row(m, focused(m));
}

/* Up and Down go through the rows, then the buttons, then round. */
static bool move_over_buttons(struct menu *m, enum cmd cmd)
{
    int rows = m->list.count;

    if (!m->def->form || (cmd != CMD_UP && cmd != CMD_DOWN))
        return false;
    if (m->button == BUTTON_NONE && cmd == CMD_DOWN && m->list.focus == rows - 1) {
        m->button = BUTTON_SET;
    } else if (m->button == BUTTON_NONE && cmd == CMD_UP && m->list.focus == 0) {
        m->button = BUTTON_CANCEL;
    } else if (m->button == BUTTON_NONE) {
        return false;
    } else if (cmd == CMD_DOWN && m->button == BUTTON_CANCEL) {
        m->button = BUTTON_NONE;
        list_focus(&m->list, 0);
    } else if (cmd == CMD_UP && m->button == BUTTON_SET) {
        m->button = BUTTON_NONE;
        list_focus(&m->list, rows - 1);
    } else {
        m->button += cmd == CMD_DOWN ? 1 : -1;
    }
    return true;
}

struct wanted {
    struct menu *menu;
    const char *text;
};

static bool is_wanted(void *arg, int row)
{
    struct wanted *w = arg;
    const struct menu_row *r = &w->menu->def->rows[w->menu->rows[row]];
    char label[80], value[SETTING_VALUE_MAX * 4];

    menu_label(r, label, sizeof(label));
    menu_value(w->menu, r, value, sizeof(value));
    return strcasestr(label, w->text) != NULL || strcasestr(value, w->text) != NULL;
}

static void on_search(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;
    struct wanted w = {.menu = m, .text = text};

    if (len == 0)
        return;
    if (list_find(&m->list, is_wanted, &w))
        m->button = BUTTON_NONE;
    else
        ui_note(m->page.ui, _("Nothing like that on this page."));
}

static void search(struct menu *m)
{
    struct entry_request request = {
        .title = _("Search"),
        .hint = _("Part of a label or a value."),
        .setting = SET_COUNT,
        .done = on_search,
        .arg = m,
    };

    entry_open(m->page.ui, &request, "", 0);
}

static void on_key(struct page *p, const struct key *key)
{
    struct menu *m = (struct menu *)p;

    if (move_over_buttons(m, key->cmd))
        return;
    if (list_key(&m->list, key->cmd, true))
        m->button = BUTTON_NONE;
    else if (key->cmd == CMD_NEXT && m->def->form)
        m->button = m->button == BUTTON_CANCEL ? BUTTON_NONE : m->button + 1;
    else if (key->cmd == CMD_PREVIOUS && m->def->form)
        m->button = m->button == BUTTON_NONE ? BUTTON_CANCEL : m->button - 1;
    else if (m->button == BUTTON_SET && key->cmd == CMD_RIGHT)
        m->button = BUTTON_CANCEL;
    else if (m->button == BUTTON_CANCEL && key->cmd == CMD_LEFT)
        m->button = BUTTON_SET;
    else if (key->cmd == CMD_BACK || (key->cmd == CMD_LEFT && m->button == BUTTON_NONE))
        back(m);
    else if (key->cmd == CMD_OPEN || (key->cmd == CMD_RIGHT && m->button == BUTTON_NONE))
        press(m);
    else if (key->cmd == CMD_TOGGLE && m->button == BUTTON_NONE && focused(m) != NULL &&
             blocked(m, focused(m)) == NULL)
        menu_toggle(m, focused(m));
    else if (key->cmd == CMD_SEARCH)
        search(m);
    else if (key->cmd == CMD_REFRESH)
        ui_refresh(p->ui);
}

/* --- numbered lines --------------------------------------------------------------------------- */

static void on_plain(struct page *p, struct plain *out)
{
    struct menu *m = (struct menu *)p;

    update_rows(m);
    if (m->def->intro != NULL)
        plain_text(out, _(m->def->intro));
    for (int i = 0; i < m->list.count; i++) {
        const struct menu_row *row = &m->def->rows[m->rows[i]];
        char label[80], value[SETTING_VALUE_MAX * 4];

        menu_label(row, label, sizeof(label));
        menu_value(m, row, value, sizeof(value));
        plain_choice(out, label, value,
                     blocked(m, row) != NULL ? _("not now")
                     : row_waits(m, row)     ? _("not set yet")
                                             : "");
    }
    if (m->def->form) {
        plain_choice(out, accept_word(m), "", _("apply everything on this page"));
        plain_choice(out, _(m->def->cancel != NULL ? m->def->cancel : N_("Cancel")), "", "");
    }
}

static void on_focus(struct page *p, int choice)
{
    struct menu *m = (struct menu *)p;

    m->button = choice < m->list.count ? BUTTON_NONE : choice - m->list.count;
    if (m->button == BUTTON_NONE)
        list_focus(&m->list, choice);
}

static void on_free(struct page *p)
{
    struct menu *m = (struct menu *)p;

    if (m->def->closed != NULL)
        m->def->closed(m);
    stage_clear(&m->stage);
    if (m->extra != NULL)
        explicit_bzero(m->extra, m->def->extra_size);
    free(m->extra);
    free(m);
}

#define MENU_OPS                                                                              \
    .arrows = true, .name = on_name, .note = on_note, .draw = on_draw, .hint = on_hint,       \
    .keys = on_keyline, .key = on_key, .help = on_help, .plain = on_plain, .focus = on_focus, \
    .free = on_free

static const struct page_ops menu_ops = {MENU_OPS};
static const struct page_ops form_ops = {.buttons = true, .asks = on_asks, MENU_OPS};

void menu_open(struct ui *ui, const struct menu_page *def, int number)
{
    struct menu *m = calloc(1, sizeof(*m));

    if (m == NULL)
        return;
    m->page.ops = def->form ? &form_ops : &menu_ops;
    m->page.ui = ui;
    m->def = def;
    m->number = number;
    m->button = BUTTON_NONE;
    m->list.height = 1;
    if (def->extra_size > 0)
        m->extra = calloc(1, def->extra_size);
    if (def->extra_size > 0 && m->extra == NULL) {
        free(m);
        return;
    }
    if (def->opened != NULL)
        def->opened(m);
    update_rows(m); /* the hint is asked for before the first drawing */
    ui_push(ui, &m->page);
}
