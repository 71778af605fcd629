#!/usr/bin/env bash
# Builds what is missing and starts the server in the foreground: ./run.sh [--db PRODUCT] [-Dhpqr.port=104 ...]
# Settings: docs/settings.md. Data (database, log, hp-qr.properties) is in data beside this script, or where HPQR_DATA says.
set -eu
unset CDPATH

project=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
server=$project/hp-qr-ear/target/server
built=$server/standalone/deployments/hp-qr.ear
log=$project/target/build.log

fail() {
    printf 'hp-qr cannot start: %s\n' "$1" >&2
    exit 1
}

# In the locale C, Java, and so Maven, would take every name of a file that is not ASCII for another one.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
    export LC_ALL=C.UTF-8
fi

for tool in java mvn; do
    command -v "$tool" >/dev/null ||
        fail "$tool is missing: hp-qr needs Java 17 and Maven (apt-get install openjdk-17-jdk-headless maven)"
done

is_older_than_sources() {
    [ -n "$(find "$project/pom.xml" "$project/toolkit" "$project"/hp-qr-*/pom.xml "$project"/hp-qr-*/src/main "$project/src/config" \
        -name target -prune -o -path '*/src/test' -prune -o -type f -newer "$built" -print -quit)" ]
}

# A signal that comes meanwhile ends Maven, too.
build() {
    mkdir -p "$project/target"
    mvn -q -B -ntp -DskipTests -f "$project/pom.xml" -pl hp-qr-ear -am package >"$log" 2>&1 &
    trap 'kill '$!' 2>/dev/null; exit 130' INT
    trap 'kill '$!' 2>/dev/null; exit 143' TERM
    wait $! || fail "the build failed, see $log"
    trap - INT TERM
}

if [ ! -e "$built" ] || is_older_than_sources; then
    echo "Building, which takes a few minutes the first time; Maven's output is in $log"
    build
fi
export HPQR_DATA=${HPQR_DATA:-$project/data}
echo "Starting, with data in $HPQR_DATA"
exec bash "$server/bin/hp-qr.sh" "$@"
