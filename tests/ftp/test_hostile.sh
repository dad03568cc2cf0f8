#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The upload engine against servers that make it up as they go. Arguments: the first number and how
# many; all without. NM_HOSTILE=N asks for more of them than `make check` runs.
. "$(dirname "$0")/../lib/test.sh"

export NM_TEST_CERTS=$TMP/certs
HOSTILE=${top_builddir:-.}/tests/ftp/test_hostile
[ -x "$HOSTILE" ] || skip "no libssl to build the servers with"
command -v openssl >/dev/null || skip "no openssl"
"$TOP/tests/servers/certs.sh" "$NM_TEST_CERTS" >/dev/null || exit 1
"$HOSTILE" "$@"
