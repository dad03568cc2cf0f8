/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The code is drawn from its text rows as a terminal would, on a black screen, and read back with
 * two decoders that know nothing of us (Debian: zbar-tools, zxing-cpp-tools).
 */
#include "tests/lib/unit.h"

#include <sys/wait.h>

#include "base/random.h"
#include "qr/qr.h"

#define FINGERPRINT "jZ8vKq-Wb2_aXyTn3LmPdQ" /* 22 characters of base64url */
#define ADDRESS     "192.168.100.200"
#define BARE        "NM1:U:admin;P:abc!efghijkl%nz9;;"
#define FULL        "NM1:U:admin;P:abc!efghijkl%nz9;H:" ADDRESS ";F:" FINGERPRINT ";;"

/* --- payload -----------------------------------------------------------------------------------
 */

static struct secret secret_of(const char *text)
{
    struct secret s = SECRET_EMPTY;

    assert_ok(secret_set(&s, text, strlen(text)));
    return s;
}

static void test_payload(void **state)
{
    static const struct {
        const char *user, *password, *address, *fingerprint;
        bool optional;
        const char *want;
    } rows[] = {
        {"admin", "abcdefg1", NULL, NULL, true, "NM1:U:admin;P:abcdefg1;;"},
        {"admin", "abcdefg1", "", "", true, "NM1:U:admin;P:abcdefg1;;"},
        {"admin", "abcdefg1", "10.0.0.1", NULL, true, "NM1:U:admin;P:abcdefg1;H:10.0.0.1;;"},
        {"admin", "abcdefg1", "10.0.0.1", "xyz", true, "NM1:U:admin;P:abcdefg1;H:10.0.0.1;F:xyz;;"},
        {"admin", "abcdefg1", "10.0.0.1", "xyz", false, "NM1:U:admin;P:abcdefg1;;"},
        {"a,b", "!%+,-.=_1a", NULL, NULL, true, "NM1:U:a\\,b;P:!%+\\,-.=_1a;;"},
        {"a;b:c", "\\\"x", "fe80::1", NULL, true, "NM1:U:a\\;b\\:c;P:\\\\\\\"x;H:fe80\\:\\:1;;"},
    };
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct secret password = secret_of(rows[i].password);
        struct qr_auth auth = {rows[i].user, &password, rows[i].address, rows[i].fingerprint};
        struct buf b;

        buf_init(&b, QR_PAYLOAD_MAX);
        assert_ok(qr_auth_payload(&auth, rows[i].optional, &b, &e));
        assert_string_equal(buf_str(&b), rows[i].want);
        buf_done(&b);
    }
}

static void test_refused(void **state)
{
    char longest[256];
    struct secret none = SECRET_EMPTY, some = secret_of("abcdefg1"), large;
    struct qr_auth no_password = {"admin", &none, NULL, NULL}, no_user = {"", &some, NULL, NULL};
    struct qr_auth too_large = {"admin", &large, NULL, NULL};
    struct qr_auth long_address = {"admin", &some, longest, longest};
    struct qr_code code = {.modules = 7};
    struct err e;
    struct buf b;

    (void)state;
    buf_init(&b, QR_PAYLOAD_MAX);
    assert_err(qr_auth_payload(&no_password, true, &b, &e), e, ERR_NO_PASSWORD);
    assert_err(qr_auth_payload(&no_user, true, &b, &e), e, ERR_NO_PASSWORD);
    assert_err(qr_auth_code(&no_password, QR_SPACES, 999, 999, &code, &e), e, ERR_NO_PASSWORD);
    memset(longest, ',', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    large = secret_of(longest);
    assert_err(qr_auth_payload(&too_large, false, &b, &e), e, ERR_TOO_LARGE);
    assert_err(qr_auth_code(&too_large, QR_SPACES, 999, 999, &code, &e), e, ERR_TOO_LARGE);
    assert_int_equal(b.len, 0);
    assert_int_equal(code.modules, 7);
    buf_done(&b);
    assert_ok(qr_auth_code(&long_address, QR_SPACES, 999, 999, &code, &e));
    assert_int_equal(code.modules, 25);
    qr_done(&code);
}

/* --- decoding ----------------------------------------------------------------------------------
 */

#define MODULE 6  /* pixels */
#define BORDER 24 /* pixels of black screen around the code */

/* The rows as pixels, into a PGM file (which both decoders read). */
static void draw(const struct qr_code *code, enum qr_form form, const char *path)
{
    int columns = qr_cells(code, form) / (form == QR_SPACES ? 2 : 1);
    int lines = qr_rows(code, form) * (form == QR_SPACES ? 1 : 2);
    int width = columns * MODULE + 2 * BORDER, height = lines * MODULE + 2 * BORDER;
    unsigned char *pixels = calloc((size_t)width, (size_t)height);
    FILE *f = fopen(path, "we");
    struct buf row;

    assert_non_null(pixels);
    assert_non_null(f);
    buf_init(&row, 4096);
    for (int line = 0; line < lines; line++) {
        const char *p;

        if (form == QR_SPACES || line % 2 == 0) {
            buf_reset(&row);
            assert_ok(qr_row(code, form, form == QR_SPACES ? line : line / 2, &row));
        }
        p = buf_str(&row);
        for (int column = 0; column < columns; column++) {
            bool dark;
            int x = BORDER + column * MODULE, y = BORDER + line * MODULE;

            if (form == QR_SPACES) {
                assert_true(p[0] == p[1] && (p[0] == 'X' || p[0] == ' '));
                dark = p[0] == 'X';
                p += 2;
            } else if (*p == ' ') {
                dark = false;
                p++;
            } else {
                assert_true(str_starts(p, "\u2580") || str_starts(p, "\u2584") ||
                            str_starts(p, "\u2588"));
                dark = !str_starts(p, line % 2 == 0 ? "\u2584" : "\u2580");
                p += 3;
            }
            for (int i = 0; i < MODULE * MODULE; i++)
                pixels[(y + i / MODULE) * width + x + i % MODULE] = dark ? 0 : 255;
        }
        assert_int_equal(*p, '\0');
    }
    fprintf(f, "P5\n%d %d\n255\n", width, height);
    assert_int_equal(fwrite(pixels, (size_t)width, (size_t)height, f), height);
    assert_int_equal(fclose(f), 0);
    buf_done(&row);
    free(pixels);
}

/* Run a decoder on the picture; its output goes to the file "out". Returns its exit code. */
static int run(const char *const *argv)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(out, 1);
        dup2(null, 2);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static const char *const decoders[][6] = {
    {"zbarimg", "--quiet", "--raw", "--oneshot", "code.pgm", NULL},
    {"ZXingReader", "-bytes", "-format", "QRCode", "code.pgm", NULL},
};

static bool installed(const char *program)
{
    const char *const argv[] = {program, "--version", NULL};

    return run(argv) != 127;
}

/* Whether a decoder reads exactly this. zbarimg ends its line with LF, ZXingReader does not. */
static void assert_reads(const char *const *decoder, const char *payload)
{
    char got[1024];
    FILE *f;
    size_t n;

    if (run(decoder) != 0)
        fail_msg("%s finds no code for %s", decoder[0], payload);
    f = fopen("out", "re");
    assert_non_null(f);
    n = fread(got, 1, sizeof(got) - 1, f);
    fclose(f);
    if (n > 0 && got[n - 1] == '\n')
        n--;
    got[n] = '\0';
    assert_string_equal(got, payload);
}

/* --- sizes -------------------------------------------------------------------------------------
 */

static const struct size_row {
    enum qr_form form;
    int cells, rows;    /* of the screen */
    int modules, quiet; /* of the code; 0: none fits */
    const char *payload;
} sizes[] = {
    /* the whole of a screen, and what is left below a title and above a hint */
    {QR_HALF_BLOCKS, 80, 25, 37, 4, FULL}, {QR_HALF_BLOCKS, 80, 23, 37, 4, FULL},
    {QR_HALF_BLOCKS, 80, 22, 29, 4, BARE}, {QR_HALF_BLOCKS, 45, 23, 37, 4, FULL},
    {QR_HALF_BLOCKS, 44, 23, 29, 4, BARE}, {QR_HALF_BLOCKS, 53, 20, 29, 4, BARE},
    {QR_HALF_BLOCKS, 53, 19, 29, 4, BARE}, {QR_HALF_BLOCKS, 37, 19, 29, 4, BARE},
    {QR_HALF_BLOCKS, 36, 19, 25, 4, BARE}, {QR_HALF_BLOCKS, 53, 18, 25, 4, BARE},
    {QR_HALF_BLOCKS, 53, 17, 25, 4, BARE}, {QR_HALF_BLOCKS, 33, 17, 25, 4, BARE},
    {QR_HALF_BLOCKS, 32, 17, 25, 2, BARE}, {QR_HALF_BLOCKS, 53, 16, 25, 2, BARE},
    {QR_HALF_BLOCKS, 40, 15, 25, 2, BARE}, {QR_HALF_BLOCKS, 29, 15, 25, 2, BARE},
    {QR_HALF_BLOCKS, 28, 15, 0, 0, NULL},  {QR_HALF_BLOCKS, 40, 14, 0, 0, NULL},
    {QR_HALF_BLOCKS, 30, 10, 0, 0, NULL},  {QR_HALF_BLOCKS, 0, 0, 0, 0, NULL},
    {QR_SPACES, 90, 45, 37, 4, FULL},      {QR_SPACES, 80, 50, 29, 4, BARE},
    {QR_SPACES, 80, 33, 25, 4, BARE},      {QR_SPACES, 80, 29, 25, 2, BARE},
    {QR_SPACES, 58, 29, 25, 2, BARE},      {QR_SPACES, 57, 29, 0, 0, NULL},
    {QR_SPACES, 80, 25, 0, 0, NULL},       {QR_SPACES, 53, 20, 0, 0, NULL},
};

static void test_sizes(void **state)
{
    struct secret password = secret_of("abc!efghijkl%nz9");
    struct qr_auth auth = {"admin", &password, ADDRESS, FINGERPRINT};
    bool have[ARRAY_LEN(decoders)];
    struct err e;

    (void)state;
    for (size_t d = 0; d < ARRAY_LEN(decoders); d++) {
        have[d] = installed(decoders[d][0]);
        if (!have[d])
            print_message("not read with %s: it is not installed\n", decoders[d][0]);
    }
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        const struct size_row *s = &sizes[i];
        struct qr_code code = {.modules = -1};

        if (s->modules == 0) {
            assert_err(qr_auth_code(&auth, s->form, s->cells, s->rows, &code, &e), e,
                       ERR_TOO_LARGE);
            assert_string_equal(e.arg[0], s->form == QR_SPACES ? "58" : "29");
            assert_string_equal(e.arg[1], s->form == QR_SPACES ? "29" : "15");
            assert_int_equal(code.modules, -1);
            continue;
        }
        assert_ok(qr_auth_code(&auth, s->form, s->cells, s->rows, &code, &e));
        if (code.modules != s->modules || code.quiet != s->quiet)
            fail_msg("%dx%d: %d modules, quiet %d", s->cells, s->rows, code.modules, code.quiet);
        assert_true(qr_cells(&code, s->form) <= s->cells);
        assert_true(qr_rows(&code, s->form) <= s->rows);
        draw(&code, s->form, "code.pgm");
        for (size_t d = 0; d < ARRAY_LEN(decoders); d++)
            if (have[d])
                assert_reads(decoders[d], s->payload);
        qr_done(&code);
        assert_null(code.dark);
    }
    qr_done(&(struct qr_code){0});
    if (!have[0] && !have[1])
        skip();
}

static void random_password(struct secret *ret_password)
{
    char text[16];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)(' ' + random_below(95));
    assert_ok(secret_set(ret_password, text, sizeof(text)));
}

/* Whatever the password: the code fits, and both decoders get it back, escapes and all. */
static void test_many_passwords(void **state)
{
    struct secret password = SECRET_EMPTY;
    struct qr_auth auth = {"a,b:c;d\\e\"f", &password, "fe80::1", FINGERPRINT};

    (void)state;
    for (int i = 0; i < 10; i++) {
        struct qr_code code;
        struct buf payload;

        random_password(&password);
        buf_init(&payload, QR_PAYLOAD_MAX);
        assert_ok(qr_auth_payload(&auth, true, &payload, NULL));
        assert_ok(qr_auth_code(&auth, QR_HALF_BLOCKS, 57, 29, &code, NULL));
        assert_true(qr_rows(&code, QR_HALF_BLOCKS) <= 29);
        draw(&code, QR_HALF_BLOCKS, "code.pgm");
        for (size_t d = 0; d < ARRAY_LEN(decoders); d++)
            if (installed(decoders[d][0]))
                assert_reads(decoders[d], buf_str(&payload));
        qr_done(&code);
        buf_done(&payload);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_payload),
        cmocka_unit_test(test_refused),
        IN_FOLDER(test_sizes),
        IN_FOLDER(test_many_passwords),
    };

    return cmocka_run_group_tests_name("qr", tests, NULL, NULL);
}
