/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address.h - entering an IPv4 address by segments: turn, press, or type it.
 *
 * Purpose: a page of its own, as for a text (entry.h). A turn changes a segment (quick turns in
 * bigger steps), a press goes to the next one, then to the buttons [Done] [None] [Cancel]; Esc goes
 * one step back and at last leaves. Done says what is wrong with the address.
 *
 * Calling sequence: fill a struct address_request; address_open(ui, &request, "192.168.1.20").
 */
#ifndef NM_UI_ADDRESS_H
#define NM_UI_ADDRESS_H

#include "settings/settings.h"
#include "ui/page.h"

struct address_request {
    const char *title;       /* translated */
    const char *hint;        /* translated */
    enum setting_id setting; /* a SETTING_ADDRESS, whose rule holds */
    bool mask;               /* a subnet mask: segments step over what cannot be */
    /* Gets the address, "" for none, when the page has gone. */
    void (*done)(void *arg, const char *text, size_t len);
    void *arg;
};

void address_open(struct ui *ui, const struct address_request *request, const char *text);

#endif
