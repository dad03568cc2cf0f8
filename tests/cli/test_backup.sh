#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# export, import, net reset.

. "$(dirname "$0")/lib.sh"

new_unit unit
"$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null
set_password
ctl set server.1.host ingest.example.net
ctl set server.1.name "Studio ingest"
printf 'Cam3ra!\n' | ctl set server.1.password -
ctl cert load 1 --file "$TMP/certs/ca.pem" >/dev/null
FINGERPRINT=$(ctl --json cert show 1 | jq -r '.certificates[0].sha256')

# --- saving
status 0 "export" ctl export "$TMP/clear.json"
says "says that passwords are not in it" "without passwords"
is "mode 0600" "$(stat -c %a "$TMP/clear.json")" 600
is "one document" "$(jq -r '"\(.netmenu) \(.format)"' "$TMP/clear.json")" "settings 1"
is "not the unit's own" "$(grep -c auth "$TMP/clear.json")" 0
sealed()
{
    printf 'correct horse\n' | ctl "$@"
}
status 0 "export with passwords" sealed export "$TMP/sealed.json" -
is "in no form that can be read" \
    "$(grep -ciE 'Cam3ra|43616d337261|Abcd1234|4162636431323334' "$TMP/sealed.json")" 0
printf 'correct horse\n' >"$TMP/passphrase"
status 0 "passphrase from a file" ctl export "$TMP/sealed.json" --file "$TMP/passphrase"
status 2 "never on the command line" ctl export "$TMP/x.json" "correct horse"
status 3 "a short passphrase" sh -c "printf 'short\n' | '$BIN/netmenuctl' export '$TMP/x.json' -"
check "nothing was written" test ! -e "$TMP/x.json"
status 5 "where there is no folder" ctl export "$TMP/no-folder/x.json"

# --- loading into another unit
new_unit other
set_password
status 0 "import without --yes, no terminal" ctl import "$TMP/clear.json" </dev/null
says "says so" "nothing was changed"
check "shows the change" grep -q 'server.1.host .*->  ingest.example.net' "$TMP/out"
is "and did nothing" "$(ctl get server.1.host)" ""
status 0 "as a document" ctl --json import "$TMP/sealed.json" </dev/null
json "what would change" '"\(.applied) \(.passwords) \(.changes|length)"' "false false 3"
status 0 "with the passwords" sealed --json import "$TMP/sealed.json" - --yes
json "what did change" '"\(.applied) \(.passwords) \([.changes[].kind]|join(","))"' \
    "true true value,value,certificate,password"
is "the host" "$(ctl get server.1.host)" ingest.example.net
is "the password" "$(ctl get server.1.password)" "(set)"
is "the certificate" "$(ctl --json cert show 1 | jq -r '.certificates[0].sha256')" "$FINGERPRINT"
status 0 "once more" sealed import "$TMP/sealed.json" - --yes
says "nothing to do" "nothing to change"
ctl set server.1.host elsewhere.example.net
status 0 "a file without passwords" ctl import "$TMP/clear.json" --yes
check "tells that a password goes" grep -q 'server.1.password .*cleared' "$TMP/out"
is "and it went" "$(ctl get server.1.password)" "(not set)"

# --- what is refused changes nothing
before=$(ctl --json list)
refused()
{
    status "$1" "$2" ctl import "$3" --yes
    is "$2: nothing changed" "$(ctl --json list)" "$before"
}
status 1 "a wrong passphrase" sh -c \
    "printf 'wrong horse\n' | '$BIN/netmenuctl' import '$TMP/sealed.json' - --yes"
says "says so" "passphrase is wrong"
is "nothing changed" "$(ctl --json list)" "$before"
refused 5 "a file that is not there" "$TMP/none.json"
refused 1 "a folder" "$TMP"
head -c 900 "$TMP/clear.json" >"$TMP/cut.json"
refused 1 "a file that was cut" "$TMP/cut.json"
jq '.values["server.1.port"]=70000' "$TMP/clear.json" >"$TMP/bad.json"
refused 3 "a value against its rule" "$TMP/bad.json"
says "names the key" "server.1.port"
jq '.values["server.1.hosst"]="a"' "$TMP/clear.json" >"$TMP/bad.json"
status 5 "an unknown key" ctl import "$TMP/bad.json" --yes
says "names it" "server.1.hosst"
jq '.format=2' "$TMP/clear.json" >"$TMP/bad.json"
refused 1 "a newer format" "$TMP/bad.json"
says "says so" "newer version"
jq '.certificates["server.1"]="no certificate"' "$TMP/clear.json" >"$TMP/bad.json"
refused 1 "a bad certificate" "$TMP/bad.json"
head -c 9000000 /dev/zero | tr '\0' '[' >"$TMP/bad.json"
refused 1 "a huge file" "$TMP/bad.json"
jq '{netmenu, format, values: {"server.2.host": "b.example.net"}, certificates: {}}' \
    "$TMP/clear.json" >"$TMP/part.json"
status 0 "a part of a file" ctl import "$TMP/part.json" --yes
is "sets what it names" "$(ctl get server.2.host)" b.example.net
is "and leaves the rest" "$(ctl get server.1.host)" ingest.example.net

# --- net reset
status 2 "net reset asks" ctl net reset </dev/null
is "nothing changed" "$(ctl get server.2.host)" b.example.net
status 0 "net reset" ctl net reset --yes
is "servers are gone" "$(ctl get server.1.host)$(ctl get server.2.host)" ""
is "the password stays" "$(ctl get auth.password)" "(set)"
is "certificates stay" "$(ctl --json cert show 1 | jq -r '.certificates[0].sha256')" "$FINGERPRINT"

finish
