#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Connections that break: the server dies during an upload, between two files, before one; the sender
# is killed or asked to stop with four sessions under way. In the end each file is on the server
# once, equal, and each job completed once.

. "$(dirname "$0")/lib.sh"

make_certs
BYTES=12000000
RATE=6000000

server_again()
{
    serve "$1" "$TMP/$1" rsa --rate "$2" --port "$PORT"
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

# --- the server ----------------------------------------------------------------------------------------

# a job went on where it had ended
continued()
{
    grep -q ': continued at byte [1-9]' "$NETMENU_STATE_DIR/log/transfer.log"
}

# die_during KIND HOW: in the middle of a file, and back later; HOW it goes on: "by itself", or "retry"
die_during()
{
    local kind=$1
    WHAT="$kind killed during an upload"
    serve "$kind" "$TMP/$kind" rsa --rate $RATE
    new_camera "unit-$kind"
    enter_server "$TMP/$kind" on
    ctl set server.1.dir during
    random_file "$NETMENU_CARDS/A.mxf" $BYTES
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 500000
    stop_server "$TMP/$kind"
    check "$WHAT: the job is deferred" wait_until 20 count_is deferred 1
    check "$WHAT: the cause" says '^(closed|aborted|transfer-aborted|outcome-unknown|connect-refused)$' \
        "$(first_error code)"
    refuse "$WHAT: nothing has its name yet" test -e "$TMP/$kind/root/during/A.mxf"
    server_again "$kind" 0
    [ "$2" = "by itself" ] || ctl jobs retry all
    check "$WHAT: it completes $2" wait_until 30 count_is completed 1
    check "$WHAT: in the second attempt or later" [ "$(jobs_of '.jobs[0].attempts')" -ge 2 ]
    check "$WHAT: what was there is not sent again" continued
    is "$WHAT: no error is left" "$(first_error code)" null
    alone "$TMP/$kind/root/during"
}

# Between two files, with the session still open; then before a file, so that nobody answers.
die_between()
{
    WHAT="vsftpd killed between two files"
    new_camera unit-between
    PORT=$(cat "$TMP/vsftpd/port")
    enter_server "$TMP/vsftpd" on
    ctl set server.1.dir between
    random_file "$NETMENU_CARDS/A.mxf" 5000
    random_file "$NETMENU_CARDS/B.mxf" 5000
    random_file "$NETMENU_CARDS/C.mxf" 5000
    check "$WHAT: the first" ctl put --wait "$NETMENU_CARDS/A.mxf"
    stop_server "$TMP/vsftpd"
    server_again vsftpd 0
    check "$WHAT: the second" ctl put --wait "$NETMENU_CARDS/B.mxf"
    is "$WHAT: the second in one attempt" "$(jobs_of '.jobs[1].attempts')" 1

    stop_server "$TMP/vsftpd"
    ctl put "$NETMENU_CARDS/C.mxf" >/dev/null
    check "$WHAT: the third waits" wait_until 20 count_is deferred 1
    is "$WHAT: the cause" "$(first_error code)" connect-refused
    server_again vsftpd 0
    check "$WHAT: the third goes by itself" wait_until 30 count_is completed 3
    alone "$TMP/vsftpd/root/between"
}

# --- the sender -----------------------------------------------------------------------------------------

kill_sender()
{
    local pid
    pid=$(sender_pid "$NETMENU_RUN_DIR")
    [ -n "$pid" ] || return
    kill -KILL "$pid"
    wait_until 5 not sender_runs
}

# ten_kills KIND: at moments that nobody chose, with four sessions; a file that exists is kept, so
# that one sent twice would show
ten_kills()
{
    local kind=$1 i kills=0
    WHAT="$kind, sender killed ten times"
    serve "$kind" "$TMP/kills-$kind" rsa --rate 2000000
    new_camera "unit-kills-$kind"
    enter_server "$TMP/kills-$kind" on
    ctl set server.1.dir kills
    ctl set server.1.exists keep
    ctl set server.1.sessions 4
    for i in $(seq -w 30); do
        random_file "$NETMENU_CARDS/C$i.mxf" $((500000 + RANDOM * 10))
    done
    ctl put "$NETMENU_CARDS"/* >/dev/null
    for i in $(seq 10); do
        start_sender
        wait_until 10 not count_is transferring 0
        sleep "0.$((RANDOM % 9))$((RANDOM % 10))" # the moment is what is tried here
        kill_sender && kills=$((kills + 1))
    done
    start_sender
    check "$WHAT: all complete after $kills kills" wait_until 60 count_is completed 30
    check "$WHAT: there were kills" [ $kills -ge 5 ]
    alone "$TMP/kills-$kind/root/kills"
    stop_sender
    stop_server "$TMP/kills-$kind"
}

# asked_to_stop KIND: with four sessions under way
asked_to_stop()
{
    local kind=$1 i
    WHAT="$kind, sender asked to stop"
    serve "$kind" "$TMP/stop-$kind" rsa --rate 1000000
    new_camera "unit-stop-$kind"
    enter_server "$TMP/stop-$kind" on
    ctl set server.1.dir stop
    ctl set server.1.sessions 4
    for i in 1 2 3 4 5 6; do
        random_file "$NETMENU_CARDS/C$i.mxf" 3000000
    done
    ctl put "$NETMENU_CARDS"/* >/dev/null
    check "$WHAT: four are under way" wait_until 20 count_is transferring 4
    check "$WHAT: bytes move" wait_until 20 is_sending 100000
    kill -TERM "$(sender_pid "$NETMENU_RUN_DIR")"
    check "$WHAT: it stops within 2 s" wait_until 2 not sender_runs
    is "$WHAT: all wait" "$(count waiting)" 6
    start_sender
    check "$WHAT: all go after that" wait_until 60 count_is completed 6
    alone "$TMP/stop-$kind/root/stop"
    stop_sender
    stop_server "$TMP/stop-$kind"
}

# suspended KIND: by the operator in the middle of a file; it stays on the server, and resuming goes on
suspended()
{
    local kind=$1 id sent
    WHAT="$kind, a job suspended and resumed"
    serve "$kind" "$TMP/suspend-$kind" rsa --rate $RATE
    new_camera "unit-suspend-$kind"
    enter_server "$TMP/suspend-$kind" on
    random_file "$NETMENU_CARDS/A.mxf" $BYTES
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 1000000
    id=$(jobs_of '.jobs[0].id')
    ctl jobs suspend "$id" >/dev/null
    check "$WHAT: suspended" wait_until 20 count_is suspended 1
    is "$WHAT: its part stays there" "$(temporary "$TMP/suspend-$kind")" 1
    ctl jobs resume "$id" >/dev/null
    check "$WHAT: it completes" wait_until 30 count_is completed 1
    check "$WHAT: what was there is not sent again" continued
    sent=$(sed -n 's/.*: continued at byte \([0-9]*\), \([0-9]*\) sent$/\1 \2/p' \
        "$NETMENU_STATE_DIR/log/transfer.log")
    is "$WHAT: both together are the file" $((${sent% *} + ${sent#* })) $BYTES
    alone "$TMP/suspend-$kind/root"
    stop_sender
    stop_server "$TMP/suspend-$kind"
}

# deleted KIND: a job that was suspended in the middle of its file; what is on the server goes, and
# another job's part stays
deleted()
{
    local kind=$1 id
    WHAT="$kind, a suspended job deleted"
    serve "$kind" "$TMP/deleted-$kind" rsa --rate $RATE
    new_camera "unit-deleted-$kind"
    enter_server "$TMP/deleted-$kind" on
    ctl set server.1.dir "day 1/cam"
    random_file "$NETMENU_CARDS/A.mxf" $BYTES
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 1000000
    id=$(jobs_of '.jobs[0].id')
    ctl jobs suspend "$id" >/dev/null
    check "$WHAT: suspended" wait_until 20 count_is suspended 1
    is "$WHAT: its part stays there" "$(temporary "$TMP/deleted-$kind")" 1
    echo other >"$TMP/deleted-$kind/root/day 1/cam/.netmenu-other.part"
    stop_sender
    ctl jobs delete "$id" >/dev/null
    is "$WHAT: no job is left" "$(jobs_of '.jobs | length')" 0
    check "$WHAT: its part goes" wait_until 20 [ ! -e "$TMP/deleted-$kind/root/day 1/cam/.netmenu-${id//-/}.part" ]
    is "$WHAT: nothing else does" "$(stored "$TMP/deleted-$kind")" 1
    check "$WHAT: the record goes" wait_until 10 nothing_leaving
    stop_sender
    stop_server "$TMP/deleted-$kind"
}

nothing_leaving()
{
    [ -z "$(find "$NETMENU_STATE_DIR/spool/leaving" -type f)" ]
}

# put --wait starts a sender that was killed again.
waiting_for_a_killed_one()
{
    local put status=0
    WHAT="put --wait with its sender killed"
    serve vsftpd "$TMP/waited" rsa --rate 2000000
    new_camera unit-waited
    enter_server "$TMP/waited" on
    ctl set server.1.dir waited
    random_file "$NETMENU_CARDS/A.mxf" 3000000
    ctl put --wait "$NETMENU_CARDS/A.mxf" >"$TMP/put.out" 2>&1 &
    put=$!
    check "$WHAT: under way" wait_until 20 is_sending 100000
    check "$WHAT: killed" kill_sender
    wait $put || status=$?
    is "$WHAT: it ends well" $status 0
    alone "$TMP/waited/root/waited"
    stop_sender
}

die_during vsftpd "by itself"
die_during proftpd retry
die_during pure-ftpd retry
die_between
ten_kills pure-ftpd
ten_kills proftpd
asked_to_stop vsftpd
suspended vsftpd
suspended proftpd
suspended pure-ftpd
deleted vsftpd
deleted proftpd
deleted pure-ftpd
waiting_for_a_killed_one
conclude
