/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings file: there and back, and what is not taken. */
#include "tests/lib/unit.h"

#include "settings/seal.h"
#include "settings/settings_file.h"
#include "settings/settings_private.h"

#define PEM "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"

static struct secret passphrase = SECRET_EMPTY;

static void put(struct settings *s, enum setting_id id, int server, const char *value)
{
    bool changed;

    assert_ok(settings_put(s, id, server, value, &changed));
}

static void put_secret(struct settings *s, enum setting_id id, int server, const char *text)
{
    struct secret secret = SECRET_EMPTY;
    bool changed;

    assert_ok(secret_set(&secret, text, strlen(text)));
    assert_ok(settings_put_secret(s, id, server, &secret, &changed));
}

/* A file of a unit with one server; sealed, when secrets is set. */
static void make(bool secrets, struct buf *ret_text)
{
    const char *pems[SETTINGS_SERVERS + 1];
    struct settings *s = settings_new();

    assert_non_null(s);
    assert_ok(secret_set(&passphrase, "correct horse", 13));
    for (int n = 0; n <= SETTINGS_SERVERS; n++)
        pems[n] = n == 3 ? PEM : "";
    put(s, SET_AUTH_USER, 0, "operator");
    put_secret(s, SET_AUTH_PASSWORD, 0, "unit1234");
    put(s, SET_SERVER_HOST, 3, "ingest.example.net");
    put(s, SET_SERVER_PORT, 3, "2121");
    put_secret(s, SET_SERVER_PASSWORD, 3, "zzsecretzz");
    buf_init(ret_text, SETTINGS_FILE_MAX);
    assert_ok(
        settings_file_format(s, pems, secrets ? &passphrase : NULL, 1763859600, ret_text, NULL));
    settings_free(s);
}

static struct settings_file *parse(const struct buf *text)
{
    struct settings_file *f = NULL;
    char where[SETTING_KEY_MAX];

    assert_ok(settings_file_parse(buf_str(text), text->len, &f, where, NULL));
    return f;
}

static void test_there_and_back(void **state)
{
    struct settings_file *f;
    struct buf text;

    (void)state;
    make(false, &text);
    assert_null(strstr(buf_str(&text), "zzsecretzz"));
    assert_null(strstr(buf_str(&text), "unit1234"));
    assert_null(strstr(buf_str(&text), "auth."));
    f = parse(&text);
    assert_string_equal(settings_file_value(f, SET_SERVER_HOST, 3), "ingest.example.net");
    assert_string_equal(settings_file_value(f, SET_SERVER_PORT, 3), "2121");
    assert_string_equal(settings_file_value(f, SET_SERVER_PORT, 4), "21");
    assert_null(settings_file_value(f, SET_AUTH_USER, 0));
    assert_string_equal(settings_file_pem(f, 3), PEM);
    assert_string_equal(settings_file_pem(f, 1), "");
    assert_false(settings_file_is_sealed(f));
    assert_null(settings_file_secret(f, SET_SERVER_PASSWORD, 3));
    assert_string_equal(settings_file_made(f), "2025-11-23T01:00:00Z");
    settings_file_free(f);
    buf_done(&text);
}

static void test_sealed(void **state)
{
    struct secret other = SECRET_EMPTY, is_short = SECRET_EMPTY;
    struct settings_file *f;
    struct buf text, again;
    struct err e;

    (void)state;
    make(true, &text);
    make(true, &again);
    assert_null(strstr(buf_str(&text), "zzsecretzz"));
    assert_null(strstr(buf_str(&text), "7a7a736563726574"));  /* nor its hex */
    assert_string_not_equal(buf_str(&text), buf_str(&again)); /* salt and nonce are new */
    f = parse(&text);
    assert_true(settings_file_is_sealed(f));
    assert_false(settings_file_is_open(f));
    assert_ok(secret_set(&other, "wrong horse", 11));
    assert_err(settings_file_open(f, &other, &e), e, ERR_PASSPHRASE);
    assert_null(settings_file_secret(f, SET_SERVER_PASSWORD, 3));
    assert_ok(settings_file_open(f, &passphrase, NULL));
    assert_string_equal(settings_file_secret(f, SET_SERVER_PASSWORD, 3)->text, "zzsecretzz");
    assert_int_equal(settings_file_secret(f, SET_SERVER_PASSWORD, 4)->len, 0);
    assert_null(settings_file_secret(f, SET_AUTH_PASSWORD, 0));
    settings_file_free(f);
    buf_done(&again);
    buf_done(&text);

    assert_ok(secret_set(&is_short, "1234567", 7));
    buf_init(&text, SETTINGS_FILE_MAX);
    {
        const char *pems[SETTINGS_SERVERS + 1] = {"", "", "", "", "", "", "", "", "",
                                                  "", "", "", "", "", "", "", ""};
        struct settings *s = settings_new();

        assert_err(settings_file_format(s, pems, &is_short, 0, &text, &e), e, ERR_VALUE_LENGTH);
        settings_free(s);
    }
    buf_done(&text);
}

/* Replace the first `from` by `to`, of the same length. */
static void replace(struct buf *text, const char *from, const char *to)
{
    char *at = strstr(text->data, from);

    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
}

/* Whoever changes values or certificates does not get the passwords opened for them. */
static void test_passwords_are_bound(void **state)
{
    static const char *const changes[][2] = {
        {"ingest.example.net", "ingest.examp1e.net"}, /* another host */
        {"2121", "2122"},
        {"AAAA", "AAAB"}, /* another certificate */
        {"\"server.3\": \"-----", "\"server.4\": \"-----"},
    };
    struct settings_file *f;
    struct buf text;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        make(true, &text);
        replace(&text, changes[i][0], changes[i][1]);
        f = parse(&text);
        assert_err(settings_file_open(f, &passphrase, &e), e, ERR_PASSPHRASE);
        settings_file_free(f);
        buf_done(&text);
    }
}

static void refused(const char *text, size_t len, enum err_code code, const char *where)
{
    struct settings_file *f = NULL;
    char got[SETTING_KEY_MAX];
    struct err e;

    assert_err(settings_file_parse(text, len, &f, got, &e), e, code);
    assert_null(f);
    if (where != NULL)
        assert_string_equal(got, where);
}

#define HEAD "{\"netmenu\":\"settings\",\"format\":1,"

static void test_hostile(void **state)
{
    static const struct {
        const char *text;
        enum err_code code;
        const char *where;
    } texts[] = {
        {"", ERR_SETTINGS_FILE, ""},
        {"{}", ERR_SETTINGS_FILE, ""},
        {"[]", ERR_SETTINGS_FILE, ""},
        {"null", ERR_SETTINGS_FILE, ""},
        {"{\"netmenu\":\"jobs\",\"format\":1}", ERR_SETTINGS_FILE, ""},
        {"{\"netmenu\":7,\"format\":1}", ERR_SETTINGS_FILE, ""},
        {"{\"netmenu\":\"settings\",\"format\":2}", ERR_SETTINGS_FILE_NEWER, ""},
        {"{\"netmenu\":\"settings\",\"format\":\"1\"}", ERR_SETTINGS_FILE, ""},
        {HEAD "\"certificates\":{}}", ERR_SETTINGS_FILE, ""},
        {HEAD "\"values\":{}}", ERR_SETTINGS_FILE, ""},
        {HEAD "\"values\":[],\"certificates\":{}}", ERR_SETTINGS_FILE, ""},
        {HEAD "\"values\":{},\"certificates\":{}} {", ERR_SETTINGS_FILE, ""},
        {HEAD "\"more\":{},\"values\":{},\"certificates\":{}}", ERR_UNKNOWN_KEY, "more"},
        {HEAD "\"values\":{\"server.1.hots\":\"a\"},\"certificates\":{}}", ERR_UNKNOWN_KEY,
         "server.1.hots"},
        {HEAD "\"values\":{\"server.17.host\":\"a\"},\"certificates\":{}}", ERR_UNKNOWN_KEY,
         "server.17.host"},
        {HEAD "\"values\":{\"auth.user\":\"eve\"},\"certificates\":{}}", ERR_UNKNOWN_KEY,
         "auth.user"},
        {HEAD "\"values\":{\"auth.password\":\"evil1234\"},\"certificates\":{}}", ERR_UNKNOWN_KEY,
         "auth.password"},
        {HEAD "\"values\":{\"server.1.password\":\"x\"},\"certificates\":{}}", ERR_UNKNOWN_KEY,
         "server.1.password"},
        {HEAD "\"values\":{\"server.1.host\":null},\"certificates\":{}}", ERR_SETTINGS_FILE,
         "server.1.host"},
        {HEAD "\"values\":{\"server.1.host\":{\"a\":1}},\"certificates\":{}}", ERR_SETTINGS_FILE,
         "server.1.host"},
        {HEAD "\"values\":{\"server.1.port\":1.5},\"certificates\":{}}", ERR_SETTINGS_FILE,
         "server.1.port"},
        {HEAD "\"values\":{\"server.1.port\":0},\"certificates\":{}}", ERR_VALUE_RANGE,
         "server.1.port"},
        {HEAD "\"values\":{\"server.1.secure\":true},\"certificates\":{}}", ERR_VALUE_CHOICE,
         "server.1.secure"},
        {HEAD "\"values\":{\"server.1.dir\":\"a\\r\\nDELE b\"},\"certificates\":{}}",
         ERR_VALUE_CHARACTER, "server.1.dir"},
        {HEAD "\"values\":{},\"certificates\":{\"server.0\":\"\"}}", ERR_UNKNOWN_KEY, "server.0"},
        {HEAD "\"values\":{},\"certificates\":{\"server.1\":[]}}", ERR_SETTINGS_FILE, "server.1"},
        {HEAD "\"values\":{},\"certificates\":{},\"secrets\":{}}", ERR_SETTINGS_FILE, ""},
        {HEAD "\"values\":{},\"certificates\":{},\"secrets\":{\"kdf\":\"none\"}}",
         ERR_SETTINGS_FILE, ""},
        {HEAD "\"values\":{},\"certificates\":{},\"secrets\":{\"x\":1}}", ERR_UNKNOWN_KEY, "x"},
    };
    char *deep = malloc(200001);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        refused(texts[i].text, strlen(texts[i].text), texts[i].code, texts[i].where);
    assert_non_null(deep);
    memset(deep, '[', 200000);
    refused(deep, 200000, ERR_SETTINGS_FILE, "");
    for (size_t i = 0; i + 5 <= 200000; i += 5)
        memcpy(deep + i, "{\"a\":", 5);
    refused(deep, 200000, ERR_SETTINGS_FILE, "");
    free(deep);
}

/* Cut at any byte, it is refused; only the line end after it may be missing. */
static void test_truncated(void **state)
{
    struct buf text;

    (void)state;
    make(true, &text);
    for (size_t len = 0; len + 2 < text.len; len += len < 200 ? 1 : 37)
        refused(text.data, len, ERR_SETTINGS_FILE, NULL);
    refused(text.data, text.len - 2, ERR_SETTINGS_FILE, NULL);
    buf_done(&text);
}

/* What costs the reader more than it is worth is not even tried. */
static void test_costly_parameters(void **state)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"\"log_n\": 15", "\"log_n\": 30"}, {"\"log_n\": 15", "\"log_n\": -1"},
        {"\"r\": 8", "\"r\": 9"},           {"\"p\": 3", "\"p\": 9"},
        {"\"p\": 3", "\"p\": 0"},
    };
    struct settings_file *f;
    struct buf text;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        make(true, &text);
        replace(&text, changes[i].from, changes[i].to);
        f = parse(&text);
        assert_err(settings_file_open(f, &passphrase, &e), e, ERR_SETTINGS_FILE);
        settings_file_free(f);
        buf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),      cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_passwords_are_bound), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_truncated),           cmocka_unit_test(test_costly_parameters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
