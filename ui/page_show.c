/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_show.c - [Show Authentication]: user name and password as QR code and text.
 *
 * Asks first whether no one is watching. The code takes the form that this terminal can show and
 * that fits; where none does, the text stands alone. Everything hides by itself after ui_show_ms(),
 * is wiped, and the screen is blanked. That logins are refused stands on the status line where the
 * code leaves it free, and otherwise in place of a line of the text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "qr/qr.h"
#include "text/text.h"
#include "ui/dialog.h"
#include "ui/draw.h"
#include "ui/pages.h"
#include "ui/plain.h"
#include "ui/screen.h"
#include "ui/ui.h"

#define SIDE_CELLS 16 /* beside the code */
#define BELOW_ROWS 3  /* or below it */
#define WHY_ROWS   2  /* why there is no code */

struct show {
    struct page page;
    int64_t until;
    bool turns, more; /* Down turns to address and host key; it has */
    int rows, cols;   /* of the screen that the code was made for */
    bool has_code, beside;
    bool has_status; /* the status line is free: the lock stands there, as on every page */
    enum qr_form form;
    struct qr_code code;
    struct service_identity identity;
    char needs[2][24]; /* cells and rows of the smallest code, when none fits */
};

static void on_name(struct page *p, char *dst, size_t size)
{
    (void)p;
    str_copy(dst, size, _("Show Authentication"));
}

static int64_t seconds_left(const struct show *s)
{
    int64_t ms = s->until - clock_ms();

    return ms > 0 ? (ms + 999) / 1000 : 0;
}

static void on_note(struct page *p, char *dst, size_t size)
{
    char left[24];

    text_duration(left, sizeof(left), seconds_left((struct show *)p));
    str_format(dst, size, _("hides in %s"), left);
}

/* --- the code -------------------------------------------------------------------------------- */

static bool try_code(struct show *s, enum qr_form form, int cells, int rows, bool beside)
{
    struct service *svc = ui_service(s->page.ui);
    const struct service_identity *own = &s->identity;
    struct qr_auth auth = {
        .user = service_user(svc),
        .password = service_password(svc),
        .address = own->address_count > 0 ? own->addresses[0] : NULL,
        .fingerprint = own->has_host_key ? own->host_key.qr : NULL,
    };
    struct err e;

    if (cells <= 0 || rows <= 0)
        return false;
    if (qr_auth_code(&auth, form, cells, rows, &s->code, &e) < 0) {
        if (e.code == ERR_TOO_LARGE && s->needs[0][0] == '\0') { /* of the smallest form */
            str_copy(s->needs[0], sizeof(s->needs[0]), e.arg[0]);
            str_copy(s->needs[1], sizeof(s->needs[1]), e.arg[1]);
        }
        return false;
    }
    s->has_code = true;
    s->form = form;
    s->beside = beside;
    return true;
}

/* The first form that this terminal can show and that fits; none is fine. */
static void make_code(struct show *s, int rows, int cols)
{
    bool blocks = theme_has_black_on_white() && screen_has_half_blocks();
    bool spaces = theme_has_black_on_white();

    if (s->rows == rows && s->cols == cols)
        return;
    s->rows = rows;
    s->cols = cols;
    if (s->has_code)
        qr_done(&s->code);
    s->has_code = false;
    s->needs[0][0] = '\0';
    if (blocks && (try_code(s, QR_HALF_BLOCKS, cols - SIDE_CELLS, rows - 1, true) ||
                   try_code(s, QR_HALF_BLOCKS, cols, rows - 1 - BELOW_ROWS, false)))
        return;
    if (spaces && !try_code(s, QR_SPACES, cols - SIDE_CELLS, rows - 1, true) && !blocks)
        try_code(s, QR_SPACES, cols, rows - 1 - BELOW_ROWS, false);
}

static void draw_code(const struct show *s, int row, int col)
{
    for (int r = 0; r < qr_rows(&s->code, s->form); r++) {
        struct buf line;

        buf_init(&line, 4096);
        if (qr_row(&s->code, s->form, r, &line) == 0 && s->form == QR_HALF_BLOCKS)
            draw_qr_text(row + r, col, buf_str(&line));
        else
            draw_qr_cells(row + r, col, buf_str(&line));
        buf_done(&line);
    }
}

/* --- the text -------------------------------------------------------------------------------- */

/* "Abcd 1234 efgh 5678", which no eye loses its place in; in two lines where that is too long. */
static void in_fours(char *dst, size_t size, const struct secret *s, int cells)
{
    size_t out = 0;

    for (size_t i = 0; i < s->len && out + 2 < size; i++) {
        if (i > 0 && i % 4 == 0)
            dst[out++] = i == 8 && cells < 19 ? '\n' : ' ';
        dst[out++] = s->text[i];
    }
    dst[out] = '\0';
}

static int paragraph(int row, int last, int col, int cells, enum role role, const char *text)
{
    int rows = last - row + 1;
    int lines = rows > 0 ? draw_wrapped(row, col, cells, rows, 0, role, text) : 0;

    return row + lines;
}

/* Where the unit is found, and its SSH host key, for those who connect for the first time. */
static void identity_text(const struct show *s, char *dst, size_t size)
{
    const struct service_identity *own = &s->identity;
    struct buf b;

    buf_init(&b, size);
    for (size_t i = 0; i < own->address_count; i++)
        (void)buf_printf(&b, "%s%s\n", i == 0 ? _("Address:\n") : "", own->addresses[i]);
    if (own->has_host_key)
        (void)buf_printf(&b, "%s\nSHA256:%s\n%d %s\n", _("SSH host key:"),
                         own->host_key.fingerprint, own->host_key.bits, own->host_key.type);
    str_copy(dst, size, buf_str(&b));
    buf_done(&b);
}

/* Below the user name and password: that logins are refused, or else a warning. */
static enum role last_words(const struct show *s, char *dst, size_t size)
{
    text_lock(&ui_facts(s->page.ui)->lock, dst, size);
    if (dst[0] != '\0' && !s->has_status)
        return ROLE_WARNING;
    str_copy(dst, size, _("Let no one see or copy this screen."));
    return ROLE_HINT;
}

static void draw_status(const struct show *s, const struct layout *l)
{
    char text[TEXT_MAX];

    text_lock(&ui_facts(s->page.ui)->lock, text, sizeof(text));
    if (s->has_status)
        draw_text(l->status_row, 1, l->cols - 2, ROLE_WARNING, text);
}

/* User name and password; returns the row behind them. */
static int draw_credentials(const struct show *s, int row, int last, int col, int cells)
{
    struct service *svc = ui_service(s->page.ui);
    char password[64], words[TEXT_MAX];
    enum role role = last_words(s, words, sizeof(words));

    in_fours(password, sizeof(password), service_password(svc), cells);
    row = paragraph(row, last, col, cells, ROLE_VALUE, _("User Name"));
    draw_cursor(row, col);
    row = paragraph(row, last, col, cells, ROLE_STATUS, service_user(svc)) + 1;
    row = paragraph(row, last, col, cells, ROLE_VALUE, _("Password"));
    row = paragraph(row, last, col, cells, ROLE_STATUS, password);
    explicit_bzero(password, sizeof(password));
    row = paragraph(row, last, col, cells, ROLE_HINT, _("There are no blanks in it.")) + 1;
    return paragraph(row, last, col, cells, role, words);
}

/* All of it, or what Down has turned to where there is no room for all. reserved: rows above the
 * last one that something else stands in. */
static void draw_values(struct show *s, int row, int last, int col, int cells, int reserved)
{
    char text[HOST_KEY_LINE_MAX + 256];
    int lines;

    identity_text(s, text, sizeof(text));
    lines = (int)layout_wrap(text, cells, NULL, 0);
    if (s->more) {
        draw_cursor(row, col);
        row = paragraph(row, last - 2, col, cells, ROLE_STATUS, text) + 1;
        if (last_words(s, text, sizeof(text)) == ROLE_WARNING)
            paragraph(row, last - 2, col, cells, ROLE_WARNING, text);
    } else {
        row = draw_credentials(s, row, last, col, cells) + 1;
        s->turns = lines > 0 && row + lines + reserved >= last;
        if (!s->turns)
            paragraph(row, last - 1, col, cells, ROLE_STATUS, text);
    }
    if (s->turns && !s->has_code) { /* one line: the one above is the status line */
        paragraph(last, last, col, cells, ROLE_KEYS,
                  s->more ? _("Esc Hide   Up Password") : _("Esc Hide   Down Host Key"));
        return;
    }
    if (s->turns)
        paragraph(last - 1, last, col, cells, ROLE_KEYS,
                  s->more ? _("Up Password") : _("Down Host Key"));
    paragraph(last, last, col, cells, ROLE_KEYS, _("Esc Hide"));
}

static void draw_beside(struct show *s, const struct layout *l)
{
    int cells = qr_cells(&s->code, s->form), rows = qr_rows(&s->code, s->form);
    int room = l->cols - cells;
    int col = room > 2 * SIDE_CELLS ? 2 : 0;
    int top = 1 + (l->rows - 1 - rows) / 2;
    int side = col + cells + (room > 2 * SIDE_CELLS ? 3 : 1);

    s->has_status = l->rows > 20 && top + rows <= l->status_row;
    draw_code(s, top, col);
    draw_values(s, l->rows > 20 ? top + 1 : 2, l->rows > 20 ? top + rows - 2 : l->rows - 1, side,
                l->cols - side, 0);
}

static void draw_below(struct show *s, const struct layout *l)
{
    struct service *svc = ui_service(s->page.ui);
    int cells = qr_cells(&s->code, s->form), rows = qr_rows(&s->code, s->form);
    char password[64], line[TEXT_MAX];
    enum role role;

    s->has_status = 4 + rows <= l->status_row;
    draw_code(s, 1, (l->cols - cells) / 2);
    s->turns = s->identity.address_count > 0 || s->identity.has_host_key;
    if (s->more) {
        str_format(line, sizeof(line), "%s %s%s",
                   s->identity.address_count > 0 ? s->identity.addresses[0] : "",
                   s->identity.has_host_key ? "SHA256:" : "", s->identity.host_key.fingerprint);
        draw_cursor(1 + rows, 1);
        draw_wrapped(1 + rows, 1, l->cols - 2, BELOW_ROWS - 1, 0, ROLE_STATUS, line);
        draw_text(3 + rows, 1, l->cols - 2, ROLE_KEYS, _("Esc Hide   Up Password"));
        return;
    }
    in_fours(password, sizeof(password), service_password(svc), l->cols);
    str_format(line, sizeof(line), "%s   %s", service_user(svc), password);
    draw_text(1 + rows, 1, l->cols - 2, ROLE_STATUS, line);
    draw_cursor(1 + rows, 1);
    explicit_bzero(password, sizeof(password));
    explicit_bzero(line, sizeof(line));
    role = last_words(s, line, sizeof(line));
    draw_text(2 + rows, 1, l->cols - 2, role, line);
    draw_text(3 + rows, 1, l->cols - 2, ROLE_KEYS,
              s->turns ? _("Esc Hide   Down Host Key") : _("Esc Hide"));
}

static void draw_text_alone(struct show *s, const struct layout *l)
{
    char why[200];
    long cells = 0, rows = 0;

    s->has_status = true;
    draw_values(s, l->body_top, l->rows - 1, 2, l->cols - 4, WHY_ROWS);
    if (s->more)
        return;
    if (!theme_has_black_on_white()) {
        str_copy(why, sizeof(why), _("This terminal cannot show a QR code."));
    } else {
        str_to_long(s->needs[0], 1, 10000, &cells);
        str_to_long(s->needs[1], 1, 10000, &rows);
        str_format(why, sizeof(why),
                   _("A QR code needs a screen of %ld x %ld; this one has %d x %d."), cells,
                   rows + 1 + BELOW_ROWS, l->cols, l->rows);
    }
    draw_wrapped(l->rows - 4, 2, l->cols - 4, WHY_ROWS, 0, ROLE_HINT, why);
}

static void on_draw(struct page *p, const struct layout *l)
{
    struct show *s = (struct show *)p;

    make_code(s, l->rows, l->cols);
    if (!s->has_code)
        draw_text_alone(s, l);
    else if (s->beside)
        draw_beside(s, l);
    else
        draw_below(s, l);
    draw_status(s, l);
    ui_redraw_in(p->ui, 1000);
}

/* --- the page -------------------------------------------------------------------------------- */

static void on_keyline(struct page *p, struct keyline *k)
{
    (void)p;
    keyline_add(k, CMD_BACK, _("Hide"));
}

static void on_key(struct page *p, const struct key *key)
{
    struct show *s = (struct show *)p;

    if (key->cmd == CMD_BACK || key->cmd == CMD_OPEN)
        ui_pop(p->ui, p);
    else if (s->turns && (key->cmd == CMD_DOWN || key->cmd == CMD_UP))
        s->more = !s->more;
}

static void on_tick(struct page *p)
{
    if (seconds_left((struct show *)p) == 0)
        ui_pop(p->ui, p);
}

static void on_plain(struct page *p, struct plain *out)
{
    struct service *svc = ui_service(p->ui);
    char line[SECRET_MAX + 64], identity[HOST_KEY_LINE_MAX + 256];

    str_format(line, sizeof(line), "%s: %s", _("User Name"), service_user(svc));
    plain_text(out, line);
    str_format(line, sizeof(line), "%s: %s", _("Password"), service_password(svc)->text);
    plain_text(out, line);
    explicit_bzero(line, sizeof(line));
    identity_text((struct show *)p, identity, sizeof(identity));
    plain_text(out, identity);
    plain_text(out, _("It stays in what this terminal keeps of its lines: clear that afterwards."));
    ui_redraw_in(p->ui, seconds_left((struct show *)p) * 1000);
}

static void on_free(struct page *p)
{
    struct show *s = (struct show *)p;

    if (s->has_code)
        qr_done(&s->code);
    free(s);
}

static const struct page_ops ops = {
    .bare = true,
    .secret = true,
    .name = on_name,
    .note = on_note,
    .draw = on_draw,
    .keys = on_keyline,
    .key = on_key,
    .tick = on_tick,
    .plain = on_plain,
    .free = on_free,
};

static void on_answer(void *arg, int button)
{
    struct menu *m = arg;
    struct show *s;

    if (button != 1)
        return;
    s = calloc(1, sizeof(*s));
    if (s == NULL)
        return;
    s->page.ops = &ops;
    service_identity(ui_service(m->page.ui), &s->identity);
    s->until = clock_ms() + ui_show_ms(m->page.ui);
    ui_push(m->page.ui, &s->page);
}

void show_authentication(struct menu *m, const struct menu_row *row)
{
    const char *buttons[] = {_("No"), _("Yes, show"), NULL};

    (void)row;
    dialog_ask(
        m->page.ui, _("Is no one watching?"),
        _("User name, password and a QR code of both will stand on the screen for a short time."),
        buttons, 0, on_answer, m);
}
