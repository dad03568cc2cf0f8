/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "base/str.h"
#include "spool/spool_private.h"

/* "5-019f3c2a77d1-00000a3f1-s1": priority, ms, order in that ms (5) and chance (4), server. */
#define TIME_DIGITS  12
#define ORDER_DIGITS 9
#define ORDER_MAX    0xfffffu
#define SERVER_MAX   99

static int64_t wall_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void spool_id_make(struct spool *sp, int priority, int server, char ret_id[JOB_ID_MAX])
{
    int64_t now = wall_ms();

    if (now > sp->last_ms) {
        sp->last_ms = now;
        sp->last_seq = 0;
    } else if (sp->last_seq < ORDER_MAX) {
        sp->last_seq++;
    } else {
        sp->last_ms++;
        sp->last_seq = 0;
    }
    str_format(ret_id, JOB_ID_MAX, "%d-%012" PRIx64 "-%05x%04x-s%d", priority,
               (uint64_t)sp->last_ms & 0xffffffffffffu, sp->last_seq, random_below(0x10000),
               server);
}

/* Step over `digits` lower-case hex digits and the '-' behind them. */
static bool skip_hex(const char **text, int digits)
{
    for (int i = 0; i < digits; i++, (*text)++) {
        if (!isdigit((unsigned char)**text) && !(**text >= 'a' && **text <= 'f'))
            return false;
    }
    return *(*text)++ == '-';
}

bool spool_id_parse(const char *text, int *ret_priority, int *ret_server)
{
    const char *p = text;
    long server;

    if (*p < '0' || *p > '9' || p[1] != '-')
        return false;
    p += 2;
    if (!skip_hex(&p, TIME_DIGITS) || !skip_hex(&p, ORDER_DIGITS))
        return false;
    if (*p != 's' || !isdigit((unsigned char)p[1]) || p[1] == '0' ||
        !str_to_long(p + 1, 1, SERVER_MAX, &server))
        return false;
    if (ret_priority != NULL)
        *ret_priority = *text - '0';
    if (ret_server != NULL)
        *ret_server = (int)server;
    return true;
}
