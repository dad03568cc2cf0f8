/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cells2pgm - a captured terminal screen as a picture, for decoders of QR codes.
 *
 * Reads what `tmux capture-pane -e -p` prints (text with SGR sequences) and writes a PGM of 8 x 16
 * pixels a cell. Half blocks and blanks are drawn as a terminal draws them; any other character is
 * a small blot, as text beside a code is for a camera. --light: a terminal whose default is black
 * on white.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define COLS   200
#define ROWS   100
#define CELL_W 8
#define CELL_H 16

struct look {
    int fg, bg; /* -1: the terminal's default */
    bool reverse;
};

static unsigned char picture[ROWS * CELL_H][COLS * CELL_W];
static int default_fg = 255, default_bg = 0;

/* The brightness of one of 256 colours. */
static int brightness(int colour)
{
    static const int basic[16] = {0,  60,  140, 170, 30,  80,  160, 190,
                                  85, 120, 200, 235, 100, 150, 225, 255};
    static const int steps[6] = {0, 95, 135, 175, 215, 255};

    if (colour < 16)
        return basic[colour];
    if (colour >= 232)
        return 8 + (colour - 232) * 10;
    colour -= 16;
    return (steps[colour / 36] * 30 + steps[colour / 6 % 6] * 59 + steps[colour % 6] * 11) / 100;
}

/* One SGR sequence: the parameters between ESC [ and m. */
static void take_sgr(struct look *l, char *text)
{
    int values[16], count = 0;

    for (char *p = strtok(text, ";"); p != NULL && count < 16; p = strtok(NULL, ";"))
        values[count++] = atoi(p);
    if (count == 0)
        *l = (struct look){-1, -1, false};
    for (int i = 0; i < count; i++) {
        int v = values[i];

        if (v == 0)
            *l = (struct look){-1, -1, false};
        else if (v == 7 || v == 27)
            l->reverse = v == 7;
        else if ((v == 38 || v == 48) && i + 2 < count && values[i + 1] == 5)
            *(v == 38 ? &l->fg : &l->bg) = values[i + 2], i += 2;
        else if (v >= 30 && v <= 37)
            l->fg = v - 30;
        else if (v >= 40 && v <= 47)
            l->bg = v - 40;
        else if (v >= 90 && v <= 97)
            l->fg = v - 90 + 8;
        else if (v >= 100 && v <= 107)
            l->bg = v - 100 + 8;
        else if (v == 39)
            l->fg = -1;
        else if (v == 49)
            l->bg = -1;
    }
}

static void draw(int row, int col, const struct look *l, unsigned c)
{
    int fg = l->fg < 0 ? default_fg : brightness(l->fg);
    int bg = l->bg < 0 ? default_bg : brightness(l->bg);

    if (l->reverse) {
        int swap = fg;

        fg = bg;
        bg = swap;
    }
    for (int y = 0; y < CELL_H; y++) {
        for (int x = 0; x < CELL_W; x++) {
            bool upper = y < CELL_H / 2;
            bool on = c == 0x2588 || (c == 0x2580 && upper) || (c == 0x2584 && !upper);

            if (c != ' ' && c != 0x2580 && c != 0x2584 && c != 0x2588)
                on = x > 1 && x < 6 && y > 4 && y < 12 && (x + y) % 2 == 0;
            picture[row * CELL_H + y][col * CELL_W + x] = (unsigned char)(on ? fg : bg);
        }
    }
}

int main(int argc, char **argv)
{
    static char line[COLS * 64];
    struct look look = {-1, -1, false}; /* holds on from line to line */
    int rows = 0, cols = 0;

    if (argc > 1 && strcmp(argv[1], "--light") == 0) {
        default_fg = 0;
        default_bg = 255;
    }
    memset(picture, default_bg, sizeof(picture));
    for (; rows < ROWS && fgets(line, sizeof(line), stdin) != NULL; rows++) {
        const char *p = line;
        int col = 0;

        line[strcspn(line, "\n")] = '\0';
        while (*p != '\0' && col < COLS) {
            uint32_t c = '?';
            size_t n;

            if (p[0] == '\033' && p[1] == '[') {
                char text[64] = "";
                size_t len = strcspn(p, "m");

                if (len > 2 && len - 2 < sizeof(text))
                    memcpy(text, p + 2, len - 2);
                take_sgr(&look, text);
                p += p[len] == 'm' ? len + 1 : len;
                continue;
            }
            n = utf8_decode(p, strlen(p), &c);
            draw(rows, col++, &look, c);
            p += n > 0 ? n : 1;
        }
        cols = col > cols ? col : cols;
    }
    printf("P5\n%d %d\n255\n", cols * CELL_W, rows * CELL_H);
    for (int y = 0; y < rows * CELL_H; y++)
        fwrite(picture[y], 1, (size_t)(cols * CELL_W), stdout);
    return 0;
}
