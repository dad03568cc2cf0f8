#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# po/POTFILES.in lists every file with translatable text and no other; such text stands only in the
# layers that speak to people.
set -eu
cd "${top_srcdir:-.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

find src ui -name '*.[ch]' ! -path src/base/intl.h -exec \
    grep -lE '(^|[^A-Za-z0-9_])(N?_|ngettext|gettext)\("' {} + | sort >"$work/marked" || true
sed '/^#/d; /^[[:space:]]*$/d' po/POTFILES.in | sort >"$work/listed"

comm -23 "$work/marked" "$work/listed" | sed 's/$/: has translatable text: add it to po\/POTFILES.in/' \
    >"$work/missing"
comm -13 "$work/marked" "$work/listed" | sed 's/$/: is in po\/POTFILES.in without translatable text/' \
    >"$work/left"
grep -vE '^(src/text|src/cli|ui)/' "$work/marked" |
    sed 's/$/: translatable text belongs to src\/text, src\/cli and ui/' >"$work/layer" || true
cat "$work/missing" "$work/left" "$work/layer"
for list in missing left layer; do
    [ ! -s "$work/$list" ] || failed=1
done
exit $failed
