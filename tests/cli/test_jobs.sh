#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The job list, with a server that nobody answers for.

. "$(dirname "$0")/lib.sh"

new_unit unit
set_password
for name in A001 A002 A003; do
    head -c 1000 /dev/urandom >"$NETMENU_CARDS/$name.MXF"
done

# --- what cannot be added
status 1 "a server without a host" ctl put "$NETMENU_CARDS/A001.MXF"
says "names the item" "[Host Name]"
ctl set server.1.host 127.0.0.1
ctl set server.1.port 1 # nothing listens there
ctl set server.1.secure on
status 1 "a secure server without a certificate" ctl put "$NETMENU_CARDS/A001.MXF"
says "says what to load" "certification.pem"
ctl set server.1.secure off
status 5 "a file that is not there" ctl put "$NETMENU_CARDS/none.MXF"
status 1 "a folder" ctl put "$NETMENU_CARDS"
touch "$NETMENU_CARDS"/$'a\nb'
status 1 "a name with a line end" ctl put "$NETMENU_CARDS"/$'a\nb'
status 5 "one bad file among good ones" ctl put "$NETMENU_CARDS/A001.MXF" "$NETMENU_CARDS/none.MXF"
is "adds none" "$(ctl --json jobs | jq '.jobs|length')" 0

# --- adding
status 0 "put" ctl --json put "$NETMENU_CARDS"/A00?.MXF
json "three jobs" '.jobs|length' 3
ID=$(jq -r '.jobs[0].id' <<<"$OUT")
LAST=$(jq -r '.jobs[2].id' <<<"$OUT")
state_of()
{
    ctl --json jobs show "$1" | jq -r '.jobs[0].state'
}
in_state()
{
    [ "$(state_of "$1")" = "$2" ]
}
check "the connection is refused, so it will be retried" wait_until 20 in_state "$ID" deferred
status 0 "the list as a document" ctl --json jobs
json "says why and when" \
    '.jobs[0]|"\(.error.code) \(.error.step) \(.server) \(.bytes) \(.tls) \(.attempts>0) \(.next|test("Z$"))"' \
    "connect-refused connect 1 1000 null true true"
status 0 "the list as text" ctl jobs
check "names file and reason" grep -q "refused the connection" "$TMP/out"
status 0 "one job as text" ctl jobs show "$ID"
check "with the remedy" grep -q "Remedy .*Port" "$TMP/out"

# --- a part of an id will do when only one job has it
PART=${ID#5-????????????-}
PART=${PART%-s1}
status 0 "one job by a part of its id" ctl --json jobs show "$PART"
json "is that one" '.jobs[0].id' "$ID"
status 3 "a part that all have" ctl --json jobs show "${ID:0:10}"
says "says how many" "3 jobs have"
json "as a document" .error.code ambiguous
status 3 "to change none of them" ctl jobs delete "${ID:0:10}"
status 3 "one that is too short" ctl jobs show "${PART:6:3}"
status 5 "one that no job has" ctl jobs show zzzzzz
status 0 "suspend by a part" ctl --json jobs suspend "$PART"
json "answers the whole id" '.jobs[0].id' "$ID"
status 0 "resume by a part" ctl jobs resume "$PART"
check "it is tried again" wait_until 20 in_state "$ID" deferred

# --- changing
status 0 "suspend" ctl jobs suspend "$ID"
is "it is held" "$(state_of "$ID")" suspended
status 1 "a held job cannot be retried" ctl jobs retry "$ID"
says "says its state" "suspended"
status 0 "resume" ctl jobs resume "$ID"
check "it is tried again" wait_until 20 in_state "$ID" deferred
status 0 "retry" ctl jobs retry "$ID"
status 0 "suspend all" ctl jobs suspend all
all_suspended()
{
    [ "$(ctl --json jobs | jq '[.jobs[]|select(.state=="suspended")]|length')" = 3 ]
}
check "all are held" wait_until 20 all_suspended
status 0 "delete" ctl --json jobs delete "$LAST"
json "answers which" '.jobs[0].id' "$LAST"
status 5 "it is gone" ctl jobs show "$LAST"
status 5 "an unknown job" ctl jobs suspend 5-000000000000-000000000-s1
status 5 "what is no id" ctl jobs suspend ../../secrets
status 0 "clear the completed ones: none" ctl jobs clear --completed
is "two are left" "$(ctl --json jobs | jq '.jobs|length')" 2
status 0 "clear" ctl jobs clear
status 0 "the list is empty" ctl jobs
check "and says why" grep -q "empty" "$TMP/out"
status 0 "all of nothing" ctl jobs delete all
status 0 "the files are all there" test -s "$NETMENU_CARDS/A003.MXF"

# --- waiting for what does not come
status 0 "a job" ctl --json put "$NETMENU_CARDS/A001.MXF"
ID=$(jq -r '.jobs[0].id' <<<"$OUT")
"$BIN/netmenuctl" watch >"$TMP/watch" &
WATCH=$!
"$BIN/netmenuctl" put --wait "$NETMENU_CARDS/A002.MXF" >"$TMP/wait.out" 2>"$TMP/wait.err" &
WAIT=$!
check "--wait says why it waits" wait_until 20 grep -q "refused the connection" "$TMP/wait.err"
kill -TERM $WAIT
wait $WAIT
is "interrupted it fails" $? 1
check "and says that the jobs go on" grep -q "go on in the background" "$TMP/wait.err"
is "they do" "$(ctl --json jobs | jq '.jobs|length')" 2
"$BIN/netmenuctl" put --wait "$NETMENU_CARDS/A003.MXF" 2>"$TMP/wait.err" &
WAIT=$!
three_jobs()
{
    [ "$(ctl --json jobs | jq '.jobs|length')" = 3 ]
}
wait_until 20 three_jobs
status 0 "deleted meanwhile" ctl jobs clear
wait $WAIT
is "--wait fails" $? 1
check "and says so" grep -q "deleted" "$TMP/wait.err"
seen_deleted()
{
    jq -se 'any(.[]; .event=="job" and .job.state=="deleted")' "$TMP/watch"
}
check "watch told of it, one document a line" wait_until 20 seen_deleted
kill -TERM $WATCH
wait $WATCH
is "watch ends in order" $? 0

# --- clips
status 0 "clips" ctl --json clips
json "on the card" '[.clips[]|select(.kind=="original")]|length' 3
NETMENU_CARDS='' status 5 "no card" ctl clips

finish
