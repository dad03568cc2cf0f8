/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_jobs.c - [View Job List]: every upload, its state, progress or reason.
 *
 * Names of jobs are listed, records are read for the rows on the screen only, so that thousands of
 * jobs open at once. The list keeps the order of sending: rows stay where they are while they work.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/entry.h"
#include "ui/job_text.h"
#include "ui/list.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/popup.h"
#include "ui/ui.h"

#define CACHE_ROWS    48
#define TWO_LINE_ROWS 14 /* body rows from which a job takes two lines */

enum job_action { ACTION_DETAILS, ACTION_SUSPEND, ACTION_RESUME, ACTION_RETRY, ACTION_DELETE };

struct jobs {
    struct page page;
    struct job_entry *entries;
    size_t count;
    struct list list;
    bool two;   /* lines a job */
    bool moved; /* the operator has moved the focus: it stays, else it follows what is sent */
    struct cached {
        char id[JOB_ID_MAX];
        struct job job;
    } cache[CACHE_ROWS];
    char chosen[JOB_ID_MAX]; /* the job that the pop-up is about */
    enum job_action actions[5];
};

static void on_name(struct page *p, char *dst, size_t size)
{
    (void)p;
    str_copy(dst, size, _("Job List"));
}

static void on_note(struct page *p, char *dst, size_t size)
{
    struct jobs *j = (struct jobs *)p;

    if (j->count > 0)
        str_format(dst, size, ngettext("%zu job", "%zu jobs", j->count), j->count);
}

/* Until the operator moves: on what is sent or comes next, else on the first failure. */
static void follow(struct jobs *j)
{
    int next = -1, failed = -1;

    for (int i = (int)j->count - 1; i >= 0; i--) {
        if (j->entries[i].state == JOB_FAILED)
            failed = i;
        else if (j->entries[i].state != JOB_COMPLETED)
            next = i;
    }
    list_focus(&j->list, next >= 0 ? next : failed >= 0 ? failed : (int)j->count - 1);
}

/* Read the list again; the focus stays on its job, or near it. */
static void on_changed(struct page *p)
{
    struct jobs *j = (struct jobs *)p;
    char focus[JOB_ID_MAX] = "";
    struct job_entry *entries;
    size_t count;

    for (int i = 0; i < CACHE_ROWS; i++)
        j->cache[i].id[0] = '\0';
    if (spool_list(service_spool(ui_service(p->ui)), JOB_STATES_ALL, &entries, &count, NULL) < 0)
        return;
    if (j->count > 0)
        str_copy(focus, sizeof(focus), j->entries[j->list.focus].id);
    free(j->entries);
    j->entries = entries;
    j->count = count;
    list_resize(&j->list, (int)count, j->list.height);
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].id, focus) == 0)
            list_focus(&j->list, (int)i);
    if (!j->moved)
        follow(j);
}

/* The record of row i; NULL when it has just gone. */
static const struct job *job_at(struct jobs *j, int i)
{
    struct cached *c = &j->cache[i % CACHE_ROWS];

    if (strcmp(c->id, j->entries[i].id) != 0) {
        if (spool_read(service_spool(ui_service(j->page.ui)), j->entries[i].id, &c->job, NULL) < 0)
            return NULL;
        str_copy(c->id, sizeof(c->id), j->entries[i].id);
    }
    return &c->job;
}

static const struct job *focused(struct jobs *j)
{
    return j->count > 0 ? job_at(j, j->list.focus) : NULL;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_progress(const struct sender_active *a, int row, int col, int cells,
                          enum role role)
{
    int thousandths = a->bytes > 0 ? (int)(a->sent * 1000 / a->bytes) : 0;
    char left[24] = "", text[48];
    int bar;

    if (a->rate > 0)
        text_duration(left, sizeof(left), (a->bytes - a->sent) / a->rate);
    str_format(text, sizeof(text), "%3d%% %5s", thousandths / 10, left);
    bar = cells - text_cells(text) - 1;
    if (bar > 2)
        draw_bar(row, col, bar, role, thousandths);
    draw_right(row, col, cells, role, text);
}

static void draw_job(struct jobs *j, int i, int row, const struct layout *l)
{
    const struct job *job = job_at(j, i);
    bool focus = i == j->list.focus;
    const struct sender_active *a;
    enum role role = focus ? ROLE_FOCUS : ROLE_TEXT;
    int state_cells = l->cols >= 50 ? l->cols * 2 / 5 : 15, state_col = l->cols - 2 - state_cells;
    char text[512];

    draw_field(row, 1, l->cols - 2, role, "");
    if (focus) {
        draw_text(row, 1, 1, role, ">");
        draw_cursor(row, 1);
    }
    if (job == NULL)
        return;
    if (job->state == JOB_FAILED)
        draw_text(row, 2, 1, focus ? role : ROLE_WARNING, "!");
    safe_text(text, sizeof(text), job->name, strlen(job->name));
    draw_text(row, 3, state_col - 4, role, text);
    a = job_active(ui_facts(j->page.ui), job);
    if (a != NULL) {
        draw_progress(a, row, state_col, state_cells, focus ? role : ROLE_BAR);
    } else {
        job_state_text(job, text, sizeof(text));
        draw_text(row, state_col, state_cells,
                  focus                      ? role
                  : job->state == JOB_FAILED ? ROLE_WARNING
                                             : ROLE_VALUE,
                  text);
    }
    if (j->two) {
        job_second_line(j->page.ui, job, text, sizeof(text));
        draw_text(row + 1, 5, l->cols - 7, ROLE_TEXT, text);
    }
}

static void draw_empty(const struct layout *l)
{
    draw_wrapped(l->body_top + 1, 3, l->cols - 6, 6, 0, ROLE_TEXT,
                 _("There are no jobs.\n\nA job is a file on its way to a server. Transfer Clips "
                   "makes them; they stay here until they are cleared."));
    draw_cursor(l->body_top + 1, 3);
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct jobs *j = (struct jobs *)p;
    bool clock = false;
    int per;

    j->two = l->body_rows >= TWO_LINE_ROWS;
    per = j->two ? 2 : 1;
    list_resize(&j->list, (int)j->count, l->body_rows / per);
    if (j->count == 0)
        draw_empty(l);
    for (int i = 0; i < j->list.height && j->list.top + i < j->list.count; i++) {
        draw_job(j, j->list.top + i, l->body_top + i * per, l);
        clock = clock || j->entries[j->list.top + i].state == JOB_DEFERRED;
    }
    if (list_more_above(&j->list))
        draw_more(l->body_top, l->cols - 1, ROLE_TEXT, true);
    if (list_more_below(&j->list))
        draw_more(l->body_top + l->body_rows - 1, l->cols - 1, ROLE_TEXT, false);
    if (clock)
        ui_redraw_in(p->ui, 1000); /* "in 0:12" counts down */
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct jobs *j = (struct jobs *)p;
    const struct job *job = focused(j);

    if (job == NULL)
        return;
    if (job->state == JOB_FAILED || job->state == JOB_DEFERRED)
        job_reason(job, j->two, dst, size);
    else if (!j->two)
        job_second_line(p->ui, job, dst, size);
}

/* --- what can be done ------------------------------------------------------------------------- */

static int actions_of(const struct job *job, enum job_action actions[5], const char *words[5])
{
    int count = 0;

#define ADD(action, word)          \
    do {                           \
        actions[count] = (action); \
        words[count++] = (word);   \
    } while (0)
    ADD(ACTION_DETAILS, _("Details"));
    switch (job->state) {
    case JOB_WAITING:
    case JOB_TRANSFERRING:
        ADD(ACTION_SUSPEND, _("Suspend"));
        break;
    case JOB_DEFERRED:
        ADD(ACTION_RETRY, _("Try again now"));
        ADD(ACTION_SUSPEND, _("Suspend"));
        break;
    case JOB_SUSPENDED:
        ADD(ACTION_RESUME, _("Resume"));
        break;
    case JOB_FAILED:
        ADD(ACTION_RETRY, _("Try again"));
        break;
    case JOB_COMPLETED:
    case JOB_STATE_COUNT:
        break;
    }
    ADD(ACTION_DELETE, _("Delete"));
#undef ADD
    return count;
}

static void on_delete(void *arg, int button)
{
    struct jobs *j = arg;
    struct err e;

    if (button != 1)
        return;
    if (service_job_delete(ui_service(j->page.ui), j->chosen, &e) < 0)
        dialog_error(j->page.ui, _("The job was not deleted"), &e);
    ui_refresh(j->page.ui);
}

static void ask_delete(struct jobs *j)
{
    const char *buttons[] = {_("Keep"), _("Delete"), NULL};

    dialog_ask(j->page.ui, _("Delete this job?"),
               _("It is taken off the list; what is not sent yet is not sent. Files on the card "
                 "and on the "
                 "server stay."),
               buttons, 0, on_delete, j);
}

static void on_action(void *arg, int number)
{
    struct jobs *j = arg;
    struct service *svc = ui_service(j->page.ui);
    struct err e;
    int r = 0;

    switch (j->actions[number]) {
    case ACTION_DETAILS:
        job_details_open(j->page.ui, j->chosen);
        break;
    case ACTION_SUSPEND:
        r = service_job_suspend(svc, j->chosen, &e);
        break;
    case ACTION_RESUME:
        r = service_job_resume(svc, j->chosen, &e);
        break;
    case ACTION_RETRY:
        r = service_job_retry(svc, j->chosen, &e);
        break;
    case ACTION_DELETE:
        ask_delete(j);
        break;
    }
    if (r < 0) {
        dialog_error(j->page.ui, _("That was not possible"), &e);
    } else if (j->actions[number] == ACTION_RESUME || j->actions[number] == ACTION_RETRY) {
        if (service_sender_start(svc, &e) < 0)
            dialog_error(j->page.ui, _("The sender was not started"), &e);
    }
    ui_refresh(j->page.ui);
}

static void open_actions(struct jobs *j)
{
    const struct job *job = focused(j);
    const char *words[5];
    char name[64];
    int count;

    if (job == NULL)
        return;
    str_copy(j->chosen, sizeof(j->chosen), job->id);
    safe_text(name, sizeof(name), job->name, strlen(job->name));
    count = actions_of(job, j->actions, words);
    popup_open(j->page.ui, name, words, count, -1, on_action, j);
}

static void on_keyline(struct page *p, struct keyline *k)
{
    struct jobs *j = (struct jobs *)p;

    if (j->count > 0)
        keyline_add(k, CMD_OPEN, _("Choose"));
    keyline_add(k, CMD_BACK, _("Back"));
    keyline_add(k, CMD_HELP, _("Help"));
    keyline_add(k, CMD_QUIT, _("Leave"));
}

struct wanted {
    struct jobs *page;
    const char *text;
};

static bool is_wanted(void *arg, int row)
{
    struct wanted *w = arg;
    struct spool *spool = service_spool(ui_service(w->page->page.ui));
    struct job job;

    return spool_read(spool, w->page->entries[row].id, &job, NULL) == 0 &&
           strcasestr(job.name, w->text) != NULL;
}

static void on_search(void *arg, const char *text, size_t len)
{
    struct jobs *j = arg;
    struct wanted w = {.page = j, .text = text};

    if (len > 0 && !list_find(&j->list, is_wanted, &w))
        ui_note(j->page.ui, _("No job has a name like that."));
}

static void search(struct jobs *j)
{
    struct entry_request request = {
        .title = _("Search"),
        .hint = _("Part of a file's name."),
        .setting = SET_COUNT,
        .done = on_search,
        .arg = j,
    };

    entry_open(j->page.ui, &request, "", 0);
}

static void on_key(struct page *p, const struct key *key)
{
    struct jobs *j = (struct jobs *)p;

    j->moved = true;
    if (list_key(&j->list, key->cmd, false))
        return;
    if (key->cmd == CMD_BACK)
        ui_pop(p->ui, p);
    else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE)
        open_actions(j);
    else if (key->cmd == CMD_SEARCH)
        search(j);
    else if (key->cmd == CMD_REFRESH)
        ui_refresh(p->ui);
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    (void)p;
    str_copy(title, title_size, _("Job List"));
    str_copy(dst, size,
             _("Each job is a file on its way to a server. Enter on a job shows what can be done "
               "with it. What may pass by itself is tried again by itself, with growing delays; "
               "what will not is marked ! and tells why. Sending goes on when the menu is left."));
}

static void on_plain(struct page *p, struct plain *out)
{
    struct jobs *j = (struct jobs *)p;

    if (j->count == 0)
        plain_text(out, _("There are no jobs."));
    for (int i = 0; i < (int)j->count; i++) {
        const struct job *job = job_at(j, i);
        const struct sender_active *a;
        char name[512] = "", state[512] = "";

        if (job != NULL) {
            safe_text(name, sizeof(name), job->name, strlen(job->name));
            job_state_text(job, state, sizeof(state));
            a = job_active(ui_facts(p->ui), job);
            if (a != NULL && a->bytes > 0)
                str_format(state, sizeof(state), "%d%%", (int)(a->sent * 100 / a->bytes));
        }
        plain_choice(out, name, state, "");
    }
}

static void on_focus(struct page *p, int choice)
{
    struct jobs *j = (struct jobs *)p;

    j->moved = true;
    if (choice < (int)j->count)
        list_focus(&j->list, choice);
}

static void on_free(struct page *p)
{
    free(((struct jobs *)p)->entries);
    free(p);
}

static const struct page_ops ops = {
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .help = on_help,
    .plain = on_plain,
    .focus = on_focus,
    .changed = on_changed,
    .free = on_free,
};

void jobs_open(struct menu *m, const struct menu_row *row)
{
    struct jobs *j = calloc(1, sizeof(*j));

    (void)row;
    if (j == NULL)
        return;
    j->page.ops = &ops;
    j->page.ui = m->page.ui;
    j->list.height = 1;
    on_changed(&j->page);
    ui_push(m->page.ui, &j->page);
}
