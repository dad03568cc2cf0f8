#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The upload engine against every server in every combination: certificate, IPv4 and IPv6, policy,
# passive and active mode. Each time three files go through one session to a server that is as strict
# as it can be; what arrives is compared byte for byte. vsftpd and proftpd insist that each data
# connection resumes the TLS session of the control connection, so that three files there are three
# resumptions. Then the upload of a part goes on. The table at the end says what was found; "resume
# by" names the commands: how what was there is verified, and how it is gone on with.

. "$(dirname "$0")/../lib/test.sh"

PUT=${top_builddir:-$PWD}/tests/ftp/ftpes_put
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1

mkdir "$TMP/files"
head -c 300001 /dev/urandom >"$TMP/files/A001.MXF"
head -c 17 /dev/urandom >"$TMP/files/A001.XML"
head -c 65536 /dev/urandom >"$TMP/files/A002.MXF"

# put DIR HOST [OPTION]...: all files in one session; leaves what the engine said in $TMP/said
put()
{
    local dir=$1 host=$2
    shift 2
    "$PUT" "$@" "$host" "$(cat "$dir/port")" "$CERTS/ca.pem" camera "$TMP"/files/* \
        <"$dir/password" >"$TMP/said" 2>&1
}

# arrives DIR HOST FOLDER [OPTION]...
arrives()
{
    local dir=$1 host=$2 folder=$3
    shift 3
    put "$dir" "$host" -d "$folder" "$@" && diff -r "$TMP/files" "$dir/root/$folder" && return
    cat "$TMP/said"
    tail -n 5 "$dir/log"
    return 1
}

# column WHAT DIR HOST FOLDER [OPTION]...: as arrives, as a column of the table
column()
{
    local before=$FAILED
    check "$1" arrives "${@:2}"
    CELLS+=("$([ "$FAILED" = "$before" ] && echo yes || echo no)")
}

# policy_is VERSION-AND-SUITE POLICY CERTIFICATE: what was negotiated is the best of the policy
policy_is()
{
    local wanted="TLSv1.2 TLS_ECDHE_${3^^}_WITH_AES_256_GCM_SHA384"
    [ "$2" != tls13 ] || wanted="TLSv1.3 TLS_AES_256_GCM_SHA384"
    same_text "$1" "$wanted"
}

# resume DIR HOST FOLDER [OPTION]...: an earlier upload of the first file broke off after 200000 bytes;
# sets HOW to the commands by which it was gone on with
resume()
{
    local dir=$1 host=$2 folder=$3 part
    shift 3
    part=$dir/root/$folder/.netmenu-part.part
    mkdir "${part%/*}"
    head -c 200000 "$TMP/files/A001.MXF" >"$part"
    chown -R --reference="$dir/root" "${part%/*}"
    arrives "$dir" "$host" "$folder" -v -r part "$@" || return
    FROM=$(sed -n 's/^sent A001.MXF \([0-9]*\) .* \([0-9]*\)$/\1 from \2/p' "$TMP/said")
    HOW=$(sed -n 's/^.* debug: > \(HASH\|RETR\|REST\|APPE\) .*/\1/p' "$TMP/said" | awk '!seen[$0]++' |
        paste -sd' ')
    case $dir in
    *restart-off*) HOW="no: all of it anew" && same_text "$FROM" "300001 from 0" ;;
    *) same_text "$FROM" "100001 from 200000" ;;
    esac
}

# row KIND CERTIFICATE DIR HOST POLICY
row()
{
    local kind=$1 cert=$2 dir=$3 host=$4 policy=$5 tls data how what="$1, $2, $4, $5"
    CELLS=()
    column "$what, passive" "$dir" "$host" "$policy-passive" -p "$policy"
    tls=$(sed -n 's/^sent [^ ]* [0-9]* \(TLS[^ ]* [^ ]*\) .*/\1/p' "$TMP/said" | sort -u)
    data=$(sed -n 's/^sent .* \(resumed\|full\) .*/\1/p' "$TMP/said" | sort -u)
    check "$what: $tls" policy_is "$tls" "$policy" "$cert"
    case $kind-$policy in
    pure-ftpd-tls13) is "$what: data connections" "$data" full ;; # it never resumes there
    *) is "$what: data connections" "$data" resumed ;;
    esac
    column "$what, active" "$dir" "$host" "$policy-active" -a -p "$policy"
    HOW=no
    check "$what, resume" resume "$dir" "$host" "$policy-resume" -p "$policy"
    how=$HOW
    check "$what, resume in active mode" resume "$dir" "$host" "$policy-resume-active" -a -p "$policy"
    is "$what, resume by the same commands" "$HOW" "$how"
    print_row "$kind" "$cert" "$host" "$policy" "${tls%% *}" "$data" "${CELLS[@]}" "$how"
}

print_row()
{
    printf '%-10s %-6s %-10s %-12s %-8s %-8s %-8s %-7s %s\n' "$@" >>"$TMP/table"
}

# try KIND CERTIFICATE HOST [OPTION]...: all policies
try()
{
    local kind=$1 cert=$2 host=$3 dir=$TMP/$1-${#SERVER_DIRS[@]}${4+$4-$5} policy
    shift 3
    start_server "$kind" "$dir" --listen "$host" --cert "$CERTS/$cert.pem" \
        --key "$CERTS/$cert.key" "$@"
    for policy in compatible recommended tls13; do
        row "$kind" "$cert" "$dir" "$host" $policy
    done
    is "$kind, $cert, $host: no part is left" "$(find "$dir/root" -name '*.part')" ""
    "$TOP/tests/servers/ftpd.sh" stop --dir "$dir"
}

print_row server key host policy TLS data passive active "resume by"
for kind in vsftpd proftpd pure-ftpd; do
    for cert in rsa ecdsa; do
        try $kind $cert 127.0.0.1
        try $kind $cert ::1
    done
done
# proftpd as it is without a word on it in its configuration: REST is taken, STOR after it is not.
try proftpd rsa 127.0.0.1 --restart off

sed 's/^/# /' "$TMP/table"
finish
