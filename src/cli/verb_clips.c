/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_clips.c - the clips on the cards.
 */
#include <stdio.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"
#include "media/media.h"
#include "text/text.h"

/* All cards, for one answer: a table, or a document when it is not NULL. */
struct clip_list {
    struct record *document;
    struct ctl_table table;
};

static void add_clip(struct clip_list *l, const struct media_card *card,
                     const struct media_clip *clip)
{
    char path[2 * FILE_PATH_MAX], slot[2] = {card->letter, '\0'}, bytes[32], time[32];
    struct record *item;

    str_format(path, sizeof(path), "%s/%s", card->path, clip->path);
    if (l->document != NULL) {
        item = record_add_item(l->document, "clips");
        record_set_str(item, "card", slot);
        record_set_str(item, "kind", media_kind_word(clip->kind));
        record_set_bytes(item, "file", path);
        record_set_int(item, "bytes", clip->bytes);
        ctl_add_time(item, "modified", clip->mtime);
        return;
    }
    text_bytes(bytes, sizeof(bytes), clip->bytes);
    text_time(time, sizeof(time), clip->mtime);
    ctl_table_row(&l->table, 5,
                  (const char *[]){slot, media_kind_word(clip->kind), bytes, time, path});
}

/* One card into the list. Errors: those of media_list. */
static int add_card(struct clip_list *l, const struct media_card *card, struct err *e)
{
    struct media_clips clips;
    int r = media_list(card, &clips, e);

    if (r < 0)
        return r;
    for (size_t i = 0; i < clips.count; i++)
        add_clip(l, card, &clips.clips[i]);
    if (clips.count == 0)
        ctl_say(_("card %c (%s) has no clips"), card->letter, card->path);
    if (clips.incomplete)
        ctl_say(_("card %c (%s) could not be read completely"), card->letter, card->path);
    media_clips_done(&clips);
    return 0;
}

int verb_clips(struct ctl *c)
{
    struct media_card cards[SERVICE_CARDS_MAX];
    size_t count = service_cards(c->service, cards), present = 0;
    struct clip_list l = {.document = NULL};
    struct err e;
    int r = 0;

    if (ctl_json(c)) {
        l.document = record_new();
        record_set_list(l.document, "clips");
    }
    for (size_t i = 0; i < count && r == 0; i++) {
        if (!cards[i].present)
            continue;
        present++;
        r = add_card(&l, &cards[i], &e);
    }
    if (r == 0 && present == 0)
        r = err_set(&e, ERR_NO_CARD, STEP_CARD);
    if (r < 0) {
        record_free(l.document);
        return ctl_fail(c, &e, NULL);
    }
    if (l.document != NULL)
        return ctl_print(l.document);
    ctl_table_print(&l.table);
    return CTL_DONE;
}
