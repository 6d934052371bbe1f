#!/bin/bash
# Draws the pictures of the shipped packs from the drawings in this folder, one folder a pack.
# Needs rsvg-convert (the package librsvg2-bin).
set -euo pipefail
cd "$(dirname "$0")"
for drawing in */*.svg; do
    pack="$(dirname "$drawing")"
    media="../../quizzes/$pack/media"
    mkdir -p "$media"
    rsvg-convert --format png --output "$media/$(basename "$drawing" .svg).png" "$drawing"
done
