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

# --- going on where an earlier attempt ended ------------------------------------------------------------

SOURCE=$TMP/files/large.mxf
SIZE=3000001
touch -d '2025-03-04 05:06:07 UTC' "$SOURCE"

# part DIR: what comes in stands on the server as the part of an earlier attempt
part()
{
    rm -rf "$1/root/resume"
    mkdir "$1/root/resume"
    cat >"$1/root/resume/.netmenu-77.part"
    chown -R --reference="$1/root" "$1/root/resume"
}

# resumes WHAT DIR SENT [OPTION]...: the part is gone on with; so many bytes went out; all is there
resumes()
{
    local what=$1 dir=$2 sent=$3
    shift 3
    check "$what" put "$dir" -d resume -r 77 "$@" -- "$SOURCE"
    check "$what: bytes that went out" grep -q "^sent large.mxf $sent " "$TMP/said"
    is "$what: what stands there" "$(ls -A "$dir/root/resume")" large.mxf
    check "$what: equal" cmp "$SOURCE" "$dir/root/resume/large.mxf"
    is "$what: its time" "$(stat -c %Y "$dir/root/resume/large.mxf")" "$(stat -c %Y "$SOURCE")"
}

# resume KIND [OPTION of the server]...
resume()
{
    local kind=$1 dir=$TMP/resume-$1 options
    start_server "$@"
    while read -r options; do
        what="$kind $options"
        # shellcheck disable=SC2086 # words
        {
            head -c 1000000 "$SOURCE" | part "$dir"
            resumes "$what: cut in the middle" "$dir" $((SIZE - 1000000)) $options
            head -c 17 "$SOURCE" | part "$dir"
            resumes "$what: cut soon" "$dir" $((SIZE - 17)) $options
            part "$dir" <"$SOURCE"
            resumes "$what: cut before its name" "$dir" 0 $options
            { head -c 999999 "$SOURCE"; printf '\0'; } | part "$dir"
            resumes "$what: other bytes at the end" "$dir" $SIZE $options
            { cat "$SOURCE"; printf '\0'; } | part "$dir"
            resumes "$what: longer than the file" "$dir" $SIZE $options
            part "$dir" </dev/null
            resumes "$what: an empty part" "$dir" $SIZE $options
        }
    done <<'ROWS'
-p compatible
-p tls13
-a
ROWS
}

for kind in vsftpd proftpd pure-ftpd; do
    resume $kind "$TMP/resume-$kind" --cert "$CERTS/rsa.pem" --key "$CERTS/rsa.key" --reuse on
done
# Where the hash tells, a difference anywhere is seen.
{ head -c 10 "$SOURCE"; printf '\0'; head -c 1000000 "$SOURCE" | tail -c +12; } |
    part "$TMP/resume-proftpd"
resumes "proftpd: other bytes at the beginning" "$TMP/resume-proftpd" $SIZE

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
