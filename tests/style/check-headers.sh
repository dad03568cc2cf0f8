#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each header compiles alone and twice in one file, and its guard is NM_<FOLDER>_<FILE>_H.
# NM_TEST_CPPFLAGS comes from make check.
set -eu
cd "${top_srcdir:-.}"
failed=0

guard_of()
{
    folder=$(basename "$(dirname "$1")")
    file=$(basename "$1" .h)
    echo "NM_${folder}_${file}_H" | tr 'a-z-' 'A-Z_'
}

for header in $(find src ui -name '*.h' | sort); do
    guard=$(guard_of "$header")
    if ! grep -q "^#ifndef $guard\$" "$header" || ! grep -q "^#define $guard\$" "$header"; then
        echo "$header: its include guard is not $guard"
        failed=1
    fi
    include=${header#src/}
    # shellcheck disable=SC2086 # the flags and the compiler are words
    if ! printf '#include "%s"\n#include "%s"\n' "$include" "$include" |
        ${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -fsyntax-only ${NM_TEST_CPPFLAGS:--Isrc -I.} \
            -x c -; then
        echo "$header: does not compile alone"
        failed=1
    fi
done
exit $failed
