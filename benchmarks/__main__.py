"""`python -m benchmarks`: measure everything, print it, and write docs/performance.md.

With `--quick` everything runs in small and nothing is written: it shows that it all still works.
With `--only` one part runs alone. `large` is no part of the whole: 12 million events in a database
that pages are asked of, and the rows of 100 million as files. It wants two hours or so, 30 GB of
disk (where TMPDIR says) and 8 GB of memory; `standing` and `filed` run one half of it each, and
`--share 0.1` a tenth of the cases and events.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    browsing,
    commanding,
    competing,
    deciding,
    documents,
    exchanging,
    figuring,
    filed,
    growing,
    proving,
    returning,
    standing,
    starting,
    storing,
    writing,
)
from benchmarks.bare import transaction_ms
from benchmarks.crowd import EVENTS, shorter
from benchmarks.lives import Life, Lives
from benchmarks.places import Place, PostgreSQL, SQLite, postgresql
from benchmarks.report import Planned, Section, document, line
from benchmarks.size import FULL, QUICK, Size
from benchmarks.town import Town
from permits import settings as clock

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"


def planned(folder: Path, size: Size) -> Iterator[Planned]:
    """Everything that is measured, in the order of a command's way from the rules to the page."""
    yield Planned("Definitions", starting.HOW, starting.figures(size))
    lives = Lives(folder / "lives", size.steps)
    yield Planned("Decisions", deciding.HOW, deciding.figures(lives.asked))
    told = folder / "lives"
    yield Planned("Evidence", proving.HOW, proving.figures(told, lives.lives, size))
    yield Planned("Outside logs", exchanging.HOW, exchanging.figures(folder, size))
    sqlite = SQLite(folder / "sqlite")
    yield from _on(sqlite, size)
    yield _peers(folder, size)
    with postgresql(folder / "postgresql") as place:
        yield from _on(place, size)
        yield _figures(folder, place, size)
    yield Planned("Documents", documents.HOW, documents.figures(size))
    town = Town(folder / "town", lives.lives, size.crowd)
    yield from _over_http(town, sqlite, size)
    small = Town(folder / "small", lives.lives, size.small)
    large = Town(folder / "large", lives.lives, size.large)
    returned = returning.figures(folder / "returned", small, town, size)
    yield Planned("Away and back", returning.HOW, returned)
    compared = browsing.compared(small, large, size)
    yield Planned("Queries of pages as cases grow", browsing.HOW_COMPARED, compared)


def figures_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """Figures of very many cases, and nothing else."""
    with postgresql(folder / "postgresql") as place:
        yield _figures(folder, place, size)


def peers_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """What others would take, and nothing else."""
    yield _peers(folder, size)


def http_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """Commands and pages over HTTP, and nothing else."""
    town = Town(folder / "town", Lives(folder / "lives", size.steps).lives, size.crowd)
    yield from _over_http(town, SQLite(folder / "sqlite"), size)


def standing_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """Very many events in a database."""
    yield _standing(folder, _short(folder, size), size)


def filed_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """The rows of very many events in files."""
    yield _filed(folder, _short(folder, size), size)


def large_alone(folder: Path, size: Size) -> Iterator[Planned]:
    """Very many events: in a database, and as rows in files."""
    lives = _short(folder, size)
    yield _standing(folder, lives, size)
    yield _filed(folder, lives, size)


PARTS = {
    "figures": figures_alone,
    "peers": peers_alone,
    "http": http_alone,
    "large": large_alone,
    "standing": standing_alone,
    "filed": filed_alone,
}


def _over_http(town: Town, sqlite: SQLite, size: Size) -> Iterator[Planned]:
    bare_ms = transaction_ms(sqlite, size)
    yield Planned("Commands over HTTP", commanding.HOW, commanding.figures(town, bare_ms, size))
    yield Planned("Pages over HTTP", browsing.HOW, browsing.figures(town, size))


def _short(folder: Path, size: Size) -> list[Life]:
    return shorter(Lives(folder / "lives", size.steps).lives, EVENTS)


def _standing(folder: Path, lives: list[Life], size: Size) -> Planned:
    title = f"{size.standing:,} cases in a database"
    return Planned(title, standing.HOW, standing.figures(folder / "standing", lives, size))


def _filed(folder: Path, lives: list[Life], size: Size) -> Planned:
    title = f"{size.filed:,} events in files"
    return Planned(title, filed.HOW, filed.figures(folder / "filed", lives, size))


def _peers(folder: Path, size: Size) -> Planned:
    how = competing.HOW if competing.PYTHON.exists() else competing.ABSENT
    return Planned("Peers", how, competing.figures(folder / "peers", size))


def _figures(folder: Path, place: PostgreSQL, size: Size) -> Planned:
    return Planned("Figures", figuring.HOW, figuring.figures(folder, place, size))


def _on(place: Place, size: Size) -> Iterator[Planned]:
    yield Planned(f"The store on {place.name}", storing.HOW, storing.figures(place, size))
    yield Planned(f"Whole commands on {place.name}", writing.HOW, writing.figures(place, size))
    yield Planned(f"What a case leaves on {place.name}", growing.HOW, growing.figures(place, size))


def measured(plans: Iterator[Planned]) -> Iterator[Section]:
    """The sections with their figures, each printed as soon as it is known."""
    for plan in plans:
        print(f"\n{plan.title}", flush=True)
        figures = []
        for figure in plan.figures:
            print(line(figure), flush=True)
            figures.append(figure)
        yield Section(plan.title, plan.how, figures)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="run all of it in small")
    parser.add_argument("--only", choices=PARTS, help="run this part alone, and write nothing")
    parser.add_argument("--share", type=float, default=1, help="so much of the large run")
    asked = parser.parse_args()
    size = (QUICK if asked.quick else FULL).shared(asked.share)
    with tempfile.TemporaryDirectory(prefix="permits-bench-") as folder:
        plans = PARTS.get(asked.only, planned)(Path(folder), size)
        sections = list(measured(plans))
    if not asked.quick and not asked.only:
        DOCUMENT.write_text(document(sections, clock.now()), encoding="utf-8")


main()
