#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# cert load, show, clear; suites.

. "$(dirname "$0")/lib.sh"

new_unit unit
CARD=$NETMENU_CARDS
"$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null
PEM=$TMP/certs/ca.pem

status 5 "nothing on the card" ctl cert load 1
says "says which file, and where" "certification.pem"
status 5 "nothing loaded" ctl cert show 1
status 5 "as a document" ctl --json cert show 1
json "with the code" .error.code no-certificate
NETMENU_CARDS=$TMP/no-card status 5 "no card at all" ctl cert load 1
says "says so" "no memory card"

cp "$PEM" "$CARD/certification.pem"
status 0 "from the card" ctl cert load 1
status 0 "show" ctl --json cert show 1
FINGERPRINT=$(openssl x509 -in "$PEM" -noout -fingerprint -sha256 | sed 's/.*=//')
json "the SHA-256 is openssl's" '.certificates[0].sha256' "$FINGERPRINT"
json "server, dates, days" '"\(.server) \(.certificates|length) \(.certificates[0].ca)"' "1 1 true"
status 5 "each server has its own" ctl cert show 2
cat "$PEM" "$TMP/certs/other-ca.pem" >"$TMP/two.pem"
status 0 "from a file, several" ctl --json cert load 2 --file "$TMP/two.pem"
json "both are shown" '.certificates|length' 2
status 1 "a pipe is no file" ctl cert load 2 --file <(cat "$PEM")

# --- refused files change nothing
refused()
{
    status "${3:-1}" "$1 is refused" ctl cert load 1 --file "$2"
    says "and nothing changed" "Nothing was changed"
    is "$1: the old one stays" "$(ctl --json cert show 1 | jq -r '.certificates[0].sha256')" \
        "$FINGERPRINT"
}
: >"$TMP/empty"
refused "an empty file" "$TMP/empty"
head -c 3000 /dev/urandom >"$TMP/garbage"
refused "garbage" "$TMP/garbage"
openssl x509 -in "$PEM" -outform DER -out "$TMP/der"
refused "DER" "$TMP/der"
cat "$PEM" "$TMP/certs/rsa.key" >"$TMP/key"
refused "a private key among the certificates" "$TMP/key"
sed '5s/./!/' "$PEM" | cat "$PEM" - >"$TMP/malformed"
refused "a damaged block after a good one" "$TMP/malformed"
says "and the block is named" "Certificate 2"
status 5 "a file that is not there" ctl cert load 1 --file "$TMP/none"
status 1 "a folder" ctl cert load 1 --file "$TMP"

status 0 "clear" ctl cert clear 1
status 5 "it is gone" ctl cert show 1
status 0 "clear again" ctl cert clear 1

# --- suites
status 0 "suites" ctl suites
is "fifteen" "$(wc -l <"$TMP/out")" 15
status 0 "as a document, without a state folder" ctl --state-dir /nonexistent/x --json suites
json "three recommended, twelve deprecated" \
    '[.suites[]|select(.recommended)]|length' 3
json "all offered by this build" '[.suites[]|select(.offered)]|length' 15

finish
