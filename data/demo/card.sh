#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Make the demo memory card: clips with the names that cameras give, and their proxies.
#
#   data/demo/card.sh DIR
#
# The contents are noise that depends on the name only, so that two cards are equal.

set -eu

DIR=${1:?usage: card.sh DIR}

# clip FILE BYTES
clip()
{
    local key
    key=$(printf '%s' "$1" | sha256sum | cut -c 1-32)
    mkdir -p "$(dirname "$DIR/$1")"
    head -c "$2" /dev/zero |
        openssl enc -aes-128-ctr -K "$key" -iv 00000000000000000000000000000000 >"$DIR/$1"
}

clip XDROOT/Clip/A001C001_261122.MXF 4000000
clip XDROOT/Clip/A001C002_261122.MXF 65536
clip XDROOT/Clip/A001C003_261122.MXF 50000000
clip XDROOT/Clip/A001C004_261122.MXF 12345678
clip XDROOT/Clip/A001C005_261122.MXF 4097
clip XDROOT/Sub/A001C001_261122S03.MP4 400000
clip XDROOT/Sub/A001C002_261122S03.MP4 6000
clip XDROOT/Sub/A001C003_261122S03.MP4 2000000
clip XDROOT/Sub/A001C004_261122S03.MP4 700001
