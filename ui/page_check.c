/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_check.c - [Check Server]: a row for each step, filled in while the check goes on, and the
 * result as the last one. Enter tells all of a row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/check_text.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/list.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/text_page.h"
#include "ui/ui.h"

#define ROW_RESULT  CHECK_COUNT /* behind the items */
#define ROW_COUNT   (CHECK_COUNT + 1)
#define COLS_WIDE   60 /* from here on findings stand beside the titles */
#define MARK_COL    1
#define OUTCOME_COL 3

#define CHAIN_SHOWN_MAX 5 /* certificates; servers show two or three */

/* What the operator waits for. */
enum leaving { STAYING, LEAVING_PAGE, LEAVING_MENU };

struct check_page {
    struct page page;
    int server;
    struct check *check;
    struct list list;
    bool moved; /* by the operator: the focus no longer follows the check */
    bool done;
    enum leaving leaving;
    int outcome_cells, title_cells;
};

static const struct check_report *report_of(const struct check_page *c)
{
    return check_report(c->check);
}

static bool is_ready(const struct check_page *c)
{
    struct check_verdict v;

    check_judge(report_of(c), &v);
    return v.ready;
}

/* --- words ----------------------------------------------------------------------------------- */

static void on_name(struct page *p, char *dst, size_t size)
{
    (void)p;
    str_copy(dst, size, _("Check Server"));
}

static const char *result_word(const struct check_page *c)
{
    if (c->leaving != STAYING)
        return _("Stopping");
    if (!c->done)
        return _("Checking");
    return is_ready(c) ? _("Ready") : _("Not ready");
}

static void on_note(struct page *p, char *dst, size_t size)
{
    str_copy(dst, size, result_word((struct check_page *)p));
}

static void measure(struct check_page *c)
{
    c->title_cells = text_cells(_("Result"));
    for (int id = 0; id < CHECK_COUNT; id++)
        if (text_cells(text_check_title((enum check_id)id)) > c->title_cells)
            c->title_cells = text_cells(text_check_title((enum check_id)id));
    for (int o = 0; o < CHECK_OUTCOME_COUNT; o++)
        if (text_cells(text_check_outcome((enum check_outcome)o)) > c->outcome_cells)
            c->outcome_cells = text_cells(text_check_outcome((enum check_outcome)o));
}

/* The first line of the verdict; the whole is in its details. */
static void result_line(const struct check_page *c, char *dst, size_t size)
{
    char text[4 * TEXT_MAX];

    dst[0] = '\0';
    if (!c->done)
        return;
    text_check_verdict(report_of(c), text, sizeof(text));
    text[strcspn(text, "\n")] = '\0';
    str_copy(dst, size, text);
}

static void finding_of(const struct check_page *c, int row, char *dst, size_t size)
{
    struct check_text t;

    if (row == ROW_RESULT) {
        result_line(c, dst, size);
        return;
    }
    text_check_item(report_of(c), (enum check_id)row, &t);
    str_copy(dst, size, t.finding);
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct check_page *c = (struct check_page *)p;
    struct check_text t;

    if (c->list.focus == ROW_RESULT) {
        result_line(c, dst, size);
        if (c->done)
            str_format(dst + strlen(dst), size - strlen(dst), " %s", _("Enter tells more."));
        return;
    }
    text_check_item(report_of(c), (enum check_id)c->list.focus, &t);
    /* what was found stands beside the title on a wide screen, or is in the details */
    str_copy(dst, size, t.remedy[0] != '\0' ? t.remedy : t.finding);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static enum role role_of(const struct check_page *c, int row)
{
    if (row == ROW_RESULT)
        return c->done && !is_ready(c) ? ROLE_WARNING : ROLE_TEXT;
    switch (report_of(c)->items[row].outcome) {
    case CHECK_FAILED:
    case CHECK_WARNING:
        return ROLE_WARNING;
    case CHECK_WAITING:
    case CHECK_SKIPPED:
        return ROLE_GREY;
    case CHECK_RUNNING:
    case CHECK_OK:
    case CHECK_NOTE:
    case CHECK_OUTCOME_COUNT:
        break;
    }
    return ROLE_TEXT;
}

static void draw_row(struct check_page *c, int row, int y, const struct layout *l)
{
    bool focus = row == c->list.focus, result = row == ROW_RESULT;
    enum role role = focus ? ROLE_FOCUS : role_of(c, row);
    int title_col = OUTCOME_COL + c->outcome_cells + 1,
        finding_col = title_col + c->title_cells + 2;
    char text[1200];

    draw_field(y, MARK_COL, l->cols - 2, focus ? ROLE_FOCUS : ROLE_TEXT, "");
    if (focus) {
        draw_text(y, MARK_COL, 1, role, ">");
        draw_cursor(y, MARK_COL);
    }
    draw_text(y, OUTCOME_COL, c->outcome_cells, role,
              result ? "" : text_check_outcome(report_of(c)->items[row].outcome));
    draw_text(y, title_col, l->cols - 1 - title_col, role,
              result ? _("Result") : text_check_title((enum check_id)row));
    if (result && l->cols < COLS_WIDE) {
        draw_text(y, finding_col, l->cols - 1 - finding_col, role, result_word(c));
    } else if (l->cols >= COLS_WIDE) {
        finding_of(c, row, text, sizeof(text));
        draw_text(y, finding_col, l->cols - 1 - finding_col, focus ? role : ROLE_VALUE, text);
    }
}

/* Until the operator moves: on what goes on; in the end on the first failure, or the result. */
static void follow(struct check_page *c)
{
    enum check_outcome wanted = c->done ? CHECK_FAILED : CHECK_RUNNING;

    if (c->moved)
        return;
    if (c->done)
        list_focus(&c->list, ROW_RESULT);
    for (int id = CHECK_COUNT - 1; id >= 0; id--)
        if (report_of(c)->items[id].outcome == wanted)
            list_focus(&c->list, id);
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct check_page *c = (struct check_page *)p;

    list_resize(&c->list, ROW_COUNT, l->body_rows);
    follow(c);
    for (int i = 0; i < c->list.height && c->list.top + i < ROW_COUNT; i++)
        draw_row(c, c->list.top + i, l->body_top + i, l);
    if (list_more_above(&c->list))
        draw_more(l->body_top, l->cols - 1, ROLE_TEXT, true);
    if (list_more_below(&c->list))
        draw_more(l->body_top + l->body_rows - 1, l->cols - 1, ROLE_TEXT, false);
}

/* --- details ---------------------------------------------------------------------------------- */

/* The suites with one answer, under a heading. */
static void add_suites(struct text_page *t, const struct check_report *r, enum check_suite answer,
                       bool deprecated, const char *heading)
{
    bool begun = false;

    for (size_t i = 0; i < TLS_SUITE_COUNT; i++) {
        if (r->suites[i] != answer || tls_suites[i].deprecated != deprecated)
            continue;
        if (!begun) {
            text_page_add(t, "", "");
            text_page_add(t, heading, "");
        }
        begun = true;
        text_page_add(t, "", tls_suites[i].name);
    }
}

static void add_all_suites(struct text_page *t, const struct check_report *r)
{
    add_suites(t, r, CHECK_SUITE_YES, false, _("Offered, recommended"));
    add_suites(t, r, CHECK_SUITE_YES, true, _("Offered, deprecated"));
    add_suites(t, r, CHECK_SUITE_REFUSED, false, _("Offered, but refused by this unit"));
    add_suites(t, r, CHECK_SUITE_REFUSED, true, _("Offered, but refused; deprecated"));
    add_suites(t, r, CHECK_SUITE_NO, false, _("Not offered, recommended"));
    add_suites(t, r, CHECK_SUITE_NO, true, _("Not offered, deprecated"));
    add_suites(t, r, CHECK_SUITE_UNKNOWN, false, _("Unknown, recommended"));
    add_suites(t, r, CHECK_SUITE_UNKNOWN, true, _("Unknown, deprecated"));
}

static void add_chain(struct text_page *t, const struct check_report *r)
{
    char text[160];

    for (size_t i = 0; i < r->chain_count && i < CHAIN_SHOWN_MAX; i++) {
        text_page_add(t, "", "");
        str_format(text, sizeof(text), _("Certificate %zu of %zu"), i + 1, r->chain_count);
        text_page_add(t, text, "");
        certificate_add(t, &r->chain[i]);
    }
}

static void open_item(struct check_page *c, enum check_id id)
{
    struct text_page *t = text_page_new(text_check_title(id));
    const struct check_report *r = report_of(c);
    struct check_text text;

    text_check_item(r, id, &text);
    text_page_add(t, text_check_outcome(r->items[id].outcome), "");
    if (text.finding[0] != '\0')
        text_page_add(t, "", text.finding);
    if (text.remedy[0] != '\0') {
        text_page_add(t, "", "");
        text_page_add(t, _("What to do"), "");
        text_page_add(t, "", text.remedy);
    }
    if (text.reply[0] != '\0') {
        text_page_add(t, "", "");
        text_page_add(t, _("The server said:"), "");
        text_page_add(t, "", text.reply);
    }
    if (id == CHECK_CERTIFICATE)
        add_chain(t, r);
    if (id == CHECK_SUITES)
        add_all_suites(t, r);
    text_page_open(c->page.ui, t, NULL, "");
}

static void open_result(struct check_page *c)
{
    struct text_page *t = text_page_new(_("Result"));
    char text[4 * TEXT_MAX], *line = text, *end;

    if (!c->done)
        str_copy(text, sizeof(text), _("The check is still going on."));
    else
        text_check_verdict(report_of(c), text, sizeof(text));
    for (; line != NULL; line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        text_page_add(t, "", line);
    }
    text_page_open(c->page.ui, t, NULL, "");
}

/* --- the check ------------------------------------------------------------------------------- */

static void on_item(void *arg, enum check_id id)
{
    struct check_page *c = arg;

    (void)id;
    ui_redraw_in(c->page.ui, 0);
}

static void on_done(void *arg)
{
    struct check_page *c = arg;

    c->done = true;
    if (ui_is_plain(c->page.ui))
        ui_note(c->page.ui, is_ready(c) ? _("Ready") : _("Not ready"));
    if (c->leaving == LEAVING_PAGE)
        ui_pop(c->page.ui, &c->page);
    else if (c->leaving == LEAVING_MENU)
        ui_quit(c->page.ui);
    ui_redraw_in(c->page.ui, 0);
}

/* Returns whether it goes on; if not, the operator is told. */
static bool start(struct check_page *c, struct ui *ui)
{
    static const struct check_events events = {.item = on_item, .done = on_done};
    struct err e;

    ui_refresh(ui); /* another program may have changed the settings just now */
    check_free(c->check);
    c->check = NULL;
    c->done = c->moved = false;
    if (service_check(ui_service(ui), c->server, ui_loop(ui), &events, c, &c->check, &e) == 0)
        return true;
    dialog_error(ui, _("Check Server"), &e);
    return false;
}

/* Stop first: a test file that is on the server goes. The second time there is no waiting. */
static bool stop(struct check_page *c, enum leaving how)
{
    if (c->done || c->leaving != STAYING)
        return false;
    c->leaving = how;
    check_stop(c->check);
    ui_redraw(c->page.ui);
    return true;
}

/* --- keys ------------------------------------------------------------------------------------ */

static void on_keys(struct page *p, struct keyline *k)
{
    struct check_page *c = (struct check_page *)p;

    keyline_add(k, CMD_OPEN, _("Details"));
    keyline_add(k, CMD_BACK, c->done ? _("Back") : _("Stop"));
    if (c->done)
        keyline_add(k, CMD_REFRESH, _("Again"));
    keyline_add(k, CMD_HELP, _("Help"));
}

static void on_key(struct page *p, const struct key *key)
{
    struct check_page *c = (struct check_page *)p;
    struct ui *ui = p->ui;

    if (list_key(&c->list, key->cmd, false)) {
        c->moved = true;
    } else if (key->cmd == CMD_BACK) {
        if (!stop(c, LEAVING_PAGE))
            ui_pop(ui, p);
    } else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE) {
        c->moved = true;
        if (c->list.focus == ROW_RESULT)
            open_result(c);
        else
            open_item(c, (enum check_id)c->list.focus);
    } else if (key->cmd == CMD_REFRESH && c->done) {
        list_focus(&c->list, 0);
        if (!start(c, ui))
            ui_pop(ui, p);
    }
}

static bool on_asks(struct page *p)
{
    return stop((struct check_page *)p, LEAVING_MENU);
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    (void)p;
    str_copy(title, title_size, _("Check Server"));
    str_copy(dst, size,
             _("Tries everything that an upload to this server needs, step by step. FAILED is what "
               "keeps uploads from working, Warning what should be changed, Note what is worth "
               "knowing. Enter on a row tells more, and what to do. Every cipher suite is tried on "
               "a connection of its own, without logging in. Only a trusted server is logged in "
               "to; then a small test file is stored, renamed and deleted. F5 checks again."));
}

static void on_plain(struct page *p, struct plain *out)
{
    struct check_page *c = (struct check_page *)p;
    char finding[1200];

    for (int row = 0; row < ROW_COUNT; row++) {
        bool result = row == ROW_RESULT;

        finding_of(c, row, finding, sizeof(finding));
        plain_choice(out, result ? _("Result") : text_check_title((enum check_id)row), finding,
                     result ? result_word(c)
                            : text_check_outcome(report_of(c)->items[row].outcome));
    }
}

static void on_focus(struct page *p, int choice)
{
    list_focus(&((struct check_page *)p)->list, choice);
}

static void on_free(struct page *p)
{
    check_free(((struct check_page *)p)->check);
    free(p);
}

static const struct page_ops ops = {
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keys,
    .key = on_key,
    .plain = on_plain,
    .focus = on_focus,
    .help = on_help,
    .asks = on_asks,
    .free = on_free,
};

void check_open(struct ui *ui, int server)
{
    struct check_page *c = calloc(1, sizeof(*c));

    if (c == NULL)
        return;
    c->page.ops = &ops;
    c->page.ui = ui;
    c->server = server;
    c->list.height = 1;
    measure(c);
    if (start(c, ui))
        ui_push(ui, &c->page);
    else
        free(c);
}
