#!/usr/bin/env bash
# Says whether the server is healthy: hp-qr-status.sh [--metrics | --process]. HPQR_DATA is its data directory.
# Exit code 0: it is. 1: it runs, and something fails, which is named. 2: it does not run, or hangs.
# --metrics prints what it counts, in Prometheus' text format.
# --process prints its process ID, if that process lives: exit code 0.
set -eu
unset CDPATH

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
data=${HPQR_DATA:-$home/standalone/data}
file=$data/hp-qr.prom
# it is made anew every 10 seconds; the checks take some, too
oldest=90

not_running() {
    [ "$what" = --process ] || echo "not running$1"
    exit 2
}

# The process that wrote the file, and is still there. Its number may have been given to another one: ours names its data.
lives() {
    [ -r "/proc/$1/cmdline" ] && tr '\0' '\n' <"/proc/$1/cmdline" | grep -qxF -- "-Djboss.server.data.dir=$(cd -- "$data" && pwd -P)"
}

what=${1:-}
[ -e "$file" ] || not_running ": there is no $file"
process=$(sed -n 's/^# process \([0-9]*\)$/\1/p' "$file")
lives "$process" || not_running ": its process ${process:-} has ended without removing $file"
if [ "$what" = --process ]; then
    echo "$process"
    exit 0
fi
age=$(($(date +%s) - $(stat -c %Y "$file")))
# a file of the future was written before the clock was set back, or is as old as that
[ "${age#-}" -le "$oldest" ] || not_running ", or hanging: $file is $age s old, its process is $process"
if [ "$what" = --metrics ]; then
    cat "$file"
    exit 0
fi
sed -n -e 's/^# \([a-z]*\): /\1: /p' -e 's/^hpqr_check{part="\(.*\)"} 1$/\1: healthy/p' "$file"
grep -q '^hpqr_up 1$' "$file" || exit 1
