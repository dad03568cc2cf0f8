# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the benches share. They measure and print; they never judge. A bench sources this file and
# then, for each of its works:
#
#   bench_server KIND [OPTION]...       sink, vsftpd, proftpd or pure-ftpd; the options are theirs
#   bench_measure WORK "CLIENT..." FILE...
#   bench_report
#
# Clients: netmenu (netmenuctl put --wait and its sender, from an empty job list to the last job
# done), curl, lftp; a bench adds one as a function client_NAME that leaves its cost in WALL, CPU,
# and MEMORY, or the limits: loopback, cipher. They take turns, each round in another order, so that what else the machine does hits
# them alike; a ratio is taken inside one round, and its median and spread are printed. The job
# list, sources and what arrives are in memory, or a disk would be what is measured.
#
#   BENCH_ROUNDS   rounds that count, after one that does not (5)
#   BENCH_MEMORY   a folder in memory (/dev/shm)
#   BENCH_STATE    a folder for the state instead, for what a disk makes of the job list
#   BENCH_RESULTS  a file for the figures; bench_report is the caller's then

TMPDIR=${BENCH_MEMORY:-/dev/shm}
export TMPDIR
. "$(dirname "${BASH_SOURCE[0]}")/../lib/test.sh"

ROUNDS=${BENCH_ROUNDS:-5}
RESULTS=${BENCH_RESULTS:-$TMP/results}
SUITE=ECDHE-RSA-AES256-GCM-SHA384
SOURCE=$TMP/source
STORE=$TMP/store
CA=$TMP/certs/ca.pem
BENCH_PIDS=()
BENCH_SERVERS=0

test_clean_up()
{
    local pid
    for pid in "${BENCH_PIDS[@]}"; do
        kill "$pid" 2>/dev/null
    done
    [ -z "${BENCH_STATE:-}" ] || rm -rf "$NETMENU_STATE_DIR"
}

bench_prepare()
{
    local tool
    for tool in curl lftp /usr/bin/time; do
        command -v $tool >/dev/null || skip "the comparison needs curl, lftp and time"
    done
    [ -x "$PWD/tests/bench/sink" ] || skip "the comparison needs libssl-dev"
    # shellcheck disable=SC2155 # a folder that cannot be made shows at once
    export NETMENU_STATE_DIR=$(mktemp -d "${BENCH_STATE:-$TMP}/state.XXXXXX")
    export NETMENU_RUN_DIR=$TMP/run
    RUN_DIRS+=("$NETMENU_RUN_DIR")
    mkdir -p "$SOURCE" "$STORE"
    chmod 777 "$STORE"
    printf 'Bench1234\n' >"$TMP/password"
    "$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null || exit 1
    "$BIN/netmenuctl" auth password - <"$TMP/password" || exit 1
    for pair in "host localhost" "user camera" "exists overwrite"; do
        "$BIN/netmenuctl" set "server.1.${pair% *}" "${pair#* }" || exit 1
    done
    "$BIN/netmenuctl" set server.1.password - <"$TMP/password"
    "$BIN/netmenuctl" cert load --file "$CA" 1 >/dev/null || exit 1
    "$BIN/netmenuctl" set server.1.secure on
    TICKS=$(getconf CLK_TCK)
}

# bench_file NAME MB: bytes that nothing can compress, in SOURCE; sets FILE
bench_file()
{
    FILE=$SOURCE/$1
    head -c "${2}M" /dev/zero |
        openssl enc -aes-128-ctr -K 00112233445566778899aabbccddeeff -iv 0 >"$FILE" 2>/dev/null
}

# --- servers -------------------------------------------------------------------------------------

# bench_server KIND [--ciphers LIST] [OPTION]...: sets PORT and points the clients at it; MARKS is
# where the sink leaves the times of what it saw
bench_server()
{
    local kind=$1 dir=$TMP/server$((BENCH_SERVERS += 1))
    local -a options=(--tls 1.2 --ciphers "$SUITE" --cert "$TMP/certs/rsa.pem"
        --key "$TMP/certs/rsa.key" "${@:2}")
    if [ "$kind" = sink ]; then
        MARKS=$dir.marks
        "$PWD/tests/bench/sink" --marks "$MARKS" --port-file "$dir.port" "${options[@]}" &
        BENCH_PIDS+=($!)
        wait_until 10 test -s "$dir.port" || exit 1
        PORT=$(cat "$dir.port")
    else
        start_server "$kind" "$dir" --root "$STORE" --password-file "$TMP/password" "${options[@]}"
    fi
    bench_aim "$PORT"
}

# bench_aim PORT: the clients' settings; a bench with a relay before the server calls it itself
bench_aim()
{
    PORT=$1
    "$BIN/netmenuctl" set server.1.port "$PORT"
    {
        printf 'user = "camera:%s"\n' "$(cat "$TMP/password")"
        printf 'cacert = "%s"\nssl-reqd\nftp-create-dirs\ntls-max = 1.2\n' "$CA"
    } >"$TMP/curlrc"
    cat >"$TMP/lftprc" <<RC
set ssl:ca-file $CA
set ftp:ssl-force yes
set ftp:ssl-protect-data yes
open -u camera,$(cat "$TMP/password") -p $PORT localhost
RC
}

# --- clients -------------------------------------------------------------------------------------

# bench_time COMMAND...: sets WALL and CPU (s) and MEMORY (MB, of the largest process)
bench_time()
{
    STARTED=$EPOCHREALTIME
    if ! /usr/bin/time -o "$TMP/cost" -f '%U %S %M' "$@" >"$TMP/said" 2>&1; then
        cat "$TMP/said" "$TMP/cost"
        exit 1
    fi
    read -r WALL CPU MEMORY < <(awk -v a="$STARTED" -v b="$EPOCHREALTIME" \
        '{ printf "%.6f %s %s\n", b - a, $1 + $2, $3 / 1024 }' "$TMP/cost")
}

# The sender does the work and outlives the command: what it has used stands in /proc until it ends.
client_netmenu()
{
    local pid stat ticks
    end_sender "$NETMENU_RUN_DIR"
    bench_time "$BIN/netmenuctl" put --dir bench --wait "$@"
    pid=$(sender_pid "$NETMENU_RUN_DIR")
    stat=$(cat "/proc/$pid/stat") || exit 1
    MEMORY=$(awk '/^VmHWM:/ { print $2 / 1024 }' "/proc/$pid/status")
    ticks=$(awk '{ print $12 + $13 }' <<<"${stat##*)}")
    CPU=$(awk -v a="$CPU" -v t="$ticks" -v s="$TICKS" 'BEGIN { print a + t / s }')
    end_sender "$NETMENU_RUN_DIR"
    "$BIN/netmenuctl" jobs clear >/dev/null
}

client_curl()
{
    bench_time curl -q -s -S -K "$TMP/curlrc" -T "{$(IFS=,; echo "$*")}" \
        "ftp://localhost:$PORT/bench/"
}

# Many files by its mirror, with as many connections as BENCH_LFTP says (4): put knows only one.
client_lftp()
{
    cp "$TMP/lftprc" "$TMP/lftp.do"
    if [ $# -gt 1 ]; then
        echo "mirror -R -P${BENCH_LFTP:-4} $(dirname "$1") bench" >>"$TMP/lftp.do"
    else
        echo "mkdir -p -f bench; cd bench; put $1" >>"$TMP/lftp.do"
    fi
    bench_time lftp --norc -f "$TMP/lftp.do"
}

# limit KIND FILE: as much as the file has, as fast as this machine can (limits.c)
limit()
{
    local mb=$(($(stat -c %s "$2") / 1048576))
    read -r WALL CPU < <("$PWD/tests/bench/limits" "$1" "$mb")
    MEMORY=0
}

client_loopback()
{
    limit loopback "$@"
}

client_cipher()
{
    limit cipher "$@"
}

# bench_measure WORK "CLIENT..." FILE...: lines "work client round wall cpu MB GB" in the results
bench_measure()
{
    local work=$1 round turn client bytes
    local -a order
    read -ra order <<<"$2"
    shift 2
    bytes=$(stat -c %s "$@" | awk '{ n += $1 } END { printf "%d", n }')
    for round in $(seq 0 "$ROUNDS"); do
        for turn in "${!order[@]}"; do
            client=${order[(turn + round) % ${#order[@]}]}
            find "$STORE" -type f -delete
            "client_$client" "$@"
            if declare -F bench_after >/dev/null; then
                bench_after # may put something else in the place of the wall
            fi
            echo "$work $client $round $WALL $CPU $MEMORY $bytes" >>"$RESULTS"
        done
    done
}

# --- the table -----------------------------------------------------------------------------------

# Ratios are netmenu's to that client's; "better" is the faster of the others, round by round.
bench_report()
{
    [ -z "${BENCH_RESULTS:-}" ] || return 0
    awk -f "$TOP/tests/bench/report.awk" "$RESULTS"
}
