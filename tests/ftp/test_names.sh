#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Names of files and folders as they come from cards of all kinds, at the real servers: each file
# arrives under its very name or is refused with a reason; a second upload follows each of the
# policies for names that exist; nothing else is left in the folder.

. "$(dirname "$0")/../lib/test.sh"

PUT=${top_builddir:-$PWD}/tests/ftp/ftpes_put
CERTS=$TMP/certs
"$TOP/tests/servers/certs.sh" "$CERTS" >/dev/null || exit 1

# repeat WORD TIMES
repeat()
{
    local i
    for ((i = 0; i < $2; i++)); do
        printf %s "$1"
    done
}

# The longest name that file systems take: 255 bytes.
NAMES=('back\slash' ' blank first' 'two words.mxf' "it's \"quoted\".mxf" -dash.mxf '--' '~tilde' '*star?[x]{y}.mxf' '%41%2f.mxf'
    '#1;2&3|4$5.mxf' 'Bär über Öl.mxf' '日本語 テスト.mxf' '😀.mxf' 'noextension' '.hidden'
    'many.dots.in.it' "$(repeat a 255)" "$(repeat ü 125).mxf" "$(repeat 日 85)")

# make_files NAME...: those, and an empty one
make_files()
{
    local name
    rm -rf "$TMP/files" "$TMP/again"
    mkdir "$TMP/files" "$TMP/again"
    for name; do
        printf 'first %s' "$name" >"$TMP/files/$name"
        printf 'the second %s' "$name" >"$TMP/again/$name"
    done
    : >"$TMP/files/empty.mxf"
    : >"$TMP/again/empty.mxf"
}

# put DIR FOLDER EXISTS FILE...
put()
{
    local dir=$1 folder=$2 exists=$3
    shift 3
    "$PUT" -d "$folder" -e "$exists" localhost "$(cat "$dir/port")" "$CERTS/ca.pem" camera "$@" \
        <"$dir/password" >"$TMP/said" 2>&1 && return
    cat "$TMP/said"
    return 1
}

# holds WANTED FOLDER: the folder on the server has just these files
holds()
{
    diff -r "$1" "$2"
}

for kind in vsftpd proftpd pure-ftpd; do
    dir=$TMP/$kind
    case $kind in
    pure-ftpd) make_files "${NAMES[@]:2}" ;; # it refuses the first, and stores the second as _blank
    *) make_files "${NAMES[@]}" ;;
    esac
    count=$(find "$TMP/files" -type f | wc -l)
    start_server $kind "$dir" --cert "$CERTS/rsa.pem" --key "$CERTS/rsa.key"
    for folder in in "-new/two words/日本/it's \"q\"" "$(repeat f 200)/$(repeat ü 100)"; do
        check "$kind: all names, to ${folder:0:30}" put "$dir" "$folder" overwrite "$TMP"/files/{,.}[!.]*
        check "$kind: they are there" holds "$TMP/files" "$dir/root/$folder"
    done
    check "$kind: overwrite" put "$dir" in overwrite "$TMP"/again/{,.}[!.]*
    check "$kind: all are the second ones" holds "$TMP/again" "$dir/root/in"
    check "$kind: skip" put "$dir" in skip "$TMP"/files/{,.}[!.]*
    is "$kind: as many were skipped" "$(grep -c '^skipped ' "$TMP/said")" "$count"
    check "$kind: all are still the second ones" holds "$TMP/again" "$dir/root/in"
    for name in 'two words.mxf' noextension 'Bär über Öl.mxf' empty.mxf; do
        beside="${name%.mxf} (2)${name#"${name%.mxf}"}"
        check "$kind: $name beside itself" put "$dir" in keep "$TMP/files/$name"
        check "$kind: as $beside" cmp "$TMP/files/$name" "$dir/root/in/$beside"
        rm -f "$dir/root/in/$beside"
    done
    check "$kind: nothing else is there" holds "$TMP/again" "$dir/root/in"
done

# What a server refuses is told, and leaves nothing behind.
make_files 'back\slash'
refuse "pure-ftpd takes no backslash" put "$dir" other overwrite "$TMP/files/back\slash"
check "pure-ftpd takes no backslash: said" grep -q '^failed back.slash rename-refused ' "$TMP/said"
is "pure-ftpd takes no backslash: nothing is left" "$(ls -A "$dir/root/other")" ""
dir=$TMP/proftpd
refuse "proftpd takes no folder *" put "$dir" '*' overwrite "$TMP/files/empty.mxf"
check "proftpd takes no folder *: said" grep -q '^failed empty.mxf folder-refused ' "$TMP/said"

finish
