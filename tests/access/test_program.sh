#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# netmenu-auth by itself: whatever comes in, however it ends, the count holds.

. "$(dirname "$0")/lib.sh"

[ "$(id -u)" = 0 ] || skip "the unit's files belong to a user of their own: this needs root"
new_gate
set_password "$PASSWORD"

# ask [TYPE [USER [SOURCE]]]: standard input is the password, to its end
ask()
{
    env -i ASAN_OPTIONS=detect_leaks=0 PAM_SERVICE=test "PAM_TYPE=${1-auth}" \
        "PAM_USER=${2-admin}" "PAM_RHOST=${3-192.0.2.7}" \
        "$TMP/bin/netmenu-auth" --state-dir "$STATE"
}

type_in()
{
    printf '%b' "$1" | ask "${@:2}"
}

failures()
{
    fact .lock.failures
}

# as a new unit
afresh()
{
    rm -f "$STATE"/gate.json*
}

# --- passwords of every sort ----------------------------------------------------------------------

check "the right one" type_in "$PASSWORD"
check "with the NUL that some versions of pam_exec send" type_in "$PASSWORD\0"
is "nothing is counted" "$(failures)" 0
while read -r what bytes; do
    afresh
    refuse "$what" type_in "$bytes"
    is "it counts" "$(failures)" 1
done <<'ROWS'
nothing
NUL \0
two-NULs Abcd1234\0\0
NUL-inside Abcd\01234
more-behind-a-NUL Abcd1234\0x
line-end Abcd1234\n
CR-LF Abcd1234\r\n
blank-before \x20Abcd1234
part Abcd123
longer Abcd12345
other-case abcd1234
not-UTF-8 \xff\xfe\x80
escape \x1b[2J\x07
ROWS

large()
{
    head -c "$1" /dev/zero | tr '\0' A | ask
}
for size in 255 256 257 258 4096 1048576 20000000; do
    afresh
    refuse "$size bytes" large $size
    is "they count" "$(failures)" 1
done
right_and_more()
{
    { printf '%s\0' "$PASSWORD"; head -c 1048576 /dev/zero; } | ask
}
afresh
refuse "the right one with a megabyte behind it" right_and_more
is "it counts" "$(failures)" 1

closed_input()
{
    ask <&-
}
afresh
refuse "standard input closed" closed_input
is "it counts" "$(failures)" 1

# --- names, sources and types of every sort -------------------------------------------------------

try_name()
{
    type_in "$PASSWORD" auth "$1"
}
LONG=$(head -c 100000 /dev/zero | tr '\0' n)
for name in '' ' admin' 'admin ' Admin 'admin
admin' $'\x1b[31madmin' $'\xff\xfe' '%s%n' '../../etc/passwd' "$LONG"; do
    afresh
    refuse "a name that is not the unit's" try_name "$name"
    is "it counts" "$(failures)" 1
    check "its entry is safe to show" \
        not grep -q '[^ -~]' <(ctl --json auth log | jq -r '.attempts[0].user')
done

key_of()
{
    afresh
    type_in wrong auth admin "$1"
    fact '.sources[0].source'
}
is "an IPv6 source counts for its network" "$(key_of 2001:db8::1)" '"2001:db8::/64"'
is "an IPv4 one in IPv6 form is that one" "$(key_of ::ffff:192.0.2.7)" '"192.0.2.7"'
is "what only looks like an address is none" "$(key_of '192.0.2.7 ')" '"(name)"'
is "nor is a name" "$(key_of host.example.net)" '"(name)"'
is "nor is what shows one" "$(key_of $'198.51.100.1\r192.0.2.7')" '"(name)"'
is "nor is a long one" "$(key_of "$LONG")" '"(name)"'
is "no source is one, too" "$(key_of '')" '"(none)"'

flood()
{
    local i
    for i in $(seq 200); do
        type_in wrong auth admin "10.0.$((i / 100)).$((i % 100))" && return 1
        # somebody who logs in clears the account
        [ $((i % 3)) != 0 ] || type_in "$PASSWORD" auth admin 192.0.2.1
    done
    is "many sources: a bounded number is remembered" "$(fact '.sources | length')" 64
    is "which is no source" "$(fact '.others | has("source")')" false
    is "all others share a count" "$(fact '.others.failures >= 6')" true
    check "and the record stays small" [ "$(stat -c %s "$STATE/gate.json")" -lt 65536 ]
}
afresh
flood
afresh

for type in '' open_session password setcred AUTH; do
    refuse "type '$type' is not for us" type_in "$PASSWORD" "$type"
done
refuse "nor is none" env -i "$TMP/bin/netmenu-auth" --state-dir "$STATE"
refuse "an operand is wrong use" "$TMP/bin/netmenu-auth" now
refuse "an unknown option is wrong use" "$TMP/bin/netmenu-auth" --now
refuse "a folder that is not there" env PAM_TYPE=auth "$TMP/bin/netmenu-auth" --state-dir /no/such
is "nothing of that counts" "$(failures)" 0
check "the manual names the files of this configuration" not grep -q '@[a-z]*@' man/netmenu-auth.8
check "among them the record" grep -q '/lib/netmenu/gate.json$' man/netmenu-auth.8
check "as account it lets through without a password" ask account </dev/null

# --- a right one is right whatever the environment says -------------------------------------------

elsewhere()
{
    mkdir -p "$TMP/elsewhere"
    printf '%s' "$PASSWORD" | NETMENU_STATE_DIR=$TMP/elsewhere PAM_TYPE=auth PAM_USER=admin \
        ASAN_OPTIONS=detect_leaks=0 "$TMP/bin/netmenu-auth" --state-dir "$STATE"
}
check "the environment does not move the folder" elsewhere

# --- started by a program that is setuid ----------------------------------------------------------

# Whoever runs that program must not be able to stop ours, which may hold the lock file. It waits
# for its password here, and has given up all that it gives up by then.
becomes() # OWNER
{
    local pid status
    mkfifo "$TMP/held"
    install -d -m 700 -o "$1" -g "$1" "$TMP/owned"
    PAM_TYPE=auth PAM_USER=admin ASAN_OPTIONS=detect_leaks=0 \
        setpriv --ruid=$USER_UID --euid=0 --clear-groups \
        "$TMP/bin/netmenu-auth" --state-dir "$TMP/owned" <"$TMP/held" &
    pid=$!
    exec 7>"$TMP/held"
    wait_until 10 is_all "$pid" "$1"
    status=$?
    exec 7>&-
    wait $pid
    rm -rf "$TMP/held" "$TMP/owned"
    return $status
}
is_all()
{
    grep -q '^netmenu-auth' "/proc/$1/comm" &&
        grep -qP "^Uid:\t$2\t$2\t$2\t$2\$" "/proc/$1/status"
}
check "nothing of the user is left, where the folder is the unit's" becomes $UNIT_UID
check "nor where it is root's" becomes 0

# --- the clocks -----------------------------------------------------------------------------------

six_wrong()
{
    local i
    for i in 1 2 3 4 5 6; do
        type_in wrong && return 1
    done
    return 0
}
left()
{
    fact .lock.seconds_left
}

afresh
check "six wrong ones" six_wrong
refuse "the right one is refused" type_in "$PASSWORD"
refuse "as account, too" ask account </dev/null
if [ "$SANITIZED" = 0 ] && command -v faketime >/dev/null; then
    at()
    {
        DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1 faketime "$1" \
            "$TMP/bin/netmenuctl" --state-dir "$STATE" --run-dir "$RUN" --json auth status |
            jq -c '.lock.seconds_left > 0 and .lock.seconds_left <= 30'
    }
    chown -R 0:0 "$STATE" "$RUN" # faketime's own library is not for other users everywhere
    is "a clock of 1970 neither lifts nor lengthens" "$(at '1970-01-01 00:00:10')" true
    is "nor does one of 2000" "$(at '2000-01-01 00:00:00')" true
    is "nor does one of 2099" "$(at '2099-12-31 23:59:59')" true
    chown -R $UNIT_UID:$UNIT_UID "$STATE" "$RUN"
else
    echo "# no faketime: the time of day stays as it is"
fi

# another boot: the record is of one with another id, that ran for days
reboot_with()
{
    jq -c ".boot = \"another\" | .at_ms = 999999999 | $1" "$STATE/gate.json" >"$TMP/gate" &&
        cp "$TMP/gate" "$STATE/gate.json"
}
ran_ms=$(($(cut -d. -f1 /proc/uptime) * 1000))
reboot_with ".account.left_ms = 3600000 | .sources = []"
is "after a boot the wait goes on with what was left, less the time since" \
    "$([ "$(left)" -gt $((3600 - ran_ms / 1000 - 60)) ] || [ $ran_ms -gt 3500000 ] && echo yes)" yes
check "and is never longer than it was" [ "$(left)" -le 3600 ]
reboot_with ".account.left_ms = 99999999999 | .account.failures = 6"
is "a wait of years is a damaged record" "$(fact .lock.state)" '"damaged"'
check "lifted" lift

# time that passes without us (CLOCK_BOOTTIME of another time namespace)
later()
{
    unshare --time --boottime "$1" --monotonic "$1" --fork env -i ASAN_OPTIONS=detect_leaks=0 \
        PAM_SERVICE=test PAM_TYPE=auth PAM_USER=admin "$TMP/bin/netmenu-auth" \
        --state-dir "$STATE" <"$TMP/password"
}
printf '%s' "$PASSWORD" >"$TMP/password"
if unshare --time --boottime 5 --fork true 2>/dev/null; then
    check "six wrong ones" six_wrong
    refuse "20 s later the right one is still refused" later 20
    check "31 s later it is right" later 31
    afresh
else
    echo "# no time namespaces here: time passes at its own pace only"
fi

# --- a full disk, a read-only one ------------------------------------------------------------------

no_room()
{
    mkdir -p "$TMP/small"
    mount -t tmpfs -o size=64k,mode=700,uid=$UNIT_UID,gid=$UNIT_UID none "$TMP/small" || return
    cp -a "$STATE/." "$TMP/small" && chown $UNIT_UID:$UNIT_UID "$TMP/small" || return
    head -c 1000000 /dev/zero >"$TMP/small/fill" 2>/dev/null
    (STATE=$TMP/small && ! type_in "$PASSWORD" && ! type_in wrong) || return
    cmp "$STATE/gate.json" "$TMP/small/gate.json" || return # what was counted still is
    rm "$TMP/small/fill"
    (STATE=$TMP/small && type_in "$PASSWORD") || return
    mount -o remount,ro "$TMP/small" && ! (STATE=$TMP/small && type_in "$PASSWORD")
}
export -f no_room type_in ask
export TMP STATE UNIT_UID PASSWORD
check "six wrong ones, then as new" type_in "$PASSWORD"
check "what cannot be written down is refused, and nothing is lost" unshare --mount bash -c no_room

# --- killed at every step -------------------------------------------------------------------------

if [ "$SANITIZED" = 0 ] && command -v strace >/dev/null &&
    strace -f -o /dev/null -e trace=none true 2>/dev/null; then
    # kill_at CALL PASSWORD: killed at the first, second ... call of this kind: no answer, no harm,
    # at most one count, and the next attempt goes as it should
    kill_at()
    {
        local call=$1 password=$2 n=0 status=137 count
        while [ $status -gt 1 ]; do
            n=$((n + 1))
            afresh
            type_in wrong && return 1
            status=0
            printf '%s' "$password" | env -i PAM_SERVICE=test PAM_TYPE=auth PAM_USER=admin \
                PAM_RHOST=192.0.2.7 strace -f -o "$TMP/trace" -e trace="$call" \
                -e inject="$call:signal=KILL:when=$n" "$TMP/bin/netmenu-auth" --state-dir "$STATE" \
                || status=$?
            count=$(failures)
            case $status:$count in
            137:1 | 137:2) ;; # not yet counted, or counted: the attempt got no answer
            137:0) [ "$password" = "$PASSWORD" ] || return ;;
            0:0) [ "$password" = "$PASSWORD" ] || return ;;
            1:2) [ "$password" != "$PASSWORD" ] || return ;;
            *) echo "killed at $call $n: status $status, count $count"; return 1 ;;
            esac
            type_in "$PASSWORD" && [ "$(failures)" = 0 ] || return
        done
        [ "$n" -gt 1 ] # it was killed at all
    }
    for call in openat write fsync rename renameat unlink fchmod flock close read; do
        strace -o "$TMP/trace" -f -e trace=$call env -i PAM_TYPE=auth PAM_USER=admin \
            "$TMP/bin/netmenu-auth" --state-dir "$STATE" </dev/null
        afresh
        grep -q "$call" "$TMP/trace" || continue
        check "a wrong one, killed at every $call" kill_at $call wrong
        check "a right one, killed at every $call" kill_at $call "$PASSWORD"
    done

    # whoever kills it before each answer gains nothing: the password was looked at six times
    gain_nothing()
    {
        local i
        afresh
        for i in $(seq 20); do
            printf wrong | env -i PAM_TYPE=auth PAM_USER=admin strace -f -o /dev/null \
                -e trace=exit_group -e inject=exit_group:signal=KILL "$TMP/bin/netmenu-auth" \
                --state-dir "$STATE"
        done
        [ "$(fact '[.lock.failures, .lock.refused]')" = '[6,14]' ]
    }
    check "killed before each answer, it has counted each" gain_nothing
else
    echo "# no strace here: nothing is killed"
fi

finish
