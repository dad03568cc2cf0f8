/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"

const char *text_outcome(enum gate_outcome outcome)
{
    static const char *const words[GATE_OUTCOMES] = {
        [GATE_RIGHT] = N_("let in"),
        [GATE_WRONG] = N_("wrong"),
        [GATE_REFUSED] = N_("refused: locked"),
        [GATE_NO_PASSWORD] = N_("refused: no password is set"),
        [GATE_LIFTED] = N_("lock lifted at the unit"),
    };

    return _(words[outcome]);
}

void text_lock(const struct service_lock *lock, char *dst, size_t size)
{
    char left[32];

    switch (lock->state) {
    case SERVICE_LOCK_OPEN:
        dst[0] = '\0';
        break;
    case SERVICE_LOCK_WAITING:
        text_duration(left, sizeof(left), (lock->left_ms + 999) / 1000);
        /* TRANSLATORS: on the status line of every page; at most 38 cells on small screens */
        str_format(dst, size, _("Logins are refused for %s"), left);
        break;
    case SERVICE_LOCK_STOPPED:
        str_copy(dst, size, _("Logins are refused until you lift it"));
        break;
    case SERVICE_LOCK_DAMAGED:
        str_copy(dst, size, _("Logins are refused: damaged record"));
        break;
    }
}
