/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of settings: keys, defaults and the rule of every value. */
#include "tests/lib/unit.h"

#include "settings/settings.h"
#include "settings/settings_rules.h"

static void test_rows_are_complete(void **state)
{
    (void)state;
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *row = setting_row((enum setting_id)i);

        assert_non_null(row->key);
        assert_non_null(row->preset);
        assert_non_null(row->item);
        assert_non_null(row->about);
        assert_int_equal(row->per_server, str_starts(row->key, "server.N."));
        if (row->kind == SETTING_SWITCH || row->kind == SETTING_CHOICE)
            assert_non_null(row->choices);
        else if (row->kind == SETTING_ADDRESS)
            assert_non_null(row->check);
        else
            assert_true(row->max >= row->min && row->max > 0);
        if (row->preset[0] != '\0')
            assert_ok(setting_check((enum setting_id)i, row->preset, strlen(row->preset), NULL));
    }
}

static void test_keys_there_and_back(void **state)
{
    (void)state;
    for (int i = 0; i < SET_COUNT; i++) {
        bool per_server = setting_row((enum setting_id)i)->per_server;

        for (int server = per_server ? 1 : 0; server <= (per_server ? SETTINGS_SERVERS : 0);
             server++) {
            char key[SETTING_KEY_MAX];
            enum setting_id id;
            int found;

            setting_key((enum setting_id)i, server, key);
            assert_ok(setting_find(key, &id, &found, NULL));
            assert_int_equal(id, i);
            assert_int_equal(found, server);
        }
    }
}

static void test_unknown_keys(void **state)
{
    static const char *const keys[] = {
        "",
        "server",
        "server.",
        "server.1",
        "server.1.",
        "server.0.host",
        "server.17.host",
        "server.01.host",
        "server.+1.host",
        "server.-1.host",
        "server.1 .host",
        "server.N.host",
        "server.1.hos",
        "server.1.hosts",
        "server.1.host ",
        "auth",
        "auth.User",
        "server..host",
        "server.1.auth.user",
        "server.99999999.host",
        "name",
        "1.host",
    };
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        enum setting_id id = SET_COUNT;
        int server = -1;

        assert_err(setting_find(keys[i], &id, &server, &e), e, ERR_UNKNOWN_KEY);
        assert_string_equal(e.arg[0], keys[i]);
        assert_int_equal(id, SET_COUNT); /* untouched */
        assert_int_equal(server, -1);
    }
}

static void test_presets(void **state)
{
    char text[SETTING_VALUE_MAX];

    (void)state;
    setting_preset(SET_SERVER_NAME, 12, text);
    assert_string_equal(text, "Server 12");
    setting_preset(SET_SERVER_PORT, 3, text);
    assert_string_equal(text, "21");
    setting_preset(SET_AUTH_USER, 0, text);
    assert_string_equal(text, "admin");
    setting_preset(SET_SERVER_HOST, 1, text);
    assert_string_equal(text, "");
}

/* len times c. */
static const char *many(char c, size_t len)
{
    static char text[600];

    memset(text, c, len);
    text[len] = '\0';
    return text;
}

static void test_values(void **state)
{
    static const struct {
        enum setting_id id;
        const char *value;
        enum err_code want;
    } cases[] = {
        {SET_AUTH_USER, "admin", ERR_NONE},
        {SET_AUTH_USER, "A-Za!%+,-.=_", ERR_NONE},
        {SET_AUTH_USER, "", ERR_VALUE_LENGTH},
        {SET_AUTH_USER, "12345678901234567", ERR_VALUE_LENGTH},
        {SET_AUTH_USER, "a b", ERR_VALUE_CHARACTER},
        {SET_AUTH_USER, "a@b", ERR_VALUE_CHARACTER},
        {SET_AUTH_PASSWORD, "Abcd1234", ERR_NONE},
        {SET_AUTH_PASSWORD, "Abcd123", ERR_VALUE_LENGTH},
        {SET_AUTH_PASSWORD, "Abcd1234567890123", ERR_VALUE_LENGTH},
        {SET_AUTH_PASSWORD, "abcdefgh", ERR_VALUE_LETTER_DIGIT},
        {SET_AUTH_PASSWORD, "12345678", ERR_VALUE_LETTER_DIGIT},
        {SET_AUTH_PASSWORD, "Abcd 1234", ERR_VALUE_CHARACTER},

        {SET_TRANSFER_DEFAULT_SERVER, "1", ERR_NONE},
        {SET_TRANSFER_DEFAULT_SERVER, "16", ERR_NONE},
        {SET_TRANSFER_DEFAULT_SERVER, "0", ERR_VALUE_RANGE},
        {SET_TRANSFER_DEFAULT_SERVER, "17", ERR_VALUE_RANGE},
        {SET_DISPLAY_THEME, "high-contrast", ERR_NONE},
        {SET_DISPLAY_THEME, "Dark", ERR_VALUE_CHOICE},

        {SET_SERVER_NAME, "Studio ingest", ERR_NONE},
        {SET_SERVER_NAME, "", ERR_VALUE_LENGTH},
        {SET_SERVER_NAME, "1234567890123456", ERR_NONE},
        {SET_SERVER_NAME, "12345678901234567", ERR_VALUE_LENGTH},
        /* sixteen characters, thirty-two bytes */
        {SET_SERVER_NAME,
         "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"
         "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4",
         ERR_NONE},
        {SET_SERVER_NAME, "a\tb", ERR_VALUE_CHARACTER},
        {SET_SERVER_NAME, "a\x1b[2J", ERR_VALUE_CHARACTER},
        {SET_SERVER_NAME, "a\xc2\x9b", ERR_VALUE_CHARACTER},
        {SET_SERVER_NAME, "a\xff", ERR_VALUE_UTF8},

        {SET_SERVER_HOST, "ingest.example.net", ERR_NONE},
        {SET_SERVER_HOST, "ingest.example.net.", ERR_NONE},
        {SET_SERVER_HOST, "localhost", ERR_NONE},
        {SET_SERVER_HOST, "xn--bcher-kva.example", ERR_NONE},
        {SET_SERVER_HOST, "3com.com", ERR_NONE},
        {SET_SERVER_HOST, "192.168.0.1", ERR_NONE},
        {SET_SERVER_HOST, "::1", ERR_NONE},
        {SET_SERVER_HOST, "2001:db8::7", ERR_NONE},
        {SET_SERVER_HOST, "::ffff:192.0.2.1", ERR_NONE},
        {SET_SERVER_HOST, "", ERR_VALUE_LENGTH},
        {SET_SERVER_HOST, " ", ERR_VALUE_HOST},
        {SET_SERVER_HOST, ".", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "a..b", ERR_VALUE_HOST},
        {SET_SERVER_HOST, ".example.net", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "-x.example", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "x-.example", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "in gest", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "in_gest", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "ftp://example.net", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "example.net:21", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "[::1]", ERR_VALUE_ADDRESS},
        {SET_SERVER_HOST, "fe80::1%eth0", ERR_VALUE_ADDRESS},
        {SET_SERVER_HOST, "user@example.net", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "b\u00fccher.example", ERR_VALUE_HOST},
        {SET_SERVER_HOST, "192.168.0.256", ERR_VALUE_ADDRESS},
        {SET_SERVER_HOST, "192.168.0", ERR_VALUE_ADDRESS},
        {SET_SERVER_HOST, "21", ERR_VALUE_ADDRESS},
        {SET_SERVER_HOST, "a\nb", ERR_VALUE_HOST},

        {SET_SERVER_PORT, "1", ERR_NONE},
        {SET_SERVER_PORT, "65535", ERR_NONE},
        {SET_SERVER_PORT, "0021", ERR_NONE},
        {SET_SERVER_PORT, "", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "0", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "65536", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "-1", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "+21", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, " 21", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "21x", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "0x15", ERR_VALUE_RANGE},
        {SET_SERVER_PORT, "99999999999999999999999", ERR_VALUE_RANGE},

        {SET_SERVER_USER, "", ERR_NONE},
        {SET_SERVER_USER, "cam a@example", ERR_NONE},
        {SET_SERVER_USER, "a\r\nDELE x", ERR_VALUE_CHARACTER},
        {SET_SERVER_PASSWORD, "", ERR_NONE},
        {SET_SERVER_PASSWORD, "p\xe4ss w\"ord", ERR_NONE},
        {SET_SERVER_PASSWORD, "p\n", ERR_VALUE_CHARACTER},
        {SET_SERVER_DIR, "", ERR_NONE},
        {SET_SERVER_DIR, "/day 04/A001_\u00e9\\", ERR_NONE},
        {SET_SERVER_DIR, "a\rb", ERR_VALUE_CHARACTER},
        {SET_SERVER_PASSIVE, "on", ERR_NONE},
        {SET_SERVER_PASSIVE, "true", ERR_VALUE_CHOICE},
        {SET_SERVER_SECURE, "off", ERR_NONE},
        {SET_SERVER_SECURE, "", ERR_VALUE_CHOICE},
        {SET_SERVER_SECURE, "o", ERR_VALUE_CHOICE},
        {SET_SERVER_SECURE, "off ", ERR_VALUE_CHOICE},
        {SET_SERVER_ENCRYPTION, "tls13", ERR_NONE},
        {SET_SERVER_ENCRYPTION, "none", ERR_VALUE_CHOICE},
        {SET_SERVER_EXISTS, "keep", ERR_NONE},
        {SET_SERVER_SESSIONS, "8", ERR_NONE},
        {SET_SERVER_SESSIONS, "9", ERR_VALUE_RANGE},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err e = {.code = ERR_NONE};
        int r = setting_check(cases[i].id, cases[i].value, strlen(cases[i].value), &e);

        if (r != -(int)cases[i].want)
            print_error("%s \"%s\": %s\n", setting_row(cases[i].id)->key, cases[i].value,
                        err_word(e.code));
        assert_int_equal(r, -(int)cases[i].want);
        assert_int_equal(e.code, cases[i].want);
    }
}

static void test_limits_of_length(void **state)
{
    static const struct {
        enum setting_id id;
        size_t max;
    } cases[] = {
        {SET_SERVER_USER, 255},
        {SET_SERVER_PASSWORD, 255},
        {SET_SERVER_DIR, 128},
    };
    char host[260] = "";
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_ok(setting_check(cases[i].id, many('x', cases[i].max), cases[i].max, NULL));
        assert_err(setting_check(cases[i].id, many('x', cases[i].max + 1), cases[i].max + 1, &e), e,
                   ERR_VALUE_LENGTH);
        assert_string_equal(e.arg[0], "0");
    }
    for (int i = 0; i < 64; i++)
        memcpy(host + 4 * i, "abc.", 4);
    assert_ok(setting_check(SET_SERVER_HOST, host, 255, NULL));
    assert_err(setting_check(SET_SERVER_HOST, host, 256, &e), e, ERR_VALUE_LENGTH);
    assert_ok(setting_check(SET_SERVER_HOST, many('a', 63), 63, NULL));
    assert_err(setting_check(SET_SERVER_HOST, many('a', 64), 64, &e), e, ERR_VALUE_HOST);
}

/* Addresses by segments: each by itself, and as a set. */
static void test_addresses(void **state)
{
    static const struct {
        enum setting_id id;
        const char *value;
        enum err_code code;
    } ones[] = {
        {SET_WLAN_ADDRESS, "", ERR_NONE},
        {SET_WLAN_ADDRESS, "192.168.1.20", ERR_NONE},
        {SET_WLAN_ADDRESS, "0.0.0.0", ERR_VALUE_IPV4},
        {SET_WLAN_ADDRESS, "127.0.0.1", ERR_VALUE_IPV4},
        {SET_WLAN_ADDRESS, "224.0.0.1", ERR_VALUE_IPV4},
        {SET_WLAN_ADDRESS, "192.168.1", ERR_VALUE_IPV4},
        {SET_WLAN_ADDRESS, "192.168.1.256", ERR_VALUE_IPV4},
        {SET_WLAN_ADDRESS, "192.168.1.20 ", ERR_VALUE_IPV4},
        {SET_WLAN_MASK, "255.255.255.0", ERR_NONE},
        {SET_WLAN_MASK, "255.255.255.252", ERR_NONE},
        {SET_WLAN_MASK, "128.0.0.0", ERR_NONE},
        {SET_WLAN_MASK, "255.255.255.254", ERR_VALUE_MASK},
        {SET_WLAN_MASK, "255.0.255.0", ERR_VALUE_MASK},
        {SET_WLAN_MASK, "0.0.0.0", ERR_VALUE_MASK},
        {SET_WLAN_COUNTRY, "DE", ERR_NONE},
        {SET_WLAN_COUNTRY, "", ERR_NONE},
        {SET_WLAN_COUNTRY, "de", ERR_VALUE_COUNTRY},
        {SET_WLAN_SSID, "studio 5g \xe6\x98\xa0", ERR_NONE},
        {SET_WLAN_SSID,
         "\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0"
         "\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0\xe6\x98\xa0"
         "\xe6\x98\xa0",
         ERR_VALUE_LENGTH}, /* eleven characters, 33 bytes */
        {SET_WLAN_PASSWORD, "abcd\tefgh", ERR_VALUE_CHARACTER},
        {SET_DISPLAY_LANGUAGE, "pt_BR", ERR_NONE},
        {SET_DISPLAY_LANGUAGE, "../x", ERR_VALUE_CHARACTER},
    };
    static const struct {
        const char *address, *mask, *gateway;
        enum err_code code;
    } sets[] = {
        {"192.168.1.20", "255.255.255.0", "192.168.1.1", ERR_NONE},
        {"192.168.1.20", "255.255.255.0", "", ERR_NONE},
        {"", "255.255.255.0", "", ERR_VALUE_IPV4},
        {"192.168.1.20", "", "", ERR_VALUE_MASK},
        {"192.168.1.0", "255.255.255.0", "", ERR_VALUE_NO_HOST},
        {"192.168.1.255", "255.255.255.0", "", ERR_VALUE_NO_HOST},
        {"192.168.1.20", "255.255.255.0", "192.168.2.1", ERR_VALUE_GATEWAY},
        {"192.168.1.20", "255.255.255.0", "192.168.1.20", ERR_VALUE_GATEWAY},
        {"192.168.1.20", "255.255.255.0", "192.168.1.255", ERR_VALUE_GATEWAY},
        {"10.0.0.1", "255.255.255.252", "10.0.0.2", ERR_NONE},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ones); i++) {
        int r = setting_check(ones[i].id, ones[i].value, strlen(ones[i].value), NULL);

        if (r != -(int)ones[i].code)
            fail_msg("%s: %s", ones[i].value, err_word(err_code_of(r)));
    }
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        int r = rule_ipv4_set(sets[i].address, sets[i].mask, sets[i].gateway, NULL);

        if (r != -(int)sets[i].code)
            fail_msg("%s / %s: %s", sets[i].address, sets[i].gateway, err_word(err_code_of(r)));
    }
}

static void test_a_nul_is_no_text(void **state)
{
    struct err e;

    (void)state;
    assert_err(setting_check(SET_SERVER_DIR, "a\0b", 3, &e), e, ERR_VALUE_CHARACTER);
    assert_err(setting_check(SET_SERVER_HOST, "a\0b", 3, &e), e, ERR_VALUE_HOST);
    assert_err(setting_check(SET_SERVER_PORT, "2\0001", 3, &e), e, ERR_VALUE_RANGE);
    assert_err(setting_check(SET_SERVER_PASSWORD, "a\0b", 3, &e), e, ERR_VALUE_CHARACTER);
}

static void test_arguments_name_the_rule(void **state)
{
    struct err e;

    (void)state;
    setting_check(SET_SERVER_PORT, "0", 1, &e);
    assert_string_equal(e.arg[0], "1");
    assert_string_equal(e.arg[1], "65535");
    setting_check(SET_SERVER_ENCRYPTION, "x", 1, &e);
    assert_string_equal(e.arg[0], "compatible, recommended, tls13");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_complete),
        cmocka_unit_test(test_keys_there_and_back),
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_presets),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_limits_of_length),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_a_nul_is_no_text),
        cmocka_unit_test(test_arguments_name_the_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
