/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/own_address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdbool.h>

#define LINK_LOCAL_NET  0xa9fe0000U /* 169.254.0.0/16: RFC 3927 */
#define LINK_LOCAL_MASK 0xffff0000U

/* The address in it, NULL when others cannot reach it there. */
static const void *useful(const struct ifaddrs *i, int family)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)i->ifa_addr;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)i->ifa_addr;

    if (i->ifa_addr == NULL || i->ifa_addr->sa_family != family ||
        (i->ifa_flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP)
        return NULL;
    if (family == AF_INET)
        return (ntohl(v4->sin_addr.s_addr) & LINK_LOCAL_MASK) == LINK_LOCAL_NET ? NULL
                                                                                : &v4->sin_addr;
    return IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr) ? NULL : &v6->sin6_addr;
}

size_t own_addresses(char ret_addresses[OWN_ADDRESSES_MAX][INET6_ADDRSTRLEN])
{
    static const int families[] = {AF_INET, AF_INET6};
    struct ifaddrs *list = NULL;
    size_t count = 0;

    if (getifaddrs(&list) < 0)
        return 0;
    for (size_t f = 0; f < 2; f++) {
        for (const struct ifaddrs *i = list; i != NULL && count < OWN_ADDRESSES_MAX;
             i = i->ifa_next) {
            const void *address = useful(i, families[f]);

            if (address != NULL &&
                inet_ntop(families[f], address, ret_addresses[count], INET6_ADDRSTRLEN) != NULL)
                count++;
        }
    }
    freeifaddrs(list);
    return count;
}
