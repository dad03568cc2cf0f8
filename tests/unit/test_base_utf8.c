/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <locale.h>

#include "base/utf8.h"

#define FF8     "\xff\xff\xff\xff\xff\xff\xff\xff"
#define FF8S    "\\xFF\\xFF\\xFF\\xFF\\xFF\\xFF\\xFF\\xFF"
#define ACUTE   "\xcc\x81"
#define ACUTES  "\\xCC\\x81"
#define FOUR(x) x x x x

/* Names as an access point, a server or a card may carry them. */
static const struct {
    const char *label;
    const char *src;
    size_t len; /* 0: strlen */
    const char *safe;
} hostile[] = {
    {"plain", "A001C002.MXF", 0, "A001C002.MXF"},
    {"spaces are text", "  a  ", 0, "  a  "},
    {"accents", "caf\xc3\xa9", 0, "caf\xc3\xa9"},
    {"wide", "\xe6\x97\xa5\xe6\x9c\xac", 0, "\xe6\x97\xa5\xe6\x9c\xac"},
    {"emoji", "\xf0\x9f\x8e\xac", 0, "\xf0\x9f\x8e\xac"},
    {"escape sequence", "\033]0;x\007", 0, "\\x1B]0;x\\x07"},
    {"line feed and tab", "a\r\n\tb", 0, "a\\x0D\\x0A\\x09b"},
    {"NUL inside", "a\0b", 3, "a\\x00b"},
    {"delete", "a\x7f", 0, "a\\x7F"},
    {"C1 CSI",
     "\xc2\x9b"
     "2J",
     0, "\\xC2\\x9B2J"},
    {"raw C1",
     "\x9b"
     "2J",
     0, "\\x9B2J"},
    {"right-to-left override",
     "a\xe2\x80\xae"
     "fxm",
     0, "a\\xE2\\x80\\xAEfxm"},
    {"isolate", "\xe2\x81\xa6x\xe2\x81\xa9", 0, "\\xE2\\x81\\xA6x\\xE2\\x81\\xA9"},
    {"Arabic letter mark", "\xd8\x9c", 0, "\\xD8\\x9C"},
    {"zero width space",
     "a\xe2\x80\x8b"
     "b",
     0, "a\\xE2\\x80\\x8Bb"},
    {"byte order mark",
     "\xef\xbb\xbf"
     "a",
     0,
     "\\xEF\\xBB\\xBF"
     "a"},
    {"soft hyphen",
     "a\xc2\xad"
     "b",
     0,
     "a\\xC2\\xAD"
     "b"},
    {"grapheme joiner",
     "a\xcd\x8f"
     "b",
     0,
     "a\\xCD\\x8F"
     "b"},
    {"private use", "\xee\x80\x80", 0, "\\xEE\\x80\\x80"},
    {"tag characters", "\xf3\xa0\x81\x81", 0, "\\xF3\\xA0\\x81\\x81"},
    {"overlong slash", "\xc0\xaf", 0, "\\xC0\\xAF"},
    {"overlong NUL", "\xe0\x80\x80", 0, "\\xE0\\x80\\x80"},
    {"surrogate", "\xed\xa0\x80", 0, "\\xED\\xA0\\x80"},
    {"past U+10FFFF", "\xf4\x90\x80\x80", 0, "\\xF4\\x90\\x80\\x80"},
    {"cut short", "a\xe6\x97", 0, "a\\xE6\\x97"},
    {"continuation alone", "\x80", 0, "\\x80"},
    {"one mark stays", "e" ACUTE "x", 0, "e" ACUTE "x"},
    {"mark with nothing before it", ACUTE "e", 0, ACUTES "e"},
    {"a pile of marks", "e" FOUR(ACUTE), 0, "e" ACUTE ACUTES ACUTES ACUTES},
    {"32 x FF", FOUR(FF8), 0, FOUR(FF8S)},
    {"format string", "%p%s%s%n", 0, "%p%s%s%n"},
    {"shell", "$(reboot)`id`", 0, "$(reboot)`id`"},
    {"config injection", "\"; psk=\"x", 0, "\"; psk=\"x"},
};

static void test_hostile(void **state)
{
    char dst[512];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        size_t len = hostile[i].len > 0 ? hostile[i].len : strlen(hostile[i].src);
        size_t n = safe_text(dst, sizeof(dst), hostile[i].src, len);

        if (strcmp(dst, hostile[i].safe) != 0)
            fail_msg("%s: \"%s\"", hostile[i].label, dst);
        assert_int_equal(n, strlen(dst));
        assert_true(utf8_valid(dst, n));
    }
}

/* Thirty-two marks on one letter may not climb over the lines above. */
static void test_32_marks(void **state)
{
    char src[1 + 32 * 2 + 1] = "e", dst[512];

    (void)state;
    for (int i = 0; i < 32; i++)
        memcpy(src + 1 + 2 * i, ACUTE, 3);
    safe_text(dst, sizeof(dst), src, strlen(src));
    assert_int_equal(text_cells(dst), 1 + 31 * 8);
}

/* With every size of dst: whole characters and whole escapes only, and never a byte too many. */
static void test_every_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        size_t len = hostile[i].len > 0 ? hostile[i].len : strlen(hostile[i].src);

        for (size_t size = 0; size < 140; size++) {
            char *dst = malloc(size + 1);

            assert_non_null(dst);
            dst[size] = 0x55;
            safe_text(dst, size, hostile[i].src, len);
            assert_int_equal(dst[size], 0x55);
            if (size > 0) {
                assert_true(strlen(dst) < size);
                assert_true(utf8_valid(dst, strlen(dst)));
                assert_memory_equal(dst, hostile[i].safe, strlen(dst));
            }
            free(dst);
        }
    }
}

/* Every sequence of three bytes decodes to what encodes to it, or to nothing. */
static void test_decode_all(void **state)
{
    (void)state;
    for (uint32_t v = 0; v < 1 << 24; v += 3) {
        const char text[3] = {(char)(v >> 16), (char)(v >> 8), (char)v};
        const unsigned char *p = (const unsigned char *)text;
        uint32_t c = 0;

        switch (utf8_decode(text, 3, &c)) {
        case 0:
            break;
        case 1:
            assert_true(c == p[0] && c < 0x80);
            break;
        case 2:
            assert_true(p[0] == (0xc0 | c >> 6) && p[1] == (0x80 | (c & 0x3f)) && c >= 0x80);
            break;
        case 3:
            assert_true(p[0] == (0xe0 | c >> 12) && p[1] == (0x80 | (c >> 6 & 0x3f)) &&
                        p[2] == (0x80 | (c & 0x3f)) && c >= 0x800 && (c < 0xd800 || c > 0xdfff));
            break;
        default:
            fail();
        }
    }
}

static void test_valid(void **state)
{
    (void)state;
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid("\xf4\x8f\xbf\xbf", 4));
    assert_false(utf8_valid("a\0b", 3));
    assert_false(utf8_valid("\xf8\x88\x80\x80\x80", 5));
}

static void test_fit(void **state)
{
    static const struct {
        const char *text;
        int cells;
        const char *want;
        int used;
    } rows[] = {
        {"abcdef", 6, "abcdef", 6},
        {"abcdef", 7, "abcdef", 6},
        {"abcdef", 5, "abc..", 5},
        {"abcdef", 2, "..", 2},
        {"abcdef", 1, ".", 1},
        {"abcdef", 0, "", 0},
        {"abcdef", -1, "", 0},
        {"", 4, "", 0},
        {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 6, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 6},
        {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, "\xe6\x97\xa5..", 4}, /* no half character */
        {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, "\xe6\x97\xa5..", 4},
        {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 3, "..", 2},
        {"abe" ACUTE "de", 5, "abe" ACUTE "de", 5},
        {"abe" ACUTE "def", 5, "abe" ACUTE "..", 5},
    };
    char dst[64];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int used = text_fit(dst, sizeof(dst), rows[i].text, rows[i].cells);

        assert_string_equal(dst, rows[i].want);
        assert_int_equal(used, rows[i].used);
        assert_int_equal(text_cells(dst), rows[i].used);
    }
    assert_int_equal(text_fit(dst, 4, "\xe6\x97\xa5\xe6\x9c\xac", 10), 2);
    assert_string_equal(dst, "\xe6\x97\xa5");
    text_fit(dst, 0, "abc", 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile),    cmocka_unit_test(test_32_marks),
        cmocka_unit_test(test_every_size), cmocka_unit_test(test_decode_all),
        cmocka_unit_test(test_valid),      cmocka_unit_test(test_fit),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
