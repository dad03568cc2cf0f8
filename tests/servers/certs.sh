#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Make a private authority and server certificates, good ones and bad ones, for tests and the demo.
#
#   tests/servers/certs.sh DIR
#
# Afterwards DIR has NAME.pem and NAME.key for each row of the tables below, and dh2048.pem. ca.pem is
# what a client is to trust.
# An existing DIR/ca.pem is kept with all that belongs to it: the second call does nothing.
#
# Needs: openssl.

set -eu
umask 077

DIR=${1:?usage: certs.sh DIR}
HERE=DNS:localhost,IP:127.0.0.1,IP:::1

PAST=20200101000000Z
NOW=$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)
LATER=$(date -u -d '+2 years' +%Y%m%d%H%M%SZ)
FAR=$(date -u -d '+20 years' +%Y%m%d%H%M%SZ)

# name          key        issuer        names                      from    until
table()
{
    cat <<TABLE
rsa             rsa:2048   ca            $HERE                      $NOW    $LATER
ecdsa           ec:P-256   ca            $HERE                      $NOW    $LATER
expired         rsa:2048   ca            $HERE                      $PAST   20210101000000Z
future          rsa:2048   ca            $HERE                      $LATER  $FAR
wronghost       rsa:2048   ca            DNS:elsewhere.example      $NOW    $LATER
addressonly     rsa:2048   ca            IP:127.0.0.1               $NOW    $LATER
unknown         rsa:2048   other-ca      $HERE                      $NOW    $LATER
selfsigned      rsa:2048   self          $HERE                      $NOW    $LATER
chain           rsa:2048   intermediate  $HERE                      $NOW    $LATER
weak            rsa:1024   ca            $HERE                      $NOW    $LATER
oldroot         ec:P-256   old-ca        $HERE                      $NOW    $LATER
futureroot      ec:P-256   future-ca     $HERE                      $NOW    $LATER
oldchain        ec:P-256   old-between   $HERE                      $NOW    $LATER
futurechain     ec:P-256   future-between  $HERE                    $NOW    $LATER
TABLE
}

# name          key        issuer        from    until
authorities()
{
    cat <<TABLE
ca              rsa:2048   self          $NOW    $LATER
other-ca        rsa:2048   self          $NOW    $LATER
intermediate    rsa:2048   ca            $NOW    $LATER
old-ca          ec:P-256   self          $PAST   20210101000000Z
future-ca       ec:P-256   self          $LATER  $FAR
old-between     ec:P-256   ca            $PAST   20210101000000Z
future-between  ec:P-256   ca            $LATER  $FAR
TABLE
}

# make_key FILE KIND
make_key()
{
    case $2 in
    rsa:*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$1" ;;
    ec:*) openssl genpkey -quiet -algorithm EC -pkeyopt "ec_paramgen_curve:${2#ec:}" -out "$1" ;;
    esac
}

# `openssl ca` is the only command of OpenSSL 3.0 that sets both dates.
write_config()
{
    mkdir "$WORK/issued"
    : >"$WORK/index.txt"
    cat >"$WORK/ca.cnf" <<CONF
[ca]
default_ca = here
[here]
database = $WORK/index.txt
new_certs_dir = $WORK/issued
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
organizationName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = \${ENV::NAMES}
CONF
}

# sign NAME ISSUER NAMES FROM UNTIL EXTENSIONS: from NAME.key to NAME.pem; ISSUER may be "self"
sign()
{
    local issuer=(-cert "$WORK/$2.pem" -keyfile "$WORK/$2.key")
    [ "$2" != self ] || issuer=(-selfsign -keyfile "$WORK/$1.key")
    openssl req -new -key "$WORK/$1.key" -subj "/O=netmenu tests/CN=$1" -out "$WORK/req"
    if ! NAMES=$3 openssl ca -batch -notext -config "$WORK/ca.cnf" -extensions "$6" \
        "${issuer[@]}" -startdate "$4" -enddate "$5" -in "$WORK/req" -out "$WORK/$1.pem" \
        2>"$WORK/err"; then
        cat "$WORK/err" >&2
        exit 1
    fi
}

# The group ffdhe2048 of RFC 7919, appendix A.1.
write_dh()
{
    cat >"$WORK/dh2048.pem" <<'PEM'
-----BEGIN DH PARAMETERS-----
MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
+8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
-----END DH PARAMETERS-----
PEM
}

make_all()
{
    local name key issuer names from until
    write_config
    write_dh
    while read -r name key issuer from until; do
        make_key "$WORK/$name.key" "$key"
        sign "$name" "$issuer" "" "$from" "$until" authority
    done < <(authorities)
    while read -r name key issuer names from until; do
        make_key "$WORK/$name.key" "$key"
        sign "$name" "$issuer" "$names" "$from" "$until" server
    done < <(table)
    cat "$WORK/intermediate.pem" >>"$WORK/chain.pem"
    cat "$WORK/old-between.pem" >>"$WORK/oldchain.pem"
    cat "$WORK/future-between.pem" >>"$WORK/futurechain.pem"
}

if [ ! -e "$DIR/ca.pem" ]; then
    mkdir -p "$DIR"
    WORK=$(mktemp -d "$DIR/.new.XXXXXX")
    trap 'rm -rf "$WORK"' EXIT
    make_all
    mv "$WORK/ca.pem" "$WORK/.ca"
    mv "$WORK"/*.pem "$WORK"/*.key "$DIR/"
    mv "$WORK/.ca" "$DIR/ca.pem" # last: its being there says that all are
fi
