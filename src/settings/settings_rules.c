/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/settings_rules.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "settings/settings.h"

#define HOST_MAX  255 /* RFC 1123 section 2.1 */
#define LABEL_MAX 63

/* What an IPv6 address is written with, and the brackets that do not belong to it. */
#define ADDRESS_CHARACTERS "0123456789abcdefABCDEF:.[]"

int rule_text(const char *value, size_t len, struct err *e)
{
    while (len > 0) {
        uint32_t c = 0;
        size_t n = utf8_decode(value, len, &c);

        if (n == 0)
            return err_set(e, ERR_VALUE_UTF8, STEP_SETTINGS);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            return err_set(e, ERR_VALUE_CHARACTER, STEP_SETTINGS);
        value += n;
        len -= n;
    }
    return 0;
}

int rule_password(const char *value, size_t len, struct err *e)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
            return err_set(e, ERR_VALUE_CHARACTER, STEP_SETTINGS);
    return 0;
}

/* Not <ctype.h>: a host name has the same letters in every locale. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_label_character(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* One part between two dots. */
static bool is_label(const char *label, size_t len, bool *ret_number)
{
    bool number = true;

    if (len == 0 || len > LABEL_MAX || label[0] == '-' || label[len - 1] == '-')
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!is_label_character(label[i]))
            return false;
        number = number && is_digit(label[i]);
    }
    *ret_number = number;
    return true;
}

static int host_error(struct err *e)
{
    return err_set(e, ERR_VALUE_HOST, STEP_SETTINGS);
}

int rule_host(const char *value, size_t len, struct err *e)
{
    char host[HOST_MAX + 1];
    struct in6_addr v6;
    struct in_addr v4;
    bool number = false;
    char *label, *end;

    if (len == 0 || len > HOST_MAX || memchr(value, '\0', len) != NULL)
        return host_error(e);
    memcpy(host, value, len);
    host[len] = '\0';
    if (strchr(host, ':') != NULL) {
        if (inet_pton(AF_INET6, host, &v6) == 1)
            return 0;
        /* a slip in an address, or a scope behind one; not ftp://name and name:21 */
        end = host + strspn(host, ADDRESS_CHARACTERS);
        return *end == '\0' || *end == '%' ? err_set(e, ERR_VALUE_ADDRESS, STEP_SETTINGS)
                                           : host_error(e);
    }
    label = host;
    while (*label != '\0') { /* a dot at the very end is the root and may stand there */
        size_t n = strcspn(label, ".");

        if (!is_label(label, n, &number))
            return host_error(e);
        label += n + (label[n] == '.' ? 1 : 0);
    }
    if (number && inet_pton(AF_INET, host, &v4) != 1)
        return err_set(e, ERR_VALUE_ADDRESS, STEP_SETTINGS);
    return 0;
}

#define SSID_MAX 32

int rule_ssid(const char *value, size_t len, struct err *e)
{
    if (len > SSID_MAX)
        return err_set_limits(e, ERR_VALUE_LENGTH, STEP_SETTINGS, 1, SSID_MAX);
    return rule_text(value, len, e);
}

int rule_passphrase(const char *value, size_t len, struct err *e)
{
    for (size_t i = 0; i < len; i++)
        if (value[i] < 0x20 || value[i] > 0x7e)
            return err_set(e, ERR_VALUE_CHARACTER, STEP_SETTINGS);
    return 0;
}

int rule_country(const char *value, size_t len, struct err *e)
{
    bool good = len == 0 || (len == 2 && value[0] >= 'A' && value[0] <= 'Z' && value[1] >= 'A' &&
                             value[1] <= 'Z');

    return good ? 0 : err_set(e, ERR_VALUE_COUNTRY, STEP_SETTINGS);
}

int rule_language(const char *value, size_t len, struct err *e)
{
    for (size_t i = 0; i < len; i++)
        if ((!is_label_character(value[i]) && strchr("_@.", value[i]) == NULL) ||
            value[i] == '\0' || (i == 0 && value[i] == '.'))
            return err_set(e, ERR_VALUE_CHARACTER, STEP_SETTINGS);
    return 0;
}

/* The address as a number in host order. False when it is not one. */
static bool ipv4_of(const char *value, size_t len, uint32_t *ret_number)
{
    char text[INET_ADDRSTRLEN];
    struct in_addr a;

    if (len >= sizeof(text) || memchr(value, '\0', len) != NULL)
        return false;
    memcpy(text, value, len);
    text[len] = '\0';
    if (inet_pton(AF_INET, text, &a) != 1)
        return false;
    *ret_number = ntohl(a.s_addr);
    return true;
}

int rule_ipv4(const char *value, size_t len, struct err *e)
{
    uint32_t a;

    if (len == 0)
        return 0;
    if (!ipv4_of(value, len, &a) || a >> 24 == 0 || a >> 24 == 127 || a >> 24 >= 224)
        return err_set(e, ERR_VALUE_IPV4, STEP_SETTINGS);
    return 0;
}

int rule_mask(const char *value, size_t len, struct err *e)
{
    uint32_t m;

    if (len == 0)
        return 0;
    /* the ones' complement of a mask is a power of two less one */
    if (!ipv4_of(value, len, &m) || m == 0 || (~m & (~m + 1)) != 0 || ~m < 3)
        return err_set(e, ERR_VALUE_MASK, STEP_SETTINGS);
    return 0;
}

/* Whether a is a host's in its subnet: neither the subnet itself nor its broadcast. */
static bool is_host(uint32_t a, uint32_t mask)
{
    return (a & ~mask) != 0 && (a & ~mask) != ~mask;
}

int rule_ipv4_set(const char *address, const char *mask, const char *gateway, struct err *e)
{
    uint32_t a = 0, m = 0, g = 0;

    if (!ipv4_of(address, strlen(address), &a))
        return err_set(e, ERR_VALUE_IPV4, STEP_SETTINGS);
    if (!ipv4_of(mask, strlen(mask), &m))
        return err_set(e, ERR_VALUE_MASK, STEP_SETTINGS);
    if (!is_host(a, m))
        return err_set_args(e, ERR_VALUE_NO_HOST, STEP_SETTINGS, address, mask);
    if (gateway[0] != '\0' &&
        (!ipv4_of(gateway, strlen(gateway), &g) || (g & m) != (a & m) || !is_host(g, m) || g == a))
        return err_set_args(e, ERR_VALUE_GATEWAY, STEP_SETTINGS, gateway, NULL);
    return 0;
}

/* Characters of UTF-8 text; a byte that belongs to none counts as one. */
static long count_characters(const char *value, size_t len)
{
    long count = 0;

    while (len > 0) {
        uint32_t c;
        size_t n = utf8_decode(value, len, &c);

        if (n == 0)
            n = 1;
        count++;
        value += n;
        len -= n;
    }
    return count;
}

static int check_length(const struct setting *row, long count, size_t len, struct err *e)
{
    if (count < row->min || count > row->max || len >= SETTING_VALUE_MAX)
        return err_set_limits(e, ERR_VALUE_LENGTH, STEP_SETTINGS, row->min, row->max);
    return 0;
}

static int check_number(const struct setting *row, const char *value, size_t len, struct err *e)
{
    char text[24];
    long number;

    if (len < sizeof(text)) {
        memcpy(text, value, len);
        text[len] = '\0';
    }
    if (len == 0 || len >= sizeof(text) || strspn(text, "0123456789") != len ||
        !str_to_long(text, row->min, row->max, &number))
        return err_set_limits(e, ERR_VALUE_RANGE, STEP_SETTINGS, row->min, row->max);
    return 0;
}

static int check_choice(const struct setting *row, const char *value, size_t len, struct err *e)
{
    char words[ERR_ARG_MAX] = "";
    size_t used = 0;

    for (int i = 0; row->choices[i] != NULL; i++) {
        const char *word = row->choices[i];

        if (strlen(word) == len && memcmp(word, value, len) == 0)
            return 0;
        if (str_format(words + used, sizeof(words) - used, "%s%s", i > 0 ? ", " : "", word))
            used += strlen(words + used);
    }
    return err_set_args(e, ERR_VALUE_CHOICE, STEP_SETTINGS, words, NULL);
}

int setting_check(enum setting_id id, const char *value, size_t len, struct err *e)
{
    const struct setting *row = setting_row(id);
    int r = 0;

    switch (row->kind) {
    case SETTING_TEXT:
        r = check_length(row, count_characters(value, len), len, e);
        break;
    case SETTING_SECRET:
        r = check_length(row, (long)len, len, e);
        break;
    case SETTING_NUMBER:
        r = check_number(row, value, len, e);
        break;
    case SETTING_SWITCH:
    case SETTING_CHOICE:
        r = check_choice(row, value, len, e);
        break;
    case SETTING_ADDRESS: /* by its rule */
        break;
    }
    if (r == 0 && row->check != NULL)
        r = row->check(value, len, e);
    return r;
}
