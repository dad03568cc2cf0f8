/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/settings_secrets.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "base/str.h"

#define GENERATION_KEY "generation"
#define END_LINE       "end\n"

/* One line "key value\n" of the file, as views into it. */
struct line {
    const char *key, *value;
    size_t key_len, value_len;
};

/* Take the next line from *text; false at the end or when it is not one. */
static bool next_line(const char **text, struct line *line)
{
    const char *lf = strchr(*text, '\n');
    const char *space = lf != NULL ? memchr(*text, ' ', (size_t)(lf - *text)) : NULL;

    if (space == NULL)
        return false;
    *line = (struct line){*text, space + 1, (size_t)(space - *text), (size_t)(lf - space - 1)};
    *text = lf + 1;
    return true;
}

static bool is_key(const struct line *line, const char *key)
{
    return line->key_len == strlen(key) && memcmp(line->key, key, line->key_len) == 0;
}

/* The secret that a line's hex stands for. */
static bool unhex(const struct line *line, struct secret *ret_secret)
{
    char hex[2 * SECRET_MAX + 1], text[SECRET_MAX];
    bool good = false;
    int n;

    if (line->value_len < sizeof(hex)) {
        memcpy(hex, line->value, line->value_len);
        hex[line->value_len] = '\0';
        n = str_unhex(text, sizeof(text), hex);
        good = n > 0 && secret_set(ret_secret, text, (size_t)n) == 0;
    }
    explicit_bzero(hex, sizeof(hex));
    explicit_bzero(text, sizeof(text));
    return good;
}

/*
 * Call each (unless NULL) for every secret of the file. False when the file is not whole and
 * well-formed; each may have been called for its beginning then.
 */
static bool walk(const struct buf *b, int64_t *ret_generation,
                 void (*each)(void *arg, const char *key, const struct secret *secret), void *arg)
{
    const char *text = buf_str(b);
    struct secret secret = SECRET_EMPTY;
    char word[24], key[SETTING_KEY_MAX];
    bool whole = false;
    struct line line;
    long generation;

    if (strlen(text) != b->len || !next_line(&text, &line) || !is_key(&line, GENERATION_KEY) ||
        !str_format(word, sizeof(word), "%.*s", (int)line.value_len, line.value) ||
        !str_to_long(word, 1, LONG_MAX, &generation))
        return false;
    *ret_generation = generation;
    while (next_line(&text, &line)) {
        if (!str_format(key, sizeof(key), "%.*s", (int)line.key_len, line.key) ||
            !unhex(&line, &secret))
            goto out;
        if (each != NULL)
            each(arg, key, &secret);
    }
    whole = strcmp(text, END_LINE) == 0;
out:
    secret_wipe(&secret);
    return whole;
}

bool secrets_generation(const struct buf *b, int64_t *ret_generation)
{
    int64_t generation;

    if (!walk(b, &generation, NULL, NULL))
        return false;
    *ret_generation = generation;
    return true;
}

struct filling {
    struct settings *s;
    int ignored, error;
};

static void fill(void *arg, const char *key, const struct secret *secret)
{
    struct filling *f = arg;
    enum setting_id id;
    bool changed;
    int server, r;

    if (setting_find(key, &id, &server, NULL) < 0 || setting_row(id)->kind != SETTING_SECRET ||
        setting_check(id, secret->text, secret->len, NULL) < 0) {
        f->ignored++;
        return;
    }
    r = settings_put_secret(f->s, id, server, secret, &changed);
    if (r < 0)
        f->error = r;
}

int secrets_parse(const struct buf *b, struct settings *s, int *ret_ignored)
{
    struct filling f = {.s = s};
    int64_t generation;

    walk(b, &generation, fill, &f);
    *ret_ignored += f.ignored;
    return f.error;
}

static int format_one(const struct settings *s, int slot, struct buf *b)
{
    const struct secret *secret = s->slots[slot].secret;
    char hex[2 * SECRET_MAX + 1], key[SETTING_KEY_MAX];
    enum setting_id id;
    int server, r;

    settings_slot_name(slot, &id, &server);
    setting_key(id, server, key);
    str_hex(hex, sizeof(hex), secret->text, secret->len);
    r = buf_printf(b, "%s %s\n", key, hex);
    explicit_bzero(hex, sizeof(hex));
    return r;
}

int secrets_format(const struct settings *s, struct buf *b)
{
    int r = buf_printf(b, GENERATION_KEY " %" PRId64 "\n", s->secrets_generation);

    for (int i = 0; i < SETTINGS_SLOT_COUNT && r == 0; i++)
        if (s->slots[i].secret != NULL)
            r = format_one(s, i, b);
    return r < 0 ? r : buf_append(b, END_LINE, strlen(END_LINE));
}
