"""Makes traditional.txt: what the rules take a traditional character for.

For Debian's package unicode-data 15.0.0: python3 traditional.py > traditional.txt
"""

import bz2

FILE = "/usr/share/unicode/Unihan_Variants.txt.bz2"

# What Unihan has no simplified form for, because it calls the two one character
# written in two ways.
ALIKE = (
    "內内沒没溫温說说説说啟启啓启為为強强綠绿錄录戶户產产脫脱稅税銳锐鋭锐悅悦閱阅閲阅衞卫衛卫羣群峯峰牀床麪面麵面裏里裡里"
    "佔占綫线線线靜静淨净爭争勻匀佈布吋寸籤签週周夥伙悽凄兇凶勳勋敍叙諮咨譁哗齧啮巖岩嶽岳託托槓杠稜棱湧涌遊游燻熏甕瓮羨羡"
    "豔艳蘊蕴藴蕴蝨虱蠍蝎醖酝醞酝鑑鉴僱雇滷卤鹼碱於于後后徵征"
)


def gb2312(last=0xF7):
    rows, cells = range(0xB0, last + 1), range(0xA1, 0xFF)
    return {c for r in rows for k in cells for c in bytes([r, k]).decode("gb2312", "ignore")}


def main():
    simple, frequent = gb2312(), gb2312(0xD7)
    folded = {}
    for line in bz2.open(FILE, "rt", encoding="utf-8"):
        if "\tkSimplifiedVariant\t" in line:
            code, _, others = line.rstrip("\n").split("\t")
            character = chr(int(code[2:], 16))
            others = [chr(int(other[2:], 16)) for other in others.split()]
            others = [other for other in others if other in simple]
            if others and character not in frequent:
                folded[character] = others[0]
    folded.update((a, b) for a, b in zip(ALIKE[::2], ALIKE[1::2]) if a != b)
    print("# Traditional characters, each with the simplified one that the rules take it for. Made by")
    print("# traditional.py from the Unihan database 15.0 (Unicode License v3).")
    pairs = [a + b for a, b in sorted(folded.items())]
    for at in range(0, len(pairs), 24):
        print(" ".join(pairs[at : at + 24]))


main()
