/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings_store.c - settings on disk: two files, each with its last good copy.
 *
 *     settings.json   {"format":1,"generation":9,"secrets":7,"values":{"server.1.host":"..."}}
 *     secrets         see settings_secrets.h
 *     *.good          the same once more, written last
 *     *.damaged       what could not be read, kept aside for support
 *
 * Renaming settings.json is the moment at which a change happens: "secrets" names the generation of
 * the secrets that belong to it, and of `secrets` and `secrets.good` the one of that generation
 * counts. So a battery pulled between any two steps leaves the old settings with the old secrets or
 * the new with the new.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/record.h"
#include "base/str.h"
#include "settings/settings_private.h"
#include "settings/settings_secrets.h"

#define SETTINGS_FILE "settings.json"
#define SETTINGS_GOOD "settings.json.good"
#define SECRETS_FILE  "secrets"
#define SECRETS_GOOD  "secrets.good"
#define LOCK_FILE     "settings.lock"

#define FORMAT       1
#define LOCK_WAIT_MS 5000 /* others hold the lock for milliseconds */

enum file_state {
    FILE_MISSING,
    FILE_DAMAGED,
    FILE_INTACT,
};

/* What stands in the folder, and the settings that follow from it. */
struct found {
    struct settings *s;
    struct settings_told told;
    enum file_state settings, settings_good, secrets, secrets_good;
    int64_t secrets_first, secrets_second; /* generations of secrets and secrets.good */
};

/* --- reading --------------------------------------------------------------------------------- */

/* What an outcome of file_read says about the file; negative when it is no matter of the file. */
static int state_of(int r)
{
    switch (-r) {
    case ERR_NONE:
        return FILE_INTACT;
    case ERR_NOT_FOUND:
        return FILE_MISSING;
    case ERR_PERMISSION:
    case ERR_NO_MEMORY:
        return r;
    default: /* too long, not a file, no JSON, a bad block */
        return FILE_DAMAGED;
    }
}

static int read_record(const char *folder, const char *name, struct record **ret_record,
                       struct err *e)
{
    char path[FILE_PATH_MAX];
    struct record *record = NULL;
    int r = file_path(path, folder, name, e);

    if (r < 0)
        return r;
    r = state_of(record_load(&record, path, STEP_SETTINGS, e));
    if (r == FILE_INTACT &&
        (record_int(record, "format", 0) != FORMAT || record_int(record, "generation", 0) < 1 ||
         record_int(record, "secrets", -1) < 0 || record_child(record, "values") == NULL))
        r = FILE_DAMAGED;
    if (r == FILE_INTACT)
        *ret_record = record;
    else
        record_free(record);
    return r;
}

static int read_secrets(const char *folder, const char *name, struct buf *b,
                        int64_t *ret_generation, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = file_path(path, folder, name, e);

    if (r < 0)
        return r;
    r = state_of(file_read(path, b, STEP_SETTINGS, e));
    if (r == FILE_INTACT && !secrets_generation(b, ret_generation))
        r = FILE_DAMAGED;
    return r;
}

struct filling {
    struct settings *s;
    int ignored, error;
};

static void fill(void *arg, const char *key, const char *value)
{
    struct filling *f = arg;
    enum setting_id id;
    bool changed;
    int server, r;

    if (setting_find(key, &id, &server, NULL) < 0 || setting_row(id)->kind == SETTING_SECRET ||
        setting_check(id, value, strlen(value), NULL) < 0) {
        f->ignored++;
        return;
    }
    r = settings_put(f->s, id, server, value, &changed);
    if (r < 0)
        f->error = r;
}

/* settings.json or its good copy into f. Errors: those of state_of. */
static int find_settings(const char *folder, struct found *f, struct err *e)
{
    struct record *first = NULL, *second = NULL;
    struct filling filling = {.s = f->s};
    const struct record *used;
    int r;

    r = read_record(folder, SETTINGS_FILE, &first, e);
    if (r < 0)
        goto out;
    f->settings = (enum file_state)r;
    r = read_record(folder, SETTINGS_GOOD, &second, e);
    if (r < 0)
        goto out;
    f->settings_good = (enum file_state)r;
    r = 0;
    used = first != NULL ? first : second;
    f->told.settings_restored = first == NULL && second != NULL;
    f->told.settings_lost =
        used == NULL && (f->settings == FILE_DAMAGED || f->settings_good == FILE_DAMAGED);
    if (used != NULL) {
        f->s->generation = record_int(used, "generation", 0);
        f->s->secrets_generation = record_int(used, "secrets", 0);
        record_each(record_child(used, "values"), fill, &filling);
        f->told.ignored += filling.ignored;
        if (filling.error < 0)
            r = err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    }
    if (second != NULL && record_int(second, "generation", 0) != f->s->generation)
        f->settings_good = FILE_MISSING; /* of another generation: to be written anew */
out:
    record_free(first);
    record_free(second);
    return r;
}

/* Which copy of the secrets belongs to the settings; NULL for none. */
static const struct buf *choose_secrets(struct found *f, const struct buf *first,
                                        const struct buf *second)
{
    bool first_whole = f->secrets == FILE_INTACT, second_whole = f->secrets_good == FILE_INTACT;
    int64_t want = f->s->secrets_generation;
    bool fresh = f->s->generation == 0 && !f->told.settings_lost && f->secrets_good == FILE_MISSING;

    if (fresh || (f->s->generation > 0 && want == 0))
        return NULL; /* there are none, or a first change did not get as far as its settings */
    if (f->s->generation == 0)
        f->told.settings_lost = true; /* secrets without settings: also when they are just gone */
    if (first_whole && f->secrets_first == want)
        return first;
    if (second_whole && f->secrets_second == want) {
        f->told.secrets_restored = !first_whole;
        return second;
    }
    f->told.secrets_lost = !first_whole && !second_whole;
    f->told.secrets_restored = !f->told.secrets_lost && !(f->s->generation == 0 && first_whole);
    if (f->told.secrets_lost)
        return NULL;
    return first_whole && (!second_whole || f->secrets_first > f->secrets_second) ? first : second;
}

static int find_secrets(const char *folder, struct found *f, struct err *e)
{
    struct buf first, second;
    const struct buf *used;
    int r;

    buf_init(&first, SECRETS_FILE_MAX);
    buf_init(&second, SECRETS_FILE_MAX);
    r = read_secrets(folder, SECRETS_FILE, &first, &f->secrets_first, e);
    if (r < 0)
        goto out;
    f->secrets = (enum file_state)r;
    r = read_secrets(folder, SECRETS_GOOD, &second, &f->secrets_second, e);
    if (r < 0)
        goto out;
    f->secrets_good = (enum file_state)r;
    used = choose_secrets(f, &first, &second);
    f->s->secrets_generation = used == NULL     ? 0
                               : used == &first ? f->secrets_first
                                                : f->secrets_second;
    r = 0;
    if (used != NULL && secrets_parse(used, f->s, &f->told.ignored) < 0)
        r = err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
out:
    buf_done(&first);
    buf_done(&second);
    return r;
}

/* Read all that stands in the folder, which the caller has locked. f->s is the caller's to free. */
static int find(const char *folder, struct found *f, struct err *e)
{
    int r;

    *f = (struct found){.s = settings_new()};
    if (f->s == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    r = find_settings(folder, f, e);
    if (r == 0)
        r = find_secrets(folder, f, e);
    if (r == 0)
        err_clear(e);
    return r;
}

static int lock(const char *folder, int *ret_fd, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = file_path(path, folder, LOCK_FILE, e);

    return r < 0 ? r : file_lock(path, FILE_LOCK_ALONE, LOCK_WAIT_MS, ret_fd, STEP_SETTINGS, e);
}

int settings_load(const char *folder, struct settings **ret_s, struct settings_told *ret_told,
                  struct err *e)
{
    struct found f;
    int fd = -1;
    int r = lock(folder, &fd, e);

    if (r == -ERR_BUSY || r == -ERR_TOO_LARGE)
        return r;
    r = find(folder, &f, e); /* without a lock the folder is missing or may not be written */
    if (fd >= 0)
        close(fd);
    if (r < 0) {
        settings_free(f.s);
        return r;
    }
    if (ret_told != NULL)
        *ret_told = f.told;
    *ret_s = f.s;
    return 0;
}

/* --- writing --------------------------------------------------------------------------------- */

static int write_settings(const char *folder, const char *name, const struct settings *s,
                          struct err *e)
{
    struct record *record = record_new();
    struct record *values;
    char path[FILE_PATH_MAX];
    int r = file_path(path, folder, name, e);

    record_set_int(record, "format", FORMAT);
    record_set_int(record, "generation", s->generation);
    record_set_int(record, "secrets", s->secrets_generation);
    values = record_add_child(record, "values");
    for (int i = 0; i < SETTINGS_SLOT_COUNT; i++) {
        char key[SETTING_KEY_MAX];
        enum setting_id id;
        int server;

        settings_slot_name(i, &id, &server);
        if (!s->slots[i].set || setting_row(id)->kind == SETTING_SECRET)
            continue;
        setting_key(id, server, key);
        if (setting_row(id)->kind == SETTING_NUMBER)
            record_set_int(values, key, settings_number(s, id, server));
        else
            record_set_str(values, key, s->slots[i].text);
    }
    if (r == 0)
        r = record_save(record, path, STEP_SETTINGS, e);
    record_free(record);
    return r;
}

static int write_secrets(const char *folder, const char *name, const struct settings *s,
                         struct err *e)
{
    char path[FILE_PATH_MAX];
    struct buf b;
    int r = file_path(path, folder, name, e);

    buf_init(&b, SECRETS_FILE_MAX);
    if (r == 0 && (r = secrets_format(s, &b)) < 0)
        err_set(e, (enum err_code) - r, STEP_SETTINGS);
    if (r == 0)
        r = file_write(path, 0600, b.data, b.len, STEP_SETTINGS, e);
    buf_done(&b);
    return r;
}

/* Keep a second name for a damaged file that is about to be replaced. */
static void keep_aside(const char *folder, const char *name)
{
    char path[FILE_PATH_MAX], aside[FILE_PATH_MAX];

    if (file_path(path, folder, name, NULL) < 0 ||
        !str_format(aside, sizeof(aside), "%s.damaged", path))
        return;
    unlink(aside);
    /* a link leaves no moment without the file; a folder in its place can only be renamed */
    if (link(path, aside) == 0 || rename(path, aside) == 0)
        log_error("settings: %s was damaged; kept as %s.damaged", name, name);
    else if (errno != ENOENT)
        log_error("settings: %s is damaged and cannot be kept aside (errno %d)", name, errno);
}

/*
 * Bring all four files to what was found, before a change: then a change that is cut short always
 * has whole old copies to fall back on.
 */
static int heal(const char *folder, struct found *f, struct err *e)
{
    struct settings *s = f->s;
    int64_t newest = f->secrets_first > f->secrets_second ? f->secrets_first : f->secrets_second;
    bool ignored = f->told.ignored > 0;
    bool settings_anew = f->settings != FILE_INTACT || f->told.settings_lost || ignored;
    int r = 0;

    if (s->generation == 0 && newest == 0 && !f->told.settings_lost && !f->told.secrets_lost)
        return 0; /* an empty folder */
    if (f->settings == FILE_DAMAGED || ignored)
        keep_aside(folder, SETTINGS_FILE);
    if (f->secrets == FILE_DAMAGED || ignored)
        keep_aside(folder, SECRETS_FILE);
    if (settings_anew || f->told.secrets_lost) /* past any number that the lost files had */
        s->generation = (s->generation > newest ? s->generation : newest) + 2;
    if (s->secrets_generation > 0 &&
        (f->secrets_good != FILE_INTACT || ignored || f->secrets_second != s->secrets_generation))
        r = write_secrets(folder, SECRETS_GOOD, s, e);
    if (r == 0 && s->secrets_generation > 0 &&
        (f->secrets != FILE_INTACT || ignored || f->secrets_first != s->secrets_generation))
        r = write_secrets(folder, SECRETS_FILE, s, e);
    if (r == 0 && (settings_anew || f->told.secrets_lost || f->told.secrets_restored))
        r = write_settings(folder, SETTINGS_FILE, s, e);
    if (r == 0 && (settings_anew || f->told.secrets_lost || f->told.secrets_restored ||
                   f->settings_good != FILE_INTACT))
        r = write_settings(folder, SETTINGS_GOOD, s, e);
    return r;
}

/* Put the checked changes into s. */
static int put_all(struct settings *s, const struct setting_change *changes, size_t count,
                   bool *ret_settings, bool *ret_secrets, struct err *e)
{
    int r = 0;

    for (size_t i = 0; i < count && r == 0; i++) {
        const struct setting_change *c = &changes[i];

        if (setting_row(c->id)->kind == SETTING_SECRET)
            r = settings_put_secret(s, c->id, c->server, c->secret, ret_secrets);
        else
            r = settings_put(s, c->id, c->server, c->value, ret_settings);
    }
    return r < 0 ? err_set(e, ERR_NO_MEMORY, STEP_SETTINGS) : 0;
}

/* Write a change so that renaming settings.json is what makes it hold. */
static int commit(const char *folder, struct settings *s, bool secrets_changed, struct err *e)
{
    struct err copy_error;
    int r = 0;

    s->generation++;
    if (secrets_changed) {
        s->secrets_generation = s->generation;
        r = write_secrets(folder, SECRETS_FILE, s, e);
    }
    if (r == 0)
        r = write_settings(folder, SETTINGS_FILE, s, e);
    if (r < 0)
        return r;
    r = write_settings(folder, SETTINGS_GOOD, s, &copy_error);
    if (r == 0 && secrets_changed)
        r = write_secrets(folder, SECRETS_GOOD, s, &copy_error);
    if (r < 0) /* the change holds; the next one writes the copies first */
        log_error("settings: the last good copy cannot be written (%s)", err_word(copy_error.code));
    return 0;
}

static int check_all(const struct setting_change *changes, size_t count, struct err *e)
{
    int r = 0;

    for (size_t i = 0; i < count && r == 0; i++) {
        const struct setting_change *c = &changes[i];

        if (c->value != NULL)
            r = setting_check(c->id, c->value, strlen(c->value), e);
        else if (c->secret != NULL)
            r = setting_check(c->id, c->secret->text, c->secret->len, e);
    }
    return r;
}

/* Read, heal, put and commit; the caller has locked the folder and frees f->s. */
static int change(const char *folder, struct found *f, const struct setting_change *changes,
                  size_t count, const struct settings_hook *hook, struct err *e)
{
    bool settings_changed = hook->anyway, secrets_changed = false;
    int r = find(folder, f, e);

    if (r == 0 && hook->expected >= 0 && hook->expected != f->s->generation)
        return err_set(e, ERR_CHANGED_MEANWHILE, STEP_SETTINGS);
    if (r == 0)
        r = heal(folder, f, e);
    if (r == 0)
        r = put_all(f->s, changes, count, &settings_changed, &secrets_changed, e);
    if (r < 0 || (!settings_changed && !secrets_changed))
        return r;
    if (hook->before != NULL)
        r = hook->before(hook->arg, f->s->generation, f->s->generation + 1, e);
    if (r == 0)
        r = commit(folder, f->s, secrets_changed, e);
    if (r == 0)
        log_info("settings: generation %lld, %zu values given", (long long)f->s->generation, count);
    return r;
}

int settings_apply_with(const char *folder, const struct setting_change *changes, size_t count,
                        const struct settings_hook *hook, struct err *e)
{
    struct found f = {.s = NULL};
    int fd = -1;
    int r = check_all(changes, count, e);

    if (r < 0)
        return r;
    r = file_make_folder(folder, 0700, STEP_SETTINGS, e);
    if (r == 0)
        r = lock(folder, &fd, e);
    if (r < 0)
        return r;
    file_sweep(folder); /* what a killed writer left may hold secrets */
    r = change(folder, &f, changes, count, hook, e);
    settings_free(f.s);
    close(fd);
    return r;
}

int settings_apply(const char *folder, const struct setting_change *changes, size_t count,
                   struct err *e)
{
    const struct settings_hook none = {.expected = -1};

    return settings_apply_with(folder, changes, count, &none, e);
}

int settings_locked(const char *folder, int (*fn)(void *arg, int64_t generation, struct err *e),
                    void *arg, struct err *e)
{
    struct found f = {.s = NULL};
    int fd = -1;
    int r = lock(folder, &fd, e);

    if (r < 0)
        return r;
    r = find(folder, &f, e);
    if (r == 0)
        r = fn(arg, f.s->generation, e);
    settings_free(f.s);
    close(fd);
    return r;
}
