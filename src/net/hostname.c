/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/hostname.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

/* The address as bytes. Returns 4, 16, or 0 when host is no address. */
static size_t parse_address(const char *host, unsigned char bytes[16])
{
    char plain[INET6_ADDRSTRLEN];
    size_t len = strcspn(host, "%");

    if (len >= sizeof(plain))
        return 0;
    memcpy(plain, host, len);
    plain[len] = '\0';
    if (inet_pton(AF_INET, plain, bytes) == 1)
        return 4;
    return inet_pton(AF_INET6, plain, bytes) == 1 ? 16 : 0;
}

bool hostname_is_address(const char *host)
{
    unsigned char bytes[16];

    return parse_address(host, bytes) != 0;
}

bool hostname_matches_address(const void *address, size_t len, const char *host)
{
    unsigned char bytes[16];
    size_t want = parse_address(host, bytes);

    return want != 0 && want == len && memcmp(address, bytes, len) == 0;
}

bool hostname_matches(const char *name, size_t len, const char *host)
{
    size_t host_len = strlen(host);
    const char *dot;

    if (hostname_is_address(host) || memchr(name, '\0', len) != NULL)
        return false;
    if (host_len > 0 && host[host_len - 1] == '.')
        host_len--;
    if (len > 0 && name[len - 1] == '.')
        len--;
    if (len == 0 || host_len == 0)
        return false;
    if (name[0] == '*') {
        /* Compare what follows the first label of each; it has to have two labels at least. */
        dot = memchr(host, '.', host_len);
        if (dot == NULL || dot == host || len < 2 || name[1] != '.' ||
            memchr(name + 2, '.', len - 2) == NULL)
            return false;
        host_len -= (size_t)(dot - host);
        host = dot;
        name++;
        len--;
    }
    if (memchr(name, '*', len) != NULL)
        return false;
    return len == host_len && strncasecmp(name, host, len) == 0;
}
