/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/text.h"

#include <string.h>

#include "base/intl.h"
#include "base/str.h"

const char *text_job_state(enum job_state state)
{
    switch (state) {
    case JOB_WAITING:
        return _("Waiting");
    case JOB_TRANSFERRING:
        return _("Transferring");
    case JOB_DEFERRED:
        return _("Will retry");
    case JOB_SUSPENDED:
        return _("Suspended");
    case JOB_COMPLETED:
        return _("Completed");
    case JOB_FAILED:
        return _("Failed");
    case JOB_STATE_COUNT:
        break;
    }
    return "";
}

void text_bytes(char *dst, size_t size, int64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double amount = bytes > 0 ? (double)bytes : 0;
    size_t unit = 0;

    for (; amount >= 999.5 && unit + 1 < ARRAY_LEN(units); unit++)
        amount /= 1000;
    str_format(dst, size, unit > 0 && amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
}

void text_rate(char *dst, size_t size, int64_t bytes_per_second)
{
    char amount[32];

    text_bytes(amount, sizeof(amount), bytes_per_second);
    str_format(dst, size, "%s/s", amount);
}

void text_duration(char *dst, size_t size, int64_t seconds)
{
    long long s = seconds > 0 ? seconds : 0;

    if (s < 3600)
        str_format(dst, size, "%lld:%02lld", s / 60, s % 60);
    else
        str_format(dst, size, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
}

void text_time(char *dst, size_t size, time_t t)
{
    struct tm tm;

    if (size > 0 &&
        (t <= 0 || localtime_r(&t, &tm) == NULL || strftime(dst, size, "%Y-%m-%d %H:%M", &tm) == 0))
        dst[0] = '\0';
}

/* The words of net/suites.c once more, for the catalogue: that file knows no translation. */
static const char *const suite_words[] = {
    N_("forward secrecy, authenticated encryption"),
    N_("CBC encryption"),
    N_("finite-field DHE key exchange"),
    N_("finite-field DHE key exchange, CBC encryption"),
    N_("finite-field DHE key exchange, CBC encryption, SHA-1"),
    N_("no forward secrecy"),
    N_("no forward secrecy, CBC encryption"),
    N_("no forward secrecy, CBC encryption, SHA-1"),
};

const char *text_suite_why(const struct tls_suite *suite)
{
    for (size_t i = 0; i < ARRAY_LEN(suite_words); i++)
        if (strcmp(suite_words[i], suite->why) == 0)
            return gettext(suite_words[i]);
    return NULL;
}

/* Add a sentence to dst, after a space unless it is the first. */
static void add(char *dst, size_t size, const char *sentence)
{
    size_t used = strlen(dst);

    str_format(dst + used, size - used, "%s%s", used > 0 ? " " : "", sentence);
}

void text_settings_told(const struct settings_told *told, char *dst, size_t size)
{
    char sentence[TEXT_MAX];

    if (size == 0)
        return;
    dst[0] = '\0';
    if (told->settings_lost)
        add(dst, size,
            _("The settings file is damaged and so is its last good copy: the settings "
              "are at their defaults. Enter them again."));
    else if (told->settings_restored)
        add(dst, size,
            _("The settings file is damaged: its last good copy is used. Check the "
              "settings that were changed last."));
    if (told->secrets_lost)
        add(dst, size,
            _("The file of passwords is damaged and so is its last good copy: enter all "
              "passwords again."));
    else if (told->secrets_restored)
        add(dst, size,
            _("The file of passwords is damaged: its last good copy is used. Check the "
              "passwords that were changed last."));
    if (told->ignored > 0) {
        str_format(sentence, sizeof(sentence),
                   ngettext("%d value in the settings file breaks its rule; its default is used.",
                            "%d values in the settings file break their rules; their defaults are "
                            "used.",
                            (unsigned long)told->ignored),
                   told->ignored);
        add(dst, size, sentence);
    }
    if (dst[0] != '\0')
        add(dst, size,
            _("The next change of a setting repairs the file and keeps the damaged one "
              "aside."));
}
