/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz.h - the entry of a fuzz harness (libFuzzer's).
 *
 * A harness gives any bytes to one parser and aborts when a promise is broken. It is built twice:
 * by `make check` together with replay.c, which feeds it files and seeded changes of them; and,
 * with `CC=clang ./configure --enable-fuzz --enable-asan --enable-ubsan`, as a program of
 * libFuzzer.
 */
#ifndef NM_TESTS_FUZZ_H
#define NM_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
