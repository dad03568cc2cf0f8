/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suites.h - the cipher suites that netmenu speaks, once.
 *
 * The fifteen of the camera's security guide, the recommended three first; each says why it is
 * recommended or deprecated (NIST SP 800-57 Part 1 Rev. 5, SP 800-131A Rev. 2). Nothing outside
 * the table is ever offered, apart from the TLS 1.3 suites under the policy of that name.
 */
#ifndef NM_NET_SUITES_H
#define NM_NET_SUITES_H

#include <stdbool.h>
#include <stddef.h>

/* A server's [Encryption] setting. */
enum tls_policy {
    TLS_POLICY_COMPATIBLE,  /* TLS 1.2, the fifteen */
    TLS_POLICY_RECOMMENDED, /* TLS 1.2, the recommended three */
    TLS_POLICY_TLS13,       /* TLS 1.3 first, then the recommended three of TLS 1.2 */
};

struct tls_suite {
    const char *name; /* IANA */
    bool deprecated;  /* may be withdrawn in a future version */
    bool withdrawn;   /* is known, so that old jobs can be told of, and offered no more */
    const char *why;  /* in a few words, untranslated (src/text translates) */
};

#define TLS_SUITE_COUNT 15
extern const struct tls_suite tls_suites[TLS_SUITE_COUNT];

/* The row of an IANA name; NULL when it is not one of the fifteen. */
const struct tls_suite *tls_suite_find(const char *name);

/* Whether a connection may offer it: it is not withdrawn, and this build's library has it. */
bool tls_suite_offered(const struct tls_suite *suite);

#endif
