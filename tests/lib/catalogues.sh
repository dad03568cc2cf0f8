# SPDX-License-Identifier: GPL-2.0-or-later
# catalogues.sh - what tests of the translations share: the texts of this tree, as they are now.
#
#   . "$top_srcdir/tests/lib/catalogues.sh"
#   need_gettext                       exit 77 with the reason where its tools are missing
#   make_pot FILE                      all texts of this tree, as `make -C po netmenu.pot-update`
#   make_pseudo POT FILE.po            the pseudo-language: every text longer by 40 %, each vowel
#                                      changed, ends marked by « and »; formats and blanks kept

need_gettext() {
    for tool in xgettext msgmerge msgfmt msgattrib msgcat msgen; do
        command -v "$tool" >/dev/null || {
            echo "SKIP: no $tool"
            exit 77
        }
    done
}

make_pot() {
    # the options are words without blanks in them
    # shellcheck disable=SC2046
    xgettext $(sed -n 's/^XGETTEXT_OPTIONS = //p' "$top_srcdir/po/Makevars") \
        --directory="$top_srcdir" --files-from="$top_srcdir/po/POTFILES.in" --output="$1"
}

make_pseudo() {
    msgen --no-wrap "$1" | sed 's/charset=CHARSET/charset=UTF-8/' |
        LC_ALL=C awk -f "$top_srcdir/tests/lib/pseudo.awk" >"$2"
}
