#!/usr/bin/env bash
# Says whether the server is able to serve: hp-qr-status.sh [--metrics]. HPQR_DATA is its data directory.
# Exit code 0: it is. 1: it runs, and something is wrong, which is named. 2: it does not run, or hangs.
# --metrics prints what it counts, in Prometheus' text format.
set -eu

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
file=${HPQR_DATA:-$home/standalone/data}/hp-qr.prom
# it is made anew every 30 seconds; the checks take some, too
oldest=90

if [ ! -e "$file" ]; then
    echo "not running: there is no $file"
    exit 2
fi
age=$(($(date +%s) - $(stat -c %Y "$file")))
# a file of the future was written before the clock was set back, or is as old as that
if [ "${age#-}" -gt "$oldest" ]; then
    echo "not running, or hanging: $file is $age s old"
    exit 2
fi
if [ "${1:-}" = --metrics ]; then
    cat "$file"
    exit 0
fi
sed -n -e 's/^# \([a-z]*\): /\1: /p' -e 's/^hpqr_check{part="\(.*\)"} 1$/\1: in order/p' "$file"
grep -q '^hpqr_up 1$' "$file" || exit 1
