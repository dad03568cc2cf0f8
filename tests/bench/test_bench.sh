#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The benches still run, on hardly any work: no figure is looked at.

. "$(dirname "$0")/../lib/test.sh"

# table SCRIPT WORD...: it ends well, and each word begins a row of netmenu's in its table
table()
{
    local script=$1 status=0 word
    shift
    bash "$TOP/tests/bench/$script" >"$TMP/table" 2>&1 || status=$?
    [ $status != 77 ] || skip "$(tail -n 1 "$TMP/table")"
    check "$script ends well" test $status = 0
    for word in "$@"; do
        check "$script has a row for $word" grep -q "^$word[^ ]* *netmenu " "$TMP/table"
    done
    [ "$FAILED" = 0 ] || sed 's/^/#   /' "$TMP/table"
}

export BENCH_ROUNDS=1 BENCH_SINK_MB=1 BENCH_MB=1 BENCH_LONG_MB=2 BENCH_KINDS=""
table large.sh sink ECDHE-RSA-AES256-SHA384 start-connect start-file memory

# the gate's has a table of its own
check "gate.sh ends well" env BENCH_TIMES=8 top_builddir="$PWD" bash "$TOP/tests/bench/gate.sh"
finish
