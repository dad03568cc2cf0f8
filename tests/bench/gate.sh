#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the gate costs and hides, and what it leaves to somebody who tries: `make bench-gate`.
# Measured on a disk, as a unit has it, and in memory, where nothing hides a difference.
#
# BENCH_GATE_DIRS: folders to be measured in (TMPDIR and /dev/shm); BENCH_TIMES: checks of each kind.

set -eu
BUILD=${top_builddir:-$PWD}
WORK=
trap 'rm -rf "$WORK"' EXIT

for dir in ${BENCH_GATE_DIRS:-${TMPDIR:-/tmp} /dev/shm}; do
    WORK=$(mktemp -d "$dir/netmenu-gate.XXXXXX")
    for unit in right open locked; do
        mkdir -p "$WORK/unit-$unit" "$WORK/run"
        echo Abcd1234 | "$BUILD/bin/netmenuctl" --state-dir "$WORK/unit-$unit" \
            --run-dir "$WORK/run" auth password -
    done
    echo "in $dir: $(stat -f -c %T "$WORK"), $(nproc) CPUs, load $(cut -d' ' -f1 /proc/loadavg)"
    "$BUILD/tests/bench/gate" "$WORK" "$BUILD/bin/netmenu-auth" ${BENCH_TIMES:-}
    echo
    rm -rf "$WORK"
done
