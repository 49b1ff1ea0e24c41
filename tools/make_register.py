"""Writes the example editions of the register of enterprises; the same ones each time.

    python tools/make_register.py

Names say that they are examples, codes are such as no register gives out, and every value is drawn
from a hash of the enterprise's number, so that nothing here is anybody's data.
"""

import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from permits.casework.identifiers import credit_check_digit

FOLDER = Path(__file__).parents[1] / "workflows" / "registers"
HEADS = (
    "credit_code", "name", "in_zone", "industry", "hightech_year", "hightech_times",
    "above_scale_year", "output_wan", "points", "credit",
)  # fmt: skip
FIRST, LAST, NEWEST = 3, 2175, 2260
"""Numbers of enterprises: those of the first edition, and the last of the later one."""

WORDS = {"manufacturing": "制造", "software": "软件", "services": "服务", "construction": "市政"}
NAMED = {3: "示例市政建设单位甲", 4: "示例市政建设单位乙", 5: "示例市政建设单位丙"}
"""Enterprises that have accounts in the demonstration under these names."""

SHOWN: Mapping[int, Mapping[str, str | int]] = {
    6: {"industry": "software", "hightech": 1, "points": 93},
    7: {"industry": "manufacturing", "above": 1, "output_wan": 5200, "points": 81},
    8: {"industry": "software", "hightech": 2, "points": 45},
}
"""Enterprises of the demonstration: recognised in the year of the edition for the first time
(`hightech` times), or counted as above scale in it."""


def drawn(number: int, what: str, most: int) -> int:
    """A number below `most` for an enterprise, always the same."""
    found = hashlib.sha256(f"{number}/{what}".encode()).digest()
    return int.from_bytes(found[:8]) % most


def code(number: int) -> str:
    first = f"9241017200{number:07d}"
    return first + credit_check_digit(first)


def industry(number: int) -> str:
    if number in NAMED:
        return "construction"
    place = drawn(number, "industry", 100)
    bounds = (("manufacturing", 35), ("software", 65), ("services", 95), ("construction", 100))
    return next(name for name, below in bounds if place < below)


def line(number: int, year: int) -> list[str | int]:
    """An enterprise as the edition of a year has it."""
    shown = SHOWN.get(number, {})
    kind = str(shown.get("industry", industry(number)))
    name = NAMED.get(number, f"示例{WORDS[kind]}企业{number:04d}号")
    recognised = [*range(2016 + drawn(number, "first", 14), year + 1, 3)]
    times = len(recognised) if drawn(number, "hightech", 100) < 40 and kind != "services" else 0
    since = 2016 + drawn(number, "above", 14)
    above = since if kind == "manufacturing" and since <= year else 0
    output = 100 + drawn(number, "output", 20) ** 3 * (3 if above else 1) + 40 * (year - 2020)
    points = 20 + drawn(number, "grade", 50) + drawn(number, f"points{year}", 31)
    standing = drawn(number, "credit", 100)
    cells: dict[str, str | int] = {
        "in_zone": int(bool(shown) or drawn(number, "zone", 100) < 95),
        "hightech_year": recognised[-1] if times else 0,
        "hightech_times": times,
        "above_scale_year": above,
        "output_wan": "" if drawn(number, "gap", 100) < 3 and not shown else output,
        "points": "" if drawn(number, "unscored", 100) < 5 and not shown else points,
        "credit": "serious" if standing < 1 else "repaired" if standing < 4 else "good",
    }
    if shown:
        cells |= {
            "hightech_year": year if "hightech" in shown else 0,
            "hightech_times": shown.get("hightech", 0),
            "above_scale_year": year if "above" in shown else 0,
            "output_wan": shown.get("output_wan", 800),
            "points": shown["points"],
            "credit": "good",
        }
    return [code(number), name, cells.pop("in_zone"), kind, *cells.values()]


def edition(year: int) -> str:
    """The file of a year: the later one has lost some enterprises and has new ones."""
    later = year > 2022
    numbers = (
        number
        for number in range(FIRST, (NEWEST if later else LAST) + 1)
        if not (later and number > 10 and drawn(number, "gone", 97) == 0)
    )
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(line(number, year) for number in numbers)
    return written.getvalue()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for year, as_of in ((2022, "2022-05-31"), (2026, "2026-06-30")):
        file = FOLDER / f"enterprises-{as_of}.csv"
        file.write_text(edition(year), encoding="utf-8")
        print(f"wrote {file.name}")


if __name__ == "__main__":
    main()
