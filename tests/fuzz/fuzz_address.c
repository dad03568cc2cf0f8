/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as the words of 229 and 227. A port that is taken is one that we may connect to, stands
 * there in digits, and nothing is set when none is taken.
 */
#include "tests/fuzz/fuzz.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "ftpes/address.h"

#define UNTOUCHED 7 /* no port that is ever taken */

static void check(int r, uint16_t port)
{
    if (r == 0 && port < ADDRESS_PORT_MIN)
        abort();
    if (r != 0 && (r != -ERR_PASSIVE || port != UNTOUCHED))
        abort();
}

static void check_229(const char *words, size_t len)
{
    char digits[8];
    uint16_t port = UNTOUCHED;
    int r = address_parse_229(words, len, &port);

    check(r, port);
    snprintf(digits, sizeof(digits), "%u", (unsigned)port);
    if (r == 0 && memmem(words, len, digits, strlen(digits)) == NULL)
        abort();
}

/* The two bytes of the port, with or without leading zeros. */
static void check_227(const char *words, size_t len)
{
    char digits[8];
    uint16_t port = UNTOUCHED;
    int r = address_parse_227(words, len, &port);

    check(r, port);
    for (int shift = 0; r == 0 && shift <= 8; shift += 8) {
        snprintf(digits, sizeof(digits), "%u", (unsigned)(port >> shift & 255));
        if (memmem(words, len, digits, strlen(digits)) == NULL)
            abort();
    }
}

/* What we say ourselves can be read back, behind whatever holds no digit. */
static void check_own(const char *before, size_t len)
{
    struct endpoint ep = {.len = sizeof(struct sockaddr_in)};
    char text[ADDRESS_TEXT_MAX], words[4 * ADDRESS_TEXT_MAX];
    uint16_t port = UNTOUCHED, ours = (uint16_t)(ADDRESS_PORT_MIN + len * 40503 % 60000);
    size_t n = 0;

    ep.addr.ss_family = AF_INET;
    endpoint_set_port(&ep, ours);
    address_port(&ep, text);
    while (n < len && n < 2 * ADDRESS_TEXT_MAX && (before[n] < '0' || before[n] > '9'))
        n++;
    memcpy(words, before, n);
    snprintf(words + n, sizeof(words) - n, " (%s)", text);
    if (address_parse_227(words, n + strlen(words + n), &port) != 0 || port != ours)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *words = (const char *)data;

    check_229(words, size);
    check_227(words, size);
    check_own(words, size);
    return 0;
}
