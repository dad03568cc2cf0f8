#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The disk of the state folder is full, and the server's disk is: each is said clearly, nothing that
# was there is lost, nothing half is left, and all goes on when there is room.

if [ -z "${NM_PRIVATE:-}" ]; then
    if [ "$(id -u)" != 0 ] || ! unshare --mount true 2>/dev/null; then
        echo "SKIP: only root may mount a small file system here"
        exit 77
    fi
    NM_PRIVATE=1 exec unshare --mount --propagation private "$0" "$@"
fi

. "$(dirname "$0")/lib.sh"

more_clean_up()
{
    umount -l "$TMP"/small-* 2>/dev/null
}

make_certs

# small_disk NAME BYTES
small_disk()
{
    mkdir -p "$TMP/small-$1"
    mount -t tmpfs -o "size=$2" none "$TMP/small-$1" || skip "no tmpfs can be mounted here"
}

# fill FOLDER: to the last byte
fill()
{
    cat /dev/zero >>"$1/fill" 2>/dev/null
    not touch_bytes "$1/probe" || { echo "# the disk is not full"; df "$1"; }
    rm -f "$1/probe"
}

touch_bytes()
{
    { echo x >"$1"; } 2>/dev/null
}

make_room()
{
    rm "$1/fill"
}

# small_camera NAME BYTES: as new_camera, with its state on a small disk
small_camera()
{
    new_unit "$1"
    small_disk "$1" "$2"
    STATE_DISK=$TMP/small-$1
    export NETMENU_STATE_DIR=$STATE_DISK/state
    printf 'Abcd1234\n' | ctl auth password -
}

# full WHAT COMMAND...: refused for that reason, in words
full()
{
    local what=$1 status=0
    shift
    timeout 20 "$BIN/netmenuctl" --json "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || status=$?
    is "full: $what: status" $status 1
    is "full: $what: the cause" "$(jq -r .error.code "$TMP/out")" disk-full
    check "full: $what: in words" says 'no space left' "$(cat "$TMP/err")"
}

works()
{
    local what=$1
    shift
    check "full: $what still works" timeout 20 "$BIN/netmenuctl" --json "$@"
}

half_files()
{
    find "$NETMENU_STATE_DIR" \( -name '*.new.*' -o -path '*/spool/tmp/*' \) -type f
}

# --- what the operator does meanwhile ------------------------------------------------------------------

try_verbs()
{
    small_camera unit-verbs 1m
    serve vsftpd "$TMP/server" rsa --rate 8000000
    enter_server "$TMP/server" on
    random_file "$NETMENU_CARDS/A.mxf" 5000
    random_file "$NETMENU_CARDS/B.mxf" 5000
    mkdir "$TMP/settings"
    fill "$STATE_DISK"
    cp "$NETMENU_STATE_DIR"/{settings.json,secrets} "$TMP/settings"
    full "put" put "$NETMENU_CARDS/A.mxf" "$NETMENU_CARDS/B.mxf"
    full "a setting" set server.1.dir elsewhere
    full "a password" auth generate
    full "a certificate" cert load 1 --file "$CERTS/other-ca.pem"
    works "list" list
    works "get" get server.1.host
    works "jobs" jobs
    works "clips" clips
    works "cert show" cert show 1
    is "full: no job was added" "$(jobs_of '.jobs | length')" 0
    check "full: the settings are as before" cmp "$TMP/settings/settings.json" \
        "$NETMENU_STATE_DIR/settings.json"
    check "full: the secrets are as before" cmp "$TMP/settings/secrets" "$NETMENU_STATE_DIR/secrets"
    is "full: nothing half is left" "$(half_files)" ""
    make_room "$STATE_DISK"
    check "with room again the same put goes" ctl put --wait "$NETMENU_CARDS/A.mxf" \
        "$NETMENU_CARDS/B.mxf"
    check "and what arrived is equal" every_equal "$NETMENU_CARDS" "$TMP/server/root"
    stop_sender
}

# --- an upload that is under way ----------------------------------------------------------------------------

# under_way NAME: the disk fills up while a clip is sent; sets up for what follows
under_way()
{
    small_camera "unit-$1" 1m
    PORT=$(cat "$TMP/server/port")
    enter_server "$TMP/server" on
    ctl set server.1.dir "$1"
    ctl set server.1.exists keep # a file sent twice would show
    random_file "$NETMENU_CARDS/A.mxf" 12000000
    random_file "$NETMENU_CARDS/B.mxf" 5000
    ctl put "$NETMENU_CARDS/A.mxf" "$NETMENU_CARDS/B.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 500000
    fill "$STATE_DISK"
}

goes_on()
{
    make_room "$STATE_DISK"
    check "$WHAT: with room both complete" wait_until 40 both_completed
    check "$WHAT: each is there once, equal" every_equal "$NETMENU_CARDS" "$TMP/server/root/$1"
    is "$WHAT: two jobs" "$(jobs_of '.jobs | length')" 2
    is "$WHAT: nothing half is left" "$(half_files)" ""
    [ "$FAILED" = 0 ] || show_state
    stop_sender
}

arrived()
{
    cmp -s "$NETMENU_CARDS/A.mxf" "$TMP/server/root/$1/A.mxf"
}

try_upload()
{
    WHAT="full during an upload"
    under_way upload
    check "$WHAT: it arrives all the same" wait_until 20 arrived upload
    check "$WHAT: the sender lives" sender_runs
    is "$WHAT: nothing is called completed that is not recorded" "$(count completed)" 0
    goes_on upload
}

try_killed()
{
    local pid
    WHAT="full during an upload, and the sender killed"
    under_way killed
    pid=$(sender_pid "$NETMENU_RUN_DIR")
    kill -KILL "$pid"
    wait_until 5 not sender_runs
    is "$WHAT: both jobs are still there" "$(jobs_of '.jobs | length')" 2
    start_sender
    check "$WHAT: a new sender runs, or says why not" wait_until 10 runs_or_says
    goes_on killed
}

runs_or_says()
{
    sender_runs || says 'no space left' "$(cat "$TMP/sender.out")"
}

# The sender may have ended for want of room: then it is started as the next put would.
both_completed()
{
    count_is completed 2 && return
    sender_runs || start_sender
    return 1
}

# --- the server's disk ----------------------------------------------------------------------------------------

# try_server KIND
try_server()
{
    local kind=$1
    WHAT="$kind with a full disk"
    small_disk "$kind" 3m
    serve "$kind" "$TMP/full-$kind" rsa --root "$TMP/small-$kind/root"
    new_camera "unit-full-$kind"
    enter_server "$TMP/full-$kind" on
    random_file "$NETMENU_CARDS/A.mxf" 5000000
    ctl put "$NETMENU_CARDS/A.mxf" >/dev/null
    check "$WHAT: the job waits for another time" wait_until 20 count_is deferred 1
    check "$WHAT: the cause" says '^(server-full|transfer-aborted)$' "$(first_error code)"
    echo "# $kind: $(first_error code), $(first_error reply)"
    # who says that it is full gets its space back; else the part stays for the next attempt
    refuse "$WHAT: nothing has its name" test -e "$TMP/small-$kind/root/A.mxf"
    [ "$(first_error code)" != server-full ] ||
        is "$WHAT: nothing is stored" "$(find "$TMP/small-$kind/root" -type f)" ""
    mount -o remount,size=20m "$TMP/small-$kind"
    ctl jobs retry all
    check "$WHAT: with room it completes" wait_until 20 count_is completed 1
    check "$WHAT: it is equal, and alone" every_equal "$NETMENU_CARDS" "$TMP/small-$kind/root"
    [ "$FAILED" = 0 ] || show_state
    stop_sender
    stop_server "$TMP/full-$kind"
}

try_verbs
try_upload
try_killed
for kind in vsftpd proftpd pure-ftpd; do
    try_server $kind
done
conclude
