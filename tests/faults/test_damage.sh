#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Files of the state folder that are cut off, emptied, overwritten or gone: every verb goes on and says
# what was lost, no damaged thing is used, and what was whole is still sent.

. "$(dirname "$0")/lib.sh"

make_certs
serve vsftpd "$TMP/server" rsa
new_camera unit
enter_server "$TMP/server" on
STATE=$NETMENU_STATE_DIR
random_file "$NETMENU_CARDS/A001C001_261122.MXF" 5000
for name in B C D; do
    random_file "$NETMENU_CARDS/$name.mxf" 5000
done
# jobs of every kind at rest: one is completed, one suspended, one has failed
ctl put --wait "$NETMENU_CARDS/B.mxf" >/dev/null
ctl set server.1.port 1
ctl put "$NETMENU_CARDS"/[CD].mxf >/dev/null
wait_until 20 count_is deferred 1
ctl jobs suspend all >/dev/null
wait_until 20 count_is suspended 2
stop_sender
ctl set server.1.port "$PORT"
cp -a "$STATE" "$TMP/whole"

restore()
{
    rm -rf "$STATE"
    cp -a "$TMP/whole" "$STATE"
}

# some_bytes FILE: places to damage it at: the ends, and some between; the last byte is a line's end,
# and does not matter
some_bytes()
{
    local size
    size=$(stat -c %s "$1")
    { seq 0 $((size / 4 + 1)) $((size - 2)); echo 1; echo $((size - 2)); } | sort -nu
}

# goes ALLOWED COMMAND...: ends soon, with one of these statuses, and not by a signal
goes()
{
    local allowed=$1 status=0
    shift
    timeout 10 "$BIN/netmenuctl" "$@" >"$TMP/verb.out" 2>>"$TMP/verb.err" </dev/null || status=$?
    case " $allowed " in
    *" $status "*) ;;
    *)
        echo "netmenuctl $*: status $status (wanted one of: $allowed)"
        tail -n 5 "$TMP/verb.err"
        return 1
        ;;
    esac
}

# every_verb STATUSES...: of list, of those that read, and of those that change
every_verb()
{
    : >"$TMP/verb.err"
    goes "0" --json list || return
    jq -e '.settings' "$TMP/verb.out" >/dev/null || { echo "list: no document"; return 1; }
    goes "0" get server.1.host || return
    goes "0 4" --json auth show --yes || return
    goes "0 1 5" --json cert show 1 || return
    goes "0" --json clips || return
    goes "0" --json jobs || return
    jq -e '.jobs' "$TMP/verb.out" >/dev/null || { echo "jobs: no document"; return 1; }
    goes "0 1 4 5" jobs resume none || return
    goes "0 1 4" --json put "$NETMENU_CARDS/A001C001_261122.MXF" || return
    goes "0" set server.2.host other.example.net || return
    goes "0" get server.2.host || return
    [ "$(cat "$TMP/verb.out")" = other.example.net ] || { echo "set does not hold"; return 1; }
}

# damaged_everywhere WORDS DAMAGE FILE...: at each of its bytes that are tried
damaged_everywhere()
{
    local words=$1 damage=$2 file at
    shift 2
    for at in $(some_bytes "$TMP/whole/$1"); do
        restore
        for file in "$@"; do
            "$damage" "$STATE/$file" "$at"
        done
        if ! every_verb || ! says "$words" "$(cat "$TMP/verb.err")"; then
            echo "with $* at $at"
            return 1
        fi
        stop_sender
    done
}

cut_at()
{
    truncate -s "$2" "$1"
}

# What a bad sector leaves: the length stays.
blot_at()
{
    head -c 16 /dev/urandom | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

check "settings.json cut" damaged_everywhere 'settings|last good' cut_at settings.json
check "secrets cut" damaged_everywhere 'password|secret|last good' cut_at secrets
check "settings.json and its copy cut" damaged_everywhere 'settings|lost' cut_at settings.json \
    settings.json.good
check "secrets and their copy cut" damaged_everywhere 'password|secret|lost' cut_at secrets \
    secrets.good
check "settings.json and its copy blotted" damaged_everywhere '.' blot_at settings.json \
    settings.json.good

# --- without passwords nothing goes, and it is said --------------------------------------------------------

restore
truncate -s 0 "$STATE/secrets" "$STATE/secrets.good"
ctl --json put "$NETMENU_CARDS/B.mxf" >"$TMP/out" 2>"$TMP/err"
is "secrets lost: put is refused" $? 4
is "secrets lost: the cause" "$(jq -r .error.code "$TMP/out")" no-password
printf 'Abcd1234\n' | ctl auth password - 2>/dev/null
ctl set server.1.password - <"$TMP/server/password"
check "secrets entered again: it goes" ctl put --wait "$NETMENU_CARDS/A001C001_261122.MXF"
stop_sender

# --- the certificate -------------------------------------------------------------------------------------

CERTIFICATE=$(cd "$STATE" && find . -name server-1.pem)

certificate_damaged()
{
    local at status
    for at in 0 1 100 700; do
        restore
        "$1" "$STATE/$CERTIFICATE" "$at"
        status=0
        ctl --json put --wait "$NETMENU_CARDS/A001C001_261122.MXF" >"$TMP/out" 2>"$TMP/err" || status=$?
        [ $status = 1 ] || { echo "at $at: status $status"; return 1; }
        says 'certificate' "$(cat "$TMP/err")" || return
        stop_sender
    done
}

STORED=$(stored "$TMP/server")
check "a certificate cut off is not used, and it is said" certificate_damaged cut_at
check "a certificate blotted is not used, and it is said" certificate_damaged blot_at
is "nothing was sent" "$(stored "$TMP/server")" "$STORED"

# --- records of jobs -------------------------------------------------------------------------------------

job_file()
{
    find "$STATE/spool" -type f -name "$1" | head -n 1
}

# damaged_job DAMAGE: the record of C; D is to go as if nothing were
damaged_job()
{
    local id other at
    for at in $(some_bytes "$TMP/whole/${CFILE#"$STATE/"}"); do
        restore
        rm -rf "$TMP/server/root"/{C,D}.mxf
        id=$(basename "$CFILE")
        "$1" "$(job_file "$id")" "$at"
        goes 0 --json jobs || return
        goes 0 jobs resume all || return
        wait_until 20 nothing_under_way || { echo "at $at: no end"; return 1; }
        cmp "$NETMENU_CARDS/D.mxf" "$TMP/server/root/D.mxf" || { echo "at $at"; return 1; }
        if [ -e "$TMP/server/root/C.mxf" ]; then # the byte did not matter
            cmp "$NETMENU_CARDS/C.mxf" "$TMP/server/root/C.mxf" || { echo "at $at"; return 1; }
        else
            other=$(find "$STATE/spool/corrupt" "$STATE/spool/failed" -name "$id" | wc -l)
            [ "$other" = 1 ] || { echo "at $at: the record is not kept"; return 1; }
        fi
        stop_sender
    done
}

restore
CFILE=$(grep -l 'C\.mxf' "$STATE"/spool/suspended/* | head -n 1)
check "a job's record cut off is set aside, and the next one goes" damaged_job cut_at
check "a job's record blotted is set aside or fails, and the next one goes" damaged_job blot_at

# --- things where folders or files should be ---------------------------------------------------------------

restore
echo junk >"$STATE/spool/ready/not-a-job"
mkdir "$STATE/spool/ready/a-folder"
mkfifo "$STATE/spool/ready/fifo"
: >"$STATE/spool/tmp/half"
check "strange things in the queue do no harm" ctl put --wait "$NETMENU_CARDS/A001C001_261122.MXF"
is "they are not jobs" "$(count completed)" 2
stop_sender

restore
rm -r "$STATE/spool"
check "without a queue a new one is made" ctl put --wait "$NETMENU_CARDS/A001C001_261122.MXF"
stop_sender

restore
rm "$STATE/settings.json" "$STATE/settings.json.good"
ln -s /dev/zero "$STATE/settings.json"
check "a device in the place of the settings" every_verb
restore
rm "$STATE/secrets"
mkfifo "$STATE/secrets"
check "a FIFO in the place of the secrets" every_verb
stop_sender
conclude
