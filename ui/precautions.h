/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * precautions.h - [Security Precautions]: what an operator should know before the unit meets a
 * network, a topic a page, and each in two sentences for the help of the rows that it concerns.
 */
#ifndef NM_UI_PRECAUTIONS_H
#define NM_UI_PRECAUTIONS_H

#include <stddef.h>

#include "ui/page.h"

enum tip {
    TIP_NONE,
    TIP_NETWORKS,
    TIP_INTERNET,
    TIP_AUTHENTICATION,
    TIP_WIRELESS,
    TIP_USB,
    TIP_ENCRYPTION,
    TIP_SETTINGS_FILE,
    TIP_COUNT
};

struct precaution {
    const char *title;     /* N_() */
    const char *sentences; /* N_(): the tip itself, for the help of a row */
    const char *text;      /* N_(): the whole topic; paragraphs with an empty line between */
};

/* The topic of a tip that is not TIP_NONE. */
const struct precaution *precaution_of(enum tip tip);

/* A topic as a page to read. */
void precaution_open(struct ui *ui, enum tip tip);

#endif
