#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the engine says first, byte by byte: the suites of the policy in their order and no other,
# the versions, the extensions. And what it does when a server wants more than it gives: another
# handshake, or a certificate of the client.

. "$(dirname "$0")/../lib/test.sh"
. "$(dirname "$0")/tls_server.sh"

command -v perl >/dev/null || skip "no perl"
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1
CA=$CERTS/ca.pem

# hello POLICY HOST: leaves what client_hello.pl tells in $TMP/hello
hello()
{
    : >"$TMP/hello" # the port of the one before is none to connect to
    perl "$TOP/tests/ftp/client_hello.pl" >"$TMP/hello" 2>&1 &
    SERVERS+=($!)
    wait_until 10 grep -q '^port ' "$TMP/hello" || exit 1
    "$CONNECT" -p "$1" "$2" "$(sed -n 's/^port //p' "$TMP/hello")" "$CA" >/dev/null
    wait $!
}

# line NAME: its words
line()
{
    sed -n "s/^$1\( \|\$\)//p" "$TMP/hello"
}

# Numbers by https://www.iana.org/assignments/tls-parameters; the last of each list is the signalling
# value of RFC 5746, which is no suite.
THREE="c030 c02f c02c"
FIFTEEN="$THREE 009f c024 c023 c028 c027 006b 0067 0039 009d 003d 003c 002f"
while IFS='|' read -r policy suites versions; do
    hello "$policy" localhost
    is "$policy: suites" "$(line suites)" "$suites 00ff"
    is "$policy: version" "$(line hello)" 0303
    is "$policy: supported versions" "$(line 'extension 43')" "$versions"
    is "$policy: no compression" "$(line compression)" 00
    is "$policy: server name" "$(line 'extension 0')" "0 localhost"
    is "$policy: ALPN" "$(line 'extension 16')" ftp
    is "$policy: P-521, P-384, P-256 first" "$(line 'extension 10' | cut -c 1-14)" "0019 0018 0017"
    is "$policy: no signature with SHA-1 or MD5" "$(line 'extension 13' | grep -o '\<0[12]0.')" ""
    check "$policy: encrypt-then-MAC" grep -q '^extension 22' "$TMP/hello"
    check "$policy: extended master secret" grep -q '^extension 23' "$TMP/hello"
    check "$policy: session ticket" grep -q '^extension 35' "$TMP/hello"
    is "$policy: no heartbeat, no early data, no client name" \
        "$(grep -E '^extension (15|42|17513|13172)' "$TMP/hello")" ""
    for host in 127.0.0.1; do
        hello "$policy" $host
        is "$policy: no server name for an address" "$(grep '^extension 0' "$TMP/hello")" ""
        is "$policy: ALPN for an address" "$(line 'extension 16')" ftp
    done
done <<ROWS
compatible|$FIFTEEN|
recommended|$THREE|
tls13|1302 1301 $THREE|0304 0303
ROWS

# --- another handshake ------------------------------------------------------------------------------

# The server asks for one (HelloRequest) as soon as the first is done. "No" is an answer (RFC 5246
# section 7.4.1.1); this server takes it for the end, another goes on. Nobody hangs.
mkfifo "$TMP/keys"
openssl s_server -accept localhost:0 -tls1_2 -cert "$CERTS/rsa.pem" -key "$CERTS/rsa.key" \
    <"$TMP/keys" >"$TMP/renegotiating" 2>&1 &
SERVERS+=($!)
exec 7>"$TMP/keys"
wait_until 10 grep -q '^ACCEPT' "$TMP/renegotiating" || exit 1
"$CONNECT" localhost "$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$TMP/renegotiating" | head -n 1)" "$CA" \
    >"$TMP/said" &
SERVERS+=($!)
wait_until 10 grep -qx x "$TMP/renegotiating"
echo r >&7
wait $!
is "a server that renegotiates" "$(tail -n 1 "$TMP/said")" 'tls "received alert fatal error" ""'
exec 7>&-

# --- a certificate of the client --------------------------------------------------------------------

serve rsa -tls1_2 -verify 1
says "a certificate of ours is asked for" "TLSv1.2" localhost "$PORT" "$CA"
serve rsa -tls1_2 -Verify 1
says "it is required" tls-client-certificate localhost "$PORT" "$CA"
serve rsa -tls1_3 -verify 1
says "TLS 1.3: it is asked for" "TLSv1.3" -p tls13 localhost "$PORT" "$CA"
serve rsa -tls1_3 -Verify 1
check "TLS 1.3: it is required" grep -q '^tls-client-certificate ' \
    <("$CONNECT" -p tls13 localhost "$PORT" "$CA")

finish
