#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Unpack the FTP and SSH servers of the tests privately and print the folder they stand in.
#
#   tests/servers/packages.sh
#
# The Debian packages of the servers are not installed: they conflict with each other, and each
# would start a service. They are downloaded by apt and unpacked below the user's cache
# folder, together with those libraries that this machine does not have. Works offline from then on.
#
# Needs: apt with current lists, dpkg. Environment: XDG_CACHE_HOME.

set -eu

SERVERS=(vsftpd proftpd-core proftpd-mod-crypto pure-ftpd openssh-server)
PROGRAMS=(usr/sbin/vsftpd usr/sbin/proftpd usr/sbin/pure-ftpd usr/bin/pure-pw usr/sbin/sshd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/netmenu
FINAL=$CACHE/servers

# Every program is there and finds its libraries, also those that the machine itself is to have.
usable()
{
    local program
    for program in "${PROGRAMS[@]}"; do
        [ -x "$1/$program" ] || return 1
        if LD_LIBRARY_PATH=$(cat "$1/library-path") ldd "$1/$program" | grep -q 'not found'; then
            return 1
        fi
    done
}

# Names of the packages and of all libraries they need that are not installed.
wanted()
{
    local queue=("$@") seen=" " name dep
    while [ ${#queue[@]} -gt 0 ]; do
        name=${queue[0]}
        queue=("${queue[@]:1}")
        case $seen in *" $name "*) continue ;; esac
        seen="$seen$name "
        echo "$name"
        for dep in $(apt-cache depends --important "$name" | sed -n 's/^ *Depends: \(lib[^ ]*\)$/\1/p'); do
            dpkg-query -W -f '${db:Status-Abbrev}' "$dep" 2>/dev/null | grep -q '^ii' ||
                queue+=("$dep")
        done
    done
}

unpack()
{
    local work deb
    work=$(mktemp -d "$CACHE/.servers.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    chmod 755 "$work"
    mkdir "$work/debs"
    echo "packages.sh: downloading the FTP servers of the tests" >&2
    # shellcheck disable=SC2046 # a list of words
    if ! (cd "$work/debs" && apt-get -q download $(wanted "${SERVERS[@]}")) >"$work/log" 2>&1; then
        tail -n 10 "$work/log" >&2
        echo "packages.sh: the packages cannot be downloaded (run apt-get update as root?)" >&2
        exit 1
    fi
    for deb in "$work"/debs/*.deb; do
        dpkg -x "$deb" "$work/tree"
    done
    (cd "$work/tree" && find . -name 'lib*.so*' -printf "$FINAL/%P\n") | sed 's|/[^/]*$||' | sort -u |
        paste -sd: >"$work/tree/library-path"
    rm -rf "$FINAL"
    mv -T "$work/tree" "$FINAL"
}

mkdir -p "$CACHE"
exec 9>"$CACHE/servers.lock"
flock 9
if ! usable "$FINAL" 2>/dev/null; then
    unpack
    usable "$FINAL" || { echo "packages.sh: libraries are missing below $FINAL" >&2; exit 1; }
fi
echo "$FINAL"
