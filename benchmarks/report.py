"""Figures as tables: for the terminal while they come in, and as docs/performance.md."""

import os
import platform
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy

from benchmarks.measure import Figure
from permits.store.database import journal_of, sqlite_library


class Planned(NamedTuple):
    """Figures that belong together, how they are taken, and what takes them."""

    title: str
    how: str
    figures: Iterator[Figure]


class Section(NamedTuple):
    """The same once they were taken."""

    title: str
    how: str
    figures: list[Figure]


def line(figure: Figure) -> str:
    """A figure for the terminal."""
    return " ".join(part for part in (f"{figure.name:64}", *_cells(figure)) if part)


def document(sections: list[Section], now: datetime) -> str:
    """The whole report."""
    missed = [f for section in sections for f in section.figures if f.met is False]
    return "\n".join((*_head(now), *_missed(missed), *_tables(sections)))


def _head(now: datetime) -> Iterator[str]:
    yield HEAD
    library = sqlite_library()
    journal, synchronous = journal_of(library)
    yield "| machine | |"
    yield "|---|---|"
    yield f"| measured on | {now:%Y-%m-%d} |"
    yield f"| cores | {os.cpu_count()} ({platform.machine()}), {_memory()} GiB of memory |"
    yield f"| Python | {platform.python_version()} on {platform.system()} |"
    yield f"| SQLite | {library.sqlite_version}, journal {journal}, synchronous {synchronous} |"
    yield f"| SQLAlchemy | {sqlalchemy.__version__} |"
    yield ""


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _missed(missed: list[Figure]) -> Iterator[str]:
    if not missed:
        yield "Every goal was reached in this run."
    else:
        yield "These goals were not reached in this run:"
        yield ""
    for figure in missed:
        why = f": {figure.why}" if figure.why else ""
        yield f"- {figure.name} was {_number(figure)}, the goal is {figure.goal}{why}."
    yield ""


def _tables(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield f"## {section.title}"
        yield ""
        yield section.how
        yield ""
        yield from _table(section.figures)


def _table(figures: list[Figure]) -> Iterator[str]:
    if figures:
        yield "| what | ratio | figure | goal |"
        yield "|---|---:|---:|---|"
        for figure in figures:
            number, ratio, goal = _cells(figure)
            yield f"| {figure.name} | {ratio} | {number} | {goal} |"
        yield ""


def _cells(figure: Figure) -> tuple[str, str, str]:
    ratio = f"{figure.ratio:,.2f} × {figure.against}" if figure.ratio is not None else ""
    reached = {True: "reached", False: "**missed**", None: ""}[figure.met]
    goal = f"{figure.goal}: {reached}" if figure.goal else ""
    return _number(figure), ratio, goal


def _number(figure: Figure) -> str:
    """Three digits that mean something."""
    value = figure.value
    digits = 0 if value == int(value) or value >= 100 else 1 if value >= 10 else 2
    if 0 < value < 1:
        digits = 3
    return f"{value:,.{digits}f} {figure.unit}".strip()


HEAD = """\
# Performance

Written by `make bench`, everything in one run on one machine. Trust the ratios: what is compared
took turns in the same run, so a slow minute slowed both. Figures are medians; p99 is the slowest
of a hundred. *Bare* is the very statements the program sends, recorded and played back on the
driver alone, transaction by transaction, with the same durability. Very many events are
[a page of their own](performance-large.md).
"""
