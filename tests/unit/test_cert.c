/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The certificates are in tests/unit/data/cert; make.sh beside them says how they were made. */
#include "tests/lib/unit.h"

#include "base/clock.h"
#include "base/file.h"
#include "cert/cert.h"
#include "cert/pem.h"

/* A sample as a string that stays valid; each name is read once. */
static const char *sample(const char *name)
{
    static struct {
        char name[16];
        struct buf text;
    } read_before[16];
    char path[FILE_PATH_MAX];

    for (size_t i = 0; i < ARRAY_LEN(read_before); i++) {
        if (strcmp(read_before[i].name, name) == 0)
            return buf_str(&read_before[i].text);
        if (read_before[i].name[0] != '\0')
            continue;
        str_copy(read_before[i].name, sizeof(read_before[i].name), name);
        str_format(path, sizeof(path), "%s/cert/%s.pem", TEST_DATA, name);
        buf_init(&read_before[i].text, 65536);
        assert_ok(file_read(path, &read_before[i].text, STEP_CERTIFICATE, NULL));
        return buf_str(&read_before[i].text);
    }
    fail_msg("too many samples");
    return NULL;
}

/* A text made of pieces: "@name" stands for a sample, anything else for itself. */
static void compose(struct buf *b, const char *const *pieces)
{
    buf_init(b, 3 * CERT_FILE_MAX);
    for (; *pieces != NULL; pieces++) {
        const char *text = (*pieces)[0] == '@' ? sample(*pieces + 1) : *pieces;

        assert_ok(buf_append(b, text, strlen(text)));
    }
}

static void test_fields(void **state)
{
    static const struct {
        const char *name, *subject, *issuer, *from, *until, *key;
        bool is_ca, self_signed, weak;
    } rows[] = {
        {"root", "CN=Studio Root, O=Studio", "CN=Studio Root, O=Studio", "2020-01-01T00:00:00Z",
         "2099-12-31T23:59:59Z", "RSA 2048", true, true, false},
        {"leaf", "CN=ftp.example.org, O=Studio\\, Inc., C=JP", "CN=Studio Root, O=Studio",
         "2020-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "ECDSA P-256", false, false, false},
        {"p384", "CN=Root P-384", "CN=Root P-384", "2020-01-01T00:00:00Z", "2099-12-31T23:59:59Z",
         "ECDSA P-384", true, true, false},
        {"sha1", "CN=Old Root", "CN=Old Root", "2020-01-01T00:00:00Z", "2099-12-31T23:59:59Z",
         "RSA 2048", true, true, true},
        {"rsa1024", "CN=Short Root", "CN=Short Root", "2020-01-01T00:00:00Z",
         "2099-12-31T23:59:59Z", "RSA 1024", true, true, true},
        {"expired", "CN=Expired Root", "CN=Expired Root", "2010-01-01T00:00:00Z",
         "2011-01-01T00:00:00Z", "ECDSA P-256", true, true, false},
        {"future", "CN=Future Root", "CN=Future Root", "2060-01-01T00:00:00Z",
         "2070-01-01T00:00:00Z", "ECDSA P-256", true, true, false},
        {"hostile", "O=\xe6\x97\xa5\xe6\x9c\xac, CN=a\\x1B[2Jb\\xE2\\x80\\xAEc\\, O=Bank",
         "O=\xe6\x97\xa5\xe6\x9c\xac, CN=a\\x1B[2Jb\\xE2\\x80\\xAEc\\, O=Bank",
         "2020-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "ECDSA P-256", true, true, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *pem = sample(rows[i].name);
        struct cert_bundle bundle;
        const struct cert_info *c;
        char text[CLOCK_TEXT_MAX];

        assert_ok(cert_parse(pem, strlen(pem), &bundle, NULL));
        assert_int_equal(bundle.count, 1);
        c = &bundle.certs[0];
        assert_string_equal(c->subject, rows[i].subject);
        assert_string_equal(c->issuer, rows[i].issuer);
        assert_string_equal(clock_rfc3339(c->not_before, text), rows[i].from);
        assert_string_equal(clock_rfc3339(c->not_after, text), rows[i].until);
        assert_string_equal(c->key, rows[i].key);
        assert_int_equal(c->is_ca, rows[i].is_ca);
        assert_int_equal(c->self_signed, rows[i].self_signed);
        assert_int_equal(c->weak, rows[i].weak);
        cert_bundle_done(&bundle);
    }
}

static void test_fingerprint_and_days(void **state)
{
    struct cert_info c = {.not_after = 10 * 86400};
    struct cert_bundle bundle;
    char text[96], small[8];

    (void)state;
    assert_ok(cert_parse(sample("root"), strlen(sample("root")), &bundle, NULL));
    cert_fingerprint(&bundle.certs[0], text, sizeof(text));
    assert_string_equal(text, "FF:EC:3F:07:62:B7:5C:D2:58:7F:67:EE:FA:EC:2D:C4:"
                              "96:EC:1C:BA:F6:63:90:7D:09:DF:FE:D0:00:64:D9:C1");
    cert_fingerprint(&bundle.certs[0], small, sizeof(small));
    assert_string_equal(small, "FF:EC");
    cert_bundle_done(&bundle);
    cert_bundle_done(&bundle);

    assert_int_equal(cert_days_left(&c, 0), 10);
    assert_int_equal(cert_days_left(&c, 86400 + 1), 8);
    assert_int_equal(cert_days_left(&c, 10 * 86400), 0);
    assert_int_equal(cert_days_left(&c, 10 * 86400 + 1), -1);
    assert_int_equal(cert_days_left(&c, 12 * 86400), -2);
}

/* What may stand around the blocks. */
static void test_taken(void **state)
{
    static const struct {
        const char *const pieces[6];
        size_t count;
    } rows[] = {
        {{"@root"}, 1},
        {{"@root", "@leaf", "@p384"}, 3},
        {{"@root", "@root"}, 2},
        {{"\xef\xbb\xbf", "@root", "\xef\xbb\xbf", "@leaf"}, 2},
        {{"# Studio root, 2020\nSubject: CN=x\n\n", "@root", "\n\n# and the server\n", "@leaf"}, 2},
        {{"@root", "junk \x01\xff and no boundary"}, 1},
        {{"these certificates BEGIN CERTAINLY well\n", "@root"}, 1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct cert_bundle bundle;
        struct buf b;

        compose(&b, rows[i].pieces);
        assert_ok(cert_parse(b.data, b.len, &bundle, NULL));
        assert_int_equal(bundle.count, rows[i].count);
        assert_string_equal(bundle.certs[0].subject, "CN=Studio Root, O=Studio");
        cert_bundle_done(&bundle);
        buf_done(&b);
    }
}

/* Every kind of line end, indented bodies, one long line, no last line end. */
static void test_line_ends(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", " \t\n", "\n\n"};
    struct cert_bundle bundle;
    struct buf b;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        const char *p = sample("root");

        buf_init(&b, 65536);
        for (; *p != '\0'; p++)
            assert_ok(*p == '\n' ? buf_printf(&b, "%s", ends[i]) : buf_append(&b, p, 1));
        for (int cut = 0; cut < 2; cut++) {
            assert_ok(cert_parse(b.data, b.len - (size_t)cut * strlen(ends[i]), &bundle, NULL));
            assert_int_equal(bundle.count, 1);
            cert_bundle_done(&bundle);
        }
        buf_done(&b);
    }
}

#define KEY(label) \
    "-----BEGIN " label "PRIVATE KEY-----\nMC4CAQAw\n-----END " label "PRIVATE KEY-----\n"
#define OTHER(label) "-----BEGIN " label "-----\nMC4CAQAw\n-----END " label "-----\n"
#define BODY         "MIIBCgKCAQEA\n"

static void test_refused(void **state)
{
    static const struct {
        const char *const pieces[6];
        enum err_code code;
        const char *block; /* argument 0 */
    } rows[] = {
        {{""}, ERR_CERT_EMPTY, ""},
        {{" \t\r\n\n"}, ERR_CERT_EMPTY, ""},
        {{"\xef\xbb\xbf\n"}, ERR_CERT_EMPTY, ""},
        {{"hello\n"}, ERR_CERT_NOT_PEM, ""},
        {{"0123456789"}, ERR_CERT_NOT_PEM, ""}, /* '0' is also DER's SEQUENCE */
        {{"\xff\xfe-\xff-\xff"}, ERR_CERT_NOT_PEM, ""},
        {{"PuTTY-User-Key-File-2: ssh-rsa\n"}, ERR_CERT_NOT_PEM, ""},
        /* private keys, wherever they stand */
        {{KEY("")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("RSA ")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("EC ")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("DSA ")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("ENCRYPTED ")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("OPENSSH ")}, ERR_CERT_PRIVATE_KEY, ""},
        {{"@root", KEY("")}, ERR_CERT_PRIVATE_KEY, ""},
        {{KEY("RSA "), "@root"}, ERR_CERT_PRIVATE_KEY, ""},
        {{"@root", "# -----BEGIN PRIVATE KEY-----\n"}, ERR_CERT_PRIVATE_KEY, ""},
        {{"@root", "-----BEGIN CERTIFICATE-----\n", KEY("")}, ERR_CERT_PRIVATE_KEY, ""},
        /* other blocks */
        {{OTHER("CERTIFICATE REQUEST")}, ERR_CERT_OTHER_KIND, "1"},
        {{"@root", OTHER("TRUSTED CERTIFICATE")}, ERR_CERT_OTHER_KIND, "2"},
        {{OTHER("PKCS7")}, ERR_CERT_OTHER_KIND, "1"},
        {{OTHER("X509 CRL")}, ERR_CERT_OTHER_KIND, "1"},
        {{OTHER("PUBLIC KEY")}, ERR_CERT_OTHER_KIND, "1"},
        {{OTHER("certificate")}, ERR_CERT_OTHER_KIND, "1"},
        {{OTHER("")}, ERR_CERT_OTHER_KIND, "1"},
        /* damaged boundaries */
        {{"-----BEGIN CERTIFICATE-----\n"}, ERR_CERT_MALFORMED, "1"},
        {{"-----BEGIN CERTIFICATE-----\n" BODY}, ERR_CERT_MALFORMED, "1"},
        {{"-----BEGIN CERTIFICATE-----\n" BODY "-----END CERTIFICATE"}, ERR_CERT_MALFORMED, "1"},
        {{"-----BEGIN CERTIFICATE-----\n" BODY "-----END X-----\n"}, ERR_CERT_MALFORMED, "1"},
        {{"@root", "-----END CERTIFICATE-----\n"}, ERR_CERT_MALFORMED, "2"},
        {{"@root", "-----BEGIN CERTIFICATE----\n", "@leaf"}, ERR_CERT_MALFORMED, "2"},
        {{"@root", "----BEGIN CERTIFICATE----\n" BODY "----END CERTIFICATE----\n", "@leaf"},
         ERR_CERT_MALFORMED,
         "2"},
        {{" ", "@root"}, ERR_CERT_MALFORMED, "1"},
        {{"x", "@root"}, ERR_CERT_MALFORMED, "1"},
        {{"@root", "trailing -----BEGIN"}, ERR_CERT_MALFORMED, "2"},
        {{"-----BEGIN CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n"}, ERR_CERT_MALFORMED, "1"},
        /* damaged bodies */
        {{"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"}, ERR_CERT_MALFORMED, "1"},
        {{OTHER("CERTIFICATE")}, ERR_CERT_MALFORMED, "1"},
        {{"@root", "@leaf", OTHER("CERTIFICATE"), "@p384"}, ERR_CERT_MALFORMED, "3"},
        {{"-----BEGIN CERTIFICATE-----\nMC4CA\n-----END CERTIFICATE-----\n"},
         ERR_CERT_MALFORMED,
         "1"},
        {{"-----BEGIN CERTIFICATE-----\nM=4C\n-----END CERTIFICATE-----\n"},
         ERR_CERT_MALFORMED,
         "1"},
        {{"-----BEGIN CERTIFICATE-----\nM===\n-----END CERTIFICATE-----\n"},
         ERR_CERT_MALFORMED,
         "1"},
        {{"-----BEGIN CERTIFICATE-----\nMC4C*AQw\n-----END CERTIFICATE-----\n"},
         ERR_CERT_MALFORMED,
         "1"},
        {{"-----BEGIN CERTIFICATE-----\nProc-Type: 4\n\n" BODY "-----END CERTIFICATE-----\n"},
         ERR_CERT_MALFORMED,
         "1"},
        /* certificates that could not be used */
        {{"@ed25519"}, ERR_CERT_UNSUPPORTED, "1"},
        {{"@root", "@strange"}, ERR_CERT_UNSUPPORTED, "2"},
    };
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct cert_bundle bundle = {.count = 99};
        struct buf b;

        compose(&b, rows[i].pieces);
        if (cert_parse(b.data, b.len, &bundle, &e) != -(int)rows[i].code)
            fail_msg("row %zu: %s, not %s", i, err_word(e.code), err_word(rows[i].code));
        assert_int_equal(e.step, STEP_CERTIFICATE);
        assert_string_equal(e.arg[0], rows[i].block);
        assert_int_equal(bundle.count, 99);
        buf_done(&b);
    }
    assert_err(cert_parse(NULL, 0, NULL, &e), e, ERR_CERT_EMPTY);
    assert_err(cert_parse(OTHER("PKCS7"), strlen(OTHER("PKCS7")), NULL, &e), e,
               ERR_CERT_OTHER_KIND);
    assert_string_equal(e.arg[1], "PKCS7");
}

static int parse_bytes(const void *bytes, size_t len, struct err *e)
{
    struct cert_bundle bundle;

    return cert_parse(bytes, len, &bundle, e);
}

/* The binary form, which is asked for in PEM; a key in that form; PKCS #12. */
static void test_der(void **state)
{
    static const char pkcs8[] = "\x30\x0a\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70";
    static const char ec_key[] = "\x30\x07\x02\x01\x01\x04\x02\x01\x02";
    static const char pkcs12[] = "\x30\x08\x02\x01\x03\x30\x03\x02\x01\x00";
    const char *pos = sample("root"), *end = pos + strlen(pos);
    struct pem_block block;
    struct err e;
    struct buf der;

    (void)state;
    assert_int_equal(pem_next(&pos, end, &block), PEM_BLOCK);
    assert_string_equal(block.label, "CERTIFICATE");
    buf_init(&der, 65536);
    assert_ok(pem_decode(&block, &der));
    assert_err(parse_bytes(der.data, der.len, &e), e, ERR_CERT_DER);
    assert_err(parse_bytes(der.data, der.len - 1, &e), e, ERR_CERT_DER);
    assert_ok(buf_append(&der, "\n", 1));
    assert_err(parse_bytes(der.data, der.len, &e), e, ERR_CERT_DER);
    buf_done(&der);
    assert_err(parse_bytes(pkcs8, sizeof(pkcs8) - 1, &e), e, ERR_CERT_PRIVATE_KEY);
    assert_err(parse_bytes(ec_key, sizeof(ec_key) - 1, &e), e, ERR_CERT_PRIVATE_KEY);
    assert_err(parse_bytes(pkcs12, sizeof(pkcs12) - 1, &e), e, ERR_CERT_NOT_PEM);
}

/* A byte more inside of a block, or one less: the certificate must fill it exactly. */
static void test_length_inside(void **state)
{
    const char *pos = sample("root"), *end = pos + strlen(pos);
    struct pem_block block;
    struct buf der, pem;
    struct err e;

    (void)state;
    buf_init(&der, 65536);
    buf_init(&pem, 65536);
    assert_int_equal(pem_next(&pos, end, &block), PEM_BLOCK);
    assert_ok(pem_decode(&block, &der));
    assert_ok(pem_append(&pem, "CERTIFICATE", der.data, der.len));
    assert_string_equal(buf_str(&pem), sample("root")); /* written as openssl writes */
    for (int more = -3; more <= 3; more++) {
        char bytes[2048] = "";

        memcpy(bytes, der.data, der.len);
        buf_reset(&pem);
        assert_ok(pem_append(&pem, "CERTIFICATE", bytes, der.len + (size_t)more));
        if (more != 0)
            assert_err(parse_bytes(pem.data, pem.len, &e), e, ERR_CERT_MALFORMED);
    }
    buf_done(&der);
    buf_done(&pem);
}

static void test_limits(void **state)
{
    char limit[24];
    struct cert_bundle bundle;
    struct buf b;
    struct err e;

    (void)state;
    /* as many as allowed, and one more */
    buf_init(&b, CERT_FILE_MAX);
    for (int i = 0; i < CERT_BLOCKS_MAX; i++)
        assert_ok(buf_append(&b, sample("p384"), strlen(sample("p384"))));
    assert_ok(cert_parse(b.data, b.len, &bundle, &e));
    assert_int_equal(bundle.count, CERT_BLOCKS_MAX);
    cert_bundle_done(&bundle);
    assert_ok(buf_append(&b, sample("p384"), strlen(sample("p384"))));
    assert_err(cert_parse(b.data, b.len, &bundle, &e), e, ERR_CERT_TOO_MANY);
    assert_string_equal(e.arg[0], "200");

    /* a block at its limit (padded with blanks), and a byte more */
    for (size_t more = 0; more < 2; more++) {
        const char *root = sample("root");
        size_t first = strlen("-----BEGIN CERTIFICATE-----\n");
        size_t blanks = CERT_BLOCK_MAX + more - strlen(root);
        char *room;

        buf_reset(&b);
        assert_ok(buf_append(&b, sample("leaf"), strlen(sample("leaf"))));
        assert_ok(buf_append(&b, root, first));
        room = buf_reserve(&b, blanks);
        assert_non_null(room);
        memset(room, ' ', blanks);
        buf_commit(&b, blanks);
        assert_ok(buf_append(&b, root + first, strlen(root) - first));
        if (more == 0) {
            assert_ok(cert_parse(b.data, b.len, &bundle, &e));
            cert_bundle_done(&bundle);
        } else {
            assert_err(cert_parse(b.data, b.len, &bundle, &e), e, ERR_CERT_TOO_LARGE);
            assert_string_equal(e.arg[0], "2");
            str_format(limit, sizeof(limit), "%d", CERT_BLOCK_MAX);
            assert_string_equal(e.arg[1], limit);
        }
    }
    buf_done(&b);
}

static void test_read_file(void **state)
{
    struct buf b;
    struct err e;

    (void)state;
    alarm(10);
    buf_init(&b, CERT_FILE_MAX);
    assert_err(cert_read_file("none.pem", &b, &e), e, ERR_NO_CERTIFICATE_FILE);
    assert_string_equal(e.arg[0], "none.pem");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_err(cert_read_file("pipe", &b, &e), e, ERR_NOT_REGULAR);
    unit_write_text("large.pem", "");
    assert_int_equal(truncate("large.pem", CERT_FILE_MAX + 1), 0);
    assert_err(cert_read_file("large.pem", &b, &e), e, ERR_CERT_TOO_LARGE);
    assert_string_equal(e.arg[1], "4194304");
    buf_done(&b);
    buf_init(&b, CERT_FILE_MAX);
    unit_write_text(CERT_FILE_NAME, sample("root"));
    assert_ok(cert_read_file(CERT_FILE_NAME, &b, &e));
    assert_string_equal(buf_str(&b), sample("root"));
    buf_done(&b);
    alarm(0);
}

static void assert_stored(int server, const char *want)
{
    struct buf b;

    buf_init(&b, CERT_FILE_MAX);
    assert_ok(cert_store_read("store", server, &b, NULL));
    assert_string_equal(buf_str(&b), want);
    buf_done(&b);
}

/* Each server has its own; a refused file changes nothing; only certificates are stored. */
static void test_store(void **state)
{
    static const char *const with_text[] = {"# notes\r\n", "@root", "more notes", NULL};
    struct stat st;
    struct buf b;
    struct err e;

    (void)state;
    buf_init(&b, CERT_FILE_MAX);
    assert_err(cert_store_read("store", 3, &b, &e), e, ERR_NO_CERTIFICATE);
    buf_done(&b);
    assert_ok(cert_store_clear("store", 3, &e));
    compose(&b, with_text);
    assert_ok(cert_store_install("store", 3, b.data, b.len, &e));
    buf_done(&b);
    assert_stored(3, sample("root"));
    assert_ok(cert_store_install("store", 4, sample("leaf"), strlen(sample("leaf")), &e));
    assert_int_equal(stat("store/server-3.pem", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_err(cert_store_install("store", 3, KEY(""), strlen(KEY("")), &e), e,
               ERR_CERT_PRIVATE_KEY);
    assert_err(cert_store_install("store", 3, "", 0, &e), e, ERR_CERT_EMPTY);
    assert_stored(3, sample("root"));
    assert_ok(cert_store_clear("store", 3, &e));
    assert_ok(cert_store_clear("store", 3, &e));
    buf_init(&b, CERT_FILE_MAX);
    assert_err(cert_store_read("store", 3, &b, &e), e, ERR_NO_CERTIFICATE);
    buf_done(&b);
    assert_stored(4, sample("leaf"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_fingerprint_and_days),
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_der),
        cmocka_unit_test(test_length_inside),
        cmocka_unit_test(test_limits),
        IN_FOLDER(test_read_file),
        IN_FOLDER(test_store),
    };

    return cmocka_run_group_tests_name("cert", tests, NULL, NULL);
}
