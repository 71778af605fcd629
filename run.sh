#!/usr/bin/env bash
# Builds what is missing and starts the server in the foreground: ./run.sh [--db PRODUCT] [-Dhpqr.port=104 ...]
# Settings: docs/settings.md. Data (database, objects, log, hp-qr.properties) is in ./data, or where HPQR_DATA says.
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")"
server=hp-qr-ear/target/server
built=$server/standalone/deployments/hp-qr.ear

for tool in java mvn; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing: hp-qr needs Java 17 and Maven (apt-get install openjdk-17-jdk-headless maven)" >&2
        exit 1
    fi
done

is_older_than_sources() {
    [ -n "$(find pom.xml toolkit hp-qr-ejb hp-qr-control hp-qr-standalone hp-qr-ear src/config/sql -name target -prune -o \
        -path '*/src/test' -prune -o -type f -newer "$built" -print -quit)" ]
}

if [ ! -e "$built" ] || is_older_than_sources; then
    echo "Building, which takes some minutes the first time ..."
    mvn -q -B -ntp -DskipTests -pl hp-qr-ear -am package
fi
export HPQR_DATA=${HPQR_DATA:-$PWD/data}
echo "Starting, with data in $HPQR_DATA ..."
exec bash "$server/bin/hp-qr.sh" "$@"
