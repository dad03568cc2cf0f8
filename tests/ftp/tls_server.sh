# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# TLS servers for the tests of the engine's TLS: `openssl s_server` with what a test asks for, and
# what tls_connect says to them. Sourced after tests/lib/test.sh; CERTS is set by the test before it
# serves.

CONNECT=${top_builddir:-$PWD}/tests/ftp/tls_connect
SERVERS=()

command -v openssl >/dev/null || skip "no openssl"

test_clean_up()
{
    [ ${#SERVERS[@]} = 0 ] || kill "${SERVERS[@]}" 2>/dev/null
}

# serve CERT [OPTION]...: a server that echoes; sets PORT
serve()
{
    local cert=$1 out=$TMP/server.${#SERVERS[@]}
    shift
    openssl s_server -accept "${LISTEN:-localhost}:0" -rev -cert "$CERTS/$cert.pem" -key "$CERTS/$cert.key" \
        -cert_chain "$CERTS/$cert.pem" "$@" >"$out" 2>&1 </dev/null &
    SERVERS+=($!)
    if ! wait_until 10 grep -q '^ACCEPT .*:[0-9]' "$out"; then
        cat "$out"
        exit 1
    fi
    PORT=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$out" | head -n 1)
}

# says WHAT WANTED [ARGUMENT]...: tls_connect's output begins so
says()
{
    local what=$1 wanted=$2
    shift 2
    check "$what" begins "$wanted" "$@"
}

begins()
{
    local wanted=$1 got
    shift
    got=$("$CONNECT" "$@")
    case $got in
    "$wanted"*) return 0 ;;
    esac
    printf 'got:    %s\nwanted: %s\n' "$got" "$wanted"
    return 1
}
