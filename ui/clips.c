/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/clips.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define ORIGINALS_FOLDER "Main" /* below the Destination Directory, as on the sibling cameras */

void clips_done(struct clips *c)
{
    for (int i = 0; i < SERVICE_CARDS_MAX; i++)
        media_clips_done(&c->of[i]);
    free(c->all);
    free(c->rows);
    memset(c, 0, sizeof(*c));
}

void clips_read(struct clips *c, struct service *svc)
{
    enum clips_filter filter = c->filter;
    size_t cards;

    clips_done(c);
    cards = service_cards(svc, c->cards);
    for (size_t i = 0; i < cards; i++) {
        if (!c->cards[i].present)
            continue;
        c->cards_present++;
        if (media_list(&c->cards[i], &c->of[i], &c->error) == 0) {
            c->total += c->of[i].count;
            c->incomplete = c->incomplete || c->of[i].incomplete;
        }
    }
    c->all = calloc(c->total + 1, sizeof(*c->all));
    c->rows = calloc(c->total + 1, sizeof(*c->rows));
    c->total = 0;
    for (size_t i = 0; c->all != NULL && c->rows != NULL && i < cards; i++)
        for (size_t k = 0; k < c->of[i].count; k++)
            c->all[c->total++] = (struct clip_row){.card = (int)i, .clip = (int)k};
    clips_show(c, filter);
}

void clips_show(struct clips *c, enum clips_filter filter)
{
    c->filter = filter;
    c->count = 0;
    for (size_t i = 0; i < c->total; i++) {
        enum media_kind kind = c->of[c->all[i].card].clips[c->all[i].clip].kind;

        if ((filter == CLIPS_ORIGINALS && kind != MEDIA_ORIGINAL) ||
            (filter == CLIPS_PROXIES && kind != MEDIA_PROXY))
            c->all[i].selected = false;
        else
            c->rows[c->count++] = (int)i;
    }
}

const struct media_clip *clips_clip(const struct clips *c, size_t row)
{
    const struct clip_row *r = &c->all[c->rows[row]];

    return &c->of[r->card].clips[r->clip];
}

const struct media_card *clips_card(const struct clips *c, size_t row)
{
    return &c->cards[c->all[c->rows[row]].card];
}

bool clips_selected(const struct clips *c, size_t row)
{
    return c->all[c->rows[row]].selected;
}

void clips_select(struct clips *c, size_t row, bool selected)
{
    c->all[c->rows[row]].selected = selected;
}

void clips_select_all(struct clips *c, bool selected)
{
    for (size_t i = 0; i < c->count; i++)
        clips_select(c, i, selected);
}

size_t clips_chosen(const struct clips *c, int64_t *ret_bytes)
{
    size_t chosen = 0;
    int64_t bytes = 0;

    for (size_t i = 0; i < c->count; i++) {
        if (clips_selected(c, i)) {
            chosen++;
            bytes += clips_clip(c, i)->bytes;
        }
    }
    *ret_bytes = bytes;
    return chosen;
}

int clips_queue(const struct clips *c, struct service *svc, struct err *e)
{
    int64_t bytes;
    size_t chosen = clips_chosen(c, &bytes), n = 0;
    struct service_file *files = calloc(chosen + 1, sizeof(*files));
    char(*paths)[FILE_PATH_MAX] = calloc(chosen + 1, sizeof(*paths));
    int r;

    if (files == NULL || paths == NULL) {
        r = err_set(e, ERR_NO_MEMORY, STEP_QUEUE);
        goto out;
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct media_clip *clip = clips_clip(c, i);
        bool original = clip->kind == MEDIA_ORIGINAL;

        if (!clips_selected(c, i))
            continue;
        str_format(paths[n], sizeof(paths[n]), "%s/%s", clips_card(c, i)->path, clip->path);
        files[n] = (struct service_file){
            .path = paths[n],
            .folder = original ? ORIGINALS_FOLDER : "",
            .priority = original ? JOB_ORIGINAL : JOB_PROXY,
        };
        n++;
    }
    r = service_queue(svc, 0, files, n, NULL, e);
out:
    free(files);
    free(paths);
    return r;
}
