#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Run a screen test, or skip it where its tools are missing: tests/screens/run.sh TEST.exp
for tool in expect tmux; do
    command -v "$tool" >/dev/null || {
        echo "SKIP: no $tool"
        exit 77
    }
done
exec expect -f "$@"
