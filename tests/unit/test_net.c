/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "net/endpoint.h"
#include "net/hostname.h"
#include "net/resolve.h"
#include "net/suites.h"
#include "net/tls.h"

static void test_suites(void **state)
{
    int recommended = 0;

    (void)state;
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++) {
        const struct tls_suite *s = &tls_suites[i];

        assert_ptr_equal(tls_suite_find(s->name), s); /* also: no name twice */
        assert_true(strlen(s->why) > 0);
        assert_int_equal(s->deprecated, i >= 3);
        recommended += !s->deprecated;
        if (!tls_suite_offered(s))
            print_message("this wolfSSL lacks %s\n", s->name);
    }
    assert_int_equal(recommended, 3);
    assert_true(tls_suite_offered(&tls_suites[0]));
    assert_null(tls_suite_find("TLS_RSA_WITH_NULL_SHA256"));
    assert_null(tls_suite_find(""));
    assert_null(tls_suite_find(NULL));
}

static void test_hostname(void **state)
{
    static const struct {
        const char *name, *host;
        bool matches;
    } rows[] = {
        {"ftp.example.com", "ftp.example.com", true},
        {"FTP.Example.com", "ftp.eXample.COM", true},
        {"ftp.example.com", "ftp.example.com.", true},
        {"ftp.example.com.", "ftp.example.com", true},
        {"localhost", "localhost", true},
        {"ftp.example.com", "example.com", false},
        {"example.com", "ftp.example.com", false},
        {"ftp.example.co", "ftp.example.com", false},
        {"*.example.com", "ftp.example.com", true},
        {"*.EXAMPLE.com", "ftp.example.com.", true},
        {"*.example.com", "a.ftp.example.com", false},
        {"*.example.com", "example.com", false},
        {"*.example.com", ".example.com", false},
        {"*.com", "example.com", false},
        {"*", "localhost", false},
        {"*.", "localhost.", false},
        {"*.*.com", "ftp.example.com", false},
        {"*.*", "ftp.example", false},
        {"f*.example.com", "ftp.example.com", false},
        {"*p.example.com", "ftp.example.com", false},
        {"ftp.*.com", "ftp.example.com", false},
        {"127.0.0.1", "127.0.0.1", false}, /* an address is never a name */
        {"*.0.0.1", "127.0.0.1", false},
        {"::1", "::1", false},
        {"", "", false},
        {"", "localhost", false},
        {".", ".", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (hostname_matches(rows[i].name, strlen(rows[i].name), rows[i].host) != rows[i].matches)
            fail_msg("%s %s", rows[i].name, rows[i].host);
    assert_false(hostname_matches("ftp.example.com\0.evil.org", 25, "ftp.example.com"));
    assert_false(hostname_matches("ftp.example.com\0", 16, "ftp.example.com"));
}

static void test_address(void **state)
{
    static const unsigned char v4[4] = {127, 0, 0, 1};
    unsigned char v6[16] = {0};

    (void)state;
    v6[15] = 1;
    assert_true(hostname_matches_address(v4, 4, "127.0.0.1"));
    assert_false(hostname_matches_address(v4, 4, "127.0.0.2"));
    assert_false(hostname_matches_address(v4, 4, "localhost"));
    assert_false(hostname_matches_address(v4, 4, "127.1"));
    assert_true(hostname_matches_address(v6, 16, "::1"));
    assert_true(hostname_matches_address(v6, 16, "0:0::0:1"));
    assert_true(hostname_matches_address(v6, 16, "::1%lo"));
    assert_false(hostname_matches_address(v6, 15, "::1"));
    assert_false(hostname_matches_address(v6, 16, "::2"));
    assert_false(hostname_matches_address(v6, 4, "::1"));
}

static struct {
    struct loop *loop;
    size_t count;
    enum err_code code;
    struct endpoint first;
} answer;

static void on_resolved(void *arg, const struct endpoint *list, size_t count, const struct err *err)
{
    (void)arg;
    answer.count = count;
    answer.code = err->code;
    if (count > 0)
        answer.first = list[0];
    loop_stop(answer.loop);
}

static void test_resolve(void **state)
{
    struct endpoint other;
    char text[ENDPOINT_TEXT_MAX];

    (void)state;
    answer.loop = loop_new();
    assert_non_null(resolve_start(answer.loop, "127.0.0.1", 990, on_resolved, NULL));
    loop_run(answer.loop);
    assert_int_equal(answer.count, 1);
    assert_string_equal(endpoint_text(&answer.first, text), "127.0.0.1");
    assert_int_equal(endpoint_port(&answer.first), 990);
    assert_false(endpoint_is_ipv6(&answer.first));

    other = answer.first;
    endpoint_set_port(&other, 7);
    assert_true(endpoint_same_host(&other, &answer.first));
    ((struct sockaddr_in *)&other.addr)->sin_addr.s_addr ^= 1;
    assert_false(endpoint_same_host(&other, &answer.first));

    assert_non_null(resolve_start(answer.loop, "::1", 21, on_resolved, NULL));
    loop_run(answer.loop);
    assert_true(endpoint_is_ipv6(&answer.first));
    assert_false(endpoint_same_host(&other, &answer.first));
    assert_string_equal(endpoint_text(&answer.first, text), "::1");

    assert_non_null(resolve_start(answer.loop, "not a host name", 21, on_resolved, NULL));
    loop_run(answer.loop);
    assert_int_equal(answer.count, 0);
    assert_int_equal(answer.code, ERR_RESOLVE);

    resolve_cancel(resolve_start(answer.loop, "localhost", 21, on_resolved, NULL));
    resolve_cancel(NULL);
    loop_free(answer.loop);
}

static void test_trust(void **state)
{
    static const char *const useless[] = {
        "",
        "junk",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    };
    struct tls_context *ctx = NULL;
    struct err err;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(useless); i++) {
        assert_int_equal(
            tls_context_new(&ctx, TLS_POLICY_COMPATIBLE, useless[i], strlen(useless[i]), &err),
            -ERR_NO_CERTIFICATE);
        assert_int_equal(err.code, ERR_NO_CERTIFICATE);
        assert_null(ctx);
    }
    tls_context_free(NULL);
    tls_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suites),  cmocka_unit_test(test_hostname),
        cmocka_unit_test(test_address), cmocka_unit_test(test_resolve),
        cmocka_unit_test(test_trust),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
