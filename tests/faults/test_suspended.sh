#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A job is suspended in the middle of its file: what is on the server stays for when it is resumed,
# and goes when it is deleted.

. "$(dirname "$0")/lib.sh"

make_certs
BYTES=12000000
RATE=6000000

# suspend_one KIND NAME DIR: the only job of a camera of its own, in the middle of its file; its id in ID
suspend_one()
{
    serve "$1" "$TMP/$2" rsa --rate $RATE
    new_camera "unit-$2"
    enter_server "$TMP/$2" on
    ctl set server.1.dir "$3"
    random_file "$NETMENU_CARDS/A.mxf" $BYTES
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 1000000
    ID=$(jobs_of '.jobs[0].id')
    ctl jobs suspend "$ID" >/dev/null
    check "$WHAT: suspended" wait_until 20 count_is suspended 1
    is "$WHAT: its part stays there" "$(temporary "$TMP/$2")" 1
}

# suspended KIND: by the operator in the middle of a file; it stays on the server, and resuming goes on
suspended()
{
    local kind=$1 sent
    WHAT="$kind, a job suspended and resumed"
    suspend_one "$kind" "suspend-$kind" ""
    ctl jobs resume "$ID" >/dev/null
    check "$WHAT: it completes" wait_until 30 count_is completed 1
    check "$WHAT: what was there is not sent again" continued
    sent=$(sed -n 's/.*: continued at byte \([0-9]*\), \([0-9]*\) sent$/\1 \2/p' \
        "$NETMENU_STATE_DIR/log/transfer.log")
    is "$WHAT: both together are the file" $((${sent% *} + ${sent#* })) $BYTES
    alone "$TMP/suspend-$kind/root"
    stop_sender
    stop_server "$TMP/suspend-$kind"
}

# deleted KIND: a job that was suspended in the middle of its file; what is on the server goes, and
# another job's part stays
deleted()
{
    local kind=$1
    WHAT="$kind, a suspended job deleted"
    suspend_one "$kind" "deleted-$kind" "day 1/cam"
    echo other >"$TMP/deleted-$kind/root/day 1/cam/.netmenu-other.part"
    stop_sender
    ctl jobs delete "$ID" >/dev/null
    is "$WHAT: no job is left" "$(jobs_of '.jobs | length')" 0
    check "$WHAT: its part goes" wait_until 20 [ ! -e "$TMP/deleted-$kind/root/day 1/cam/.netmenu-${ID//-/}.part" ]
    is "$WHAT: nothing else does" "$(stored "$TMP/deleted-$kind")" 1
    check "$WHAT: the record goes" wait_until 10 nothing_leaving
    stop_sender
    stop_server "$TMP/deleted-$kind"
}

nothing_leaving()
{
    [ -z "$(find "$NETMENU_STATE_DIR/spool/leaving" -type f)" ]
}

for kind in vsftpd proftpd pure-ftpd; do
    suspended $kind
    deleted $kind
done
conclude
