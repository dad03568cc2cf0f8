/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/keys.h"

#include <curses.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"

#define ESC     0x1b
#define CTRL(c) ((c)&0x1f)

static const struct {
    int code;
    enum cmd cmd;
} bindings[] = {
    {KEY_UP, CMD_UP},
    {'k', CMD_UP},
    {KEY_DOWN, CMD_DOWN},
    {'j', CMD_DOWN},
    {'\r', CMD_OPEN},
    {'\n', CMD_OPEN},
    {KEY_ENTER, CMD_OPEN},
    {KEY_RIGHT, CMD_RIGHT},
    {'l', CMD_RIGHT},
    {ESC, CMD_BACK},
    {KEY_CANCEL, CMD_BACK},
    {KEY_LEFT, CMD_LEFT},
    {'h', CMD_LEFT},
    {KEY_BACKSPACE, CMD_RUB_OUT},
    {0x7f, CMD_RUB_OUT},
    {CTRL('h'), CMD_RUB_OUT},
    {KEY_DC, CMD_DELETE},
    {KEY_PPAGE, CMD_PAGE_UP},
    {KEY_NPAGE, CMD_PAGE_DOWN},
    {KEY_HOME, CMD_HOME},
    {KEY_FIND, CMD_HOME},
    {CTRL('a'), CMD_HOME},
    {KEY_END, CMD_END},
    {KEY_SELECT, CMD_END},
    {CTRL('e'), CMD_END},
    {'/', CMD_SEARCH},
    {'\t', CMD_NEXT},
    {KEY_BTAB, CMD_PREVIOUS},
    {' ', CMD_TOGGLE},
    {KEY_F(1), CMD_HELP},
    {KEY_HELP, CMD_HELP},
    {'?', CMD_HELP},
    {KEY_F(2), CMD_SHOW},
    {KEY_F(5), CMD_REFRESH},
    {KEY_F(8), CMD_DISCONNECT},
    {KEY_F(10), CMD_QUIT},
    {'q', CMD_QUIT},
    {CTRL('c'), CMD_QUIT_NOW},
    {CTRL('l'), CMD_REDRAW},
    {KEY_RESIZE, CMD_RESIZE},
};

static const struct {
    const char *name, *what;
} names[] = {
#define X(cmd, name, what) {name, what},
    CMD_LIST(X)
#undef X
};

static bool take_text(struct key_reader *r, struct key *ret_key)
{
    uint32_t c;
    size_t n = utf8_decode(r->bytes, r->len, &c);

    if (n == 0)
        return false;
    *ret_key = (struct key){.cmd = CMD_TEXT, .len = n};
    memcpy(ret_key->text, r->bytes, n);
    r->len = 0;
    return true;
}

bool keys_decode(struct key_reader *r, int code, bool text, struct key *ret_key)
{
    bool printable = code >= 0x20 && code != 0x7f && code <= 0xff;

    if (!printable || code < 0x80 || (code & 0xc0) == 0xc0)
        r->len = 0; /* whatever was begun is not finished by this */
    if (printable && (text || code >= 0x80)) {
        if (r->len < sizeof(r->bytes))
            r->bytes[r->len++] = (char)code;
        return take_text(r, ret_key) && text;
    }
    for (size_t i = 0; i < ARRAY_LEN(bindings); i++) {
        if (bindings[i].code == code) {
            *ret_key = (struct key){.cmd = bindings[i].cmd};
            return true;
        }
    }
    return false;
}

const char *keys_name(enum cmd cmd)
{
    return names[cmd].name[0] != '\0' ? _(names[cmd].name) : "";
}

const char *keys_what(enum cmd cmd)
{
    return names[cmd].what[0] != '\0' ? _(names[cmd].what) : "";
}
