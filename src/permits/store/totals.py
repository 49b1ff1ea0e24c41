"""Keeps the totals that figures are read from in step with the rows they are counted of.

What a case adds to totals is what its rows say, as they stand before a transaction and as they
stand after it; the difference is added within that transaction, and a total that is nothing is
taken away. A case adds nothing before it has a result.

On PostgreSQL several may write at once, and nearly all of them to the same few totals. Each takes
the first part of the table that nobody else holds until its transaction ends, so that nobody waits
for anybody; only if all parts are held does one wait for the last of them, and then totals are
taken in the order of their keys. On SQLite there is one writer and one part.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, insert
from sqlalchemy.engine import Dialect

from permits.store.caseload import CaseRows, unless_there
from permits.store.database import Prepared
from permits.store.total_adding import RETURNED, adding, adding_at_once
from permits.store.total_keys import (
    NONE,
    OWN_STOOD,
    Group,
    Key,
    Totals,
    added,
    all_facts,
    beyond,
    group_of,
    group_row,
    id_of,
    month_of,
    of_facts,
    of_measured,
    row_of,
    told,
)
from permits.store.total_rows import PLACES, alike, standing, standing_facts
from permits.store.total_tables import FACETS, GROUP, figure_group, figure_total

Rows = list[dict[str, Any]]
"""Totals or groups by their columns."""


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


class TotalsWriter:
    """Adds to totals within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._stand = Prepared(standing(sqlite=self._sqlite), dialect)
        self._facts = Prepared(standing_facts(sqlite=self._sqlite), dialect)
        self._group = Prepared(unless_there(figure_group, dialect), dialect)
        self._add = {one.kind: Prepared(adding(one, dialect), dialect) for one in FACETS}
        self._at_once = Prepared(adding_at_once(), dialect)
        here = and_(*(column == bindparam(column.name) for column in figure_total.primary_key))
        nothing = delete(figure_total).where(here, figure_total.c.times == 0)
        self._nothing = Prepared(nothing, dialect)

    def put(self, connection: Connection, cases: Sequence[CaseRows]) -> None:
        """Let totals follow cases whose rows are about to be put, each case once."""
        over = [one for one in cases if one.counted or one.facts.result_on is not None]
        if not over:
            return
        unknown = [one.row.case_id for one in over if _unknown(one)]
        stood = self._stood(connection, unknown)
        known = [one.row.case_id for one in over if one.counted and not _unknown(one)]
        facts = self._facts_of(connection, known)
        change: Totals = Counter()
        groups = set()
        for one in over:
            case_id, group = one.row.case_id, group_of(one.facts, one.row.authority)
            if case_id in stood:
                before: Group | None = stood[case_id].group
                change.subtract(stood[case_id].keys)
                change.update(added(one.facts, group, one.measured or NONE))
            else:
                before = _move(change, one, group, facts.get(case_id))
            if group != before:
                groups.add(group)
        self._add_all(connection, change, groups)

    def _facts_of(self, connection: Connection, case_ids: Sequence[str]) -> dict[str, Key]:
        """The facts of cases as they stand: month, group but for its district, columns of every
        facet of theirs."""
        if not case_ids:
            return {}
        rows = self._facts.all(connection, ids=self._listed(case_ids))
        return {case_id: tuple(cells) for case_id, *cells in rows}

    def _listed(self, case_ids: Sequence[str]) -> Any:
        return json.dumps(case_ids) if self._sqlite else list(case_ids)

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
        cases: dict[str, tuple[str, Group]] = {}
        found: dict[str, list[tuple[str, Key]]] = {}
        for case_id, kind, month, *cells in self._stand.all(
            connection, ids=self._listed(case_ids)
        ):
            cases[case_id] = (month or "", tuple(cells[: len(GROUP)]))
            own = tuple(cells[place] for place in PLACES[kind])
            found.setdefault(case_id, []).append((kind, own))
        return {case_id: Stood(*one, tuple(found[case_id])) for case_id, one in cases.items()}

    def _add_all(self, connection: Connection, change: Totals, groups: Iterable[Group]) -> None:
        moved = {key: times for key, times in change.items() if times}
        if not moved:
            return
        there = [group_row(group) for group in groups]
        rows = [told(key, times) for key, times in moved.items()]
        if self._sqlite:
            self._add_each(connection, there, rows)
        else:
            self._add_at_once(connection, there, rows)

    def _add_each(self, connection: Connection, groups: Rows, rows: Rows) -> None:
        """One writes at a time, to one part."""
        self._group.many(connection, groups)
        facets: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            row["part"] = 0
            facets.setdefault(row["kind"], []).append(row)
        for kind, some in facets.items():
            self._add[kind].many(connection, some)
        self._nothing.many(connection, [row for row in rows if row["times"] < 0])

    def _add_at_once(self, connection: Connection, groups: Rows, rows: Rows) -> None:
        """To a part in which nobody else writes."""
        said = {"groups": json.dumps(groups), "rows": json.dumps(rows)}
        stand = (
            dict(zip(RETURNED, row, strict=True)) for row in self._at_once.all(connection, **said)
        )
        self._nothing.many(connection, [row for row in stand if row["times"] == 0])


def put_all(connection: Connection) -> None:
    """Put the totals of all rows that stand, into tables in which there are none yet and to which
    nobody else writes."""
    groups: set[Group] = set()
    for facet in FACETS:
        rows = []
        for month, *cells, times in connection.execute(alike(facet)):
            group = tuple(cells[: len(GROUP)])
            groups.add(group)
            rows.append(row_of((facet.kind, month, id_of(group), *cells[len(GROUP) :]), times))
        if rows:
            connection.execute(insert(figure_total), rows)
    if groups:
        connection.execute(insert(figure_group), [group_row(group) for group in groups])


def _unknown(one: CaseRows) -> bool:
    """Whether only the tables can tell what a case adds so far."""
    return one.counted and one.measured is not None and one.was is None


def _move(change: Totals, one: CaseRows, group: Group, stands: Key | None) -> Group | None:
    """What changes by a case, of which the tables hold these facts, and the group it was in.

    Facts are compared with what stands, because the calendar may have been another when they were
    written; what stands beside them follows from the case alone, and so does its district, which
    it keeps."""
    facts = one.facts
    month = month_of(facts.result_on) if facts.result_on is not None else ""
    new = (month, *group, *all_facts(facts))
    at = (month, id_of(group))
    if stands is None or stands[0] is None:
        change.update(of_facts(facts, at))
        change.update(of_measured(one.measured or NONE, at))
        return None
    stood = (*stands[: len(GROUP)], one.row.authority, *stands[len(GROUP) :])
    was_in = stood[1 : 1 + len(GROUP)]
    before = (stood[0], id_of(was_in))
    if stood != new:
        change.subtract((kind, *before, *own(stood)) for kind, own in OWN_STOOD)
        if month:
            change.update(of_facts(facts, at))
    if one.measured is not None and one.was is not None:
        was, now = one.was, one.measured
        if before == at:  # what is as it was is neither taken away nor added
            was, now = beyond(was, now), beyond(now, was)
        change.subtract(of_measured(was, before))
        if month:
            change.update(of_measured(now, at))
    return was_in
