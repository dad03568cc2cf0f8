#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Wrong use, help, manual and completion: all are made of the same tables and must agree.

. "$(dirname "$0")/lib.sh"

new_unit unit

status 2 "no verb" ctl
says "it says so" "a verb is missing"
status 2 "an unknown verb" ctl frobnicate
says "it is named" "frobnicate"
status 2 "a verb of a later version is unknown" ctl wifi status
status 2 "a family alone" ctl auth
status 2 "an unknown word of a family" ctl auth frobnicate
status 2 "an unknown option" ctl --frobnicate list
status 2 "an option of another verb" ctl list --wait
status 2 "an option without its value" ctl --state-dir
status 2 "an operand is missing" ctl get
status 2 "an operand too many" ctl get a b
status 2 "too many cards" ctl --card a --card b --card c --card d --card e list
status 2 "wrong use with --json" ctl --json get
json "is a document too" .error.code usage
status 3 "server 0" ctl put --server 0 x
status 3 "server 17" ctl cert show 17
status 2 "control characters in a word are made safe" ctl "$(printf 'a\033[2Jb')"
says "as hexadecimal" 'a\x1B[2Jb'

to_full_disk()
{
    ctl "$@" >/dev/full
}
status 1 "an answer that cannot be written" to_full_disk list
status 0 "help" ctl --help
HELP=$OUT
status 0 "version" ctl --version
status 0 "help for a family" ctl jobs --help

mapfile -t VERBS < <(grep -E '^  [a-z]' <<<"$HELP" | sed -n '/^  list/,/^  watch/s/^  //p' |
    sed 's/ [-[A-Z].*//')
check "help lists the verbs" test ${#VERBS[@]} -ge 20
"$BIN/../src/cli/mkdoc" netmenuctl.1 >"$TMP/manual"
for verb in "${VERBS[@]}"; do
    # shellcheck disable=SC2086 # a verb is one or two words
    status 0 "$verb --help" ctl $verb --help
    check "$verb is in the manual" grep -qF "\\fB$verb\\fR" "$TMP/manual"
    case $verb in
    suites | list | clips | jobs | watch | *show | *clear | *generate) : ;;
    "auth status" | "auth log" | "auth resume") : ;;
    *)
        # shellcheck disable=SC2086
        status 2 "$verb without operands" ctl $verb
        ;;
    esac
done

"$BIN/../src/cli/mkdoc" netmenu-settings.5 >"$TMP/settings"
for key in auth.user server.N.host server.N.sessions display.theme; do
    check "$key is in the manual" grep -qF "\\fB$key" "$TMP/settings"
done

# --- completion: complete WORD... gives what bash would offer for the last word
"$BIN/../src/cli/mkdoc" completion >"$TMP/completion"
complete()
{
    bash --norc -c '. "$0"; COMP_WORDS=(netmenuctl "$@"); COMP_CWORD=$#; _netmenuctl
        printf "%s\n" "${COMPREPLY[@]}"' "$TMP/completion" "$@" | paste -sd ' '
}
is "completion of verbs" "$(complete "c")" "cert clips"
is "of a family's words" "$(complete cert "")" "clear load show"
is "of keys" "$(complete get server.1.p)" "server.1.passive server.1.password server.1.port"
is "of values" "$(complete set server.2.exists "")" "keep overwrite skip"
is "of a verb's options" "$(complete put --w)" "--wait"
is "after an option with a value" "$(complete --state-dir /tmp jobs re)" "resume retry"
is "of other verbs' options: none" "$(complete list --w)" ""

finish
