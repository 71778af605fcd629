#!/usr/bin/env bash
# Measures the standalone server: ./bench.sh [--quick], see ./bench.sh --help and docs/benchmark.md; the selection library:
# ./bench.sh selection; the matching of a C-FIND and its explanation: ./bench.sh explain
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")"
server=hp-qr-ear/target/server/standalone/deployments/hp-qr.ear
bench=hp-qr-bench/target/hp-qr-bench-floor.jar
if [ ! -e "$server" ] || [ ! -e "$bench" ] || [ -n "$(find pom.xml toolkit hp-qr-ejb hp-qr-control hp-qr-standalone hp-qr-web hp-qr-ear hp-qr-testkit hp-qr-bench src/config/sql \
        -name target -prune -o -type f \( -newer "$server" -o -newer "$bench" \) -print -quit)" ]; then
    echo "Building ..."
    mvn ${MAVEN_OPTIONS:-} -q -B -ntp -DskipTests -Pbench -pl hp-qr-ear,hp-qr-bench -am package
    # Maven leaves a jar as it is if nothing of it has changed
    touch "$server" "$bench"
fi
main=Bench
[ "${1-}" != selection ] || main=SelectionBench
[ "${1-}" != explain ] || main=ExplainBench
exec java -Xmx1g "-Dbench.root=$PWD" "-Dbench.server=${server%/standalone/deployments/*}" -cp "hp-qr-bench/target/classes:hp-qr-bench/target/lib/*" org.hpqr.bench.$main "$@"
