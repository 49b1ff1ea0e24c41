"""What a figure comes to: how often each number occurs, asked once of any database.

A database only groups and counts; sums, means, medians and deciles are made of the counts, so they
are exact and the same on each. Days between two dates are counted by the calendar here, for each
pair of dates once: a year that is published later changes them without a row being written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    Table,
    case,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import iterate

from permits.analytics.alike import alike
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, TODAY, By, Measure, Period, Rule
from permits.analytics.spread import Spread, spread
from permits.casework.due_dates import days_used
from permits.casework.working_days import WorkingDays
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row
from permits.store.total_tables import FACETS, Facet


class Found(msgspec.Struct, frozen=True):
    """How often each number occurs among some rows; `unreckoned` rows count, but their days lie in
    a year that is not published, or their dates contradict each other."""

    often: Mapping[int, int]
    unreckoned: int

    @property
    def spread(self) -> Spread:
        return spread(self.often)


NOTHING = Found({}, 0)


def together(found: Iterable[Found]) -> Found:
    """What several groups come to as one."""
    often: Counter[int] = Counter()
    unreckoned = 0
    for one in found:
        often.update(one.often)
        unreckoned += one.unreckoned
    return Found(dict(often), unreckoned)


class Asked(msgspec.Struct, frozen=True):
    """What a figure is asked of: which cases, told apart by what, as of which day. `kept` says
    that totals are kept in the database that is asked, so that not every row has to be read."""

    chosen: Chosen
    today: date
    by: By = By.ALL
    kept: bool = False


_OF_CASES: Mapping[By, ColumnElement[str]] = {
    By.ALL: literal("", String),
    By.PERMIT: case_facts.c.permit,
    By.EDITION: case_facts.c.definition,
    By.TRACK: case_facts.c.track,
    By.DEPARTMENT: case_facts.c.department,
    By.DISTRICT: case_row.c.authority,
    By.MONTH: func.substr(case_facts.c.result_on, 1, 7),
}


def grouping(rule: Rule, by: By) -> ColumnElement[str]:
    """The column by which rows are told apart; KeyError if these rows cannot be."""
    return rule.own[by] if by in rule.own else _OF_CASES[by]


def joined(rule: Rule, columns: Iterable[Any], by: By) -> Select[Any]:
    """The rows of a figure with their cases, and which of them count."""
    query: Select[Any] = select(*columns).select_from(case_facts)
    if rule.rows is not case_facts:
        query = query.join(rule.rows, rule.rows.c.case_id == case_facts.c.case_id)
    if by is By.DISTRICT:
        query = query.join(case_row, case_row.c.case_id == case_facts.c.case_id)
    return query if rule.among is None else query.where(rule.among)


def histogram(measure: Measure, asked: Asked) -> Select[Any]:
    """The one query of a figure: group, number (or two days), how many rows."""
    rule = RULES[measure]
    kinds = (grouping(rule, asked.by).label("kind"), *valued(rule))
    query = asked.chosen.narrow(joined(rule, (*kinds, func.count().label("times")), asked.by))
    return query.group_by(*kinds).params({TODAY: asked.today.isoformat()})


def _values(rule: Rule) -> tuple[ColumnElement[Any], ...]:
    if isinstance(rule.value, Period):
        return (rule.value.since, rule.value.until)
    return (rule.value,)


def valued(rule: Rule) -> tuple[ColumnElement[Any], ...]:
    """The columns of what is added up: a number, or the two days that bound it."""
    names = ("since", "until") if rule.of_days else ("number",)
    return tuple(one.label(name) for one, name in zip(_values(rule), names, strict=True))


def measured(
    connection: Connection, measure: Measure, asked: Asked, calendar: WorkingDays
) -> dict[str, Found]:
    """What a figure comes to in each group, by the group's key in order."""
    facet = covering(measure, asked.by) if asked.kept else None
    if facet is None:
        return folded(measure, connection.execute(histogram(measure, asked)), calendar)
    return _found(connection, (measure,), asked, facet, calendar)[measure]


def every(
    connection: Connection, asked: Asked, calendar: WorkingDays
) -> dict[Measure, dict[str, Found]]:
    """What every figure comes to, each kind of rows, or of totals, read once: as many rows as do
    not differ in anything that any figure of theirs adds up are counted together. Only what tells
    cases apart tells all of them apart."""
    of: dict[tuple[Table, Facet | None], list[Measure]] = {}
    for measure, rule in RULES.items():
        facet = covering(measure, asked.by) if asked.kept else None
        of.setdefault((rule.rows, facet), []).append(measure)
    found: dict[Measure, dict[str, Found]] = {}
    for (_table, facet), measures in of.items():
        found.update(_found(connection, tuple(measures), asked, facet, calendar))
    return found


def covering(measure: Measure, by: By) -> Facet | None:
    """The totals that say all that a figure looks at, told apart in a way; None if none do."""
    rule = RULES[measure]
    looked_at = {str(column.name) for column in _columns([rule])}
    if by in rule.own:
        looked_at.add(str(rule.own[by].name))
    of_rows = (facet for facet in FACETS if facet.rows is rule.rows)
    return next((one for one in of_rows if looked_at <= set(one.columns)), None)


def _found(
    connection: Connection,
    measures: tuple[Measure, ...],
    asked: Asked,
    facet: Facet | None,
    calendar: WorkingDays,
) -> dict[Measure, dict[str, Found]]:
    """What figures of the same rows come to."""
    rows = connection.execute(_together(measures, asked, facet)).all()
    return {
        measure: folded(
            measure, ((r[0], *r[at], r[-1]) for r in rows if r[at.start - 1]), calendar
        )
        for measure, at in zip(measures, _places(measures), strict=True)
    }


def _together(measures: tuple[Measure, ...], asked: Asked, facet: Facet | None) -> Select[Any]:
    """One query for figures of the same rows: group; for each figure whether a row counts in it,
    and its columns; how many rows. Rows are counted by the plain columns that any of the figures
    looks at, which are few and short; what figures make of those is reckoned of the counts."""
    rules = [RULES[measure] for measure in measures]
    if facet is None:
        same, kind = _alike_rows(rules, asked)
    else:
        same, kind = _alike_totals(rules, asked, facet)
    within = ClauseAdapter(same, adapt_on_names=True)
    columns: list[Any] = [kind.label("kind")]
    for place, rule in enumerate(rules):
        counts = true() if rule.among is None else within.traverse(rule.among)
        columns.append(case((counts, 1), else_=0).label(f"counts_{place}"))
        columns += [
            within.traverse(value).label(f"value_{place}_{n}")
            for n, value in enumerate(_values(rule))
        ]
    return select(*columns, same.c.times).params({TODAY: asked.today.isoformat()})


_Alike = tuple[Subquery, ColumnElement[str]]
"""Rows that are alike, and the column of their group."""


def _alike_rows(rules: list[Rule], asked: Asked) -> _Alike:
    looked_at = _columns(rules)
    kind = grouping(rules[0], asked.by).label("kind")
    whole = msgspec.structs.replace(rules[0], among=None)
    plain = joined(whole, (kind, *looked_at, func.count().label("times")), asked.by)
    same = asked.chosen.narrow(plain).group_by(kind, *looked_at).subquery("alike")
    return same, same.c.kind


def _alike_totals(rules: list[Rule], asked: Asked, facet: Facet) -> _Alike:
    looked_at = [str(column.name) for column in _columns(rules)]
    own = rules[0].own
    kind = str(own[asked.by].name) if asked.by in own else _NAMED.get(asked.by)
    columns = dict.fromkeys(looked_at if kind is None else (kind, *looked_at))
    same = alike(facet, tuple(columns), asked.chosen, kept=True)
    return same, literal("", String) if kind is None else same.c[kind]


_NAMED: Mapping[By, str] = {
    By.PERMIT: "permit",
    By.EDITION: "definition",
    By.TRACK: "track",
    By.DEPARTMENT: "department",
    By.DISTRICT: "district",
    By.MONTH: "month",
}
"""The columns of totals that tell cases apart."""


def _columns(rules: Iterable[Rule]) -> tuple[Column[Any], ...]:
    """The columns of a table that rules look at, each once."""
    found: dict[str, Column[Any]] = {}
    for rule in rules:
        parts = _values(rule) if rule.among is None else (*_values(rule), rule.among)
        for one in (element for part in parts for element in iterate(part)):
            if isinstance(one, Column):
                found[str(one.name)] = one
    return tuple(found.values())


def _places(measures: tuple[Measure, ...]) -> Iterator[slice]:
    """Where the columns of each figure stand in a row of `_together`."""
    at = 2
    for measure in measures:
        width = len(valued(RULES[measure]))
        yield slice(at, at + width)
        at += width + 1


def folded(
    measure: Measure, rows: Iterable[Iterable[Any]], calendar: WorkingDays
) -> dict[str, Found]:
    """The answer of any database to `histogram`, as figures."""
    days = isinstance(RULES[measure].value, Period)
    between = counting(calendar)
    often: dict[str, Counter[int]] = {}
    unreckoned: Counter[str] = Counter()
    for kind, *value, times in rows:
        number = between(*value) if days else value[0]
        counts = often.setdefault(kind, Counter())
        if number is None:
            unreckoned[kind] += times
        else:
            counts[int(number)] += times
    return {kind: Found(dict(often[kind]), unreckoned[kind]) for kind in sorted(often)}


def counting(calendar: WorkingDays) -> Any:
    """How many working days lie between two days that are written down; None if that cannot be
    said. Each pair is counted once."""

    @cache
    def between(since: str, until: str) -> int | None:
        begins, ends = date.fromisoformat(since), date.fromisoformat(until)
        return None if ends < begins else days_used(calendar, begins, ends)

    return between
