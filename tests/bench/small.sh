#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Many small files: netmenuctl put --wait with its sender (job list, temporary names, sizes, renames
# included) beside `lftp mirror -R -P4`, on vsftpd, proftpd and pure-ftpd, TLS 1.2 with
# ECDHE-RSA-AES256-GCM-SHA384 for both. Three parts:
#
#   small.sh near      on loopback, the job list in memory; then once more on a disk
#   small.sh far       a server 50 ms away (delay.c): needs root, for a network namespace
#   small.sh memory    what the sender holds with 1, 100 and 10000 jobs
#
# All three without an argument.
#
#   BENCH_FILES (1000), BENCH_FAR_FILES (200), BENCH_JOBS (10000), BENCH_SESSIONS (the preset),
#   BENCH_RTT (50 ms), BENCH_DISK (a folder on a disk, /var/tmp), and those of lib.sh

PART=${1:-all}
HERE=$(cd "$(dirname "$0")" && pwd)
if [ "$PART" = all ]; then
    status=0
    for part in near far memory; do
        bash "$0" $part || [ $? = 77 ] || status=1
    done
    exit $status
fi
if [ "$PART" = far ] && [ -z "${BENCH_INSIDE:-}" ]; then
    unshare --net --mount true 2>/dev/null || { echo "SKIP: no private network here"; exit 77; }
    BENCH_INSIDE=1 exec unshare --net --mount bash "$0" far
fi

. "$HERE/lib.sh"

FILES=${BENCH_FILES:-1000}
SERVERS="vsftpd proftpd pure-ftpd"
FAR_ADDRESS=10.99.0.1 # of the interface: delay.c brings to it what goes to the other one
FAR_PEER=10.99.0.2

# make_files N BYTES
make_files()
{
    local i
    for i in $(seq "$1"); do
        head -c "$2" /dev/urandom >"$SOURCE/clip-$i"
    done
}

# The far host: this one behind an interface that holds each packet for half a round trip.
go_far()
{
    ip link set lo up
    "$PWD/tests/bench/delay" far0 $((${BENCH_RTT:-50} / 2)) >"$TMP/far" &
    BENCH_PIDS+=($!)
    wait_until 10 grep -q ready "$TMP/far" || skip "no TUN device here"
    ip address add $FAR_ADDRESS/24 dev far0 && ip link set far0 up || exit 1
    echo "$FAR_PEER localhost" >"$TMP/hosts" # the name in the certificate
    mount --bind "$TMP/hosts" /etc/hosts || exit 1
}

# servers WORK [OPTION]...: each of them in turn
servers()
{
    local kind work=$1
    shift
    for kind in $SERVERS; do
        bench_server "$kind" "$@"
        # lftp would connect to the address in a 227, which is not the far one
        sed -i '1i set ftp:prefer-epsv yes' "$TMP/lftprc"
        bench_measure "$work,$kind" "netmenu lftp" "$SOURCE"/clip-*
        "$TOP/tests/servers/ftpd.sh" stop --dir "$TMP/server$BENCH_SERVERS"
    done
}

measure_near()
{
    make_files "$FILES" 100000
    servers "${FILES}x100kB"
    rm -rf "$TMP/disk"
    if NETMENU_DISK=$(mktemp -d "${BENCH_DISK:-/var/tmp}/netmenu-bench.XXXXXX"); then
        cp -a "$NETMENU_STATE_DIR/." "$NETMENU_DISK"
        rm -rf "$NETMENU_STATE_DIR"
        export NETMENU_STATE_DIR=$NETMENU_DISK
        servers "${FILES}x100kB,disk"
        rm -rf "$NETMENU_DISK"
    fi
    bench_report
}

measure_far()
{
    go_far
    FILES=${BENCH_FAR_FILES:-200}
    make_files "$FILES" 100000
    servers "${FILES}x100kB,${BENCH_RTT:-50}ms" --listen $FAR_ADDRESS
    bench_report
}

# Empty files: their number is what matters.
measure_memory()
{
    local count
    bench_server pure-ftpd
    for count in 1 100 "${BENCH_JOBS:-10000}"; do
        rm -rf "$SOURCE" && mkdir "$SOURCE"
        (cd "$SOURCE" && seq -f clip-%g "$count" | xargs touch)
        end_sender "$NETMENU_RUN_DIR"
        # one command adds 4096 at most
        find "$SOURCE" -type f -print0 |
            xargs -0 -n 4000 "$BIN/netmenuctl" put --dir bench --wait >/dev/null || exit 1
        awk -v n="$count" '/^VmHWM:/ { printf "sender with %d jobs: %.1f MB\n", n, $2 / 1024 }' \
            "/proc/$(sender_pid "$NETMENU_RUN_DIR")/status"
        end_sender "$NETMENU_RUN_DIR"
        "$BIN/netmenuctl" jobs clear >/dev/null
    done
}

bench_prepare
[ -z "${BENCH_SESSIONS:-}" ] || "$BIN/netmenuctl" set server.1.sessions "$BENCH_SESSIONS"
"measure_$PART"
