"""What cases add to totals: keys made of the rows of a case, and rows of a table made of keys."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Boolean, Integer
from sqlalchemy.types import TypeEngine

from permits.casework.figures import FactsRow
from permits.store.caseload import Measured
from permits.store.measured_tables import case_duty, case_facts, case_term
from permits.store.total_tables import FACETS, GROUP, figure_total

PARTS = 8
"""Into so many parts a total may fall: one for each of those who write at once."""

Key = tuple[Any, ...]
"""A total: its facet, month and group, and then what the columns of its facet say, in order."""

Group = tuple[str, ...]
"""What the cells of a group say, in the order of `GROUP`."""

Totals = Counter[Key]
"""How much is added to each total."""

OF_FACTS = tuple(facet for facet in FACETS if facet.rows is case_facts)
_BESIDE = tuple(facet for facet in FACETS if facet.rows is not case_facts)
_OWN = {facet.kind: attrgetter(*facet.columns) for facet in FACETS}
_COLUMNS = {facet.kind: ("kind", "month", "group_id", *facet.columns) for facet in FACETS}
EVERY_OWN = tuple(dict.fromkeys(name for facet in FACETS for name in facet.columns))
_FACET = {facet.kind: facet for facet in FACETS}
_EMPTY = dict.fromkeys(EVERY_OWN)


NONE = Measured((), (), ())
"""What figures count of a case that has no limits and no duties."""

FACTS_COLUMNS = tuple(dict.fromkeys(name for facet in OF_FACTS for name in facet.columns))
"""The columns of facts that any facet looks at."""

all_facts = attrgetter(*FACTS_COLUMNS)
"""What they say of a case, in their order."""

OWN_STOOD = tuple(
    (
        facet.kind,
        itemgetter(*(1 + len(GROUP) + FACTS_COLUMNS.index(name) for name in facet.columns)),
    )
    for facet in OF_FACTS
)
"""The facets of facts, and where their columns stand in a row of month, group and facts."""


@cache
def id_of(group: Group) -> int:
    """The id of a group."""
    digest = hashlib.sha256("/".join(group).encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def group_row(group: Group) -> dict[str, Any]:
    """A group as a row of its table."""
    return {"id": id_of(group), **dict(zip(GROUP, group, strict=True))}


def group_of(facts: FactsRow, district: str) -> Group:
    """The group of a case."""
    return (facts.permit, facts.definition, facts.track, facts.department, district)


def added(facts: FactsRow, group: Group, measured: Measured) -> Iterator[Key]:
    """What a case of a group adds by its rows."""
    if facts.result_on is not None:
        at = (month_of(facts.result_on), id_of(group))
        yield from of_facts(facts, at)
        yield from of_measured(measured, at)


def month_of(day: date) -> str:
    return day.isoformat()[:7]


def of_facts(facts: FactsRow, at: Key) -> Iterator[Key]:
    for facet in OF_FACTS:
        yield (facet.kind, *at, *_OWN[facet.kind](facts))


def beyond(measured: Measured, other: Measured) -> Measured:
    """The limits and duties that do not stand in another as they stand here."""
    return Measured(
        tuple(row for row in measured.terms if row not in other.terms),
        tuple(row for row in measured.duties if row not in other.duties),
        (),
    )


def of_measured(measured: Measured, at: Key) -> Iterator[Key]:
    rows = {case_term.name: measured.terms, case_duty.name: measured.duties}
    for facet in _BESIDE:
        for row in rows[facet.rows.name]:
            yield (facet.kind, *at, *_OWN[facet.kind](row))


def row_of(key: Key, times: int, part: int = 0) -> dict[str, Any]:
    """A total as a row of the table."""
    return {**_EMPTY, **told(key, times), "part": part}


def told(key: Key, times: int) -> dict[str, Any]:
    """A total by the columns of its own facet, whatever part of it it is."""
    cells = dict(zip(_COLUMNS[key[0]], key, strict=True))
    cells["id"] = "/".join(map(_word, key[3:]))
    cells["times"] = times
    return cells


def summed(rows: Iterable[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    """Rows of the table with the parts of each total added up, by their key, and what comes to
    nothing left out. Parts that do not say the same are different totals, and so is a part that
    nobody could have written to."""
    sums: Totals = Counter()
    for cells in rows:
        part = cells["part"] if cells["part"] not in range(PARTS) else 0
        told = {**cells, "part": part, "times": 0}
        sums[tuple(told.items())] += cells["times"]
    found: dict[Key, dict[str, Any]] = {}
    for told_of, times in sums.items():
        one = {**dict(told_of), "times": times}
        key = tuple(one[column.name] for column in figure_total.primary_key)
        while key in found:
            key = (*key[:-1], key[-1] + 1)
        if times:
            found[key] = one
    return found


@cache
def values_of(kind: str, said: str) -> tuple[Any, ...]:
    """What the columns of a facet say, from the `id` of a total."""
    kinds = (figure_total.c[name].type for name in _FACET[kind].columns)
    return tuple(_read(of, word) for of, word in zip(kinds, said.split("/"), strict=True))


def _read(of: TypeEngine[Any], word: str) -> Any:
    if word == "-":
        return None
    if isinstance(of, Boolean):
        return word == "1"
    return int(word) if isinstance(of, Integer) else word


def _word(value: Any) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else str(int(value))
