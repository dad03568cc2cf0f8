/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What ssh-keygen -l of OpenSSH 9.2 prints for keys that it made for this test. */
#include "tests/lib/unit.h"

#include "cert/host_key.h"

static const struct {
    const char *line, *printed;
} rows[] = {
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDPEPdY1VTmUW9QI9SMzOMCbMvxXUhRERnEQKe5S"
     "ejWz root@unit",
     "256 SHA256:xXFK33fJ43si/79Vfo/RVeyX85TiXKciI5B+b/OfJZs root@unit (ED25519)"},
    {"ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBJtB"
     "7xQAMOm3jJ/vFNENMquIT0cTw5YQFNoF6P+Pt9tm3HO9qiFnUaYC9STCUyKFu4pgXTyBMcHy0asl"
     "JxLQJ+fjuc4PyrNGjJNRtnqCqIe7aZv0spwAAVHPuMBGMVDnhA== ",
     "384 SHA256:z3o1gksFZMt1uiwdZEZ2hwd1g2ML2WHiZdigvytrNXw no comment (ECDSA)"},
    {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCn2BQqj6tlgrXfe3FctNFQD4mhSJFAHO+HHw0A"
     "QhTIXvpZi8tJp3YLIoSpgO5vEKfDC67QIrksqfIQaaOw1gj4ug/fYsXJ3d4AbSn52iFjp9YE8fxq"
     "BCJRsEMz8NqE1d9ku8h+yNBWOxXgybY3gqGOp8SYNw2r/M901U8XTsAPlorDj2xOWFeergxuf6oP"
     "gPb8iKy/uKEGne4oAgd2idxSleWs9mX39COHOtTzSonYU9sbSftKkHr7FIRTCQzfkpT++Tf5H1/e"
     "KhZ90s8nnhKI45blDNd5qN7qQRZFuUmyY5+2LGlwr7LqZtjhixiaM+JD3aPPkOlx0u8vyE9akPSB"
     " two words",
     "2048 SHA256:AUY3iQpcN5v3y4RSMqWJXSf0Fb0d18vfmDncxoi6hxw two words (RSA)"},
    {"ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAAe"
     "Uvzg6MaMKWeE5FZIIha1BVLgGK++ZBcAsLD0SqJnW78MuGP5FL8pivJ59SJVaduMrTHE5E8Jd/zl"
     "8qkBUkXilQFtCovzIZ4XVG2FJy9GE8OtVBbRCb6b/kpAAnYQUMX/Ap6/Sp/hpWsTyRKBM75TwNCc"
     "56sNtU7lqs12qTR3AV8q4g== x",
     "521 SHA256:Knv3oWa4Ig3a0oSN9p09pCApPNwddTRfny6hql7G53g x (ECDSA)"},
};

static void test_keys(void **state)
{
    struct host_key key;
    char line[HOST_KEY_LINE_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_ok(host_key_parse(rows[i].line, strlen(rows[i].line), &key, NULL));
        host_key_line(&key, line, sizeof(line));
        assert_string_equal(line, rows[i].printed);
        assert_int_equal(strlen(key.fingerprint), 43);
        assert_int_equal(strlen(key.qr), 22);
        assert_null(strpbrk(key.qr, "+/="));
    }
    assert_ok(host_key_parse(rows[0].line, strlen(rows[0].line), &key, NULL));
    assert_string_equal(key.qr, "xXFK33fJ43si_79Vfo_RVe"); /* '_' for '/' */
}

/* Every part cut off, every byte turned: refused or read, never past the end. */
static void test_damaged(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "ssh-ed25519",
        "ssh-ed25519 ",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 =AAA",
        "ssh-ed25519 A===",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "ssh-dss AAAAB3NzaC1kc3MAAAAA",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIDPEPdY1VTmUW9QI9SMzOMCbMvxXUhRERnEQKe5SejWz",
        "ssh-rsa AAAAB3NzaC1yc2EAAAABAAAAAAA=",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB/////w==",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    };
    struct host_key key;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        assert_err(host_key_parse(texts[i], strlen(texts[i]), &key, &e), e, ERR_DAMAGED);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len = strlen(rows[i].line);

        for (size_t cut = 0; cut < len; cut++) {
            char *exact = malloc(cut + 1); /* no NUL behind it: a read past its end is found */

            assert_non_null(exact);
            memcpy(exact, rows[i].line, cut + 1);
            (void)host_key_parse(exact, cut + 1, &key, NULL);
            exact[cut] = (char)(exact[cut] ^ 0x15);
            (void)host_key_parse(exact, cut + 1, &key, NULL);
            free(exact);
        }
    }
}

static void test_comment(void **state)
{
    struct host_key key;
    char text[512];

    (void)state;
    str_format(text, sizeof(text), "%s\x1b[31m evil\n", rows[0].line);
    assert_ok(host_key_parse(text, strlen(text), &key, NULL));
    assert_string_equal(key.comment, "root@unit\\x1B[31m evil");
}

/* Ed25519 before ECDSA before RSA; a damaged one is told, not passed over. */
static void test_folder(void **state)
{
    struct host_key key;
    struct err e;

    (void)state;
    assert_err(host_key_read(".", &key, &e), e, ERR_NOT_FOUND);
    assert_err(host_key_read("no/such", &key, &e), e, ERR_NOT_FOUND);
    unit_write_text("ssh_host_rsa_key.pub", rows[2].line);
    assert_ok(host_key_read(".", &key, &e));
    assert_string_equal(key.type, "RSA");
    unit_write_text("ssh_host_ecdsa_key.pub", rows[1].line);
    assert_ok(host_key_read(".", &key, &e));
    assert_string_equal(key.type, "ECDSA");
    unit_write_text("ssh_host_ed25519_key.pub", rows[0].line);
    assert_ok(host_key_read(".", &key, &e));
    assert_string_equal(key.type, "ED25519");
    unit_write_text("ssh_host_ed25519_key.pub", "ssh-ed25519 AAAA");
    assert_err(host_key_read(".", &key, &e), e, ERR_DAMAGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_comment),
        cmocka_unit_test_setup_teardown(test_folder, unit_enter, unit_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
