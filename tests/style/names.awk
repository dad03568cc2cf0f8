# SPDX-License-Identifier: GPL-2.0-or-later
# names.awk - in a catalogue (msgcat --no-wrap): a menu row, choice or button that a sentence names
# in [brackets] has there the very translation that it has in the menu. Exit status 1 otherwise.

/^#~/ { next }
/^msgid "/ { text = rest("msgid "); which = "id"; next }
/^msgid_plural "/ { which = ""; next }
/^msgstr(\[0\])? "/ { keep(); sub(/^msgstr(\[0\])? /, ""); said = inside($0); which = "str"; next }
/^msgstr\[/ { which = ""; next }
/^"/ { if (which == "id") text = text inside($0); else if (which == "str") said = said inside($0); next }
{ keep() }

END {
    keep()
    for (i in known)
        sentence(i, known[i])
    exit bad
}

function inside(quoted) { return substr(quoted, 2, length(quoted) - 2) }
function rest(word) { return inside(substr($0, length(word) + 1)) }

function keep() {
    if (which == "str" && text != "")
        known[text] = said
}

function sentence(from, to,    left, name) {
    left = from
    while (match(left, /\[ ?[A-Z][^]]*\]/)) {
        name = substr(left, RSTART + 1, RLENGTH - 2)
        left = substr(left, RSTART + RLENGTH)
        gsub(/^ | $/, "", name)
        if (name in known && !index(to, "[" known[name] "]") && !index(to, "[ " known[name] " ]")) {
            print "[" name "] is \"" known[name] "\" in the menu, but not in: " to
            bad = 1
        }
    }
}
