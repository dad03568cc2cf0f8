#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which chains of certificates are accepted, and the error of each that is not: certificates made to
# order, `openssl s_server` that shows them, and the engine's TLS (tls_connect) that looks at them.

. "$(dirname "$0")/../lib/test.sh"
. "$(dirname "$0")/tls_server.sh"

CERTS=$TMP
cd "$TMP" || exit 1

# key NAME KIND
key()
{
    case $2 in
    rsa:*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$1.key" ;;
    ec:*) openssl genpkey -quiet -algorithm EC -pkeyopt "ec_paramgen_curve:${2#ec:}" -out "$1.key" ;;
    esac
}

# issue NAME ISSUER EXTENSIONS [DIGEST]: NAME.pem for NAME.key; ISSUER "self"; extensions one a word,
# "_" for a blank
issue()
{
    local by=(-CA "$2.pem" -CAkey "$2.key")
    [ "$2" != self ] || by=(-signkey "$1.key")
    # shellcheck disable=SC2086 # words
    printf '%s\n' $3 | tr _ ' ' >"$1.ext"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.req" &&
        openssl x509 -req -in "$1.req" "${by[@]}" -days 30 "-${4:-sha256}" -extfile "$1.ext" \
            -set_serial "0x$(openssl rand -hex 8)" -out "$1.pem" 2>"$1.err" || { cat "$1.err"; exit 1; }
}

CA='basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign'
LEAF='basicConstraints=CA:FALSE subjectAltName=DNS:localhost'
key root rsa:2048
issue root self "$CA"

# --- one certificate ------------------------------------------------------------------------------

# Each row: what, extensions of the server's certificate, host, how tls_connect's answer begins.
key leaf ec:P-256
while IFS='|' read -r what extensions host wanted; do
    issue leaf root "basicConstraints=CA:FALSE $extensions"
    case $host in
    *:*) LISTEN='[::1]' serve leaf ;;
    *) serve leaf ;;
    esac
    says "$what" "$wanted" "$host" "$PORT" root.pem
done <<'ROWS'
an IPv6 address|subjectAltName=IP:::1|::1|TLSv1.2
an IPv6 address, written otherwise|subjectAltName=IP:::1|0:0::1|TLSv1.2
the address of another|subjectAltName=IP:::2|::1|tls-wrong-host "::2" "::1"
an address as a name|subjectAltName=DNS:127.0.0.1|127.0.0.1|tls-wrong-host
a wildcard for an address|subjectAltName=DNS:*.0.0.1|127.0.0.1|tls-wrong-host
a name of one label is no wildcard's|subjectAltName=DNS:*|localhost|tls-wrong-host
another case|subjectAltName=DNS:LOCALhost|localHOST|TLSv1.2
the second of two names|subjectAltName=DNS:elsewhere.example,DNS:localhost|localhost|TLSv1.2
no name at all||localhost|tls-wrong-host "" "localhost"
an e-mail address as a name|subjectAltName=email:localhost|localhost|tls-wrong-host
a URI as a name|subjectAltName=URI:ftp://localhost|localhost|tls-wrong-host
for servers|subjectAltName=DNS:localhost extendedKeyUsage=serverAuth|localhost|TLSv1.2
for all purposes|subjectAltName=DNS:localhost extendedKeyUsage=anyExtendedKeyUsage|localhost|TLSv1.2
for clients only|subjectAltName=DNS:localhost extendedKeyUsage=clientAuth|localhost|tls-unsuitable "extKeyUsage"
for e-mail only|subjectAltName=DNS:localhost extendedKeyUsage=emailProtection|localhost|tls-unsuitable "extKeyUsage"
to sign with|subjectAltName=DNS:localhost keyUsage=critical,digitalSignature|localhost|TLSv1.2
an extension of no meaning|subjectAltName=DNS:localhost 1.2.3.4=DER:0500|localhost|TLSv1.2
the same, critical|subjectAltName=DNS:localhost 1.2.3.4=critical,DER:0500|localhost|tls-unsuitable "critical"
ROWS

# --- chains ---------------------------------------------------------------------------------------

# Each row: what, the root's extensions beside CA, the intermediate's extensions, its key, its digest,
# the leaf's, its key, its digest, the answer.
while IFS='|' read -r what root middle middle_key middle_digest leaf leaf_key leaf_digest wanted; do
    key top rsa:2048
    key middle "$middle_key"
    key leaf "$leaf_key"
    case $root in
    pathlen) issue top self "${CA/TRUE/TRUE,pathlen:0}" ;;
    *) issue top self "$CA $root" ;;
    esac
    issue middle top "$middle" "$middle_digest"
    issue leaf middle "$LEAF $leaf" "$leaf_digest"
    cat middle.pem >>leaf.pem
    serve leaf -tls1_2 -cipher 'DEFAULT:@SECLEVEL=0'
    says "$what" "$wanted" localhost "$PORT" top.pem
done <<ROWS
a good chain||$CA|rsa:2048|sha256||rsa:2048|sha256|TLSv1.2
long keys||$CA|ec:P-384|sha384||ec:P-521|sha512|TLSv1.2
RSA 4096||$CA|rsa:4096|sha512||ec:P-384|sha384|TLSv1.2
an intermediate that is no authority||basicConstraints=CA:FALSE|rsa:2048|sha256||rsa:2048|sha256|tls-un
an intermediate that says nothing of it||subjectKeyIdentifier=hash|rsa:2048|sha256||rsa:2048|sha256|tls-un
an intermediate that may not sign||basicConstraints=critical,CA:TRUE keyUsage=critical,digitalSignature|rsa:2048|sha256||rsa:2048|sha256|tls-un
an intermediate of RSA 1024||$CA|rsa:1024|sha256||rsa:2048|sha256|tls-weak
an intermediate signed with SHA-1||$CA|rsa:2048|sha1||rsa:2048|sha256|tls-weak "SHA-1"
a leaf signed with SHA-1||$CA|rsa:2048|sha256||rsa:2048|sha1|tls-weak "SHA-1"
a leaf signed with ECDSA and SHA-1||$CA|ec:P-256|sha256||ec:P-256|sha1|tls-weak "SHA-1"
a leaf signed with MD5||$CA|rsa:2048|sha256||rsa:2048|md5|tls-weak "MD5"
an intermediate signed with MD5||$CA|rsa:2048|md5||rsa:2048|sha256|tls-weak "MD5"
a path that is too long|pathlen|$CA|rsa:2048|sha256||rsa:2048|sha256|tls-unsuitable "pathLenConstraint"
a name that the intermediate may not certify||$CA nameConstraints=critical,permitted;DNS:example.com|rsa:2048|sha256||rsa:2048|sha256|tls-unsuitable "nameConstraints"
a name that it is forbidden to certify||$CA nameConstraints=critical,excluded;DNS:localhost|rsa:2048|sha256||rsa:2048|sha256|tls-unsuitable "nameConstraints"
a name that it may certify||$CA nameConstraints=critical,permitted;DNS:localhost|rsa:2048|sha256||rsa:2048|sha256|TLSv1.2
a root that limits the names|nameConstraints=critical,permitted;DNS:example.com|$CA|rsa:2048|sha256||rsa:2048|sha256|tls-unsuitable "nameConstraints"
an unknown critical extension above||$CA 1.2.3.4=critical,DER:0500|rsa:2048|sha256||rsa:2048|sha256|tls-unsuitable "critical"
ROWS

# --- keys and their use ---------------------------------------------------------------------------

key leaf rsa:2048
issue leaf root "$LEAF keyUsage=critical,keyEncipherment"
serve leaf -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
says "a key that may not sign signs" 'tls-unsuitable "keyUsage"' localhost "$PORT" root.pem
issue leaf root "$LEAF keyUsage=critical,digitalSignature"
serve leaf -tls1_2 -cipher AES128-SHA
says "a key that may only sign deciphers" 'tls-unsuitable "keyUsage"' localhost "$PORT" root.pem

# An authority that was made anew, with its old name.
issue leaf root "$LEAF"
serve leaf
mkdir new
(cd new && key root rsa:2048 && issue root self "$CA")
says "signed with the authority's former key" 'tls-unknown-issuer "CN=root"' localhost "$PORT" new/root.pem
cat root.pem new/root.pem >both.pem
says "the old and the new one imported" TLSv1.2 localhost "$PORT" both.pem

# One digit of the signature is another.
openssl x509 -in leaf.pem -outform DER >leaf.der
size=$(stat -c %s leaf.der)
{ head -c $((size - 1)) leaf.der; tail -c 1 leaf.der | tr '\000-\377' '\001-\377\000'; } |
    openssl x509 -inform DER -out bent.pem
cp leaf.key bent.key
serve bent
says "a signature that is wrong" tls-signature localhost "$PORT" root.pem

# --- the server's own certificate, imported -------------------------------------------------------

key middle rsa:2048
issue middle root "$CA"
issue leaf middle "$LEAF" sha1
cp leaf.pem own.pem
cat middle.pem root.pem >>leaf.pem
serve leaf -cipher 'DEFAULT:@SECLEVEL=0'
says "its own certificate imported, it shows the whole chain" TLSv1.2 localhost "$PORT" own.pem
says "the root imported" 'tls-weak "SHA-1"' localhost "$PORT" root.pem
says "the whole chain imported" TLSv1.2 localhost "$PORT" leaf.pem

# Importing a weak certificate does not make it a strong one.
for kind in rsa:1024 ec:P-224; do
    key leaf $kind
    issue leaf root "$LEAF"
    serve leaf -cipher 'DEFAULT:@SECLEVEL=0' -tls1_2
    says "its own certificate of $kind imported" 'tls-weak' localhost "$PORT" leaf.pem
done
key leaf rsa:2048

# A weak root is no more trusted for being imported; a root's own signature is nobody's concern.
key old rsa:1024
issue old self "$CA"
issue leaf old "$LEAF"
serve leaf
says "an authority of RSA 1024 imported" 'tls-weak "RSA < 2048"' localhost "$PORT" old.pem
key old rsa:2048
issue old self "$CA" sha1
issue leaf old "$LEAF"
cat old.pem >>leaf.pem
serve leaf -cipher 'DEFAULT:@SECLEVEL=0'
says "a root that is signed with SHA-1" TLSv1.2 localhost "$PORT" old.pem

finish
