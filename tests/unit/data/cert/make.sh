#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How the certificates beside this script were made (openssl 3.0). They are kept, not made by the
# tests, so that their dates and fingerprints can be asserted; no private key is kept. Run it only to
# add one: all of them change.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

touch "$work/index.txt"
cat >"$work/ca.cnf" <<CNF
[ca]
default_ca = test
[test]
dir = $work
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
policy = any
email_in_dn = yes
[any]
commonName = optional
organizationName = optional
organizationalUnitName = optional
countryName = optional
emailAddress = optional
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:FALSE
subjectAltName = DNS:ftp.example.org
[strange]
1.2.3.4.5 = critical, ASN1:UTF8String:unknown
[req]
distinguished_name = dn
[dn]
CNF

# make NAME SUBJECT EXTENSIONS DIGEST KEY-OPTIONS [START END]: self-signed, or with ISSUER by it
make()
{
    name=$1 subject=$2 extensions=$3 digest=$4 key=$5
    # shellcheck disable=SC2086 # the options are words
    openssl genpkey $key -out "$work/$name.key" 2>/dev/null
    openssl req -new -utf8 -config "$work/ca.cnf" -key "$work/$name.key" -subj "$subject" \
        -out "$work/$name.csr"
    if [ -n "${ISSUER:-}" ]; then
        by="-cert $ISSUER.pem -keyfile $work/$ISSUER.key"
    else
        by="-selfsign -keyfile $work/$name.key"
    fi
    # shellcheck disable=SC2086
    openssl ca -config "$work/ca.cnf" -batch -notext -preserveDN -utf8 -md "$digest" $by \
        -startdate "${6:-20200101000000Z}" -enddate "${7:-20991231235959Z}" \
        -extensions "$extensions" -in "$work/$name.csr" -out "$name.pem" 2>"$work/log" ||
        { cat "$work/log"; exit 1; }
}

rsa="-algorithm RSA -pkeyopt rsa_keygen_bits"
ec="-algorithm EC -pkeyopt ec_paramgen_curve"
make root "/O=Studio/CN=Studio Root" root sha256 "$rsa:2048"
ISSUER=root make leaf "/C=JP/O=Studio, Inc./CN=ftp.example.org" leaf sha256 "$ec:P-256"
make p384 "/CN=Root P-384" root sha384 "$ec:P-384"
make sha1 "/CN=Old Root" root sha1 "$rsa:2048"
make rsa1024 "/CN=Short Root" root sha256 "$rsa:1024"
make expired "/CN=Expired Root" root sha256 "$ec:P-256" 20100101000000Z 20110101000000Z
make future "/CN=Future Root" root sha256 "$ec:P-256" 20600101000000Z 20700101000000Z
make strange "/CN=Strange" strange sha256 "$ec:P-256"
make hostile "/CN=$(printf 'a\033[2Jb\342\200\256c, O=Bank')/O=$(printf '\346\227\245\346\234\254')" \
    root sha256 "$ec:P-256"
make ed25519 "/CN=Root Ed25519" root default "-algorithm ED25519"
for name in root leaf hostile; do # for tests/fuzz
    openssl x509 -in "$name.pem" -outform DER -out "$name.der"
done
