/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings on disk: kept, secret, and whole whatever happens to the files. That no moment of a
 * write loses them is tests/cli/settings-killed.sh.
 */
#include "tests/lib/unit.h"

#include <sys/wait.h>

#include "settings/settings.h"

#define FOLDER "state"
#define JSON   FOLDER "/settings.json"

static struct settings_told told;

static struct settings *load(void)
{
    struct settings *s = NULL;

    memset(&told, 0xff, sizeof(told));
    assert_ok(settings_load(FOLDER, &s, &told, NULL));
    return s;
}

static bool told_nothing(void)
{
    static const struct settings_told nothing;

    return told.settings_restored == nothing.settings_restored &&
           told.settings_lost == nothing.settings_lost &&
           told.secrets_restored == nothing.secrets_restored &&
           told.secrets_lost == nothing.secrets_lost && told.ignored == 0;
}

static int set(enum setting_id id, int server, const char *value, struct err *e)
{
    const struct setting_change change = {.id = id, .server = server, .value = value};

    return settings_apply(FOLDER, &change, 1, e);
}

static int set_secret(enum setting_id id, int server, const char *text)
{
    struct secret secret = SECRET_EMPTY;
    const struct setting_change change = {.id = id, .server = server, .secret = &secret};

    assert_ok(secret_set(&secret, text, strlen(text)));
    return settings_apply(FOLDER, &change, 1, NULL);
}

static size_t slurp(const char *path, char *dst, size_t size)
{
    FILE *f = fopen(path, "re");
    size_t n;

    assert_non_null(f);
    n = fread(dst, 1, size - 1, f);
    fclose(f);
    dst[n] = '\0';
    return n;
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

/* A unit that is set up: two generations of settings, two of secrets. */
static void set_up(void)
{
    assert_ok(set(SET_SERVER_HOST, 1, "old.example.net", NULL));
    assert_ok(set_secret(SET_SERVER_PASSWORD, 1, "secret-one"));
    assert_ok(set_secret(SET_AUTH_PASSWORD, 0, "Abcd1234"));
    assert_ok(set(SET_SERVER_HOST, 1, "ingest.example.net", NULL));
}

static void assert_set_up(const struct settings *s)
{
    assert_string_equal(settings_str(s, SET_SERVER_HOST, 1), "ingest.example.net");
    assert_string_equal(settings_secret(s, SET_SERVER_PASSWORD, 1)->text, "secret-one");
    assert_string_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->text, "Abcd1234");
}

static void test_an_empty_folder_is_defaults(void **state)
{
    struct settings *s = load();

    (void)state;
    assert_true(told_nothing());
    assert_int_equal(settings_generation(s), 0);
    assert_string_equal(settings_str(s, SET_SERVER_NAME, 16), "Server 16");
    assert_int_equal(settings_number(s, SET_SERVER_PORT, 1), 21);
    assert_true(settings_on(s, SET_SERVER_PASSIVE, 1));
    assert_false(settings_on(s, SET_SERVER_SECURE, 1));
    assert_int_equal(settings_choice(s, SET_SERVER_EXISTS, 1), 1);
    assert_int_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->len, 0);
    assert_false(settings_is_set(s, SET_SERVER_HOST, 1));
    settings_free(s);
    settings_free(NULL);
    assert_false(unit_exists(FOLDER)); /* loading writes nothing */
}

static void test_values_are_kept(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    assert_ok(set(SET_SERVER_PORT, 2, "0990", NULL));
    s = load();
    assert_true(told_nothing());
    assert_set_up(s);
    assert_int_equal(settings_generation(s), 5);
    assert_string_equal(settings_str(s, SET_SERVER_PORT, 2), "990");
    assert_string_equal(settings_str(s, SET_SERVER_PASSWORD, 1), "");
    assert_true(settings_is_set(s, SET_SERVER_PASSWORD, 1));
    settings_free(s);
}

static void test_only_what_differs_is_written(void **state)
{
    char text[4096];

    (void)state;
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL));
    assert_ok(set(SET_SERVER_PORT, 1, "21", NULL));
    assert_ok(set(SET_SERVER_NAME, 4, "Server 4", NULL));
    slurp(JSON, text, sizeof(text));
    assert_null(strstr(text, "port"));
    assert_null(strstr(text, "name"));
}

static void test_resetting(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    assert_ok(set(SET_SERVER_HOST, 1, NULL, NULL));
    assert_ok(settings_apply(
        FOLDER, &(struct setting_change){.id = SET_SERVER_PASSWORD, .server = 1}, 1, NULL));
    s = load();
    assert_string_equal(settings_str(s, SET_SERVER_HOST, 1), "");
    assert_false(settings_is_set(s, SET_SERVER_PASSWORD, 1));
    assert_string_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->text, "Abcd1234");
    settings_free(s);
}

static void test_all_or_nothing(void **state)
{
    const struct setting_change changes[] = {
        {.id = SET_SERVER_HOST, .server = 1, .value = "new.example.net"},
        {.id = SET_SERVER_PORT, .server = 1, .value = "0"},
    };
    struct settings *s;
    struct err e;

    (void)state;
    set_up();
    assert_err(settings_apply(FOLDER, changes, 2, &e), e, ERR_VALUE_RANGE);
    s = load();
    assert_set_up(s);
    assert_int_equal(settings_generation(s), 4);
    settings_free(s);
}

static void test_the_same_again_is_not_written(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    assert_ok(set(SET_SERVER_HOST, 1, "ingest.example.net", NULL));
    assert_ok(set_secret(SET_SERVER_PASSWORD, 1, "secret-one"));
    s = load();
    assert_int_equal(settings_generation(s), 4);
    settings_free(s);
}

static void test_secrets_are_apart_and_private(void **state)
{
    static const char *const files[] = {JSON, JSON ".good", FOLDER "/secrets",
                                        FOLDER "/secrets.good"};
    char text[4096];

    (void)state;
    umask(0);
    set_up();
    assert_int_equal(mode_of(FOLDER), 0700);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        assert_int_equal(mode_of(files[i]), 0600);
        slurp(files[i], text, sizeof(text));
        assert_null(strstr(text, "secret-one"));
    }
    slurp(JSON, text, sizeof(text));
    assert_null(strstr(text, "password"));
    umask(022);
}

static void test_every_generation_counts_once(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++) {
        char port[8];
        struct settings *s;

        str_format(port, sizeof(port), "%d", 2100 + i);
        assert_ok(set(SET_SERVER_PORT, 1, port, NULL));
        s = load();
        assert_int_equal(settings_generation(s), i);
        settings_free(s);
    }
}

/* Cut a file to its first len bytes, or fill it with something else of its size. */
static void cut(const char *path, size_t len)
{
    assert_int_equal(truncate(path, (off_t)len), 0);
}

static void test_settings_cut_at_every_byte(void **state)
{
    char whole[4096];
    size_t len;

    (void)state;
    set_up();
    len = slurp(JSON, whole, sizeof(whole));
    for (size_t i = 0; i < len - 1; i++) { /* without the last LF it is whole */
        struct settings *s;

        unit_write(JSON, whole, len);
        cut(JSON, i);
        s = load();
        assert_true(told.settings_restored);
        assert_false(told.settings_lost || told.secrets_restored || told.secrets_lost);
        assert_set_up(s);
        settings_free(s);
    }
}

static void test_secrets_cut_at_every_byte(void **state)
{
    char whole[4096];
    size_t len;

    (void)state;
    set_up();
    len = slurp(FOLDER "/secrets", whole, sizeof(whole));
    for (size_t i = 0; i < len; i++) {
        struct settings *s;

        unit_write(FOLDER "/secrets", whole, len);
        cut(FOLDER "/secrets", i);
        s = load();
        assert_true(told.secrets_restored);
        assert_false(told.secrets_lost || told.settings_restored);
        assert_set_up(s);
        settings_free(s);
    }
}

static void test_both_copies_cut_at_every_byte(void **state)
{
    char json[4096], secrets[4096];
    size_t json_len, secrets_len;

    (void)state;
    set_up();
    json_len = slurp(JSON, json, sizeof(json));
    secrets_len = slurp(FOLDER "/secrets", secrets, sizeof(secrets));
    for (size_t i = 0; i < json_len - 1 || i < secrets_len; i++) {
        struct settings *s;

        unit_write(JSON, json, i < json_len - 1 ? i : 0);
        unit_write(JSON ".good", json, i < json_len - 1 ? i : 0);
        unit_write(FOLDER "/secrets", secrets, i < secrets_len ? i : 0);
        unit_write(FOLDER "/secrets.good", secrets, i < secrets_len ? i : 0);
        s = load();
        assert_true(told.settings_lost);
        assert_true(told.secrets_lost);
        assert_string_equal(settings_str(s, SET_SERVER_HOST, 1), "");
        assert_int_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->len, 0);
        settings_free(s);
    }
}

static void test_lost_settings_keep_the_password(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unit_write_text(JSON, "{");
    unit_write_text(JSON ".good", "{");
    s = load();
    assert_true(told.settings_lost);
    assert_false(told.secrets_lost || told.secrets_restored);
    assert_string_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->text, "Abcd1234");
    settings_free(s);
    unlink(JSON);
    unlink(JSON ".good");
    s = load();
    assert_true(told.settings_lost);
    assert_string_equal(settings_secret(s, SET_AUTH_PASSWORD, 0)->text, "Abcd1234");
    settings_free(s);
}

static void test_junk(void **state)
{
    static const char *const junk[] = {
        "",
        "{}",
        "[]",
        "null",
        "0",
        "\"x\"",
        "{\"format\":1}",
        "{\"format\":\"1\"}",
        "{\"format\":2,\"generation\":3,\"secrets\":0,\"values\":{}}",
        "{\"format\":1,\"generation\":0,\"secrets\":0,\"values\":{}}",
        "{\"format\":1,\"generation\":3,\"secrets\":-1,\"values\":{}}",
        "{\"format\":1,\"generation\":3,\"secrets\":0,\"values\":[]}",
        "{\"format\":1,\"generation\":3,\"secrets\":0,\"values\":{}}{}",
        "{\"format\":1,\"generation\":3,\"secrets\":0,\"values\":{\"a\":\"\xff\"}}",
        "\x7f"
        "ELF\x01",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    };
    struct settings *s;

    (void)state;
    set_up();
    for (size_t i = 0; i < ARRAY_LEN(junk); i++) {
        unit_write_text(JSON, junk[i]);
        s = load();
        assert_true(told.settings_restored);
        assert_set_up(s);
        settings_free(s);
    }
}

static void test_junk_secrets(void **state)
{
    static const char *const junk[] = {
        "",
        "end\n",
        "generation 3\n",
        "generation 0\nend\n",
        "generation x\nend\n",
        "generation 3\nend\nend\n",
        "generation 3\nauth.password 4\nend\n",
        "generation 3\nauth.password zz\nend\n",
        "generation 3\nauth.password\nend\n",
        "generation 3\nauth.password 00\nend\n",
        "{\"format\":1}",
        "generation 99999999999999999999\nend\n",
    };
    char huge[70000];
    struct settings *s;

    (void)state;
    set_up();
    for (size_t i = 0; i < ARRAY_LEN(junk); i++) {
        unit_write_text(FOLDER "/secrets", junk[i]);
        s = load();
        assert_true(told.secrets_restored);
        assert_set_up(s);
        settings_free(s);
    }
    memset(huge, 'a', sizeof(huge));
    unit_write(FOLDER "/secrets", huge, sizeof(huge));
    s = load();
    assert_true(told.secrets_restored);
    assert_set_up(s);
    settings_free(s);
}

static void test_wrong_values_are_left_out(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unit_write_text(JSON, "{\"format\":1,\"generation\":9,\"secrets\":3,\"values\":{"
                          "\"server.1.host\":\"ingest.example.net\",\"server.1.port\":70000,"
                          "\"server.1.passive\":true,\"server.2.host\":\"a b\","
                          "\"server.1.password\":\"clear\",\"future.key\":\"x\","
                          "\"server.3.port\":\"990\"}}");
    s = load();
    assert_int_equal(told.ignored, 5);
    assert_false(told.settings_restored || told.settings_lost);
    assert_set_up(s);
    assert_int_equal(settings_number(s, SET_SERVER_PORT, 1), 21);
    assert_int_equal(settings_number(s, SET_SERVER_PORT, 3), 990);
    assert_true(settings_on(s, SET_SERVER_PASSIVE, 1));
    settings_free(s);
}

static void test_damage_is_kept_aside_and_healed(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unit_write_text(JSON, "junk one");
    unit_write_text(FOLDER "/secrets", "junk two");
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL));
    unit_assert_text(JSON ".damaged", "junk one");
    unit_assert_text(FOLDER "/secrets.damaged", "junk two");
    s = load();
    assert_true(told_nothing());
    assert_set_up(s);
    assert_int_equal(settings_number(s, SET_SERVER_PORT, 1), 2121);
    assert_true(settings_generation(s) > 5); /* never a number that has been seen */
    settings_free(s);
    unit_write_text(JSON, "junk three"); /* the good copies are whole as well */
    unit_write_text(FOLDER "/secrets", "junk four");
    s = load();
    assert_set_up(s);
    settings_free(s);
}

static void test_a_damaged_good_copy_is_healed(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unit_write_text(JSON ".good", "junk");
    unit_write_text(FOLDER "/secrets.good", "junk");
    s = load();
    assert_true(told_nothing());
    settings_free(s);
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL));
    unit_write_text(JSON, "junk");
    unit_write_text(FOLDER "/secrets", "junk");
    s = load();
    assert_set_up(s);
    assert_int_equal(settings_number(s, SET_SERVER_PORT, 1), 2121);
    settings_free(s);
}

static void test_folders_and_links_in_place_of_files(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unlink(JSON);
    assert_int_equal(mkdir(JSON, 0700), 0);
    s = load();
    assert_true(told.settings_restored);
    assert_set_up(s);
    settings_free(s);
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL));
    s = load();
    assert_true(told_nothing());
    assert_set_up(s);
    settings_free(s);
    unlink(FOLDER "/secrets");
    assert_int_equal(symlink("/dev/zero", FOLDER "/secrets"), 0);
    s = load();
    assert_true(told.secrets_restored);
    assert_set_up(s);
    settings_free(s);
}

/* A change of secrets that did not get as far as settings.json counts as never made. */
static void test_secrets_without_their_settings(void **state)
{
    struct settings *s;

    (void)state;
    set_up();
    unit_write_text(FOLDER "/secrets", "generation 5\nauth.password 5a7a7a7a31323334\nend\n");
    s = load();
    assert_true(told_nothing());
    assert_set_up(s);
    settings_free(s);
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL)); /* takes that very number */
    s = load();
    assert_true(told_nothing());
    assert_set_up(s);
    settings_free(s);
}

static void test_leftovers_are_removed(void **state)
{
    (void)state;
    set_up();
    unit_write_text(FOLDER "/secrets.new.99999999", "generation 5\n");
    unit_write_text(JSON ".good.new.99999999", "{");
    assert_ok(set(SET_SERVER_PORT, 1, "2121", NULL));
    assert_false(unit_exists(FOLDER "/secrets.new.99999999"));
    assert_false(unit_exists(JSON ".good.new.99999999"));
}

static void test_writers_wait_for_each_other(void **state)
{
    enum { WRITERS = 6 };
    struct settings *s;
    pid_t pids[WRITERS];

    (void)state;
    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            _exit(set(SET_SERVER_PORT, i + 1, "2121", NULL) < 0 ? 1 : 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    s = load();
    assert_int_equal(settings_generation(s), WRITERS);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(settings_number(s, SET_SERVER_PORT, i + 1), 2121);
    settings_free(s);
}

static void test_a_folder_that_cannot_be_made(void **state)
{
    struct err e;

    (void)state;
    unit_write_text(FOLDER, "a file");
    assert_true(set(SET_SERVER_PORT, 1, "2121", &e) < 0);
    assert_int_equal(e.step, STEP_SETTINGS);
}

#define FILES(name) cmocka_unit_test_setup_teardown(name, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILES(test_an_empty_folder_is_defaults),
        FILES(test_values_are_kept),
        FILES(test_only_what_differs_is_written),
        FILES(test_resetting),
        FILES(test_all_or_nothing),
        FILES(test_the_same_again_is_not_written),
        FILES(test_secrets_are_apart_and_private),
        FILES(test_every_generation_counts_once),
        FILES(test_settings_cut_at_every_byte),
        FILES(test_secrets_cut_at_every_byte),
        FILES(test_both_copies_cut_at_every_byte),
        FILES(test_lost_settings_keep_the_password),
        FILES(test_junk),
        FILES(test_junk_secrets),
        FILES(test_wrong_values_are_left_out),
        FILES(test_damage_is_kept_aside_and_healed),
        FILES(test_a_damaged_good_copy_is_healed),
        FILES(test_folders_and_links_in_place_of_files),
        FILES(test_secrets_without_their_settings),
        FILES(test_leftovers_are_removed),
        FILES(test_writers_wait_for_each_other),
        FILES(test_a_folder_that_cannot_be_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
