/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_display.c - [Display]: how the menu looks, and in which language it speaks. */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "ui/dialog.h"
#include "ui/language.h"
#include "ui/pages.h"
#include "ui/popup.h"
#include "ui/screen.h"
#include "ui/ui.h"

void display_theme_changed(struct menu *m, const struct menu_row *row)
{
    (void)row;
    ui_theme_changed(m->page.ui);
}

/* What a language is called here: by its code where its own characters cannot be shown. */
static const char *name_here(const char *code)
{
    const char *name = language_name(code);

    return screen_shows(name) ? name : code;
}

void display_language_value(struct menu *m, const struct menu_row *row, char *dst, size_t size)
{
    const char *code = menu_str(m, SET_DISPLAY_LANGUAGE);

    (void)row;
    str_copy(dst, size, code[0] != '\0' ? name_here(code) : _("As the system"));
}

static void on_language(void *arg, int number)
{
    struct language list[LANGUAGES_MAX];
    struct menu *m = arg;
    size_t count = languages_list(list, LANGUAGES_MAX);
    enum language_shown shown;

    if ((size_t)number > count)
        return;
    menu_set_text(m, SET_DISPLAY_LANGUAGE, number == 0 ? "" : list[number - 1].code);
    shown = language_choose(menu_str(m, SET_DISPLAY_LANGUAGE), screen_shows);
    ui_refresh(m->page.ui);
    if (shown != LANGUAGE_SHOWN)
        dialog_tell(m->page.ui, _("Language"), language_reason(shown));
}

void display_language(struct menu *m, const struct menu_row *row)
{
    struct language list[LANGUAGES_MAX];
    const char *words[LANGUAGES_MAX + 1], *code = menu_str(m, SET_DISPLAY_LANGUAGE);
    size_t count = languages_list(list, LANGUAGES_MAX);
    int now = 0;

    (void)row;
    words[0] = _("As the system");
    for (size_t i = 0; i < count; i++) {
        words[i + 1] = screen_shows(list[i].name) ? list[i].name : list[i].code;
        if (strcmp(list[i].code, code) == 0)
            now = (int)i + 1;
    }
    popup_open(m->page.ui, _("Language"), words, (int)count + 1, now, on_language, m);
}
