"""`python -m tests.distributed.comparing PYTHON [--cases N] [--offices N]`: every figure on Spark
and on DuckDB, by the same SQL over the same Parquet files.

PYTHON is the one that has Spark, from a lock of its own. Small made-up offices, with rows of every
kind, are asked every figure told apart in each way, and the overview; so is a large one,
of which there are facts alone. Exit code 1 where any row of any answer differs, 2 where Spark
cannot run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.filing import write_files
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from permits.analytics import parquet, parquet_export
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, By, Measure
from permits.analytics.measuring import Asked
from permits.analytics.metrics import overview_of
from permits.store.database import open_database
from permits.store.measured_tables import case_facts
from tests.analytics import measured as kit
from tests.analytics.test_measures import CHOICES
from tests.kit import calendar

BROKEN = Chosen(first=date(2021, 2, 11), last=date(2024, 11, 17))
"""A period that begins and ends in the middle of a month."""

NO_JAVA = """\
Spark needs a Java runtime, 17 or newer, and there is none: install one, on Debian and Ubuntu with
    apt-get install --no-install-recommends default-jre-headless
or name one by JAVA_HOME, and say `make distributed` again.
"""


class Asking(NamedTuple):
    """Files of an office with the queries to be asked of them, each with a name."""

    name: str
    folder: Path
    queries: dict[str, str]


def has_java() -> bool:
    """Whether there is a Java runtime; whoever may install packages gets one."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return True
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    got = ("apt-get", "install", "--yes", "--no-install-recommends", "default-jre-headless")
    return subprocess.run(got, check=False).returncode == 0 and shutil.which("java") is not None


def small(folder: Path, count: int) -> Iterator[Asking]:
    """Offices of a few cases, the same ones each time, with every figure told apart in every way,
    of cases that are drawn."""
    drawn: list[tuple[Any, Chosen]] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        office=kit.offices().filter(lambda rows: len(rows[case_facts]) > 2),
        chosen=st.one_of(st.just(Chosen()), CHOICES),
    )
    def draw(office: Any, chosen: Chosen) -> None:
        drawn.append((office, chosen))

    draw()
    database = open_database(f"sqlite:///{folder / 'office.db'}")
    ways = max(len(rule.ways) for rule in RULES.values())
    for place, (office, chosen) in enumerate(drawn):
        files = folder / f"office-{place}"
        with database.write() as connection:
            kit.fill(connection, office)
        with database.snapshot() as connection:
            parquet_export.export(connection, files, calendar())
        yield Asking(f"office {place}", files, queries(chosen, place % ways))
    database.close()


def queries(chosen: Chosen, place: int) -> dict[str, str]:
    """Every figure, told apart in one of its ways and in another one each office; the overview."""
    found = {}
    for measure, rule in RULES.items():
        by = rule.ways[place % len(rule.ways)]
        found[f"{measure} by {by}"] = parquet.sql(measure, Asked(chosen, kit.TODAY, by))
    return {**found, **of_overview(chosen)}


def of_overview(chosen: Chosen) -> dict[str, str]:
    """The queries of an overview, in order."""
    said: list[str] = []

    def ask(query: Any) -> list[Any]:
        said.append(parquet.said(query))
        return []

    overview_of(ask, chosen, kept=False)
    return {f"overview {place}": query for place, query in enumerate(said)}


def large(folder: Path, cases: int) -> Iterator[Asking]:
    """Facts of very many cases: the overview, and every figure of facts in every way."""
    write_files(folder, cases)
    of_facts = {m: rule for m, rule in RULES.items() if rule.rows is case_facts}
    figures = {
        f"{measure} by {by}": parquet.sql(measure, Asked(Chosen(), kit.TODAY, by))
        for measure, rule in of_facts.items()
        for by in rule.ways
        if by is not By.DISTRICT
    }
    yield Asking(f"{cases:,} cases: every figure", folder, figures)
    yield Asking(f"{cases:,} cases: the overview", folder, of_overview(Chosen()))
    yield Asking(f"{cases:,} cases: with broken months", folder, of_overview(BROKEN))


def ours(one: Asking) -> tuple[list[list[list[Any]]], float]:
    """What DuckDB answers, and the seconds it took."""
    with closing(parquet.duckdb().connect()) as engine:
        for statement in parquet.views(one.folder):
            engine.execute(statement)
        begins = time.perf_counter()
        rows = [
            [list(row) for row in engine.execute(query).fetchall()]
            for query in one.queries.values()
        ]
        return rows, time.perf_counter() - begins


def theirs(python: str, folder: Path, every: list[Asking]) -> dict[str, Any]:
    """What Spark answers to the same."""
    plan, answers = folder / "plan.json", folder / "answers.json"
    wanted = {
        "tables": parquet.columns(),
        "folders": [
            {"folder": str(one.folder), "queries": list(one.queries.values())} for one in every
        ],
    }
    plan.write_text(json.dumps(wanted), encoding="utf-8")
    script = Path(__file__).with_name("theirs.py")
    subprocess.run([python, str(script), str(plan), str(answers)], check=True)
    found: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    return found


def alike(mine: list[list[Any]], other: list[list[Any]]) -> bool:
    """Whether two answers have the same rows, however often and in whatever order."""
    return sorted(map(repr, mine)) == sorted(map(repr, other))


def compared(every: list[Asking], told: dict[str, Any]) -> tuple[int, list[str]]:
    """How many answers are the same, and which are not."""
    same, wrong = 0, []
    for one, other in zip(every, told["folders"], strict=True):
        mine, seconds = ours(one)
        for name, rows, others in zip(one.queries, mine, other["rows"], strict=True):
            if alike(rows, others):
                same += 1
            else:
                wrong.append(f"{one.name}: {name}: {len(rows)} rows and {len(others)}")
        if "cases" in one.name:
            sys.stdout.write(
                f"{one.name}: {len(one.queries)} queries, {sum(map(len, mine)):,} rows;"
                f" DuckDB {seconds:.2f} s, Spark {other['seconds']:.2f} s\n"
            )
    return same, wrong


def main(python: str, offices: int, cases: int) -> int:
    if not has_java():
        sys.stderr.write(NO_JAVA)
        return 2
    with tempfile.TemporaryDirectory(prefix="permits-distributed-") as temporary:
        folder = Path(temporary)
        (folder / "large").mkdir()
        every = [*small(folder, offices), *large(folder / "large", cases)]
        told = theirs(python, folder, every)
        same, wrong = compared(every, told)
    sys.stdout.write("\n".join(wrong) + "\n" if wrong else "")
    asked = f"{offices} small offices and one of {cases:,} cases"
    sys.stdout.write(
        f"Spark {told['version']}, {asked}, {len(list(Measure))} figures:"
        f" {same} answers the same, {len(wrong)} not\n"
    )
    return 1 if wrong else 0


def _read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("python")
    parser.add_argument("--offices", type=int, default=24)
    parser.add_argument("--cases", type=int, default=1_000_000)
    return parser.parse_args()


if __name__ == "__main__":
    read = _read()
    sys.exit(main(read.python, read.offices, read.cases))
