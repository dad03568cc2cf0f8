/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * random.h - unpredictable bytes from the kernel (getrandom(2)).
 */
#ifndef NM_BASE_RANDOM_H
#define NM_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fill len bytes. Aborts when the kernel gives none: nothing safe can be done then. */
void random_bytes(void *bytes, size_t len);

/* A number below limit (limit > 0), each equally likely. */
uint32_t random_below(uint32_t limit);

#endif
