#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What one large file costs, beside curl and lftp: lib.sh says how it is measured. TLS 1.2,
# ECDHE-RSA-AES256-GCM-SHA384.
#
#   sink               a server that discards: what the client can do, beside the limits: plain bytes
#                      through the loopback, and the cipher alone
#   vsftpd, ...        real servers: mostly what they can do
#   other suites       CBC and key transport by RSA, to the sink, beside curl with the same suite
#   start-connect      from the command to the connection, nothing running before
#   start-file         and to the first byte of the file
#   memory             a small and a very long file
#
# BENCH_SINK_MB (4096), BENCH_MB (1024), BENCH_LONG_MB (8192), BENCH_KINDS ("vsftpd proftpd
# pure-ftpd") and BENCH_WORKS ("sink servers suites start memory") change the work.

. "$(dirname "$0")/lib.sh"

SUITES="ECDHE-RSA-AES256-SHA384 ECDHE-RSA-AES128-SHA256 AES256-GCM-SHA384 AES128-SHA256"

bench_sink()
{
    local mb=${BENCH_SINK_MB:-4096}
    bench_file clip "$mb"
    bench_server sink
    bench_measure "sink,${mb}MB" "netmenu curl loopback cipher" "$FILE"
}

bench_servers()
{
    local kind mb=${BENCH_MB:-1024}
    bench_file clip "$mb"
    for kind in ${BENCH_KINDS-vsftpd proftpd pure-ftpd}; do
        bench_server "$kind"
        bench_measure "$kind,${mb}MB" "netmenu curl lftp" "$FILE"
    done
}

bench_suites()
{
    local suite
    bench_file clip "${BENCH_MB:-1024}"
    for suite in $SUITES; do
        bench_server sink --ciphers "$suite"
        bench_measure "$suite" "netmenu curl" "$FILE"
    done
}

# since_start WHAT: the wall is the time from the command to what the sink saw first
since_start()
{
    WALL=$(awk -v what="$1" -v start="$STARTED" '$1 == what { print $2 - start; exit }' "$MARKS")
    CPU=0
    : >"$MARKS"
}

bench_start()
{
    local what
    bench_file clip 1
    bench_server sink
    for what in session file; do
        eval "bench_after() { since_start $what; }"
        : >"$MARKS"
        bench_measure "start-${what/session/connect}" "netmenu curl lftp" "$FILE"
    done
    unset -f bench_after
}

# Holes take no memory, and are read and encrypted like any other bytes.
bench_memory()
{
    local mb
    bench_server sink
    for mb in 1 "${BENCH_LONG_MB:-8192}"; do
        truncate -s "${mb}M" "$SOURCE/long"
        bench_measure "memory,${mb}MB" "netmenu curl" "$SOURCE/long"
    done
}

bench_prepare
for work in ${BENCH_WORKS-sink servers suites start memory}; do
    "bench_$work"
    rm -f "$SOURCE"/*
done
echo "TLS 1.2, $SUITE; $ROUNDS rounds, $(nproc) processors"
bench_report
