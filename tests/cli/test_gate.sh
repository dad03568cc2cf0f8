#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# auth check, status, log, resume, and watch: the gate for scripts.

. "$(dirname "$0")/lib.sh"

new_unit unit
STATE=$NETMENU_STATE_DIR

try()
{
    ctl "${@:3}" auth check "$1" - <<<"$2"
}

# --- before there is a password
status 4 "check before a password is set" try admin Abcd1234
status 0 "status before" ctl --json auth status
json "the lock is open" '[.lock.state, .lock.failures, .lock.refused, (.sources | length)] | @csv' \
    '"open",0,0,0'
status 0 "log before" ctl auth log
says "nobody has tried" "nobody has tried"
set_password

# --- right and wrong
status 0 "the right ones" try admin Abcd1234
status 0 "as a document" try admin Abcd1234 --json
json "right" .right true
for pair in admin:Abcd1235 Admin:Abcd1234 nobody:Abcd1234 admin: ":Abcd1234"; do
    status 1 "wrong: $pair" try "${pair%%:*}" "${pair#*:}"
    says "the same words for all" "The user name or the password is wrong."
done
status 2 "no password on the command line" ctl auth check admin Abcd1234
says "it says why" "never given on the command line"
status 3 "one that is longer than any" try admin "$(head -c 1000 /dev/zero | tr '\0' a)"
status 0 "the count" ctl --json auth status
json "five in a row" '[.lock.state, .lock.failures, .sources[0].source, .sources[0].failures] | @csv' \
    '"open",5,"(none)",5'

# --- locked
ctl watch >"$TMP/watch" &
WATCH=$!
test_clean_up()
{
    kill "$WATCH" 2>/dev/null
}
# it has looked once when it tells of a job or a lock that came after: make it tell
told()
{
    grep -q "$1" "$TMP/watch"
}
until_told()
{
    local i
    for i in $(seq 200); do
        try admin Wrong999 2>/dev/null
        ! told '"event":"lock"' || return 0
        sleep 0.1
        ctl auth resume --yes 2>/dev/null
        for _ in 1 2 3 4 5; do
            try admin Wrong999 2>/dev/null
        done
    done
    return 1
}
check "watch tells of the lock" until_told
check "with its state" wait_until 10 told '"state":"waiting"'
status 4 "the right ones are refused" try admin Abcd1234
says "with the time that is left" "refuses all for another"
status 4 "as a document" try admin Abcd1234 --json
json "refused" .error.code auth-locked
status 0 "status says so" ctl auth status
is "in words" "$(grep -c '^Logins are refused for 0:[0-3][0-9]$' <<<"$OUT")" 1
status 0 "and as a document" ctl --json auth status
json "with the seconds" '.lock.seconds_left > 0 and .lock.seconds_left <= 30' true

# --- the list
status 0 "the list" ctl --json auth log
json "the newest first" '.attempts[0] | [.service, .user, .outcome, .times] | @csv' \
    '"netmenuctl","admin","refused",2'
json "with times" '.attempts[0].time | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T")' true
check "in words" grep -q "netmenuctl *admin *refused: locked *x 2" <(ctl auth log)
is "no password stands anywhere" "$(grep -rlE 'Abcd123|Wrong999' "$STATE" --exclude 'secrets*')" ""

# --- lifted
status 0 "lifted" ctl --json auth resume --yes
json "open" .lock.state open
status 0 "right again" try admin Abcd1234
check "watch tells that it was lifted" wait_until 10 told '"state":"open","seconds_left":0'

# --- stopped, damaged
jq -c '.account.failures = 100' "$STATE/gate.json" >"$TMP/gate" && cp "$TMP/gate" "$STATE/gate.json"
status 4 "a full stop" try admin Abcd1234
says "until lifted" "until the lock is lifted"
status 0 "status" ctl auth status
is "in words" "$(head -n 1 <<<"$OUT")" "Logins are refused until you lift it"
echo nonsense >"$STATE/gate.json"
status 4 "a damaged record" try admin Abcd1234
says "said to be damaged" "is damaged"
status 0 "status" ctl --json auth status
json "damaged" .lock.state damaged
status 4 "there is no list" ctl auth log
status 0 "lifted" ctl auth resume --yes
is "kept aside" "$(cat "$STATE/gate.json.damaged")" nonsense
status 0 "right again" try admin Abcd1234
finish
