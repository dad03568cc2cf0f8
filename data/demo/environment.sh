# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The demo environment of ./quickstart: a unit as it leaves the factory (no password set), a memory
# card with clips and certification.pem, and a vsftpd with TLS on loopback, entered as Server 1.
# All of it stands in one temporary folder and is gone afterwards. The caller provides say, die and
# as_root.

DEMO=        # the folder
DEMO_USER=cam-a

demo_begin()
{
    DEMO=$(mktemp -d "${TMPDIR:-/tmp}/netmenu-demo.XXXXXX")
    trap demo_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    say "Preparing the demo: a memory card and an FTP server with TLS"
    export NETMENU_STATE_DIR=$DEMO/state NETMENU_RUN_DIR=$DEMO/run NETMENU_CARDS=$DEMO/card
    mkdir "$DEMO/card" "$DEMO/server"
    data/demo/card.sh "$DEMO/card"
    tests/servers/certs.sh "$DEMO/certs"
    cp "$DEMO/certs/ca.pem" "$DEMO/card/certification.pem"
    (umask 077 && openssl rand -hex 8 >"$DEMO/server-password")
    # vsftpd changes its user and so needs root. Its rate is that of a good network, bytes a second:
    # on loopback there would be nothing to see.
    as_root env "XDG_CACHE_HOME=$CACHE" tests/servers/ftpd.sh start vsftpd --dir "$DEMO/server" \
        --user "$DEMO_USER" --password-file "$DEMO/server-password" \
        --rate 20000000 --cert "$DEMO/certs/rsa.pem" --key "$DEMO/certs/rsa.key" >/dev/null
    demo_enter_server "$(cat "$DEMO/server/port")"
}

# Server 1, all but its certificate and the secure protocol, which are for the operator to set.
demo_enter_server()
{
    ctl set server.1.name "Demo vsftpd"
    ctl set server.1.host localhost
    ctl set server.1.port "$1"
    ctl set server.1.user "$DEMO_USER"
    ctl set server.1.password - <"$DEMO/server-password"
    ctl set server.1.dir /day-01
}

ctl()
{
    build/bin/netmenuctl "$@"
}

demo_end()
{
    set +e # whatever fails here, the rest is still to be done
    [ ! -S "$DEMO/tmux" ] || tmux -S "$DEMO/tmux" kill-server 2>/dev/null
    end_sender "$DEMO/run"
    as_root tests/servers/ftpd.sh stop --dir "$DEMO/server"
    as_root rm -rf "$DEMO"
}

demo_menu()
{
    local status=0
    cat <<TEXT

  The menu opens in a demo environment: $DEMO
  Server 1 is a real FTP server with TLS on this machine. To send the clips of the card:
  set a user name and password; then in Network > File Transfer > Server Settings1
  choose Root Certificate: Load, Using Secure Protocol: On, [Set]; then Transfer Clips.

TEXT
    read -r -p "  Press Enter "
    build/bin/netmenu || status=$?
    echo "What arrived on the server:"
    find "$DEMO/server/root" -type f -printf '  %10s  %P\n'
    return $status
}
