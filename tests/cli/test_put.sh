#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# put --wait against a real server: what arrives, what is said, what is refused.

. "$(dirname "$0")/lib.sh"

"$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null
SERVER=$TMP/server
start_server vsftpd "$SERVER" --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key"

new_unit unit
set_password
CLIP=$NETMENU_CARDS/A001.MXF
head -c 3000000 /dev/urandom >"$CLIP"
cp "$TMP/certs/ca.pem" "$NETMENU_CARDS/certification.pem"
ctl set server.1.host localhost
ctl set server.1.port "$PORT"
ctl set server.1.user camera
ctl set server.1.password --file "$SERVER/password"
ctl set server.1.dir /day-01
ctl set server.1.secure on
ctl cert load 1 >/dev/null

status 0 "put --wait" ctl put --wait "$CLIP"
check "says the suite" grep -q "^Completed  A001.MXF  3.0 MB  TLSv1.2 TLS_ECDHE_RSA" "$TMP/out"
check "what arrived is what was sent" cmp "$CLIP" "$SERVER/root/day-01/A001.MXF"
is "and nothing else" "$(ls -A "$SERVER/root/day-01")" "A001.MXF"
status 0 "again, into a folder, as a document" ctl --json put --wait --dir a/b "$CLIP"
json "completed" '.jobs[0]|"\(.state) \(.sent) \(.tls.version) \(.tls.deprecated) \(.error)"' \
    "completed 3000000 TLSv1.2 false null"
check "in that folder" cmp "$CLIP" "$SERVER/root/day-01/a/b/A001.MXF"
status 0 "keep both" ctl put --wait "$CLIP"
check "says the new name" grep -q "stored as A001 (2).MXF" "$TMP/out"
ctl set server.1.exists skip
status 0 "skip" ctl put --wait "$CLIP"
check "says that it was there" grep -q "was there already" "$TMP/out"

# --- refused, each with its reason, and nothing is sent
rm -rf "$SERVER/root/day-01"
refused()
{
    local what=$1 code=$2 text=$3
    status 1 "$what" ctl put --wait "$CLIP"
    says "$what: said in words" "$text"
    ctl --json jobs >"$TMP/jobs"
    is "$what: the code" "$(jq -r '.jobs[-1].error.code' "$TMP/jobs")" "$code"
    is "$what: it failed" "$(jq -r '.jobs[-1].state' "$TMP/jobs")" failed
    refuse "$what: nothing arrived" test -e "$SERVER/root/day-01"
    ctl jobs clear
}
bad_certificate()
{
    start_server vsftpd "$TMP/$1" --cert "$TMP/certs/$1.pem" --key "$TMP/certs/$1.key" \
        --root "$SERVER/root" --password-file "$SERVER/password"
    ctl set server.1.port "$PORT"
    refused "$1" "$2" "$3"
}
GOOD_PORT=$PORT
bad_certificate wronghost tls-wrong-host "for elsewhere.example, but [Host Name] is localhost"
bad_certificate expired tls-expired "expired on 2021-01-01"
bad_certificate future tls-not-yet-valid "valid only from"
bad_certificate unknown tls-unknown-issuer "does not cover"
bad_certificate selfsigned tls-self-signed "signed only by itself"
ctl set server.1.port "$GOOD_PORT"
ctl cert load 1 --file "$TMP/certs/other-ca.pem" >/dev/null
refused "another authority loaded" tls-unknown-issuer "does not cover"
ctl cert load 1 >/dev/null
printf 'wrong\n' | ctl set server.1.password -
refused "wrong password" login-refused "[User Name] and [Password]"
ctl set server.1.password --file "$SERVER/password"
ctl cert clear 1
status 1 "no certificate" ctl put --wait "$CLIP"
says "no certificate: said in words" "no [Root Certificate]"
ctl cert load 1 >/dev/null

# --- it goes on after all that
status 0 "and after all that it goes" ctl put --wait "$CLIP"
check "equal" cmp "$CLIP" "$SERVER/root/day-01/A001.MXF"

finish
