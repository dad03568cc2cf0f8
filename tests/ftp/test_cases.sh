#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The upload engine against scripted servers. Arguments: names of cases; all without.
. "$(dirname "$0")/../lib/test.sh"

export NM_TEST_CERTS=$TMP/certs
command -v openssl >/dev/null || skip "no openssl"
"$TOP/tests/servers/certs.sh" "$NM_TEST_CERTS" >/dev/null || exit 1
CASES=${top_builddir:-.}/tests/ftp/test_cases
[ -x "$CASES" ] || skip "no libssl to build the scripted servers with"
"$CASES" "$TOP/tests/ftp/cases" "$@"
