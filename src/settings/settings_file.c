/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/settings_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/record.h"
#include "base/str.h"
#include "base/utf8.h"
#include "settings/seal.h"
#include "settings/settings_private.h"
#include "settings/settings_secrets.h"

#define WHAT        "settings"
#define FORMAT      1
#define KDF         "scrypt"
#define CIPHER      "aes-256-gcm"
#define SEALED_MAX  (SECRETS_FILE_MAX + SEAL_TAG)
#define ABOUT_MAX   80
#define CERTIFICATE "server."

struct settings_file {
    struct settings *s; /* the values and, once opened, the passwords */
    bool named[SETTINGS_SLOT_COUNT];
    struct record *document; /* certificates stay in it */
    bool sealed, open;
    struct seal seal;
    struct buf sealed_text;
    char made_by[ABOUT_MAX], made[ABOUT_MAX];
};

/* Whether a file carries this setting in the clear. */
static bool is_carried(enum setting_id id)
{
    return setting_row(id)->group != SETTING_OF_ACCESS && setting_row(id)->kind != SETTING_SECRET;
}

static int wrong(struct err *e, const char *where)
{
    return err_set_args(e, ERR_SETTINGS_FILE, STEP_SETTINGS, where, NULL);
}

/* --- what the passwords are bound to ---------------------------------------------------------- */

struct binding {
    struct buf *text;
    int error;
};

static void bind_one(void *arg, const char *key, const char *value)
{
    struct binding *b = arg;

    if (b->error == 0)
        b->error = buf_printf(b->text, "%s %s\n", key, value);
}

/* Values and certificates as lines, in the order of the file. Errors: those of buf_append. */
static int bound_text(const struct record *document, struct buf *ret_text)
{
    struct binding b = {.text = ret_text};

    record_each(record_child(document, "values"), bind_one, &b);
    record_each(record_child(document, "certificates"), bind_one, &b);
    return b.error;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void add_values(struct record *values, const struct settings *s)
{
    for (int i = 0; i < SETTINGS_SLOT_COUNT; i++) {
        char key[SETTING_KEY_MAX];
        enum setting_id id;
        int server;

        settings_slot_name(i, &id, &server);
        if (!is_carried(id))
            continue;
        setting_key(id, server, key);
        if (setting_row(id)->kind == SETTING_NUMBER)
            record_set_int(values, key, settings_number(s, id, server));
        else
            record_set_str(values, key, settings_str(s, id, server));
    }
}

/* The passwords alone, in the form of the secrets file. */
static int secrets_text(const struct settings *s, struct buf *ret_text, struct err *e)
{
    struct settings *copy = settings_new();
    bool changed;
    int r = copy != NULL ? 0 : -ERR_NO_MEMORY;

    for (int i = 0; i < SETTINGS_SLOT_COUNT && r == 0; i++) {
        enum setting_id id;
        int server;

        settings_slot_name(i, &id, &server);
        if (s->slots[i].secret != NULL && setting_row(id)->group != SETTING_OF_ACCESS)
            r = settings_put_secret(copy, id, server, s->slots[i].secret, &changed);
    }
    if (r == 0) {
        copy->secrets_generation = 1;
        r = secrets_format(copy, ret_text);
    }
    settings_free(copy);
    return r < 0 ? err_set(e, err_code_of(r), STEP_SETTINGS) : 0;
}

static void set_hex(struct record *r, const char *key, const void *bytes, size_t len)
{
    char *hex = malloc(2 * len + 1);

    if (hex == NULL)
        abort(); /* as record_set_str would */
    str_hex(hex, 2 * len + 1, bytes, len);
    record_set_str(r, key, hex);
    free(hex);
}

static void add_sealed(struct record *document, const struct seal *seal, const struct buf *sealed)
{
    struct record *r = record_add_child(document, "secrets");

    record_set_str(r, "kdf", KDF);
    record_set_int(r, "log_n", seal->log_n);
    record_set_int(r, "r", seal->r);
    record_set_int(r, "p", seal->p);
    set_hex(r, "salt", seal->salt, SEAL_SALT);
    record_set_str(r, "cipher", CIPHER);
    set_hex(r, "nonce", seal->nonce, SEAL_NONCE);
    set_hex(r, "sealed", sealed->data, sealed->len);
}

static int add_secrets(struct record *document, const struct settings *s,
                       const struct secret *passphrase, struct err *e)
{
    struct buf bound, text, sealed;
    struct seal seal;
    int r;

    if (passphrase->len < SETTINGS_PASSPHRASE_MIN)
        return err_set_limits(e, ERR_VALUE_LENGTH, STEP_SETTINGS, SETTINGS_PASSPHRASE_MIN,
                              SECRET_MAX);
    buf_init(&bound, SETTINGS_FILE_MAX);
    buf_init(&text, SECRETS_FILE_MAX);
    buf_init(&sealed, SEALED_MAX);
    r = bound_text(document, &bound);
    if (r < 0)
        err_set(e, err_code_of(r), STEP_SETTINGS);
    else
        r = secrets_text(s, &text, e);
    if (r == 0)
        r = seal_close(passphrase, text.data, text.len, buf_str(&bound), bound.len, &seal, &sealed,
                       e);
    if (r == 0)
        add_sealed(document, &seal, &sealed);
    buf_done(&bound);
    buf_done(&text);
    buf_done(&sealed);
    return r;
}

int settings_file_format(const struct settings *s, const char *const pems[SETTINGS_SERVERS + 1],
                         const struct secret *passphrase, time_t now, struct buf *ret_text,
                         struct err *e)
{
    struct record *document = record_new(), *certificates;
    char made[ABOUT_MAX] = "";
    struct tm tm;
    int r = 0;

    record_set_str(document, "netmenu", WHAT);
    record_set_int(document, "format", FORMAT);
    record_set_str(document, "made_by", PACKAGE_STRING);
    if (gmtime_r(&now, &tm) != NULL)
        strftime(made, sizeof(made), "%Y-%m-%dT%H:%M:%SZ", &tm);
    record_set_str(document, "made", made);
    add_values(record_add_child(document, "values"), s);
    certificates = record_add_child(document, "certificates");
    for (int n = 1; n <= SETTINGS_SERVERS; n++) {
        char key[SETTING_KEY_MAX];

        str_format(key, sizeof(key), CERTIFICATE "%d", n);
        record_set_str(certificates, key, pems[n]);
    }
    if (passphrase != NULL)
        r = add_secrets(document, s, passphrase, e);
    if (r == 0 && (r = record_format(document, true, ret_text)) < 0)
        err_set_args(e, err_code_of(r), STEP_SETTINGS, SETTINGS_FILE_NAME, NULL);
    record_free(document);
    return r;
}

/* --- reading ---------------------------------------------------------------------------------- */

struct reading {
    struct settings_file *f;
    const char *const *known;       /* keys that may be there, NULL at the end */
    bool (*is_known)(const char *); /* instead of a list */
    bool children;                  /* some of them are records */
    char *where;
    struct err *e;
    int error;
};

static void check_key(void *arg, const char *key, bool plain)
{
    struct reading *r = arg;
    bool known = r->is_known != NULL && r->is_known(key);

    for (size_t i = 0; r->known != NULL && r->known[i] != NULL; i++)
        known = known || strcmp(r->known[i], key) == 0;
    if (r->error == 0 && (!known || (!plain && !r->children))) {
        safe_text(r->where, SETTING_KEY_MAX, key, strlen(key));
        r->error = known ? wrong(r->e, r->where)
                         : err_set_args(r->e, ERR_UNKNOWN_KEY, STEP_SETTINGS, r->where, NULL);
    }
}

static bool is_certificate_key(const char *key)
{
    char one[SETTING_KEY_MAX];

    for (int n = 1; n <= SETTINGS_SERVERS; n++) {
        str_format(one, sizeof(one), CERTIFICATE "%d", n);
        if (strcmp(one, key) == 0)
            return true;
    }
    return false;
}

static bool is_value_key(const char *key)
{
    enum setting_id id;
    int server;

    return setting_find(key, &id, &server, NULL) == 0 && is_carried(id);
}

static void take_value(void *arg, const char *key, const char *value)
{
    struct reading *r = arg;
    char preset[SETTING_VALUE_MAX];
    enum setting_id id;
    bool changed;
    int server;

    if (r->error < 0 || setting_find(key, &id, &server, r->e) < 0)
        return;
    setting_preset(id, server, preset); /* "" is "not set", even where texts begin at 1 */
    if (strcmp(value, preset) != 0)
        r->error = setting_check(id, value, strlen(value), r->e);
    if (r->error < 0)
        str_copy(r->where, SETTING_KEY_MAX, key);
    else if (settings_put(r->f->s, id, server, value, &changed) < 0)
        r->error = err_set(r->e, ERR_NO_MEMORY, STEP_SETTINGS);
    r->f->named[settings_slot(id, server)] = true;
}

static bool take_hex(const struct record *r, const char *key, void *dst, size_t size)
{
    const char *hex = record_str(r, key, NULL);

    return hex != NULL && strlen(hex) == 2 * size && str_unhex(dst, size, hex) == (int)size;
}

static bool take_sealed(struct settings_file *f, const struct record *r)
{
    const char *hex = record_str(r, "sealed", "");
    size_t len = strlen(hex) / 2;
    char *room;

    f->seal.log_n = (int)record_int(r, "log_n", 0);
    f->seal.r = (int)record_int(r, "r", 0);
    f->seal.p = (int)record_int(r, "p", 0);
    if (strcmp(record_str(r, "kdf", ""), KDF) != 0 ||
        strcmp(record_str(r, "cipher", ""), CIPHER) != 0 ||
        !take_hex(r, "salt", f->seal.salt, SEAL_SALT) ||
        !take_hex(r, "nonce", f->seal.nonce, SEAL_NONCE) || len <= SEAL_TAG || len > SEALED_MAX)
        return false;
    room = buf_reserve(&f->sealed_text, len);
    if (room == NULL || !take_hex(r, "sealed", room, len))
        return false;
    buf_commit(&f->sealed_text, len);
    f->sealed = true;
    return true;
}

/* All keys of one level are known, and none but records where there may be records is one. */
static int check_keys(struct settings_file *f, const struct record *r, const char *const *known,
                      bool (*is_known)(const char *), char *where, struct err *e)
{
    struct reading reading = {.f = f, .known = known, .is_known = is_known, .where = where, .e = e};

    reading.children = r == f->document;
    record_each_key(r, check_key, &reading);
    return reading.error;
}

static const char *const levels[] = {"netmenu", "format",       "made_by", "made",
                                     "values",  "certificates", "secrets", NULL};
static const char *const sealed_keys[] = {"kdf",    "log_n", "r",      "p", "salt",
                                          "cipher", "nonce", "sealed", NULL};

static int check_head(const struct record *document, struct err *e)
{
    int64_t format = record_int(document, "format", 0);
    char number[24];

    if (strcmp(record_str(document, "netmenu", ""), WHAT) != 0)
        return err_set(e, ERR_SETTINGS_FILE, STEP_SETTINGS);
    if (format > FORMAT) {
        str_format(number, sizeof(number), "%lld", (long long)format);
        return err_set_args(e, ERR_SETTINGS_FILE_NEWER, STEP_SETTINGS, number, NULL);
    }
    return format == FORMAT ? 0 : wrong(e, "format");
}

static int read_values(struct settings_file *f, char *where, struct err *e)
{
    struct record *values = record_child(f->document, "values");
    struct reading reading = {.f = f, .e = e, .where = where};
    int r;

    if (values == NULL)
        return wrong(e, "values");
    r = check_keys(f, values, NULL, is_value_key, where, e);
    if (r < 0)
        return r;
    record_each(values, take_value, &reading);
    return reading.error;
}

static int read_document(struct settings_file *f, char *where, struct err *e)
{
    struct record *certificates, *secrets;
    int r;

    if ((r = check_head(f->document, e)) < 0 ||
        (r = check_keys(f, f->document, levels, NULL, where, e)) < 0 ||
        (r = read_values(f, where, e)) < 0)
        return r;
    certificates = record_child(f->document, "certificates");
    if (certificates == NULL)
        return wrong(e, "certificates");
    r = check_keys(f, certificates, NULL, is_certificate_key, where, e);
    secrets = record_child(f->document, "secrets");
    if (r == 0 && secrets != NULL) {
        r = check_keys(f, secrets, sealed_keys, NULL, where, e);
        if (r == 0 && !take_sealed(f, secrets))
            r = wrong(e, "secrets");
    }
    return r;
}

int settings_file_parse(const char *text, size_t len, struct settings_file **ret_f,
                        char ret_where[SETTING_KEY_MAX], struct err *e)
{
    struct settings_file *f = calloc(1, sizeof(*f));
    const char *about;
    int r;

    ret_where[0] = '\0';
    if (f == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    buf_init(&f->sealed_text, SEALED_MAX);
    f->s = settings_new();
    r = f->s != NULL ? 0 : err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    if (r == 0 && len > SETTINGS_FILE_MAX)
        r = err_set_args(e, ERR_TOO_LARGE, STEP_SETTINGS, SETTINGS_FILE_NAME, NULL);
    if (r == 0 && record_parse(&f->document, text, len, STEP_SETTINGS, e) < 0)
        r = err_set(e, ERR_SETTINGS_FILE, STEP_SETTINGS);
    if (r == 0)
        r = read_document(f, ret_where, e);
    if (r < 0) {
        settings_file_free(f);
        return r;
    }
    about = record_str(f->document, "made_by", "");
    safe_text(f->made_by, sizeof(f->made_by), about, strlen(about));
    about = record_str(f->document, "made", "");
    safe_text(f->made, sizeof(f->made), about, strlen(about));
    *ret_f = f;
    return 0;
}

void settings_file_free(struct settings_file *f)
{
    if (f == NULL)
        return;
    settings_free(f->s);
    record_free(f->document);
    buf_done(&f->sealed_text);
    free(f);
}

/* --- the passwords ---------------------------------------------------------------------------- */

/* The text of the sealed passwords into f->s. Nobody but its writer can have made it wrong. */
static int take_secrets(struct settings_file *f, const struct buf *text, struct err *e)
{
    struct settings *s = settings_new();
    int64_t generation;
    int ignored = 0, r = 0;
    bool changed;

    if (s == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    if (!secrets_generation(text, &generation))
        r = wrong(e, "secrets");
    else if (secrets_parse(text, s, &ignored) < 0)
        r = err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    else if (ignored > 0)
        r = wrong(e, "secrets");
    for (int i = 0; i < SETTINGS_SLOT_COUNT && r == 0; i++) {
        enum setting_id id;
        int server;

        settings_slot_name(i, &id, &server);
        if (s->slots[i].secret == NULL)
            continue;
        if (setting_row(id)->group == SETTING_OF_ACCESS)
            r = wrong(e, "secrets");
        else if (settings_put_secret(f->s, id, server, s->slots[i].secret, &changed) < 0)
            r = err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
    }
    settings_free(s);
    return r;
}

int settings_file_open(struct settings_file *f, const struct secret *passphrase, struct err *e)
{
    struct buf bound, text;
    int r;

    buf_init(&bound, SETTINGS_FILE_MAX + SETTINGS_FILE_MAX / 4);
    buf_init(&text, SECRETS_FILE_MAX);
    r = bound_text(f->document, &bound);
    if (r < 0)
        err_set(e, err_code_of(r), STEP_SETTINGS);
    else
        r = seal_open(&f->seal, passphrase, buf_str(&f->sealed_text), f->sealed_text.len,
                      buf_str(&bound), bound.len, &text, e);
    if (r == 0)
        r = take_secrets(f, &text, e);
    f->open = r == 0;
    buf_done(&bound);
    buf_done(&text);
    return r;
}

/* --- what it says ----------------------------------------------------------------------------- */

bool settings_file_is_sealed(const struct settings_file *f)
{
    return f->sealed;
}

bool settings_file_is_open(const struct settings_file *f)
{
    return f->open;
}

const char *settings_file_made_by(const struct settings_file *f)
{
    return f->made_by;
}

const char *settings_file_made(const struct settings_file *f)
{
    return f->made;
}

const char *settings_file_value(const struct settings_file *f, enum setting_id id, int server)
{
    return f->named[settings_slot(id, server)] ? settings_str(f->s, id, server) : NULL;
}

const struct secret *settings_file_secret(const struct settings_file *f, enum setting_id id,
                                          int server)
{
    bool says = f->open && setting_row(id)->group != SETTING_OF_ACCESS;

    return says ? settings_secret(f->s, id, server) : NULL;
}

const char *settings_file_pem(const struct settings_file *f, int server)
{
    char key[SETTING_KEY_MAX];

    str_format(key, sizeof(key), CERTIFICATE "%d", server);
    return record_str(record_child(f->document, "certificates"), key, NULL);
}
