#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A file includes its own folder, the folders that the table allows it, and of the libraries of
# others only what stands here for it. (That an upward call does not link is shown by the unit
# tests, which link only what lies below.)
set -eu
cd "${top_srcdir:-.}"

# folder: what it may include besides itself; lowest layer first
LAYERS='
base:
cert:     base
net:      cert base
ftpes:    net cert base
wifi:     base
ip:       base
spool:    base
media:    base
qr:       base
access:   base
settings: access base
service:  settings access ftpes net cert wifi ip spool media qr base
text:     service settings access ftpes net cert wifi ip spool media qr base
cli:      text service settings access ftpes net cert wifi ip spool media qr base
ui:       text service settings access ftpes net cert wifi ip spool media qr base
'

# header (a beginning): the files or folders that may include it
FOREIGN='
curses.h    ui/
ncurses     ui/
panel.h     ui/
menu.h      ui/
form.h      ui/
wolfssl/    src/net/ src/cert/ src/settings/seal.c src/ftpes/digest.c
json-c/     src/base/record.c src/cli/
ev.h        src/base/loop.c
qrencode.h  src/qr/
iwlib.h     src/wifi/
wpa_ctrl.h  src/wifi/
libintl.h   src/base/intl.h
seccomp.h   src/cli/
security/   src/cli/
'

find src ui -name '*.[ch]' | sort | xargs grep -n '^[[:space:]]*#[[:space:]]*include' |
    LAYERS=$LAYERS FOREIGN=$FOREIGN awk '
    function complain(text) {
        printf "%s:%s: %s\n", file, line, text
        failed = 1
    }

    function one_of(word, list,    words, n, i) {
        n = split(list, words, " ")
        for (i = 1; i <= n; i++)
            if (words[i] == word)
                return 1
        return 0
    }

    function begins_with_one_of(text, list,    words, n, i) {
        n = split(list, words, " ")
        for (i = 1; i <= n; i++)
            if (index(text, words[i]) == 1)
                return 1
        return 0
    }

    function check_own(header,    to) {
        if (header == "config.h")
            return
        to = header
        if (!sub(/\/.*/, "", to))
            complain("\"" header "\" names no folder")
        else if (!(to in allowed))
            complain("\"" header "\" is not of a folder of the table")
        else if (to != from && !one_of(to, allowed[from]))
            complain(from "/ may not include " to "/, which does not lie below it")
    }

    function check_foreign(header,    prefix) {
        for (prefix in users)
            if (index(header, prefix) == 1 && !begins_with_one_of(file, users[prefix]))
                complain("<" header "> may be included only in: " users[prefix])
        if (header ~ /\// && header !~ /^(sys|arpa|net|netinet|linux|wolfssl|json-c|security)\//)
            complain("<" header "> is of a library that is not in the table")
    }

    BEGIN {
        n = split(ENVIRON["LAYERS"], lines, "\n")
        for (i = 1; i <= n; i++)
            if (split(lines[i], part, ":") == 2)
                allowed[part[1]] = part[2]
        n = split(ENVIRON["FOREIGN"], lines, "\n")
        for (i = 1; i <= n; i++)
            if (match(lines[i], /^[^ ]+ +/)) {
                prefix = lines[i]
                sub(/ .*/, "", prefix)
                users[prefix] = substr(lines[i], RLENGTH + 1)
            }
    }

    {
        split($0, part, ":")
        file = part[1]
        line = part[2]
        from = file
        sub(/^src\//, "", from)
        sub(/\/.*/, "", from)
        if (!(from in allowed))
            complain(from "/ is not a folder of the table in tests/style/check-layers.sh")
        else if (match($0, /"[^"]+"/))
            check_own(substr($0, RSTART + 1, RLENGTH - 2))
        else if (match($0, /<[^>]+>/))
            check_foreign(substr($0, RSTART + 1, RLENGTH - 2))
        checked++
    }

    END {
        if (!checked) {
            print "nothing was checked"
            failed = 1
        }
        exit failed
    }'
