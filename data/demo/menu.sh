# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Drive the menu by its keys, in a terminal of its own (tmux), and read its screen. The caller
# provides DEMO and die.

screen()
{
    tmux -S "$DEMO/tmux" "$@"
}

# menu_open COLUMNS ROWS
menu_open()
{
    screen -f /dev/null new-session -d -x "$1" -y "$2" \
        "env LC_ALL=C.UTF-8 TERM=tmux-256color build/bin/netmenu"
    screen set-option -g status off >/dev/null
}

menu_text()
{
    screen capture-pane -p
}

# menu_wait REGEX: until the screen shows it
menu_wait()
{
    for _ in $(seq 400); do
        ! menu_text | grep -Eq -- "$1" || return 0
        sleep 0.05
    done
    menu_text >&2
    die "the menu does not show: $1"
}

# menu_keys KEY...: names as tmux has them
menu_keys()
{
    screen send-keys "$@"
}

# menu_type TEXT-FILE: what a person types, without it being in an argument list of ours
menu_type()
{
    screen load-buffer -b typed - < <(tr -d '\n' <"$1")
    screen paste-buffer -d -b typed
}

menu_focus()
{
    menu_text | grep -E '^ > ' || true
}

# menu_to LABEL: turn the dial until the row has the focus
menu_to()
{
    local before
    for _ in $(seq 60); do
        before=$(menu_focus)
        case $before in
        " > $1"*) return 0 ;;
        esac
        menu_keys Down
        for _ in $(seq 100); do
            [ "$(menu_focus)" = "$before" ] || break
            sleep 0.02
        done
    done
    menu_text >&2
    die "the menu has no row: $1"
}

# menu_enter LABEL REGEX: open a row, and wait for what it opens
menu_enter()
{
    menu_to "$1"
    menu_keys Enter
    menu_wait "$2"
}

# menu_print TITLE: the screen as an operator sees it
menu_print()
{
    printf -- '-- %s\n' "$1"
    menu_text | sed 's/^/   | /'
}

menu_close()
{
    menu_keys F10
    for _ in $(seq 200); do
        screen has-session 2>/dev/null || return 0
        sleep 0.05
    done
    die "the menu does not end"
}
