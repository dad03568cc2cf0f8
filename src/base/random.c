/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/random.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *bytes, size_t len)
{
    char *p = bytes;

    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);

        if (n < 0 && errno != EINTR)
            abort();
        if (n > 0) {
            p += n;
            len -= (size_t)n;
        }
    }
}

uint32_t random_below(uint32_t limit)
{
    uint32_t least = -limit % limit; /* below it a remainder would be one too likely */
    uint32_t value;

    do
        random_bytes(&value, sizeof(value));
    while (value < least);
    return value % limit;
}
