#!/usr/bin/env bash
# Builds everything, the benchmark too, and runs all tests. Arguments go to Maven.
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")"

# DICOM peers that nobody here wrote, and the database servers that the tests start. MariaDB comes without what would start
# it as a service; PostgreSQL has no such package: RUNLEVEL asks Debian, for this one call, not to start what it installs.
missing=()
command -v storescu >/dev/null || missing+=(dcmtk)
/usr/bin/python3 -c 'import odil' 2>/dev/null || missing+=(python3-odil)
/usr/bin/python3 -c 'import pydicom, requests' 2>/dev/null || missing+=(python3-pydicom python3-requests)
command -v curl >/dev/null || missing+=(curl)
# a browser, for the page
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
# the viewer OHIF's own code, for the protocols that are converted for it
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
[ -e /usr/share/java/pixelmed.jar ] || missing+=(libpixelmed-java)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ -x /usr/sbin/mariadbd ] && [ -x /usr/bin/mariadb-dump ] || missing+=(mariadb-server-core mariadb-client)
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "The tests need ${missing[*]}: run this as root, or first: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    log=target/packages.log
    mkdir -p target
    echo "Installing ${missing[*]}; apt-get's output is in $log"
    { apt-get update -q && RUNLEVEL=1 apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        exit 1
    }
fi

# Maven lives for minutes only, and builds three modules at once, as tests wait most of the time:
# the optimizing compiler would cost more than it saves
export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
exec mvn -B -ntp -T 3 -Pbench verify "$@"
