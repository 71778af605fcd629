#!/usr/bin/env bash
# The standalone server.
#   hp-qr.sh [--db PRODUCT] [ARGUMENT ...]   starts it in the foreground
#   hp-qr.sh export [--force] DIR            copies the stored objects out, as files
#   hp-qr.sh import DIR|FILE ...             copies objects in
#   hp-qr.sh remove DIR|FILE ...             deletes the objects of files, if they are stored as the files have them
#   hp-qr.sh library load|remove             copies the library of protocols in; removes those that nobody has changed
#   hp-qr.sh backup FILE                     copies the database of H2, while the server runs or not
#   hp-qr.sh user add NAME [--role ROLE] ... adds a user who can log in; also: user remove NAME, user list
#   hp-qr.sh select --study DIR ...          says which protocols apply to a study, and why: the stored ones, or those of a directory
# The process of the script becomes that of the server. SIGINT or SIGTERM ends it: exit code 0 once it listens. A server that
# cannot start ends by itself: the last line says why, the exit code is not 0. --db chooses the database, as HPQR_DB does. Other
# arguments go to WildFly, for example -Dhpqr.port=104; --debug [PORT] goes to Java. JAVA_OPTS replaces the options of Java below,
# JAVA_HOME or JAVA says which Java it is, GC_LOG=true logs what its garbage collector does.
set -eu
unset CDPATH

fail() {
    printf 'hp-qr cannot start: %s\n' "$1" >&2
    exit 1
}

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
java=${JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
command -v "$java" >/dev/null || fail "there is no Java: $java not found (apt-get install openjdk-17-jre-headless)"

arguments=()
debug=()
base=$home/standalone
configuration=
while [ $# -gt 0 ]; do
    case $1 in
    --db) HPQR_DB=${2-none}; shift $(($# > 1)) ;;
    --db=*) HPQR_DB=${1#--db=} ;;
    --debug)
        port=8787
        case ${2-} in [1-9]*) port=$2; shift ;; esac
        debug=("-agentlib:jdwp=transport=dt_socket,address=$port,server=y,suspend=n")
        ;;
    -Djboss.server.base.dir=*) base=$(readlink -m -- "${1#*=}") ;;
    -Djboss.server.config.dir=*) configuration=$(readlink -m -- "${1#*=}") ;;
    *) arguments+=("$1") ;;
    esac
    shift
done

export HPQR_DB=${HPQR_DB:-h2}
case $HPQR_DB in
h2) unset HPQR_DB_URL HPQR_DB_USER HPQR_DB_PASSWORD ;; # a file in the data directory
postgresql) server_url=jdbc:postgresql://127.0.0.1:5432/hpqr ;;
mariadb) server_url=jdbc:mariadb://127.0.0.1:3306/hpqr ;;
*) fail "database \"$HPQR_DB\": allowed is h2, postgresql, mariadb" ;;
esac
if [ "$HPQR_DB" != h2 ]; then
    # WildFly takes no empty password
    export HPQR_DB_URL=${HPQR_DB_URL:-$server_url} HPQR_DB_USER=${HPQR_DB_USER:-hpqr}
    export HPQR_DB_PASSWORD=${HPQR_DB_PASSWORD:-hpqr}
fi

# In the locale C, Java would take every name of a file that is not ASCII for another one.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
    export LC_ALL=C.UTF-8
fi

data=${HPQR_DATA:-$home/standalone/data}

. "$home/bin/hp-qr-settings.sh"
in_data() { # FILE
    case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$data" "$1" ;; esac
}
case ${arguments[*]-} in
'library load') arguments=(import "$home/library") ;;
'library remove') arguments=(remove "$home/library") ;;
esac
case ${arguments[0]-} in
library)
    echo 'hp-qr.sh: usage: hp-qr.sh library load | hp-qr.sh library remove' >&2
    exit 2
    ;;
user)
    read_file "${HPQR_CONFIG:-$data/hp-qr.properties}"
    exec "$java" -cp "$home/bin/select/*" org.hpqr.standalone.login.UserCommand "$(in_data "$(setting users-file users)")" "${arguments[@]:1}"
    ;;
export | import | remove | backup)
    exec "$java" -jar "$home/bin/hp-qr-control.jar" "$home" "$data" "${arguments[@]}"
    ;;
select)
    select=("$java" -cp "$home/bin/select/*" org.hpqr.standalone.select.SelectCommand "${arguments[@]:1}")
    case " ${arguments[*]} " in
    *' --protocols '*) exec "${select[@]}" ;;
    *' --study '*) ;;
    *) exec "${select[@]}" ;; # says how it is called
    esac
    stored=$(mktemp -d)
    trap 'rm -rf -- "$stored"' EXIT
    status=0
    "$java" -jar "$home/bin/hp-qr-control.jar" "$home" "$data" export "$stored/protocols" >"$stored/log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || cat -- "$stored/log" >&2
    [ "$status" -le 1 ] || exit 2
    # those that no viewer finds
    rm -rf -- "$stored/protocols/retired"
    status=0
    "${select[@]}" --protocols "$stored/protocols" || status=$?
    exit "$status"
    ;;
esac
reason=$(mkdir -p -- "$data" 2>&1) || fail "the data directory $data cannot be made: ${reason##*: }"
data=$(cd -- "$data" && pwd -P)
[ -w "$data" ] && [ -x "$data" ] || fail "the data directory $data cannot be written to"
if process=$(HPQR_DATA=$data bash "$home/bin/hp-qr-status.sh" --process); then
    fail "the data directory $data is in use by another server, process $process"
fi
export HPQR_CONFIG=${HPQR_CONFIG:-$data/hp-qr.properties}
if [ "$HPQR_CONFIG" = "$data/hp-qr.properties" ] && [ ! -e "$HPQR_CONFIG" ]; then
    cp -- "$home/standalone/configuration/hp-qr.properties" "$HPQR_CONFIG"
fi
read_file "$HPQR_CONFIG"

# WildFly writes beside its configuration while it starts, where servers of one installation would meet.
if [ -z "$configuration" ]; then
    configuration=$data/wildfly
    reason=$({ mkdir -p -- "$configuration" && cp -f -- "$base/configuration/standalone.xml" \
        "$base/configuration/logging.properties" "$configuration/"; } 2>&1) ||
        fail "WildFly's configuration cannot be copied to $configuration: ${reason##*: }"
fi

# A line for each operation is for somebody who looks at it.
if [ -z "${HPQR_CONSOLE_OPERATIONS:-}" ]; then
    HPQR_CONSOLE_OPERATIONS=false
    [ ! -t 1 ] || HPQR_CONSOLE_OPERATIONS=true
fi
export HPQR_CONSOLE_OPERATIONS

# What WildFly's own script gives to Java, but that IPv6 is not switched off. And where the catalogue takes half of the heap, the
# garbage collector would look for garbage in it all the time.
default_options="${JBOSS_JAVA_SIZING:--Xms64m -Xmx512m} -Djava.awt.headless=true
    -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=65
    -Djboss.modules.system.pkgs=${JBOSS_MODULES_SYSTEM_PKGS:-org.jboss.byteman}"
serial_filter=${JDK_SERIAL_FILTER:-maxbytes=10485760;maxdepth=128;maxarray=100000;maxrefs=300000}
# xargs takes quotes as a shell does, and evaluates nothing
mapfile -t options < <(printf '%s' "${JAVA_OPTS:-$default_options}" | xargs -r printf '%s\n')
case ${JAVA_OPTS-} in
*-Djdk.serialFilter*) ;;
*) [ -n "${DISABLE_JDK_SERIAL_FILTER-}" ] || options+=("-Djdk.serialFilter=$serial_filter") ;;
esac
for package in java.desktop/sun.awt java.naming/com.sun.jndi.ldap java.naming/com.sun.jndi.url.ldap \
    java.naming/com.sun.jndi.url.ldaps jdk.naming.dns/com.sun.jndi.dns; do
    options+=("--add-exports=$package=ALL-UNNAMED")
done
for package in java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect java.base/java.io java.base/java.net \
    java.base/java.security java.base/java.util java.base/java.util.concurrent java.management/javax.management \
    java.naming/javax.naming; do
    options+=("--add-opens=$package=ALL-UNNAMED")
done
if [ "${GC_LOG-}" = true ]; then
    mkdir -p -- "$data/log"
    options+=("-Xlog:gc*:file=\"$data/log/gc.log\":time,uptimemillis:filecount=5,filesize=3M")
fi
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}

# WildFly opens the HTTP ports, and knows where browsers log in, before hp-qr reads its settings.
http_address=$(setting http-address 127.0.0.1)
web=("-Djboss.http.address=$http_address" "-Djboss.http.behind-proxy=$(setting http-behind-proxy false)")
web_port() { # SCHEME DEFAULT
    local port
    port=$(setting "$1-port" "$2")
    # what is no port is refused by hp-qr, in one line
    if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]]; then
        web+=("-Djboss.$1.enabled=false")
        return 1
    fi
    if (: <"/dev/tcp/$http_address/$port") 2>/dev/null; then
        fail "hpqr.$1-port: something listens on $http_address:$port already"
    fi
    web+=("-Djboss.$1.enabled=true" "-Djboss.$1.port=$port")
}
web_port http 8080 || true
send_timeout=$(setting send-timeout 60)
if [[ $send_timeout =~ ^[1-9][0-9]{0,3}$ ]]; then
    web+=("-Djboss.http.write-timeout=${send_timeout}000")
fi
issuer=$(setting oidc-issuer '')
if [ -n "$issuer" ]; then
    web+=("-Djboss.oidc.issuer=$issuer" "-Djboss.oidc.bearer-only=false" "-Djboss.oidc.proactive=true"
        "-Djboss.oidc.client=$(setting oidc-audience hp-qr)"
        "-Djboss.oidc.user-claim=$(setting oidc-user-claim preferred_username)")
fi
if web_port https 0; then
    protocols=$(setting tls-protocols TLSv1.3,TLSv1.2 | tr -d ' ')
    # a password is no argument, as other users of the machine see those
    HTTPS_KEYSTORE_PASSWORD=$(secret tls-keystore-password none)
    HTTPS_KEY_PASSWORD=$(secret tls-key-password '')
    export HTTPS_KEYSTORE_PASSWORD HTTPS_KEY_PASSWORD=${HTTPS_KEY_PASSWORD:-$HTTPS_KEYSTORE_PASSWORD}
    web+=("-Djboss.https.keystore=$(in_data "$(setting tls-keystore none.p12)")"
        "-Djboss.https.protocol=${protocols%%,*}" "-Djboss.https.older-protocol=${protocols##*,}")
fi

# Passes on what the server says; stack traces are in its log. If it ends before it listens, the last line says why.
pass_on() {
    # these are for the server, whose last words are to be read
    trap '' INT TERM HUP
    local line reason='' cause='' error=''
    while IFS= read -r line; do
        case $line in
        *'hp-qr cannot start: '*) reason=${line#*hp-qr cannot start: }; printf '%s\n' "$line" ;;
        # the driver's words: what WildFly and Hibernate make of them does not help
        'Caused by: '*ResourceException': IJ'*) ;;
        'Caused by: '*SQL*Exception': '*) cause=${cause:-the database ($HPQR_DB) cannot be used: ${line#Caused by: *: }} ;;
        'Caused by: '* | '' | [[:space:]]*) ;;
        [0-9][0-9]:[0-9][0-9]:[0-9][0-9]' INFO '* | [0-9][0-9]:[0-9][0-9]:[0-9][0-9]' WARN '*) printf '%s\n' "$line" ;;
        *) printf '%s\n' "$line"; error=${error:-$line} ;;
        esac
        case $line in
        *'hp-qr listening: '*) exec cat ;;
        # started, but hp-qr has not: what it needs is missing
        *WFLYSRV0026:*) kill -TERM $$ ;;
        esac
    done
    printf 'hp-qr cannot start: %s\n' "${reason:-${cause:-${error:-it ended before it listened}; see $data/log/server.log}}" >&2
}

# A server that is killed has lost nothing, and is started again; H2 damages its file if it goes on after an OutOfMemoryError.
exec "$java" "-D[Standalone]" -XX:+ExitOnOutOfMemoryError "${options[@]}" ${debug[@]+"${debug[@]}"} \
    "-Dorg.jboss.boot.log.file=$data/log/server.log" "-Dlogging.configuration=file:$configuration/logging.properties" \
    -jar "$home/jboss-modules.jar" -mp "${JBOSS_MODULEPATH:-$home/modules}" org.jboss.as.standalone \
    "-Djboss.home.dir=$home" "-Djboss.server.base.dir=$base" --read-only-server-config=standalone.xml \
    "-Djboss.server.config.dir=$configuration" "-Djboss.server.data.dir=$data" \
    "-Djboss.server.log.dir=$data/log" "-Djboss.server.temp.dir=$data/tmp" \
    "${web[@]}" \
    ${arguments[@]+"${arguments[@]}"} > >(pass_on) 2>&1
