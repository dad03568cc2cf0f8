/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hashes of files in turns, and the hashes that servers tell. */
#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ftpes/digest.h"

#define LARGE 5000000 /* bytes: some turns */

struct reading {
    struct loop *loop;
    int ends;
};

static void on_end(void *arg)
{
    struct reading *r = arg;

    r->ends++;
    loop_stop(r->loop);
}

/* Known values: FIPS 180-4's and RFC 3174's examples, ISO 3309's check value. */
static void test_known_values(void **state)
{
    static const struct {
        enum digest_kind kind;
        const char *text, *hash;
    } rows[] = {
        {DIGEST_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {DIGEST_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {DIGEST_CRC32, "123456789", "cbf43926"},
        {DIGEST_CRC32, "", "00000000"},
    };
    struct reading r = {.loop = loop_new()};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct digest *d = digest_new(r.loop, rows[i].kind, -1, on_end, &r);
        char text[DIGEST_TEXT_MAX];

        for (const char *p = rows[i].text; *p != '\0'; p++) {
            digest_text(d, text); /* looking at it changes nothing */
            digest_add(d, p, 1);
        }
        digest_text(d, text);
        assert_string_equal(text, rows[i].hash);
        digest_free(d);
    }
    loop_free(r.loop);
}

static int large_file(unsigned char *bytes)
{
    FILE *f = tmpfile();
    int fd;

    assert_non_null(f);
    for (size_t i = 0; i < LARGE; i++)
        bytes[i] = (unsigned char)(i * 7 + (i >> 9));
    assert_int_equal(fwrite(bytes, 1, LARGE, f), LARGE);
    fflush(f);
    fd = dup(fileno(f));
    fclose(f);
    return fd;
}

/* The beginning from the file, the rest as it is sent: the same as all at once. */
static void test_begins_with_the_file(void **state)
{
    unsigned char *bytes = malloc(LARGE);
    int fd = large_file(bytes);
    struct reading r = {.loop = loop_new()};

    (void)state;
    for (enum digest_kind kind = DIGEST_SHA256; kind <= DIGEST_CRC32; kind++) {
        struct digest *d = digest_new(r.loop, kind, fd, on_end, &r);
        struct digest *whole = digest_new(r.loop, kind, -1, on_end, &r);
        char a[DIGEST_TEXT_MAX], b[DIGEST_TEXT_MAX];

        r.ends = 0;
        digest_read(d, 3000001);
        assert_false(digest_ended(d));
        loop_run(r.loop);
        assert_int_equal(r.ends, 1);
        assert_true(digest_ended(d));
        assert_int_equal(digest_error(d)->code, ERR_NONE);
        digest_add(whole, bytes, 3000001);
        digest_text(d, a);
        digest_text(whole, b);
        assert_string_equal(a, b);
        assert_true(digest_agrees(d, b, strlen(b)));
        digest_add(d, bytes + 3000001, LARGE - 3000001);
        digest_add(whole, bytes + 3000001, LARGE - 3000001);
        digest_text(whole, b);
        assert_string_not_equal(a, b);
        assert_true(digest_agrees(d, b, strlen(b)));
        assert_false(digest_agrees(d, a, strlen(a)));
        digest_free(d);
        digest_free(whole);
    }
    close(fd);
    free(bytes);
    loop_free(r.loop);
}

static void test_files_that_fail(void **state)
{
    unsigned char *bytes = malloc(LARGE);
    int fd = large_file(bytes);
    struct reading r = {.loop = loop_new()};
    struct digest *d = digest_new(r.loop, DIGEST_SHA256, fd, on_end, &r);

    (void)state;
    digest_read(d, LARGE + 1);
    loop_run(r.loop);
    assert_int_equal(digest_error(d)->code, ERR_CLIP_CHANGED);
    digest_free(d);
    close(fd);
    d = digest_new(r.loop, DIGEST_SHA256, fd, on_end, &r);
    digest_read(d, 1);
    loop_run(r.loop);
    assert_int_equal(digest_error(d)->code, ERR_CLIP_UNREADABLE);
    assert_int_equal(r.ends, 2);
    digest_free(d);
    free(bytes);
    loop_free(r.loop);
}

/* Freed while it reads: nothing is told. */
static void test_freed_early(void **state)
{
    unsigned char *bytes = malloc(LARGE);
    int fd = large_file(bytes);
    struct reading r = {.loop = loop_new()};
    struct digest *d = digest_new(r.loop, DIGEST_SHA256, fd, on_end, &r);

    (void)state;
    digest_read(d, LARGE);
    loop_once(r.loop);
    digest_free(d);
    loop_once(r.loop);
    assert_int_equal(r.ends, 0);
    close(fd);
    free(bytes);
    loop_free(r.loop);
}

#define SHA1 "A9993E364706816ABA3E25717850C26C9CD0D89D"
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void test_replies(void **state)
{
    static const struct {
        enum digest_kind kind;
        const char *words, *hash;
    } rows[] = {
        {DIGEST_SHA256, "SHA-256 0-49 " HASH " .netmenu-7.part", HASH},
        {DIGEST_SHA256, HASH, HASH},
        {DIGEST_SHA256, "  " HASH "\r", HASH},
        {DIGEST_SHA256, "XSHA256 " HASH, HASH},
        {DIGEST_SHA256, HASH "0", NULL},
        {DIGEST_SHA256, "SHA-1 0-49 " SHA1 " name", NULL},
        {DIGEST_SHA256, "", NULL},
        {DIGEST_SHA1, SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {DIGEST_SHA1, HASH, NULL},
        {DIGEST_CRC32, "CBF43926", "cbf43926"},
        {DIGEST_CRC32, "XCRC cbf43926", "cbf43926"},
        {DIGEST_CRC32, "F43926", "00f43926"},
        {DIGEST_CRC32, "F43926 0", NULL}, /* which of them? */
        {DIGEST_CRC32, "command okay", NULL},
        {DIGEST_CRC32, "123456789", NULL},
        {DIGEST_CRC32, "", NULL},
        {DIGEST_CRC32, "   ", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[DIGEST_TEXT_MAX] = "";
        bool found = digest_in_reply(rows[i].kind, rows[i].words, strlen(rows[i].words), text);

        assert_int_equal(found, rows[i].hash != NULL);
        assert_string_equal(text, rows[i].hash != NULL ? rows[i].hash : "");
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),    cmocka_unit_test(test_begins_with_the_file),
        cmocka_unit_test(test_files_that_fail), cmocka_unit_test(test_freed_early),
        cmocka_unit_test(test_replies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
