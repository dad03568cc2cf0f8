/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/help.h"

#include "base/intl.h"
#include "ui/text_page.h"
#include "ui/ui.h"

void help_show(struct ui *ui, const char *title, const char *text)
{
    struct text_page *t = text_page_new(_("Help"));

    if (title[0] != '\0') {
        text_page_add(t, title, "");
        text_page_add(t, "", text);
        text_page_add(t, "", "");
    }
    if (ui_is_plain(ui)) {
        text_page_open(ui, t, NULL, "");
        return;
    }
    text_page_add(t, _("Keys"), "");
    for (int cmd = 0; cmd < CMD_COUNT; cmd++)
        if (keys_what((enum cmd)cmd)[0] != '\0')
            text_page_add(t, keys_name((enum cmd)cmd), keys_what((enum cmd)cmd));
    text_page_open(ui, t, NULL, "");
}
