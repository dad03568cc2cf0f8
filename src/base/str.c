/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool str_copy(char *dst, size_t size, const char *src)
{
    size_t len = strlen(src);
    size_t n = len < size ? len : size - 1;

    if (size == 0)
        return false;
    memmove(dst, src, n);
    dst[n] = '\0';
    return n == len;
}

bool str_format(char *dst, size_t size, const char *format, ...)
{
    va_list ap;
    int n;

    va_start(ap, format);
    n = vsnprintf(dst, size, format, ap);
    va_end(ap);
    return n >= 0 && (size_t)n < size;
}

bool str_to_long(const char *text, long min, long max, long *ret_value)
{
    char *end;
    long value;

    if ((*text < '0' || *text > '9') && *text != '-')
        return false;
    errno = 0;
    value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < min || value > max)
        return false;
    *ret_value = value;
    return true;
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

const char *str_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

void str_hex(char *dst, size_t size, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *p = bytes;
    size_t out = 0;

    for (size_t i = 0; i < len && out + 2 < size; i++) {
        dst[out++] = digits[p[i] >> 4];
        dst[out++] = digits[p[i] & 15];
    }
    if (size > 0)
        dst[out] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int str_unhex(void *bytes, size_t size, const char *hex)
{
    unsigned char *p = bytes;
    size_t len = strlen(hex);

    if (len % 2 != 0 || len / 2 > size)
        return -1;
    for (size_t i = 0; i < len; i += 2) {
        int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);

        if (high < 0 || low < 0)
            return -1;
        p[i / 2] = (unsigned char)(high << 4 | low);
    }
    return (int)(len / 2);
}
