/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_private.h - the untranslated sentences of errors, for src/text/ and its test.
 */
#ifndef NM_TEXT_TEXT_PRIVATE_H
#define NM_TEXT_TEXT_PRIVATE_H

#include "base/err.h"

struct err_sentence {
    const char *cause;
    const char *cause_plain; /* when the first argument is empty; NULL: cause has none */
    const char *remedy;      /* NULL: nothing to do */
};

/* NULL for ERR_NONE only. */
const struct err_sentence *err_sentence(enum err_code code);

/* "Logging in"; "" for STEP_NONE. */
const char *step_sentence(enum err_step step);

#endif
