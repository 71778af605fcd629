#!/usr/bin/env bash
# Makes the files of a release in target/release: ./release.sh VERSION
# Builds the last commit in a copy, from Maven Central alone, and publishes nothing. One commit always gives the same bytes.
# Needs git, Java 17, Maven, zip and dpkg-deb.
set -eu
unset CDPATH
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
version=${1-}
out=$PWD/target/release
work=$out/work
source=$work/source
log=$PWD/target/release.log

fail() {
    printf 'release.sh: %s\n' "$1" >&2
    exit 1
}

[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail "usage: ./release.sh VERSION, for example 1.0.0"
for tool in git java mvn zip dpkg-deb; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done
[ -z "$(git status --porcelain)" ] || fail "there are changes that are not committed"
case $version in
*-*) grep -q "^## ${version%%-*}\b" CHANGELOG.md || fail "CHANGELOG.md has no section ${version%%-*}" ;;
*) grep -qE "^## ${version//./\\.} - [0-9]{4}-[0-9]{2}-[0-9]{2}$" CHANGELOG.md || fail "CHANGELOG.md has no section $version with a date" ;;
esac

# of the commit: what is made of it does not depend on when
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
timestamp=$(date -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

rm -rf "$out"
mkdir -p "$source"
git archive HEAD | tar -x -C "$source"

echo "Building $version of $(git rev-parse --short HEAD); Maven's output is in $log"
# shellcheck disable=SC2086
mvn ${MAVEN_OPTIONS:-} -B -ntp -f "$source/pom.xml" -DskipTests "-Drevision=$version" "-Dproject.build.outputTimestamp=$timestamp" \
    -pl .,hp-qr-ear,hp-qr-installer,hp-qr-library,hp-qr-ohif,hp-qr-selection -am package cyclonedx:makeAggregateBom >"$log" 2>&1 || fail "the build failed, see $log"

# Guide, scripts for DBAs, LDIF and samples, placed as in the sources, so that links and commands of the guide are right.
put_documentation() { # DIRECTORY
    mkdir -p "$1/src/config"
    (cd "$source" && cp -r README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE NOTICE docs "$1"
        cp -r src/config/ldap src/config/sql "$1/src/config"
        cp -r src/samples src/library src/walk "$1/src")
    mkdir -p "$1/toolkit" && cp "$source/toolkit/README.md" "$1/toolkit"
    mkdir -p "$1/hp-qr-ohif" && cp "$source/hp-qr-ohif/README.md" "$source/hp-qr-ohif/mapping.js" "$1/hp-qr-ohif"
}

# The same modes and times whoever builds it.
normalize() { # DIRECTORY
    find "$1" -type d -exec chmod 755 {} +
    find "$1" -type f -exec chmod 644 {} +
    find "$1" -type f \( -name '*.sh' -o -name hp.py \) -exec chmod 755 {} +
    find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

pack_tar() { # DIRECTORY FILE
    tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -C "$work" -c "$1" | gzip -n -9 >"$out/$2"
}

pack_zip() { # DIRECTORY
    (cd "$work" && find "$1" | sort | zip -q -X -9 "$out/$1.zip" -@)
}

fill() { # FILE: with values instead of @NAMES@
    sed -e "s|@VERSION@|$version|g" -e "s|@DEBIAN_VERSION@|${version/-/\~}|g" -e "s|@SIZE@|${size:-}|g" "$source/src/release/$1"
}

echo "Packing"
server=$work/hp-qr-$version
cp -r "$source/hp-qr-ear/target/server" "$server"
# with what WildFly wrote when it was put together
rm -rf "$server/.wildfly-maven-plugin-provisioning.xml" "$server/.well-known" "$server"/standalone/{data,log,tmp}
# WildFly writes these two in any order
sed -i 's|<session-cookie secure="\([^"]*\)" http-only="\([^"]*\)"/>|<session-cookie http-only="\2" secure="\1"/>|' \
    "$server/standalone/configuration/standalone.xml"
put_documentation "$server/documentation"
mkdir "$server/systemd"
cp "$source/src/release/hp-qr.service" "$source/src/release/environment" "$server/systemd"
cp "$source/src/release/hp-qr.sysusers" "$server/systemd/hp-qr.conf"
java "$source/src/release/ServerComponents.java" "$server" "$source/target/hp-qr.cdx.json" \
    "org.aoju:bus-image:$(sed -n 's|.*<version.bus-image>\(.*\)</version.bus-image>.*|\1|p' "$source/pom.xml")" >>"$log" 2>&1 ||
    fail "the software bill of materials is incomplete, see $log"
normalize "$server"
pack_tar "hp-qr-$version" "hp-qr-$version.tar.gz"
pack_zip "hp-qr-$version"

plugin=$work/hp-qr-plugin-$version
put_documentation "$plugin"
cp "$source/hp-qr-installer/target/hp-qr-installer.jar" "$plugin"
mkdir "$plugin/library"
cp "$source"/hp-qr-library/target/library/*.dcm "$plugin/library"
normalize "$plugin"
pack_zip "hp-qr-plugin-$version"
cp "$source/hp-qr-installer/target/hp-qr-installer.jar" "$out/hp-qr-installer-$version.jar"

cp "$source/hp-qr-selection/target/hp-qr-selection-$version"*.jar "$out"

# as npm pack makes it
cp -r "$source/hp-qr-ohif/target/npm" "$work/package"
normalize "$work/package"
pack_tar package "hp-qr-ohif-$version.tgz"

deb=$work/deb
mkdir -p "$deb/DEBIAN" "$deb/usr/share" "$deb/usr/share/doc/hp-qr" "$deb/usr/bin" "$deb/usr/lib/systemd/system" "$deb/usr/lib/sysusers.d" \
    "$deb/etc/hp-qr"
cp -r "$server" "$deb/usr/share/hp-qr"
rm -r "$deb/usr/share/hp-qr/systemd"
mv "$deb/usr/share/hp-qr/documentation" "$deb/usr/share/doc/hp-qr/documentation"
cp "$source/NOTICE" "$deb/usr/share/doc/hp-qr/copyright"
sed -e 's|/opt/hp-qr/documentation|/usr/share/doc/hp-qr/documentation|; s|/opt/hp-qr|/usr/share/hp-qr|' -e 1d \
    "$source/src/release/hp-qr.service" >"$deb/usr/lib/systemd/system/hp-qr.service"
cp "$source/src/release/hp-qr.sysusers" "$deb/usr/lib/sysusers.d/hp-qr.conf"
cp "$source/src/release/environment" "$server/standalone/configuration/hp-qr.properties" "$deb/etc/hp-qr"
size=$(find "$deb" -path "$deb/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{sum += $1} END {printf "%d", sum / 1024}')
for file in control conffiles postinst prerm postrm; do
    fill "debian/$file" >"$deb/DEBIAN/$file"
done
(cd "$deb" && find usr -type f | sort | xargs -d '\n' md5sum) >"$deb/DEBIAN/md5sums"
normalize "$deb"
chmod 755 "$deb/DEBIAN/postinst" "$deb/DEBIAN/prerm" "$deb/DEBIAN/postrm"
ln -s ../share/hp-qr/bin/hp-qr.sh "$deb/usr/bin/hp-qr"
ln -s ../share/hp-qr/bin/hp-qr-status.sh "$deb/usr/bin/hp-qr-status"
find "$deb/usr/bin" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb -Zgzip --root-owner-group --build "$deb" "$out/hp-qr_${version/-/\~}_all.deb" >>"$log"

fill Dockerfile >"$out/Dockerfile"
fill Dockerfile.archive >"$out/Dockerfile.archive"
cp "$source/target/hp-qr.cdx.json" "$out/hp-qr-$version.cdx.json"
rm -rf "$work"
(cd "$out" && sha256sum -- * >"$work.sums" && mv "$work.sums" SHA256SUMS)
echo "Made in $out:"
ls "$out"
