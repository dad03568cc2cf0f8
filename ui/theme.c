/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/theme.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* A look: foreground and background (-1: the theme's own), and attributes. */
struct look {
    short fg, bg;
    attr_t attr;
};

#define PLAIN            \
    {                    \
        -1, -1, A_NORMAL \
    }

static const struct {
    const char *word;
    short fg, bg; /* of everything; -1: the terminal's own */
    struct look looks[ROLE_COUNT];
} themes[THEME_COUNT] = {
    [THEME_DARK] =
        {
            "dark",
            COLOR_WHITE,
            COLOR_BLACK,
            {
                [ROLE_TEXT] = PLAIN,
                [ROLE_TITLE] = {-1, -1, A_REVERSE},
                [ROLE_FOCUS] = {-1, -1, A_REVERSE},
                [ROLE_GREY] = {-1, -1, A_DIM},
                [ROLE_VALUE] = {COLOR_CYAN, -1, A_NORMAL},
                [ROLE_CHANGED] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_HINT] = {COLOR_YELLOW, -1, A_NORMAL},
                [ROLE_STATUS] = {-1, -1, A_BOLD},
                [ROLE_KEYS] = {COLOR_CYAN, -1, A_NORMAL},
                [ROLE_WARNING] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_BAR] = {COLOR_CYAN, -1, A_NORMAL},
                [ROLE_DIALOG] = PLAIN,
            },
        },
    [THEME_LIGHT] =
        {
            "light",
            COLOR_BLACK,
            COLOR_WHITE,
            {
                [ROLE_TEXT] = PLAIN,
                [ROLE_TITLE] = {-1, -1, A_REVERSE},
                [ROLE_FOCUS] = {-1, -1, A_REVERSE},
                [ROLE_GREY] = {-1, -1, A_DIM},
                [ROLE_VALUE] = {COLOR_BLUE, -1, A_NORMAL},
                [ROLE_CHANGED] = {COLOR_RED, -1, A_BOLD},
                [ROLE_HINT] = {COLOR_BLUE, -1, A_NORMAL},
                [ROLE_STATUS] = {-1, -1, A_BOLD},
                [ROLE_KEYS] = {COLOR_BLUE, -1, A_NORMAL},
                [ROLE_WARNING] = {COLOR_RED, -1, A_BOLD},
                [ROLE_BAR] = {COLOR_BLUE, -1, A_NORMAL},
                [ROLE_DIALOG] = PLAIN,
            },
        },
    [THEME_HIGH_CONTRAST] =
        {
            "high-contrast",
            COLOR_WHITE,
            COLOR_BLACK,
            {
                [ROLE_TEXT] = {-1, -1, A_BOLD},
                [ROLE_TITLE] = {COLOR_BLACK, COLOR_WHITE, A_NORMAL},
                [ROLE_FOCUS] = {COLOR_BLACK, COLOR_YELLOW, A_NORMAL},
                [ROLE_GREY] = PLAIN,
                [ROLE_VALUE] = {-1, -1, A_BOLD},
                [ROLE_CHANGED] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_HINT] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_STATUS] = {-1, -1, A_BOLD},
                [ROLE_KEYS] = {-1, -1, A_BOLD},
                [ROLE_WARNING] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_BAR] = {COLOR_YELLOW, -1, A_BOLD},
                [ROLE_DIALOG] = {-1, -1, A_BOLD},
            },
        },
    [THEME_MONO] =
        {
            "mono",
            -1,
            -1,
            {
                [ROLE_TEXT] = PLAIN,
                [ROLE_TITLE] = {-1, -1, A_REVERSE},
                [ROLE_FOCUS] = {-1, -1, A_REVERSE},
                [ROLE_GREY] = {-1, -1, A_DIM},
                [ROLE_VALUE] = PLAIN,
                [ROLE_CHANGED] = {-1, -1, A_BOLD},
                [ROLE_HINT] = PLAIN,
                [ROLE_STATUS] = {-1, -1, A_BOLD},
                [ROLE_KEYS] = PLAIN,
                [ROLE_WARNING] = {-1, -1, A_BOLD},
                [ROLE_BAR] = PLAIN,
                [ROLE_DIALOG] = PLAIN,
            },
        },
};

static attr_t attrs[ROLE_COUNT];
static bool black_on_white;

enum theme theme_from_word(const char *word)
{
    enum theme t = THEME_DARK;

    while (t < THEME_COUNT && strcmp(word, themes[t].word) != 0)
        t++;
    return t;
}

/* Real white where there is one: number 7 is grey on a terminal of sixteen colours. */
static short bright(short colour)
{
    return colour == COLOR_WHITE && COLORS >= 16 ? 15 : colour;
}

void theme_set(enum theme theme)
{
    const char *no_color = getenv("NO_COLOR");
    bool colours = has_colors() && COLORS >= 8 && COLOR_PAIRS > ROLE_COUNT;
    short fg, bg;

    if (!colours || (no_color != NULL && no_color[0] != '\0'))
        theme = THEME_MONO;
    fg = themes[theme].fg;
    bg = theme == THEME_LIGHT ? bright(COLOR_WHITE) : themes[theme].bg;
    if (colours)
        assume_default_colors(fg, bg);
    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct look *look = &themes[theme].looks[r];

        attrs[r] = look->attr;
        if (!colours || theme == THEME_MONO || (look->fg < 0 && look->bg < 0))
            continue;
        init_pair((short)(r + 1), look->fg < 0 ? fg : look->fg, look->bg < 0 ? bg : look->bg);
        attrs[r] |= (attr_t)COLOR_PAIR(r + 1);
    }
    black_on_white = colours;
    if (colours) {
        init_pair(ROLE_QR + 1, COLOR_BLACK, bright(COLOR_WHITE));
        attrs[ROLE_QR] = (attr_t)COLOR_PAIR(ROLE_QR + 1);
    }
    if (has_colors() && COLORS >= 16 && theme == THEME_DARK) {
        init_pair(ROLE_GREY + 1, 8, bg);
        attrs[ROLE_GREY] = (attr_t)COLOR_PAIR(ROLE_GREY + 1);
    }
}

unsigned theme_attr(enum role role)
{
    return (unsigned)attrs[role];
}

bool theme_has_black_on_white(void)
{
    return black_on_white;
}
