/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "media/media.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/str.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC)

/* --- cards -------------------------------------------------------------------------------------
 */

static void look(struct media_card *card)
{
    struct statfs fs;
    struct stat st;
    int fd = open(card->path, FOLDER_FLAGS); /* the mount point itself may be a link */

    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0 && fstatfs(fd, &fs) == 0) {
        card->present = true;
        card->device = st.st_dev;
        memcpy(&card->fs_id, &fs.f_fsid, sizeof(card->fs_id));
    }
    close(fd);
}

void media_cards(const char *const *paths, size_t count, struct media_card *ret_cards)
{
    for (size_t i = 0; i < count; i++) {
        ret_cards[i] = (struct media_card){.letter = (char)('A' + i)};
        if (str_copy(ret_cards[i].path, sizeof(ret_cards[i].path), paths[i]))
            look(&ret_cards[i]);
    }
}

bool media_same_card(const struct media_card *a, const struct media_card *b)
{
    return a->present && b->present && a->device == b->device && a->fs_id == b->fs_id &&
           strcmp(a->path, b->path) == 0;
}

int media_find(const struct media_card *cards, size_t count, const char *name,
               char ret_path[FILE_PATH_MAX], struct err *e)
{
    char path[FILE_PATH_MAX];
    struct stat st;
    bool present = false;

    for (size_t i = 0; i < count; i++) {
        present = present || cards[i].present;
        if (cards[i].present && file_path(path, cards[i].path, name, NULL) == 0 &&
            lstat(path, &st) == 0) {
            str_copy(ret_path, FILE_PATH_MAX, path);
            return 0;
        }
    }
    if (!present)
        return err_set(e, ERR_NO_CARD, STEP_CARD);
    return err_set_args(e, ERR_NOT_FOUND, STEP_CARD, name, NULL);
}

/* --- clips -------------------------------------------------------------------------------------
 */

struct walk {
    struct media_clips clips;
    size_t room;    /* clips allocated */
    size_t entries; /* names looked at */
    dev_t device;
    char path[FILE_PATH_MAX]; /* below the card, of what is looked at */
    bool no_memory;
};

static bool at_ceiling(const struct walk *w)
{
    return w->clips.count >= MEDIA_CLIPS_MAX || w->entries >= MEDIA_ENTRIES_MAX;
}

static void add_clip(struct walk *w, enum media_kind kind, const struct stat *st)
{
    struct media_clip *c;

    if (w->clips.count == w->room) {
        size_t room = w->room > 0 ? 2 * w->room : 64;
        struct media_clip *more = reallocarray(w->clips.clips, room, sizeof(*more));

        if (more == NULL) {
            w->no_memory = true;
            return;
        }
        w->clips.clips = more;
        w->room = room;
    }
    c = &w->clips.clips[w->clips.count];
    *c = (struct media_clip){
        .kind = kind, .path = strdup(w->path), .bytes = st->st_size, .mtime = st->st_mtime};
    if (c->path == NULL) {
        w->no_memory = true;
        return;
    }
    c->name = str_base_name(c->path);
    w->clips.count++;
}

static void walk_folder(struct walk *w, int fd, int depth);

/* A folder below another, open at fd. */
static void enter(struct walk *w, int fd, const char *name, int depth)
{
    int below;

    if (depth >= MEDIA_DEPTH_MAX) {
        w->clips.incomplete = true;
        return;
    }
    below = openat(fd, name, FOLDER_FLAGS | O_NOFOLLOW);
    if (below < 0)
        w->clips.incomplete = w->clips.incomplete || errno != ENOENT;
    else
        walk_folder(w, below, depth + 1);
}

static void look_at(struct walk *w, int fd, const char *name, int depth)
{
    enum media_kind kind;
    struct stat st;

    if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
        w->clips.incomplete = w->clips.incomplete || errno != ENOENT; /* deleted meanwhile */
        return;
    }
    if (st.st_dev != w->device)
        return;
    if (S_ISDIR(st.st_mode)) {
        enter(w, fd, name, depth);
        return;
    }
    kind = media_kind_of(w->path);
    if (S_ISREG(st.st_mode) && kind != MEDIA_OTHER)
        add_clip(w, kind, &st);
}

/* Look at all of a folder; closes fd. */
static void walk_folder(struct walk *w, int fd, int depth)
{
    size_t len = strlen(w->path);
    DIR *folder = fdopendir(fd);
    struct dirent *entry;

    if (folder == NULL) {
        w->no_memory = true;
        close(fd);
        return;
    }
    while (!w->no_memory) {
        errno = 0; /* readdir() tells an error from the end by it alone */
        entry = readdir(folder);
        if (entry == NULL) {
            w->clips.incomplete = w->clips.incomplete || errno != 0;
            break;
        }
        if (entry->d_name[0] == '.') /* hidden, or the halves of macOS' files */
            continue;
        if (at_ceiling(w)) {
            w->clips.incomplete = true;
            break;
        }
        w->entries++;
        if (str_format(w->path + len, sizeof(w->path) - len, len > 0 ? "/%s" : "%s", entry->d_name))
            look_at(w, dirfd(folder), entry->d_name, depth);
        else
            w->clips.incomplete = true;
        w->path[len] = '\0';
    }
    closedir(folder);
}

static int by_name(const void *a, const void *b)
{
    const struct media_clip *x = a, *y = b;
    int order = strcmp(x->name, y->name);

    return order != 0 ? order : strcmp(x->path, y->path);
}

int media_list(const struct media_card *card, struct media_clips *ret_clips, struct err *e)
{
    char slot[2] = {card->letter, '\0'};
    struct walk w = {0};
    struct stat st;
    int fd = open(card->path, FOLDER_FLAGS);

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return err_set_args(e, ERR_NO_CARD, STEP_CARD, slot, NULL);
    if (fd < 0)
        return err_set_errno(e, STEP_CARD, errno, card->path);
    if (fstat(fd, &st) < 0) {
        int r = err_set_errno(e, STEP_CARD, errno, card->path);

        close(fd);
        return r;
    }
    w.device = st.st_dev;
    walk_folder(&w, fd, 0);
    if (w.no_memory) {
        media_clips_done(&w.clips);
        return err_set(e, ERR_NO_MEMORY, STEP_CARD);
    }
    if (w.clips.count > 0)
        qsort(w.clips.clips, w.clips.count, sizeof(w.clips.clips[0]), by_name);
    *ret_clips = w.clips;
    return 0;
}

void media_clips_done(struct media_clips *clips)
{
    for (size_t i = 0; i < clips->count; i++)
        free(clips->clips[i].path);
    free(clips->clips);
    *clips = (struct media_clips){0};
}
