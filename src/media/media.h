/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * media.h - memory cards and the clips on them.
 *
 * Purpose: a card is a folder, as a rule the mount point of a slot. Its clips are found by a walk
 * that is bounded and leaves the card's file system by no way: originals and proxies are told apart
 * by the table in media_kind.c. Cards are only read.
 *
 * Calling sequence: media_cards(paths, count, cards); media_list(&cards[0], &clips, e);
 * media_clips_done(&clips).
 *
 * Ownership: struct media_card is a plain value; clips own their paths until media_clips_done.
 * Names on a card are any bytes: make them safe before they are shown (base/utf8.h).
 */
#ifndef NM_MEDIA_MEDIA_H
#define NM_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "base/file.h"

#define MEDIA_DEPTH_MAX   8      /* folders below the card's own */
#define MEDIA_CLIPS_MAX   20000  /* clips of a list */
#define MEDIA_ENTRIES_MAX 200000 /* names looked at for it */

struct media_card {
    char letter;              /* of the slot: 'A' is the first */
    char path[FILE_PATH_MAX]; /* of its folder */
    bool present;             /* the folder is there and can be read */
    uint64_t device, fs_id;   /* which file system stands there; 0 when not present */
};

enum media_kind {
    MEDIA_OTHER, /* not a clip */
    MEDIA_ORIGINAL,
    MEDIA_PROXY,
};

struct media_clip {
    enum media_kind kind;
    char *path;       /* below the card: "XDROOT/Clip/A001C001.MXF" */
    const char *name; /* the last part of path */
    int64_t bytes;
    time_t mtime;
};

struct media_clips {
    struct media_clip *clips; /* sorted by name, then by path */
    size_t count;
    bool incomplete; /* a folder could not be read, or a ceiling was reached */
};

/* Look at the cards as they are now; count paths give count cards, the first in slot A. */
void media_cards(const char *const *paths, size_t count, struct media_card *ret_cards);

/* Whether both stand for the same medium: false after a card was changed for another. */
bool media_same_card(const struct media_card *a, const struct media_card *b);

/*
 * The path of the file `name` in the root of the first card that has one, of whatever type: the
 * reader decides what it takes. Errors: ERR_NO_CARD when no card is present, ERR_NOT_FOUND (arg 0:
 * name).
 */
int media_find(const struct media_card *cards, size_t count, const char *name,
               char ret_path[FILE_PATH_MAX], struct err *e);

/*
 * The clips of a card. Links are not followed, other file systems not entered, hidden files and
 * folders left out. Errors: ERR_NO_CARD (arg 0: slot), ERR_PERMISSION, ERR_IO, ERR_NO_MEMORY.
 */
int media_list(const struct media_card *card, struct media_clips *ret_clips, struct err *e);
void media_clips_done(struct media_clips *clips);

/* What a file is, by its path below the card alone. */
enum media_kind media_kind_of(const char *path);

/* The word for scripts: "original", "proxy", "other". */
const char *media_kind_word(enum media_kind kind);

#endif
