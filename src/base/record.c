/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/record.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define DEPTH_MAX 8 /* levels: settings need three */

/* A struct record is a json_object under another name: only this file looks inside. */
static json_object *json(const struct record *r)
{
    union {
        const struct record *record;
        json_object *object;
    } u = {.record = r};

    return u.object;
}

static struct record *record(json_object *o)
{
    union {
        json_object *object;
        struct record *record;
    } u = {.object = o};

    return u.record;
}

static json_object *must(json_object *o)
{
    if (o == NULL)
        abort();
    return o;
}

static void put(struct record *r, const char *key, json_object *value)
{
    if (json_object_object_add(json(r), key, value) < 0)
        abort();
}

static json_object *get(const struct record *r, const char *key, enum json_type type)
{
    json_object *o = NULL;

    if (r == NULL || !json_object_object_get_ex(json(r), key, &o))
        return NULL;
    return json_object_is_type(o, type) ? o : NULL;
}

struct record *record_new(void)
{
    return record(must(json_object_new_object()));
}

void record_free(struct record *r)
{
    if (r != NULL)
        json_object_put(json(r));
}

int record_parse(struct record **ret_r, const char *text, size_t len, enum err_step step,
                 struct err *e)
{
    struct json_tokener *t = json_tokener_new_ex(DEPTH_MAX);
    json_object *o = NULL;
    bool whole = false;
    size_t end;

    if (t == NULL)
        return err_set(e, ERR_NO_MEMORY, step);
    if (len <= RECORD_TEXT_MAX) {
        json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
        o = json_tokener_parse_ex(t, text, (int)len);
        end = json_tokener_get_parse_end(t);
        while (end < len && strchr(" \t\r\n", text[end]) != NULL && text[end] != '\0')
            end++;
        whole = json_tokener_get_error(t) == json_tokener_success && end == len;
    }
    json_tokener_free(t);
    if (!whole || !json_object_is_type(o, json_type_object)) {
        json_object_put(o);
        return err_set(e, ERR_DAMAGED, step);
    }
    *ret_r = record(o);
    return 0;
}

int record_load(struct record **ret_r, const char *path, enum err_step step, struct err *e)
{
    struct buf b;
    int r;

    buf_init(&b, RECORD_FILE_MAX);
    r = file_read(path, &b, step, e);
    if (r == 0) {
        r = record_parse(ret_r, buf_str(&b), b.len, step, e);
        if (r < 0)
            err_set_args(e, err_code_of(r), step, path, NULL);
    }
    buf_done(&b);
    return r;
}

int record_format(const struct record *r, bool indented, struct buf *b)
{
    int flags =
        indented ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED : JSON_C_TO_STRING_PLAIN;
    const char *text =
        json_object_to_json_string_ext(json(r), flags | JSON_C_TO_STRING_NOSLASHESCAPE);
    int rc;

    if (text == NULL)
        return -ERR_NO_MEMORY;
    rc = buf_append(b, text, strlen(text));
    return rc < 0 ? rc : buf_append(b, "\n", 1);
}

static int save(const struct record *r, const char *path, bool durable, enum err_step step,
                struct err *e)
{
    struct buf b;
    int rc;

    buf_init(&b, RECORD_FILE_MAX);
    rc = record_format(r, true, &b);
    if (rc < 0)
        err_set_args(e, err_code_of(rc), step, path, NULL);
    else if (durable)
        rc = file_write(path, 0600, b.data, b.len, step, e);
    else
        rc = file_write_volatile(path, 0600, b.data, b.len, step, e);
    buf_done(&b);
    return rc;
}

int record_save(const struct record *r, const char *path, enum err_step step, struct err *e)
{
    return save(r, path, true, step, e);
}

int record_save_volatile(const struct record *r, const char *path, enum err_step step,
                         struct err *e)
{
    return save(r, path, false, step, e);
}

void record_set_str(struct record *r, const char *key, const char *value)
{
    put(r, key, must(json_object_new_string(value)));
}

void record_set_int(struct record *r, const char *key, int64_t value)
{
    put(r, key, must(json_object_new_int64(value)));
}

void record_set_bool(struct record *r, const char *key, bool value)
{
    put(r, key, must(json_object_new_boolean(value)));
}

void record_set_null(struct record *r, const char *key)
{
    put(r, key, NULL);
}

void record_set_bytes(struct record *r, const char *key, const char *bytes)
{
    size_t len = strlen(bytes);
    size_t shown_size = 4 * len + 1;
    char *shown, *hex, hex_key[64];

    str_format(hex_key, sizeof(hex_key), "%s_hex", key);
    json_object_object_del(json(r), hex_key);
    if (utf8_valid(bytes, len)) {
        record_set_str(r, key, bytes);
        return;
    }
    shown = malloc(shown_size);
    hex = malloc(2 * len + 1);
    if (shown == NULL || hex == NULL)
        abort();
    safe_text(shown, shown_size, bytes, len);
    str_hex(hex, 2 * len + 1, bytes, len);
    record_set_str(r, key, shown);
    record_set_str(r, hex_key, hex);
    free(shown);
    free(hex);
}

struct record *record_add_child(struct record *r, const char *key)
{
    json_object *o = must(json_object_new_object());

    put(r, key, o);
    return record(o);
}

void record_set_list(struct record *r, const char *key)
{
    if (get(r, key, json_type_array) == NULL)
        put(r, key, must(json_object_new_array()));
}

struct record *record_add_item(struct record *r, const char *key)
{
    json_object *item = must(json_object_new_object());

    record_set_list(r, key);
    if (json_object_array_add(get(r, key, json_type_array), item) < 0)
        abort();
    return record(item);
}

const char *record_str(const struct record *r, const char *key, const char *fallback)
{
    json_object *o = get(r, key, json_type_string);

    return o != NULL ? json_object_get_string(o) : fallback;
}

int64_t record_int(const struct record *r, const char *key, int64_t fallback)
{
    json_object *o = get(r, key, json_type_int);

    return o != NULL ? json_object_get_int64(o) : fallback;
}

bool record_bool(const struct record *r, const char *key, bool fallback)
{
    json_object *o = get(r, key, json_type_boolean);

    return o != NULL ? json_object_get_boolean(o) : fallback;
}

bool record_bytes(const struct record *r, const char *key, char *dst, size_t size)
{
    char hex_key[64];
    const char *hex, *text;
    int n;

    str_format(hex_key, sizeof(hex_key), "%s_hex", key);
    hex = record_str(r, hex_key, NULL);
    if (hex == NULL) {
        text = record_str(r, key, NULL);
        return text != NULL && str_copy(dst, size, text);
    }
    n = size > 0 ? str_unhex(dst, size - 1, hex) : -1;
    if (n < 0 || memchr(dst, '\0', (size_t)n) != NULL)
        return false;
    dst[n] = '\0';
    return true;
}

struct record *record_child(const struct record *r, const char *key)
{
    return record(get(r, key, json_type_object));
}

size_t record_count(const struct record *r, const char *key)
{
    json_object *list = get(r, key, json_type_array);

    return list != NULL ? json_object_array_length(list) : 0;
}

struct record *record_item(const struct record *r, const char *key, size_t index)
{
    json_object *list = get(r, key, json_type_array);
    json_object *o = list != NULL ? json_object_array_get_idx(list, index) : NULL;

    return o != NULL && json_object_is_type(o, json_type_object) ? record(o) : NULL;
}

static bool is_plain(const json_object *value)
{
    return json_object_is_type(value, json_type_string) ||
           json_object_is_type(value, json_type_int) ||
           json_object_is_type(value, json_type_boolean);
}

void record_each(const struct record *r, void (*fn)(void *arg, const char *key, const char *value),
                 void *arg)
{
    json_object_object_foreach(json(r), key, value)
    {
        if (is_plain(value))
            fn(arg, key, json_object_get_string(value));
    }
}

void record_each_key(const struct record *r, void (*fn)(void *arg, const char *key, bool plain),
                     void *arg)
{
    json_object_object_foreach(json(r), key, value)
    {
        fn(arg, key, is_plain(value));
    }
}

void record_set_err(struct record *r, const char *key, const struct err *err)
{
    struct record *c = record_add_child(r, key);

    record_set_str(c, "code", err_word(err->code));
    record_set_str(c, "step", err_step_word(err->step));
    if (err->reply_code != 0)
        record_set_int(c, "reply_code", err->reply_code);
    if (err->reply[0] != '\0')
        record_set_str(c, "reply", err->reply);
    if (err->sys_errno != 0)
        record_set_int(c, "errno", err->sys_errno);
    if (err->arg[0][0] != '\0')
        record_set_str(c, "arg0", err->arg[0]);
    if (err->arg[1][0] != '\0')
        record_set_str(c, "arg1", err->arg[1]);
}

bool record_err(const struct record *r, const char *key, struct err *ret_err)
{
    const struct record *c = record_child(r, key);
    enum err_code code = err_from_word(record_str(c, "code", NULL));

    if (code == ERR_NONE)
        return false;
    err_set_args(ret_err, code, err_step_from_word(record_str(c, "step", NULL)),
                 record_str(c, "arg0", NULL), record_str(c, "arg1", NULL));
    ret_err->reply_code = (int)record_int(c, "reply_code", 0);
    ret_err->sys_errno = (int)record_int(c, "errno", 0);
    str_copy(ret_err->reply, sizeof(ret_err->reply), record_str(c, "reply", ""));
    return true;
}
