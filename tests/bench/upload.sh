#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What an upload costs, beside curl and lftp, in one run and in turn: `make bench`. It measures and
# prints; it never judges. The server is pure-ftpd on loopback with TLS 1.2,
# ECDHE-RSA-AES256-GCM-SHA384. Rows:
#
#   engine    the upload engine alone (tests/ftp/ftpes_put)
#   product   netmenuctl put --wait with its sender: jobs made durable, sizes compared, renamed
#   curl, lftp
#
# Wall and processor time in seconds, memory in MB (the largest process), medians of the rounds; the
# ratio is the median of engine/other, round by round. Of "product" only the wall is known, as its
# sender outlives the command. What arrives is kept in memory, as a disk would be what is measured.
# Many small files are not compared with curl: it waits some tenths of a second after each.
#
# BENCH_MB (1024), BENCH_FILES (300), BENCH_ROUNDS (5) change the work.

. "$(dirname "$0")/../lib/test.sh"

MB=${BENCH_MB:-1024}
FILES=${BENCH_FILES:-300}
ROUNDS=${BENCH_ROUNDS:-5}
ENGINE=$PWD/tests/ftp/ftpes_put
SERVER=$TMP/server
STORE=$(mktemp -d /dev/shm/netmenu-bench.XXXXXX) || exit 1
chmod 777 "$STORE"

test_clean_up()
{
    rm -rf "$STORE"
}

for tool in curl lftp /usr/bin/time; do
    command -v $tool >/dev/null || skip "the comparison needs curl, lftp and time"
done
"$TOP/tests/servers/certs.sh" "$TMP/certs" >/dev/null || exit 1
start_server pure-ftpd "$SERVER" --root "$STORE" --tls 1.2 --ciphers ECDHE-RSA-AES256-GCM-SHA384 \
    --cert "$TMP/certs/rsa.pem" --key "$TMP/certs/rsa.key"
PORT=$(cat "$SERVER/port")
CA=$TMP/certs/ca.pem

export NETMENU_STATE_DIR=$TMP/state NETMENU_RUN_DIR=$TMP/run
RUN_DIRS+=("$TMP/run")
{
    printf 'user = "camera:%s"\n' "$(cat "$SERVER/password")"
    printf 'cacert = "%s"\nssl-reqd\nftp-create-dirs\ntls-max = 1.2\n' "$CA"
} >"$TMP/curlrc"
cat >"$TMP/lftprc" <<EOF
set ssl:ca-file $CA
set ftp:ssl-force yes
set ftp:ssl-protect-data yes
open -u camera,$(cat "$SERVER/password") -p $PORT localhost
EOF
printf 'Bench1234\n' | "$BIN/netmenuctl" auth password -
for pair in "host localhost" "port $PORT" "user camera" "exists overwrite" "sessions 2"; do
    "$BIN/netmenuctl" set "server.1.${pair% *}" "${pair#* }"
done
"$BIN/netmenuctl" set server.1.password - <"$SERVER/password"
"$BIN/netmenuctl" cert load --file "$CA" 1 >/dev/null
"$BIN/netmenuctl" set server.1.secure on

# client NAME: a script that uploads its arguments and becomes the client, so that nothing else is
# measured
client()
{
    { printf '#!/bin/bash\n' && cat; } >"$TMP/$1"
    chmod +x "$TMP/$1"
}
client engine <<EOF
exec "$ENGINE" -d bench -e overwrite localhost $PORT "$CA" camera "\$@" <"$SERVER/password"
EOF
client product <<EOF
exec "$BIN/netmenuctl" put --dir bench --wait "\$@"
EOF
client curl <<EOF
exec curl -q -s -S -K "$TMP/curlrc" -T "{\$(IFS=,; echo "\$*")}" ftp://localhost:$PORT/bench/
EOF
client lftp <<EOF
{ cat "$TMP/lftprc" && echo "mkdir -p -f bench; cd bench; mput -P 2 \$*"; } >"$TMP/lftp.do"
exec lftp --norc -f "$TMP/lftp.do"
EOF

# run WORK WHO ROUND FILE...: one line "work who round wall cpu MB" for the results
run()
{
    local work=$1 who=$2 round=$3
    shift 3
    if ! /usr/bin/time -o "$TMP/cost" -f '%e %U %S %M' "$TMP/$who" "$@" >"$TMP/said" 2>&1; then
        cat "$TMP/said" "$TMP/cost"
        exit 1
    fi
    awk -v r="$work $who $round" '{ print r, $1, $2 + $3, $4 / 1024 }' "$TMP/cost" >>"$TMP/results"
}

# measure WORK CLIENTS FILE...: the clients in turn, each round in another order; round 0 is for warmth
measure()
{
    local work=$1 round who turn
    local -a order
    read -ra order <<<"$2"
    shift 2
    for round in $(seq 0 "$ROUNDS"); do
        for turn in "${!order[@]}"; do
            who=${order[(turn + round) % ${#order[@]}]}
            find "$STORE" -type f -delete
            run "$work" "$who" "$round" "$@"
        done
    done
}

report()
{
    awk '
    function median(list, n,    i, j, t) {
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
                t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
            }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    $3 > 0 {
        for (k = 4; k <= 6; k++)
            value[$1, $2, $3, k] = $k
        if (!(($1, $2) in seen)) { seen[$1, $2] = 1; order[++rows] = $1 " " $2 }
        if ($3 > rounds) rounds = $3
    }
    END {
        printf "%-14s %-8s %9s %9s %8s   %s\n", "work", "who", "wall s", "cpu s", "MB", \
            "engine/this: wall, cpu"
        for (row = 1; row <= rows; row++) {
            split(order[row], w, " ")
            for (k = 4; k <= 6; k++) {
                for (r = 1; r <= rounds; r++) {
                    list[r] = value[w[1], w[2], r, k]
                    other = list[r] > 0 ? list[r] : 0.01
                    ratio[r] = value[w[1], "engine", r, k] / other
                }
                mid[k] = median(list, rounds)
                rel[k] = median(ratio, rounds)
            }
            if (w[2] == "product")
                printf "%-14s %-8s %9.2f %9s %8s   %.2f\n", w[1], w[2], mid[4], "-", "-", rel[4]
            else
                printf "%-14s %-8s %9.2f %9.2f %8.1f   %.2f  %.2f\n", w[1], w[2], mid[4], mid[5], \
                    mid[6], rel[4], rel[5]
        }
    }' "$TMP/results"
}

head -c "${MB}M" /dev/zero | openssl enc -aes-128-ctr -K 00112233445566778899aabbccddeeff -iv 0 \
    >"$TMP/large" 2>/dev/null
mkdir "$TMP/small"
for i in $(seq "$FILES"); do
    head -c 100000 /dev/urandom >"$TMP/small/clip-$i"
done

measure "1x${MB}MB" "engine product curl lftp" "$TMP/large"
measure "${FILES}x100kB" "engine product lftp" "$TMP"/small/*
echo "pure-ftpd, TLS 1.2 ECDHE-RSA-AES256-GCM-SHA384, $ROUNDS rounds, $(nproc) processors"
report
