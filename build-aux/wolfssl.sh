#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Build wolfSSL once, for netmenu, into the user's cache folder. Debian 12's own library lacks four
# of the fifteen cipher suites of the camera's guide and has no assembly.
#
#   build-aux/wolfssl.sh            build if not yet built; print the prefix
#   build-aux/wolfssl.sh --print    print the prefix of what is built, or fail; touches no network
#   build-aux/wolfssl.sh --update   ask the archive for a newer revision even if one is built
#
# Standard output carries the prefix and nothing else (include/ and lib/libwolfssl.a are below it).
# The source is Debian 13's source package, from the archive that this machine's apt uses already.
# apt verifies it against the Debian archive keys, with a configuration of its own in a temporary
# folder: the machine's sources, lists and caches are read and never changed.
#
# Needs: apt, dpkg-dev, debian-archive-keyring, gcc, make, autoconf, automake, libtool.
# Environment: XDG_CACHE_HOME, TMPDIR.

set -eu
umask 022

UPSTREAM=5.7.2
SUITE=trixie
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/netmenu

# TLS 1.2 and 1.3 for a client; AES, SHA-1 (HMAC and old certificates) and SHA-2; RSA, DHE, ECDHE
# and ECDSA; no other cipher, no TLS 1.1 or older. pwdbased and scrypt serve the settings file.
OPTIONS="--enable-static --disable-shared --disable-examples --disable-crypttests
  --enable-tls13 --disable-oldtls --enable-session-ticket --enable-sni --enable-alpn
  --enable-extended-master --enable-renegotiation-indication
  --enable-opensslextra=x509small --enable-sp=2048,256 --enable-pwdbased --enable-scrypt
  --disable-chacha --disable-poly1305 --disable-sha224 --disable-sha3 --disable-shake128
  --disable-shake256 --disable-des3 --disable-md5 --disable-md4 --disable-arc4 --disable-psk
  --disable-pkcs12 --disable-oldnames --disable-asn-print --disable-sys-ca-certs --disable-crl"

# STATIC_RSA: the four suites with RSA key transport. IP_ALT_NAME: servers named by
# address. SESSION_CERTS, KEEP_PEER_CERT: the peer's certificates can be looked at. ALT_CERT_CHAINS: a
# certificate in the chain that nobody trusts does no harm when the leaf is signed by one that is
# trusted (an imported intermediate, an old cross-signed root). NO_WOLFSSL_SERVER: code that a client
# cannot need.
# TICKET_NONCE_MALLOC: TLS 1.3 tickets with a nonce above eight bytes, as servers on rustls send
# them; without it the connection is given up.
# PYTHON (since 5.7.4: ASN_ALLOW_0_SERIAL): takes serial number 0, which well-known roots have (Go
# Daddy, Starfield, SECOM); in 5.7.2 it does nothing else to what netmenu calls.
DEFINES="-DWOLFSSL_STATIC_RSA -DWOLFSSL_IP_ALT_NAME \
-DKEEP_PEER_CERT -DSESSION_CERTS -DNO_WOLFSSL_SERVER \
-DWOLFSSL_TICKET_NONCE_MALLOC -DWOLFSSL_PYTHON -DWOLFSSL_ASN_ALLOW_0_SERIAL \
-DWOLFSSL_ALT_CERT_CHAINS"

WORK=

say()
{
    echo "wolfssl.sh: $*" >&2
}

die()
{
    say "$*"
    exit 1
}

clean_up()
{
    [ -z "$WORK" ] || rm -rf "$WORK"
}

# What decides the result besides the source: this script and the processor.
build_id()
{
    { cat "$0"; uname -m; } | sha256sum | cut -c 1-12
}

# The newest finished build of these options, if any.
built_prefix()
{
    for dir in "$CACHE"/wolfssl-"$UPSTREAM"-*-"$ID"; do
        [ -e "$dir/lib/libwolfssl.a" ] && echo "$dir"
    done | sort -V | tail -n 1
}

# The x86 assembly asks the processor what it can do. The one for ARM is chosen when it is built and
# dies on processors without the AES instructions, such as a Raspberry Pi 4's: plain C there.
assembly_options()
{
    [ "$(uname -m)" != x86_64 ] || echo "--enable-intelasm --enable-sp-asm"
}

need_tools()
{
    for tool in apt-get dpkg-source flock gcc make autoreconf libtoolize; do
        command -v "$tool" >/dev/null 2>&1 || die "$tool is missing (see the list in this script)"
    done
    [ -e "$KEYRING" ] || die "$KEYRING is missing: install debian-archive-keyring"
}

# --- the archive ---------------------------------------------------------------------------------

# apt with the machine's configuration (proxies, credentials, policies) and private folders.
private_apt()
{
    program=$1
    shift
    LC_ALL=C "$program" -q -c="$WORK/apt/apt.conf" "$@"
}

# The archives of the machine's own sources. apt reads both of its source formats for us.
archive_uris()
{
    # shellcheck disable=SC2016 # apt expands these
    apt-get indextargets --no-release-info --format '$(COMPONENT) $(REPO_URI)' \
        'Created-By: Packages' | sed -n 's/^main //p' | awk '!seen[$0]++'
}

prepare_apt()
{
    apt=$WORK/apt
    mkdir -p "$apt/lists/partial" "$apt/archives/partial"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::Cache::Archives "$apt/archives";
Dir::Cache::PkgCache "";
Dir::Cache::SrcPkgCache "";
CONF
}

# Keeps each archive and suite that apt can verify. A third party's archive has no such suite, or
# not the Debian signature, and drops out here.
find_sources()
{
    : >"$WORK/apt/found"
    for uri in $(archive_uris); do
        for suite in "$SUITE" "$SUITE-security"; do
            echo "deb-src [signed-by=$KEYRING] $uri $suite main" >"$WORK/apt/sources.list"
            if private_apt apt-get update --error-on=any >>"$WORK/log" 2>&1; then
                cat "$WORK/apt/sources.list" >>"$WORK/apt/found"
            fi
        done
    done
    [ -s "$WORK/apt/found" ] || die_with_log "no archive of this machine's apt has $SUITE"
    mv "$WORK/apt/found" "$WORK/apt/sources.list"
    private_apt apt-get update --error-on=any >>"$WORK/log" 2>&1 ||
        die_with_log "the lists of $SUITE cannot be fetched"
}

newest_version()
{
    private_apt apt-cache showsrc --only-source wolfssl 2>>"$WORK/log" |
        sed -n "s/^Version: \($UPSTREAM-.*\)/\1/p" | sort -V | tail -n 1
}

# Into $WORK/source. apt has verified the files before dpkg-source unpacks them.
fetch_source()
{
    mkdir "$WORK/fetch"
    if [ "$(id -u)" = 0 ] && getent passwd _apt >/dev/null; then
        chown _apt "$WORK/fetch" # so that apt can fetch without root's rights
    fi
    (cd "$WORK/fetch" && private_apt apt-get source --download-only --only-source "wolfssl=$1") \
        >>"$WORK/log" 2>&1 || die_with_log "wolfSSL $1 cannot be fetched"
    dpkg-source -q -x "$WORK"/fetch/wolfssl_*.dsc "$WORK/source" >>"$WORK/log" 2>&1 ||
        die_with_log "wolfSSL $1 cannot be unpacked"
}

die_with_log()
{
    tail -n 25 "$WORK/log" >&2
    die "$*"
}

# The library takes a TLS 1.2 ticket with lifetime hint 0 for one that is over at once, and never
# offers it. It means that the server does not say (RFC 5077 section 3.3); servers written in Go
# never do, and some of them insist on resumption. The time that the program has set holds then.
mend_source()
{
    file=$WORK/source/src/internal.c
    sed -i 's/^\( *\)\(ssl->timeout = lifetime;\)$/\1if (lifetime > 0)\n\1    \2/' "$file"
    [ "$(grep -A1 -c '^ *if (lifetime > 0)$' "$file")" = 1 ] ||
        die "src/internal.c of this wolfSSL is not as it was: see mend_source in this script"
}

# --- the build -----------------------------------------------------------------------------------

build()
{
    prefix=$1
    cd "$WORK/source"
    ./autogen.sh >>"$WORK/log" 2>&1 || die_with_log "autogen.sh failed"
    # shellcheck disable=SC2046,SC2086 # the lists are words
    ./configure --quiet --prefix="$prefix" $OPTIONS $(assembly_options) CC=gcc \
        CFLAGS="-O2 -g1 $DEFINES" >>"$WORK/log" 2>&1 || die_with_log "configure failed"
    make -s -j"$(nproc)" >>"$WORK/log" 2>&1 || die_with_log "make failed"
    make -s install DESTDIR="$WORK/root" >>"$WORK/log" 2>&1 || die_with_log "make install failed"
    cd /
}

# The folder appears whole under its final name, or not at all.
install_aside()
{
    prefix=$1
    aside=$CACHE/.wolfssl-new
    rm -rf "$aside"
    cp -R "$WORK/root$prefix" "$aside"
    rm -rf "$aside/share" "$aside/bin"
    mv "$WORK/log" "$aside/build.log"
    sync
    mv -T "$aside" "$prefix"
}

build_newest()
{
    need_tools
    # Under /tmp, not in the cache: apt's own user must be able to reach it.
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/netmenu-wolfssl.XXXXXX")
    chmod 755 "$WORK"
    prepare_apt
    say "looking for wolfSSL $UPSTREAM in the source packages of $SUITE"
    find_sources
    version=$(newest_version)
    [ -n "$version" ] || die_with_log "$SUITE has no wolfSSL $UPSTREAM"
    prefix=$CACHE/wolfssl-$version-$ID
    [ -e "$prefix/lib/libwolfssl.a" ] && return
    say "building wolfSSL $version (about half a minute)"
    fetch_source "$version"
    mend_source
    build "$prefix"
    install_aside "$prefix"
}

# --- main ----------------------------------------------------------------------------------------

mode=${1:-build}
case $mode in
build | --print | --update) : ;;
*) die "usage: wolfssl.sh [--print|--update]" ;;
esac

ID=$(build_id)
found=$(built_prefix)
if [ "$mode" = --print ]; then
    [ -n "$found" ] || exit 1
    echo "$found"
    exit 0
fi

if [ -z "$found" ] || [ "$mode" = --update ]; then
    mkdir -p "$CACHE"
    exec 9>"$CACHE/wolfssl.lock"
    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
    flock 9
    found=$(built_prefix) # another run may have built it while this one waited
    if [ -z "$found" ] || [ "$mode" = --update ]; then
        build_newest
        found=$(built_prefix)
    fi
fi
echo "$found"
