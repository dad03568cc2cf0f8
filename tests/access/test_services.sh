#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The gate as real services use it: sshd and vsftpd with the shipped PAM files, ssh, sftp and curl.

. "$(dirname "$0")/lib.sh"

need_services
[ "$SANITIZED" = 0 ] || (ulimit -v 204800 && ulimit -v unlimited) 2>/dev/null ||
    skip "vsftpd's limit on memory is too small for a sanitizer, and cannot be lifted here"
new_gate
start_sshd
start_vsftpd

# --- nothing without a password -------------------------------------------------------------------

refuse "no password set: ssh is refused" by_ssh "$PASSWORD"
refuse "no password set: an empty one, too" by_ssh ""
refuse "no password set: FTP is refused" by_ftp "$PASSWORD"
is "and nothing is counted" "$(fact .lock.failures)" 0

# --- right and wrong ------------------------------------------------------------------------------

check "a password is set" set_password "$PASSWORD"
check "ssh: the right one logs in" by_ssh "$PASSWORD"
check "sftp: the right one stores a file" by_sftp "$PASSWORD"
check "which has arrived" cmp "$TMP/askpass" "$TMP/sshd/root/from-sftp"
check "curl: the right one stores a file" by_ftp "$PASSWORD"
check "which has arrived" cmp "$TMP/askpass" "$TMP/vsftpd/root/from-curl"
check "a key logs in" by_key
refuse "ssh: a wrong one does not" by_ssh Abcd1235
refuse "sftp: a wrong one does not" by_sftp Abcd1235
refuse "curl: a wrong one does not" by_ftp Abcd1235
refuse "ssh: another account does not, with the unit's password" by_ssh "$PASSWORD" other
refuse "curl: an unknown name does not" by_ftp "$PASSWORD" nobody-here
is "each is counted once" "$(fact .lock.failures)" 5
is "for its source" "$(fact '.sources[] | [.source, .failures]')" '["127.0.0.1",5]'
SSHD_TWICE="sshd 127.0.0.1 admin,sshd 127.0.0.1 admin"
is "and listed with service, source and name" \
    "$(ctl --json auth log |
        jq -r '.attempts[:5][] | [.service, .source, .user] | join(" ")' | paste -sd,)" \
    "vsftpd 127.0.0.1 nobody-here,sshd 127.0.0.1 other,vsftpd 127.0.0.1 admin,$SSHD_TWICE"
check "a right one clears the count" by_ssh "$PASSWORD"
is "of the account and of the source" "$(fact '[.lock.failures, (.sources | length)]')" '[0,0]'

# --- locking --------------------------------------------------------------------------------------

six_wrong()
{
    local i
    for i in 1 2 3; do
        by_ftp "Wrong00$i" && return 1
        by_ssh "Wrong00$i" && return 1
    done
    [ "$(fact .lock.state)" = '"waiting"' ]
}

check "six wrong ones lock the unit" six_wrong
refuse "ssh: now the right one is refused" by_ssh "$PASSWORD"
refuse "curl: now the right one is refused" by_ftp "$PASSWORD"
refuse "from another address, too" by_ssh "$PASSWORD" admin 127.0.0.2
refuse "with a key, too" by_key
is "refusals count no further" "$(fact '[.lock.failures, .lock.refused]')" '[6,3]'
check "the time is served" wait_until 40 is_open
check "ssh: in again" by_ssh "$PASSWORD"
check "six wrong ones lock it again" six_wrong
refuse "the right one is refused" by_ftp "$PASSWORD"
check "lifted at the unit" lift
check "curl: in again" by_ftp "$PASSWORD"

# A right login from elsewhere frees the account, not the source that tries.
one_source()
{
    local i
    for i in 1 2 3 4 5 6; do
        by_ssh Wrong999 admin 127.0.0.3 && return 1
        by_ssh "$PASSWORD" || return
    done
}
check "one source tries while others log in" one_source
refuse "it is held off, with the right one, too" by_ssh "$PASSWORD" admin 127.0.0.3
check "others are not" by_ssh "$PASSWORD"
check "lifted at the unit" lift
check "it logs in" by_ssh "$PASSWORD" admin 127.0.0.3

# --- fifty at once --------------------------------------------------------------------------------

# at_once COMMAND...: 50 of them; fails when one succeeds
at_once()
{
    local i pids=() got_in=0
    for i in $(seq 50); do
        "$@" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        ! wait "$i" || got_in=$((got_in + 1))
    done
    [ "$got_in" = 0 ]
}
reset_list()
{
    lift && rm -f "$STATE/gate.json" # as a new unit
}

check "a new list" reset_list
check "fifty wrong ones at once by ssh: none gets in" at_once by_ssh Wrong999
is "six were looked at, all others refused" "$(outcomes | sort -n | paste -sd' ')" \
    "6 wrong 44 refused"
is "and counted exactly" "$(fact '[.lock.failures, .lock.refused]')" '[6,44]'
check "a new list" reset_list
check "fifty wrong ones at once by FTP: none gets in" at_once by_ftp Wrong999
is "six were looked at, all others refused" "$(outcomes | sort -n | paste -sd' ')" \
    "6 wrong 44 refused"

# --- changes take effect --------------------------------------------------------------------------

check "lifted" lift
check "another password is set" set_password Other567
refuse "ssh: the old one is wrong at the next login" by_ssh "$PASSWORD"
refuse "curl: the old one is wrong at the next login" by_ftp "$PASSWORD"
check "ssh: the new one is right" by_ssh Other567
check "curl: the new one is right" by_ftp Other567
check "another user name is set" ctl auth user other
refuse "the old name is wrong" by_ftp Other567
check "the new one is right" by_ftp Other567 other
check "by ssh as well, where there is such an account" by_ssh Other567 other

# --- damage ---------------------------------------------------------------------------------------

damage()
{
    printf '{"format":1,"bo' >"$STATE/gate.json"
}
check "the record is damaged" damage
refuse "ssh: everything is refused" by_ssh Other567 other
refuse "curl: everything is refused" by_ftp Other567 other
is "and the unit says so" "$(fact .lock.state)" '"damaged"'
check "lifted at the unit" lift
check "in again" by_ssh Other567 other
check "the damaged record is kept aside" grep -q '"bo$' "$STATE/gate.json.damaged"
# --- any other service ----------------------------------------------------------------------------

start_proftpd
check "the first user name again" ctl auth user admin
check "proftpd: the right one stores a file" by_ftp Other567
check "which has arrived" cmp "$TMP/askpass" "$TMP/proftpd/root/from-curl"
refuse "proftpd: a wrong one does not" by_ftp Other568
is "it is counted" "$(fact .lock.failures)" 1
check "and the right one logs in again" by_ftp Other567
is "all files belong to the unit's user" \
    "$(find "$STATE" ! -uid $UNIT_UID -o ! -gid $UNIT_UID)" ""

finish
