/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/list.h"

void list_focus(struct list *l, int row)
{
    if (row >= l->count)
        row = l->count - 1;
    if (row < 0)
        row = 0;
    l->focus = row;
    if (l->focus < l->top)
        l->top = l->focus;
    if (l->height > 0 && l->focus >= l->top + l->height)
        l->top = l->focus - l->height + 1;
}

void list_resize(struct list *l, int count, int height)
{
    l->count = count;
    l->height = height > 0 ? height : 1;
    if (l->top > l->count - l->height)
        l->top = l->count - l->height;
    if (l->top < 0)
        l->top = 0;
    list_focus(l, l->focus);
}

bool list_key(struct list *l, enum cmd cmd, bool wrap)
{
    int row = l->focus;

    if (cmd == CMD_UP)
        row = row > 0 || !wrap ? row - 1 : l->count - 1;
    else if (cmd == CMD_DOWN)
        row = row + 1 < l->count || !wrap ? row + 1 : 0;
    else if (cmd == CMD_PAGE_UP)
        row -= l->height;
    else if (cmd == CMD_PAGE_DOWN)
        row += l->height;
    else if (cmd == CMD_HOME)
        row = 0;
    else if (cmd == CMD_END)
        row = l->count - 1;
    else
        return false;
    list_focus(l, row);
    return true;
}

bool list_find(struct list *l, bool (*matches)(void *arg, int row), void *arg)
{
    for (int i = 1; i <= l->count; i++) {
        int row = (l->focus + i) % l->count;

        if (matches(arg, row)) {
            list_focus(l, row);
            return true;
        }
    }
    return false;
}

bool list_more_above(const struct list *l)
{
    return l->top > 0;
}

bool list_more_below(const struct list *l)
{
    return l->top + l->height < l->count;
}
