#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kill -9 of the sender at any moment, against a real vsftpd: at its next start it goes on, and in
# the end each file is on the server once, equal, and each job is completed once.

. "$(dirname "$0")/../lib/test.sh"

command -v jq >/dev/null || skip "jq is not installed"

ctl()
{
    "$BIN/netmenuctl" "$@"
}

# job FILTER: of the only job
job()
{
    ctl jobs --json | jq -r ".jobs[0] | $1"
}

count()
{
    ctl jobs --json | jq "[.jobs[] | select(.state == \"$1\")] | length"
}

sender_runs()
{
    [ -n "$(sender_pid "$NETMENU_RUN_DIR")" ]
}

start_sender()
{
    (setsid "$BIN/netmenu-transfer" --state-dir "$NETMENU_STATE_DIR" \
        --run-dir "$NETMENU_RUN_DIR" </dev/null >/dev/null 2>&1 &)
}

kill_sender()
{
    local pid
    pid=$(sender_pid "$NETMENU_RUN_DIR")
    [ -n "$pid" ] || return 1
    kill -KILL "$pid" 2>/dev/null
    wait_until 10 not kill -0 "$pid"
}

is_sending()
{
    [ "$(job .sent)" -gt 0 ]
}

all_completed()
{
    [ "$(count completed)" = "$1" ]
}

arrived()
{
    (cd "$SERVER/root" && find . -type f -printf '%f\n' | sort)
}

new_unit unit
SERVER=$TMP/server
"$TOP/tests/servers/certs.sh" "$TMP/certs"
start_server vsftpd "$SERVER" --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key" \
    --rate 4000000
check "password" ctl auth password - <<<"abcdefg1"
check "host" ctl set server.1.host localhost
check "port" ctl set server.1.port "$PORT"
check "user" ctl set server.1.user camera
check "sessions" ctl set server.1.sessions 2 # so few that there is time for kills
check "server's password" ctl set server.1.password - <"$SERVER/password"
check "secure" ctl set server.1.secure on
check "certificate" ctl cert load 1 --file "$TMP/certs/ca.pem"

# --- once, in the middle of an upload
head -c 8000000 /dev/urandom >"$NETMENU_CARDS/A001.MXF"
check "a clip is queued" ctl put "$NETMENU_CARDS/A001.MXF"
check "it is on its way" wait_until 20 is_sending
check "the sender is killed" kill_sender
is "the job is still there" "$(job .state)" transferring
is "the file is not there under its name" "$(arrived | grep -c '^A001')" 0
start_sender
check "it completes" wait_until 30 all_completed 1
check "it is equal" cmp "$NETMENU_CARDS/A001.MXF" "$SERVER/root/A001.MXF"
is "nothing else is there" "$(arrived)" A001.MXF
is "the second attempt did it" "$(job .attempts)" 2

# --- a second one is one too many
"$BIN/netmenu-transfer" --state-dir "$NETMENU_STATE_DIR" --run-dir "$NETMENU_RUN_DIR" \
    >"$TMP/second" 2>&1
is "a second sender refuses" $? 6
check "and names the first" grep -q "$(sender_pid "$NETMENU_RUN_DIR")" "$TMP/second"

# --- what is deleted while it is on its way leaves nothing on the server
head -c 8000000 /dev/urandom >"$NETMENU_CARDS/A009.MXF"
check "a clip is queued" ctl put "$NETMENU_CARDS/A009.MXF"
second_is_sending()
{
    ctl jobs --json | jq -e '[.jobs[] | select(.state == "transferring" and .sent > 0)] | length == 1'
}
check "it is on its way" wait_until 20 second_is_sending
ctl jobs delete "$(ctl jobs --json | jq -r '.jobs[] | select(.state == "transferring") | .id')"
only_the_first()
{
    [ "$(arrived)" = A001.MXF ]
}
check "its part is removed" wait_until 10 only_the_first
is "the other job is still there" "$(ctl jobs --json | jq '.jobs | length')" 1

# --- one that is to stay waits for the end of the one that runs
first=$(sender_pid "$NETMENU_RUN_DIR")
"$BIN/netmenu-transfer" --stay --state-dir "$NETMENU_STATE_DIR" --run-dir "$NETMENU_RUN_DIR" \
    >"$TMP/second" 2>&1 &
second=$!
waits()
{
    grep -q "netmenu-transfer\[$second\] info: another sender runs" \
        "$NETMENU_STATE_DIR/log/transfer.log"
}
check "it waits" wait_until 10 waits
is "and the first one runs on" "$(sender_pid "$NETMENU_RUN_DIR")" "$first"
kill -TERM "$first"
second_runs()
{
    [ "$(sender_pid "$NETMENU_RUN_DIR")" = "$second" ]
}
check "then it takes its place" wait_until 10 second_runs

# --- asked to stop, it stops soon, with its job waiting again
check "jobs are cleared" ctl jobs clear
head -c 8000000 /dev/urandom >"$NETMENU_CARDS/A002.MXF"
check "another clip is queued" ctl put "$NETMENU_CARDS/A002.MXF"
check "it is on its way" wait_until 20 is_sending
kill -TERM "$(sender_pid "$NETMENU_RUN_DIR")"
check "the sender stops within 2 s" wait_until 2 not sender_runs
is "its job waits" "$(job .state)" waiting
start_sender
check "it completes later" wait_until 30 all_completed 1
check "it is equal" cmp "$NETMENU_CARDS/A002.MXF" "$SERVER/root/A002.MXF"

# --- again and again, at moments that nobody chose
check "jobs are cleared" ctl jobs clear
FILES=24
for i in $(seq 10 $((9 + FILES))); do
    head -c $((200000 + RANDOM * 30)) /dev/urandom >"$NETMENU_CARDS/B0$i.MXF"
done
kill_sender
check "a batch is queued" ctl put "$NETMENU_CARDS"/B*.MXF
kills=0
for _ in $(seq 400); do
    all_completed $FILES && break
    sender_runs || start_sender
    sleep "0.$((RANDOM % 5))$((RANDOM % 10))" # a fault at a random moment, not a wait
    kill_sender && kills=$((kills + 1))
done
sender_runs || start_sender
check "all complete after $kills kills" wait_until 60 all_completed $FILES
check "there were kills" [ "$kills" -ge 5 ]
is "no job is there twice or lost" "$(ctl jobs --json | jq '.jobs | length')" $FILES
for file in "$NETMENU_CARDS"/B*.MXF; do
    check "$(basename "$file") is equal" cmp "$file" "$SERVER/root/$(basename "$file")"
done
is "each is there once, and nothing else" "$(arrived | grep -c .)" $((FILES + 2))
is "nothing is left in the spool's tmp" "$(find "$NETMENU_STATE_DIR/spool/tmp" -type f)" ""
is "no record was damaged" "$(find "$NETMENU_STATE_DIR/spool/corrupt" -type f)" ""

finish
