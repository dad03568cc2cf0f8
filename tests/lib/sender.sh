# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# End the sender of a run folder, for the tests and the demo.

# sender_pid RUN-DIR: the pid in its lock file, if that is a sender and has not ended; else nothing.
# Init may be slow to bury one that has; but while a thread of it is left, so is its lock.
sender_pid()
{
    local pid stat threads
    { read -r pid <"$1/transfer.lock" && read -r stat <"/proc/$pid/stat"; } 2>/dev/null || return 0
    threads=(/proc/"$pid"/task/*)
    case $stat in # the kernel keeps 15 characters of the name
    *"(netmenu-transfe) Z"*) [ ${#threads[@]} -le 1 ] || echo "$pid" ;;
    *"(netmenu-transfe)"*) echo "$pid" ;;
    esac
}

# end_sender RUN-DIR: ask it to stop, and wait until it has
end_sender()
{
    local pid
    pid=$(sender_pid "$1")
    [ -n "$pid" ] || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    for _ in $(seq 200); do
        [ "$(sender_pid "$1")" = "$pid" ] || return 0
        sleep 0.05
    done
    kill -KILL "$pid" 2>/dev/null || true
}
