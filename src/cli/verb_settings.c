/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_settings.c - list, get, set, reset.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "cli/ctl.h"

static const char *kind_word(enum setting_kind kind)
{
    switch (kind) {
    case SETTING_TEXT:
        return "text";
    case SETTING_NUMBER:
        return "number";
    case SETTING_SWITCH:
        return "switch";
    case SETTING_CHOICE:
        return "choice";
    case SETTING_ADDRESS:
        return "address";
    case SETTING_SECRET:
        return "secret";
    }
    return "";
}

/* {"key","kind","value","default","set"}; a secret has neither value nor default. */
static void add_setting(struct record *r, const struct settings *s, enum setting_id id, int server)
{
    const struct setting *row = setting_row(id);
    char key[SETTING_KEY_MAX], preset[SETTING_VALUE_MAX];

    setting_key(id, server, key);
    setting_preset(id, server, preset);
    record_set_str(r, "key", key);
    record_set_str(r, "kind", kind_word(row->kind));
    if (row->kind == SETTING_NUMBER) {
        record_set_int(r, "value", settings_number(s, id, server));
        record_set_int(r, "default", strtol(preset, NULL, 10));
    } else if (row->kind != SETTING_SECRET) {
        record_set_str(r, "value", settings_str(s, id, server));
        record_set_str(r, "default", preset);
    }
    record_set_bool(r, "set", settings_is_set(s, id, server));
}

/* What people see as the value. */
static const char *shown_value(const struct settings *s, enum setting_id id, int server)
{
    if (setting_row(id)->kind != SETTING_SECRET)
        return settings_str(s, id, server);
    return settings_is_set(s, id, server) ? _("(set)") : _("(not set)");
}

/* Whether a key is asked for by PREFIX: server.1 is server.1.host, but not server.10.host. */
static bool is_below(const char *key, const char *prefix)
{
    size_t len = strlen(prefix);
    char last = len > 0 ? prefix[len - 1] : '\0';

    if (!str_starts(key, prefix))
        return false;
    return last < '0' || last > '9' || key[len] == '.' || key[len] == '\0';
}

/* Call fn for each setting whose key is below prefix; returns how many there were. */
static size_t each_below(const char *prefix,
                         void (*fn)(void *arg, enum setting_id id, int server, const char *key),
                         void *arg)
{
    size_t count = 0;

    for (int server = 0; server <= SETTINGS_SERVERS; server++) {
        for (int i = 0; i < SET_COUNT; i++) {
            enum setting_id id = (enum setting_id)i;
            char key[SETTING_KEY_MAX];

            if (setting_row(id)->per_server != (server > 0))
                continue;
            setting_key(id, server, key);
            if (!is_below(key, prefix))
                continue;
            fn(arg, id, server, key);
            count++;
        }
    }
    return count;
}

struct listing {
    const struct settings *s;
    bool short_list;         /* without servers that were never set up */
    int left_out;            /* the last of those, */
    size_t left_out_count;   /* and how many there were */
    struct record *document; /* NULL: fill the table */
    struct ctl_table table;
};

static bool is_set_up(const struct settings *s, int server)
{
    for (int i = 0; i < SET_COUNT; i++)
        if (setting_row((enum setting_id)i)->per_server &&
            settings_is_set(s, (enum setting_id)i, server))
            return true;
    return false;
}

static void list_one(void *arg, enum setting_id id, int server, const char *key)
{
    struct listing *l = arg;

    if (l->short_list && server > 0 && !is_set_up(l->s, server)) {
        l->left_out_count += l->left_out != server;
        l->left_out = server;
    } else if (l->document != NULL) {
        add_setting(record_add_item(l->document, "settings"), l->s, id, server);
    } else {
        ctl_table_row(&l->table, 2, (const char *[]){key, shown_value(l->s, id, server)});
    }
}

static int fail_unknown(const struct ctl *c, const char *key)
{
    struct err e;

    err_set_args(&e, ERR_UNKNOWN_KEY, STEP_SETTINGS, key, NULL);
    return ctl_fail(c, &e, NULL);
}

int verb_list(struct ctl *c)
{
    const char *prefix = c->operand_count > 0 ? c->operands[0] : "";
    struct listing l = {
        .s = service_settings(c->service),
        .short_list = prefix[0] == '\0' && !ctl_json(c),
    };

    if (ctl_json(c))
        l.document = record_new();
    if (each_below(prefix, list_one, &l) == 0) {
        record_free(l.document);
        return fail_unknown(c, prefix);
    }
    if (ctl_json(c))
        return ctl_print(l.document);
    ctl_table_print(&l.table);
    if (l.left_out_count > 0)
        printf(ngettext("\n%zu server that was never set up is left out; netmenuctl list server.%d "
                        "shows it.\n",
                        "\n%zu servers that were never set up are left out; netmenuctl list "
                        "server.%d shows one of them.\n",
                        (unsigned long)l.left_out_count),
               l.left_out_count, l.left_out);
    return CTL_DONE;
}

/* Print one setting as it is now. */
static int print_setting(const struct ctl *c, enum setting_id id, int server)
{
    const struct settings *s = service_settings(c->service);
    struct record *document;

    if (!ctl_json(c)) {
        puts(shown_value(s, id, server));
        return CTL_DONE;
    }
    document = record_new();
    add_setting(document, s, id, server);
    return ctl_print(document);
}

int verb_get(struct ctl *c)
{
    enum setting_id id;
    struct err e;
    int server;

    if (setting_find(c->operands[0], &id, &server, &e) < 0)
        return ctl_fail(c, &e, NULL);
    return print_setting(c, id, server);
}

/* Apply changes; with --json the answer is what `key` is then. */
static int apply(struct ctl *c, const struct setting_change *changes, size_t count,
                 const char *subject)
{
    struct err e;

    if (service_apply(c->service, changes, count, &e) < 0)
        return ctl_fail(c, &e, subject);
    return ctl_json(c) ? print_setting(c, changes[0].id, changes[0].server) : CTL_DONE;
}

static int set_secret(struct ctl *c, struct setting_change *change)
{
    struct secret secret = SECRET_EMPTY;
    int r = ctl_read_secret(c, c->operand_count > 1 ? c->operands[1] : NULL, true, &secret);

    if (r == 0) {
        change->secret = &secret;
        r = apply(c, change, 1, c->operands[0]);
    }
    secret_wipe(&secret);
    return r;
}

static int set_from_input(struct ctl *c, struct setting_change *change)
{
    struct secret line = SECRET_EMPTY;
    int r = ctl_read_line(c, &line);

    if (r == 0) {
        change->value = line.text;
        r = apply(c, change, 1, c->operands[0]);
    }
    return r;
}

int verb_set(struct ctl *c)
{
    struct setting_change change = {.server = 0};
    struct err e;

    if (setting_find(c->operands[0], &change.id, &change.server, &e) < 0)
        return ctl_fail(c, &e, NULL);
    if (setting_row(change.id)->kind == SETTING_SECRET)
        return set_secret(c, &change);
    if ((c->given & CTL_FILE) != 0)
        return ctl_wrong_use(c, _("--file is for passwords"));
    if (c->operand_count < 2)
        return ctl_wrong_use(c, _("the value is missing"));
    if (strcmp(c->operands[1], "-") == 0)
        return set_from_input(c, &change);
    change.value = c->operands[1];
    return apply(c, &change, 1, c->operands[0]);
}

struct resetting {
    struct setting_change changes[SET_COUNT];
    size_t count;
};

static void reset_one(void *arg, enum setting_id id, int server, const char *key)
{
    struct resetting *r = arg;

    (void)key;
    r->changes[r->count++] = (struct setting_change){.id = id, .server = server};
}

int verb_reset(struct ctl *c)
{
    const char *key = c->operands[0];
    struct resetting all = {.count = 0};
    struct setting_change one = {.server = 0};
    char first[SETTING_KEY_MAX];

    if (setting_find(key, &one.id, &one.server, NULL) == 0)
        return apply(c, &one, 1, key);
    /* all of a server: server.3 is one when server.3.host is a key */
    if (!str_format(first, sizeof(first), "%s.host", key) ||
        setting_find(first, &one.id, &one.server, NULL) < 0)
        return fail_unknown(c, key);
    each_below(key, reset_one, &all);
    return apply(c, all.changes, all.count, key);
}
