/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/str.h"
#include "ftpes/check.h"

/* --- words ------------------------------------------------------------------------------- */

const char *check_id_word(enum check_id id)
{
    static const char *const words[CHECK_COUNT] = {
#define X(id, word) [CHECK_##id] = word,
        CHECK_LIST(X)
#undef X
    };

    return words[id];
}

const char *check_outcome_word(enum check_outcome outcome)
{
    switch (outcome) {
    case CHECK_WAITING:
        return "waiting";
    case CHECK_RUNNING:
        return "running";
    case CHECK_OK:
        return "ok";
    case CHECK_NOTE:
        return "note";
    case CHECK_WARNING:
        return "warning";
    case CHECK_FAILED:
        return "failed";
    case CHECK_SKIPPED:
        return "skipped";
    case CHECK_OUTCOME_COUNT:
        break;
    }
    return "";
}

const char *check_suite_word(enum check_suite suite)
{
    switch (suite) {
    case CHECK_SUITE_UNTRIED:
        break;
    case CHECK_SUITE_YES:
        return "yes";
    case CHECK_SUITE_NO:
        return "no";
    case CHECK_SUITE_REFUSED:
        return "refused";
    case CHECK_SUITE_UNKNOWN:
        return "unknown";
    }
    return "untried";
}

const char *check_resumption_word(enum check_resumption resumption)
{
    switch (resumption) {
    case CHECK_RESUMPTION_UNKNOWN:
        break;
    case CHECK_RESUMPTION_REQUIRED:
        return "required";
    case CHECK_RESUMPTION_USED:
        return "used";
    case CHECK_RESUMPTION_NONE:
        return "none";
    }
    return "unknown";
}

/* --- the verdict ------------------------------------------------------------------------- */

/* Whether the kind of the server's key fits a suite; an unknown one fits all. */
static bool key_fits(const struct check_report *r, const struct tls_suite *suite)
{
    bool ecdsa = strstr(suite->name, "_ECDSA_") != NULL;

    return r->chain_count == 0 || str_starts(r->chain[0].key, "ECDSA") == ecdsa;
}

/* Every item has come to its end, and none of them in failure. What is skipped was not needed, if
 * nothing that failed stood in its way. */
static bool is_ready(const struct check_report *r)
{
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        const struct check_item *item = &r->items[i];

        if (item->outcome == CHECK_WAITING || item->outcome == CHECK_RUNNING ||
            item->outcome == CHECK_FAILED)
            return false;
    }
    return r->items[CHECK_RENAME].outcome == CHECK_OK;
}

void check_judge(const struct check_report *r, struct check_verdict *ret_verdict)
{
    struct check_verdict v = {.ready = is_ready(r), .suites_known = r->secure};

    for (size_t i = 0; i < TLS_SUITE_COUNT; i++) {
        enum check_suite now = r->suites[i];

        if (now == CHECK_SUITE_UNKNOWN ||
            (now == CHECK_SUITE_UNTRIED && tls_suite_offered(&tls_suites[i])))
            v.suites_known = false;
        if (!tls_suites[i].deprecated)
            v.recommended_only |= now == CHECK_SUITE_YES;
        else
            v.disable[i] = now == CHECK_SUITE_YES || now == CHECK_SUITE_REFUSED;
        v.disable_count += v.disable[i];
    }
    for (size_t i = 0; i < TLS_SUITE_COUNT && !v.recommended_only; i++) {
        v.enable[i] = !tls_suites[i].deprecated && r->suites[i] == CHECK_SUITE_NO &&
                      key_fits(r, &tls_suites[i]);
        v.enable_count += v.enable[i];
    }
    v.tls13 = r->tls13 == CHECK_SUITE_YES;
    *ret_verdict = v;
}
