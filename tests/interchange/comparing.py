"""`python -m tests.interchange.comparing PYTHON`: our logs in pm4py, and its logs in ours.

PYTHON is the one that has pm4py, from a lock of its own. Exit code 1 where the two do not agree.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from permits.casework.working_days import WorkingDays
from permits.exchange.figures import Figures, figures
from permits.exchange.log import How, Oddities
from permits.exchange.reading import read_log
from permits.exchange.writing import as_csv, as_ocel_json, as_xes
from permits.exchange.writing_sqlite import write_ocel_sqlite
from tests.exchange.test_own_log import CASES

RECEIPT = Path(__file__).parents[2] / "examples" / "receipt" / "receipt.xes.gz"
UNORDERED = frozenset({"cases", "events", "counts"})
"""What does not hang on the order of events. pm4py reads a database type by type, and events of
one instant, as those of one command are, lose their order; the attribute `seq` keeps it."""

HOW = How(zone=ZoneInfo("UTC"))


def written(folder: Path) -> None:
    for name, write in (("own.csv", as_csv), ("own.xes", as_xes), ("own.json", as_ocel_json)):
        text = "".join(write(CASES))
        (folder / name).write_text(text, encoding="utf-8", newline="")
    write_ocel_sqlite(folder / "own.sqlite", CASES)
    (folder / "receipt.xes").write_bytes(gzip.decompress(RECEIPT.read_bytes()))
    (folder / "again").mkdir()


def ours(path: Path) -> dict[str, Any]:
    """What we find in a log, as theirs is told."""
    events = list(read_log(path, HOW, Oddities()))
    told = figures(events, WorkingDays(()))
    ends = defaultdict(list)
    for event in events:
        ends[event.case].append(event.at.astimezone(UTC))
    return {
        **_counts(told),
        "seconds": sorted((max(t) - min(t)).total_seconds() for t in ends.values()),
    }


def _counts(told: Figures) -> dict[str, Any]:
    return {
        "cases": told.cases,
        "events": told.events,
        "counts": told.activity_counts,
        "starts": told.start_activities,
        "ends": told.end_activities,
        "follows": sorted([t.source, t.to, t.count] for t in told.transitions),
        "variants": told.variants,
    }


def differences(name: str, mine: dict[str, Any], other: dict[str, Any]) -> list[str]:
    alike = UNORDERED if name.endswith(".sqlite") else mine.keys() - {"seconds"}
    found = [key for key in sorted(alike) if mine[key] != other[key]]
    pairs = zip(mine["seconds"], other["seconds"], strict=True)
    if any(abs(a - b) > 1e-3 for a, b in pairs):
        found.append("seconds")
    return [f"{name}: {key}" for key in found]


def main(python: str) -> int:
    with tempfile.TemporaryDirectory(prefix="permits-interchange-") as temporary:
        folder = Path(temporary)
        written(folder)
        theirs = Path(__file__).with_name("theirs.py")
        subprocess.run([python, str(theirs), str(folder)], check=True)
        told = json.loads((folder / "theirs.json").read_text(encoding="utf-8"))
        wrong = []
        for name, other in told.items():
            wrong += differences(name, ours(folder / name), other)
        again = sorted((folder / "again").iterdir())
        for path in again:
            wrong += differences(f"again/{path.name}", ours(path), ours(folder / path.name))
    sys.stdout.write("\n".join(wrong) + "\n" if wrong else "")
    sys.stdout.write(f"{len(told) + len(again) - len(wrong)} passed, {len(wrong)} failed\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
