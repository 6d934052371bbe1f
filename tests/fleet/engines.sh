#!/usr/bin/env bash
# A small simulated county, collected, and the engines of assets/fleet over its batches.
#
# usage: engines.sh KEPU PYTHON ENGINE…   with the engines in that Python (see compare.py)
set -euo pipefail
kepu="$1" python="$2"
folder="$(mktemp -d -t kepu-engines-XXXXXX)"
trap 'rm -rf "$folder"' EXIT
"$kepu" simulate --stations 6 --days 40 --out "$folder/batches" --lang en
# One batch lies there twice, as when a stick and a network both brought it.
for batch in "$folder"/batches/station=sim-0001/0000000001-*; do
    cp "$batch" "${batch%.jsonl.gz}-conflict-1.jsonl.gz"
done
"$kepu" collect "$folder/batches" --into "$folder/county.sqlite" --lang en
"$python" "$(dirname "$0")/compare.py" "$folder/batches" "$folder/county.sqlite" "${@:3}"
