/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Check Server in words: nothing is silent, every failure says what to do. */
#include "tests/lib/unit.h"

#include "text/check_text.h"

static struct check_report report(void)
{
    struct check_report r = {.secure = true, .passive = true, .port = 21};

    str_copy(r.addresses, sizeof(r.addresses), "192.0.2.1");
    str_copy(r.peer, sizeof(r.peer), "192.0.2.1");
    r.tls = (struct ftpes_tls_info){"TLSv1.2", tls_suites[TLS_SUITE_COUNT - 1].name, true};
    r.resumption = CHECK_RESUMPTION_USED;
    for (int id = 0; id < CHECK_COUNT; id++) {
        r.items[id].outcome = CHECK_OK;
        r.items[id].because = CHECK_COUNT;
    }
    return r;
}

static void test_every_item_has_words(void **state)
{
    struct check_report r = report();
    struct check_text t;

    (void)state;
    for (int i = 0; i < CHECK_COUNT; i++) {
        enum check_id id = (enum check_id)i;

        assert_true(strlen(text_check_title(id)) > 2);
        assert_true(strlen(text_check_title(id)) <= 16);
        r.items[id].outcome = CHECK_OK;
        text_check_item(&r, id, &t);
        assert_true(t.finding[0] != '\0');
        assert_string_equal(t.remedy, "");
        r.items[id].outcome = CHECK_SKIPPED;
        text_check_item(&r, id, &t);
        assert_true(t.finding[0] != '\0');
    }
    for (int o = CHECK_RUNNING; o < CHECK_OUTCOME_COUNT; o++)
        assert_true(text_check_outcome((enum check_outcome)o)[0] != '\0');
}

/* Whatever a job can fail of, and nothing of it is "tried again". */
static void test_failures_have_remedies(void **state)
{
    struct check_report r = report();
    struct check_text t;

    (void)state;
    for (int code = 1; code < ERR_COUNT; code++) {
        if (err_class((enum err_code)code) == ERR_CLASS_LOCAL)
            continue;
        r.items[CHECK_WRITE].outcome = CHECK_FAILED;
        err_set(&r.items[CHECK_WRITE].err, (enum err_code)code, STEP_STORE);
        text_check_item(&r, CHECK_WRITE, &t);
        if (t.finding[0] == '\0' || t.remedy[0] == '\0' || strstr(t.remedy, "be tried") != NULL ||
            strstr(t.remedy, "sent again") != NULL)
            fail_msg("%s: %s %s", err_word((enum err_code)code), t.finding, t.remedy);
    }
}

static void test_warnings_have_remedies(void **state)
{
    const enum check_id ids[] = {CHECK_TLS, CHECK_CERTIFICATE, CHECK_SUITES};
    struct check_report r = report();
    struct check_text t;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        r.items[ids[i]].outcome = CHECK_WARNING;
        text_check_item(&r, ids[i], &t);
        assert_true(t.remedy[0] != '\0');
    }
    r.secure = false;
    r.items[CHECK_AUTH].outcome = CHECK_WARNING;
    text_check_item(&r, CHECK_AUTH, &t);
    assert_non_null(strstr(t.finding, "Not encrypted"));
    assert_true(t.remedy[0] != '\0');
}

static void test_verdict(void **state)
{
    struct check_report r = report();
    char text[4096];

    (void)state;
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        r.suites[i] = CHECK_SUITE_NO;
    r.suites[TLS_SUITE_COUNT - 1] = CHECK_SUITE_YES;
    text_check_verdict(&r, text, sizeof(text));
    assert_true(str_starts(text, "Uploads to this server will work."));
    assert_non_null(strstr(text, "\nEnable on the server (recommended):\nTLS_ECDHE_"));
    assert_non_null(strstr(text, "\nDisable on the server (deprecated):\nTLS_RSA_"));
    assert_non_null(strstr(text, "does not suit"));
    r.items[CHECK_LOGIN].outcome = CHECK_FAILED;
    text_check_verdict(&r, text, sizeof(text));
    assert_non_null(strstr(text, "will not work: see Login"));
    r.suites[0] = CHECK_SUITE_UNKNOWN; /* then nothing is said of suites */
    text_check_verdict(&r, text, sizeof(text));
    assert_null(strstr(text, "TLS_"));
    r.items[CHECK_LOGIN].outcome = CHECK_SKIPPED;
    r.items[CHECK_RENAME].outcome = CHECK_SKIPPED;
    text_check_verdict(&r, text, sizeof(text));
    assert_non_null(strstr(text, "not known"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_item_has_words),
        cmocka_unit_test(test_failures_have_remedies),
        cmocka_unit_test(test_warnings_have_remedies),
        cmocka_unit_test(test_verdict),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
