/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.h - what keys mean: one table from key to command, and their names for the key line.
 *
 * Purpose: pages know commands, never key codes. The dial is Up and Down, its press is Enter,
 * CANCEL is Esc. On a page that takes text every printable key is text, whatever else it means.
 *
 * Calling sequence: keys_decode(&reader, code, text, &key) for each code that curses gives; a
 * character of several bytes takes several calls.
 */
#ifndef NM_UI_KEYS_H
#define NM_UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

/* X(command, name of its key for people, what it does) */
#define CMD_LIST(X)                                             \
    X(CMD_NONE, "", "")                                         \
    X(CMD_TEXT, "", "")                                         \
    X(CMD_UP, N_("Up"), N_("Move up"))                          \
    X(CMD_DOWN, N_("Down"), N_("Move down"))                    \
    X(CMD_OPEN, N_("Enter"), N_("Open, apply (also Right, l)")) \
    X(CMD_BACK, N_("Esc"), N_("Back, discard (also Left, h)"))  \
    X(CMD_RIGHT, N_("Right"), "")                               \
    X(CMD_LEFT, N_("Left"), "")                                 \
    X(CMD_RUB_OUT, N_("Backspace"), "")                         \
    X(CMD_DELETE, N_("Del"), "")                                \
    X(CMD_PAGE_UP, N_("PgUp"), N_("A screen up"))               \
    X(CMD_PAGE_DOWN, N_("PgDn"), N_("A screen down"))           \
    X(CMD_HOME, N_("Home"), N_("To the first row"))             \
    X(CMD_END, N_("End"), N_("To the last row"))                \
    X(CMD_SEARCH, N_("/"), N_("Search in the list"))            \
    X(CMD_NEXT, N_("Tab"), N_("Next button or field"))          \
    X(CMD_PREVIOUS, N_("Shift-Tab"), "")                        \
    X(CMD_TOGGLE, N_("Space"), N_("Select, switch"))            \
    X(CMD_HELP, N_("F1"), N_("Help for this row (also ?)"))     \
    X(CMD_SHOW, N_("F2"), N_("Show or hide a password"))        \
    X(CMD_REFRESH, N_("F5"), N_("Read again"))                  \
    X(CMD_DISCONNECT, N_("F8"), N_("Disconnect All"))           \
    X(CMD_QUIT, N_("F10"), N_("Leave the menu (also q)"))       \
    X(CMD_QUIT_NOW, "", "")                                     \
    X(CMD_REDRAW, "", "")                                       \
    X(CMD_RESIZE, "", "")

enum cmd {
#define X(cmd, name, what) cmd,
    CMD_LIST(X)
#undef X
        CMD_COUNT
};

struct key {
    enum cmd cmd;
    char text[5]; /* CMD_TEXT: one character, UTF-8 */
    size_t len;
};

/* The bytes of a character that has not arrived whole. */
struct key_reader {
    char bytes[4];
    size_t len;
};

/*
 * One code of curses' getch. text: printable keys are text. Returns whether a key is complete;
 * codes without a meaning give none.
 */
bool keys_decode(struct key_reader *r, int code, bool text, struct key *ret_key);

/* The key's name on the key line, translated: "Enter". */
const char *keys_name(enum cmd cmd);

/* What it does, translated; "" when the help does not list it. */
const char *keys_what(enum cmd cmd);

#endif
