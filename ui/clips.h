/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clips.h - the clips on all cards, which of them are shown and which are selected. No drawing.
 *
 * Calling sequence: clips_read(&c, svc); clips_show(&c, CLIPS_ALL); ... clips_queue(&c, svc, e);
 * clips_done(&c). Reading walks the cards: only when the page is opened or asked to read again.
 */
#ifndef NM_UI_CLIPS_H
#define NM_UI_CLIPS_H

#include "service/service.h"

enum clips_filter { CLIPS_ALL, CLIPS_ORIGINALS, CLIPS_PROXIES };

struct clips {
    struct media_card cards[SERVICE_CARDS_MAX];
    struct media_clips of[SERVICE_CARDS_MAX];
    size_t cards_present;
    bool incomplete;  /* some folder could not be read */
    struct err error; /* of the last card that could not be read at all */
    struct clip_row {
        int card, clip;
        bool selected;
    } * all; /* every clip of every card */
    size_t total;
    int *rows; /* those that are shown, as indexes of all */
    size_t count;
    enum clips_filter filter;
};

void clips_read(struct clips *c, struct service *svc);
void clips_done(struct clips *c);

/* Show only some kinds; what is not shown is not selected. */
void clips_show(struct clips *c, enum clips_filter filter);

const struct media_clip *clips_clip(const struct clips *c, size_t row);
const struct media_card *clips_card(const struct clips *c, size_t row);
bool clips_selected(const struct clips *c, size_t row);
void clips_select(struct clips *c, size_t row, bool selected);
void clips_select_all(struct clips *c, bool selected);

/* How many are selected, and their bytes. */
size_t clips_chosen(const struct clips *c, int64_t *ret_bytes);

/*
 * Queue the selected clips for the default server as one batch: originals below Main/.
 * Errors: those of service_queue.
 */
int clips_queue(const struct clips *c, struct service *svc, struct err *e);

#endif
