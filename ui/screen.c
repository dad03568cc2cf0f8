/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/screen.h"

#include <curses.h>
#include <langinfo.h>
#include <linux/kd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/utf8.h"

static bool is_open;
static bool has_second_screen;

int screen_open(struct err *e)
{
    const char *term = getenv("TERM");

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return err_set_args(e, ERR_UNAVAILABLE, STEP_NONE, "terminal", NULL);
    if (getenv("ESCDELAY") == NULL)
        set_escdelay(25);
    if (newterm(NULL, stdout, stdin) == NULL)
        return err_set_args(e, ERR_UNAVAILABLE, STEP_NONE, term != NULL ? term : "TERM", NULL);
    is_open = true;
    has_second_screen = tigetstr("smcup") != NULL && tigetstr("smcup") != (char *)-1;
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    intrflush(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return 0;
}

void screen_wipe(void)
{
    erase();
    clearok(stdscr, TRUE);
    refresh();
}

void screen_close(void)
{
    if (!is_open)
        return;
    is_open = false;
    if (has_colors())
        assume_default_colors(-1, -1);
    curs_set(1);
    screen_wipe();
    endwin();
    if (!has_second_screen) { /* what curses left is all there is to see */
        putp(tigetstr("clear"));
        fflush(stdout);
    }
}

/* Readable without a byte to read: the other end is gone. */
static bool hung_up(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int waiting = 0;

    if (poll(&p, 1, 0) <= 0)
        return false;
    if (p.revents & (POLLERR | POLLHUP | POLLNVAL))
        return true;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0 || waiting == 0;
}

int screen_read(void)
{
    int code = getch();

    if (code != ERR)
        return code;
    return hung_up() ? SCREEN_HUNG_UP : SCREEN_NOTHING;
}

void screen_resize(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0)
        return;
    if (is_term_resized(size.ws_row, size.ws_col))
        resizeterm(size.ws_row, size.ws_col);
}

int screen_rows(void)
{
    return LINES;
}

int screen_cols(void)
{
    return COLS;
}

bool screen_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool map_has(const struct unimapdesc *map, uint32_t c)
{
    for (unsigned i = 0; i < map->entry_ct; i++)
        if (map->entries[i].unicode == c)
            return true;
    return false;
}

/* Whether the map of a Linux console's font has each character of a text. */
static bool font_shows(int fd, const char *text)
{
    struct unimapdesc map = {.entry_ct = 0, .entries = NULL};
    bool all = false;
    uint32_t c;
    size_t n;

    ioctl(fd, GIO_UNIMAP, &map); /* fails with ENOMEM and tells how many there are */
    if (map.entry_ct == 0)
        return false;
    map.entries = calloc(map.entry_ct, sizeof(*map.entries));
    if (map.entries != NULL && ioctl(fd, GIO_UNIMAP, &map) == 0)
        for (all = true; all && *text != '\0'; text += n) {
            n = utf8_decode(text, strlen(text), &c);
            all = n > 0 && map_has(&map, c);
        }
    free(map.entries);
    return all;
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

bool screen_shows(const char *text)
{
    char kind;

    if (is_ascii(text))
        return true;
    if (!screen_utf8())
        return false;
    return ioctl(STDOUT_FILENO, KDGKBTYPE, &kind) != 0 || font_shows(STDOUT_FILENO, text);
}

bool screen_has_half_blocks(void)
{
    return screen_shows("\u2580\u2584\u2588");
}
