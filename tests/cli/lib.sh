# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the tests of netmenuctl share, besides tests/lib/test.sh.

. "$(dirname "$0")/../lib/test.sh"

ctl()
{
    "$BIN/netmenuctl" "$@"
}

# status WANTED WHAT COMMAND...: the exit status; what it printed is in $OUT and $ERR afterwards
status()
{
    local wanted=$1 what=$2 got=0
    shift 2
    "$@" >"$TMP/out" 2>"$TMP/err" || got=$?
    OUT=$(cat "$TMP/out")
    ERR=$(cat "$TMP/err")
    check "$what" same_status "$got" "$wanted"
}

same_status()
{
    [ "$1" = "$2" ] && return
    printf 'status %s instead of %s\n' "$1" "$2"
    cat "$TMP/out" "$TMP/err"
    return 1
}

# says WHAT TEXT: the message on stderr holds this text
says()
{
    check "$1" holds "$ERR" "$2"
}

holds()
{
    case $1 in
    *"$2"*) : ;;
    *)
        printf 'got:    %s\nwanted: ...%s...\n' "$1" "$2"
        return 1
        ;;
    esac
}

# json WHAT FILTER WANTED: one document was printed, and jq's filter gives this text
json()
{
    is "$1" "$(jq -rs 'if length == 1 then .[0] | '"$2"' else "not one document" end' <<<"$OUT" \
        2>&1)" "$3"
}

set_password()
{
    printf 'Abcd1234\n' | ctl auth password -
}

command -v jq >/dev/null || skip "jq is not installed"
