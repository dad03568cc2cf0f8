#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# list, get, set, reset: values, rules, secrets, damage.

. "$(dirname "$0")/lib.sh"

new_unit unit
FILE=$NETMENU_STATE_DIR/settings.json

status 0 "list works on a new unit" ctl list
check "it has the unit's own" grep -q '^auth\.user ' "$TMP/out"
refuse "and no server that nobody set up" grep -q '^server\.' "$TMP/out"
check "says so at its end" grep -q "^16 servers that were never set up are left out" "$TMP/out"
status 0 "named, they are shown" ctl list server
check "all of them" grep -q '^server\.16\.sessions ' "$TMP/out"
refuse "and nothing is left out" grep -q "left out" "$TMP/out"
status 0 "get a default" ctl get server.1.port
is "it is 21" "$OUT" 21
status 0 "set" ctl set server.1.host ingest.example.net
status 0 "then list" ctl list
is "shows that server, all of it" "$(grep -c '^server\.1\.' "$TMP/out")" 11
refuse "and no other" grep -q '^server\.2\.' "$TMP/out"
check "says how many are left out" grep -q "^15 servers" "$TMP/out"
status 0 "and get" ctl get server.1.host
is "the value" "$OUT" ingest.example.net
status 0 "get as a document" ctl --json get server.1.port
json "a number is a number" '"\(.key) \(.kind) \(.value|type) \(.set)"' \
    "server.1.port number number false"
status 0 "set with --json answers the new value" ctl set server.1.port 2121 --json
json "as a document" .value 2121
status 0 "list of one server" ctl list server.1
is "is not that of server 10 too" "$(grep -vc '^server\.1\.' "$TMP/out")" 0
status 0 "list by the beginning of a key" ctl list server.1.p
is "three keys" "$(wc -l <"$TMP/out")" 3
status 0 "list as a document" ctl --json list
json "all settings" '.settings|length' $((26 + 16 * 11))
status 0 "reset" ctl reset server.1.port
status 0 "get after reset" ctl get server.1.port
is "the default is back" "$OUT" 21
status 0 "reset of a whole server" ctl reset server.1
is "nothing is set any more" "$(ctl --json list | jq '[.settings[]|select(.set)]|length')" 0
status 0 "a value from standard input" ctl set server.1.dir - <<<"/day 04/-x"
is "a line" "$(ctl get server.1.dir)" "/day 04/-x"
status 2 "a value that begins with a hyphen" ctl set server.1.dir -x
status 0 "stands after --" ctl set -- server.1.dir -x
is "and is kept" "$(ctl get server.1.dir)" "-x"
status 0 "an empty value" ctl set server.1.dir ""
is "is empty" "$(ctl get server.1.dir)" ""

# --- values that break their rule change nothing
while read -r key value rule; do
    status 3 "$key cannot be $value" ctl set "$key" "$value"
    says "the rule is told" "$rule"
    status 3 "$key cannot be $value (document)" ctl --json set "$key" "$value"
    json "the step is told" .error.step "${rule_step:-settings}"
done <<'TABLE'
server.1.port 0 1 to 65535
server.1.port 65536 1 to 65535
server.1.port x 1 to 65535
server.1.host a_b letters, digits
server.1.host 1.2.3.4.5 invalid
server.1.secure yes off, on
server.1.encryption none compatible, recommended, tls13
server.1.exists rename overwrite, keep, skip
server.1.sessions 9 1 to 8
server.1.name 12345678901234567 1 to 16 characters
transfer.default_server 17 1 to 16
display.theme pink dark, light
TABLE
status 3 "a line end cannot be in a value" ctl set server.1.user $'a\nDELE b'
status 3 "an escape neither" ctl set server.1.name $'\033[2J'
status 3 "nor what is not UTF-8" ctl set server.1.dir $'\xff'
status 5 "an unknown key" ctl set server.1.hots x
status 5 "an unknown key to get" ctl get nothing
status 5 "an unknown key to reset" ctl reset server.17
status 5 "an unknown prefix" ctl list zzz
status 2 "standard input is empty" ctl set server.1.dir - </dev/null

# --- secrets
status 2 "a password in the command line is refused" ctl set server.1.password hunter2
says "and says why" "standard input"
status 2 "also as an option's neighbour" ctl set server.1.password
status 0 "from standard input" ctl set server.1.password - <<<"hunter 2"
status 0 "get says only that it is set" ctl get server.1.password
is "(set)" "$OUT" "(set)"
status 0 "so does the document" ctl --json get server.1.password
json "without value" 'has("value")' false
refuse "no file but secrets has it in clear" grep -rq "hunter" "$NETMENU_STATE_DIR"
is "secrets are the owner's alone" "$(stat -c %a "$NETMENU_STATE_DIR" \
    "$NETMENU_STATE_DIR/secrets" | paste -sd ' ')" "700 600"
printf 'from a file\n' >"$TMP/password"
status 0 "from a file" ctl set server.2.password --file "$TMP/password"
status 2 "from two places" ctl set server.2.password - --file "$TMP/password" <<<x
status 5 "from a file that is not there" ctl set server.2.password --file "$TMP/none"
status 3 "one that is too long" ctl set server.2.password - <<<"$(printf '%0300d' 0)"
status 0 "an empty line clears it" ctl set server.2.password - <<<""
is "it is gone" "$(ctl get server.2.password)" "(not set)"

# --- the environment and the options
status 0 "--state-dir is another unit" ctl --state-dir "$TMP/other" get server.1.password
is "with nothing set" "$OUT" "(not set)"

# --- damage: cut at every byte, the program goes on and tells
ctl set server.1.host ingest.example.net
ctl set server.1.user cam-a
cp "$FILE" "$TMP/whole"
size=$(stat -c %s "$FILE")
cut_at_every_byte()
{
    local n
    for n in $(seq 0 7 $((size - 2))); do
        head -c "$n" "$TMP/whole" >"$FILE"
        [ "$(ctl get server.1.host 2>"$TMP/err")" = ingest.example.net ] || return
        grep -q "last good copy" "$TMP/err" || return
    done
}
check "cut settings are replaced by the last good copy, and told" cut_at_every_byte
status 0 "the next change" ctl set server.1.user cam-b
check "keeps the damaged file" test -e "$FILE.damaged"
status 0 "and repairs" ctl list
is "nothing is told any more" "$ERR" ""
echo junk >"$FILE"
echo junk >"$FILE.good"
status 0 "both copies damaged" ctl get server.1.host
is "defaults" "$OUT" ""
says "told" "at their defaults"

# --- a folder that cannot be used
if [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null; then
    chmod 755 "$TMP"
    as_nobody()
    {
        if [ "$(id -u)" = 0 ]; then
            setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
        else
            "$@"
        fi
    }
    mkdir -m 500 "$TMP/locked"
    status 1 "a state folder that cannot be made" \
        as_nobody "$BIN/netmenuctl" --state-dir "$TMP/locked/x" --run-dir "$TMP/locked/y" list
    says "names the option" "--state-dir"
    if [ "$(id -u)" = 0 ]; then
        mkdir -m 700 "$TMP/others"
        chown 65534 "$TMP/others"
        status 1 "root in the folder of another user" ctl --state-dir "$TMP/others" list
        says "names the user to run as" "$(id -un 65534)"
        status 1 "the sender neither" "$BIN/netmenu-transfer" --state-dir "$TMP/others"
        is "nothing is written there" "$(ls -A "$TMP/others")" ""
    fi
fi

finish
