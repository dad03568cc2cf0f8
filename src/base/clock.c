/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/clock.h"

#include <stddef.h>
#include <string.h>

int64_t clock_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

const char *clock_rfc3339(time_t t, char text[CLOCK_TEXT_MAX])
{
    struct tm tm;

    text[0] = '\0';
    if (gmtime_r(&t, &tm) != NULL)
        strftime(text, CLOCK_TEXT_MAX, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return text;
}

time_t clock_parse(const char *text)
{
    struct tm tm = {0};
    char again[CLOCK_TEXT_MAX];
    time_t t;

    if (text == NULL || strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm) == NULL)
        return (time_t)-1;
    t = timegm(&tm);
    /* strptime takes blanks and short numbers, timegm 30 February: they do not come back equal */
    return strcmp(clock_rfc3339(t, again), text) == 0 ? t : (time_t)-1;
}
