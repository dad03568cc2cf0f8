/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/segments.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/str.h"

static const int mask_values[] = {0, 128, 192, 224, 240, 248, 252, 254, 255};

void segments_set(struct segments *s, const char *address, bool mask)
{
    unsigned char bytes[SEGMENTS];

    *s = (struct segments){.mask = mask};
    if (inet_pton(AF_INET, address, bytes) == 1)
        for (int i = 0; i < SEGMENTS; i++)
            s->value[i] = bytes[i];
}

void segments_text(const struct segments *s, char dst[SEGMENTS_TEXT])
{
    str_format(dst, SEGMENTS_TEXT, "%d.%d.%d.%d", s->value[0], s->value[1], s->value[2],
               s->value[3]);
}

static int round_trip(int value, int steps, int count)
{
    value = (value + steps) % count;
    return value < 0 ? value + count : value;
}

void segments_turn(struct segments *s, int steps)
{
    int *value = &s->value[s->at], i = 0;

    s->typed = 0;
    if (!s->mask) {
        *value = round_trip(*value, steps, 256);
        return;
    }
    while (mask_values[i] < *value)
        i++;
    *value = mask_values[round_trip(i, steps, (int)ARRAY_LEN(mask_values))];
}

bool segments_next(struct segments *s)
{
    s->typed = 0;
    if (s->at == SEGMENTS - 1)
        return false;
    s->at++;
    return true;
}

bool segments_previous(struct segments *s)
{
    s->typed = 0;
    if (s->at == 0)
        return false;
    s->at--;
    return true;
}

bool segments_type(struct segments *s, char c)
{
    int value;

    if (c == '.')
        return s->typed > 0 && s->at < SEGMENTS - 1 && segments_next(s);
    if (c < '0' || c > '9')
        return false;
    value = (s->typed > 0 ? s->value[s->at] * 10 : 0) + c - '0';
    if (value > 255 && s->at < SEGMENTS - 1) /* it is the next one's first */
        return segments_next(s) && segments_type(s, c);
    if (value > 255 || s->typed == 3)
        return false;
    s->value[s->at] = value;
    s->typed++;
    if ((s->typed == 3 || value > 25) && s->at < SEGMENTS - 1)
        segments_next(s);
    return true;
}

void segments_rub_out(struct segments *s)
{
    if (s->value[s->at] == 0 && s->typed <= 1) {
        segments_previous(s);
        return;
    }
    s->value[s->at] /= 10;
    s->typed = s->value[s->at] >= 10 ? 2 : s->value[s->at] > 0 ? 1 : 0;
}
