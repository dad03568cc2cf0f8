/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.h - foreign text made safe to show, and measured in terminal cells.
 *
 * Purpose: a file name, a server's reply or a certificate's subject may hold anything: escape
 * sequences, bidirectional overrides, zero-width characters, broken UTF-8. safe_text() turns any
 * bytes into plain printable UTF-8 before they are stored for showing or laid out.
 * Widths are wcwidth()'s, so a program calls setlocale(LC_ALL, "") first.
 */
#ifndef NM_BASE_UTF8_H
#define NM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decode one character of the len bytes at text (strict: no overlong forms, surrogates or values
 * past U+10FFFF; RFC 3629 section 4). Returns its length in bytes, 0 when the bytes are not UTF-8
 * or len is 0.
 */
size_t utf8_decode(const char *text, size_t len, uint32_t *ret_char);

/* Whether all len bytes are UTF-8 without NUL. */
bool utf8_valid(const char *text, size_t len);

/*
 * Copy src to dst (size bytes with the NUL) in a form that is safe on a terminal: controls,
 * invisible and direction-changing characters, private use and bytes that are not UTF-8 become
 * `\xNN` of their bytes; at most one combining mark follows a character. What does not fit is left
 * out, never half a character. Returns the length of dst.
 */
size_t safe_text(char *dst, size_t size, const char *src, size_t len);

/* The number of cells that a safe text takes. A character that the locale cannot show counts 1. */
int text_cells(const char *text);

/*
 * Copy as much of the safe text as fits into cells; when it does not fit, the end becomes "..".
 * Returns the number of cells used.
 */
int text_fit(char *dst, size_t size, const char *text, int cells);

#endif
