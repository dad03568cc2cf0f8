#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# With [Using Secure Protocol] on: every server that is not the right one, or not a safe one, is
# refused. The error names the cause, nothing is stored on the server, and neither the user name nor
# the password has crossed the wire in clear.

. "$(dirname "$0")/lib.sh"

CLIP=$TMP/clip.mxf
random_file "$CLIP" 20000
echo 'Wrong-password-77' >"$TMP/wrong-password"

# not_in_clear RELAY DIR
not_in_clear()
{
    refuse "$WHAT: no password in clear" grep -aq -F -f "$2/password" "$1/sent"
    refuse "$WHAT: no user name in clear" grep -aq "$USER_NAME" "$1/sent"
    refuse "$WHAT: no login in clear" grep -aqE 'USER|PASS|ACCT' "$1/sent"
}

# send_one STATE CODE WORDS: one file, until its state is that
send_one()
{
    local state=$1 code=$2 words=$3
    ctl put "$CLIP" >"$TMP/put.out" 2>&1
    is "$WHAT: put takes it" $? 0
    check "$WHAT: it is $state" wait_until 30 count_is "$state" 1
    is "$WHAT: the cause" "$(first_error code)" "$code"
    check "$WHAT: in words" says "$words" "$(first_error text)"
    is "$WHAT: one attempt" "$(jobs_of '.jobs[0].attempts')" 1
    [ "$FAILED" = 0 ] || show_state
    stop_sender
}

# Through a relay to the server at PORT, as "localhost"; what it did is for send_one to say.
# try WHAT DIR STATE CODE WORDS
try()
{
    local dir=$2
    WHAT=$1
    N=$((${N:-0} + 1))
    relay "$TMP/relay-$N"
    new_camera "unit-$N"
    enter_server "$dir" on
    send_one "$3" "$4" "$5"
    check "$WHAT: the server was asked" test -s "$TMP/relay-$N/count"
    is "$WHAT: nothing is stored" "$(stored "$dir")" 0
    not_in_clear "$TMP/relay-$N" "$dir"
}

# --- the server's certificate -----------------------------------------------------------------------

try_certificate()
{
    local kind=$1 name=$2
    shift 2
    serve "$kind" "$TMP/$name" "$name"
    try "certificate $name, $kind" "$TMP/$name" failed "$@"
    stop_server "$TMP/$name"
}

try_certificates()
{
    try_certificate vsftpd wronghost tls-wrong-host 'elsewhere\.example.*localhost'
    try_certificate proftpd addressonly tls-wrong-host 'localhost'
    try_certificate pure-ftpd unknown tls-unknown-issuer 'other-ca'
    try_certificate vsftpd selfsigned tls-self-signed 'signed only by itself'
    try_certificate proftpd expired tls-expired 'expired on 2021'
    try_certificate pure-ftpd future tls-not-yet-valid 'valid only from'
}

# A name that is an address: then the certificate's addresses count.
try_address()
{
    serve vsftpd "$TMP/address" addressonly
    new_camera unit-address
    enter_server "$TMP/address" on
    ctl set server.1.host 127.0.0.1
    ctl put --wait "$CLIP" >"$TMP/put.out" 2>&1
    is "the address that the certificate names is accepted" $? 0
    check "and the file arrived" cmp "$CLIP" "$TMP/address/root/clip.mxf"
    stop_sender
    stop_server "$TMP/address"
}

try_weak()
{
    serve proftpd "$TMP/weak" weak --ciphers 'ALL:@SECLEVEL=0'
    try "certificate weak" "$TMP/weak" failed tls-weak 'too weak'
    stop_server "$TMP/weak"
}

# --- what the server offers ---------------------------------------------------------------------------

# speaks OPTION...: the server at PORT does come to a handshake with who takes it
speaks()
{
    openssl s_client -starttls ftp -connect "127.0.0.1:$PORT" "$@" </dev/null 2>&1 |
        grep -E 'Cipher is [A-Z0-9_-]{6,}'
}

try_offers()
{
    serve proftpd "$TMP/tls11" rsa --tls 1.1 --ciphers 'ALL:@SECLEVEL=0'
    check "the server does speak TLS 1.1" speaks -tls1_1 -cipher 'ALL:@SECLEVEL=0'
    try "only TLS 1.1" "$TMP/tls11" failed tls-version 'TLS version'
    stop_server "$TMP/tls11"

    serve vsftpd "$TMP/tls13" rsa --tls 1.3
    check "the server does speak TLS 1.3" speaks -tls1_3
    try "only TLS 1.3" "$TMP/tls13" failed tls-version 'TLS version'
    ctl set server.1.encryption tls13
    check "a job retried with [Encryption] tls13 goes" retry_completes
    is "by TLS 1.3" "$(jobs_of '.jobs[0].tls.version')" TLSv1.3
    stop_sender
    stop_server "$TMP/tls13"

    for suite in ECDHE-RSA-CHACHA20-POLY1305 AES256-CCM ECDHE-ARIA128-GCM-SHA256; do
        serve proftpd "$TMP/$suite" rsa --tls 1.2 --ciphers $suite
        check "the server does speak $suite" speaks -tls1_2 -cipher $suite
        try "only $suite" "$TMP/$suite" failed tls-no-suite 'cipher suite'
        stop_server "$TMP/$suite"
    done

    for kind in vsftpd proftpd pure-ftpd; do
        serve $kind "$TMP/clear-$kind" rsa --tls off
        try "$kind without TLS" "$TMP/clear-$kind" failed no-secure-ftp 'AUTH TLS'
        stop_server "$TMP/clear-$kind"
    done
}

retry_completes()
{
    ctl jobs retry all
    wait_until 20 count_is completed 1
}

# --- what is missing or wrong in the settings --------------------------------------------------------

try_no_certificate()
{
    WHAT="no certificate loaded"
    serve vsftpd "$TMP/none" rsa
    relay "$TMP/relay-none"
    new_camera unit-none
    enter_server "$TMP/none" on
    ctl cert clear 1
    ctl --json put "$CLIP" >"$TMP/put.json" 2>"$TMP/put.err"
    is "$WHAT: put refuses" $? 1
    is "$WHAT: the cause" "$(jq -r .error.code "$TMP/put.json")" no-certificate
    check "$WHAT: in words" says 'Root Certificate' "$(cat "$TMP/put.err")"
    is "$WHAT: no job" "$(jobs_of '.jobs | length')" 0
    check "$WHAT: no connection" test ! -s "$TMP/relay-none/count"

    # cleared with a job in the list
    ctl cert load 1 --file "$CERTS/ca.pem" >/dev/null
    ctl set server.1.port 1
    ctl put "$CLIP" >/dev/null
    check "$WHAT: a job waits" wait_until 10 count_is deferred 1
    ctl cert clear 1
    ctl set server.1.port "$PORT"
    check "$WHAT: the job in the list fails" wait_until 10 count_is failed 1
    is "$WHAT: its cause" "$(first_error code)" no-certificate
    check "$WHAT: still no connection" test ! -s "$TMP/relay-none/count"
    is "$WHAT: nothing is stored" "$(stored "$TMP/none")" 0
    stop_sender
}

login_attempts()
{
    grep -c 'PASS <password>' "$1/log"
}

# try_password SESSIONS: on $TMP/none
try_password()
{
    local dir=$TMP/none many=$TMP/twenty i before
    WHAT="wrong password, sessions $1"
    mkdir -p "$many"
    for i in $(seq -w 20); do
        random_file "$many/$i.mxf" 1000
    done
    PORT=$(cat "$dir/port")
    relay "$TMP/relay-password-$1"
    new_camera "unit-password-$1"
    enter_server "$dir" on
    ctl set server.1.sessions "$1"
    ctl set server.1.dir "twenty-$1"
    ctl set server.1.password - <"$TMP/wrong-password"
    before=$(login_attempts "$dir")
    ctl put --wait "$many"/* >"$TMP/put.out" 2>"$TMP/put.err"
    is "$WHAT: put --wait fails" $? 1
    is "$WHAT: all 20 jobs failed" "$(count failed)" 20
    is "$WHAT: for one cause" "$(jobs_of '[.jobs[].error.code] | unique | join(" ")')" login-refused
    check "$WHAT: in words" says 'user name or password' "$(cat "$TMP/put.err")"
    is "$WHAT: one login attempt" $(($(login_attempts "$dir") - before)) 1
    refuse "$WHAT: it did not cross in clear" grep -aq -F -f "$TMP/wrong-password" \
        "$TMP/relay-password-$1/sent"
    is "$WHAT: nothing is stored" "$(stored "$dir")" 0

    ctl set server.1.password - <"$dir/password"
    ctl jobs retry all >/dev/null
    check "$WHAT: with the right one all go" wait_until 30 count_is completed 20
    check "$WHAT: and are equal" every_equal "$many" "$dir/root/twenty-$1"
    rm -r "$dir/root/twenty-$1"
    [ "$FAILED" = 0 ] || show_state
    stop_sender
}

# --- the wrong port --------------------------------------------------------------------------------

try_ports()
{
    local dir=$TMP/none
    PORT=$(cat "$dir/port")
    start_peer "$TMP/closed" hear
    kill "${PEER_PIDS[-1]}"
    wait_until 5 not bash -c "exec 3<>/dev/tcp/127.0.0.1/$PORT"
    WHAT="a port where nobody listens"
    new_camera unit-closed
    enter_server "$dir" on
    send_one deferred connect-refused "refused.*$PORT"

    start_peer "$TMP/ssh" say $'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'
    WHAT="the port of SSH"
    new_camera unit-ssh
    enter_server "$dir" on
    send_one failed not-ftp 'not an FTP server'
    is "$WHAT: nothing was said to it" "$(wc -c <"$TMP/ssh/sent")" 0

    start_peer "$TMP/http" say $'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>'
    WHAT="the port of HTTP"
    new_camera unit-http
    enter_server "$dir" on
    send_one failed not-ftp 'not an FTP server'
    is "$WHAT: nothing was said to it" "$(wc -c <"$TMP/http/sent")" 0

    start_peer "$TMP/alert" say $'\x15\x03\x01\x00\x02\x02\x0a'
    WHAT="a port that answers with a TLS alert"
    new_camera unit-alert
    enter_server "$dir" on
    send_one failed implicit-tls 'implicit'

    start_peer "$TMP/binary" say $'\x80\xff\x00\x01\n'
    WHAT="a port that answers with noise"
    new_camera unit-binary
    enter_server "$dir" on
    send_one failed not-ftp 'not an FTP server'

    start_peer "$TMP/shut" shut
    WHAT="a port that closes at once"
    new_camera unit-shut
    enter_server "$dir" on
    send_one deferred closed 'closed'
    is "nothing is stored by any of these" "$(stored "$dir")" 0
}

# The port of implicit TLS says nothing, nor does the unit, until its patience ends (a minute): begun
# before all else.
begin_silent()
{
    mkfifo "$TMP/s_server.in"
    openssl s_server -accept 127.0.0.1:0 -cert "$CERTS/rsa.pem" -key "$CERTS/rsa.key" \
        <>"$TMP/s_server.in" >"$TMP/s_server.out" 2>&1 &
    PEER_PIDS+=($!)
    check "openssl s_server listens" wait_until 10 grep -q '^ACCEPT .*:[0-9]' "$TMP/s_server.out"
    PORT=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$TMP/s_server.out")
    mkdir "$TMP/silent"
    echo 'Secret-of-silent-1' >"$TMP/silent/password"
    new_camera unit-silent
    enter_server "$TMP/silent" on
    ctl put "$CLIP" >/dev/null
}

end_silent()
{
    WHAT="the port of implicit TLS"
    use_unit unit-silent
    check "$WHAT: it is deferred" wait_until 75 count_is deferred 1
    is "$WHAT: the cause" "$(first_error code)" no-greeting
    is "$WHAT: the step" "$(first_error step)" greeting
    stop_sender
}

make_certs
begin_silent
try_certificates
try_address
try_weak
try_offers
try_no_certificate
try_password 1
try_password 4
try_ports
end_silent
conclude
