# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the shell tests share. A test begins with
#
#   . "$(dirname "$0")/../lib/test.sh"
#
# and has from then on: TOP (the source tree), BIN (the programs built), TMP (a private folder) and
# the functions below. Whatever the test started is ended and TMP removed when it exits, however it
# does. Its exit status is 0, 1 (a check failed) or 77 (skipped: the machine lacks something).

set -u

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # for the tests
BIN=${NM_BIN:-$PWD/bin}
# shellcheck source=tests/lib/sender.sh
. "$TOP/tests/lib/sender.sh"

TMP=$(mktemp -d "${TMPDIR:-/tmp}/netmenu-test.XXXXXX")
SERVER_DIRS=()
RUN_DIRS=()
CHECKS=0
FAILED=0

clean_up()
{
    local dir
    for dir in "${RUN_DIRS[@]}"; do
        end_sender "$dir"
    done
    for dir in "${SERVER_DIRS[@]}"; do
        "$TOP/tests/servers/ftpd.sh" stop --dir "$dir"
    done
    if declare -F test_clean_up >/dev/null; then
        test_clean_up # the test's own part
    fi
    rm -rf "$TMP"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

skip()
{
    echo "SKIP: $*"
    exit 77
}

# check WHAT COMMAND...: the command succeeds
check()
{
    local what=$1
    shift
    CHECKS=$((CHECKS + 1))
    if "$@" >"$TMP/check.out" 2>&1; then
        echo "ok $CHECKS - $what"
    else
        FAILED=$((FAILED + 1))
        echo "not ok $CHECKS - $what"
        sed 's/^/#   /' "$TMP/check.out"
    fi
}

# refuse WHAT COMMAND...: the command fails
refuse()
{
    local what=$1
    shift
    check "$what" not "$@"
}

not()
{
    ! "$@"
}

# is WHAT GOT WANTED: two texts are the same
is()
{
    check "$1" same_text "$2" "$3"
}

same_text()
{
    [ "$1" = "$2" ] || { printf 'got:    %s\nwanted: %s\n' "$1" "$2"; return 1; }
}

# wait_until SECONDS COMMAND...: true as soon as the command succeeds
wait_until()
{
    local looks=$(($1 * 20))
    shift
    while ! "$@" >/dev/null 2>&1; do
        [ $looks -gt 0 ] || return 1
        looks=$((looks - 1))
        sleep 0.05
    done
}

# start_server KIND DIR [OPTION]...: as ftpd.sh start; sets PORT; a server that this machine cannot
# run skips the test
start_server()
{
    local kind=$1 dir=$2 status=0
    shift 2
    "$TOP/tests/servers/ftpd.sh" start "$kind" --dir "$dir" "$@" >"$TMP/start.out" 2>&1 || status=$?
    case $status in
    0) : ;;
    77) skip "$(cat "$TMP/start.out")" ;;
    *)
        cat "$TMP/start.out"
        echo "$kind did not start"
        exit 1
        ;;
    esac
    SERVER_DIRS+=("$dir")
    # shellcheck disable=SC2034 # for the tests
    PORT=$(cat "$dir/port")
}

# new_unit NAME: a unit as it leaves the factory, with a card; the programs find it by the
# environment. Its sender is ended with the test.
new_unit()
{
    export NETMENU_STATE_DIR=$TMP/$1/state NETMENU_RUN_DIR=$TMP/$1/run NETMENU_CARDS=$TMP/$1/card
    mkdir -p "$NETMENU_CARDS"
    RUN_DIRS+=("$NETMENU_RUN_DIR")
}

finish()
{
    echo "1..$CHECKS"
    [ "$FAILED" = 0 ]
    exit
}
