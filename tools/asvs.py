"""Renders docs/security/asvs.yaml as the table at the end of docs/security.md.

python -m tools.asvs
"""

from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "docs" / "security" / "asvs.yaml"
IDS = ROOT / "docs" / "security" / "asvs-ids.txt"
PAGE = ROOT / "docs" / "security.md"

BEGINS = "<!-- The table below is made by `python -m tools.asvs`. -->"

KINDS = {
    "answer": "answered",
    "operator": "the operator's",
    "does_not_bind": "does not bind",
    "open": "**open**",
}

Row = dict[str, object]


def rows() -> dict[str, Row]:
    """Every row by its id."""
    found: dict[str, Row] = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    return found


def levels() -> dict[str, int]:
    """The level of every id of levels 1 and 2."""
    lines = IDS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {one: int(level) for one, level in pairs}


def kind_of(row: Row) -> str:
    """How a row is answered: the one of the four that it has."""
    (kind,) = (kind for kind in KINDS if kind in row)
    return kind


def table() -> str:
    """The table, with how many rows are answered how."""
    found, level = rows(), levels()
    counts = Counter(kind_of(row) for row in found.values())
    told = ", ".join(f"{counts[kind]} {name.strip('*')}" for kind, name in KINDS.items())
    lines = [f"{len(found)} rows: {told}.", "", "| | level | topic | | how, or why not | tests |"]
    lines.append("|---|---|---|---|---|---|")
    for one, row in found.items():
        kind = kind_of(row)
        cells = [one, level[one], row["topic"], KINDS[kind], row[kind], _tests(row)]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def _tests(row: Row) -> str:
    tests = row.get("tests")
    names = tests if isinstance(tests, list) else []
    return "<br>".join(f"`{str(one).removeprefix('tests/')}`" for one in names)


def page(written: str) -> str:
    """The page with the table of now at its end."""
    before, _, _rest = written.partition(BEGINS)
    return f"{before}{BEGINS}\n\n{table()}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
