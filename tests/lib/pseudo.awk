# SPDX-License-Identifier: GPL-2.0-or-later
# pseudo.awk - turn a catalogue that says English (msgen --no-wrap) into the pseudo-language.
#
# "Send %s?" becomes "«Sénd %s?~~~~»": a vowel without an accent on the screen is a text that is not
# translated, a missing mark one that is cut, and longer by 40 % is as long as languages get.
# Formats, escapes, and the blanks and line ends around a text stay as they are.

BEGIN {
    split("a e i o u A E I O U", from, " ")
    split("å é î ö ü Å É Î Ö Ü", to, " ")
    for (i in from)
        accent[from[i]] = to[i]
}

/^#~/ { next }

/^msgstr/ {
    say()
    match($0, /^msgstr(\[[0-9]+\])? /)
    head = substr($0, 1, RLENGTH)
    text = inside(substr($0, RLENGTH + 1))
    reading = 1
    first = (seen++ == 0)
    next
}

reading && /^"/ { text = text inside($0); next }

{ say(); print }

END { say() }

function inside(quoted) { return substr(quoted, 2, length(quoted) - 2) }

function say() {
    if (reading)
        print head "\"" (first ? header(text) : pseudo(text)) "\""
    reading = 0
}

# The header says how plurals are formed: as in English.
function header(text) {
    sub(/nplurals=INTEGER; plural=EXPRESSION;/, "nplurals=2; plural=(n != 1);", text)
    sub(/Language: \\n/, "Language: qps\\n", text)
    return text
}

function pseudo(text,    before, after, out, count, c, i) {
    while (match(text, /^( |\\n)/)) {
        before = before substr(text, 1, RLENGTH)
        text = substr(text, RLENGTH + 1)
    }
    while (match(text, /( |\\n)$/)) {
        after = substr(text, RSTART) after
        text = substr(text, 1, RSTART - 1)
    }
    if (text == "")
        return before after
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\") {
            out = out substr(text, i++, 2)
        } else if (c == "%" && match(substr(text, i), /^%([0-9]+\$)?[-+#0]*[0-9]*(\.[0-9]+)?[hlzjt]*[a-zA-Z%]/)) {
            out = out substr(text, i, RLENGTH)
            i += RLENGTH - 1
        } else {
            out = out (c in accent ? accent[c] : c)
            count++
        }
    }
    return before "«" out padding(int(count * 0.4 + 0.999) - 2) "»" after
}

# So many cells of nothing: in words, as what breaks lines at blanks must be able to.
function padding(cells,    i, out) {
    for (i = 1; i <= cells; i++)
        out = out (cells > 12 && i % 7 == 1 ? " " : "~")
    return out
}
