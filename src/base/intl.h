/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * intl.h - translation marks, for src/text, src/cli and ui only.
 *
 * _("text") translates; N_("text") marks text in a table that is translated where it is shown;
 * C_("context", "Off") tells two equal short words apart.
 */
#ifndef NM_BASE_INTL_H
#define NM_BASE_INTL_H

#include "config.h"

#if ENABLE_NLS
#include <libintl.h>
#include <locale.h>
#define _(text) gettext(text)
#else
#include <locale.h>
#define _(text)                        (text)
#define gettext(text)                  (text)
#define ngettext(one, many, n)         ((n) == 1 ? (one) : (many))
#define bindtextdomain(domain, folder) ((void)0)
#define textdomain(domain)             ((void)0)
#endif

#define N_(text) text

#endif
