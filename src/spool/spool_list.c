/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "spool/spool_private.h"

struct list {
    struct job_entry *entries;
    size_t count, size;
};

static struct job_entry *list_grow(struct list *l)
{
    struct job_entry *entries;
    size_t size;

    if (l->count < l->size)
        return &l->entries[l->count++];
    size = l->size > 0 ? 2 * l->size : 64;
    entries = reallocarray(l->entries, size, sizeof(*entries));
    if (entries == NULL)
        return NULL;
    l->entries = entries;
    l->size = size;
    return &l->entries[l->count++];
}

static int open_state(const struct spool *sp, enum job_state state, DIR **ret_dir, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = spool_path(sp, spool_state_folder(state), NULL, path, e);

    if (r < 0)
        return r;
    *ret_dir = opendir(path);
    return *ret_dir != NULL ? 0 : err_set_errno(e, STEP_QUEUE, errno, path);
}

static int64_t to_ms(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What the file itself tells of a deferred job; zeros when it is gone. */
static void read_times(DIR *dir, struct job_entry *entry)
{
    struct stat st;

    if (fstatat(dirfd(dir), entry->id, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        entry->next = to_ms(st.st_mtim);
        entry->since = to_ms(st.st_ctim); /* rename(2) into the folder was its last change */
    }
}

static int list_state(const struct spool *sp, enum job_state state, struct list *l, struct err *e)
{
    struct dirent *d;
    DIR *dir;
    int server;
    int r = open_state(sp, state, &dir, e);

    if (r < 0)
        return r;
    while (r == 0 && (errno = 0, d = readdir(dir)) != NULL) {
        struct job_entry *entry;

        if (!spool_id_parse(d->d_name, NULL, &server))
            continue;
        entry = list_grow(l);
        if (entry == NULL) {
            r = err_set(e, ERR_NO_MEMORY, STEP_QUEUE);
            break;
        }
        *entry = (struct job_entry){.state = state, .server = server};
        str_copy(entry->id, sizeof(entry->id), d->d_name);
        if (state == JOB_DEFERRED)
            read_times(dir, entry);
    }
    if (r == 0 && errno != 0)
        r = err_set_errno(e, STEP_QUEUE, errno, sp->folder);
    closedir(dir);
    return r;
}

/* By id; of one job met in two folders, the one that was met later comes last. */
static int compare(const void *a, const void *b)
{
    const struct job_entry *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order != 0 ? order : (int)x->state - (int)y->state;
}

/* A job that moved while the folders were read may have been met twice: keep the later state. */
static size_t drop_doubles(struct job_entry *entries, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count || strcmp(entries[i].id, entries[i + 1].id) != 0)
            entries[kept++] = entries[i];
    }
    return kept;
}

int spool_list(struct spool *sp, unsigned states, struct job_entry **ret_list, size_t *ret_count,
               struct err *e)
{
    struct list l = {0};
    int r = 0;

    for (enum job_state s = 0; s < JOB_STATE_COUNT && r == 0; s++) {
        if (states & (1u << s))
            r = list_state(sp, s, &l, e);
    }
    if (r < 0) {
        free(l.entries);
        return r;
    }
    if (l.count > 1)
        qsort(l.entries, l.count, sizeof(*l.entries), compare);
    *ret_list = l.entries;
    *ret_count = drop_doubles(l.entries, l.count);
    return 0;
}

/* The entries whose id has text in it, counted; *ret_at is one of them, the very id if it is there.
 */
static size_t count_matches(const struct job_entry *list, size_t count, const char *text,
                            size_t *ret_at)
{
    size_t matches = 0;

    for (size_t i = 0; i < count; i++) {
        if (strstr(list[i].id, text) == NULL)
            continue;
        matches++;
        *ret_at = i;
        if (strcmp(list[i].id, text) == 0)
            return 1;
    }
    return matches;
}

int spool_find(struct spool *sp, const char *text, char ret_id[JOB_ID_MAX], struct err *e)
{
    struct job_entry *list = NULL;
    size_t count, matches, at = 0;
    char number[24];
    int r;

    if (strlen(text) < SPOOL_PART_MIN)
        return err_set_limits(e, ERR_VALUE_LENGTH, STEP_QUEUE, SPOOL_PART_MIN, JOB_ID_MAX - 1);
    r = spool_list(sp, JOB_STATES_ALL, &list, &count, e);
    if (r < 0)
        return r;
    matches = count_matches(list, count, text, &at);
    if (matches == 1) {
        str_copy(ret_id, JOB_ID_MAX, list[at].id);
    } else if (spool_id_parse(text, NULL, NULL)) {
        str_copy(ret_id, JOB_ID_MAX, text); /* on the move perhaps, and missed by the list */
    } else if (matches == 0) {
        r = err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, text, NULL);
    } else {
        str_format(number, sizeof(number), "%zu", matches);
        r = err_set_args(e, ERR_AMBIGUOUS, STEP_QUEUE, text, number);
    }
    free(list);
    return r;
}

int spool_count(struct spool *sp, size_t ret_counts[JOB_STATE_COUNT], struct err *e)
{
    size_t counts[JOB_STATE_COUNT] = {0};
    struct dirent *d;
    DIR *dir;

    for (enum job_state s = 0; s < JOB_STATE_COUNT; s++) {
        int r = open_state(sp, s, &dir, e);

        if (r < 0)
            return r;
        while ((d = readdir(dir)) != NULL)
            counts[s] += spool_id_parse(d->d_name, NULL, NULL);
        closedir(dir);
    }
    memcpy(ret_counts, counts, sizeof(counts));
    return 0;
}
