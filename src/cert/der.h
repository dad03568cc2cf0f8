/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * der.h - the few parts of a certificate that are looked at beside the TLS library (X.690 section
 * 10, RFC 5280 section 4.1): its outline, and names as text.
 *
 * A struct der is a view of bytes that the caller owns; taking from it moves its beginning.
 */
#ifndef NM_CERT_DER_H
#define NM_CERT_DER_H

#include <stdbool.h>
#include <stddef.h>

enum der_tag {
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OID = 0x06,
    DER_UTF8_STRING = 0x0c,
    DER_T61_STRING = 0x14,
    DER_UNIVERSAL_STRING = 0x1c,
    DER_BMP_STRING = 0x1e,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT_0 = 0xa0,
};

struct der {
    const unsigned char *bytes;
    size_t len;
};

/* Take the next value of whatever tag. False at the end or when it reaches past the end. */
bool der_take(struct der *in, unsigned char *ret_tag, struct der *ret_value);

/* Take the next value if it has this tag. False otherwise, and nothing is taken. */
bool der_take_tag(struct der *in, enum der_tag tag, struct der *ret_value);

/*
 * A Name as text, the most telling part first: "CN=Studio Root, O=Studio" (in the manner of RFC
 * 4514), safe to show, cut when longer than size.
 */
void der_name(struct der name, char *dst, size_t size);

#endif
