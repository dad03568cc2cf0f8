/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loading a settings file: as one, with its certificates, and never leading a password astray. */
#include "tests/lib/unit.h"

#include "base/record.h"
#include "service/service_backup.h"
#include "service/service_private.h"

static struct buf root, leaf; /* two certificates */

static struct service *open_unit(const char *state)
{
    const struct service_paths paths = {
        .state_dir = state, .run_dir = "run", .cards = {"card"}, .card_count = 1};
    struct service *svc = NULL;

    assert_ok(service_open(&paths, &svc, NULL));
    return svc;
}

static void set(struct service *svc, enum setting_id id, int server, const char *value)
{
    struct setting_change change = {.id = id, .server = server, .value = value};

    assert_ok(service_apply(svc, &change, 1, NULL));
}

static void set_secret(struct service *svc, enum setting_id id, int server, const char *text)
{
    struct secret secret = SECRET_EMPTY;
    struct setting_change change = {.id = id, .server = server, .secret = &secret};

    assert_ok(secret_set(&secret, text, strlen(text)));
    assert_ok(service_apply(svc, &change, 1, NULL));
}

static const char *password(struct service *svc, int server)
{
    return settings_secret(service_settings(svc), SET_SERVER_PASSWORD, server)->text;
}

/* The first subject of what is installed for a server; "" for none. */
static const char *subject(struct service *svc, int server)
{
    static char text[CERT_NAME_MAX];
    struct cert_bundle bundle;

    if (service_certificate(svc, server, &bundle, NULL) < 0)
        return "";
    str_copy(text, sizeof(text), bundle.certs[0].subject);
    cert_bundle_done(&bundle);
    return text;
}

/* A unit with one server, saved to `path`. */
static void make_file(const char *path, bool secrets)
{
    struct service *svc = open_unit("source");
    struct secret passphrase = SECRET_EMPTY;

    set(svc, SET_SERVER_HOST, 1, "ingest.example.net");
    set(svc, SET_SERVER_SECURE, 1, "on");
    set_secret(svc, SET_SERVER_PASSWORD, 1, "camera");
    set_secret(svc, SET_AUTH_PASSWORD, 0, "unit1234");
    assert_ok(service_certificate_install(svc, 1, &root, NULL));
    assert_ok(secret_set(&passphrase, "correct horse", 13));
    assert_ok(service_backup_save(svc, path, secrets ? &passphrase : NULL, NULL));
    service_free(svc);
}

static struct service_backup *read_file(struct service *svc, const char *path)
{
    struct service_backup *f = NULL;
    char where[SETTING_KEY_MAX];

    assert_ok(service_backup_read(svc, path, &f, where, NULL));
    assert_ok(service_backup_plan(svc, f, NULL));
    return f;
}

static void test_load(void **state)
{
    const struct service_backup_change *changes;
    struct secret passphrase = SECRET_EMPTY;
    struct service_backup *f;
    struct service *svc;

    (void)state;
    make_file("file.json", true);
    svc = open_unit("target");
    f = read_file(svc, "file.json");
    assert_ok(secret_set(&passphrase, "correct horse", 13));
    assert_ok(service_backup_open(f, &passphrase, NULL));
    assert_ok(service_backup_plan(svc, f, NULL));
    assert_int_equal(service_backup_changes(f, &changes), 4);
    assert_ok(service_backup_load(svc, f, NULL));
    assert_string_equal(settings_str(service_settings(svc), SET_SERVER_HOST, 1),
                        "ingest.example.net");
    assert_string_equal(password(svc, 1), "camera");
    assert_string_not_equal(subject(svc, 1), "");
    assert_false(service_password_set(svc)); /* the unit's own is not carried */
    assert_false(unit_exists("target/certificates.next"));
    assert_ok(service_backup_plan(svc, f, NULL));
    assert_int_equal(service_backup_changes(f, &changes), 0);
    service_backup_free(f);
    service_free(svc);
}

/* A file without passwords cannot send the one that is here to another server. */
static void test_password_is_not_led_astray(void **state)
{
    static const struct {
        enum setting_id id;
        const char *value;
    } before[] = {
        {SET_SERVER_HOST, "other.example.net"},
        {SET_SERVER_PORT, "2121"},
        {SET_SERVER_USER, "someone"},
    };
    const struct service_backup_change *changes;
    struct service_backup *f;
    struct service *svc;

    (void)state;
    make_file("file.json", false);
    for (size_t i = 0; i < ARRAY_LEN(before); i++) {
        svc = open_unit("source"); /* as in the file but for one value */
        set(svc, before[i].id, 1, before[i].value);
        f = read_file(svc, "file.json");
        assert_int_equal(service_backup_changes(f, &changes), 2);
        assert_int_equal(changes[1].kind, SERVICE_BACKUP_CLEARED);
        assert_ok(service_backup_load(svc, f, NULL));
        assert_string_equal(password(svc, 1), "");
        set_secret(svc, SET_SERVER_PASSWORD, 1, "camera");
        service_backup_free(f);
        service_free(svc);
    }
    svc = open_unit("source");
    assert_ok(service_certificate_install(svc, 1, &leaf, NULL));
    f = read_file(svc, "file.json");
    assert_int_equal(service_backup_changes(f, &changes), 2); /* certificate, password */
    service_backup_free(f);
    assert_ok(service_certificate_install(svc, 1, &root, NULL));
    set(svc, SET_SERVER_DIR, 1, "elsewhere"); /* the same server */
    f = read_file(svc, "file.json");
    assert_int_equal(service_backup_changes(f, &changes), 1);
    assert_ok(service_backup_load(svc, f, NULL));
    assert_string_equal(password(svc, 1), "camera");
    service_backup_free(f);
    service_free(svc);
}

static void test_changed_meanwhile(void **state)
{
    struct service_backup *f;
    struct service *svc;
    struct err e;

    (void)state;
    make_file("file.json", false);
    svc = open_unit("target");
    f = read_file(svc, "file.json");
    set(svc, SET_SERVER_NAME, 2, "Edit");
    assert_err(service_backup_load(svc, f, &e), e, ERR_CHANGED_MEANWHILE);
    assert_string_equal(settings_str(service_settings(svc), SET_SERVER_HOST, 1), "");
    assert_string_equal(subject(svc, 1), "");
    service_backup_free(f);
    service_free(svc);
}

static void write_next(const char *state, int64_t generation, const struct buf *pem)
{
    struct record *r = record_new();
    char path[128];

    record_set_int(r, "generation", generation);
    record_set_str(r, "1", buf_str(pem));
    str_format(path, sizeof(path), "%s/certificates.next", state);
    assert_ok(record_save(r, path, STEP_NONE, NULL));
    record_free(r);
}

/* The power went after the settings were renamed: the next to come puts the certificates there. */
static void test_finished_after_power_loss(void **state)
{
    struct service *svc = open_unit("state");
    int64_t generation;

    (void)state;
    set(svc, SET_SERVER_HOST, 1, "ingest.example.net");
    generation = settings_generation(service_settings(svc));
    service_free(svc);
    write_next("state", generation, &root);
    svc = open_unit("state");
    assert_string_not_equal(subject(svc, 1), "");
    assert_false(unit_exists("state/certificates.next"));
    service_free(svc);
}

/* It went before: nothing has changed, and a later change does not bring it back. */
static void test_forgotten_after_power_loss(void **state)
{
    struct service *svc = open_unit("state");
    int64_t generation;

    (void)state;
    set(svc, SET_SERVER_HOST, 1, "ingest.example.net");
    generation = settings_generation(service_settings(svc));
    write_next("state", generation + 1, &root);
    set(svc, SET_SERVER_HOST, 1, "b.example.net"); /* a process that was open all the time */
    assert_int_equal(settings_generation(service_settings(svc)), generation + 1);
    assert_false(unit_exists("state/certificates.next"));
    service_free(svc);
    write_next("state", generation + 2, &root);
    svc = open_unit("state");
    assert_string_equal(subject(svc, 1), "");
    assert_false(unit_exists("state/certificates.next"));
    service_free(svc);
}

static void test_bad_certificate_is_refused(void **state)
{
    struct service *svc = open_unit("state");
    struct service_backup *f = NULL;
    char where[SETTING_KEY_MAX];
    struct err e;

    (void)state;
    unit_write_text(
        "file.json",
        "{\"netmenu\":\"settings\",\"format\":1,\"values\":{\"server.1.host\":\"a\"},"
        "\"certificates\":{\"server.2\":\"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END "
        "PRIVATE KEY-----\\n\"}}");
    assert_err(service_backup_read(svc, "file.json", &f, where, &e), e, ERR_CERT_PRIVATE_KEY);
    assert_string_equal(where, "certificates: server.2");
    assert_err(service_backup_read(svc, "card", &f, where, &e), e, ERR_NOT_REGULAR);
    assert_err(service_backup_read(svc, "missing", &f, where, &e), e, ERR_NOT_FOUND);
    service_free(svc);
}

static void test_network_reset(void **state)
{
    struct service *svc = open_unit("state");

    (void)state;
    set_secret(svc, SET_AUTH_PASSWORD, 0, "unit1234");
    set(svc, SET_AUTH_USER, 0, "operator");
    set(svc, SET_DISPLAY_THEME, 0, "light");
    set(svc, SET_WLAN_SSID, 0, "studio");
    set(svc, SET_SERVER_HOST, 16, "ingest.example.net");
    set_secret(svc, SET_SERVER_PASSWORD, 16, "camera");
    assert_ok(service_certificate_install(svc, 16, &root, NULL));
    assert_ok(service_network_reset(svc, NULL));
    for (int id = 0; id < SET_COUNT; id++)
        for (int n = 0; n <= SETTINGS_SERVERS; n++)
            if (setting_row((enum setting_id)id)->per_server == (n > 0) &&
                setting_row((enum setting_id)id)->group == SETTING_OF_NETWORK)
                assert_false(settings_is_set(service_settings(svc), (enum setting_id)id, n));
    assert_true(service_password_set(svc));
    assert_string_equal(service_user(svc), "operator");
    assert_string_equal(settings_str(service_settings(svc), SET_DISPLAY_THEME, 0), "light");
    assert_string_not_equal(subject(svc, 16), "");
    service_free(svc);
}

static int enter(void **state)
{
    int r = unit_enter(state);

    return r < 0 || mkdir("card", 0755) < 0 ? -1 : 0;
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, enter, unit_leave)
    const struct CMUnitTest tests[] = {
        CASE(test_load),
        CASE(test_password_is_not_led_astray),
        CASE(test_changed_meanwhile),
        CASE(test_finished_after_power_loss),
        CASE(test_forgotten_after_power_loss),
        CASE(test_bad_certificate_is_refused),
        CASE(test_network_reset),
    };

    buf_init(&root, CERT_FILE_MAX);
    buf_init(&leaf, CERT_FILE_MAX);
    if (cert_read_file(TEST_DATA "/cert/root.pem", &root, NULL) < 0 ||
        cert_read_file(TEST_DATA "/cert/leaf.pem", &leaf, NULL) < 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
