/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/names.h"

#include <string.h>

#include "base/str.h"
#include "ftpes/command.h"

#define TEMP_ID_MAX 64

bool name_ok(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len < NAMES_MAX && strchr(name, '/') == NULL && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0 && command_argument_ok(name);
}

bool name_id_ok(const char *temp_id)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    size_t len = strlen(temp_id);

    return len > 0 && len <= TEMP_ID_MAX && strspn(temp_id, allowed) == len;
}

void name_temporary(char name[NAMES_MAX], const char *temp_id, bool hidden)
{
    str_format(name, NAMES_MAX, "%snetmenu-%s.part", hidden ? "." : "", temp_id);
}

bool name_numbered(char dst[NAMES_MAX], const char *name, unsigned number)
{
    const char *dot = strrchr(name, '.');
    int stem;

    if (number <= 1)
        return str_copy(dst, NAMES_MAX, name);
    if (dot == NULL || dot == name)
        dot = name + strlen(name);
    stem = (int)(dot - name);
    return str_format(dst, NAMES_MAX, "%.*s (%u)%s", stem, name, number, dot);
}

bool name_next_part(const char **path, char part[NAMES_MAX])
{
    const char *from = *path + strspn(*path, "/");
    size_t len = strcspn(from, "/");

    *path = from + len;
    if (len == 0 || len >= NAMES_MAX)
        return false;
    memcpy(part, from, len);
    part[len] = '\0';
    return true;
}

bool name_from_257(char *dst, size_t size, const char *words, size_t len)
{
    const char *end = words + len;
    const char *p = memchr(words, '"', len);
    size_t n = 0;

    if (p == NULL)
        return false;
    for (p++; p < end; p++) {
        if (*p == '"' && (p + 1 == end || *++p != '"')) {
            dst[n] = '\0';
            return n > 0;
        }
        if (*p == '\0' || n + 1 >= size)
            return false;
        dst[n++] = *p;
    }
    return false;
}
