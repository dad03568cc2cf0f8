/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which language is shown where, and what is said when it cannot be. */
#include "tests/lib/unit.h"

#include "ui/language.h"

/* Terminals: all characters; a console with a Latin font, a Latin and Cyrillic one, kana alone. */
static bool shows_all(const char *text)
{
    (void)text;
    return true;
}

static bool shows_up_to(const char *text, unsigned char lead)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text > lead && ((unsigned char)*text & 0xc0) == 0xc0)
            return false;
    return true;
}

static bool shows_latin(const char *text)
{
    return shows_up_to(text, 0xc5);
}

static bool shows_cyrillic(const char *text)
{
    return shows_up_to(text, 0xdf);
}

/* U+3000 to U+3FFF begins with 0xe3: kana, and no kanji. */
static bool shows_kana(const char *text)
{
    return shows_up_to(text, 0xe3);
}

static void test_judge(void **state)
{
    static const struct {
        const char *code, *locale;
        bool utf8;
        bool (*shows)(const char *text);
        enum language_shown want;
    } cases[] = {
        {"", "C.UTF-8", true, shows_latin, LANGUAGE_SHOWN},
        {"", "C", false, shows_latin, LANGUAGE_SHOWN},
        {"en", "C", false, shows_latin, LANGUAGE_SHOWN},
        {"ja", "C.UTF-8", true, shows_all, LANGUAGE_SHOWN},
        {"ja", "ja_JP.UTF-8", true, shows_latin, LANGUAGE_NO_FONT},
        {"ja", "C.UTF-8", true, shows_cyrillic, LANGUAGE_NO_FONT},
        {"ja", "C.UTF-8", true, shows_kana, LANGUAGE_NO_FONT},
        {"ja", "ja_JP.eucJP", false, shows_all, LANGUAGE_NO_UTF8},
        {"ja", "C", false, shows_all, LANGUAGE_NO_LOCALE},
        {"ja", "POSIX", false, shows_all, LANGUAGE_NO_LOCALE},
        {"ja", NULL, false, shows_all, LANGUAGE_NO_LOCALE},
        {"de", "C.UTF-8", true, shows_latin, LANGUAGE_SHOWN},
        {"de", "de_DE.ISO-8859-1", false, shows_all, LANGUAGE_NO_UTF8},
        {"ru", "C.UTF-8", true, shows_latin, LANGUAGE_NO_FONT},
        {"ru", "C.UTF-8", true, shows_cyrillic, LANGUAGE_SHOWN},
        {"xx", "C.UTF-8", true, shows_latin, LANGUAGE_SHOWN},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        enum language_shown got =
            language_judge(cases[i].code, cases[i].locale, cases[i].utf8, cases[i].shows);

        if (got != cases[i].want)
            fail_msg("case %zu (%s in %s): %d, not %d", i, cases[i].code,
                     cases[i].locale != NULL ? cases[i].locale : "none", (int)got,
                     (int)cases[i].want);
    }
}

/* What is said has to be readable where nothing but ASCII is. */
static void test_reasons_are_ascii(void **state)
{
    (void)state;
    for (int s = LANGUAGE_NO_LOCALE; s <= LANGUAGE_NO_FONT; s++) {
        const char *text = language_reason((enum language_shown)s);

        assert_true(strlen(text) > 40);
        for (; *text != '\0'; text++)
            assert_in_range(*text, ' ', '~');
    }
    assert_string_equal(language_reason(LANGUAGE_SHOWN), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge),
        cmocka_unit_test(test_reasons_are_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
