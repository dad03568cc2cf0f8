#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Cards and clips that are missing, unreadable, or not what they were: each is told by its name and
# cause, nothing is stored under a name that it does not deserve, and the others go on.

. "$(dirname "$0")/lib.sh"

make_certs

# --- cards -----------------------------------------------------------------------------------------

# answers STATUS CODE WORDS COMMAND...: netmenuctl fails soon, with this status, code and words
answers()
{
    local status=$1 code=$2 words=$3
    shift 3
    timeout 10 "$BIN/netmenuctl" --json "$@" >"$TMP/out" 2>"$TMP/err"
    is "$WHAT: $1: status" $? "$status"
    is "$WHAT: $1: the cause" "$(jq -r .error.code "$TMP/out")" "$code"
    check "$WHAT: $1: in words" says "$words" "$(cat "$TMP/err")"
}

installed()
{
    ctl --json cert show 1 | jq -r '.certificates[].sha256'
}

# bad_card WHAT STATUS CODE WORDS: on the card as it stands; the certificate of before stays
bad_card()
{
    WHAT=$1
    answers "$2" "$3" "$4" cert load 1
    is "$WHAT: the old certificate stays" "$(installed)" "$BEFORE"
    rm -rf "$NETMENU_CARDS/certification.pem"
}

try_cards()
{
    local card
    new_camera unit-cards
    card=$NETMENU_CARDS
    cp "$CERTS/ca.pem" "$card/certification.pem"
    check "a certificate from the card" ctl cert load 1
    BEFORE=$(installed)
    rm "$card/certification.pem"

    mkdir "$card/sub"
    cp "$CERTS/other-ca.pem" "$card/sub/certification.pem"
    cp "$CERTS/other-ca.pem" "$card/certificate.pem"
    bad_card "a card without certificate" 5 no-certificate-file 'certification\.pem'
    ln -s certificate.pem "$card/certification.pem"
    bad_card "a link" 1 not-a-file 'not an ordinary file'
    mkdir "$card/certification.pem"
    bad_card "a folder" 1 not-a-file 'not an ordinary file'
    mkfifo "$card/certification.pem"
    bad_card "a FIFO" 1 not-a-file 'not an ordinary file'
    ln -s /dev/zero "$card/certification.pem"
    bad_card "a device" 1 not-a-file 'not an ordinary file'
    : >"$card/certification.pem"
    bad_card "an empty file" 1 certificate-empty 'empty'
    {
        echo "-----BEGIN CERTIFICATE-----"
        head -c 1100000 /dev/zero | base64
        echo "-----END CERTIFICATE-----"
    } >"$card/certification.pem"
    bad_card "a certificate of a megabyte" 1 certificate-too-large 'larger'
    head -c 300000000 /dev/zero >"$card/certification.pem"
    bad_card "300 MB" 1 certificate-too-large 'larger'
    head -c 700 "$CERTS/other-ca.pem" >"$card/certification.pem"
    bad_card "half a certificate" 1 certificate-malformed 'damaged'
    cat "$CERTS/other-ca.pem" "$CERTS/rsa.key" >"$card/certification.pem"
    bad_card "a private key" 1 certificate-private-key 'private key'
    openssl x509 -in "$CERTS/other-ca.pem" -outform DER -out "$card/certification.pem"
    bad_card "DER" 1 certificate-der 'DER'
    openssl req -new -key "$CERTS/rsa.key" -subj /CN=x -out "$card/certification.pem"
    bad_card "a request" 1 certificate-other-kind 'not a certificate'

    export NETMENU_CARDS=$TMP/nowhere
    bad_card "no card" 5 no-card 'no memory card'
    answers 5 no-card 'no memory card' clips
    NETMENU_CARDS=$card
    WHAT="a card without clips"
    ctl --json clips >"$TMP/out" 2>"$TMP/err"
    is "$WHAT: status" $? 0
    is "$WHAT: none is listed" "$(jq '.clips | length' "$TMP/out")" 0
    check "$WHAT: it is said" says 'no clips' "$(ctl clips 2>&1)"
}

# --- clips that cannot be added ------------------------------------------------------------------------

# Without the rights of root over other's files.
as_anybody()
{
    if [ "$(id -u)" = 0 ]; then
        setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search \
            "$@"
    else
        "$@"
    fi
}

try_adding()
{
    local clips
    new_camera unit-adding
    ctl set server.1.host localhost
    clips=$NETMENU_CARDS
    echo good >"$clips/good.mxf"
    mkdir "$clips/folder.mxf"
    mkfifo "$clips/fifo.mxf"
    ln -s good.mxf "$clips/link.mxf"
    WHAT="adding"
    answers 5 clip-gone 'none\.mxf' put "$clips/good.mxf" "$clips/none.mxf"
    answers 1 not-a-file 'folder\.mxf' put "$clips/good.mxf" "$clips/folder.mxf"
    answers 1 not-a-file 'fifo\.mxf' put "$clips/good.mxf" "$clips/fifo.mxf"
    answers 1 not-a-file 'link\.mxf' put "$clips/good.mxf" "$clips/link.mxf"
    answers 1 not-a-file 'zero' put "$clips/good.mxf" /dev/zero
    echo secret >"$clips/closed.mxf"
    chmod 000 "$clips/closed.mxf"
    if as_anybody cat "$clips/closed.mxf" >/dev/null 2>&1; then
        echo "# nothing is unreadable here"
    else
        as_anybody "$BIN/netmenuctl" --json put "$clips/good.mxf" "$clips/closed.mxf" \
            >"$TMP/out" 2>"$TMP/err"
        is "adding an unreadable clip: status" $? 1
        is "adding an unreadable clip: the cause" "$(jq -r .error.code "$TMP/out")" clip-unreadable
        check "adding an unreadable clip: in words" says 'closed\.mxf cannot be read' \
            "$(cat "$TMP/err")"
    fi
    is "the good one was not added alone" "$(jobs_of '.jobs | length')" 0
    refuse "no sender was started for nothing" sender_runs
}

# --- clips that change while they wait --------------------------------------------------------------------

error_of()
{
    jobs_of ".jobs[] | select(.file | endswith(\"/$1.mxf\")) | .error.code"
}

try_waiting()
{
    local clips name
    serve vsftpd "$TMP/server" rsa
    new_camera unit-waiting
    enter_server "$TMP/server" on
    ctl set server.1.port 1 # nobody listens there
    clips=$NETMENU_CARDS
    for name in good gone closed link folder fifo shorter longer newer; do
        random_file "$clips/$name.mxf" 5000
        touch -d '1 hour ago' "$clips/$name.mxf"
    done
    as_anybody "$BIN/netmenuctl" put "$clips"/*.mxf >/dev/null
    check "they wait" wait_until 20 count_is deferred 1
    rm "$clips"/{gone,link,folder,fifo}.mxf
    chmod 000 "$clips/closed.mxf"
    ln -s good.mxf "$clips/link.mxf"
    mkdir "$clips/folder.mxf"
    mkfifo "$clips/fifo.mxf"
    truncate -s 4999 "$clips/shorter.mxf"
    echo more >>"$clips/longer.mxf"
    touch "$clips/newer.mxf"
    ctl set server.1.port "$PORT"
    check "all come to an end" wait_until 20 all_over
    is "only the good one went" "$(jobs_of '.jobs[] | select(.state == "completed") | .stored_name')" \
        good.mxf
    check "and is equal" cmp "$clips/good.mxf" "$TMP/server/root/good.mxf"
    is "gone while waiting" "$(error_of gone)" clip-gone
    is "a link while waiting" "$(error_of link)" not-a-file
    is "a folder while waiting" "$(error_of folder)" not-a-file
    is "a FIFO while waiting" "$(error_of fifo)" not-a-file
    is "shorter while waiting" "$(error_of shorter)" clip-changed
    is "longer while waiting" "$(error_of longer)" clip-changed
    is "newer while waiting" "$(error_of newer)" clip-changed
    if ! as_anybody cat "$clips/closed.mxf" >/dev/null 2>&1; then
        is "closed while waiting" "$(error_of closed)" clip-unreadable
        is "nothing else is stored" "$(stored "$TMP/server")" 1
    fi
    stop_sender
    stop_server "$TMP/server"
}

# --- clips that change while they are sent -------------------------------------------------------------------

BYTES=24000000 # more than what the sockets hold

shorten()
{
    truncate -s 1000000 "$1"
}

lengthen()
{
    echo more >>"$1"
}

# change_clip KIND HOW STATE: a clip changes half way, and another one follows
change_clip()
{
    local kind=$1 how=$2 dir=$TMP/slow-$1 clip
    WHAT="$kind, $how"
    new_camera "unit-$kind-$how"
    enter_server "$dir" on
    ctl set server.1.dir "$how"
    clip=$NETMENU_CARDS/A.mxf
    random_file "$clip" $BYTES
    cp "$clip" "$TMP/copy"
    random_file "$NETMENU_CARDS/B.mxf" 5000
    ctl put "$clip" "$NETMENU_CARDS/B.mxf" >/dev/null
    check "$WHAT: under way" wait_until 20 is_sending 1000
    "$how" "$clip"
    [ "$3" = failed ] || refuse "$WHAT: it is still under way" all_over
    check "$WHAT: both come to an end" wait_until 60 all_over
    if [ "$3" = completed ]; then
        is "$WHAT: both completed" "$(count completed)" 2
        check "$WHAT: it is what it was" cmp "$TMP/copy" "$dir/root/$how/A.mxf"
        is "$WHAT: nothing else is stored" "$(ls -A "$dir/root/$how")" $'A.mxf\nB.mxf'
    else
        is "$WHAT: it failed" "$(count failed)" 1
        is "$WHAT: the cause" "$(first_error code)" clip-changed
        check "$WHAT: in words" says 'A\.mxf has changed' "$(first_error text)"
        is "$WHAT: only the other is stored" "$(ls -A "$dir/root/$how")" B.mxf
    fi
    check "$WHAT: the other one is equal" cmp "$NETMENU_CARDS/B.mxf" "$dir/root/$how/B.mxf"
    [ "$FAILED" = 0 ] || show_state
    stop_sender
}

try_cards
try_adding
try_waiting
for kind in vsftpd proftpd pure-ftpd; do
    serve $kind "$TMP/slow-$kind" rsa --rate 8000000
    change_clip $kind shorten failed
done
PORT=$(cat "$TMP/slow-vsftpd/port")
change_clip vsftpd lengthen failed
change_clip vsftpd rm completed
conclude
