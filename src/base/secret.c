/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/secret.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int secret_set(struct secret *s, const char *text, size_t len)
{
    if (len > SECRET_MAX)
        return -ERR_TOO_LARGE;
    if (memchr(text, '\0', len) != NULL)
        return -ERR_VALUE_UTF8;
    memmove(s->text, text, len); /* text may be a part of s */
    explicit_bzero(s->text + len, sizeof(s->text) - len);
    s->len = len;
    return 0;
}

void secret_copy(struct secret *dst, const struct secret *src)
{
    if (dst != src)
        memcpy(dst, src, sizeof(*dst));
}

void secret_wipe(struct secret *s)
{
    explicit_bzero(s, sizeof(*s));
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
    size_t diff = a->len ^ b->len;

    for (size_t i = 0; i < sizeof(a->text); i++)
        diff |= (size_t)((i < a->len ? a->text[i] : 0) ^ (i < b->len ? b->text[i] : 0)) & 0xff;
    return diff == 0;
}

int secret_read_line(struct secret *s, int fd)
{
    char line[SECRET_MAX + 2]; /* one more for a CR */
    size_t len = 0;
    int r;

    for (;;) {
        char c;
        ssize_t n = read(fd, &c, 1); /* byte by byte: what follows the line is not ours */

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || (n == 0 && len == 0)) {
            r = n < 0 ? -ERR_IO : -ERR_NOT_FOUND;
            goto out;
        }
        if (n == 0 || c == '\n')
            break;
        if (len == sizeof(line)) {
            r = -ERR_TOO_LARGE;
            goto out;
        }
        line[len++] = c;
    }
    if (len > 0 && line[len - 1] == '\r')
        len--;
    r = secret_set(s, line, len);
out:
    explicit_bzero(line, sizeof(line));
    return r;
}

void secret_protect_process(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* its leak check attaches to the process */
    prctl(PR_SET_DUMPABLE, 0);
#endif
}
