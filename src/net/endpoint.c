/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/endpoint.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#include "base/str.h"

const char *endpoint_text(const struct endpoint *ep, char text[ENDPOINT_TEXT_MAX])
{
    if (getnameinfo((const struct sockaddr *)&ep->addr, ep->len, text, ENDPOINT_TEXT_MAX, NULL, 0,
                    NI_NUMERICHOST) != 0)
        str_copy(text, ENDPOINT_TEXT_MAX, "?");
    return text;
}

bool endpoint_is_ipv6(const struct endpoint *ep)
{
    return ep->addr.ss_family == AF_INET6;
}

static in_port_t *port_of(struct endpoint *ep)
{
    return endpoint_is_ipv6(ep) ? &((struct sockaddr_in6 *)&ep->addr)->sin6_port
                                : &((struct sockaddr_in *)&ep->addr)->sin_port;
}

uint16_t endpoint_port(const struct endpoint *ep)
{
    struct endpoint copy = *ep;

    return ntohs(*port_of(&copy));
}

void endpoint_set_port(struct endpoint *ep, uint16_t port)
{
    *port_of(ep) = htons(port);
}

bool endpoint_same_host(const struct endpoint *a, const struct endpoint *b)
{
    const struct sockaddr_in *a4 = (const struct sockaddr_in *)&a->addr;
    const struct sockaddr_in *b4 = (const struct sockaddr_in *)&b->addr;
    const struct sockaddr_in6 *a6 = (const struct sockaddr_in6 *)&a->addr;
    const struct sockaddr_in6 *b6 = (const struct sockaddr_in6 *)&b->addr;

    if (a->addr.ss_family != b->addr.ss_family)
        return false;
    if (endpoint_is_ipv6(a))
        return memcmp(&a6->sin6_addr, &b6->sin6_addr, sizeof(a6->sin6_addr)) == 0 &&
               a6->sin6_scope_id == b6->sin6_scope_id;
    return a4->sin_addr.s_addr == b4->sin_addr.s_addr;
}
