/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "access/gate_state.h"
#include "base/str.h"

#define NO_SOURCE   "(none)"
#define NO_ADDRESS  "(name)"
#define PREFIX_SIZE 8 /* bytes of a /64 */

static void key_of_ipv4(const void *address, char key[GATE_TEXT_MAX])
{
    inet_ntop(AF_INET, address, key, GATE_TEXT_MAX);
}

static void key_of_ipv6(struct in6_addr *address, char key[GATE_TEXT_MAX])
{
    char text[INET6_ADDRSTRLEN];

    if (IN6_IS_ADDR_V4MAPPED(address)) {
        key_of_ipv4(&address->s6_addr[12], key);
        return;
    }
    memset(&address->s6_addr[PREFIX_SIZE], 0, sizeof(*address) - PREFIX_SIZE);
    inet_ntop(AF_INET6, address, text, sizeof(text));
    str_format(key, GATE_TEXT_MAX, "%s/64", text);
}

void gate_source_key(const char *source, char key[GATE_TEXT_MAX])
{
    char address[GATE_TEXT_MAX];
    struct in6_addr v6;
    struct in_addr v4;
    char *zone;

    if (source == NULL || source[0] == '\0') {
        str_copy(key, GATE_TEXT_MAX, NO_SOURCE);
        return;
    }
    if (str_copy(address, sizeof(address), source)) {
        if (inet_pton(AF_INET, address, &v4) == 1) {
            key_of_ipv4(&v4, key);
            return;
        }
        zone = strchr(address, '%'); /* fe80::1%wlan0 */
        if (zone != NULL)
            *zone = '\0';
        if (inet_pton(AF_INET6, address, &v6) == 1) {
            key_of_ipv6(&v6, key);
            return;
        }
    }
    str_copy(key, GATE_TEXT_MAX, NO_ADDRESS);
}
