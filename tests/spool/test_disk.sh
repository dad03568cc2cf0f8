#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A disk that does not confirm a change of the queue: the job is sent all the same, and once.

. "$(dirname "$0")/../lib/test.sh"

command -v jq >/dev/null || skip "jq is not installed"
command -v strace >/dev/null || skip "strace is not installed"
strace -f -o /dev/null -e trace=fsync true 2>/dev/null || skip "nothing may be traced here"

ctl()
{
    "$BIN/netmenuctl" "$@"
}

# state_of NAME: of the job of this file
state_of()
{
    ctl jobs --json 2>/dev/null | jq -r --arg name "$1" \
        '.jobs[] | select(.file | endswith("/" + $name)) | .state'
}

completed()
{
    [ "$(state_of "$1")" = completed ]
}

# send_with_failing N: a clip, by a sender whose Nth fsync fails
send_with_failing()
{
    local name=F$1.MXF done=0
    head -c 100000 /dev/urandom >"$NETMENU_CARDS/$name"
    end_sender "$NETMENU_RUN_DIR"
    timeout 60 strace -f -o "$TMP/trace" -e trace=fsync -e inject="fsync:error=EIO:when=$1" \
        "$BIN/netmenu-transfer" --stay --state-dir "$NETMENU_STATE_DIR" \
        --run-dir "$NETMENU_RUN_DIR" &
    wait_until 10 sender_runs || return
    ctl put "$NETMENU_CARDS/$name" || return
    wait_until 20 completed "$name" || done=1
    end_sender "$NETMENU_RUN_DIR"
    [ "$done" = 0 ] || {
        echo "it is $(state_of "$name")"
        tail -n 5 "$NETMENU_STATE_DIR/log/transfer.log"
        return 1
    }
    grep -q INJECTED "$TMP/trace" && cmp "$NETMENU_CARDS/$name" "$SERVER/root/$name"
}

sender_runs()
{
    [ -n "$(sender_pid "$NETMENU_RUN_DIR")" ]
}

new_unit unit
SERVER=$TMP/server
"$TOP/tests/servers/certs.sh" "$TMP/certs"
start_server vsftpd "$SERVER" --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key"
check "password" ctl auth password - <<<"abcdefg1"
check "host" ctl set server.1.host localhost
check "port" ctl set server.1.port "$PORT"
check "user" ctl set server.1.user camera
check "server's password" ctl set server.1.password - <"$SERVER/password"
check "secure" ctl set server.1.secure on
check "certificate" ctl cert load 1 --file "$TMP/certs/ca.pem"

# when its name is noted: the record, its folder; when it has completed: the record, the folder it
# goes to
for n in 1 2 3 4; do
    check "fsync $n fails: the job completes" send_with_failing $n
done
is "each file is there once" "$(cd "$SERVER/root" && find . -type f | wc -l)" 4

finish
