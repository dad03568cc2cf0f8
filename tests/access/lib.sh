# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the tests of the gate share, besides tests/lib/test.sh: a unit whose state belongs to a user
# of its own, real services that ask netmenu-auth through the shipped PAM files, and their clients.
#
# The services run in mount and process namespaces, with passwd, pam.d and /run of their own (the
# inside of tests/servers/ftpd.sh), on free ports of loopback.

. "$(dirname "$0")/../lib/test.sh"

UNIT_UID=61235 # netmenu's user
USER_UID=61236 # whoever logs in
PASSWORD=Abcd1234

command -v jq >/dev/null || skip "jq is not installed"
SANITIZED=$(ldd "$BIN/netmenu-auth" | grep -c libasan || true)

# --- the unit -------------------------------------------------------------------------------------

# The programs lie in TMP, where the unit's user may read them.
new_gate()
{
    chmod 711 "$TMP"
    mkdir -p "$TMP/bin"
    cp "$BIN/netmenuctl" "$BIN/netmenu-auth" "$TMP/bin"
    STATE=$TMP/state
    RUN=$TMP/unit-run
    install -d -m 700 -o "$UNIT_UID" -g "$UNIT_UID" "$STATE" "$RUN"
    # pam_exec clears the environment; vsftpd limits the memory of what runs below it, of which a
    # sanitizer reserves terabytes
    cat >"$TMP/netmenu-auth" <<SH
#!/bin/sh
[ $SANITIZED = 0 ] || ulimit -v unlimited
ASAN_OPTIONS=detect_leaks=0 exec $TMP/bin/netmenu-auth --state-dir $STATE
SH
    chmod 755 "$TMP/netmenu-auth"
}

# netmenuctl as the unit's user
ctl()
{
    ASAN_OPTIONS=detect_leaks=0 setpriv --reuid=$UNIT_UID --regid=$UNIT_UID --clear-groups \
        "$TMP/bin/netmenuctl" --state-dir "$STATE" --run-dir "$RUN" "$@"
}

set_password()
{
    ctl auth password - <<<"$1"
}

lift()
{
    ctl auth resume --yes
}

# fact FILTER: of auth status
fact()
{
    ctl --json auth status | jq -c "$1"
}

# outcomes: of all attempts that are listed, the oldest first: "3 wrong" ...
outcomes()
{
    ctl --json auth log | jq -r '[.attempts[] | select(.outcome != "lifted")] |
        group_by(.outcome)[] | "\(map(.times) | add) \(.[0].outcome)"'
}

is_open()
{
    [ "$(fact .lock.state)" = '"open"' ]
}

# --- services -------------------------------------------------------------------------------------

need_services()
{
    [ "$(id -u)" = 0 ] || skip "sshd and vsftpd change their user: they need root (try sudo)"
    command -v ssh >/dev/null || skip "ssh is not installed"
    unshare --mount --pid --fork true 2>/dev/null || skip "no private namespaces here"
    [ -e "$BIN/pam_netmenu.so" ] || skip "no pam_netmenu.so: libpam0g-dev is not installed"
    SERVERS=$("$TOP/tests/servers/packages.sh") || skip "the servers' packages cannot be had"
}

SERVICE_PIDS=()

test_clean_up()
{
    local pid
    for pid in "${SERVICE_PIDS[@]}"; do
        kill -KILL "$pid" 2>/dev/null
    done
}

free_port()
{
    local port
    while :; do
        port=$((32100 + RANDOM % 600))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

answers()
{
    local line
    { exec 3<>"/dev/tcp/127.0.0.1/$1" && read -r -t 5 line <&3 && exec 3>&-; } 2>/dev/null &&
        case $line in "$2"*) true ;; *) false ;; esac
}

# accounts DIR: passwd and its like, and the shipped PAM files, which ask this test's unit
accounts()
{
    local name
    mkdir -p "$1/etc/pam.d" "$1/run/sshd" "$1/root" "$1/empty"
    cat >"$1/etc/passwd" <<CONF
root:x:0:0:root:/root:/bin/sh
admin:x:$USER_UID:$USER_UID:the unit's user:/mnt:/bin/sh
other:x:$((USER_UID + 1)):$USER_UID:somebody else:/mnt:/bin/sh
sshd:x:61238:65534::/run/sshd:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
CONF
    printf '%s\n' root:x:0: "users:x:$USER_UID:" nogroup:x:65534: >"$1/etc/group"
    printf '%s:*:19000:0:99999:7:::\n' root admin other sshd nobody >"$1/etc/shadow"
    for name in sshd vsftpd netmenu; do
        sed -e "s|[^ ]*/netmenu-auth|$TMP/netmenu-auth|" \
            -e "s|[^ ]*/pam_netmenu.so|$BIN/pam_netmenu.so helper=$TMP/netmenu-auth|" \
            "data/pam.d/$name" >"$1/etc/pam.d/$name"
    done
    chown "$USER_UID:$USER_UID" "$1/root"
}

# serve DIR PORT GREETING COMMAND...
serve()
{
    local dir=$1 port=$2 greeting=$3
    shift 3
    LD_LIBRARY_PATH=$(cat "$SERVERS/library-path") \
        setsid unshare --mount --pid --fork --kill-child "$TOP/tests/servers/ftpd.sh" inside \
        "$dir" "$dir/root" "$@" </dev/null >"$dir/log" 2>&1 &
    SERVICE_PIDS+=($!)
    disown
    wait_until 20 answers "$port" "$greeting" || { cat "$dir/log"; echo "no service"; exit 1; }
}

start_sshd()
{
    local dir=$TMP/sshd
    accounts "$dir"
    SSH_PORT=$(free_port)
    ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
    ssh-keygen -q -t ed25519 -N '' -f "$dir/login"
    cp "$dir/login.pub" "$dir/authorized"
    chmod 644 "$dir/authorized"
    cat >"$dir/sshd_config" <<CONF
ListenAddress 127.0.0.1:$SSH_PORT
HostKey $dir/key
PidFile none
UsePAM yes
UseDNS no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AuthorizedKeysFile $dir/authorized
StrictModes no
MaxStartups 100
MaxAuthTries 6
Subsystem sftp internal-sftp
CONF
    serve "$dir" "$SSH_PORT" SSH- "$SERVERS/usr/sbin/sshd" -D -e -f "$dir/sshd_config"
}

# As the manual sets it up.
start_vsftpd()
{
    local dir=$TMP/vsftpd
    accounts "$dir"
    FTP_PORT=$(free_port)
    cat >"$dir/vsftpd.conf" <<CONF
listen=YES
listen_address=127.0.0.1
listen_port=$FTP_PORT
background=NO
anonymous_enable=NO
local_enable=YES
guest_enable=YES
guest_username=admin
virtual_use_local_privs=YES
write_enable=YES
chroot_local_user=YES
allow_writeable_chroot=YES
local_root=/mnt
pam_service_name=vsftpd
secure_chroot_dir=$dir/empty
seccomp_sandbox=NO
isolate=NO
isolate_network=NO
pasv_min_port=32700
pasv_max_port=32760
delay_failed_login=0
max_login_fails=20
CONF
    serve "$dir" "$FTP_PORT" 220 "$SERVERS/usr/sbin/vsftpd" "$dir/vsftpd.conf"
}

# With the file for any other service.
start_proftpd()
{
    local dir=$TMP/proftpd
    accounts "$dir"
    FTP_PORT=$(free_port)
    cat >"$dir/proftpd.conf" <<CONF
ServerName netmenu-test
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
UseIPv6 off
Port $FTP_PORT
User nobody
Group nogroup
UseReverseDNS off
WtmpLog off
DelayEngine off
PidFile $dir/pid
ScoreboardFile $dir/scoreboard
SystemLog $dir/log
TransferLog none
AuthOrder mod_auth_pam.c* mod_auth_unix.c
AuthPAM on
AuthPAMConfig netmenu
RequireValidShell off
AllowOverwrite on
DefaultRoot /mnt
PassivePorts 32700 32760
CONF
    serve "$dir" "$FTP_PORT" 220 "$SERVERS/usr/sbin/proftpd" --nodaemon \
        --config "$dir/proftpd.conf"
}

# --- clients --------------------------------------------------------------------------------------

cat >"$TMP/askpass" <<'SH'
#!/bin/sh
printf '%s\n' "$GATE_PASSWORD"
SH
chmod 755 "$TMP/askpass"

# ssh_options USER
ssh_client()
{
    local program=$1 password=$2
    shift 2
    GATE_PASSWORD=$password SSH_ASKPASS=$TMP/askpass SSH_ASKPASS_REQUIRE=force DISPLAY=none \
        setsid -w "$program" -F none -o "Port=$SSH_PORT" -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o NumberOfPasswordPrompts=1 \
        -o ConnectTimeout=60 "$@"
}

# by_ssh PASSWORD [USER [SOURCE]]: log in and do something
by_ssh()
{
    [ "$(ssh_client ssh "$1" -o PreferredAuthentications=password -o "BindAddress=${3:-127.0.0.1}" \
        "${2:-admin}@127.0.0.1" echo inside 2>>"$TMP/clients.log")" = inside ]
}

by_key()
{
    [ "$(ssh_client ssh '' -o PreferredAuthentications=publickey -o IdentitiesOnly=yes \
        -i "$TMP/sshd/login" admin@127.0.0.1 echo inside 2>>"$TMP/clients.log")" = inside ]
}

by_sftp()
{
    echo "put $TMP/askpass from-sftp" | ssh_client sftp "$1" -o PreferredAuthentications=password \
        -o BatchMode=no -b - "${2:-admin}@127.0.0.1" >>"$TMP/clients.log" 2>&1
}

# by_ftp PASSWORD [USER [SOURCE]]
by_ftp()
{
    printf 'user = "%s:%s"\n' "${2:-admin}" "$1" |
        curl -sS -K - --max-time 20 --interface "${3:-127.0.0.1}" -T "$TMP/askpass" \
            "ftp://127.0.0.1:$FTP_PORT/from-curl" >>"$TMP/clients.log" 2>&1
}
