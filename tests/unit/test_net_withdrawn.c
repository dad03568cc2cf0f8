/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One word in the table takes a suite out of what connections offer. The program is linked with a
 * copy of the table that can be written to, and its ClientHello is looked at.
 */
#include "tests/lib/unit.h"

#include <sys/socket.h>
#include <unistd.h>

#include "net/tls.h"

/* Stands where the linker looks for suites.c's table, and is taken instead of it. */
extern struct tls_suite own_suites[TLS_SUITE_COUNT] __asm__("tls_suites");
struct tls_suite own_suites[TLS_SUITE_COUNT];

#define tls_suites     program_suites
#define tls_suite_find program_suite_find
extern const struct tls_suite program_suites[TLS_SUITE_COUNT];
extern const struct tls_suite *program_suite_find(const char *name);
#include "net/suites.c"
#undef tls_suites
#undef tls_suite_find

const struct tls_suite *tls_suite_find(const char *name)
{
    const struct tls_suite *found = program_suite_find(name);

    return found == NULL ? NULL : &own_suites[found - program_suites];
}

/* Where the list of suites stands in a ClientHello without a session (RFC 5246 section 7.4.1.2). */
#define AT_SUITES (5 + 4 + 2 + 32 + 1)

/* The suites that a connection offers first, as numbers; 0 after the last. */
static void offered(enum tls_policy policy, unsigned ret_suites[32])
{
    struct tls_context *ctx;
    struct buf out;
    struct tls *t;
    struct err e;
    const unsigned char *hello;
    int fds[2], count;

    buf_init(&out, 64 * 1024);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    assert_int_equal(tls_context_new_look(&ctx, policy, NULL, &e), 0);
    assert_int_equal(tls_new(&t, ctx, fds[0], &out, "localhost", NULL, false, &e), 0);
    assert_int_equal(tls_handshake(t, &e), 0);
    assert_true(out.len > AT_SUITES + 2);
    hello = (const unsigned char *)out.data + AT_SUITES;
    count = (hello[0] << 8 | hello[1]) / 2;
    assert_true(count < 32);
    for (int i = 0; i < count; i++)
        ret_suites[i] = (unsigned)hello[2 + 2 * i] << 8 | hello[3 + 2 * i];
    ret_suites[count] = 0;
    tls_free(t);
    tls_context_free(ctx);
    close(fds[0]);
    close(fds[1]);
    buf_done(&out);
}

static bool has(const unsigned *suites, unsigned wanted)
{
    for (; *suites != 0; suites++)
        if (*suites == wanted)
            return true;
    return false;
}

static int set_up(void **state)
{
    (void)state;
    memcpy(own_suites, program_suites, sizeof(own_suites));
    return 0;
}

static void test_none(void **state)
{
    unsigned suites[32];

    (void)state;
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        assert_false(program_suites[i].withdrawn && !program_suites[i].deprecated);
    offered(TLS_POLICY_COMPATIBLE, suites);
    assert_int_equal(suites[0], 0xc030);
    assert_true(has(suites, 0x002f));
    assert_true(has(suites, 0x009f));
}

static void test_withdrawn(void **state)
{
    struct tls_suite *last = &own_suites[TLS_SUITE_COUNT - 1];
    unsigned suites[32];

    (void)state;
    assert_string_equal(last->name, "TLS_RSA_WITH_AES_128_CBC_SHA");
    assert_true(tls_suite_offered(last));
    last->withdrawn = true;
    assert_false(tls_suite_offered(last));
    offered(TLS_POLICY_COMPATIBLE, suites);
    assert_false(has(suites, 0x002f));
    assert_true(has(suites, 0x003c)); /* the others are as they were */
    assert_true(has(suites, 0x009f));
    assert_ptr_equal(tls_suite_find(last->name), last); /* for jobs of the past */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_none, set_up),
        cmocka_unit_test_setup(test_withdrawn, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
