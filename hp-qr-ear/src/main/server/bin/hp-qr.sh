#!/usr/bin/env bash
# Starts the server in the foreground. SIGINT or SIGTERM ends it: exit code 0. A server that cannot start ends by
# itself: exit code 1. --db PRODUCT chooses the database, as HPQR_DB does; other arguments go to WildFly, for example
# -Dhpqr.port=104.
# hp-qr.sh export [--force] DIR and hp-qr.sh import DIR|FILE ... copy the stored objects out and in, as files;
# hp-qr.sh backup FILE copies the database of H2, while the server runs or not.
set -eu

arguments=()
while [ $# -gt 0 ]; do
    case $1 in
    --db) HPQR_DB=${2-none}; shift $(($# > 1)) ;;
    --db=*) HPQR_DB=${1#--db=} ;;
    *) arguments+=("$1") ;;
    esac
    shift
done
export HPQR_DB=${HPQR_DB:-h2}
case $HPQR_DB in
h2) unset HPQR_DB_URL HPQR_DB_USER HPQR_DB_PASSWORD ;; # a file in the data directory
postgresql) server_url=jdbc:postgresql://127.0.0.1:5432/hpqr ;;
mariadb) server_url=jdbc:mariadb://127.0.0.1:3306/hpqr ;;
*)
    printf 'hp-qr cannot start: database "%s": allowed is h2, postgresql, mariadb\n' "$HPQR_DB" >&2
    exit 1
    ;;
esac
if [ "$HPQR_DB" != h2 ]; then
    # WildFly takes no empty password
    export HPQR_DB_URL=${HPQR_DB_URL:-$server_url} HPQR_DB_USER=${HPQR_DB_USER:-hpqr}
    export HPQR_DB_PASSWORD=${HPQR_DB_PASSWORD:-hpqr}
fi

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=${HPQR_DATA:-$home/standalone/data}
case ${arguments[0]-} in
export | import | backup)
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$home/bin/hp-qr-control.jar" "$home" "$data" "${arguments[@]}"
    ;;
esac
mkdir -p "$data"
data=$(cd "$data" && pwd)
export HPQR_CONFIG=${HPQR_CONFIG:-$data/hp-qr.properties}
if [ "$HPQR_CONFIG" = "$data/hp-qr.properties" ] && [ ! -e "$HPQR_CONFIG" ]; then
    cp "$home/standalone/configuration/hp-qr.properties" "$HPQR_CONFIG"
fi

# A line for each operation is for somebody who looks at it.
if [ -z "${HPQR_CONSOLE_OPERATIONS:-}" ]; then
    HPQR_CONSOLE_OPERATIONS=false
    [ ! -t 1 ] || HPQR_CONSOLE_OPERATIONS=true
fi
export HPQR_CONSOLE_OPERATIONS

# The shell between us and Java would otherwise keep signals to itself.
export LAUNCH_JBOSS_IN_BACKGROUND=1
exec 3< <(exec sh "$home/bin/standalone.sh" --read-only-server-config=standalone.xml \
    "-Djboss.server.data.dir=$data" "-Djboss.server.log.dir=$data/log" "-Djboss.server.temp.dir=$data/tmp" \
    ${arguments[@]+"${arguments[@]}"} 2>&1)
server=$!
stopping=
trap 'stopping=1; kill -TERM "$server" 2>/dev/null || true' INT TERM

state=starting
while [ "$state" = starting ] && IFS= read -r line <&3; do
    printf '%s\n' "$line"
    case $line in
    *'hp-qr listening: '*) state=listening ;;
    # started with errors: the deployment failed, for example because the database cannot be reached
    *WFLYSRV0026:*) state=failed ;;
    esac
done
if [ "$state" = failed ]; then
    kill -TERM "$server"
fi
cat <&3 &
# a signal ends the waiting, not the server
code=0
wait "$server" || code=$?
while kill -0 "$server" 2>/dev/null; do
    code=0
    wait "$server" || code=$?
done
wait
if [ "$state" = failed ]; then
    printf 'hp-qr cannot start, see %s\n' "$data/log/server.log" >&2
    exit 1
fi
if [ -n "$stopping" ]; then
    exit 0
fi
exit "$code"
