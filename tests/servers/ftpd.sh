#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Run a real FTP server on loopback for a test or for the demo, and end it again.
#
#   tests/servers/ftpd.sh start vsftpd|proftpd|pure-ftpd --dir DIR [OPTION]...
#   tests/servers/ftpd.sh stop --dir DIR
#
#   --dir DIR            folder of this server: its files, log, pid, port and password
#   --root DIR           folder that uploads arrive in (DIR/root); given to the server's user
#   --listen ADDRESS     where it listens: 127.0.0.1 or ::1 (127.0.0.1); 10.99.0.1 is the
#                        far host of tests/bench/delay.c, in a network namespace of its own
#   --max-sessions N     at most N control connections (no limit)
#   --port N             port of the control connection; 0 takes a free one (0)
#   --user NAME          the account (camera)
#   --password-file F    its password on one line (DIR/password, made by chance if there is none)
#   --tls on|off|1.N     TLS required, with any or this one version; off: plain FTP (on)
#   --cert F --key F     certificate (and chain) and key, PEM (rsa of certs.sh in DIR/certs)
#   --ciphers LIST       cipher list in OpenSSL's form
#   --reuse on|off       data connections must resume the control connection's session (on)
#   --restart on|off     REST before STOR is allowed; only proftpd can be told not to (on)
#   --rate N             at most N bytes per second for an upload (no limit)
#
# start waits for the server's greeting, prints "port=N" and "pid=N", and leaves both in DIR/port
# and DIR/pid. The log is DIR/log. stop ends that very process and all its children.
#
# The server runs in mount and process namespaces of its own: there, DIR/etc lies over the machine's
# passwd, group, shadow and pam.d, DIR/run over /run, and the root is /mnt. The machine's own files
# and services are left alone. vsftpd and pure-ftpd must change their user and need root; for proftpd
# a user namespace does, where the server's user is you. Exit status 77: it cannot be run here.

set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
SERVER_UID=61234   # in the namespace and on disk, when root starts it
PASSIVE_PORTS=(30000 31999)
WAIT_SECONDS=20

die()
{
    echo "ftpd.sh: $*" >&2
    exit 1
}

# This machine or this user cannot run it: 77, as a skipped test.
cannot()
{
    echo "ftpd.sh: $*" >&2
    exit 77
}

# --- arguments -----------------------------------------------------------------------------------

parse()
{
    DIR='' ROOT='' PORT=0 ACCOUNT=camera PASSWORD_FILE='' TLS=on CERT='' KEY='' CIPHERS='' REUSE=on
    RATE=0 RESTART=on LISTEN=127.0.0.1 MAX_SESSIONS=0
    while [ $# -gt 0 ]; do
        [ $# -ge 2 ] || die "$1 needs a value"
        case $1 in
        --dir) DIR=$2 ;;
        --root) ROOT=$2 ;;
        --listen) LISTEN=$2 ;;
        --port) PORT=$2 ;;
        --max-sessions) MAX_SESSIONS=$2 ;;
        --user) ACCOUNT=$2 ;;
        --password-file) PASSWORD_FILE=$2 ;;
        --tls) TLS=$2 ;;
        --cert) CERT=$2 ;;
        --key) KEY=$2 ;;
        --ciphers) CIPHERS=$2 ;;
        --reuse) REUSE=$2 ;;
        --restart) RESTART=$2 ;;
        --rate) RATE=$2 ;;
        *) die "unknown option $1" ;;
        esac
        shift 2
    done
    [ -n "$DIR" ] || die "--dir is missing"
    case $LISTEN in 127.* | ::1 | 10.99.0.*) ;; *) die "not an address of this machine alone: $LISTEN" ;; esac
    case $ACCOUNT in *[:/]* | '') die "not an account name: $ACCOUNT" ;; esac
    mkdir -p "$DIR"
    DIR=$(cd "$DIR" && pwd)
    ROOT=${ROOT:-$DIR/root}
}

# --- what every server needs ---------------------------------------------------------------------

prepare_password()
{
    if [ -z "$PASSWORD_FILE" ]; then
        PASSWORD_FILE=$DIR/password
        [ -e "$PASSWORD_FILE" ] || (umask 077 && openssl rand -hex 6 >"$PASSWORD_FILE")
    fi
    HASH=$(openssl passwd -6 -stdin <"$PASSWORD_FILE")
}

prepare_certificate()
{
    [ "$TLS" != off ] || return 0
    if [ -z "$CERT" ]; then
        "$HERE/certs.sh" "$DIR/certs"
        CERT=$DIR/certs/rsa.pem KEY=$DIR/certs/rsa.key
    fi
    if [ ! -r "$CERT" ] || [ ! -r "$KEY" ]; then
        die "certificate or key cannot be read: $CERT $KEY"
    fi
}

# Versions by OpenSSL's own configuration: vsftpd has no settings for them. (Nor has it one for DHE
# groups, which OpenSSL does not take from here: vsftpd does not do DHE.) The cipher list stands here
# too, as a security level in it is to hold before a server loads its certificate.
write_openssl_config()
{
    local version='' ciphers=''
    case $TLS in
    1.[0-3]) version="MinProtocol = TLSv$TLS
MaxProtocol = TLSv$TLS" ;;
    esac
    [ -z "$CIPHERS" ] || ciphers="CipherString = $CIPHERS"
    cat >"$DIR/openssl.cnf" <<CONF
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = ours
[ours]
$version
$ciphers
CONF
}

write_accounts()
{
    mkdir -p "$DIR/etc/pam.d" "$DIR/empty"
    cat >"$DIR/etc/passwd" <<CONF
$ACCOUNT:x:$OWNER:$OWNER:netmenu test:/mnt:/bin/sh
root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
CONF
    printf '%s\n' "camera:x:$OWNER:" root:x:0: nogroup:x:65534: >"$DIR/etc/group"
    (umask 077 && echo "$ACCOUNT:$HASH:19000:0:99999:7:::" >"$DIR/etc/shadow")
    printf '%s\n' 'auth required pam_unix.so' 'account required pam_unix.so' \
        'session required pam_permit.so' >"$DIR/etc/pam.d/vsftpd"
}

# A port on which nothing answers. Another program may take it before the server does: start tries
# again then.
free_port()
{
    local port
    while :; do
        port=$((20000 + RANDOM % 9000))
        (exec 3<>"/dev/tcp/$LISTEN/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# --- the servers: each writes its configuration and sets COMMAND ------------------------------------

prepare_vsftpd()
{
    [ "$(id -u)" = 0 ] || cannot "vsftpd runs only as root: it must change its user (try sudo)"
    local listen="listen=YES
listen_address=$LISTEN
pasv_address=$LISTEN"
    case $LISTEN in
    *:*) listen="listen=NO
listen_ipv6=YES
listen_address6=$LISTEN" ;;
    esac
    cat >"$DIR/vsftpd.conf" <<CONF
$listen
listen_port=$PORT
background=NO
anonymous_enable=NO
local_enable=YES
pam_service_name=vsftpd
write_enable=YES
local_umask=022
mdtm_write=YES
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir=$DIR/empty
seccomp_sandbox=NO
isolate=NO
isolate_network=NO
max_per_ip=$MAX_SESSIONS
pasv_min_port=${PASSIVE_PORTS[0]}
pasv_max_port=${PASSIVE_PORTS[1]}
connect_from_port_20=NO
local_max_rate=$RATE
xferlog_enable=YES
log_ftp_protocol=YES
vsftpd_log_file=$DIR/log
CONF
    [ "$TLS" = off ] || cat >>"$DIR/vsftpd.conf" <<CONF
ssl_enable=YES
force_local_logins_ssl=YES
force_local_data_ssl=YES
require_ssl_reuse=$([ "$REUSE" = on ] && echo YES || echo NO)
ssl_ciphers=${CIPHERS:-HIGH}
rsa_cert_file=$CERT
rsa_private_key_file=$KEY
debug_ssl=YES
CONF
    COMMAND=("$SERVERS/usr/sbin/vsftpd" "$DIR/vsftpd.conf")
}

prepare_proftpd()
{
    local kind=RSA
    (umask 077 && echo "$ACCOUNT:$HASH:$OWNER:$OWNER::/mnt:/bin/sh" >"$DIR/proftpd.passwd")
    cat >"$DIR/proftpd.conf" <<CONF
ModulePath $SERVERS/usr/lib/proftpd
LoadModule mod_tls.c
LoadModule mod_digest.c
ServerName netmenu-test
ServerType standalone
DefaultAddress $LISTEN
SocketBindTight on
UseIPv6 $(case $LISTEN in *:*) echo on ;; *) echo off ;; esac)
Port $PORT
User $([ "$(id -u)" = 0 ] && echo nobody || echo root)
Group $([ "$(id -u)" = 0 ] && echo nogroup || echo root)
UseReverseDNS off
WtmpLog off
DelayEngine off
PidFile $DIR/proftpd.pid
ScoreboardFile $DIR/proftpd.scoreboard
SystemLog $DIR/log
TransferLog none
ExtendedLog $DIR/log ALL
AuthUserFile $DIR/proftpd.passwd
AuthOrder mod_auth_file.c
RequireValidShell off
RootLogin on
DefaultRoot /mnt
PassivePorts ${PASSIVE_PORTS[0]} ${PASSIVE_PORTS[1]}
AllowOverwrite on
AllowStoreRestart $RESTART
Umask 022
CONF
    [ "$MAX_SESSIONS" = 0 ] || echo "MaxClientsPerHost $MAX_SESSIONS" >>"$DIR/proftpd.conf"
    [ "$RATE" = 0 ] || echo "TransferRate STOR,APPE,STOU $((RATE / 1024 + 1))" >>"$DIR/proftpd.conf"
    [ "$TLS" != off ] || return 0
    sed -n '/^-----BEGIN DH/,/^-----END DH/p' "$HERE/certs.sh" >"$DIR/dh2048.pem"
    ! openssl x509 -in "$CERT" -noout -text | grep -q id-ecPublicKey || kind=EC
    cat >>"$DIR/proftpd.conf" <<CONF
TLSEngine on
TLSRequired on
TLSLog $DIR/log
TLSProtocol $(case $TLS in on) echo TLSv1.2 TLSv1.3 ;; *) echo "TLSv$TLS" ;; esac)
TLSCipherSuite ${CIPHERS:-HIGH}
TLS${kind}CertificateFile $CERT
TLS${kind}CertificateKeyFile $KEY
TLSDHParamFile $DIR/dh2048.pem
TLSRenegotiate none
TLSVerifyClient off
CONF
    [ "$REUSE" = on ] || echo "TLSOptions NoSessionReuseRequired" >>"$DIR/proftpd.conf"
}

prepare_pure_ftpd()
{
    [ "$(id -u)" = 0 ] || cannot "pure-ftpd runs only as root: it must change its user (try sudo)"
    (umask 077 && echo "$ACCOUNT:$HASH:$OWNER:$OWNER::/mnt/./::::::::::::" >"$DIR/pure.passwd")
    LD_LIBRARY_PATH=$LIBRARIES "$SERVERS/usr/bin/pure-pw" mkdb "$DIR/pure.pdb" -f "$DIR/pure.passwd"
    COMMAND=("$SERVERS/usr/sbin/pure-ftpd" --bind "$LISTEN,$PORT" --login "puredb:$DIR/pure.pdb"
        --noanonymous --chrooteveryone --dontresolve --minuid 100 --umask 133:022 --nochmod
        --passiveportrange "${PASSIVE_PORTS[0]}:${PASSIVE_PORTS[1]}"
        --pidfile "$DIR/pure.pid" --altlog "clf:$DIR/log")
    case $LISTEN in *:*) COMMAND+=(--ipv6only) ;; *) COMMAND+=(--ipv4only) ;; esac
    [ "$MAX_SESSIONS" = 0 ] || COMMAND+=(--maxclientsperip "$MAX_SESSIONS")
    [ "$RATE" = 0 ] || COMMAND+=(--userbandwidth "$((RATE / 1024 + 1)):")
    if [ "$TLS" = off ]; then
        COMMAND+=(--tls 0)
    else
        (umask 077 && cat "$KEY" "$CERT" >"$DIR/pure.pem")
        COMMAND+=(--tls 3 --certfile "$DIR/pure.pem" --tlsciphersuite "${CIPHERS:-HIGH}")
    fi
}

prepare()
{
    case $1 in
    vsftpd) prepare_vsftpd ;;
    proftpd)
        prepare_proftpd
        COMMAND=("$SERVERS/usr/sbin/proftpd" --nodaemon --config "$DIR/proftpd.conf")
        ;;
    pure-ftpd) prepare_pure_ftpd ;;
    *) die "unknown server: $1" ;;
    esac
}

# --- start and stop ------------------------------------------------------------------------------

# Runs in the namespaces as their first process. The server is its child: vsftpd dies of orphaned
# processes that it has not started, and the first process inherits them.
inside()
{
    local dir=$1 root=$2 name
    shift 2
    for name in passwd group shadow pam.d; do
        [ -e "/etc/$name" ] || die "this machine has no /etc/$name to lay ours over"
        mount --bind "$dir/etc/$name" "/etc/$name"
    done
    case $dir/ in
    /run/*) ;; # ours is in there
    *) mkdir -p "$dir/run" && mount --bind "$dir/run" /run ;; # sockets and folders of fixed names
    esac
    mount --bind "$root" /mnt
    cd /
    "$@" <&0 &
    wait $!
}

launch()
{
    local namespaces=(--mount --pid --fork --kill-child)
    [ "$(id -u)" = 0 ] || namespaces+=(--user --map-root-user)
    unshare "${namespaces[@]}" true 2>>"$DIR/log" ||
        cannot "no private namespaces here: $(tail -n 1 "$DIR/log") (run as root, or allow user namespaces)"
    # vsftpd tells what is wrong with its configuration on descriptor 0.
    LD_LIBRARY_PATH=$LIBRARIES OPENSSL_CONF=$DIR/openssl.cnf \
        setsid unshare "${namespaces[@]}" "$HERE/ftpd.sh" inside "$DIR" "$ROOT" "${COMMAND[@]}" \
        0<>"$DIR/output" 1>&0 2>&0 3>&- 9>&- &
    PID=$!
    disown # the shell is not to tell of its end
}

started_at()
{
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

# The greeting, not only an open port.
answers()
{
    local line
    { exec 3<>"/dev/tcp/$LISTEN/$PORT" && read -r -t 5 line <&3 && exec 3>&-; } 2>/dev/null &&
        case $line in 220*) true ;; *) false ;; esac
}

wait_for_greeting()
{
    local tries=$((WAIT_SECONDS * 20))
    while [ $tries -gt 0 ] && kill -0 "$PID" 2>/dev/null; do
        (answers) && return 0
        sleep 0.05
        tries=$((tries - 1))
    done
    return 1
}

start()
{
    local kind=${1:?which server?} wanted tries
    shift
    parse "$@"
    wanted=$PORT
    [ ! -e "$DIR/pid" ] || die "$DIR/pid is there: stop it first"
    SERVERS=$("$HERE/packages.sh")
    LIBRARIES=$(cat "$SERVERS/library-path")
    OWNER=0
    mkdir -p "$ROOT"
    if [ "$(id -u)" = 0 ]; then
        OWNER=$SERVER_UID
        chown "$OWNER:$OWNER" "$ROOT"
    fi
    prepare_password
    prepare_certificate
    write_openssl_config
    write_accounts
    for tries in 1 2 3; do
        [ "$wanted" != 0 ] || PORT=$(free_port)
        prepare "$kind"
        launch
        if wait_for_greeting; then
            echo "$PID $(started_at "$PID")" >"$DIR/pid"
            echo "$PORT" >"$DIR/port"
            echo "$LISTEN" >"$DIR/listen"
            printf 'port=%s\npid=%s\n' "$PORT" "$PID"
            return
        fi
        kill -KILL "$PID" 2>/dev/null || true
        [ "$wanted" = 0 ] || break
    done
    tail -n 15 "$DIR/output" "$DIR/log" >&2 2>/dev/null || true
    die "$kind does not answer on port $PORT after $tries tries (see $DIR/log)"
}

# unshare's end takes the first process of the process namespace with it, and that one all others.
stop()
{
    local pid since
    parse "$@"
    [ -e "$DIR/pid" ] || return 0
    read -r pid since <"$DIR/pid"
    PORT=$(cat "$DIR/port")
    LISTEN=$(cat "$DIR/listen")
    if [ "$(started_at "$pid")" = "$since" ]; then
        kill -KILL "$pid"
        for _ in $(seq $((WAIT_SECONDS * 20))); do
            (answers) || break
            sleep 0.05
        done
    fi
    rm -f "$DIR/pid" "$DIR/port" "$DIR/listen"
}

case ${1:-} in
start | stop | inside) "$@" ;;
*) sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
