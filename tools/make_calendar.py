"""Turns a yearly file of the holiday-cn project into blocks for workflows/shared/calendar.yaml.

Usage: python tools/make_calendar.py tests/data/calendar/2026.json

Paste the days under the years the output names, and write the notice (title, number, address) by
hand from the notice itself. Days of the December before go under that year, whose list of notices
then names the new notice too. The committed YAML is the truth, not this output.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from permits.definitions.holiday_notice import NAMES

SATURDAY = 5
Named = tuple[date, str]


def name(zh: str) -> str:
    """The name in both languages, as YAML; a joint holiday names its festivals in order."""
    en = " and ".join(NAMES.get(part, "?") for part in zh.split("、"))
    return f'{{zh: {zh}, en: "{en}"}}'


def runs(days: Iterable[Named]) -> Iterator[tuple[str, date, date]]:
    """The festivals with the first and the last of each run of consecutive days."""
    numbered = enumerate(sorted(days))
    for (festival, _), run in groupby(numbered, lambda n: (n[1][1], n[1][0] - timedelta(n[0]))):
        span = [day for _, (day, _) in run]
        yield festival, span[0], span[-1]


def block(year: int, days: list[dict[str, Any]]) -> Iterator[str]:
    """The YAML lines for the days of one calendar year."""
    named = [(date.fromisoformat(d["date"]), d["name"], d["isOffDay"]) for d in days]
    off = [(day, title) for day, title, is_off in named if is_off and day.year == year]
    # The files also list the weekday on which work resumes after a prolonged holiday.
    work = [
        (day, title)
        for day, title, is_off in named
        if not is_off and day.year == year and day.weekday() >= SATURDAY
    ]
    yield f"  - year: {year}"
    if off:
        yield "    days_off:"
    for title, first, last in runs(off):
        yield f'      - {{name: {name(title)}, from: "{first}", to: "{last}"}}'
    if work:
        yield "    make_up_days:"
    for day, title in sorted(work):
        yield f'      - {{day: "{day}", name: {name(title)}}}'


def main() -> int:
    for file in sys.argv[1:]:
        content = json.loads(Path(file).read_text(encoding="utf-8"))
        print(f"# {file}: {' '.join(content['papers'])}")
        for year in sorted({date.fromisoformat(d["date"]).year for d in content["days"]}):
            print(*block(year, content["days"]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
