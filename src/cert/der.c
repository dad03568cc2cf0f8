/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cert/der.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"

#define NAME_PARTS_MAX 32   /* what follows is left out */
#define NAME_TEXT_MAX  4096 /* bytes while a name is put together */

bool der_take(struct der *in, unsigned char *ret_tag, struct der *ret_value)
{
    const unsigned char *p = in->bytes;
    size_t left = in->len, len = 0, count;

    if (left < 2)
        return false;
    count = p[1] < 0x80 ? 0 : p[1] & 0x7f; /* bytes of a long length */
    if (p[1] == 0x80 || count > 4 || left < 2 + count)
        return false;
    for (size_t i = 0; i < count; i++)
        len = len << 8 | p[2 + i];
    if (count == 0)
        len = p[1];
    left -= 2 + count;
    if (len > left)
        return false;
    *ret_tag = p[0];
    *ret_value = (struct der){p + 2 + count, len};
    *in = (struct der){p + 2 + count + len, left - len};
    return true;
}

bool der_take_tag(struct der *in, enum der_tag tag, struct der *ret_value)
{
    struct der after = *in, value;
    unsigned char got;

    if (!der_take(&after, &got, &value) || got != tag)
        return false;
    *in = after;
    *ret_value = value;
    return true;
}

static int append_char(struct buf *b, uint32_t c)
{
    char utf8[4];
    size_t n;

    if (c < 0x80) {
        utf8[0] = (char)c;
        return buf_append(b, utf8, 1);
    }
    n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        utf8[i] = (char)(0x80 | (c & 0x3f));
    utf8[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | (c & (n == 4 ? 7 : 0x1f)));
    return buf_append(b, utf8, n);
}

/* A string of one of ASN.1's kinds as UTF-8. What separates the parts of a name is escaped. */
static int append_string(struct buf *b, unsigned char tag, struct der value)
{
    size_t width = tag == DER_BMP_STRING ? 2 : tag == DER_UNIVERSAL_STRING ? 4 : 1;
    int r = 0;

    for (size_t i = 0; r == 0 && i + width <= value.len; i += width) {
        uint32_t c = 0;

        for (size_t k = 0; k < width; k++)
            c = c << 8 | value.bytes[i + k];
        if (c == ',' || c == '+' || c == '\\')
            r = buf_append(b, "\\", 1);
        if (r == 0)
            r = width > 1 || tag == DER_T61_STRING ? append_char(b, c)
                                                   : buf_append(b, &value.bytes[i], 1);
    }
    return r;
}

/* "2.5.4.97": X.690 section 8.19. */
static int append_oid(struct buf *b, struct der oid)
{
    uint64_t arc = 0;
    bool first = true;
    int r = 0;

    for (size_t i = 0; r == 0 && i < oid.len; i++) {
        arc = (arc & UINT32_MAX) << 7 | (oid.bytes[i] & 0x7f);
        if (oid.bytes[i] & 0x80)
            continue;
        if (first) {
            unsigned root = arc < 40 ? 0 : arc < 80 ? 1 : 2;

            r = buf_printf(b, "%u.%llu", root, (unsigned long long)(arc - 40 * root));
        } else {
            r = buf_printf(b, ".%llu", (unsigned long long)arc);
        }
        first = false;
        arc = 0;
    }
    return r;
}

/* The short names of RFC 4519, and those that are common beside them. */
static int append_type(struct buf *b, struct der oid)
{
    static const struct {
        const char *oid, *name;
    } types[] = {
        {"\x55\x04\x03", "CN"},
        {"\x55\x04\x04", "SN"},
        {"\x55\x04\x05", "serialNumber"},
        {"\x55\x04\x06", "C"},
        {"\x55\x04\x07", "L"},
        {"\x55\x04\x08", "ST"},
        {"\x55\x04\x09", "street"},
        {"\x55\x04\x0a", "O"},
        {"\x55\x04\x0b", "OU"},
        {"\x55\x04\x2a", "GN"},
        {"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", "emailAddress"},
        {"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01", "UID"},
        {"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", "DC"},
    };

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (strlen(types[i].oid) == oid.len && memcmp(types[i].oid, oid.bytes, oid.len) == 0)
            return buf_printf(b, "%s=", types[i].name);
    if (append_oid(b, oid) < 0)
        return -ERR_TOO_LARGE;
    return buf_append(b, "=", 1);
}

/* One part of a name: as a rule a single type and value, else joined by "+". */
static int append_part(struct buf *b, struct der part)
{
    const char *join = b->len > 0 ? ", " : "";
    struct der pair, type, value;
    unsigned char tag;
    int r = 0;

    while (r == 0 && der_take_tag(&part, DER_SEQUENCE, &pair) &&
           der_take_tag(&pair, DER_OID, &type) && der_take(&pair, &tag, &value)) {
        if ((r = buf_append(b, join, strlen(join))) == 0 && (r = append_type(b, type)) == 0)
            r = append_string(b, tag, value);
        join = "+";
    }
    return r;
}

void der_name(struct der name, char *dst, size_t size)
{
    struct der parts[NAME_PARTS_MAX];
    size_t count = 0;
    struct buf b;

    buf_init(&b, NAME_TEXT_MAX);
    while (count < NAME_PARTS_MAX && der_take_tag(&name, DER_SET, &parts[count]))
        count++;
    while (count > 0 && append_part(&b, parts[count - 1]) == 0)
        count--;
    safe_text(dst, size, buf_str(&b), b.len);
    buf_done(&b);
}
