/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include "ftpes/reply.h"

struct row {
    const char *bytes;
    int result; /* 1, 0, or a negative error */
    int code;
    const char *words;
    size_t left; /* bytes that are not taken */
};

static const struct row rows[] = {
    {"220 hello\r\n", 1, 220, "hello", 0},
    {"220 hello\n", 1, 220, "hello", 0},
    {"220\r\n", 1, 220, "", 0},
    {"220 \r\n", 1, 220, "", 0},
    {"220-a\r\n220 b\r\n", 1, 220, "b", 0},
    {"220-a\r\n b\r\n230 c\r\n220-d\r\n220 e\r\n", 1, 220, "e", 0},
    {"220-a\r\n220\r\n", 1, 220, "a", 0}, /* the last line has no words: the first one's */
    {"220-a\r\n2200 b\r\n220 c\r\n", 1, 220, "c", 0},
    {"220-a\r\n\r\n220 c\r\n", 1, 220, "c", 0},
    {"220 a\rb\r\r\n", 1, 220, "a\rb\r", 0}, /* a CR inside is data */
    {"220 a\r\n331 b\r\n", 1, 220, "a", 7},
    {"211-x\n UTF8\n211 End\n", 1, 211, "End", 0},
    {"100 a\n", 1, 100, "a", 0},
    {"599 a\n", 1, 599, "a", 0},
    {"", 0, 0, "", 0},
    {"2", 0, 0, NULL, 0},
    {"220 hello\r", 0, 0, NULL, 0},
    {"220-hello\r\n", 0, 220, NULL, 0},
    {"099 a\n", -ERR_PROTOCOL, 0, NULL, 0},
    {"600 a\n", -ERR_PROTOCOL, 0, NULL, 0},
    {"000 a\n", -ERR_PROTOCOL, 0, NULL, 0},
    {"220x\n", -ERR_PROTOCOL, 0, NULL, 0},
    {"2200 a\n", -ERR_PROTOCOL, 0, NULL, 0},
    {"22 a\n", -ERR_NOT_FTP, 0, NULL, 0},
    {"12\n", -ERR_NOT_FTP, 0, NULL, 0},
    {"-1 a\n", -ERR_NOT_FTP, 0, NULL, 1},
    {" 220 a\n", -ERR_NOT_FTP, 0, NULL, 1},
    {"HTTP/1.1 200 OK\n", -ERR_NOT_FTP, 0, NULL, 1},
    {"\n", -ERR_NOT_FTP, 0, NULL, 0},
    {"\x16\x03\x03", -ERR_IMPLICIT_TLS, 0, NULL, 0},
    {"\x15\x03\x01", -ERR_IMPLICIT_TLS, 0, NULL, 0},
    {"\x16\x04", -ERR_NOT_FTP, 0, NULL, 0},
    {"\x16", 0, 0, NULL, 0},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct reply r;
        size_t used, len;
        int result;

        reply_init(&r);
        result = reply_feed(&r, row->bytes, strlen(row->bytes), &used);
        if (result != row->result)
            fail_msg("\"%s\": %d", row->bytes, result);
        if (result == 1) {
            const char *words = reply_words(&r, &len);

            assert_int_equal(r.code, row->code);
            assert_int_equal(len, strlen(row->words));
            assert_memory_equal(words, row->words, len);
            assert_int_equal(strlen(row->bytes) - used, row->left);
        }
        reply_done(&r);
    }
}

/* However the bytes are cut, the outcome is the same. */
static void test_byte_by_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct reply r;
        size_t used, at = 0;
        int result = 0;

        reply_init(&r);
        while (result == 0 && row->bytes[at] != '\0') {
            result = reply_feed(&r, row->bytes + at++, 1, &used);
            assert_int_equal(used, 1);
        }
        if (result != row->result)
            fail_msg("\"%s\": %d", row->bytes, result);
        if (result == 1)
            assert_int_equal(r.code, row->code);
        reply_done(&r);
    }
}

static void test_next_reply_begins_anew(void **state)
{
    static const char bytes[] = "150 a\r\n226-b\r\n226 c\r\n";
    struct reply r;
    size_t used, more;

    (void)state;
    reply_init(&r);
    assert_int_equal(reply_feed(&r, bytes, strlen(bytes), &used), 1);
    assert_int_equal(r.code, 150);
    assert_int_equal(reply_feed(&r, bytes + used, strlen(bytes) - used, &more), 1);
    assert_int_equal(r.code, 226);
    assert_int_equal(used + more, strlen(bytes));
    assert_string_equal(buf_str(&r.text), "226-b\r\n226 c\r\n");
    reply_done(&r);
}

/* One line of n bytes with its end: all up to the limit are taken, none above. */
static void test_limits(void **state)
{
    static const size_t sizes[] = {17000, REPLY_BYTES_MAX - 1, REPLY_BYTES_MAX, REPLY_BYTES_MAX + 1,
                                   10 * 1024 * 1024};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        char *line = malloc(sizes[i]);
        struct reply r;
        size_t used, at = 0;
        int result = 0;

        memset(line, 'x', sizes[i]);
        memcpy(line, "220 ", 4);
        line[sizes[i] - 1] = '\n';
        reply_init(&r);
        for (; result == 0 && at < sizes[i]; at += used)
            result = reply_feed(&r, line + at, sizes[i] - at < 1000 ? sizes[i] - at : 1000, &used);
        assert_int_equal(result, sizes[i] <= REPLY_BYTES_MAX ? 1 : -ERR_REPLY_TOO_LONG);
        reply_done(&r);
        free(line);
    }
}

static void test_too_many_lines(void **state)
{
    struct reply r;
    size_t used;
    int result = 0, lines = 0;

    (void)state;
    reply_init(&r);
    for (; result == 0 && lines < 5000; lines++)
        result = reply_feed(&r, "220-x\r\n", 7, &used);
    assert_int_equal(result, -ERR_REPLY_TOO_LONG);
    assert_int_equal(lines, REPLY_LINES_MAX + 1);
    reply_done(&r);
}

static void test_nul_is_data(void **state)
{
    struct reply r;
    size_t used, len;

    (void)state;
    reply_init(&r);
    assert_int_equal(reply_feed(&r, "220 a\0b\r\n", 9, &used), 1);
    assert_memory_equal(reply_words(&r, &len), "a\0b", 3);
    assert_int_equal(len, 3);
    reply_done(&r);
}

static void test_explanation(void **state)
{
    static const struct {
        const char *bytes, *all, *in_twelve;
    } cases[] = {
        {"553 Prohibited\r\n", "Prohibited", "Prohibited"},
        {"451-Disk full\r\n451 0.005 seconds\r\n", "Disk full 0.005 seconds", "Disk full 0"},
        {"530-\r\n 530 not the code\r\n\r\n530 Login\r\n", " 530 not the code Login",
         " 530 not th"},
        {"550 \r\n", "", ""},
    };
    char text[64];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct reply r;
        size_t used;

        reply_init(&r);
        assert_int_equal(reply_feed(&r, cases[i].bytes, strlen(cases[i].bytes), &used), 1);
        assert_int_equal(reply_explanation(&r, text, sizeof(text)), strlen(cases[i].all));
        assert_string_equal(text, cases[i].all);
        reply_explanation(&r, text, 12);
        assert_string_equal(text, cases[i].in_twelve);
        reply_done(&r);
    }
}

static void test_size(void **state)
{
    static const struct {
        const char *bytes;
        int64_t size;
    } cases[] = {
        {"213 0\r\n", 0},
        {"213 300000\r\n", 300000},
        {"213  300000  \r\n", 300000},
        {"213 999999999999999999\r\n", 999999999999999999},
        {"213-odd\r\n213 7\r\n", 7},
        {"213 SIZE of clip 2.mxf is 300000\r\n", 300000},
        {"213\r\n", -1},
        {"213  \r\n", -1},
        {"213 -1\r\n", -1},
        {"213 3.5\r\n", -1},
        {"213 300,000\r\n", -1},
        {"213 0x10\r\n", -1},
        {"213 7 bytes\r\n", -1},
        {"213 1000000000000000000\r\n", -1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct reply r;
        size_t used;

        reply_init(&r);
        assert_int_equal(reply_feed(&r, cases[i].bytes, strlen(cases[i].bytes), &used), 1);
        assert_int_equal(reply_size(&r), cases[i].size);
        reply_done(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),        cmocka_unit_test(test_byte_by_byte),
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_next_reply_begins_anew),
        cmocka_unit_test(test_nul_is_data), cmocka_unit_test(test_too_many_lines),
        cmocka_unit_test(test_explanation), cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
