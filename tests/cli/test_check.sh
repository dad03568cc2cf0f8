#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# server check, against real servers, good ones and bad ones.

. "$(dirname "$0")/lib.sh"

command -v openssl >/dev/null || skip "openssl is not installed"
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1
PEERS=()

test_clean_up()
{
    [ ${#PEERS[@]} = 0 ] || kill "${PEERS[@]}" 2>/dev/null
}

# serve KIND DIR CERTIFICATE [OPTION]...: a server, entered as server 1
serve()
{
    local kind=$1 dir=$TMP/$2 cert=$3
    shift 3
    start_server "$kind" "$dir" --cert "$CERTS/$cert.pem" --key "$CERTS/$cert.key" "$@"
    DIR=$dir
    ctl reset server.1
    ctl set server.1.host localhost
    ctl set server.1.port "$PORT"
    ctl set server.1.user camera
    ctl set server.1.password - <"$dir/password"
    ctl cert load 1 --file "$CERTS/ca.pem" >/dev/null
    ctl set server.1.secure on
}

stop()
{
    "$TOP/tests/servers/ftpd.sh" stop --dir "$DIR"
}

# checked STATUS WHAT: server check of server 1; $OUT is its document
checked()
{
    status "$1" "$2" ctl --json server check 1
}

# step WHAT STEP WANTED: "outcome" or "outcome code"
step()
{
    local filter='.steps[] | select(.step == "'$2'")'
    json "$1" "$filter"' | [.outcome, .error.code // empty] | join(" ")' "$3"
}

# skipped WHAT STEP BECAUSE
skipped()
{
    json "$1" '.steps[] | select(.step == "'"$2"'") | "\(.outcome) \(.because)"' "skipped $3"
}

OFFERED='[.suites[] | select(.offered == "yes")] | length'
NOT_OK='[.steps[] | select(.outcome != "ok") | "\(.step) \(.outcome)"] | join(", ")'

# nothing of the check is left on the server
clean()
{
    is "$1: nothing is left on the server" "$(find "$DIR/root" -type f)" ""
}

# the server was never told a user name (what it logs of the commands)
never_logged_in()
{
    check "$1: never logged in" not grep -E 'USER|PASS' "$DIR/log"
}

# --- refused at once --------------------------------------------------------------------------------

new_unit unit
status 4 "no password set" ctl server check 1
set_password
status 1 "a server that nobody set up" ctl --json server check 1
json "says so" .error.code no-server
status 3 "a number that cannot be" ctl server check 17
status 2 "no number" ctl server check

# --- good servers -----------------------------------------------------------------------------------

serve vsftpd vsftpd rsa --reuse on
checked 0 "vsftpd"
json "ready" .ready true
json "all is well but the deprecated suites" "$NOT_OK" "suites warning"
json "it insists on resumption" .resumption required
json "TLS 1.3" .tls13 yes
json "the suite in use" .tls.suite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
json "two recommended suites" \
    '[.suites[] | select(.offered == "yes" and (.deprecated | not))] | length' 2
json "what is deprecated is to be disabled" \
    '[.verdict.disable[].name] == [.suites[] | select(.deprecated and .offered == "yes").name]' true
json "nothing is to be enabled" '.verdict.enable | length' 0
json "Recommended Only would do" .verdict.recommended_only true
json "the certificate" '.certificates[0].subject' "O=netmenu tests, CN=rsa"
check "the log shows logins" grep -q '"USER' "$DIR/log"
json "the greeting" '.greeting | contains("vsFTPd")' true
clean vsftpd
status 0 "in words" ctl server check 1
check "says that uploads will work" holds "$OUT" "Uploads to this server will work."
check "names what to disable" holds "$OUT" "TLS_RSA_WITH_AES_128_CBC_SHA"
ctl set server.1.passive off
ctl set server.1.dir /A001/proxy
checked 0 "active mode, a new folder"
json "all is well, passive mode too" "$NOT_OK" "suites warning"
clean "active mode"

printf 'wrong\n' | ctl set server.1.password -
checked 1 "a wrong password"
step "says so" login "failed login-refused"
skipped "nothing is stored" write login
json "suites are told all the same" "$OFFERED" 8
json "not ready" .ready false
ctl set server.1.password - <"$DIR/password"

mkdir "$DIR/root/closed"
chmod 555 "$DIR/root/closed"
ctl set server.1.dir /closed
checked 1 "a folder that cannot be written"
step "says so" write "failed store-refused"
step "the folder itself could be entered" folder ok
skipped "the rest needs a file" delete write
clean "a folder that cannot be written"

ctl set server.1.dir ""
: >"$DIR/log"
ctl cert load 1 --file "$CERTS/other-ca.pem" >/dev/null
checked 1 "another root certificate"
step "says so" certificate "failed tls-unknown-issuer"
skipped "no login" login certificate
json "suites are told all the same" "$OFFERED" 8
json "and its certificate" '.certificates[0].subject' "O=netmenu tests, CN=rsa"
never_logged_in "another root certificate"
ctl cert clear 1
checked 1 "no root certificate"
step "says so" certificate "failed no-certificate"
json "and shows the server's" '.certificates[0].subject' "O=netmenu tests, CN=rsa"
never_logged_in "no root certificate"
stop
checked 1 "no server"
step "says so" connection "failed connect-refused"
skipped "and tries nothing else" greeting connection

serve proftpd proftpd rsa --reuse off
checked 0 "proftpd"
json "does not insist on resumption, but does it" .resumption used
check "the log shows logins" grep -q USER "$DIR/log"
json "what it can" '[.features[]] | all' true
json "all twelve suites of its certificate" "$OFFERED" 12
clean proftpd
stop
serve proftpd proftpd-ec ecdsa --reuse on
checked 0 "proftpd with an ECDSA certificate"
json "the other three suites" "$OFFERED" 3
json "insists on resumption" .resumption required
clean "proftpd with an ECDSA certificate"
stop

serve pure-ftpd pure-ftpd chain
ctl set server.1.encryption tls13
checked 0 "pure-ftpd, TLS 1.3"
json "TLS 1.3 in use" .tls.version TLSv1.3
json "which it never resumes" .resumption none
json "both certificates of its chain" '[.certificates[].subject] | join("; ")' \
    "O=netmenu tests, CN=chain; O=netmenu tests, CN=intermediate"
clean pure-ftpd
stop

# --- suites -----------------------------------------------------------------------------------------

serve proftpd one rsa --tls 1.2 --ciphers AES128-SHA
checked 0 "one deprecated suite and nothing else"
step "is warned of" tls warning
json "is the only one" '[.suites[] | select(.offered == "yes").name] | join(" ")' \
    TLS_RSA_WITH_AES_128_CBC_SHA
json "is to be disabled" '[.verdict.disable[].name] | join(" ")' TLS_RSA_WITH_AES_128_CBC_SHA
json "and these enabled" '[.verdict.enable[].name] | join(" ")' \
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
json "Recommended Only would not do" .verdict.recommended_only false
json "nor TLS 1.3" .verdict.tls13 false
ctl set server.1.encryption recommended
: >"$DIR/log"
checked 1 "the same under Recommended Only"
step "says so" tls "failed tls-no-suite"
json "the suite is told all the same" "$OFFERED" 1
json "and the certificate" '.certificates | length' 1
never_logged_in "no common suite"
stop

serve proftpd new rsa --tls 1.3
checked 1 "a server of TLS 1.3 only"
step "says so" tls "failed tls-version"
json "none of the fifteen" "$OFFERED" 0
json "but TLS 1.3" "\"\\(.tls13) \\(.verdict.tls13)\"" "yes true"
ctl set server.1.encryption tls13
checked 0 "under the policy for it"
stop

# --- certificates -----------------------------------------------------------------------------------

while read -r cert code; do
    serve proftpd "bad-$cert" "$cert" --ciphers 'DEFAULT:@SECLEVEL=0'
    : >"$DIR/log"
    checked 1 "certificate: $cert"
    step "certificate: $cert: says so" certificate "failed $code"
    json "certificate: $cert: is shown" '.certificates[0].subject' "O=netmenu tests, CN=$cert"
    json "certificate: $cert: so are the suites" "($OFFERED) > 9" true
    never_logged_in "certificate: $cert"
    stop
done <<'ROWS'
expired tls-expired
future tls-not-yet-valid
wronghost tls-wrong-host
selfsigned tls-self-signed
unknown tls-unknown-issuer
weak tls-weak
ROWS

# --- not encrypted ----------------------------------------------------------------------------------

serve proftpd plain rsa --tls off
checked 1 "a server without encryption"
step "says so" auth-tls "failed no-secure-ftp"
skipped "no login" login auth-tls
ctl set server.1.secure off
checked 0 "the same with Using Secure Protocol off"
step "is warned of" auth-tls warning
skipped "no TLS" tls auth-tls
json "no suites" '.suites | length' 0
clean "not encrypted"
stop

# --- what is no FTP server ----------------------------------------------------------------------------

mkdir "$TMP/peer"
perl "$TOP/tests/faults/peer.pl" "$TMP/peer" say $'HTTP/1.1 400 Bad Request\r\n\r\n' &
PEERS+=($!)
wait_until 10 test -s "$TMP/peer/port"
ctl set server.1.port "$(cat "$TMP/peer/port")"
checked 1 "a web server"
step "says so" greeting "failed not-ftp"
mkdir "$TMP/silent"
perl "$TOP/tests/faults/peer.pl" "$TMP/silent" hear &
PEERS+=($!)
wait_until 10 test -s "$TMP/silent/port"
ctl set server.1.port "$(cat "$TMP/silent/port")"
"$BIN/netmenuctl" --json server check 1 >"$TMP/stopped" 2>/dev/null &
CHECK=$!
wait_until 10 test -s "$TMP/silent/count"
kill -INT "$CHECK"
STATUS=0
wait "$CHECK" || STATUS=$?
is "interrupted: the status" "$STATUS" 1
OUT=$(cat "$TMP/stopped")
json "interrupted: says so" .error.code cancelled
check "nothing was said to a server that is silent" test ! -s "$TMP/silent/sent"
ctl set server.1.host nothing.invalid
checked 1 "a name without an address"
step "says so" address "failed resolve"

finish
