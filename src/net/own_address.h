/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * own_address.h - the addresses under which others reach this unit.
 */
#ifndef NM_NET_OWN_ADDRESS_H
#define NM_NET_OWN_ADDRESS_H

#include <netinet/in.h>
#include <stddef.h>

#define OWN_ADDRESSES_MAX 4

/*
 * The addresses of the interfaces that are up: IPv4 first, then IPv6; none of loopback, and none
 * that holds on its own link only. Returns their number.
 */
size_t own_addresses(char ret_addresses[OWN_ADDRESSES_MAX][INET6_ADDRSTRLEN]);

#endif
