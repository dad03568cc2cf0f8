#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A battery pulled between any two steps of a change: the old settings or the new, never a mixture,
# and nothing to repair. The program is killed at each system call that changes something.

. "$(dirname "$0")/lib.sh"

command -v strace >/dev/null || skip "strace is not installed"
! ldd "$BIN/netmenuctl" | grep -q libasan || skip "the sanitizer does not run under strace"

strace -f -o /dev/null -e trace=none true 2>/dev/null || skip "strace may not trace here"

new_unit unit
STATE=$NETMENU_STATE_DIR
printf 'Oldpass11\n' | ctl auth password -
printf 'server-secret\n' | ctl set server.1.password -
ctl set server.1.host old.example.net
cp -a "$STATE" "$TMP/before"

# whole VERB...: netmenuctl answers, and has nothing to tell about damage
whole()
{
    ctl "$@" 2>"$TMP/err" || return
    [ ! -s "$TMP/err" ] || { cat "$TMP/err"; return 1; }
}

# what_holds: the three values that the changes below touch
what_holds()
{
    echo "$(whole --json auth show --yes | jq -r .password) $(whole get server.1.host)" \
        "$(whole get server.1.password)"
}
BEFORE="Oldpass11 old.example.net (set)"

# kill_at CALL AFTER VERB...: make the change, killed at the first, second ... call of this kind:
# then all is as before it or all as after it, and the next change goes through
kill_at()
{
    local call=$1 after=$2 n=0 status=1 held
    shift 2
    while [ $status != 0 ]; do
        n=$((n + 1))
        rm -rf "$STATE"
        cp -a "$TMP/before" "$STATE"
        status=0
        strace -f -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$n" \
            "$BIN/netmenuctl" "$@" <<<"Newpass22" >/dev/null 2>&1 || status=$?
        held=$(what_holds)
        [ "$held" = "$BEFORE" ] || [ "$held" = "$after" ] || {
            echo "killed at $call $n: $held"
            return 1
        }
        [ "$status" != 0 ] || same_text "$held" "$after" || return
        ctl set server.1.dir /next && [ "$(whole get server.1.dir)" = /next ] || return
        [ -z "$(find "$STATE" -name '*.new.*')" ] || return
    done
    [ "$n" -gt 3 ] # it was killed at all
}

for call in fsync rename write openat; do
    check "a new password, killed at every $call" \
        kill_at "$call" "Newpass22 old.example.net (set)" auth password -
    check "host and password at once, killed at every $call" \
        kill_at "$call" "Oldpass11  (not set)" reset server.1
done

# --- a settings file: values, the password that goes with them and certificates, all as one

"$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null
ctl cert load 1 --file "$TMP/certs/other-ca.pem" >/dev/null
ctl cert load 2 --file "$TMP/certs/other-ca.pem" >/dev/null
ctl set server.1.host old.example.net
rm -rf "$TMP/before"
cp -a "$STATE" "$TMP/before"
jq -n --rawfile pem "$TMP/certs/ca.pem" '{netmenu: "settings", format: 1,
    values: {"server.1.host": "new.example.net", "server.3.host": "three.example.net"},
    certificates: {"server.1": $pem, "server.2": "", "server.3": $pem}}' >"$TMP/file.json"

certificate()
{
    whole --json cert show "$1" 2>/dev/null | jq -r '.certificates[0].subject // "none"'
}
what_holds()
{
    echo "$(whole get server.1.host) $(whole get server.3.host) $(whole get server.1.password)" \
        "$(certificate 1), $(certificate 2), $(certificate 3)"
}
BEFORE=$(what_holds)
NEW=$(openssl x509 -in "$TMP/certs/ca.pem" -noout -subject -nameopt RFC2253 | sed 's/^subject=//')
after="new.example.net three.example.net (not set)"
ctl import "$TMP/file.json" --yes >/dev/null
AFTER=$(what_holds)
check "the file does what it says" [ "${AFTER#"$after"}" != "$AFTER" ]
check "also to the certificates" [ "$AFTER" != "${AFTER#*"${NEW##*CN=}"}" ]
for call in fsync rename write; do
    check "a settings file, killed at every $call" kill_at "$call" "$AFTER" import \
        "$TMP/file.json" --yes
done

finish
