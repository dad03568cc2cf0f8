#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The sender is killed or asked to stop with several sessions under way. In the end each file is on
# the server once, equal, and each job completed once.

. "$(dirname "$0")/lib.sh"

make_certs

kill_sender()
{
    local pid
    pid=$(sender_pid "$NETMENU_RUN_DIR")
    [ -n "$pid" ] || return
    kill -KILL "$pid"
    wait_until 5 not is_sender "$pid" # another that waits for the lock may follow at once
}

is_sender()
{
    [ "$(sender_pid "$NETMENU_RUN_DIR")" = "$1" ]
}

# ten_kills KIND: at moments that nobody chose, with four sessions; a file that exists is kept, so
# that one sent twice would show
ten_kills()
{
    local kind=$1 i kills=0
    WHAT="$kind, sender killed ten times"
    serve "$kind" "$TMP/kills-$kind" rsa --rate 300000
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
        ! count_is completed 30 || break
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

ten_kills pure-ftpd
ten_kills proftpd
asked_to_stop vsftpd
waiting_for_a_killed_one
conclude
