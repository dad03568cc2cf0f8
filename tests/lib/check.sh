# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ./quickstart check: every test, in the plain build and in the one with sanitizers, the quick ones
# from the distributed archive, and the main job as a stranger sees it. The caller has set up build/ and
# provides say and build_in. The last line is "N passed, N failed[, N skipped]".

PASSED=0
FAILED=0
SKIPPED=0

# Adds what automake's harness counted in DIR. A run that left no count has failed.
count_suite()
{
    local word number
    if [ ! -s "$1/test-suite.log" ]; then
        FAILED=$((FAILED + 1))
        return
    fi
    while read -r word number; do
        case $word in
        PASS | XFAIL) PASSED=$((PASSED + number)) ;;
        FAIL | XPASS | ERROR) FAILED=$((FAILED + number)) ;;
        SKIP) SKIPPED=$((SKIPPED + number)) ;;
        esac
    done < <(sed -n 's/^# \([A-Z]*\): *\([0-9]*\)$/\1 \2/p' "$1/test-suite.log")
}

# check_suite DIR: `make check` there
check_suite()
{
    say "Testing $1"
    rm -f "$1/test-suite.log"
    # Twice as many as processors: most of a test's time is spent waiting for disks and deadlines.
    make -C "$1" -s -k -j$(($(nproc) * 2)) --no-print-directory check >"$1/check.log" 2>&1 || {
        cat "$1/test-suite.log" 2>/dev/null || tail -n 40 "$1/check.log"
    }
    grep -E '^(PASS|FAIL|ERROR|SKIP|XPASS|XFAIL): ' "$1/check.log" || true
    count_suite "$1"
}

# check_command WHAT LOG COMMAND...: passed when the command succeeds
check_command()
{
    local what=$1 log=$2
    shift 2
    say "$what"
    if "$@" >"$log" 2>&1; then
        PASSED=$((PASSED + 1))
        echo "PASS: $what"
    else
        FAILED=$((FAILED + 1))
        echo "FAIL: $what"
        tail -n 60 "$log"
    fi
}

check_sanitized()
{
    # A build that does not come about is a failure of the checks, not the end of them.
    if (build_in build-asan --enable-asan --enable-ubsan CFLAGS='-O1 -g'); then
        check_suite build-asan
    else
        FAILED=$((FAILED + 1))
    fi
}

run_checks()
{
    check_suite build
    check_sanitized
    check_command "The main job, unattended" build/main-job.log ./quickstart </dev/null
    check_command "make check-archive" build/archive.log \
        make -C build -s -j"$(nproc)" --no-print-directory check-archive
    if [ $SKIPPED -gt 0 ]; then
        echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
    else
        echo "$PASSED passed, $FAILED failed"
    fi
    [ $FAILED = 0 ]
}
