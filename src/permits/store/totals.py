"""Keeps the totals that figures are read from in step with the rows they are counted of.

What a case adds to totals is what its rows say, as they stand before a transaction and as they
stand after it; the difference is added within that transaction, and a total that is nothing is
taken away. A case adds nothing before it has a result.

On PostgreSQL several may write at once, and nearly all of them to the same few totals. Each takes
the first part of the table that nobody else holds until its transaction ends, so that nobody waits
for anybody; only if all parts are held does one wait for the last of them, and then totals are
taken in the order of their keys. On SQLite there is one writer and one part.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    literal_column,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.engine import Dialect

from permits.casework.figures import FactsRow
from permits.store.caseload import CaseRows, Measured, inserting, unless_there
from permits.store.database import Prepared
from permits.store.measured_tables import case_duty, case_facts, case_term
from permits.store.tables import case_row
from permits.store.total_tables import FACETS, GROUP, Facet, figure_group, figure_total

PARTS = 8
"""So many may write totals at once on PostgreSQL without waiting."""

_BEGIN = text(
    "WITH groups AS (INSERT INTO figure_group SELECT *"
    " FROM json_to_recordset(CAST(:groups AS json)) AS told("
    "id bigint, permit text, definition text, track text, department text, district text)"
    " ORDER BY id ON CONFLICT DO NOTHING)"
    " SELECT coalesce((SELECT part FROM generate_series(0, :last) AS part"
    " WHERE pg_try_advisory_xact_lock(:space, part) LIMIT 1), :last)"
)
"""Sees to it that groups are there and takes a part, at one go."""
_SPACE = 7_070_107
"""Under which parts are held, apart from every other such lock."""

Key = tuple[Any, ...]
"""A total: its facet, month and group, and then what the columns of its facet say, in order."""

Group = tuple[str, ...]
"""What the cells of a group say, in the order of `GROUP`."""

Totals = Counter[Key]
"""How much is added to each total."""

_OF_FACTS = tuple(facet for facet in FACETS if facet.rows is case_facts)
_BESIDE = tuple(facet for facet in FACETS if facet.rows is not case_facts)
_KINDS_BESIDE = frozenset(facet.kind for facet in _BESIDE)
_OWN = {facet.kind: attrgetter(*facet.columns) for facet in FACETS}
_COLUMNS = {facet.kind: ("kind", "month", "group_id", *facet.columns) for facet in FACETS}
_EVERY_OWN = tuple(dict.fromkeys(name for facet in FACETS for name in facet.columns))
_EMPTY = dict.fromkeys(_EVERY_OWN)


class Stood(NamedTuple):
    """What a case adds to totals as its rows stand in the tables: its month, empty if it has no
    result, its group, and what its rows say by facet."""

    month: str
    group: Group
    own: tuple[tuple[str, Key], ...]

    @property
    def keys(self) -> Iterator[Key]:
        if self.month:
            at = (self.month, id_of(self.group))
            for kind, values in self.own:
                yield (kind, *at, *values)


NOTHING = Stood("", (), ())


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
        at = (_month(facts.result_on), id_of(group))
        yield from _of_facts(facts, at)
        yield from _of_measured(measured, at)


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _of_facts(facts: FactsRow, at: Key) -> Iterator[Key]:
    for facet in _OF_FACTS:
        yield (facet.kind, *at, *_OWN[facet.kind](facts))


def _of_measured(measured: Measured, at: Key) -> Iterator[Key]:
    rows = {case_term.name: measured.terms, case_duty.name: measured.duties}
    for facet in _BESIDE:
        for row in rows[facet.rows.name]:
            yield (facet.kind, *at, *_OWN[facet.kind](row))


def row_of(key: Key, times: int, part: int = 0) -> dict[str, Any]:
    """A total as a row of the table."""
    cells = dict(zip(_COLUMNS[key[0]], key, strict=True))
    said = "/".join(_word(value) for value in key[3:])
    return {**_EMPTY, **cells, "id": said, "part": part, "times": times}


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


def _word(value: Any) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else str(int(value))


class TotalsWriter:
    """Adds to totals within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._stand = Prepared(_standing(sqlite=self._sqlite), dialect)
        self._begin = Prepared(_BEGIN, dialect)
        self._group = Prepared(unless_there(figure_group, dialect), dialect)
        insert = inserting(figure_total, dialect)
        more = figure_total.c.times + insert.excluded.times
        keys = [column.name for column in figure_total.primary_key]
        self._add = Prepared(
            insert.on_conflict_do_update(index_elements=keys, set_={"times": more}), dialect
        )
        here = and_(*(figure_total.c[name] == bindparam(name) for name in keys))
        nothing = delete(figure_total).where(here, figure_total.c.times == 0)
        self._nothing = Prepared(nothing, dialect)

    def put(self, connection: Connection, cases: Sequence[CaseRows]) -> None:
        """Let totals follow cases whose rows are about to be put, each case once."""
        over = [one for one in cases if one.counted or one.facts.result_on is not None]
        if not over:
            return
        looked_up = [one.row.case_id for one in over if one.counted or one.measured is None]
        stood = self._stood(connection, looked_up)
        change: Totals = Counter()
        groups = set()
        for one in over:
            before = stood.get(one.row.case_id, NOTHING)
            group = group_of(one.facts, one.row.authority)
            groups.add(group)
            change.update(_after(one, group, before))
            change.subtract(before.keys)
        self._add_all(connection, change, groups)

    @contextmanager
    def following(self, connection: Connection, case_ids: Sequence[str]) -> Iterator[None]:
        """Let totals follow whatever the block writes of the rows of some cases."""
        before = self._stood(connection, case_ids)
        yield
        after = self._stood(connection, case_ids)
        change: Totals = Counter(key for one in after.values() for key in one.keys)
        change.subtract(key for one in before.values() for key in one.keys)
        self._add_all(connection, change, {one.group for one in after.values()})

    def _stood(self, connection: Connection, case_ids: Sequence[str]) -> dict[str, Stood]:
        if not case_ids:
            return {}
        ids: Any = json.dumps(case_ids) if self._sqlite else list(case_ids)
        cases: dict[str, tuple[str, Group]] = {}
        found: dict[str, list[tuple[str, Key]]] = {}
        for case_id, kind, month, *cells in self._stand.all(connection, ids=ids):
            cases[case_id] = (month or "", tuple(cells[: len(GROUP)]))
            own = tuple(cells[place] for place in _PLACES[kind])
            found.setdefault(case_id, []).append((kind, own))
        return {case_id: Stood(*one, tuple(found[case_id])) for case_id, one in cases.items()}

    def _add_all(self, connection: Connection, change: Totals, groups: Iterable[Group]) -> None:
        moved = {key: times for key, times in change.items() if times}
        if not moved:
            return
        part = self._begun(connection, [group_row(group) for group in groups])
        rows = [row_of(key, times, part) for key, times in moved.items()]
        rows.sort(key=itemgetter("kind", "month", "group_id", "id"))
        self._add.many(connection, rows)
        self._nothing.many(connection, [row for row in rows if row["times"] < 0])

    def _begun(self, connection: Connection, groups: Sequence[Mapping[str, Any]]) -> int:
        """See to it that groups are there; the part in which nobody else writes."""
        if self._sqlite:
            self._group.many(connection, groups)
            return 0
        said = json.dumps(groups)
        taken = self._begin.all(connection, groups=said, space=_SPACE, last=PARTS - 1)
        return int(taken[0][0])


def _after(one: CaseRows, group: Group, before: Stood) -> Iterator[Key]:
    """What a case will add once its rows are put; of what is not put anew, what stands there."""
    if one.facts.result_on is None:
        return
    at = (_month(one.facts.result_on), id_of(group))
    yield from _of_facts(one.facts, at)
    if one.measured is not None:
        yield from _of_measured(one.measured, at)
    else:
        yield from ((kind, *at, *own) for kind, own in before.own if kind in _KINDS_BESIDE)


_PLACES = {
    facet.kind: tuple(len(GROUP) + _EVERY_OWN.index(name) for name in facet.columns)
    for facet in FACETS
}
"""Where the columns of each facet stand among the cells of a group and of every facet."""


def _standing(*, sqlite: bool) -> Any:
    """What some cases add as they stand, facet by facet."""
    ids: ColumnElement[Any] = bindparam("ids")
    listed = select(func.json_each(ids).table_valued("value").c.value) if sqlite else func.any(ids)

    def named(column: ColumnElement[str]) -> ColumnElement[bool]:
        return column.in_(listed) if sqlite else column == listed

    return union_all(
        *(contributions(facet).where(named(case_facts.c.case_id)) for facet in FACETS)
    )


def contributions(facet: Facet) -> Select[Any]:
    """What each case adds to the totals of a facet: case, facet, month, group, columns of all
    facets."""
    facts = case_facts.c
    own = (
        column_of(facet, name)
        if name in facet.columns
        else cast(null(), figure_total.c[name].type)
        for name in _EVERY_OWN
    )
    query = select(
        facts.case_id,
        literal(facet.kind).label("kind"),
        *(column_of(facet, name).label(name) for name in ("month", *GROUP)),
        *(column.label(name) for column, name in zip(own, _EVERY_OWN, strict=True)),
    ).join_from(case_facts, case_row, case_row.c.case_id == facts.case_id)
    if facet.rows is not case_facts:
        query = query.join(facet.rows, facet.rows.c.case_id == facts.case_id)
    return query


_MONTH_OF_RESULT: ColumnElement[str] = func.substr(
    case_facts.c.result_on, literal_column("1"), literal_column("7")
)
"""Its numbers are words of the statement: PostgreSQL groups by nothing that has places in it."""


def column_of(facet: Facet, name: str) -> ColumnElement[Any]:
    """What a column of totals is called where its rows stand."""
    match name:
        case "month":
            return _MONTH_OF_RESULT
        case "district":
            return case_row.c.authority
        case _ if name in GROUP:
            return case_facts.c[name]
        case _:
            return facet.rows.c[name]
