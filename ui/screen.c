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

/* The font of a Linux console. Returns whether its map has all three blocks. */
static bool font_has_half_blocks(int fd)
{
    static const unsigned short wanted[] = {0x2580, 0x2584, 0x2588};
    struct unimapdesc map = {.entry_ct = 0, .entries = NULL};
    unsigned found = 0;

    ioctl(fd, GIO_UNIMAP, &map); /* fails with ENOMEM and tells how many there are */
    if (map.entry_ct == 0)
        return false;
    map.entries = calloc(map.entry_ct, sizeof(*map.entries));
    if (map.entries != NULL && ioctl(fd, GIO_UNIMAP, &map) == 0)
        for (unsigned i = 0; i < map.entry_ct; i++)
            for (unsigned w = 0; w < 3; w++)
                if (map.entries[i].unicode == wanted[w])
                    found |= 1u << w;
    free(map.entries);
    return found == 7;
}

bool screen_has_half_blocks(void)
{
    char kind;

    if (!screen_utf8())
        return false;
    if (ioctl(STDOUT_FILENO, KDGKBTYPE, &kind) == 0)
        return font_has_half_blocks(STDOUT_FILENO);
    return true;
}
