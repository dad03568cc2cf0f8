/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_attempts.c - [Access Attempts]: who tried to log in to this unit, and lifting the lock.
 *
 * The first line says whether logins are refused; below it stand the last attempts, the newest
 * first, and on the hint line all of the focused one. Lifting asks first and advises.
 */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/list.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/popup.h"
#include "ui/ui.h"

#define SERVICE      "menu" /* as the list names a lock lifted here */
#define HEAD_ROWS    2      /* the state, and how many were wrong */
#define TIME_CELLS   11     /* "11-23 03:04" */
#define SOURCE_CELLS 15     /* "198.51.100.107"; more stands on the hint line */
#define WIDE_COLS    60     /* from here on the service stands in the row, too */

enum action { ACTION_LIFT, ACTION_GENERATE };

struct attempts {
    struct page page;
    struct gate_state state;
    struct list list;
    enum action actions[2];
};

static void on_name(struct page *p, char *dst, size_t size)
{
    (void)p;
    str_copy(dst, size, _("Access Attempts"));
}

static void on_changed(struct page *p)
{
    struct attempts *a = (struct attempts *)p;

    if (service_gate(ui_service(p->ui), &a->state, NULL) < 0)
        a->state = (struct gate_state){.refused = 0};
    list_resize(&a->list, (int)a->state.entry_count, a->list.height);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static const char *outcome_word(const struct gate_entry *entry)
{
    static const char *const words[GATE_OUTCOMES] = {
        [GATE_RIGHT] = N_("let in"),    [GATE_WRONG] = N_("wrong"),
        [GATE_REFUSED] = N_("refused"), [GATE_NO_PASSWORD] = N_("refused"),
        [GATE_LIFTED] = N_("lifted"),
    };

    return _(words[entry->outcome]);
}

/* "refused: locked x 44"; in a word where there is little room. */
static void outcome_text(const struct gate_entry *entry, bool wide, char *dst, size_t size)
{
    const char *word = wide ? text_outcome(entry->outcome) : outcome_word(entry);

    if (entry->times > 1)
        str_format(dst, size, "%s x %lld", word, (long long)entry->times);
    else
        str_copy(dst, size, word);
}

/* "11-23 03:04": the year is of no interest among fifty. */
static void time_text(const struct gate_entry *entry, char dst[32])
{
    text_time(dst, 32, entry->time);
    if (strlen(dst) > TIME_CELLS)
        memmove(dst, dst + strlen(dst) - TIME_CELLS, TIME_CELLS + 1);
}

static void lock_text(const struct service_lock *lock, char *dst, size_t size)
{
    text_lock(lock, dst, size);
    if (dst[0] == '\0')
        str_copy(dst, size, _("Logins are let through"));
}

static void count_text(const struct service_lock *lock, char *dst, size_t size)
{
    str_format(dst, size, _("Wrong in a row: %d, refused since: %lld"), lock->failures,
               (long long)lock->refused);
}

static void draw_head(struct attempts *a, const struct layout *l)
{
    const struct service_lock *lock = &ui_facts(a->page.ui)->lock;
    char text[TEXT_MAX];

    lock_text(lock, text, sizeof(text));
    draw_text(l->body_top, 1, l->cols - 2,
              lock->state == SERVICE_LOCK_OPEN ? ROLE_STATUS : ROLE_WARNING, text);
    count_text(lock, text, sizeof(text));
    if (lock->state != SERVICE_LOCK_DAMAGED)
        draw_text(l->body_top + 1, 1, l->cols - 2, ROLE_TEXT, text);
}

static void draw_entry(struct attempts *a, int i, int row, const struct layout *l)
{
    const struct gate_entry *entry = &a->state.entries[i];
    bool focus = i == a->list.focus, wide = l->cols >= WIDE_COLS;
    int source_cells = wide ? 22 : SOURCE_CELLS, gap = wide ? 2 : 1, col = 3;
    enum role role = focus ? ROLE_FOCUS : ROLE_TEXT;
    char text[128];

    draw_field(row, 1, l->cols - 2, role, "");
    if (focus) {
        draw_text(row, 1, 1, role, ">");
        draw_cursor(row, 1);
    }
    time_text(entry, text);
    draw_text(row, col, TIME_CELLS, role, text);
    col += TIME_CELLS + gap;
    if (wide) {
        draw_text(row, col, 12, role, entry->service);
        col += 12 + gap;
    }
    draw_text(row, col, source_cells, role, entry->source);
    col += source_cells + gap;
    outcome_text(entry, wide, text, sizeof(text));
    if (text_cells(text) > l->cols - 1 - col) /* how often stands on the hint line */
        str_copy(text, sizeof(text), outcome_word(entry));
    draw_text(row, col, l->cols - 1 - col,
              focus                           ? role
              : entry->outcome == GATE_RIGHT  ? ROLE_VALUE
              : entry->outcome == GATE_LIFTED ? ROLE_VALUE
                                              : ROLE_WARNING,
              text);
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct attempts *a = (struct attempts *)p;
    int top = l->body_top + HEAD_ROWS, rows = l->body_rows - HEAD_ROWS;

    draw_head(a, l);
    list_resize(&a->list, (int)a->state.entry_count, rows > 0 ? rows : 0);
    if (a->state.entry_count == 0) {
        draw_wrapped(top + 1, 3, l->cols - 6, rows - 1, 0, ROLE_TEXT,
                     _("Nobody has tried to log in yet."));
        draw_cursor(l->body_top, 1);
    }
    for (int i = 0; i < a->list.height && a->list.top + i < a->list.count; i++)
        draw_entry(a, a->list.top + i, top + i, l);
    if (list_more_above(&a->list))
        draw_more(top, l->cols - 1, ROLE_TEXT, true);
    if (list_more_below(&a->list))
        draw_more(top + rows - 1, l->cols - 1, ROLE_TEXT, false);
}

/* All of an entry but its time. */
static void entry_text(const struct gate_entry *entry, char *dst, size_t size)
{
    char outcome[96];

    outcome_text(entry, true, outcome, sizeof(outcome));
    if (entry->outcome == GATE_LIFTED)
        str_format(dst, size, "%s (%s)", outcome, entry->service);
    else
        /* TRANSLATORS: how it ended, the service, the user name, where from */
        str_format(dst, size, _("%s: %s, %s from %s"), outcome,
                   entry->service[0] != '\0' ? entry->service : "-",
                   entry->user[0] != '\0' ? entry->user : "-",
                   entry->source[0] != '\0' ? entry->source : _("this unit"));
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct attempts *a = (struct attempts *)p;

    if (a->state.entry_count > 0)
        entry_text(&a->state.entries[a->list.focus], dst, size);
}

static void on_plain(struct page *p, struct plain *out)
{
    struct attempts *a = (struct attempts *)p;
    const struct service_lock *lock = &ui_facts(p->ui)->lock;
    char time[32], entry[512], line[TEXT_MAX];

    lock_text(lock, line, sizeof(line));
    plain_text(out, line);
    count_text(lock, line, sizeof(line));
    if (lock->state != SERVICE_LOCK_DAMAGED)
        plain_text(out, line);
    for (size_t i = 0; i < a->state.entry_count; i++) {
        time_text(&a->state.entries[i], time);
        entry_text(&a->state.entries[i], entry, sizeof(entry));
        str_format(line, sizeof(line), "%s  %s", time, entry);
        plain_text(out, line);
    }
    if (a->state.entry_count == 0)
        plain_text(out, _("Nobody has tried to log in yet."));
    plain_choice(out, _("What can be done"), "", "");
}

/* --- what can be done ------------------------------------------------------------------------- */

static void on_lift(void *arg, int button)
{
    struct attempts *a = arg;
    struct err e;

    if (button != 1)
        return;
    if (service_lock_lift(ui_service(a->page.ui), SERVICE, &e) < 0)
        dialog_error(a->page.ui, _("The lock was not lifted"), &e);
    else
        ui_note(a->page.ui, _("Logins are let through again."));
    ui_refresh(a->page.ui);
}

static void ask_lift(struct attempts *a)
{
    const char *buttons[] = {_("Cancel"), _("Lift"), NULL};

    dialog_ask(a->page.ui, _("Lift the lock?"),
               _("If you do not know who tried: disconnect the unit from the network and change "
                 "the password first. Generate Password on this page makes one that nobody "
                 "guesses. After that connect again from the beginning."),
               buttons, 0, on_lift, a);
}

static void on_generate(void *arg, int button)
{
    struct attempts *a = arg;
    struct secret password = SECRET_EMPTY;
    struct err e;
    int r;

    if (button != 1)
        return;
    access_generate(&password);
    r = service_set_authentication(ui_service(a->page.ui), NULL, &password, &e);
    secret_wipe(&password);
    if (r < 0)
        dialog_error(a->page.ui, _("The password was not changed"), &e);
    else
        dialog_tell(a->page.ui, _("A new password is set"),
                    _("It holds from the next login on. Show Authentication shows it."));
    ui_refresh(a->page.ui);
}

static void ask_generate(struct attempts *a)
{
    const char *buttons[] = {_("Cancel"), _("Execute"), NULL};

    dialog_ask(a->page.ui, _("Generate Password"),
               _("Makes a new password of 16 characters and sets it at once. Devices that know the "
                 "present one must be told the new one."),
               buttons, 0, on_generate, a);
}

static void on_action(void *arg, int number)
{
    struct attempts *a = arg;

    switch (a->actions[number]) {
    case ACTION_LIFT:
        ask_lift(a);
        break;
    case ACTION_GENERATE:
        ask_generate(a);
        break;
    }
}

/* Also a source alone may be held off, while all others are let through. */
static bool liftable(const struct attempts *a)
{
    return ui_facts(a->page.ui)->lock.state != SERVICE_LOCK_OPEN || a->state.account.failures > 0 ||
           a->state.source_count > 0;
}

static void open_actions(struct attempts *a)
{
    const char *words[2];
    int count = 0;

    if (liftable(a)) {
        a->actions[count] = ACTION_LIFT;
        words[count++] = _("Lift the Lock");
    }
    a->actions[count] = ACTION_GENERATE;
    words[count++] = _("Generate Password");
    popup_open(a->page.ui, _("Access Attempts"), words, count, -1, on_action, a);
}

static void on_keyline(struct page *p, struct keyline *k)
{
    (void)p;
    keyline_add(k, CMD_OPEN, _("Choose"));
    keyline_add(k, CMD_BACK, _("Back"));
    keyline_add(k, CMD_HELP, _("Help"));
    keyline_add(k, CMD_QUIT, _("Leave"));
}

static void on_key(struct page *p, const struct key *key)
{
    struct attempts *a = (struct attempts *)p;

    if (list_key(&a->list, key->cmd, false))
        return;
    if (key->cmd == CMD_BACK)
        ui_pop(p->ui, p);
    else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE)
        open_actions(a);
    else if (key->cmd == CMD_REFRESH)
        ui_refresh(p->ui);
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    (void)p;
    str_copy(title, title_size, _("Access Attempts"));
    str_copy(dst, size,
             _("The last 50 attempts to log in to this unit over the network, the newest first. "
               "Five wrong ones in a row cost nothing; each further one makes the unit refuse all "
               "logins, for 30 seconds at first and twice as long each time, up to an hour. After "
               "a hundred in a row it refuses them until the lock is lifted here. A right login "
               "begins the count anew. One address that keeps failing is refused alone while "
               "others log in.\n\nIf you do not know who tried, disconnect the unit from the "
               "network, change the password, then lift the lock: Enter shows what can be done."));
}

static void on_free(struct page *p)
{
    free(p);
}

static const struct page_ops ops = {
    .name = on_name,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .plain = on_plain,
    .help = on_help,
    .changed = on_changed,
    .free = on_free,
};

void attempts_open(struct menu *m, const struct menu_row *row)
{
    struct attempts *a = calloc(1, sizeof(*a));

    (void)row;
    if (a == NULL)
        return;
    a->page.ops = &ops;
    a->page.ui = m->page.ui;
    a->list.height = 1;
    on_changed(&a->page);
    ui_push(m->page.ui, &a->page);
}

void attempts_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    const struct service_lock *lock = &ui_facts(m->page.ui)->lock;

    (void)row;
    if (lock->state != SERVICE_LOCK_OPEN)
        str_copy(dst, size, _("Refused"));
    else if (lock->failures > 0)
        str_format(dst, size, ngettext("%d wrong", "%d wrong", (unsigned long)lock->failures),
                   lock->failures);
    else
        dst[0] = '\0';
}
