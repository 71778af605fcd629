#!/usr/bin/env bash
# Backs up a server with PostgreSQL that goes on running: hp-qr-backup.sh OBJECTS TARGET
# OBJECTS is its storage directory. TARGET is made, and gets objects/ and database.dump. The database is named by PGHOST,
# PGPORT, PGUSER, PGPASSWORD and PGDATABASE. It needs pg_dump and pg_restore, not older than the database server.
set -eu

objects=$1
target=$(mkdir -p "$2/objects" && cd "$2" && pwd)

# Files never change, and there is a file before there is a row that names it. So the files that were there before the dump,
# and those that are there after it, are all that its rows name, but for an object that came and was replaced in between.
copy() {
    # a file that is gone by the time it is copied was replaced; whether that matters is seen below
    (cd "$objects" && find . \( -path './[0-9a-f][0-9a-f]/*' -o -name 'database-*' \) -type f -print0 |
        xargs -0 --no-run-if-empty cp --parents --no-clobber --preserve=timestamps -t "$target/objects" 2>/dev/null) || true
}

# Path and size of every object that the dump names.
named() {
    pg_restore --data-only --table=hp_object --file=- "$target/database.dump" | awk -F '\t' '
        /^COPY / { split(substr($0, index($0, "(") + 1), names, /[,)] ?/)
                   for (i in names) { if (names[i] == "storage_path") path = i; if (names[i] == "object_size") size = i }
                   rows = 1; next }
        /^\\\.$/ { rows = 0 }
        rows     { print $path " " $size }' | sort
}

for attempt in 1 2 3 4 5; do
    copy
    pg_dump --format=custom --file="$target/database.dump"
    copy
    missing=$(comm -23 <(named) <(cd "$target/objects" && find . -type f -printf '%P %s\n' | sort) | wc -l)
    if [ "$missing" -eq 0 ]; then
        sync
        echo "backed up: $(named | wc -l) objects"
        exit 0
    fi
    echo "attempt $attempt: $missing objects were stored and replaced meanwhile, or could not be copied" >&2
done
exit 1
