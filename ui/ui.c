/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/ui.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/draw.h"
#include "ui/help.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/screen.h"
#include "ui/watch.h"

#define PATH_MAX_PAGES 16
#define KEYS_AT_ONCE   256  /* keys handled before the screen is drawn again */
#define NOTE_MS        3000 /* what is said gives way to the network and transfers */
#define SENDING_MS \
    1000 /* while the sender runs, look again in case it has died; a lock counts down */

struct ui {
    struct loop *loop;
    struct service *svc;
    struct facts facts;
    enum theme theme; /* of the command line; THEME_COUNT: the setting's */
    int64_t show_ms;
    struct plain *plain; /* NULL: there is a screen */

    struct page *top;
    struct page *gone; /* popped, to be freed when the event is over */
    struct key_reader reader;
    bool dirty, quit;
    char note[256]; /* "" or what stands on the status line for now: ui_note() */

    struct loop_io *keys;
    struct loop_signal *signals[4];
    struct loop_timer *draw_timer;
    struct loop_timer *note_timer;
    struct loop_timer *facts_timer;
    struct watch *watch;
};

struct service *ui_service(struct ui *ui)
{
    return ui->svc;
}

const struct facts *ui_facts(const struct ui *ui)
{
    return &ui->facts;
}

struct loop *ui_loop(struct ui *ui)
{
    return ui->loop;
}

int64_t ui_show_ms(const struct ui *ui)
{
    return ui->show_ms;
}

void ui_redraw(struct ui *ui)
{
    ui->dirty = true;
}

void ui_redraw_in(struct ui *ui, int64_t ms)
{
    loop_timer_start(ui->draw_timer, ms);
}

void ui_note(struct ui *ui, const char *text)
{
    if (ui->plain != NULL) {
        plain_note(ui->plain, text);
        return;
    }
    str_copy(ui->note, sizeof(ui->note), text);
    loop_timer_start(ui->note_timer, NOTE_MS);
    ui_redraw(ui);
}

void ui_quit(struct ui *ui)
{
    ui->quit = true;
    loop_stop(ui->loop);
}

void ui_push(struct ui *ui, struct page *p)
{
    p->ui = ui;
    p->below = ui->top;
    ui->top = p;
    ui_redraw(ui);
}

void ui_pop(struct ui *ui, struct page *p)
{
    struct page **at = &ui->top;

    while (*at != NULL && *at != p)
        at = &(*at)->below;
    if (*at == NULL)
        return;
    *at = p->below;
    p->below = ui->gone;
    ui->gone = p;
    if (p->ops->secret && ui->plain == NULL)
        screen_wipe();
    ui_redraw(ui);
}

void ui_theme_changed(struct ui *ui)
{
    enum theme theme = ui->theme;

    if (ui->plain != NULL)
        return;
    if (theme == THEME_COUNT)
        theme = theme_from_word(settings_str(service_settings(ui->svc), SET_DISPLAY_THEME, 0));
    theme_set(theme < THEME_COUNT ? theme : THEME_DARK);
    ui_redraw(ui);
}

/* --- drawing -------------------------------------------------------------------------------- */

void keyline_add(struct keyline *k, enum cmd cmd, const char *word)
{
    if (k->count < KEYLINE_MAX) {
        k->items[k->count].cmd = cmd;
        k->items[k->count++].word = word;
    }
}

/* As many of the keys as fit: the first ones are the most useful. */
static void draw_keyline(const struct layout *l, const struct keyline *k)
{
    int gap = l->cols >= 48 ? 3 : 2, col = 1;

    for (size_t i = 0; i < k->count; i++) {
        char item[64];

        str_format(item, sizeof(item), "%s %s", keys_name(k->items[i].cmd), k->items[i].word);
        if (col + text_cells(item) > l->cols - 1)
            break;
        col += draw_text(l->keys_row, col, l->cols - 1 - col, ROLE_KEYS, item) + gap;
    }
}

/* The names of the pages below and with this one, in at most so many cells. */
static void path_of(struct page *page, int cells, char *dst, size_t size)
{
    char names[PATH_MAX_PAGES][80];
    const char *list[PATH_MAX_PAGES];
    size_t count = 0;

    for (struct page *p = page; p != NULL && count < PATH_MAX_PAGES; p = p->below) {
        if (p->ops->overlay || p->ops->name == NULL)
            continue;
        p->ops->name(p, names[count], sizeof(names[0]));
        count++;
    }
    for (size_t i = 0; i < count; i++)
        list[i] = names[count - 1 - i];
    layout_path(dst, size, list, count, cells);
}

static void draw_title(struct page *page, const struct layout *l)
{
    char note[64] = "", path[256];
    int cells;

    if (page->ops->note != NULL)
        page->ops->note(page, note, sizeof(note));
    cells = l->cols - 2 - (note[0] != '\0' ? text_cells(note) + 2 : 0);
    path_of(page, cells, path, sizeof(path));
    draw_field(0, 0, l->cols, ROLE_TITLE, "");
    draw_text(0, 1, cells, ROLE_TITLE, path);
    draw_right(0, 1, l->cols - 2, ROLE_TITLE, note);
}

static void draw_hint(struct page *page, const struct layout *l)
{
    char text[1024] = "";
    int lines;

    if (page->ops->hint == NULL)
        return;
    page->ops->hint(page, text, sizeof(text));
    lines = (int)layout_wrap(text, l->cols - 2, NULL, 0);
    draw_wrapped(l->hint_row + (lines < l->hint_rows ? l->hint_rows - lines : 0), 1, l->cols - 2,
                 l->hint_rows, 0, ROLE_HINT, text);
}

static void draw_lines(struct ui *ui, struct page *page, const struct layout *l)
{
    struct keyline k = {.count = 0};
    char text[256];

    draw_hint(page, l);
    if (ui->note[0] != '\0')
        str_copy(text, sizeof(text), ui->note);
    else
        facts_status(&ui->facts, text, sizeof(text));
    draw_text(l->status_row, 1, l->cols - 2,
              ui->note[0] == '\0' && facts_failure(&ui->facts) ? ROLE_WARNING : ROLE_STATUS, text);
    ui->top->ops->keys(ui->top, &k);
    draw_keyline(l, &k);
}

static void draw_too_small(const struct layout *l)
{
    char text[256];

    str_format(text, sizeof(text),
               _("This screen is too small: %d x %d. netmenu needs %d columns and %d rows."),
               l->cols, l->rows, LAYOUT_COLS_MIN, LAYOUT_ROWS_MIN);
    draw_wrapped(0, 0, l->cols, l->rows, 0, ROLE_TEXT, text);
}

static void draw_page(struct ui *ui, struct page *p)
{
    struct layout l;

    if (p->ops->overlay && p->below != NULL)
        draw_page(ui, p->below);
    layout_screen(&l, screen_rows(), screen_cols(), p->ops->buttons);
    if (!p->ops->overlay)
        draw_title(p, &l);
    p->ops->draw(p, &l); /* first: its hint and keys depend on what it laid out */
    if (!p->ops->overlay && !p->ops->bare)
        draw_lines(ui, p, &l);
}

static void draw_all(struct ui *ui)
{
    struct layout l;

    layout_screen(&l, screen_rows(), screen_cols(), false);
    draw_begin();
    if (l.too_small)
        draw_too_small(&l);
    else if (ui->top != NULL)
        draw_page(ui, ui->top);
    draw_end();
    ui->dirty = false;
}

void ui_busy(struct ui *ui, const char *text)
{
    if (ui->plain != NULL) {
        plain_note(ui->plain, text);
        return;
    }
    str_copy(ui->note, sizeof(ui->note), text);
    draw_all(ui);
    ui->note[0] = '\0';
    ui_redraw(ui);
}

/* --- events --------------------------------------------------------------------------------- */

static void free_gone(struct ui *ui)
{
    while (ui->gone != NULL) {
        struct page *p = ui->gone;

        ui->gone = p->below;
        p->ops->free(p);
    }
}

void ui_settle(struct ui *ui)
{
    free_gone(ui);
    if (ui->top == NULL)
        ui_quit(ui);
    if (ui->quit)
        return;
    if (ui->plain != NULL)
        plain_settle(ui->plain);
    else if (ui->dirty)
        draw_all(ui);
}

void ui_refresh(struct ui *ui)
{
    service_refresh(ui->svc);
    facts_take(&ui->facts, ui->svc);
    for (struct page *p = ui->top; p != NULL; p = p->below)
        if (p->ops->changed != NULL)
            p->ops->changed(p);
    if (ui->facts.sender.running || ui->facts.lock.state == SERVICE_LOCK_WAITING)
        loop_timer_start(ui->facts_timer, SENDING_MS);
    ui_redraw(ui);
}

static void help_open(struct ui *ui);

static void quit_asked(struct ui *ui)
{
    for (struct page *p = ui->top; p != NULL; p = p->below)
        if (p->ops->asks != NULL && p->ops->asks(p))
            return;
    ui_quit(ui);
}

static void dispatch(struct ui *ui, struct key *key)
{
    struct page *p = ui->top;

    if (!p->ops->text && !p->ops->arrows) {
        if (key->cmd == CMD_LEFT)
            key->cmd = CMD_BACK;
        else if (key->cmd == CMD_RIGHT)
            key->cmd = CMD_OPEN;
    }
    if (!p->ops->text && key->cmd == CMD_RUB_OUT)
        key->cmd = CMD_BACK;
    ui->note[0] = '\0';
    ui_redraw(ui);
    if (key->cmd == CMD_HELP && !p->ops->overlay)
        help_open(ui);
    else if (key->cmd == CMD_QUIT)
        quit_asked(ui);
    else if (key->cmd == CMD_DISCONNECT)
        disconnect_ask(ui);
    else
        p->ops->key(p, key);
}

void ui_press(struct ui *ui, enum cmd cmd)
{
    struct key key = {.cmd = cmd};

    dispatch(ui, &key);
    free_gone(ui);
}

struct page *ui_top(const struct ui *ui)
{
    return ui->top;
}

bool ui_is_over(const struct ui *ui)
{
    return ui->quit;
}

bool ui_is_plain(const struct ui *ui)
{
    return ui->plain != NULL;
}

void ui_path(struct ui *ui, char *dst, size_t size)
{
    path_of(ui->top, 1000, dst, size);
}

/* Keys that are not for pages. Returns whether it was one. */
static bool own_key(struct ui *ui, enum cmd cmd)
{
    if (cmd == CMD_QUIT_NOW) {
        ui_quit(ui);
    } else if (cmd == CMD_REDRAW) {
        screen_wipe();
        ui_redraw(ui);
    } else if (cmd == CMD_RESIZE) {
        ui_redraw(ui);
    } else {
        return false;
    }
    return true;
}

static void on_keys(void *arg, int events)
{
    struct ui *ui = arg;

    (void)events;
    screen_resize();
    for (int i = 0; i < KEYS_AT_ONCE && !ui->quit; i++) {
        struct layout l;
        struct key key;
        int code = screen_read();

        if (code == SCREEN_NOTHING)
            break;
        if (code == SCREEN_HUNG_UP) {
            ui_quit(ui);
            break;
        }
        if (ui->top == NULL || !keys_decode(&ui->reader, code, ui->top->ops->text, &key))
            continue;
        layout_screen(&l, screen_rows(), screen_cols(), false);
        if (!own_key(ui, key.cmd) && !l.too_small)
            dispatch(ui, &key);
        free_gone(ui);
    }
    ui_settle(ui);
}

static void on_end(void *arg)
{
    ui_quit(arg);
}

static void on_resize(void *arg)
{
    struct ui *ui = arg;

    if (ui->plain == NULL)
        on_keys(ui, LOOP_READ);
}

static void on_note_over(void *arg)
{
    struct ui *ui = arg;

    ui->note[0] = '\0';
    ui_redraw(ui);
    ui_settle(ui);
}

static void on_draw(void *arg)
{
    struct ui *ui = arg;
    struct page *below;

    for (struct page *p = ui->top; p != NULL; p = below) {
        below = p->below; /* a page may leave */
        if (p->ops->tick != NULL)
            p->ops->tick(p);
    }
    ui_redraw(ui);
    ui_settle(ui);
}

static void on_facts(void *arg)
{
    ui_refresh(arg);
    ui_settle(arg);
}

/* --- help, life ---------------------------------------------------------------------------- */

static void help_open(struct ui *ui)
{
    char title[128] = "", text[3072] = "";

    if (ui->top->ops->help != NULL)
        ui->top->ops->help(ui->top, title, sizeof(title), text, sizeof(text));
    help_show(ui, title, text);
}

static void watch_folders(struct ui *ui, const struct service_paths *paths)
{
    static const char *const states[] = {"ready",     "active", "deferred",
                                         "suspended", "done",   "failed"};
    const char *spool = spool_folder(service_spool(ui->svc));
    char path[4096];

    ui->watch = watch_new(ui->loop, on_facts, ui);
    watch_folder(ui->watch, paths->state_dir);
    watch_folder(ui->watch, paths->run_dir);
    for (size_t i = 0; i < ARRAY_LEN(states); i++)
        if (str_format(path, sizeof(path), "%s/%s", spool, states[i]))
            watch_folder(ui->watch, path);
}

static int open_terminal(struct ui *ui, bool plain, struct err *e)
{
    int r = plain ? 0 : screen_open(e);

    if (r < 0)
        return r;
    if (plain)
        ui->plain = plain_new(ui);
    else
        ui->keys = loop_io_new(ui->loop, STDIN_FILENO, LOOP_READ, on_keys, ui);
    return plain && ui->plain == NULL ? err_set(e, ERR_NO_MEMORY, STEP_NONE) : 0;
}

int ui_new(const struct ui_options *options, struct ui **ret_ui, struct err *e)
{
    struct ui *ui = calloc(1, sizeof(*ui));
    int r;

    if (ui == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_NONE);
    r = service_open(&options->paths, &ui->svc, e);
    if (r < 0)
        goto out;
    ui->theme = options->theme;
    ui->show_ms = options->show_ms;
    ui->loop = loop_new();
    /* Before curses, which leaves alone the signals that somebody handles. */
    ui->signals[0] = loop_signal_new(ui->loop, SIGHUP, on_end, ui);
    ui->signals[1] = loop_signal_new(ui->loop, SIGTERM, on_end, ui);
    ui->signals[2] = loop_signal_new(ui->loop, SIGINT, on_end, ui);
    ui->signals[3] = loop_signal_new(ui->loop, SIGWINCH, on_resize, ui);
    r = open_terminal(ui, options->plain, e);
    if (r < 0)
        goto out;
    ui->draw_timer = loop_timer_new(ui->loop, on_draw, ui);
    ui->note_timer = loop_timer_new(ui->loop, on_note_over, ui);
    ui->facts_timer = loop_timer_new(ui->loop, on_facts, ui);
    watch_folders(ui, &options->paths);
    ui_theme_changed(ui);
    ui_refresh(ui);
    *ret_ui = ui;
    return 0;
out:
    ui_free(ui);
    return r;
}

void ui_run(struct ui *ui)
{
    ui_settle(ui);
    if (!ui->quit)
        loop_run(ui->loop);
}

void ui_free(struct ui *ui)
{
    if (ui == NULL)
        return;
    while (ui->top != NULL)
        ui_pop(ui, ui->top);
    free_gone(ui);
    screen_close();
    plain_free(ui->plain);
    watch_free(ui->watch);
    loop_timer_free(ui->draw_timer);
    loop_timer_free(ui->note_timer);
    loop_timer_free(ui->facts_timer);
    loop_io_free(ui->keys);
    for (size_t i = 0; i < ARRAY_LEN(ui->signals); i++)
        loop_signal_free(ui->signals[i]);
    loop_free(ui->loop);
    service_free(ui->svc);
    free(ui);
}
