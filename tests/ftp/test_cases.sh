#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The upload engine against scripted servers. Arguments: names of cases; all without.
exec "${top_builddir:-.}/tests/ftp/test_cases" "$(dirname "$0")/cases" "$@"
