/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * str.h - small helpers for C strings, all bounded.
 */
#ifndef NM_BASE_STR_H
#define NM_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Copy src into dst of size bytes, cut when too long. Returns whether all of it fitted. */
bool str_copy(char *dst, size_t size, const char *src);

/* printf into dst. Returns whether all of it fitted. */
bool str_format(char *dst, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number in decimal and nothing else. False when it is not one, or out of range. */
bool str_to_long(const char *text, long min, long max, long *ret_value);

bool str_starts(const char *text, const char *prefix);

/* The last part of a path: "b" of "a/b". */
const char *str_base_name(const char *path);

/* len bytes as lower-case hex, size >= 2 * len + 1. */
void str_hex(char *dst, size_t size, const void *bytes, size_t len);

/* The bytes that hex stands for; returns their number or -1 when it is not hex or too long. */
int str_unhex(void *bytes, size_t size, const char *hex);

#endif
