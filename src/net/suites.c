/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net/suites.h"

#include <string.h>

#define WHY_BEST    "forward secrecy, authenticated encryption"
#define WHY_CBC     "CBC encryption"
#define WHY_DHE     "finite-field DHE key exchange"
#define WHY_DHE_CBC "finite-field DHE key exchange, CBC encryption"
#define WHY_DHE_SHA "finite-field DHE key exchange, CBC encryption, SHA-1"
#define WHY_RSA     "no forward secrecy"
#define WHY_RSA_CBC "no forward secrecy, CBC encryption"
#define WHY_RSA_SHA "no forward secrecy, CBC encryption, SHA-1"

/*
 * In the order in which they are offered; the least bad of the deprecated ones first.
 * Name, deprecated, withdrawn, why.
 */
const struct tls_suite tls_suites[TLS_SUITE_COUNT] = {
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", false, false, WHY_BEST},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false, false, WHY_BEST},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", false, false, WHY_BEST},
    {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", true, false, WHY_DHE},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", true, false, WHY_CBC},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", true, false, WHY_CBC},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", true, false, WHY_CBC},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", true, false, WHY_CBC},
    {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", true, false, WHY_DHE_CBC},
    {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA256", true, false, WHY_DHE_CBC},
    {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", true, false, WHY_DHE_SHA},
    {"TLS_RSA_WITH_AES_256_GCM_SHA384", true, false, WHY_RSA},
    {"TLS_RSA_WITH_AES_256_CBC_SHA256", true, false, WHY_RSA_CBC},
    {"TLS_RSA_WITH_AES_128_CBC_SHA256", true, false, WHY_RSA_CBC},
    {"TLS_RSA_WITH_AES_128_CBC_SHA", true, false, WHY_RSA_SHA},
};

const struct tls_suite *tls_suite_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < TLS_SUITE_COUNT; i++)
        if (strcmp(tls_suites[i].name, name) == 0)
            return &tls_suites[i];
    return NULL;
}
