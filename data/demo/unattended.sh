# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The main job without a person, in the demo environment: first set-up, certificate, secure protocol,
# upload, comparison. It prints what an operator would see, and succeeds only if every clip arrived
# byte for byte.

demo_unattended()
{
    say "First set-up: the unit's password"
    (umask 077 && printf 'Demo%s1\n' "$(openssl rand -hex 4)" >"$DEMO/password")
    ctl auth password - <"$DEMO/password"

    say "Server 1: certificate from the card, secure protocol on"
    ctl cert load 1
    ctl cert show 1
    ctl set server.1.secure on
    ctl list server.1

    say "Sending the clips of the card"
    ctl put --server 1 --wait "$DEMO"/card/XDROOT/*/*
    ctl jobs

    say "Comparing what arrived"
    demo_compare
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
