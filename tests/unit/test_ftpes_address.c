/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "ftpes/address.h"

struct row {
    const char *words;
    int port; /* 0: refused */
};

static const struct row rows_229[] = {
    {"Entering Extended Passive Mode (|||6446|)", 6446},
    {"(|||1024|)", 1024},
    {"(|||65535|)", 65535},
    {"(!!!50000!)", 50000},
    {"(|1|10.0.0.1|50000|)", 50000},
    {"(|2|2001:db8::1|50000|)", 50000},
    {"(|||50000|) more", 50000},
    {"(|||050000|)", 0},
    {"(|||1023|)", 0},
    {"(|||0|)", 0},
    {"(|||21|)", 0},
    {"(|||65536|)", 0},
    {"(|||1000000|)", 0},
    {"(|||99999999999999999999|)", 0},
    {"(|||-1|)", 0},
    {"(|||+50000|)", 0},
    {"(||| 50000|)", 0},
    {"(|||50000)", 0},
    {"(|||50000", 0},
    {"(|||", 0},
    {"(||50000|)", 0},
    {"(||||)", 0},
    {"(", 0},
    {"()", 0},
    {"(1111500001)", 0},
    {"( 50000 )", 0},
    {"|||50000|", 0},
    {"", 0},
};

static const struct row rows_227[] = {
    {"Entering Passive Mode (127,0,0,1,119,168).", 119 * 256 + 168},
    {"Entering Passive Mode (10,0,0,1,255,255)", 65535},
    {"=10,0,0,1,4,0", 1024},
    {"Entering Passive Mode. 10,0,0,1,4,1", 1025},
    {"mode 2, go: 10,0,0,1,4,1", 1025},
    {"(10,0,0,1,3,255)", 0},
    {"(10,0,0,1,0,21)", 0},
    {"(10,0,0,1,256,1)", 0},
    {"(10,0,0,1,1216,1)", 0},
    {"(256,0,0,1,4,1)", 0},
    {"(10,0,0,1,4)", 0},
    {"(10,0,0,1,4,1,7)", 0},
    {"(10,0,0,1,4,)", 0},
    {"(10,,0,1,4,1)", 0},
    {"(,10,0,0,1,4,1)", 0},
    {"(10,0,0,1,4,-1)", 0},
    {"(10, 0, 0, 1, 4, 1)", 0},
    {"nothing", 0},
    {",", 0},
    {"", 0},
};

static void check(const struct row *rows, size_t count,
                  int (*parse)(const char *, size_t, uint16_t *))
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(rows[i].words);
        char *exact = malloc(len + 1); /* no byte behind it: a sanitizer sees a read too far */
        uint16_t port = 7;
        int r;

        memcpy(exact, rows[i].words, len);
        r = parse(exact, len, &port);
        if (r != (rows[i].port != 0 ? 0 : -ERR_PASSIVE))
            fail_msg("\"%s\": %d", rows[i].words, r);
        assert_int_equal(port, rows[i].port != 0 ? rows[i].port : 7);
        free(exact);
    }
}

static void test_229(void **state)
{
    (void)state;
    check(rows_229, ARRAY_LEN(rows_229), address_parse_229);
}

static void test_227(void **state)
{
    (void)state;
    check(rows_227, ARRAY_LEN(rows_227), address_parse_227);
}

static void test_builders(void **state)
{
    struct endpoint v4 = {.len = sizeof(struct sockaddr_in)};
    struct endpoint v6 = {.len = sizeof(struct sockaddr_in6)};
    char text[ADDRESS_TEXT_MAX];

    (void)state;
    v4.addr.ss_family = AF_INET;
    inet_pton(AF_INET, "192.0.2.1", &((struct sockaddr_in *)&v4.addr)->sin_addr);
    endpoint_set_port(&v4, 40000);
    v6.addr.ss_family = AF_INET6;
    inet_pton(AF_INET6, "2001:db8::1", &((struct sockaddr_in6 *)&v6.addr)->sin6_addr);
    endpoint_set_port(&v6, 40000);
    address_eprt(&v4, text);
    assert_string_equal(text, "|1|192.0.2.1|40000|");
    address_eprt(&v6, text);
    assert_string_equal(text, "|2|2001:db8::1|40000|");
    address_port(&v4, text);
    assert_string_equal(text, "192,0,2,1,156,64");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_229),
        cmocka_unit_test(test_227),
        cmocka_unit_test(test_builders),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
