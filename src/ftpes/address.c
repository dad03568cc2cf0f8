/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/address.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int take_port(long port, uint16_t *ret_port)
{
    if (port < ADDRESS_PORT_MIN || port > UINT16_MAX)
        return -ERR_PASSIVE;
    *ret_port = (uint16_t)port;
    return 0;
}

/* A number of at most five digits at *p, which moves behind it. Returns -1 when there is none. */
static long take_number(const char **p, const char *end)
{
    long value = 0;
    int digits = 0;

    for (; *p < end && is_digit(**p); (*p)++) {
        if (++digits > 5)
            return -1;
        value = value * 10 + (**p - '0');
    }
    return digits > 0 ? value : -1;
}

int address_parse_229(const char *words, size_t len, uint16_t *ret_port)
{
    const char *end = words + len;
    const char *p = memchr(words, '(', len);
    char delimiter;
    long port;

    if (p == NULL || ++p == end || *p < 33 || *p > 126 || is_digit(*p))
        return -ERR_PASSIVE;
    delimiter = *p++;
    for (int field = 0; field < 2; field++) { /* protocol and address: not ours to believe */
        p = memchr(p, delimiter, (size_t)(end - p));
        if (p == NULL)
            return -ERR_PASSIVE;
        p++;
    }
    port = take_number(&p, end);
    if (p == end || *p != delimiter)
        return -ERR_PASSIVE;
    return take_port(port, ret_port);
}

/* Where a list of numbers begins: a digit, in a run of digits and commas that has more than one
 * number. */
static const char *find_list(const char *p, const char *end)
{
    while (p < end) {
        const char *from = p;
        bool comma = false;

        while (p < end && (is_digit(*p) || *p == ',')) {
            comma |= p > from && is_digit(*p) && p[-1] == ',';
            p++;
        }
        if (comma && is_digit(*from))
            return from;
        if (p == from)
            p++;
    }
    return NULL;
}

int address_parse_227(const char *words, size_t len, uint16_t *ret_port)
{
    const char *end = words + len;
    const char *p = find_list(words, end);
    long numbers[6];

    if (p == NULL)
        return -ERR_PASSIVE;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (i > 0 && (p == end || *p++ != ','))
            return -ERR_PASSIVE;
        numbers[i] = take_number(&p, end);
        if (numbers[i] < 0 || numbers[i] > 255)
            return -ERR_PASSIVE;
    }
    if (p < end && *p == ',')
        return -ERR_PASSIVE;
    return take_port(numbers[4] * 256 + numbers[5], ret_port);
}

void address_eprt(const struct endpoint *ep, char text[ADDRESS_TEXT_MAX])
{
    char host[ENDPOINT_TEXT_MAX];

    endpoint_text(ep, host);
    host[strcspn(host, "%")] = '\0'; /* a scope means nothing to the other side */
    str_format(text, ADDRESS_TEXT_MAX, "|%d|%s|%u|", endpoint_is_ipv6(ep) ? 2 : 1, host,
               (unsigned)endpoint_port(ep));
}

void address_port(const struct endpoint *ep, char text[ADDRESS_TEXT_MAX])
{
    char host[ENDPOINT_TEXT_MAX];
    unsigned port = endpoint_port(ep);

    endpoint_text(ep, host);
    for (char *p = host; *p != '\0'; p++)
        if (*p == '.')
            *p = ',';
    str_format(text, ADDRESS_TEXT_MAX, "%s,%u,%u", host, port / 256, port % 256);
}
