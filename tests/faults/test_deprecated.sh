#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A job that went over a deprecated suite says so, wherever it is told of; one over a recommended
# suite does not; and a server that has deprecated ones alone gets nothing under Recommended Only.

. "$(dirname "$0")/lib.sh"

OLD=TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
make_certs
random_file "$TMP/clip.mxf" 50000

# send: clip.mxf by put --wait; what it says is in $TMP/put
send()
{
    ctl put --wait "$TMP/clip.mxf" >"$TMP/put" 2>&1
}

# told WHAT WHERE: the text has the name of the suite's state
told()
{
    check "$1" grep -q "$2" "$3"
}

new_camera unit
serve proftpd "$TMP/old" rsa --tls 1.2 --ciphers DHE-RSA-AES128-SHA256
enter_server "$TMP/old" on
check "a server of a deprecated suite takes the clip" send
told "put --wait says so" "TLSv1.2 $OLD (deprecated)" "$TMP/put"
ID=$(jobs_of '.jobs[0].id')
ctl jobs >"$TMP/list"
told "the list says so" 'Completed.*deprecated suite.*clip.mxf' "$TMP/list"
ctl jobs show "$ID" >"$TMP/shown"
told "jobs show says so" "TLSv1.2 $OLD (deprecated)" "$TMP/shown"
is "JSON says so" "$(jobs_of '.jobs[0].tls | "\(.version) \(.suite) \(.deprecated)"')" \
    "TLSv1.2 $OLD true"

ctl set server.1.encryption recommended
refuse "Recommended Only sends nothing there" send
told "and says why" 'no cipher suite in common' "$TMP/put"
is "its code" "$(jobs_of '[.jobs[] | .error.code // empty] | join(" ")')" tls-no-suite
is "nothing new on the server" "$(stored "$TMP/old")" 1

new_camera other-unit
serve proftpd "$TMP/new" rsa
enter_server "$TMP/new" on
check "a server of all suites takes the clip" send
refuse "nothing is deprecated then: put --wait" grep -q deprecated "$TMP/put"
refuse "the list" grep -q deprecated <(ctl jobs)
is "JSON" "$(jobs_of '.jobs[0].tls.deprecated')" false

conclude
