#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# TLS as the upload engine does it, against `openssl s_server`: the fifteen suites, and every way in
# which a server must be refused.

. "$(dirname "$0")/../lib/test.sh"

. "$(dirname "$0")/tls_server.sh"

CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1
CA=$CERTS/ca.pem

# --- the fifteen suites ---------------------------------------------------------------------------

while read -r suite name cert; do
    serve "$cert" -tls1_2 -cipher "$name" -dhparam "$CERTS/dh2048.pem"
    says "$suite" "TLSv1.2 $suite full" localhost "$PORT" "$CA"
done <<'SUITES'
TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384 rsa
TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE-RSA-AES128-GCM-SHA256 rsa
TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384 ecdsa
TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 DHE-RSA-AES256-GCM-SHA384 rsa
TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 ECDHE-ECDSA-AES256-SHA384 ecdsa
TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 ECDHE-ECDSA-AES128-SHA256 ecdsa
TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 ECDHE-RSA-AES256-SHA384 rsa
TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 ECDHE-RSA-AES128-SHA256 rsa
TLS_DHE_RSA_WITH_AES_256_CBC_SHA256 DHE-RSA-AES256-SHA256 rsa
TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 DHE-RSA-AES128-SHA256 rsa
TLS_DHE_RSA_WITH_AES_256_CBC_SHA DHE-RSA-AES256-SHA rsa
TLS_RSA_WITH_AES_256_GCM_SHA384 AES256-GCM-SHA384 rsa
TLS_RSA_WITH_AES_256_CBC_SHA256 AES256-SHA256 rsa
TLS_RSA_WITH_AES_128_CBC_SHA256 AES128-SHA256 rsa
TLS_RSA_WITH_AES_128_CBC_SHA AES128-SHA rsa
SUITES

# --- policies ---------------------------------------------------------------------------------------

serve rsa
says "the best suite is preferred" "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" \
    localhost "$PORT" "$CA"
says "TLS 1.3 is used only when asked for" "TLSv1.3 TLS_AES_256_GCM_SHA384" \
    -p tls13 localhost "$PORT" "$CA"
says "a name without case" "TLSv1.2" LOCALHOST "$PORT" "$CA"
says "an address" "TLSv1.2" 127.0.0.1 "$PORT" "$CA"
says "another authority" 'tls-unknown-issuer "CN=ca, O=netmenu tests"' \
    localhost "$PORT" "$CERTS/other-ca.pem"
serve rsa -tls1_2
says "the TLS 1.3 policy knows TLS 1.2" "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" \
    -p tls13 localhost "$PORT" "$CA"
serve rsa -tls1_3
says "a server of TLS 1.3 only" "tls-version" localhost "$PORT" "$CA"
serve rsa -tls1_1 -cipher 'ALL:@SECLEVEL=0'
says "a server of TLS 1.1 only" "tls-version" localhost "$PORT" "$CA"
serve rsa -tls1_2 -cipher AES128-SHA
says "recommended only" "tls-no-suite" -p recommended localhost "$PORT" "$CA"
serve rsa -tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-SHA
says "suites that are not of the fifteen" "tls-no-suite" localhost "$PORT" "$CA"
serve rsa -tls1_2 -cipher 'NULL:@SECLEVEL=0'
says "no encryption" "tls-no-suite" localhost "$PORT" "$CA"
serve rsa -alpn ftp
says "ALPN ftp" "TLSv1.2" localhost "$PORT" "$CA"
serve rsa -alpn h2
says "ALPN of another protocol" "tls " localhost "$PORT" "$CA"

# --- certificates -----------------------------------------------------------------------------------

while read -r cert host trust wanted; do
    serve "$cert" -cipher 'DEFAULT:@SECLEVEL=0'
    says "$cert for $host, trusting $trust" "$wanted" "$host" "$PORT" "$CERTS/$trust.pem"
done <<'ROWS'
expired localhost ca tls-expired "2021-01-01T00:00:00Z"
future localhost ca tls-not-yet-valid "20
wronghost localhost ca tls-wrong-host "elsewhere.example" "localhost"
addressonly localhost ca tls-wrong-host "127.0.0.1" "localhost"
addressonly 127.0.0.1 ca TLSv1.2
unknown localhost ca tls-unknown-issuer "CN=other-ca, O=netmenu tests"
selfsigned localhost ca tls-self-signed "CN=selfsigned, O=netmenu tests"
selfsigned localhost selfsigned TLSv1.2
weak localhost ca tls-weak "RSA < 2048"
chain localhost ca TLSv1.2
chain localhost intermediate TLSv1.2
chain localhost chain TLSv1.2
rsa localhost rsa TLSv1.2
ecdsa localhost ecdsa TLSv1.2
ecdsa localhost rsa tls-unknown-issuer
expired localhost expired tls-expired "2021-01-01T00:00:00Z"
wronghost localhost wronghost tls-wrong-host
weak localhost weak tls-weak "RSA < 2048"
oldroot localhost old-ca tls-expired "2021-01-01T00:00:00Z"
futureroot localhost future-ca tls-not-yet-valid "20
oldroot localhost ca tls-unknown-issuer "CN=old-ca
oldchain localhost ca tls-expired "2021-01-01T00:00:00Z"
futurechain localhost ca tls-not-yet-valid "20
ROWS

# One of two authorities that were imported is over: it is named where it is needed, and does no harm
# where it is not.
cat "$CERTS/old-ca.pem" "$CA" >"$TMP/two.pem"
serve oldroot
says "the authority that is needed has expired" tls-expired localhost "$PORT" "$TMP/two.pem"
serve rsa
says "another authority has expired" TLSv1.2 localhost "$PORT" "$TMP/two.pem"

# Issued by an intermediate that the server does not send.
openssl x509 -in "$CERTS/chain.pem" -out "$CERTS/alone.pem"
cp "$CERTS/chain.key" "$CERTS/alone.key"
serve alone
says "without the intermediate" 'tls-unknown-issuer "CN=intermediate, O=netmenu tests"' \
    localhost "$PORT" "$CA"
says "the intermediate was imported" "TLSv1.2" localhost "$PORT" "$CERTS/intermediate.pem"

# The intermediate was imported, and the server sends the root, too.
cat "$CERTS/chain.pem" "$CA" >"$CERTS/whole.pem"
cp "$CERTS/chain.key" "$CERTS/whole.key"
serve whole
says "more chain than is needed" "TLSv1.2" localhost "$PORT" "$CERTS/intermediate.pem"

# A name in the subject alone does not count.
openssl req -new -key "$CERTS/rsa.key" -subj /CN=localhost -out "$TMP/req"
openssl x509 -req -in "$TMP/req" -CA "$CA" -CAkey "$CERTS/ca.key" -out "$CERTS/cnonly.pem" \
    -days 9 2>/dev/null
cp "$CERTS/rsa.key" "$CERTS/cnonly.key"
serve cnonly
says "CN without subjectAltName" 'tls-wrong-host "" "localhost"' localhost "$PORT" "$CA"

# One that looks like the imported certificate: all of it is copied but the key.
hex()
{
    od -An -v -tx1 | tr -d ' \n'
}
modulus()
{
    openssl rsa -in "$1" -noout -modulus 2>/dev/null | sed 's/Modulus=//' | tr 'A-F' 'a-f'
}
# shellcheck disable=SC2059 # the format is the bytes
printf "$(openssl x509 -in "$CERTS/rsa.pem" -outform DER | hex |
    sed "s/$(modulus "$CERTS/rsa.key")/$(modulus "$CERTS/unknown.key")/; s/../\\\\x&/g")" |
    openssl x509 -inform DER -out "$CERTS/forged.pem"
cp "$CERTS/unknown.key" "$CERTS/forged.key"
serve forged
says "a forged copy of the imported certificate" "tls-unknown-issuer" \
    localhost "$PORT" "$CERTS/rsa.pem"
says "the same, with its issuer trusted" "tls-signature" localhost "$PORT" "$CA"

openssl genpkey -genparam -algorithm DH -pkeyopt group:modp_1536 -out "$CERTS/dh1536.pem" 2>/dev/null
serve rsa -tls1_2 -cipher 'DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0' -dhparam "$CERTS/dh1536.pem"
says "a DH group of 1536 bits" 'tls-weak "DH < 2048"' localhost "$PORT" "$CA"

# A server's own certificate that is signed by itself vouches for itself, not for another.
openssl req -new -key "$CERTS/unknown.key" -subj /CN=localhost -out "$TMP/req"
printf 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\n' >"$TMP/ext"
openssl x509 -req -in "$TMP/req" -CA "$CERTS/selfsigned.pem" -CAkey "$CERTS/selfsigned.key" \
    -out "$CERTS/issued.pem" -days 9 -extfile "$TMP/ext" 2>/dev/null
cp "$CERTS/unknown.key" "$CERTS/issued.key"
serve issued
says "issued by one that is no authority" "tls-unknown-issuer" \
    localhost "$PORT" "$CERTS/selfsigned.pem"

# --- the data connection's peer ----------------------------------------------------------------------

for version in 1_2 1_3; do
    policy=compatible
    [ $version = 1_2 ] || policy=tls13
    serve rsa -tls$version
    first=$PORT
    serve rsa -tls$version
    check "TLS $version: not resumed, the same certificate" \
        "$CONNECT" -n -p $policy localhost "$first" "$CA" "$PORT"
    serve ecdsa -tls$version
    second=$("$CONNECT" -n -p $policy localhost "$first" "$CA" "$PORT" | tail -n 1)
    is "TLS $version: not resumed, another certificate" "${second%% *}" "tls-data-peer"
    refuse "TLS $version: resumption offered to another server" \
        "$CONNECT" -p $policy localhost "$first" "$CA" "$PORT"
done

# The session of a control connection that has stood for hours. A ticket says how long it is good: two
# hours here.
serve rsa -tls1_2 -no_ticket
second=$("$CONNECT" -l 36000 localhost "$PORT" "$CA" "$PORT" | tail -n 1)
is "resumed after ten hours" "${second##* }" resumed
serve rsa -tls1_2
second=$("$CONNECT" -l 7000 localhost "$PORT" "$CA" "$PORT" | tail -n 1)
is "resumed with a ticket, nearly two hours old" "${second##* }" resumed

# Tickets that do not say how long they are good: the session is resumed all the same, hours later, too.
if [ -x "${CONNECT%/*}/ticket_server" ]; then
    "${CONNECT%/*}/ticket_server" "$CERTS/rsa.pem" "$CERTS/rsa.key" >"$TMP/tickets" &
    SERVERS+=($!)
    wait_until 10 grep -q '^ACCEPT' "$TMP/tickets" || exit 1
    PORT=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$TMP/tickets")
    for later in 0 36000; do
        second=$("$CONNECT" -l $later 127.0.0.1 "$PORT" "$CA" "$PORT" | tail -n 1)
        is "resumed with a ticket of no lifetime, $later s later" "${second##* }" resumed
    done
fi

# --- looking at a server: what it shows, trusted or not, and never a connection -----------------------

# s_server shows its own certificate twice: as -cert, and as the first of -cert_chain.
BEST="TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
serve rsa
says "a look" "looked $BEST 2" -L all localhost "$PORT" "$CA"
says "with one suite" "looked TLSv1.2 TLS_RSA_WITH_AES_128_CBC_SHA 2" \
    -L TLS_RSA_WITH_AES_128_CBC_SHA localhost "$PORT" "$CA"
says "with one for another key" tls-no-suite \
    -L TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 localhost "$PORT" "$CA"
says "with TLS 1.3" "looked TLSv1.3 TLS_AES_256_GCM_SHA384 2" -p tls13 -L all localhost "$PORT" "$CA"
for cert in expired future wronghost selfsigned unknown weak; do
    serve "$cert" -cipher 'DEFAULT:@SECLEVEL=0'
    says "a look at $cert" "looked $BEST 2" -L all localhost "$PORT" "$CA"
done
serve chain
says "a look at a chain" "looked $BEST 3" -L all localhost "$PORT" "$CA"
serve rsa -tls1_2 -cipher 'DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0' -dhparam "$CERTS/dh1536.pem"
says "a look at a weak DH group" 'tls-weak "DH < 2048"' -L all localhost "$PORT" "$CA"

finish
