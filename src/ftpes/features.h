/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * features.h - what a server can, by its answer to FEAT (RFC 2389 section 3.2). Pure.
 *
 * The standard wants one blank before each feature. Servers write many, a tab or none, and those
 * that repeat the code on every line (MultilineRFC2228 of ProFTPD) "211-" instead.
 */
#ifndef NM_FTPES_FEATURES_H
#define NM_FTPES_FEATURES_H

#include "ftpes/reply.h"

/* What FEAT announced (RFC 2389), as far as it is used: bits. */
enum feature {
    FEATURE_UTF8 = 1 << 0,
    FEATURE_REST = 1 << 1, /* REST STREAM, RFC 3659 section 5 */
    FEATURE_MFMT = 1 << 2, /* draft-somers-ftp-mfxx */
    FEATURE_MDTM = 1 << 3, /* to be asked; some set by it, too */
    FEATURE_HASH_SHA256 = 1 << 4,
    FEATURE_HASH_SHA1 = 1 << 5,
    FEATURE_HASH_CRC32 = 1 << 6,
    FEATURE_XSHA256 = 1 << 7,
    FEATURE_XSHA1 = 1 << 8,
    FEATURE_XCRC = 1 << 9,
};

/*
 * The features in a reply of code 211. *ret_hash_kind is what HASH computes unless told otherwise;
 * NULL when the server does not say so.
 */
unsigned features_read(const struct reply *reply, const char **ret_hash_kind);

#endif
