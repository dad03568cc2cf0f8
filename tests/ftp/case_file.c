/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "case_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"

#define DEFAULT_MS 10000
#define LINE_MAX   4096

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "test_cases: %s: %s\n", what, detail);
    exit(2);
}

static const char *after(const char *line, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(line, word, len) != 0 || (line[len] != ' ' && line[len] != '\0'))
        return NULL;
    return line[len] == ' ' ? line + len + 1 : line + len;
}

/* --- reading --------------------------------------------------------------------------------- */

static void read_lines(struct case_file *c, const char *folder, const char *name, const char *end)
{
    char path[FILE_PATH_MAX], line[LINE_MAX];
    FILE *f;

    str_format(path, sizeof(path), "%s/%s%s", folder, name, end);
    f = fopen(path, "re");
    if (f == NULL)
        die(path, strerror(errno));
    while (fgets(line, sizeof(line), f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' && c->subject[0] == '\0')
            str_copy(c->subject, sizeof(c->subject), line + strspn(line, "# "));
        if (line[0] == '#' || line[0] == '\0')
            continue;
        if (line[0] == '@')
            read_lines(c, folder, line + 1, ".inc");
        else if (c->count < CASE_LINES)
            c->lines[c->count++] = strdup(line);
    }
    fclose(f);
}

/* Put the variant's value in place of $V, and its words in place of $1 to $4. */
static void fill_in(char **line, const char *value, size_t len)
{
    char filled[LINE_MAX];
    size_t n = 0;

    for (const char *p = *line; *p != '\0' && n < sizeof(filled) - 1; p++) {
        const char *from = value;
        size_t size = len;

        if (*p != '$' || strchr("V1234", p[1]) == NULL || p[1] == '\0') {
            filled[n++] = *p;
            continue;
        }
        for (int word = *++p == 'V' ? 1 : *p - '0'; word > 1; word--) {
            from += strcspn(from, " ");
            from += *from == ' ';
        }
        size = *p == 'V' ? len : strcspn(from, " ");
        str_format(filled + n, sizeof(filled) - n, "%.*s", (int)size, from);
        n += strlen(filled + n);
    }
    filled[n] = '\0';
    free(*line);
    *line = strdup(filled);
}

/* The variant of that number: the value of its line "each". */
static void choose_variant(struct case_file *c, size_t variant)
{
    const char *value = NULL;

    for (size_t i = 0; i < c->count; i++)
        if (after(c->lines[i], "each") != NULL && c->variants++ == variant)
            value = after(c->lines[i], "each");
    for (size_t i = 0; i < c->count && value != NULL; i++)
        if (after(c->lines[i], "each") == NULL)
            fill_in(&c->lines[i], value, strlen(value));
}

void case_load(struct case_file *c, const char *folder, const char *name, size_t variant)
{
    size_t i;

    memset(c, 0, sizeof(*c));
    read_lines(c, folder, name, ".case");
    choose_variant(c, variant);
    for (i = 0; i < c->count && strcmp(c->lines[i], "server") != 0; i++) {
        if (after(c->lines[i], "only") != NULL)
            c->only = after(c->lines[i], "only");
        else if (after(c->lines[i], "trust") != NULL)
            c->trust = after(c->lines[i], "trust");
        else if (after(c->lines[i], "whole") != NULL)
            c->whole = true;
    }
    c->script = c->lines + ++i;
    for (; i < c->count && strcmp(c->lines[i], "expect") != 0; i++)
        c->script_lines++;
    if (i >= c->count)
        die(name, "no expect");
    c->expected = c->lines + i + 1;
    c->expected_lines = c->count - i - 1;
}

void case_unload(struct case_file *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->lines[i]);
}

bool case_has_mode(const struct case_file *c, enum case_mode mode)
{
    static const char *const names[CASE_MODES] = {"plain", "tls12", "tls13"};

    if (c->only == NULL || strcmp(c->only, names[mode]) == 0)
        return true;
    return strcmp(c->only, "tls") == 0 && mode != CASE_PLAIN;
}

/* --- settings -------------------------------------------------------------------------------- */

/* \\r \\n \\t and \\\\ in a setting's line. */
static void unescape(char *line)
{
    static const char names[] = "rnt\\", bytes[] = "\r\n\t\\";
    char *to = line;

    for (const char *p = line; *p != '\0'; p++) {
        const char *name = *p == '\\' && p[1] != '\0' ? strchr(names, p[1]) : NULL;

        *to++ = name != NULL ? bytes[name - names] : *p;
        p += name != NULL;
    }
    *to = '\0';
}

static void add_file(struct driver *d, const char *rest)
{
    const char *space = strrchr(rest, ' ');

    if (space == NULL || d->files == DRIVER_FILES)
        die("file", rest);
    d->names[d->files] = strndup(rest, (size_t)(space - rest));
    d->sizes[d->files++] = strtoul(space + 1, NULL, 10);
}

static bool take_deadline(struct ftpes_times *times, const char *line)
{
    const struct {
        const char *word;
        int64_t *ms;
    } rows[] = {
        {"reply", &times->reply}, {"stall", &times->stall}, {"final", &times->final},
        {"close", &times->close}, {"mark", &times->mark},   {"connect", &times->connect},
    };
    const char *rest;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        rest = after(line, rows[i].word);
        if (rest != NULL) {
            *rows[i].ms = strtol(rest, NULL, 10);
            return true;
        }
    }
    return false;
}

static bool is_about_the_run(const char *line)
{
    return after(line, "only") != NULL || after(line, "trust") != NULL ||
           after(line, "whole") != NULL || after(line, "each") != NULL;
}

static void take_setting(struct driver *d, const char *line)
{
    const char *rest;

    if (after(line, "active") != NULL)
        d->params.passive = false;
    else if ((rest = after(line, "host")) != NULL)
        d->params.host = rest;
    else if (after(line, "ipv6") != NULL)
        d->ipv6 = true;
    else if ((rest = after(line, "exists")) != NULL)
        d->task.exists = *rest == 'k' ? FTPES_EXISTS_KEEP_BOTH : FTPES_EXISTS_SKIP;
    else if ((rest = after(line, "folder")) != NULL)
        d->task.folder = rest;
    else if ((rest = after(line, "user")) != NULL)
        d->params.user = rest;
    else if ((rest = after(line, "password")) != NULL)
        d->password = rest;
    else if (after(line, "cancel") != NULL)
        d->cancel = true;
    else if ((rest = after(line, "named")) != NULL)
        d->task.named = rest;
    else if (after(line, "more") != NULL)
        d->more = true;
    else if (after(line, "in-turn") != NULL)
        d->params.in_turn = true;
    else if ((rest = after(line, "cancel-after")) != NULL)
        d->cancel_ms = strtol(rest, NULL, 10);
    else if ((rest = after(line, "free-in-resume")) != NULL)
        d->free_at = strtol(rest, NULL, 10);
    else if (after(line, "resume") != NULL)
        d->task.resume = true;
    else if (after(line, "remove") != NULL)
        d->task.remove = true;
    else if ((rest = after(line, "mtime")) != NULL)
        d->task.mtime = strtol(rest, NULL, 10);
    else if ((rest = after(line, "fault")) != NULL)
        d->fault = rest;
    else if ((rest = after(line, "file")) != NULL)
        add_file(d, rest);
    else if (!take_deadline(&d->params.times, line) && !is_about_the_run(line))
        die("not a setting", line);
}

void case_apply(const struct case_file *c, enum case_mode mode, const char *certs, struct driver *d)
{
    char path[FILE_PATH_MAX];

    driver_init(d, DEFAULT_MS);
    for (char *const *line = c->lines; line < c->script - 1; line++) {
        unescape(*line);
        take_setting(d, *line);
    }
    if (mode == CASE_PLAIN)
        return;
    str_format(path, sizeof(path), "%s/%s.pem", certs, c->trust != NULL ? c->trust : "ca");
    driver_trust(d, path);
    d->params.policy = mode == CASE_TLS13 ? TLS_POLICY_TLS13 : TLS_POLICY_COMPATIBLE;
}
