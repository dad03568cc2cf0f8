#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every language of po/LINGUAS is complete: each text of this tree is translated, none is only
# guessed at (fuzzy), formats fit, and a row or button named in [brackets] has the name that it has
# in the menu of that language.
set -eu
top_srcdir=${top_srcdir:-.}
. "$top_srcdir/tests/lib/catalogues.sh"
need_gettext
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
    sed "s|^|po/$lang.po: |"
}

make_pot "$work/netmenu.pot"
for lang in $(sed 's/#.*//' "$top_srcdir/po/LINGUAS"); do
    if ! [ -f "$top_srcdir/po/$lang.po" ]; then
        echo "po/LINGUAS names $lang, but there is no po/$lang.po"
        failed=1
        continue
    fi
    msgmerge --quiet --no-fuzzy-matching --output="$work/$lang.po" "$top_srcdir/po/$lang.po" \
        "$work/netmenu.pot"
    msgfmt --check --output=/dev/null "$work/$lang.po" 2>"$work/said" || {
        complain <"$work/said"
        failed=1
    }
    for lack in untranslated only-fuzzy; do
        msgattrib --$lack --no-obsolete --no-wrap "$work/$lang.po" >"$work/lack"
        if [ -s "$work/lack" ]; then
            # past the header, what it says in English
            sed '1,/^$/d' "$work/lack" | sed -n "s/^msgid /$lack: /p" | complain
            failed=1
            echo "make -C BUILD/po update-po writes what is missing into po/$lang.po"
        fi
    done
    msgcat --no-wrap "$work/$lang.po" |
        awk -f "$top_srcdir/tests/style/names.awk" >"$work/names" || {
        complain <"$work/names"
        failed=1
    }
done
exit $failed
