#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What one large file costs, beside curl and lftp: lib.sh says how it is measured. TLS 1.2,
# ECDHE-RSA-AES256-GCM-SHA384.
#
#   to the sink        a server that discards: what the client can do
#   to real servers    mostly what they can do
#   other suites       CBC and key transport by RSA, to the sink, beside curl with the same suite
#
# BENCH_SINK_MB (4096), BENCH_MB (1024) and BENCH_KINDS ("vsftpd proftpd pure-ftpd") change the
# work.

. "$(dirname "$0")/lib.sh"

SUITES="ECDHE-RSA-AES256-SHA384 AES256-GCM-SHA384 AES128-SHA256"

bench_prepare
bench_file clip "${BENCH_SINK_MB:-4096}"
bench_server sink
bench_measure "sink,${BENCH_SINK_MB:-4096}MB" "netmenu curl" "$FILE"
rm "$FILE"

bench_file clip "${BENCH_MB:-1024}"
for kind in ${BENCH_KINDS-vsftpd proftpd pure-ftpd}; do
    bench_server "$kind"
    bench_measure "$kind,${BENCH_MB:-1024}MB" "netmenu curl lftp" "$FILE"
done
for suite in $SUITES; do
    bench_server sink --ciphers "$suite"
    bench_measure "$suite" "netmenu curl" "$FILE"
done
echo "TLS 1.2, $SUITE; $ROUNDS rounds, $(nproc) processors"
bench_report
