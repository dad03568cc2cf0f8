/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segments.h - an IPv4 address as four numbers: which is edited, and what a turn makes of it. Pure.
 *
 * As on the camera a turn changes the number and a press goes on to the next one; digits can be
 * typed as well. A subnet mask steps over what cannot stand in one: 255, 254, 252 ... 128, 0.
 */
#ifndef NM_UI_SEGMENTS_H
#define NM_UI_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>

#define SEGMENTS      4
#define SEGMENTS_TEXT 16 /* bytes of "255.255.255.255" */

struct segments {
    bool mask;
    int value[SEGMENTS];
    int at;    /* the one that is edited */
    int typed; /* digits typed into it since it was reached */
};

/* Begin with an address; anything else is all zeros. */
void segments_set(struct segments *s, const char *address, bool mask);

/* "192.168.1.20" */
void segments_text(const struct segments *s, char dst[SEGMENTS_TEXT]);

/* Turn by so many steps; past the end it goes round. */
void segments_turn(struct segments *s, int steps);

/*
 * A digit, or a dot for the next segment. Returns false when it cannot stand there: then nothing
 * has changed. A segment that can take no more digits gives way to the next.
 */
bool segments_type(struct segments *s, char c);

/* Take back the last digit, or go to the segment before. */
void segments_rub_out(struct segments *s);

/* To another segment. False at the end. */
bool segments_next(struct segments *s);
bool segments_previous(struct segments *s);

#endif
