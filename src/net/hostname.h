/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostname.h - whether a certificate's name is the name of the host that was wanted.
 *
 * RFC 9525 (and RFC 6125 before it): names compare without case, one final dot of the host does not
 * count, `*` stands for exactly one whole label and only the first one of three or more.
 */
#ifndef NM_NET_HOSTNAME_H
#define NM_NET_HOSTNAME_H

#include <stdbool.h>
#include <stddef.h>

/* A dNSName of len bytes against a host name. An address never matches a name. */
bool hostname_matches(const char *name, size_t len, const char *host);

/* The bytes of an iPAddress (4 or 16) against a literal address; a scope ("%eth0") is ignored. */
bool hostname_matches_address(const void *address, size_t len, const char *host);

/* Whether host is an address rather than a name. */
bool hostname_is_address(const char *host);

#endif
