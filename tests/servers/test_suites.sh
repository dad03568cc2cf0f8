#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A server that knows one cipher suite only takes an upload, whichever of the fifteen it is. The
# names come from the program, those of OpenSSL's, for the servers, from openssl. proftpd does all
# fifteen; of the others the table at the end says which do not, and that is checked against what is
# known of them.

. "$(dirname "$0")/../lib/test.sh"

PUT=${top_builddir:-$PWD}/tests/ftp/ftpes_put
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1
head -c 100001 /dev/urandom >"$TMP/clip.mxf"
mkdir "$TMP/servers"

# The suites as netmenu lists them, in its order of preference.
new_unit unit
mapfile -t SUITES < <("$BIN/netmenuctl" suites --json | jq -r '.suites[] | select(.offered).name')
is "suites offered" "${#SUITES[@]}" 15

# upload DIR SUITE: with exactly that suite
upload()
{
    "$PUT" localhost "$(cat "$1/port")" "$CERTS/ca.pem" camera "$TMP/clip.mxf" \
        <"$1/password" >"$TMP/said" 2>&1 &&
        same_text "$(cut -d ' ' -f 1-5 "$TMP/said")" "sent clip.mxf 100001 TLSv1.2 $2" &&
        cmp "$TMP/clip.mxf" "$1/root/clip.mxf" && return
    cat "$TMP/said"
    return 1
}

# can KIND SUITE: vsftpd does no DHE (it has no setting for the group)
can()
{
    case $1-$2 in
    vsftpd-TLS_DHE_*) return 1 ;;
    esac
}

# try KIND SUITE: sets CELL for the table
try()
{
    local kind=$1 suite=$2 cert=rsa dir=$TMP/servers/$1-$2 openssl_name
    case $suite in *_ECDSA_*) cert=ecdsa ;; esac
    openssl_name=$(openssl ciphers -stdname ALL | awk -v name="$suite" '$1 == name { print $3 }')
    start_server "$kind" "$dir" --tls 1.2 --ciphers "$openssl_name" \
        --cert "$CERTS/$cert.pem" --key "$CERTS/$cert.key"
    if can "$kind" "$suite"; then
        check "$kind: $suite" upload "$dir" "$suite"
        CELL=yes
    else
        refuse "$kind: $suite" upload "$dir" "$suite"
        check "$kind: $suite: said" grep -q "^closed tls-no-suite " "$TMP/said"
        CELL=no
    fi
    "$TOP/tests/servers/ftpd.sh" stop --dir "$dir"
}

printf '%-42s %-8s %-8s %-9s\n' suite vsftpd proftpd pure-ftpd >"$TMP/table"
for suite in "${SUITES[@]}"; do
    row=()
    for kind in vsftpd proftpd pure-ftpd; do
        try $kind "$suite"
        row+=("$CELL")
    done
    printf '%-42s %-8s %-8s %-9s\n' "$suite" "${row[@]}" >>"$TMP/table"
done

sed 's/^/# /' "$TMP/table"
finish
