#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The upload engine against the real servers, each as strict as it can be: what arrives is byte for
# byte what was sent, and a server that cannot be trusted gets nothing.

. "$(dirname "$0")/../lib/test.sh"

PUT=${top_builddir:-.}/tests/ftp/ftpes_put
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1

mkdir "$TMP/files"
head -c 3000001 /dev/urandom >"$TMP/files/large.mxf"
head -c 17 /dev/urandom >"$TMP/files/small name.xml"
head -c 262144 /dev/urandom >"$TMP/files/batch" # just what is sent at once
: >"$TMP/files/empty"
FILES=("$TMP/files/large.mxf" "$TMP/files/small name.xml" "$TMP/files/batch"
    "$TMP/files/empty")

# put DIR [OPTION]... -- FILE...: to the server of that folder; leaves what it said in $TMP/said
put()
{
    local dir=$1 options=()
    shift
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    "$PUT" "${options[@]}" "${HOST:-localhost}" "$(cat "$dir/port")" "${TRUST:-$CERTS/ca.pem}" \
        camera "$@" <"${PASSWORD:-$dir/password}" >"$TMP/said" 2>&1
}

# sends WHAT DIR FOLDER [OPTION]...: the files arrive in the folder, and nothing else is there
sends()
{
    local what=$1 dir=$2 folder=$3
    shift 3
    check "$what" put "$dir" -d "$folder" "$@" -- "${FILES[@]}"
    check "$what: what arrived" diff -r "$TMP/files" "$dir/root/$folder"
}

# says WHAT WANTED [ARGUMENT of put]...: the upload fails so, and the server has nothing
says()
{
    local what=$1 wanted=$2 dir=$3
    shift 2
    refuse "$what" put "$@" -- "${FILES[@]}"
    check "$what: $wanted" grep -q "^closed $wanted " "$TMP/said"
    is "$what: nothing was stored" "$(find "$dir/root" -type f)" ""
}

for kind in vsftpd proftpd pure-ftpd; do
    dir=$TMP/$kind
    start_server $kind "$dir" --cert "$CERTS/rsa.pem" --key "$CERTS/rsa.key" --reuse on
    sends "$kind" "$dir" "one/two ü/three"
    sends "$kind, to what exists" "$dir" "one/two ü/three"
    sends "$kind, in active mode" "$dir" active -a
    sends "$kind, TLS 1.3" "$dir" newer -p tls13
    check "$kind, beside what exists" put "$dir" -d active -e keep -- "${FILES[0]}"
    check "$kind, beside what exists: named" grep -q '^sent large (2).mxf 3000001 ' "$TMP/said"
    check "$kind, beside what exists: equal" cmp "${FILES[0]}" "$dir/root/active/large (2).mxf"
    check "$kind, except what exists" put "$dir" -d active -e skip -- "${FILES[0]}"
    check "$kind, except what exists: said" grep -qx 'skipped large.mxf' "$TMP/said"
    is "$kind leaves no part" "$(find "$dir/root" -name '*.part')" ""
done

dir=$TMP/plain
start_server vsftpd "$dir" --tls off
TRUST=- sends "in clear" "$dir" clear
TRUST=- sends "in clear, in active mode" "$dir" clear2 -a

# Servers that must get nothing.
dir=$TMP/cleartext
start_server vsftpd "$dir" --tls off
says "a server without TLS" no-secure-ftp "$dir"
echo wrong >"$TMP/wrong"
dir=$TMP/refusing
start_server proftpd "$dir" --cert "$CERTS/rsa.pem" --key "$CERTS/rsa.key"
PASSWORD=$TMP/wrong says "a wrong password" login-refused "$dir"
TRUST=$CERTS/other-ca.pem says "another authority" tls-unknown-issuer "$dir"
: >"$TMP/nothing.pem"
TRUST=$TMP/nothing.pem says "no certificate" no-certificate "$dir"
while read -r cert code; do
    dir=$TMP/bad-$cert
    start_server pure-ftpd "$dir" --cert "$CERTS/$cert.pem" --key "$CERTS/$cert.key" \
        --ciphers 'DEFAULT:@SECLEVEL=0'
    says "a server that is $cert" "$code" "$dir"
done <<'ROWS'
wronghost tls-wrong-host
unknown tls-unknown-issuer
selfsigned tls-self-signed
expired tls-expired
future tls-not-yet-valid
weak tls-weak
ROWS

# A deprecated suite of each kind, with session reuse required.
for row in "rsa AES128-SHA" "ecdsa ECDHE-ECDSA-AES128-SHA256" "rsa DHE-RSA-AES256-SHA"; do
    dir=$TMP/${row#* }
    start_server proftpd "$dir" --cert "$CERTS/${row% *}.pem" --key "$CERTS/${row% *}.key" \
        --ciphers "${row#* }" --tls 1.2
    sends "suite ${row#* }" "$dir" in
done

finish
