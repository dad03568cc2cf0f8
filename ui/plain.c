/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/plain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/str.h"
#include "ui/screen.h"
#include "ui/ui.h"

#define LINE_MAX_BYTES 2048

struct plain {
    struct ui *ui;
    struct loop_io *input;
    char line[LINE_MAX_BYTES];
    size_t len;
    bool too_long;
    struct page *shown; /* the page that stands above the prompt */
    bool again;         /* say it although it is the same */
    int choices;        /* numbers that it gave */
    bool field;         /* it wants a line */
    bool hidden;        /* what is typed is not shown */
    struct termios terminal;
};

/* --- saying ----------------------------------------------------------------------------------- */

/* Outside UTF-8, one `?` a character. */
static void say(const char *text)
{
    bool utf8 = screen_utf8();

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < 0x80 || utf8)
            putchar(c);
        else if ((c & 0xc0) == 0xc0)
            putchar('?');
    }
}

void plain_note(struct plain *p, const char *text)
{
    (void)p;
    say("* ");
    say(text);
    putchar('\n');
    fflush(stdout);
}

void plain_text(struct plain *p, const char *text)
{
    (void)p;
    say(text);
    putchar('\n');
}

void plain_choice(struct plain *p, const char *label, const char *value, const char *remark)
{
    printf("%2d  ", ++p->choices);
    say(label);
    if (value[0] != '\0') {
        say(": ");
        say(value);
    }
    if (remark[0] != '\0') {
        say(" (");
        say(remark);
        say(")");
    }
    putchar('\n');
}

void plain_field(struct plain *p, bool secret)
{
    struct termios hidden;

    p->field = true;
    if (!secret || p->hidden || tcgetattr(STDIN_FILENO, &p->terminal) < 0)
        return;
    hidden = p->terminal;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &hidden);
    p->hidden = true;
}

static void show_typed(struct plain *p)
{
    if (p->hidden) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, &p->terminal);
        putchar('\n');
    }
    p->hidden = false;
}

/* A message with nothing but [ OK ]. */
static bool is_ok(const struct plain *p)
{
    return p->choices == 1 && p->shown->ops->overlay;
}

static void prompt(struct plain *p)
{
    if (p->field)
        say(_("Text (an empty line: as before; \\e: none): "));
    else if (is_ok(p))
        say(_("Enter: go on. "));
    else if (p->choices > 0)
        say(_("Number, h help, b back, q leave: "));
    else
        say(_("Enter: back. "));
    fflush(stdout);
}

void plain_settle(struct plain *p)
{
    struct page *top = ui_top(p->ui);
    char text[512];

    if (top == NULL || (top == p->shown && !p->again))
        return;
    show_typed(p);
    p->shown = top;
    p->again = p->field = false;
    p->choices = 0;
    putchar('\n');
    ui_path(p->ui, text, sizeof(text));
    plain_text(p, text);
    if (top->ops->plain != NULL)
        top->ops->plain(top, p);
    facts_status(ui_facts(p->ui), text, sizeof(text));
    if (text[0] != '\0' && !p->field && !top->ops->overlay)
        plain_text(p, text);
    prompt(p);
}

/* --- listening -------------------------------------------------------------------------------- */

static void say_commands(struct plain *p)
{
    plain_text(p, _("A number chooses. h NUMBER: help for it. b: back. An empty line says the page "
                    "again. r: read again. d: Disconnect All. q: leave the menu."));
}

static void choose(struct plain *p, const char *number, enum cmd cmd)
{
    struct page *top = ui_top(p->ui);
    long n;

    if (!str_to_long(number, 1, p->choices, &n)) {
        plain_note(p, _("There is no such number here."));
        return;
    }
    if (top->ops->focus != NULL)
        top->ops->focus(top, (int)n - 1);
    ui_press(p->ui, cmd);
}

static void command(struct plain *p, const char *line)
{
    if (p->choices == 0)
        ui_press(p->ui, CMD_BACK);
    else if (is_ok(p) && line[0] == '\0')
        choose(p, "1", CMD_OPEN);
    else if (strcmp(line, "b") == 0)
        ui_press(p->ui, CMD_BACK);
    else if (strcmp(line, "q") == 0)
        ui_press(p->ui, CMD_QUIT);
    else if (strcmp(line, "d") == 0)
        ui_press(p->ui, CMD_DISCONNECT);
    else if (strcmp(line, "r") == 0)
        ui_press(p->ui, CMD_REFRESH);
    else if (strcmp(line, "h") == 0)
        say_commands(p);
    else if (str_starts(line, "h "))
        choose(p, line + 2, CMD_HELP);
    else if (line[0] != '\0')
        choose(p, line, CMD_OPEN);
}

static void entered(struct plain *p, const char *line, size_t len)
{
    struct page *top = ui_top(p->ui);

    if (len == 0) {
        ui_press(p->ui, CMD_BACK);
        return;
    }
    if (strcmp(line, "\\e") == 0)
        line = "", len = 0;
    else if (line[0] == '\\' && line[1] == '\\') /* a text that begins with one */
        line++, len--;
    top->ops->entered(top, line, len);
}

static void take_line(struct plain *p)
{
    p->line[p->len] = '\0';
    if (p->len > 0 && p->line[p->len - 1] == '\r')
        p->line[--p->len] = '\0';
    p->again = true;
    if (p->too_long)
        plain_note(p, _("That line is too long."));
    else if (p->field)
        entered(p, p->line, p->len);
    else
        command(p, p->line);
    explicit_bzero(p->line, sizeof(p->line));
    p->len = 0;
    p->too_long = false;
}

static void on_input(void *arg, int events)
{
    struct plain *p = arg;
    char bytes[256];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

    (void)events;
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) {
        ui_quit(p->ui);
        return;
    }
    for (ssize_t i = 0; i < n && !ui_is_over(p->ui); i++) {
        if (bytes[i] == '\n') {
            take_line(p);
            ui_settle(p->ui);
        } else if (p->len < sizeof(p->line) - 1) {
            p->line[p->len++] = bytes[i];
        } else {
            p->too_long = true;
        }
    }
    explicit_bzero(bytes, sizeof(bytes));
}

struct plain *plain_new(struct ui *ui)
{
    struct plain *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return NULL;
    p->ui = ui;
    p->input = loop_io_new(ui_loop(ui), STDIN_FILENO, LOOP_READ, on_input, p);
    return p;
}

void plain_free(struct plain *p)
{
    if (p == NULL)
        return;
    show_typed(p);
    putchar('\n');
    fflush(stdout);
    loop_io_free(p->input);
    explicit_bzero(p->line, sizeof(p->line));
    free(p);
}
