/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/menu_edit.h"

#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/address.h"
#include "ui/entry.h"
#include "ui/popup.h"
#include "ui/ui.h"

#define OPTIONS_MAX 24

static const char *const switch_words[] = {N_("Off"), N_("On")};

/* The words of a switch or choice for people, in the setting's order. */
static const char *const *words_of(const struct menu_row *row)
{
    return row->words == NULL && setting_row(row->setting)->kind == SETTING_SWITCH ? switch_words
                                                                                   : row->words;
}

/* The number of a value among the setting's words; -1 when it is none. */
static int choice_of(const struct menu_row *row, const char *value)
{
    const char *const *choices = setting_row(row->setting)->choices;

    for (int i = 0; choices != NULL && choices[i] != NULL; i++)
        if (strcmp(choices[i], value) == 0)
            return i;
    return -1;
}

static void setting_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    const char *value = menu_str(m, row->setting);
    int choice;

    switch (setting_row(row->setting)->kind) {
    case SETTING_SECRET:
        if (menu_secret(m, row->setting)->len > 0)
            str_copy(dst, size, "********");
        break;
    case SETTING_SWITCH:
    case SETTING_CHOICE:
        choice = choice_of(row, value);
        if (choice >= 0)
            str_copy(dst, size, _(words_of(row)[choice]));
        break;
    case SETTING_TEXT:
    case SETTING_NUMBER:
    case SETTING_ADDRESS:
        safe_text(dst, size, value, strlen(value));
        break;
    }
    if (dst[0] == '\0' && row->empty != NULL)
        str_copy(dst, size, _(row->empty));
}

void menu_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    dst[0] = '\0';
    if (row->value != NULL)
        row->value(m, row, dst, size);
    else if (row->kind == ROW_SETTING)
        setting_value(m, row, dst, size);
}

static void changed(struct menu *m)
{
    const struct menu_row *row = m->editing;

    if (row->changed != NULL)
        row->changed(m, row);
    ui_redraw(m->page.ui);
}

static void on_chosen(void *arg, int number)
{
    struct menu *m = arg;

    menu_set_text(m, m->editing->setting, setting_row(m->editing->setting)->choices[number]);
    changed(m);
}

static void on_number(void *arg, int number)
{
    struct menu *m = arg;
    char value[24];

    str_format(value, sizeof(value), "%ld", setting_row(m->editing->setting)->min + number);
    menu_set_text(m, m->editing->setting, value);
    changed(m);
}

static void on_entered(void *arg, const char *text, size_t len)
{
    struct menu *m = arg;

    if (setting_row(m->editing->setting)->kind == SETTING_SECRET) {
        struct secret s = SECRET_EMPTY;

        secret_set(&s, text, len);
        menu_set_secret(m, m->editing->setting, &s);
        secret_wipe(&s);
    } else {
        menu_set_text(m, m->editing->setting, text);
    }
    changed(m);
}

static void edit_choice(struct menu *m, const struct menu_row *row)
{
    const char *words[OPTIONS_MAX];
    const char *const *choices = setting_row(row->setting)->choices;
    char label[80];
    int count = 0;

    for (; choices[count] != NULL && count < OPTIONS_MAX; count++)
        words[count] = _(words_of(row)[count]);
    menu_label(row, label, sizeof(label));
    popup_open(m->page.ui, label, words, count, choice_of(row, menu_str(m, row->setting)),
               on_chosen, m);
}

/* A short range is a list of options, a long one is entered. */
static bool edit_short_range(struct menu *m, const struct menu_row *row)
{
    const struct setting *s = setting_row(row->setting);
    char numbers[OPTIONS_MAX][24], label[80];
    const char *words[OPTIONS_MAX];
    long now = s->min;

    if (s->kind != SETTING_NUMBER || s->max - s->min >= OPTIONS_MAX)
        return false;
    for (long i = 0; i <= s->max - s->min; i++) {
        str_format(numbers[i], sizeof(numbers[i]), "%ld", s->min + i);
        words[i] = numbers[i];
    }
    str_to_long(menu_str(m, row->setting), s->min, s->max, &now);
    menu_label(row, label, sizeof(label));
    popup_open(m->page.ui, label, words, (int)(s->max - s->min + 1), (int)(now - s->min), on_number,
               m);
    return true;
}

static void edit_text(struct menu *m, const struct menu_row *row)
{
    bool secret = setting_row(row->setting)->kind == SETTING_SECRET;
    const char *text = secret ? "" : menu_str(m, row->setting);
    char label[80];
    struct entry_request request = {
        .title = label,
        .hint = row->hint != NULL ? _(row->hint) : "",
        .setting = row->setting,
        .secret = secret,
        .done = on_entered,
        .arg = m,
    };

    menu_label(row, label, sizeof(label));
    entry_open(m->page.ui, &request, text, strlen(text));
}

static void edit_address(struct menu *m, const struct menu_row *row)
{
    char label[80], text[SETTING_VALUE_MAX];
    struct address_request request = {
        .title = label,
        .hint = row->hint != NULL ? _(row->hint) : "",
        .setting = row->setting,
        .mask = row->mask,
        .done = on_entered,
        .arg = m,
    };

    menu_label(row, label, sizeof(label));
    str_copy(text, sizeof(text), menu_str(m, row->setting));
    if (text[0] == '\0' && row->suggest != NULL)
        row->suggest(m, row, text, sizeof(text));
    address_open(m->page.ui, &request, text);
}

void menu_edit(struct menu *m, const struct menu_row *row)
{
    m->editing = row;
    switch (setting_row(row->setting)->kind) {
    case SETTING_SWITCH:
    case SETTING_CHOICE:
        edit_choice(m, row);
        break;
    case SETTING_NUMBER:
        if (edit_short_range(m, row))
            break;
        edit_text(m, row);
        break;
    case SETTING_ADDRESS:
        edit_address(m, row);
        break;
    case SETTING_TEXT:
    case SETTING_SECRET:
        edit_text(m, row);
        break;
    }
}

bool menu_toggle(struct menu *m, const struct menu_row *row)
{
    if (row->kind != ROW_SETTING || row->run != NULL ||
        setting_row(row->setting)->kind != SETTING_SWITCH)
        return false;
    m->editing = row;
    menu_set_text(m, row->setting, menu_on(m, row->setting) ? "off" : "on");
    changed(m);
    return true;
}
