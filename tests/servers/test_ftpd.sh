#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The servers that the other tests rely on: that they take FTPES, refuse what they are to refuse,
# and are gone after stop. The client here is curl.

. "$(dirname "$0")/../lib/test.sh"

FILE=$TMP/clip.bin
head -c 200000 /dev/urandom >"$FILE"
"$TOP/tests/servers/certs.sh" "$TMP/certs"

# upload DIR CURL-OPTION...: FILE goes to new/clip.bin
upload()
{
    local dir=$1
    shift
    printf 'user = "camera:%s"\n' "$(cat "$dir/password")" >"$dir/curlrc"
    curl -sS -K "$dir/curlrc" --max-time 30 --tls-max 1.2 -T "$FILE" --ftp-create-dirs "$@" \
        "ftp://localhost:$(cat "$dir/port")/new/"
}

port_is_closed()
{
    not bash -c "exec 3<>/dev/tcp/127.0.0.1/$1"
}

try_server()
{
    local kind=$1 dir=$TMP/$1
    start_server "$kind" "$dir" --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key"
    check "$kind: FTPES upload" upload "$dir" --ssl-reqd --cacert "$TMP/certs/ca.pem"
    check "$kind: what arrived is what was sent" cmp "$FILE" "$dir/root/new/clip.bin"
    refuse "$kind: no upload in clear" upload "$dir"
    refuse "$kind: an unknown authority does not do" \
        upload "$dir" --ssl-reqd --cacert "$TMP/certs/other-ca.pem"
    check "$kind: stop" "$TOP/tests/servers/ftpd.sh" stop --dir "$dir"
    check "$kind: nothing answers any more" port_is_closed "$PORT"
}

try_reuse()
{
    local kind=$1 dir=$TMP/reuse-$1
    start_server "$kind" "$dir" --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key"
    refuse "$kind: a data connection that does not resume is refused" \
        upload "$dir" --ssl-reqd --cacert "$TMP/certs/ca.pem" --no-sessionid
}

try_suite()
{
    local dir=$TMP/suite
    start_server proftpd "$dir" --cert "$TMP/certs/ecdsa.pem" --key "$TMP/certs/ecdsa.key" \
        --tls 1.2 --ciphers ECDHE-ECDSA-AES128-SHA256
    check "the cipher list is obeyed" upload "$dir" --ssl-reqd --cacert "$TMP/certs/ca.pem" \
        --ciphers ECDHE-ECDSA-AES128-SHA256
    refuse "and no other goes" upload "$dir" --ssl-reqd --cacert "$TMP/certs/ca.pem" \
        --ciphers ECDHE-ECDSA-AES256-GCM-SHA384
}

for server in vsftpd proftpd pure-ftpd; do
    try_server "$server"
done
try_reuse vsftpd
try_reuse proftpd
try_suite
finish
