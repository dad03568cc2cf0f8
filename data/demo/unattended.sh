# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The main job without a person, in the demo environment: first set-up, certificate, secure protocol,
# upload, comparison, all by the menu's own keys. It prints what an operator would see, and succeeds
# only if every clip arrived byte for byte.

demo_unattended()
{
    (umask 077 && printf 'Demo%s1\n' "$(openssl rand -hex 4)" >"$DEMO/password")
    make -C build -s --no-print-directory tests/lib/cells2pgm >/dev/null

    menu_open 80 25
    demo_first_use
    demo_show_authentication
    demo_server
    demo_send
    menu_close

    say "What the sender says of each clip"
    demo_outcome
    say "Comparing what arrived"
    demo_compare
}

demo_first_use()
{
    say "First set-up: the unit's password"
    menu_wait 'First Set-up'
    menu_enter 'Input Password' 'Input Password +0/16'
    menu_type "$DEMO/password"
    menu_wait '8-16 ok +letter ok +digit ok'
    menu_print "Typing the password"
    menu_keys Enter
    menu_wait 'Repeat Password'
    menu_type "$DEMO/password"
    menu_keys Enter
    menu_wait 'Input Password +\*'
    menu_keys Tab Enter
    menu_wait 'The unit is set up'
    menu_keys Enter
    menu_wait '^ > Network Setup'
}

# The code is decoded from the screen, as a phone would from the display.
demo_show_authentication()
{
    local payload
    say "The authentication code"
    menu_enter 'Network Setup' 'Show Authentication'
    menu_enter 'Show Authentication' 'Is no one watching'
    menu_keys Tab Enter
    menu_wait 'hides in'
    menu_print "Show Authentication"
    screen capture-pane -e -p | build/tests/lib/cells2pgm >"$DEMO/qr.pgm"
    payload=$(zbarimg --quiet --raw "$DEMO/qr.pgm" 2>/dev/null) || die "zbarimg cannot read the code"
    case $payload in # the unit's address and host key follow where there are any
    "NM1:U:admin;P:$(cat "$DEMO/password");"*";") ;;
    *) die "the code holds something else: $payload" ;;
    esac
    echo "zbarimg reads it from the screen: user name and password are right"
    menu_keys Escape
    menu_wait '^ > Show Authentication'
    menu_keys Escape
    menu_wait '^ > Network Setup'
}

demo_server()
{
    say "Server 1: certificate from the card, secure protocol on"
    menu_enter 'File Transfer' 'Server Settings1'
    menu_enter 'Server Settings1' 'Display Name'
    menu_to 'Using Secure Protocol'
    menu_keys Enter
    menu_wait '> \* Off'
    menu_keys Down Enter
    menu_wait 'Using Secure Protocol +On'
    menu_to 'Root Certificate'
    menu_keys Enter
    menu_wait '> \* None'
    menu_keys Up Up Enter
    menu_wait 'SHA-256'
    menu_print "The certificate on the card"
    menu_keys Escape
    menu_wait 'Root Certificate +Load'
    menu_print "Server Settings1, before [Set]"
    menu_keys Tab Enter
    menu_wait 'Server Settings1: set'
}

demo_send()
{
    say "Sending the clips of the card"
    menu_keys Home
    menu_enter 'Transfer Clips' '\[ \] A001C001'
    menu_keys Tab Right Enter
    menu_wait '9 of 9'
    menu_print "Transfer Clips"
    menu_keys Right Enter
    menu_wait 'Send\?'
    menu_keys Enter
    menu_wait 'Job List'
    menu_wait '  [1-9][0-9]*% '
    menu_print "View Job List, while it sends"
    menu_wait '9 transfers completed'
    menu_print "View Job List, at the end"
    menu_keys Enter
    menu_wait 'Details'
    menu_keys Enter
    menu_wait 'Encryption'
    menu_print "Details of a job"
    menu_keys Escape Escape
}

demo_outcome()
{
    ctl jobs --json |
        jq -r '.jobs[] | "\(.state)  \(.file | split("/")[-1])  \(.bytes) bytes  \(.tls.version) \(.tls.suite)"'
    [ "$(ctl jobs --json | jq '[.jobs[] | select(.state == "completed" and .tls.suite != null)] | length')" = 9 ] ||
        die "not every job was completed with TLS"
}

# Every clip of the card stands below the server's root once, and is equal.
demo_compare()
{
    local file arrived bad=0
    for file in "$DEMO"/card/XDROOT/*/*; do
        arrived=$(find "$DEMO/server/root" -type f -name "$(basename "$file")")
        if cmp "$file" "$arrived"; then
            echo "equal: ${file#"$DEMO"/card/}"
        else
            bad=$((bad + 1))
        fi
    done
    [ $bad = 0 ] || die "$bad clips did not arrive as they were sent"
    say "Every clip arrived byte for byte"
}
