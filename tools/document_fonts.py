"""Makes the fonts that documents are set in: subsets of Noto Sans CJK SC, small enough to ship.

    apt install fonts-noto-cjk
    python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0
    /tmp/fonts/bin/python tools/document_fonts.py

Regular has every character of the font but the Korean syllables: all of GBK, of the levels 1 and 2
of GB 18030-2022, and of the 8,105 characters of 通用规范汉字表, the rare ones of names included.
Bold, for titles, has GB/T 2312; what it lacks is set in Regular. What both lack stops a document
instead of leaving a gap in it. The licence, OFL 1.1, stands beside the fonts.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parents[1] / "src" / "permits" / "outside" / "typesetting" / "fonts"

SIMPLIFIED = 2
"""The place of Noto Sans CJK SC in the collections of Debian."""

KOREAN = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))

RARE = "𬭎㛃䶮㙦"
"""Characters of names that fonts often lack; without one of them nothing is written."""


def main() -> None:
    """Write both fonts."""
    regular = _opened("NotoSansCJK-Regular.ttc")
    had = set(regular.getBestCmap())
    wanted = {c for c in had if not any(first <= c <= last for first, last in KOREAN)}
    missing = [c for c in RARE if ord(c) not in wanted]
    missing += [chr(c) for c in sorted(_gbk() - wanted)]
    if missing:
        sys.exit(f"the font lacks {''.join(missing)}")
    _write(regular, wanted, "NotoSansCJKsc-Regular.otf")
    bold = _opened("NotoSansCJK-Bold.ttc")
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040)}
    _write(bold, {*_encoded("gb2312"), *latin} & set(bold.getBestCmap()), "NotoSansCJKsc-Bold.otf")


def _opened(name: str) -> TTFont:
    return TTFont(SOURCE / name, fontNumber=SIMPLIFIED, lazy=True, recalcTimestamp=False)


def _encoded(codec: str) -> set[int]:
    """The characters of two bytes of an encoding."""
    pairs = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    texts = (pair.decode(codec, errors="ignore") for pair in pairs)
    return {ord(text) for text in texts if len(text) == 1}


def _gbk() -> set[int]:
    """The Chinese characters of GBK."""
    return {c for c in _encoded("gbk") if 0x3400 <= c <= 0x9FFF}


def _write(font: TTFont, wanted: set[int], name: str) -> None:
    options = subset.Options(
        hinting=False,
        layout_features=["kern"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
        notdef_outline=True,
        drop_tables=["BASE", "DSIG", "VORG", "vhea", "vmtx", "GPOS", "GSUB"],
        recalc_timestamp=False,
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=sorted(wanted))
    cut.subset(font)
    TARGET.mkdir(parents=True, exist_ok=True)
    font.save(TARGET / name)
    size = (TARGET / name).stat().st_size
    print(f"{name}: {len(wanted)} characters, {size / 1_000_000:.1f} MB")


if __name__ == "__main__":
    main()
