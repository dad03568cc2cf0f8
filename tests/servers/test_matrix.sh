#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The upload engine against every server in every combination: certificate, IPv4 and IPv6, policy,
# passive and active mode. Each time three files go through one session to a server that is as strict
# as it can be; what arrives is compared byte for byte. vsftpd and proftpd insist that each data
# connection resumes the TLS session of the control connection, so that three files there are three
# resumptions. The table at the end says what was found.

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

# row KIND CERTIFICATE DIR HOST POLICY
row()
{
    local kind=$1 cert=$2 dir=$3 host=$4 policy=$5 tls what="$1, $2, $4, $5"
    CELLS=()
    column "$what, passive" "$dir" "$host" "$policy-passive" -p "$policy"
    tls=$(sed -n 's/^sent [^ ]* [0-9]* //p' "$TMP/said" | sort -u)
    check "$what: $tls" policy_is "$tls" "$policy" "$cert"
    column "$what, active" "$dir" "$host" "$policy-active" -a -p "$policy"
    printf '%-10s %-6s %-10s %-12s %-8s %-7s %-7s\n' "$kind" "$cert" "$host" "$policy" "${tls%% *}" \
        "${CELLS[@]}" >>"$TMP/table"
}

printf '%-10s %-6s %-10s %-12s %-8s %-7s %-7s\n' server key host policy TLS passive active >"$TMP/table"
for kind in vsftpd proftpd pure-ftpd; do
    for cert in rsa ecdsa; do
        for host in 127.0.0.1 ::1; do
            dir=$TMP/$kind-$cert-${#SERVER_DIRS[@]}
            start_server $kind "$dir" --listen $host --cert "$CERTS/$cert.pem" --key "$CERTS/$cert.key"
            for policy in compatible recommended tls13; do
                row $kind $cert "$dir" $host $policy
            done
            is "$kind, $cert, $host: no part is left" "$(find "$dir/root" -name '*.part')" ""
            "$TOP/tests/servers/ftpd.sh" stop --dir "$dir"
        done
    done
done

sed 's/^/# /' "$TMP/table"
finish
