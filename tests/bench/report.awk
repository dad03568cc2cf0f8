# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table of the benches, from lines "work client round wall cpu MB bytes"; round 0 is for warmth.
# Ratios are netmenu's figure to that client's of the same round: median (least..most).

function sort(list, n,    i, j, t)
{
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
            t = list[j]
            list[j] = list[j - 1]
            list[j - 1] = t
        }
}

function median(list, n)
{
    sort(list, n)
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

# The ratios of figure k (4 wall, 5 cpu, 6 memory) to those of a client
function ratio(work, client, k,    r, n, list, middle)
{
    for (r = 1; r <= rounds; r++)
        if ((work, client, r, k) in value && value[work, client, r, k] > 0)
            list[++n] = value[work, "netmenu", r, k] / value[work, client, r, k]
    if (n == 0)
        return "-"
    middle = median(list, n)
    return sprintf("%.2f (%.2f..%.2f)", middle, list[1], list[n])
}

function middle(work, client, k,    r, n, list)
{
    for (r = 1; r <= rounds; r++)
        if ((work, client, r, k) in value)
            list[++n] = value[work, client, r, k]
    return median(list, n)
}

function is_peer(client)
{
    return client != "netmenu" && client != "loopback" && client != "cipher"
}

# The other clients' best wall of each round, as one more client
function add_better(work,    i, r, others, best)
{
    for (i = 1; i <= clients[work]; i++)
        others += is_peer(name[work, i])
    if (others < 2 || !((work, "netmenu") in seen))
        return
    for (r = 1; r <= rounds; r++) {
        best = 0
        for (i = 1; i <= clients[work]; i++)
            if (is_peer(name[work, i]) &&
                (best == 0 || value[work, name[work, i], r, 4] < best))
                best = value[work, name[work, i], r, 4]
        value[work, "better", r, 4] = best
    }
    name[work, ++clients[work]] = "better"
}

function row(work, client,    wall, cpu, memory)
{
    wall = sprintf("%.3f", middle(work, client, 4))
    cpu = memory = "-"
    if (client != "better" && bytes[work] > 0)
        cpu = sprintf("%.3f", middle(work, client, 5) / (bytes[work] / 1e9))
    if (client != "better" && middle(work, client, 6) > 0)
        memory = sprintf("%.1f", middle(work, client, 6))
    printf "%-24s %-8s %8s %8s %6s", work, client, wall, cpu, memory
    if (client != "netmenu" && (work, "netmenu") in seen)
        printf "   %-18s %-18s %s", ratio(work, client, 4), ratio(work, client, 5),
            ratio(work, client, 6)
    printf "\n"
}

{
    if (!($1 in clients))
        works[++count] = $1
    if (!(($1, $2) in seen)) {
        seen[$1, $2] = 1
        name[$1, ++clients[$1]] = $2
    }
}

$3 > 0 {
    for (k = 4; k <= 6; k++)
        value[$1, $2, $3, k] = $k
    bytes[$1] = $7
    if ($3 > rounds)
        rounds = $3
}

END {
    printf "%-24s %-8s %8s %8s %6s   %-18s %-18s %s\n", "work", "client", "wall s", "cpu s/GB",
        "MB", "netmenu/it: wall", "cpu", "memory"
    for (w = 1; w <= count; w++) {
        add_better(works[w])
        for (i = 1; i <= clients[works[w]]; i++)
            row(works[w], name[works[w], i])
    }
}
