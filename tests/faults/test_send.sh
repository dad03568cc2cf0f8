#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The main job by netmenuctl against each of the three servers, with TLS and without: what arrives is
# what was sent, under the same name, in the folder that was asked for.

. "$(dirname "$0")/lib.sh"

make_certs
CLIPS=$TMP/clips
mkdir "$CLIPS"
random_file "$CLIPS/A001C001_261122.MXF" 3000001
random_file "$CLIPS/with two  spaces.mxf" 1000
random_file "$CLIPS/Bühne – 日本 ☕.mov" 65536
random_file "$CLIPS/-leading.mxf" 4097
random_file "$CLIPS/100%s%n.mxf" 10
random_file "$CLIPS/quote\"it's.mxf" 11
: >"$CLIPS/empty.mxf"

# send_all DIR FOLDER [OPTION]...: the files of CLIPS to FOLDER/sub, compared
send_all()
{
    local what=$1 dir=$2 folder=$3
    shift 3
    (cd "$CLIPS" && ctl --json put --wait "$@" --dir sub/deep -- *) >"$TMP/put.json" 2>"$TMP/put.err"
    is "$what: put's status" $? 0
    is "$what: all completed" "$(jq -r '[.jobs[].state] | unique | join(" ")' "$TMP/put.json")" completed
    check "$what: what arrived is what was sent" every_equal "$CLIPS" "$dir/root/$folder/sub/deep"
    [ "$FAILED" = 0 ] || { cat "$TMP/put.err"; show_state; }
}

all_encrypted()
{
    [ "$(jobs_of '[.jobs[] | .tls | select(.version == "TLSv1.2" and (.suite | startswith("TLS_")))] | length')" \
        = "$(jobs_of '.jobs | length')" ]
}

none_encrypted()
{
    [ "$(jobs_of '[.jobs[] | select(.tls != null)] | length')" = 0 ]
}

# try KIND SECURE SESSIONS
try()
{
    local kind=$1 secure=$2 sessions=$3 dir=$TMP/$1-$2 what="$1, secure $2, sessions $3"
    [ -e "$dir/port" ] || serve "$kind" "$dir" rsa --tls "$secure"
    PORT=$(cat "$dir/port")
    relay "$TMP/relay-$kind-$secure-$sessions"
    new_camera "unit-$kind-$secure-$sessions"
    enter_server "$dir" "$secure"
    ctl set server.1.dir "day $sessions/A001"
    ctl set server.1.sessions "$sessions"
    send_all "$what" "$dir" "day $sessions/A001"
    if [ "$secure" = on ]; then
        check "$what: every job names its TLS" all_encrypted
        refuse "$what: no password in clear" grep -aq -F -f "$dir/password" \
            "$TMP/relay-$kind-$secure-$sessions/sent"
        refuse "$what: no user name in clear" grep -aq "$USER_NAME" \
            "$TMP/relay-$kind-$secure-$sessions/sent"
    else
        check "$what: no job names a TLS" none_encrypted
        check "$what: the relay does see what is in clear" grep -aq "PASS $(cat "$dir/password")" \
            "$TMP/relay-$kind-$secure-$sessions/sent"
    fi
    is "$what: no temporary file is left" "$(temporary "$dir")" 0
    stop_sender
}

# [If File Exists]: the same name twice, with other contents
try_exists()
{
    local dir=$TMP/vsftpd-on file=$TMP/twice.mxf
    PORT=$(cat "$dir/port")
    new_camera unit-exists
    enter_server "$dir" on
    ctl set server.1.dir exists
    random_file "$file" 5000
    cp "$file" "$TMP/first"
    ctl put --wait "$file" >/dev/null
    random_file "$file" 6000
    cp "$file" "$TMP/second"

    ctl set server.1.exists skip
    ctl --json put --wait "$file" >"$TMP/put.json"
    is "skip: completed" "$(jq -r '.jobs[0].state' "$TMP/put.json")" completed
    check "skip: the old one stays" cmp "$TMP/first" "$dir/root/exists/twice.mxf"
    is "skip: nothing beside it" "$(find "$dir/root/exists" -type f | wc -l)" 1

    ctl set server.1.exists keep
    ctl put --wait "$file" >/dev/null
    check "keep: the old one stays" cmp "$TMP/first" "$dir/root/exists/twice.mxf"
    check "keep: the new one beside it" cmp "$TMP/second" "$dir/root/exists/twice (2).mxf"

    ctl set server.1.exists overwrite
    ctl put --wait "$file" >/dev/null
    check "overwrite: the new one instead" cmp "$TMP/second" "$dir/root/exists/twice.mxf"
    is "overwrite: nothing more" "$(find "$dir/root/exists" -type f | wc -l)" 2
    stop_sender
}

# try_many SESSIONS: 200 files in one call
try_many()
{
    local dir=$TMP/vsftpd-on many=$TMP/many logins i
    PORT=$(cat "$dir/port")
    new_camera "unit-many-$1"
    enter_server "$dir" on
    ctl set server.1.sessions "$1"
    ctl set server.1.dir "many-$1"
    if [ ! -d "$many" ]; then
        mkdir "$many"
        for i in $(seq -w 200); do
            random_file "$many/C$i.mxf" $((10#$i * 37))
        done
    fi
    logins=$(grep -c 'OK LOGIN' "$dir/log")
    ctl --json put --wait "$many"/* >"$TMP/put.json"
    is "200 files, sessions $1: status" $? 0
    check "200 files, sessions $1: each is there, equal" every_equal "$many" "$dir/root/many-$1"
    is "200 files, sessions $1: each completed once" "$(count completed)" 200
    is "200 files, sessions $1: so many logins" $(($(grep -c 'OK LOGIN' "$dir/log") - logins)) "$1"
    stop_sender
}

for kind in vsftpd proftpd pure-ftpd; do
    for secure in on off; do
        for sessions in 1 4; do
            try $kind $secure $sessions
        done
    done
done
try_exists
try_many 1
try_many 4
conclude
