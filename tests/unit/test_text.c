/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences for every error and step, and quantities. That no error lacks its row, the compiler
 * sees; here the rows are looked at. */
#include "tests/lib/unit.h"

#include "text/text.h"
#include "text/text_private.h"

/* A sentence has no conversion but %1$s and %2$s. */
static void assert_template(const char *text)
{
    for (const char *p = strchr(text, '%'); p != NULL; p = strchr(p + 1, '%'))
        assert_true(str_starts(p, "%1$s") || str_starts(p, "%2$s"));
}

/* It begins with a capital or an argument, and has an end. */
static void assert_sentence(const char *text)
{
    size_t len = strlen(text);

    assert_true(len > 10);
    assert_true((text[0] >= 'A' && text[0] <= 'Z') || text[0] == '%' || text[0] == '[' ||
                str_starts(text, "certification.pem") || str_starts(text, "netmenuctl "));
    assert_null(strstr(text, "  "));
}

static void test_every_code_has_sentences(void **state)
{
    (void)state;
    assert_null(err_sentence(ERR_NONE));
    for (int i = 1; i < ERR_COUNT; i++) {
        const struct err_sentence *s = err_sentence((enum err_code)i);

        assert_non_null(s);
        assert_template(s->cause);
        assert_sentence(s->cause);
        assert_non_null(strchr(s->cause, s->cause_plain != NULL ? '%' : ' '));
        if (s->cause_plain == NULL) {
            assert_null(strchr(s->cause, '%'));
        } else {
            assert_template(s->cause_plain);
            assert_sentence(s->cause_plain);
            assert_null(strstr(s->cause_plain, "%1$s"));
        }
        if (s->remedy != NULL) {
            assert_sentence(s->remedy);
            assert_null(strchr(s->remedy, '%'));
        }
    }
}

/* What is retried, failed or stopped tells what to do; a rule of a value says it all itself. */
static void test_failures_have_remedies(void **state)
{
    (void)state;
    for (int i = 1; i < ERR_COUNT; i++)
        if (err_class((enum err_code)i) != ERR_CLASS_LOCAL)
            assert_non_null(err_sentence((enum err_code)i)->remedy);
}

static void test_every_step_has_words(void **state)
{
    (void)state;
    assert_string_equal(step_sentence(STEP_NONE), "");
    for (int i = 1; i < STEP_COUNT; i++)
        assert_true(strlen(step_sentence((enum err_step)i)) > 3);
}

static void test_sentences_fit(void **state)
{
    char filler[400];

    (void)state;
    memset(filler, 'x', sizeof(filler) - 1);
    filler[sizeof(filler) - 1] = '\0';
    for (int i = 1; i < ERR_COUNT; i++) {
        struct err_text t;
        struct err e;

        err_set_args(&e, (enum err_code)i, STEP_LOGIN, filler, filler);
        text_of_err(&e, &t);
        assert_true(strlen(t.cause) < TEXT_MAX - 1);
        assert_null(strstr(t.cause, "$s"));
        err_set(&e, (enum err_code)i, STEP_LOGIN);
        text_of_err(&e, &t);
        assert_null(strstr(t.cause, "%1"));
        assert_string_equal(t.step, "Logging in to the server");
    }
}

static void test_wrong_host(void **state)
{
    struct err_text t;
    struct err e;
    char line[TEXT_MAX];

    (void)state;
    err_set_args(&e, ERR_TLS_WRONG_HOST, STEP_HANDSHAKE, "backup.example.net",
                 "ingest.example.net");
    text_of_err(&e, &t);
    assert_string_equal(t.step, "Securing the connection");
    assert_string_equal(t.cause, "The server showed a certificate for backup.example.net, but "
                                 "[Host Name] is ingest.example.net.");
    assert_true(str_starts(t.remedy, "Nothing was sent."));
    assert_string_equal(t.reply, "");
    text_err_line(&e, line, sizeof(line));
    assert_true(str_starts(line, "Securing the connection: The server showed "));
}

static void test_replies(void **state)
{
    static const struct {
        int code;
        const char *reply, *want;
    } cases[] = {
        {530, "Login incorrect.", "530 Login incorrect."},
        {530, "530 Login incorrect.", "530 Login incorrect."},
        {421, "", "421"},
        {550, "\x1b[2Jx", "550 \\x1B[2Jx"},
        {0, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err_text t;
        struct err e;

        err_set_reply(&e, ERR_LOGIN, STEP_LOGIN, cases[i].code, cases[i].reply,
                      (int)strlen(cases[i].reply));
        text_of_err(&e, &t);
        assert_string_equal(t.reply, cases[i].want);
    }
}

static void test_line(void **state)
{
    struct err e;
    char line[TEXT_MAX], small[12];

    (void)state;
    err_set_reply(&e, ERR_LOGIN, STEP_LOGIN, 530, "No.", 3);
    text_err_line(&e, line, sizeof(line));
    assert_string_equal(line, "Logging in to the server: The server refused the user name or "
                              "password. Check [User Name] and [Password] in [Server Settings]. "
                              "(530 No.)");
    text_err_line(&e, small, sizeof(small));
    assert_string_equal(small, "Logging in ");
    err_clear(&e);
    text_err_line(&e, line, sizeof(line));
    assert_string_equal(line, "");
}

/* Arguments are never read as templates. */
static void test_arguments_are_plain(void **state)
{
    struct err_text t;
    struct err e;

    (void)state;
    err_set_args(&e, ERR_TLS_WRONG_HOST, STEP_NONE, "%2$s%n%s", "%1$s");
    text_of_err(&e, &t);
    assert_string_equal(t.cause, "The server showed a certificate for %2$s%n%s, but [Host Name] "
                                 "is %1$s.");
}

static void test_bytes(void **state)
{
    static const struct {
        int64_t bytes;
        const char *want;
    } cases[] = {
        {-5, "0 B"},
        {0, "0 B"},
        {1, "1 B"},
        {999, "999 B"},
        {1000, "1.0 kB"},
        {1049, "1.0 kB"},
        {1051, "1.1 kB"},
        {9949, "9.9 kB"},
        {9951, "10 kB"},
        {10499, "10 kB"},
        {999499, "999 kB"},
        {999500, "1.0 MB"},
        {1900000000, "1.9 GB"},
        {41000000, "41 MB"},
        {INT64_MAX, "9.2 EB"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[32];

        text_bytes(text, sizeof(text), cases[i].bytes);
        assert_string_equal(text, cases[i].want);
        text_rate(text, sizeof(text), cases[i].bytes);
        assert_true(str_starts(text, cases[i].want));
        assert_string_equal(text + strlen(cases[i].want), "/s");
    }
}

static void test_durations(void **state)
{
    static const struct {
        int64_t seconds;
        const char *want;
    } cases[] = {
        {-1, "0:00"},    {0, "0:00"},       {17, "0:17"},      {60, "1:00"},
        {3599, "59:59"}, {3600, "1:00:00"}, {3725, "1:02:05"}, {360000, "100:00:00"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[32];

        text_duration(text, sizeof(text), cases[i].seconds);
        assert_string_equal(text, cases[i].want);
    }
}

static void test_times(void **state)
{
    char text[32];

    (void)state;
    setenv("TZ", "UTC", 1);
    tzset();
    text_time(text, sizeof(text), 1795390289);
    assert_string_equal(text, "2026-11-22 23:31");
    text_time(text, sizeof(text), 0);
    assert_string_equal(text, "");
}

static void test_job_states(void **state)
{
    (void)state;
    for (int i = 0; i < JOB_STATE_COUNT; i++)
        assert_true(strlen(text_job_state((enum job_state)i)) > 3);
}

static void test_every_suite_has_a_reason(void **state)
{
    (void)state;
    for (int i = 0; i < TLS_SUITE_COUNT; i++)
        assert_string_equal(text_suite_why(&tls_suites[i]), tls_suites[i].why);
}

static void test_told(void **state)
{
    struct settings_told told = {.ignored = 0};
    char text[TEXT_MAX], cut[10];

    (void)state;
    text_settings_told(&told, text, sizeof(text));
    assert_string_equal(text, "");
    told.settings_restored = true;
    told.ignored = 2;
    text_settings_told(&told, text, sizeof(text));
    assert_non_null(strstr(text, "last good copy is used"));
    assert_non_null(strstr(text, "2 values"));
    assert_non_null(strstr(text, "repairs"));
    text_settings_told(&told, cut, sizeof(cut));
    assert_string_equal(cut, "The setti");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_has_sentences),
        cmocka_unit_test(test_failures_have_remedies),
        cmocka_unit_test(test_every_step_has_words),
        cmocka_unit_test(test_sentences_fit),
        cmocka_unit_test(test_wrong_host),
        cmocka_unit_test(test_replies),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_arguments_are_plain),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_job_states),
        cmocka_unit_test(test_every_suite_has_a_reason),
        cmocka_unit_test(test_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
