#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Connections that break: the server dies during an upload, between two files, before one. In the end
# each file is on the server once, equal, and each job completed once.

. "$(dirname "$0")/lib.sh"

make_certs
BYTES=12000000
RATE=6000000

server_again()
{
    serve "$1" "$TMP/$1" rsa --rate "$2" --port "$PORT"
}

# die_during KIND HOW: in the middle of a file, and back later; HOW it goes on: "by itself", or "retry"
die_during()
{
    local kind=$1
    WHAT="$kind killed during an upload"
    serve "$kind" "$TMP/$kind" rsa --rate $RATE
    new_camera "unit-$kind"
    enter_server "$TMP/$kind" on
    ctl set server.1.dir during
    random_file "$NETMENU_CARDS/A.mxf" $BYTES
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 500000
    stop_server "$TMP/$kind"
    check "$WHAT: the job is deferred" wait_until 20 count_is deferred 1
    check "$WHAT: the cause" says '^(closed|aborted|transfer-aborted|outcome-unknown|connect-refused)$' \
        "$(first_error code)"
    refuse "$WHAT: nothing has its name yet" test -e "$TMP/$kind/root/during/A.mxf"
    server_again "$kind" 0
    [ "$2" = "by itself" ] || ctl jobs retry all
    check "$WHAT: it completes $2" wait_until 30 count_is completed 1
    check "$WHAT: in the second attempt or later" [ "$(jobs_of '.jobs[0].attempts')" -ge 2 ]
    check "$WHAT: what was there is not sent again" continued
    is "$WHAT: no error is left" "$(first_error code)" null
    alone "$TMP/$kind/root/during"
}

# Between two files, with the session still open; then before a file, so that nobody answers.
die_between()
{
    WHAT="vsftpd killed between two files"
    new_camera unit-between
    PORT=$(cat "$TMP/vsftpd/port")
    enter_server "$TMP/vsftpd" on
    ctl set server.1.dir between
    random_file "$NETMENU_CARDS/A.mxf" 5000
    random_file "$NETMENU_CARDS/B.mxf" 5000
    random_file "$NETMENU_CARDS/C.mxf" 5000
    check "$WHAT: the first" ctl put --wait "$NETMENU_CARDS/A.mxf"
    stop_server "$TMP/vsftpd"
    server_again vsftpd 0
    check "$WHAT: the second" ctl put --wait "$NETMENU_CARDS/B.mxf"
    is "$WHAT: the second in one attempt" "$(jobs_of '.jobs[1].attempts')" 1

    stop_server "$TMP/vsftpd"
    ctl put "$NETMENU_CARDS/C.mxf" >/dev/null
    check "$WHAT: the third waits" wait_until 20 count_is deferred 1
    is "$WHAT: the cause" "$(first_error code)" connect-refused
    server_again vsftpd 0
    check "$WHAT: the third goes by itself" wait_until 30 count_is completed 3
    alone "$TMP/vsftpd/root/between"
}

die_during vsftpd "by itself"
die_during proftpd retry
die_during pure-ftpd retry
die_between
conclude
