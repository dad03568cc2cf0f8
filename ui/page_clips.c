/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_clips.c - [Transfer Clips]: choose clips on the cards, then [ Execute ]. */
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/clips.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/entry.h"
#include "ui/list.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/popup.h"
#include "ui/ui.h"

enum { BUTTON_NONE = -1, BUTTON_SHOW, BUTTON_ALL, BUTTON_EXECUTE, BUTTON_COUNT };

struct clips_page {
    struct page page;
    struct menu *menu; /* that opened this page */
    struct clips clips;
    struct list list;
    int button;
};

static const char *const filter_words[] = {N_("All"), N_("Originals"), N_("Proxies")};

static void on_name(struct page *p, char *dst, size_t size)
{
    (void)p;
    str_copy(dst, size, _("Transfer Clips"));
}

/* "3 of 14  5.7 GB" */
static void on_note(struct page *p, char *dst, size_t size)
{
    struct clips_page *c = (struct clips_page *)p;
    int64_t bytes;
    size_t chosen = clips_chosen(&c->clips, &bytes);
    char text[32];

    text_bytes(text, sizeof(text), bytes);
    if (chosen > 0)
        str_format(dst, size, _("%zu of %zu  %s"), chosen, c->clips.count, text);
    else if (c->clips.count > 0)
        str_format(dst, size, ngettext("%zu clip", "%zu clips", c->clips.count), c->clips.count);
}

/* --- drawing --------------------------------------------------------------------------------- */

/* Where they would go. Returns whether that is ready and safe. */
static bool destination(struct clips_page *c, char *dst, size_t size)
{
    struct service *svc = ui_service(c->page.ui);
    int server = ui_facts(c->page.ui)->default_server;
    bool secure = settings_on(service_settings(svc), SET_SERVER_SECURE, server);
    bool ready = service_server_ready(svc, server, NULL) == 0;
    char name[SETTING_VALUE_MAX];

    server_name(service_settings(svc), server, name, sizeof(name));
    if (!ready)
        str_format(dst, size, _("To %s: not ready, see Execute"), name);
    else
        str_format(dst, size, secure ? _("To %s") : _("To %s: not encrypted"), name);
    return ready && secure;
}

static void draw_destination(struct clips_page *c, const struct layout *l)
{
    char line[SETTING_VALUE_MAX + 64];
    bool good = destination(c, line, sizeof(line));

    draw_text(l->body_top, 1, l->cols - 2, good ? ROLE_VALUE : ROLE_WARNING, line);
}

static const char *kind_word(enum media_kind kind)
{
    return kind == MEDIA_PROXY ? _("proxy") : _("original");
}

static void draw_clip(struct clips_page *c, int i, int row, const struct layout *l)
{
    const struct media_clip *clip = clips_clip(&c->clips, (size_t)i);
    bool focus = c->button == BUTTON_NONE && i == c->list.focus;
    enum role role = focus ? ROLE_FOCUS : ROLE_TEXT, second = focus ? role : ROLE_VALUE;
    bool wide = l->cols >= 50;
    int size_col = l->cols - 10, kind_col = size_col - (wide ? 10 : 0);
    char text[1024], bytes[32];

    draw_field(row, 1, l->cols - 2, role, "");
    if (focus) {
        draw_text(row, 1, 1, role, ">");
        draw_cursor(row, 1);
    }
    draw_text(row, 3, 3, role, clips_selected(&c->clips, (size_t)i) ? "[x]" : "[ ]");
    safe_text(text, sizeof(text), clip->name, strlen(clip->name));
    draw_text(row, 7, kind_col - 8, role, text);
    if (wide)
        draw_text(row, kind_col, 9, second, kind_word(clip->kind));
    text_bytes(bytes, sizeof(bytes), clip->bytes);
    draw_right(row, size_col, 8, second, bytes);
}

/* Why there is nothing to choose from. */
static const char *why_empty(const struct clips_page *c, char *dst, size_t size)
{
    struct err_text words;

    if (c->clips.cards_present == 0) {
        str_copy(dst, size, _("No memory card is in. Insert one, then press F5."));
    } else if (c->clips.error.code != ERR_NONE) {
        text_of_err(&c->clips.error, &words);
        str_copy(dst, size, words.cause);
    } else if (c->clips.total > 0) {
        str_copy(dst, size, _("There are no clips of this kind on the cards. Show shows others."));
    } else {
        str_copy(dst, size, _("There are no clips on the memory card."));
    }
    return dst;
}

static void draw_empty(struct clips_page *c, const struct layout *l)
{
    char text[TEXT_MAX];

    draw_wrapped(l->body_top + 2, 3, l->cols - 6, 4, 0, ROLE_TEXT,
                 why_empty(c, text, sizeof(text)));
    if (c->button == BUTTON_NONE)
        draw_cursor(l->body_top + 2, 3);
}

static void draw_buttons(struct clips_page *c, const struct layout *l)
{
    int64_t bytes;
    bool all = c->clips.count > 0 && clips_chosen(&c->clips, &bytes) == c->clips.count;
    const char *words[BUTTON_COUNT] = {_("Show"), all ? _("None") : _("All"), _("Execute")};
    char text[BUTTON_COUNT][48];
    int col = l->cols - 2;

    for (int b = 0; b < BUTTON_COUNT; b++) {
        str_format(text[b], sizeof(text[b]), "[ %s ]", words[b]);
        col -= text_cells(text[b]) + (b > 0 ? 2 : 0);
    }
    for (int b = 0; b < BUTTON_COUNT; b++) {
        draw_text(l->button_row, col, l->cols - col, b == c->button ? ROLE_FOCUS : ROLE_TEXT,
                  text[b]);
        if (b == c->button)
            draw_cursor(l->button_row, col + 2);
        col += text_cells(text[b]) + 2;
    }
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct clips_page *c = (struct clips_page *)p;

    draw_destination(c, l);
    list_resize(&c->list, (int)c->clips.count, l->body_rows - 1);
    if (c->clips.count == 0)
        draw_empty(c, l);
    for (int i = 0; i < c->list.height && c->list.top + i < c->list.count; i++)
        draw_clip(c, c->list.top + i, l->body_top + 1 + i, l);
    if (list_more_above(&c->list))
        draw_more(l->body_top + 1, l->cols - 1, ROLE_TEXT, true);
    if (list_more_below(&c->list))
        draw_more(l->body_top + c->list.height, l->cols - 1, ROLE_TEXT, false);
    draw_buttons(c, l);
}

static void on_hint(struct page *p, char *dst, size_t size)
{
    struct clips_page *c = (struct clips_page *)p;
    char when[40], path[1024];
    const struct media_clip *clip;

    if (c->button == BUTTON_SHOW) {
        str_format(dst, size, _("Shown: %s. Choose originals, proxies or all."),
                   _(filter_words[c->clips.filter]));
    } else if (c->button == BUTTON_ALL) {
        str_copy(dst, size, _("Select every clip that is shown, or none."));
    } else if (c->button == BUTTON_EXECUTE) {
        str_copy(dst, size, _("Send the selected clips in the background."));
    } else if (c->clips.count > 0) {
        clip = clips_clip(&c->clips, (size_t)c->list.focus);
        text_time(when, sizeof(when), clip->mtime);
        safe_text(path, sizeof(path), clip->path, strlen(clip->path));
        str_format(dst, size, _("Card %c, %s, %s\n%s"),
                   clips_card(&c->clips, (size_t)c->list.focus)->letter, kind_word(clip->kind),
                   when, path);
    } else if (c->clips.incomplete) {
        str_copy(dst, size, _("A folder on the card could not be read."));
    }
}

static void on_keyline(struct page *p, struct keyline *k)
{
    struct clips_page *c = (struct clips_page *)p;

    if (c->button != BUTTON_NONE)
        keyline_add(k, CMD_OPEN, _("Choose"));
    else if (c->clips.count > 0)
        keyline_add(k, CMD_OPEN, _("Select"));
    keyline_add(k, CMD_BACK, _("Back"));
    keyline_add(k, CMD_NEXT, _("Buttons"));
    keyline_add(k, CMD_REFRESH, _("Read again"));
    keyline_add(k, CMD_HELP, _("Help"));
}

static void on_help(struct page *p, char *title, size_t title_size, char *dst, size_t size)
{
    (void)p;
    str_copy(title, title_size, _("Transfer Clips"));
    str_copy(
        dst, size,
        _("Choose clips with Enter or Space, or all of them with [ All ], then [ Execute ]. "
          "They are sent one after the other in the background, also when the menu is left, to "
          "the Default Upload Server: originals into the folder Main below its Destination "
          "Directory. The clips on the card are only read."));
}

/* --- execute ---------------------------------------------------------------------------------- */

static void on_execute(void *arg, int button)
{
    struct clips_page *c = arg;
    struct ui *ui = c->page.ui;
    struct menu *menu = c->menu;
    struct err e;

    if (button != 0)
        return;
    if (clips_queue(&c->clips, ui_service(ui), &e) < 0) {
        dialog_error(ui, _("Nothing was queued"), &e);
        return;
    }
    ui_pop(ui, &c->page);
    ui_refresh(ui);
    jobs_open(menu, NULL);
    if (service_sender_start(ui_service(ui), &e) < 0)
        dialog_error(ui, _("The sender was not started"), &e);
}

static void execute(struct clips_page *c)
{
    const char *buttons[] = {_("Execute"), _("Cancel"), NULL};
    struct service *svc = ui_service(c->page.ui);
    int server = ui_facts(c->page.ui)->default_server;
    int64_t bytes;
    size_t chosen = clips_chosen(&c->clips, &bytes);
    bool secure = settings_on(service_settings(svc), SET_SERVER_SECURE, server);
    char name[SETTING_VALUE_MAX], size[32], text[1024];
    struct err e;

    if (service_server_ready(svc, server, &e) < 0) {
        dialog_error(c->page.ui, _("The server is not ready"), &e);
        return;
    }
    if (chosen == 0) {
        dialog_tell(c->page.ui, _("No clip is selected"),
                    _("Select clips with Enter or Space, or all with [ All ]."));
        return;
    }
    server_name(service_settings(svc), server, name, sizeof(name));
    text_bytes(size, sizeof(size), bytes);
    str_format(text, sizeof(text),
               ngettext("%zu clip, %s, to %s.", "%zu clips, %s, to %s.", chosen), chosen, size,
               name);
    if (!secure) {
        size_t len = strlen(text);

        str_format(text + len, sizeof(text) - len, "\n\n%s",
                   _("Not encrypted: anyone on the way can read and change clips, user name and "
                     "password."));
    }
    dialog_ask(c->page.ui, _("Send?"), text, buttons, secure ? 0 : 1, on_execute, c);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void on_filter(void *arg, int number)
{
    struct clips_page *c = arg;

    clips_show(&c->clips, (enum clips_filter)number);
    list_resize(&c->list, (int)c->clips.count, c->list.height);
}

static void press(struct clips_page *c)
{
    const char *words[] = {_(filter_words[0]), _(filter_words[1]), _(filter_words[2])};
    size_t row = (size_t)c->list.focus;
    int64_t bytes;

    if (c->button == BUTTON_SHOW)
        popup_open(c->page.ui, _("Show"), words, 3, (int)c->clips.filter, on_filter, c);
    else if (c->button == BUTTON_ALL)
        clips_select_all(&c->clips, clips_chosen(&c->clips, &bytes) < c->clips.count);
    else if (c->button == BUTTON_EXECUTE)
        execute(c);
    else if (c->clips.count > 0)
        clips_select(&c->clips, row, !clips_selected(&c->clips, row));
}

/* Up and Down go through the clips, then the buttons, then round: the dial reaches everything. */
static bool move_over_buttons(struct clips_page *c, enum cmd cmd)
{
    int rows = c->list.count;

    if (cmd == CMD_DOWN && c->button == BUTTON_NONE && c->list.focus >= rows - 1)
        c->button = BUTTON_SHOW;
    else if (cmd == CMD_UP && c->button == BUTTON_NONE && c->list.focus == 0)
        c->button = BUTTON_EXECUTE;
    else if (cmd == CMD_DOWN && c->button == BUTTON_EXECUTE)
        list_focus(&c->list, 0), c->button = BUTTON_NONE;
    else if (cmd == CMD_UP && c->button == BUTTON_SHOW)
        list_focus(&c->list, rows - 1), c->button = BUTTON_NONE;
    else if (c->button != BUTTON_NONE && (cmd == CMD_DOWN || cmd == CMD_UP))
        c->button += cmd == CMD_DOWN ? 1 : -1;
    else
        return false;
    return true;
}

static void read_again(struct clips_page *c)
{
    clips_read(&c->clips, ui_service(c->page.ui));
    list_resize(&c->list, (int)c->clips.count, c->list.height);
    ui_refresh(c->page.ui);
}

struct wanted {
    struct clips_page *page;
    const char *text;
};

static bool is_wanted(void *arg, int row)
{
    struct wanted *w = arg;

    return strcasestr(clips_clip(&w->page->clips, (size_t)row)->name, w->text) != NULL;
}

static void on_search(void *arg, const char *text, size_t len)
{
    struct clips_page *c = arg;
    struct wanted w = {.page = c, .text = text};

    if (len == 0)
        return;
    if (list_find(&c->list, is_wanted, &w))
        c->button = BUTTON_NONE;
    else
        ui_note(c->page.ui, _("No clip is named like that."));
}

static void search(struct clips_page *c)
{
    struct entry_request request = {
        .title = _("Search"),
        .hint = _("Part of a clip's name."),
        .setting = SET_COUNT,
        .done = on_search,
        .arg = c,
    };

    entry_open(c->page.ui, &request, "", 0);
}

static void on_key(struct page *p, const struct key *key)
{
    struct clips_page *c = (struct clips_page *)p;

    if (move_over_buttons(c, key->cmd))
        return;
    if (list_key(&c->list, key->cmd, false))
        c->button = BUTTON_NONE;
    else if (key->cmd == CMD_NEXT)
        c->button = c->button == BUTTON_EXECUTE ? BUTTON_NONE : c->button + 1;
    else if (key->cmd == CMD_PREVIOUS)
        c->button = c->button == BUTTON_NONE ? BUTTON_EXECUTE : c->button - 1;
    else if (key->cmd == CMD_RIGHT && c->button != BUTTON_NONE)
        c->button = c->button < BUTTON_EXECUTE ? c->button + 1 : c->button;
    else if (key->cmd == CMD_LEFT && c->button > BUTTON_SHOW)
        c->button--;
    else if (key->cmd == CMD_OPEN || key->cmd == CMD_TOGGLE)
        press(c);
    else if (key->cmd == CMD_BACK || key->cmd == CMD_LEFT)
        ui_pop(p->ui, p);
    else if (key->cmd == CMD_REFRESH)
        read_again(c);
    else if (key->cmd == CMD_SEARCH)
        search(c);
}

/* The buttons first: their numbers do not depend on the clips. */
static void on_plain(struct page *p, struct plain *out)
{
    struct clips_page *c = (struct clips_page *)p;
    char text[1024], bytes[32], line[128] = "";

    list_resize(&c->list, (int)c->clips.count, c->list.height);
    destination(c, text, sizeof(text));
    plain_text(out, text);
    on_note(p, line, sizeof(line));
    plain_choice(out, _("Show"), _(filter_words[c->clips.filter]), "");
    plain_choice(out, _("All or none"), "", "");
    plain_choice(out, _("Execute"), line, "");
    if (c->clips.count == 0)
        plain_text(out, why_empty(c, text, sizeof(text)));
    for (size_t i = 0; i < c->clips.count; i++) {
        const struct media_clip *clip = clips_clip(&c->clips, i);

        safe_text(text, sizeof(text), clip->name, strlen(clip->name));
        text_bytes(bytes, sizeof(bytes), clip->bytes);
        str_format(line, sizeof(line), "%s, %s", kind_word(clip->kind), bytes);
        plain_choice(out, text, line, clips_selected(&c->clips, i) ? _("selected") : "");
    }
}

static void on_focus(struct page *p, int choice)
{
    struct clips_page *c = (struct clips_page *)p;

    c->button = choice < BUTTON_COUNT ? choice : BUTTON_NONE;
    if (c->button == BUTTON_NONE)
        list_focus(&c->list, choice - BUTTON_COUNT);
}

static void on_free(struct page *p)
{
    clips_done(&((struct clips_page *)p)->clips);
    free(p);
}

static const struct page_ops ops = {
    .arrows = true,
    .buttons = true,
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .hint = on_hint,
    .keys = on_keyline,
    .key = on_key,
    .help = on_help,
    .plain = on_plain,
    .focus = on_focus,
    .free = on_free,
};

void clips_open(struct menu *m, const struct menu_row *row)
{
    struct clips_page *c = calloc(1, sizeof(*c));

    (void)row;
    if (c == NULL)
        return;
    c->page.ops = &ops;
    c->menu = m;
    c->button = BUTTON_NONE;
    c->list.height = 1;
    clips_read(&c->clips, ui_service(m->page.ui));
    ui_push(m->page.ui, &c->page);
}
