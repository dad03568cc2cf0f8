/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit.h - a line of UTF-8 being edited, with its cursor. Pure: no drawing.
 *
 * Ownership: the text is inside. It may be a password: edit_wipe() when done. formw is not used
 * here because its buffers are columns padded with blanks: a trailing blank of a password would be
 * lost, copies of it would stay behind, and a wide character would count as one cell.
 */
#ifndef NM_UI_EDIT_H
#define NM_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#define EDIT_MAX 255 /* bytes */

struct edit {
    char text[EDIT_MAX + 1];
    size_t len;
    size_t cursor; /* byte index, at the beginning of a character */
};

/* Begin with this text, cursor at its end. Bytes that are not UTF-8 count as characters. */
void edit_set(struct edit *e, const char *text, size_t len);
void edit_wipe(struct edit *e);

/* Insert at the cursor. False when there is no room: nothing changes. */
bool edit_insert(struct edit *e, const char *bytes, size_t len);

void edit_delete_left(struct edit *e);
void edit_delete_right(struct edit *e);
void edit_left(struct edit *e);
void edit_right(struct edit *e);
void edit_home(struct edit *e);
void edit_end(struct edit *e);

/* The number of characters. */
int edit_chars(const struct edit *e);

/*
 * The part of the text round the cursor that fits into cells, made safe to show, or as many `*`.
 * Returns the cell of the cursor in it.
 */
int edit_window(const struct edit *e, bool masked, int cells, char *dst, size_t size);

#endif
