/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address.h - the addresses inside replies and commands: 229, 227, EPRT, PORT. Pure.
 *
 * Only ports are taken from a reply: the data connection always goes to the host that the control
 * connection goes to, whatever a server claims.
 */
#ifndef NM_FTPES_ADDRESS_H
#define NM_FTPES_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

#include "net/endpoint.h"

/* No server's passive port is below this; what is, is a service that we must not talk to. */
#define ADDRESS_PORT_MIN 1024

#define ADDRESS_TEXT_MAX (ENDPOINT_TEXT_MAX + 16)

/*
 * The port of "(|||6446|)" (RFC 2428 section 3), any delimiter, anything in the other two fields.
 * Errors: ERR_PASSIVE when there is none, or it is out of range.
 */
int address_parse_229(const char *words, size_t len, uint16_t *ret_port);

/*
 * The port of "h1,h2,h3,h4,p1,p2" (RFC 959 section 4.1.2), wherever it stands, with brackets or
 * without. Errors: ERR_PASSIVE as above, also when the numbers are not exactly six bytes.
 */
int address_parse_227(const char *words, size_t len, uint16_t *ret_port);

/* "|1|192.0.2.1|40000|" (RFC 2428 section 2). */
void address_eprt(const struct endpoint *ep, char text[ADDRESS_TEXT_MAX]);

/* "192,0,2,1,156,64"; only for IPv4. */
void address_port(const struct endpoint *ep, char text[ADDRESS_TEXT_MAX]);

#endif
