#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The unit's own user name and password, and that nothing networked goes without it.

. "$(dirname "$0")/lib.sh"

new_unit unit
echo clip >"$NETMENU_CARDS/A001.MXF"

# --- before a password is set
for verb in "put $NETMENU_CARDS/A001.MXF" "jobs retry all" "jobs resume all" "auth show --yes"; do
    # shellcheck disable=SC2086
    status 4 "without a password: $verb" ctl $verb
    says "the reason" "No password has been set"
done
status 4 "as a document" ctl --json put "$NETMENU_CARDS/A001.MXF"
json "with the code" .error.code no-password
status 0 "what is not networked goes" ctl jobs
status 0 "clips too" ctl clips

# --- the rules
while read -r password rule; do
    status 3 "the password $password" ctl auth password - <<<"$password"
    says "the rule is told" "$rule"
done <<'TABLE'
Abcd123 8 to 16
Abcd1234567890123 8 to 16
abcdefgh letter
12345678 letter
Abcd;1234 A-Z a-z
TABLE
status 2 "in the command line" ctl auth password Abcd1234
refuse "a refused password is not shown again" holds "$ERR" Abcd1234
status 2 "no password at all" ctl auth password - </dev/null
status 4 "after all that there is still none" ctl auth show --yes
status 0 "a good one" ctl auth password - <<<"Abcd!%+,-.=_1"
status 0 "one from a file, with a CR LF" ctl auth password --file <(printf 'Abcd1234\r\n')
status 3 "a user name with a space" ctl auth user "a b"
status 3 "one that is too long" ctl auth user 12345678901234567
status 0 "a good one" ctl auth user operator-1

# --- showing it
export NETMENU_SSH_DIR=$TMP/ssh
# the address is this machine's own: it is left out where texts are compared
no_address()
{
    sed -E -e '/^Address:/d' -e 's/H:(\\.|[^\\;])*;//' <<<"$1"
}
status 2 "without a terminal it asks for --yes" ctl auth show </dev/null
status 0 "with --yes" ctl auth show --yes
is "user name, password, payload" "$(no_address "$OUT" | sed 's/^[^:]*: *//' | paste -sd ' ')" \
    "operator-1 Abcd1234 NM1:U:operator-1;P:Abcd1234;;"
status 0 "as a document" ctl --json auth show --yes --qr
is "with the payload" "$(no_address "$(jq -r .payload <<<"$OUT")")" "NM1:U:operator-1;P:Abcd1234;;"
if command -v ssh-keygen >/dev/null; then
    mkdir "$TMP/ssh"
    ssh-keygen -q -t ecdsa -N '' -C 'a unit' -f "$TMP/ssh/ssh_host_ecdsa_key"
    PRINTED=$(ssh-keygen -l -f "$TMP/ssh/ssh_host_ecdsa_key.pub")
    SHORT=$(sed 's/.*SHA256:\([^ ]*\) .*/\1/' <<<"$PRINTED" | cut -c1-22 | tr +/ -_)
    status 0 "with an SSH host key" ctl --json auth show --yes
    json "as ssh-keygen -l prints it" .host_key "$PRINTED"
    is "and in the payload" "$(no_address "$(jq -r .payload <<<"$OUT")")" \
        "NM1:U:operator-1;P:Abcd1234;F:$SHORT;;"
    status 0 "as text" ctl auth show --yes
    check "the same" grep -qxF "Host key:  $PRINTED" "$TMP/out"
    echo "ssh-rsa AAAA" >"$TMP/ssh/ssh_host_ecdsa_key.pub"
    status 0 "with a damaged one" ctl --json auth show --yes
    json "it is left out" .host_key null
    rm -r "$TMP/ssh"
fi
status 0 "the code" ctl auth show --yes --qr
ESC=$(printf '\033')
check "half blocks, black on white" grep -q "^$ESC\[30;47m.*▀" "$TMP/out"
check "each line ends in the terminal's own colours" \
    test "$(grep -c "47m" "$TMP/out")" = "$(grep -c "$ESC\[0m$" "$TMP/out")"
LC_ALL=C status 0 "the code where there are no blocks" ctl auth show --yes --qr
refuse "is ASCII" grep -qP '[^\x00-\x7f]' "$TMP/out"
check "of two colours" grep -q "30;47m  .*37;40m  " "$TMP/out"

# --- a generated one
status 0 "generate" ctl auth generate
status 0 "show it" ctl --json auth show --yes
check "16 characters, a letter, a digit" grep -qE '"password":"[A-Za-z0-9!%+,.=_-]{16}"' "$TMP/out"
refuse "it is in no file in clear" \
    grep -rqF "$(jq -r .password "$TMP/out")" "$NETMENU_STATE_DIR"

# --- typed on a terminal
if command -v expect >/dev/null; then
    # typed FIRST SECOND: type two passwords
    typed()
    {
        BIN=$BIN FIRST=$1 SECOND=$2 expect -c '
            set timeout 20
            spawn $env(BIN)/netmenuctl auth password -
            expect -exact "Password: "
            send -- "$env(FIRST)\r"
            expect -exact "Once more: "
            send -- "$env(SECOND)\r"
            expect eof
            exit [lindex [wait] 3]'
    }
    status 0 "typed twice" typed Typed123 Typed123
    refuse "it is not shown while typed" holds "$OUT" Typed123
    is "and set" "$(ctl --json auth show --yes | jq -r .password)" Typed123
    status 2 "typed differently" typed Typed456 Typed457
    is "nothing is changed" "$(ctl --json auth show --yes | jq -r .password)" Typed123

    # Ctrl-C at the prompt: the terminal shows again what is typed
    interrupted()
    {
        BIN=$BIN expect -c '
            set timeout 20
            spawn sh -c {trap : INT; $BIN/netmenuctl auth password -; stty -a}
            expect -exact "Password: "
            send "\003"
            expect {
                " echo " { exit 0 }
                -- "-echo " { exit 1 }
                eof { exit 1 }
            }'
    }
    check "interrupted, the terminal is as before" interrupted

    refused()
    {
        BIN=$BIN expect -c '
            set timeout 20
            spawn $env(BIN)/netmenuctl auth show
            expect "no one watching"
            send "\r"
            expect eof
            exit [lindex [wait] 3]'
    }
    status 1 "the question, answered by Enter, is No" refused
    refuse "and shows nothing" holds "$OUT" Typed123
fi

finish
