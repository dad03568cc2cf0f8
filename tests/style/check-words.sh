#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What may not stand in the sources: unfinished work, functions without bounds or with a shell, tabs
# and blanks at the end of lines, lines over 100 characters, files without a licence.
set -eu
cd "${top_srcdir:-.}"
report=$(mktemp)
trap 'rm -f "$report"' EXIT

# complain TEXT: each line of standard input is a place where that is so
complain()
{
    sed "s|\$|   <- $1|" >>"$report"
}

sources()
{
    find src ui "$@" -name '*.[ch]' | sort
}

scripts()
{
    find tests data build-aux -name '*.sh' | sort
}

unfinished='\<(TODO|FIXME|XXX|HACK|WIP|[Pp]laceholder|[Nn]ot (yet )?implemented|[Uu]nimplemented)\>'
sources tests | xargs grep -nE "$unfinished" | complain "unfinished work"
scripts | grep -v /check-words.sh | xargs grep -nE "$unfinished" | complain "unfinished work"
sources | xargs grep -niE '\<stub(s|bed)?\>' | complain "a stub"

# A digit after the parenthesis is a manual section in a comment.
unsafe='\<(v?sprintf|strcpy|strcat|strncpy|strncat|stpcpy|gets|scanf|sscanf|fscanf|strtok|alloca|
atoi|atol|atoll|atof|system|popen|tmpnam|tempnam|mktemp|rand|srand)[[:space:]]*\([^0-9]'
unsafe=$(printf '%s' "$unsafe" | tr -d '\n')
sources | xargs grep -nE "$unsafe" | complain "a function without bounds, or one that runs a shell"

tab=$(printf '\t')
sources tests | xargs grep -n "$tab" | complain "a tab"
sources tests | xargs grep -nE '[[:space:]]+$' | complain "blanks at the end of the line"
sources tests | xargs awk 'length($0) > 100 { print FILENAME ":" FNR }' |
    complain "more than 100 characters"
grep -l 'static const struct page_ops .*= {' ui/*.c | xargs grep -L '\.plain = ' |
    complain "a page that netmenu --plain cannot say (ui/plain.h)"
for file in $(sources tests); do
    head -n 1 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
        echo "$file" | complain "the first line is not the licence (SPDX)"
done
for file in $(scripts); do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
        echo "$file" | complain "no licence (SPDX) in the first lines"
done
cat "$report"
[ ! -s "$report" ]
