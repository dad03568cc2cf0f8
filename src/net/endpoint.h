/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * endpoint.h - an IPv4 or IPv6 address with its port, as a plain value.
 */
#ifndef NM_NET_ENDPOINT_H
#define NM_NET_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct endpoint {
    struct sockaddr_storage addr;
    socklen_t len;
};

#define ENDPOINT_TEXT_MAX 64

/* The address without the port, "192.0.2.1" or "2001:db8::1"; "?" when it is neither. */
const char *endpoint_text(const struct endpoint *ep, char text[ENDPOINT_TEXT_MAX]);

bool endpoint_is_ipv6(const struct endpoint *ep);
uint16_t endpoint_port(const struct endpoint *ep);
void endpoint_set_port(struct endpoint *ep, uint16_t port);

/* Whether both have the same address; the ports may differ. */
bool endpoint_same_host(const struct endpoint *a, const struct endpoint *b);

#endif
