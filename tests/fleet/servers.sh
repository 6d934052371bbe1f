#!/usr/bin/env bash
# A simulated county over real servers: nginx with WebDAV (as the distribution has it) and an
# S3-compatible one (moto). What is collected from either is what is collected from a folder, and the
# report over it says what a few lines of Python count over the batches.
#
# usage: servers.sh KEPU PYTHON [STATIONS DAYS]   with moto in that Python; 40 370 is a whole year
set -euo pipefail
kepu="$1" python="$2"
folder="$(mktemp -d -t kepu-servers-XXXXXX)"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT

free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
await() { for _ in $(seq 100); do curl -s -o "$folder/answer" "$1" && return; sleep 0.2; done; echo "no answer from $1"; exit 1; }

dav="$(free_port)"
mkdir -p "$folder/root/kepu" "$folder/temp"
chmod -R a+rwX "$folder" # the worker is another user
printf 'ann:%s\n' "$(openssl passwd -apr1 'open sesame')" > "$folder/users"
cat > "$folder/nginx.conf" <<EOF
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log;
events {}
http {
    access_log off; client_body_temp_path $folder/temp; client_max_body_size 8m;
    server {
        listen 127.0.0.1:$dav; root $folder/root;
        auth_basic kepu; auth_basic_user_file $folder/users;
        dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS;
        dav_access user:rw group:rw all:r;
    }
}
EOF
nginx -c "$folder/nginx.conf" & pids+=($!)
await "http://127.0.0.1:$dav/"

s3="$(free_port)"
"$python" -m moto.server -H 127.0.0.1 -p "$s3" > "$folder/moto.log" 2>&1 & pids+=($!)
await "http://127.0.0.1:$s3/"
curl -s -X PUT "http://127.0.0.1:$s3/county" > "$folder/answer"

export KEPU_UPLOAD_USER=ann KEPU_UPLOAD_PASSWORD='open sesame'
export AWS_ACCESS_KEY_ID=AKIA0000000000000000 AWS_SECRET_ACCESS_KEY=secret
# The first five days are of the year before.
plan=(--stations "${3:-6}" --days "${4:-15}" --from 2025-12-27 --seed 4)
dump() { "$python" - "$1" <<'EOF'
import hashlib, sqlite3, sys
print(hashlib.sha256("\n".join(sqlite3.connect(sys.argv[1]).iterdump()).encode()).hexdigest())
EOF
}
records() { "$python" - "$1/records.sqlite" "$2" <<'EOF'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE TEMP TABLE generate (value INTEGER)")
db.executemany("INSERT INTO generate VALUES (?)", [(number,) for number in range(1, 21)])
db.execute(sys.argv[2])
db.commit()
EOF
}
lap() { echo "  $1: $((SECONDS - begin)) s"; begin=$SECONDS; }
begin=$SECONDS
"$kepu" simulate "${plan[@]}" --out "$folder/batches" --lang en
lap "a folder: written"
"$kepu" collect "$folder/batches" --into "$folder/folder.sqlite" --lang en
lap collected
"$python" "$(dirname "$0")/report.py" "$kepu" "$folder/batches" "$folder/folder.sqlite" 2026
for place in "http://127.0.0.1:$dav/kepu/" "s3://county/results?endpoint=http://127.0.0.1:$s3"; do
    file="$folder/${place%%:*}.sqlite" begin=$SECONDS
    "$kepu" simulate "${plan[@]}" --out "$place" --lang en > "$folder/said"
    lap "$place: written"
    "$kepu" collect "$place" --into "$file" --lang en
    lap collected
    [ "$(dump "$file")" = "$(dump "$folder/folder.sqlite")" ] || { echo "$place: not the same"; exit 1; }
    # A station of its own: sent, read back and marked; and when the mark is lost, found there.
    data="$folder/data-${place%%:*}"
    mkdir "$data"
    printf '(id: "east-gate", upload: "%s")' "$place" > "$data/station.ron"
    said="$("$kepu" upload --lang en --data "$data")"
    [ "$said" = "Nothing waits to be sent." ] || { echo "$said"; exit 1; }
    records "$data" "INSERT INTO session SELECT printf('%032x', value), '2026-03-12', 9, 'trusted', 'youth', 'health',
        'en', 'standard', 'visitor', 'abandoned', 6, 0, 0, 15, NULL FROM generate"
    for expected in "Sent 1 batch with 20 sessions" "Nothing waits" "Sent 1 batch with 20 sessions"; do
        said="$("$kepu" upload --lang en --data "$data")"
        case "$said" in *"$expected"*) ;; *) echo "$place: $said"; exit 1;; esac
        [ "$expected" != "Nothing waits" ] || records "$data" "UPDATE batch SET acknowledged = 0"
    done
    # With a wrong password nothing is said but that.
    if KEPU_UPLOAD_PASSWORD=wrong "$kepu" simulate "${plan[@]}" --out "$place" 2> "$folder/error"; then exit 1; fi
    grep -q . "$folder/error"
    ! grep -q 'sesame\|wrong\|secret' "$folder/error"
done
[ -z "$(find "$folder/root" -name '*.part')" ] || { echo "torsos stay behind"; exit 1; }
echo "the same from a folder, from nginx and from S3"
