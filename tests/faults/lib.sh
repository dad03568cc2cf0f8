# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the tests of this folder share: a unit with a password, its server, and what is to be said of
# its jobs and of what stands on the server. A test begins with
#
#   . "$(dirname "$0")/lib.sh"

# shellcheck source=tests/lib/test.sh disable=SC1091
. "$(dirname "${BASH_SOURCE[0]}")/../lib/test.sh"

USER_NAME=cam-7741 # nothing else that is sent has this in it
PEER_PIDS=()
CERTS=$TMP/certs

for tool in jq perl openssl; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
done

# The sender has no terminal: what a sanitizer has to say of it goes here.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:log_path=$TMP/sanitizer
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-}:log_path=$TMP/sanitizer:print_stacktrace=1

sanitizers_are_silent()
{
    ! cat "$TMP"/sanitizer.* 2>/dev/null
}

# The end of each test here.
conclude()
{
    check "no sanitizer has anything to say" sanitizers_are_silent
    finish
}

test_clean_up()
{
    local pid
    for pid in "${PEER_PIDS[@]}"; do
        kill "$pid" 2>/dev/null
    done
    if declare -F more_clean_up >/dev/null; then
        more_clean_up
    fi
}

ctl()
{
    "$BIN/netmenuctl" "$@"
}

make_certs()
{
    "$TOP/tests/servers/certs.sh" "$CERTS"
}

# random_file FILE BYTES
random_file()
{
    head -c "$2" /dev/urandom >"$1"
}

# --- servers ---------------------------------------------------------------------------------------

# serve KIND DIR CERTIFICATE [OPTION]...: start_server with a certificate of certs.sh
serve()
{
    local kind=$1 dir=$2 name=$3
    shift 3
    start_server "$kind" "$dir" --user "$USER_NAME" --cert "$CERTS/$name.pem" \
        --key "$CERTS/$name.key" "$@"
}

stop_server()
{
    "$TOP/tests/servers/ftpd.sh" stop --dir "$1"
}

# start_peer DIR MODE [ARGUMENT]: peer.pl; sets PORT
start_peer()
{
    mkdir -p "$1"
    perl "$TOP/tests/faults/peer.pl" "$@" &
    PEER_PIDS+=($!)
    wait_until 10 test -s "$1/port" || { echo "peer.pl does not start"; exit 1; }
    PORT=$(cat "$1/port")
}

# relay DIR: between the unit and the server at PORT; DIR/sent is what the unit sends; sets PORT
relay()
{
    start_peer "$1" relay "$PORT"
}

# stored DIR: how many files stand on the server, of whatever name
stored()
{
    find "$1/root" -type f | wc -l
}

temporary()
{
    find "$1/root" -type f -name '*.part' | wc -l
}

# every_equal FOLDER WHERE: each file of FOLDER stands in WHERE, equal, and WHERE has nothing else
every_equal()
{
    diff -r "$1" "$2"
}

# --- the unit --------------------------------------------------------------------------------------

# new_camera NAME: a unit whose password is set
new_camera()
{
    new_unit "$1"
    printf 'Abcd1234\n' | ctl auth password -
}

# use_unit NAME: go on with an earlier one
use_unit()
{
    export NETMENU_STATE_DIR=$TMP/$1/state NETMENU_RUN_DIR=$TMP/$1/run NETMENU_CARDS=$TMP/$1/card
}

# enter_server DIR on|off: the server of DIR, at PORT, as server 1
enter_server()
{
    ctl set server.1.host localhost
    ctl set server.1.port "$PORT"
    ctl set server.1.user "$USER_NAME"
    ctl set server.1.sessions 1 # one after another, where a test does not say otherwise
    ctl set server.1.password - <"$1/password"
    [ "$2" = off ] || ctl cert load 1 --file "$CERTS/ca.pem" >/dev/null
    ctl set server.1.secure "$2"
}

stop_sender()
{
    end_sender "$NETMENU_RUN_DIR"
}

start_sender()
{
    "$BIN/netmenu-transfer" --state-dir "$NETMENU_STATE_DIR" --run-dir "$NETMENU_RUN_DIR" \
        </dev/null >"$TMP/sender.out" 2>&1 &
    disown
}

sender_runs()
{
    [ -n "$(sender_pid "$NETMENU_RUN_DIR")" ]
}

# --- jobs --------------------------------------------------------------------------------------------

# jobs FILTER: of the job list, by jq
jobs_of()
{
    ctl --json jobs | jq -r "$1"
}

# count STATE
count()
{
    jobs_of "[.jobs[] | select(.state == \"$1\")] | length"
}

count_is()
{
    [ "$(count "$1")" = "$2" ]
}

# bytes of the job under way are moving
is_sending()
{
    [ "$(jobs_of '[.jobs[] | select(.state == "transferring") | .sent] | add // 0')" -gt "${1:-0}" ]
}

nothing_under_way()
{
    [ "$(jobs_of '[.jobs[] | select(.state == "waiting" or .state == "transferring")] | length')" = 0 ]
}

all_over()
{
    [ "$(jobs_of '[.jobs[] | select(.state != "completed" and .state != "failed")] | length')" = 0 ]
}

first_error()
{
    jobs_of "[.jobs[].error | select(. != null)][0].$1"
}

# says WORDS TEXT
says()
{
    printf '%s\n' "$2" | grep -i -E -- "$1" >/dev/null || { printf 'does not say %s:\n%s\n' "$1" "$2"; return 1; }
}

# shows_jobs: what the unit says, for a check that failed
show_state()
{
    echo "# --- jobs, and the sender's diary"
    ctl --json jobs | jq -c '.jobs[]' | head -n 10 | sed 's/^/# /'
    tail -n 25 "$NETMENU_STATE_DIR/log/transfer.log" | sed 's/^/# /'
}

# alone WHERE: nothing is stored but the files of the card
alone()
{
    check "$WHAT: each file is there once, equal" every_equal "$NETMENU_CARDS" "$1"
    is "$WHAT: no job is there twice or lost" "$(jobs_of '.jobs | length')" \
        "$(find "$NETMENU_CARDS" -type f | wc -l)"
    is "$WHAT: no record was damaged" "$(find "$NETMENU_STATE_DIR/spool/corrupt" -type f)" ""
    [ "$FAILED" = 0 ] || show_state
}

# a job went on where it had ended
continued()
{
    grep -q ': continued at byte [1-9]' "$NETMENU_STATE_DIR/log/transfer.log"
}
