"""What is behind a figure: each row that is added up in it, with its case."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    String,
    Table,
    and_,
    cast,
    literal,
    null,
    or_,
)

from permits.analytics.measures import RULES, TODAY, By, Measure, Rule
from permits.analytics.measuring import Asked, counting, grouping, joined, valued
from permits.casework.working_days import WorkingDays
from permits.store.lists import After
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.people_tables import party
from permits.store.pile_tables import opinion_row
from permits.store.tables import case_row

AT_ONCE = 500


class Behind(msgspec.Struct, frozen=True):
    """A row of a figure. `about` names the state, limit, obligation, fee or department it is of,
    empty if it is of the case; `number` is None if its days are not reckoned. `since` is when that
    began, `due` when it was due, `until` when it ended; None where there is no such day."""

    case_id: str
    case_number: str
    definition: str
    title: str
    party_name: str
    result_on: date
    kind: str
    about: str
    number: int | None
    since: date | None
    due: date | None
    until: date | None


class Wanted(NamedTuple):
    """Which rows of a figure: of one group, with one number; None means every one."""

    kind: str | None = None
    number: int | None = None


class Looked(NamedTuple):
    """A figure, of which cases, and which of its rows."""

    measure: Measure
    asked: Asked
    wanted: Wanted


class Page(NamedTuple):
    """Rows of so many cases at most; `after` is the day and the case of the last row before."""

    after: After | None
    most: int


def listed(
    connection: Connection, looked: Looked, calendar: WorkingDays, page: Page
) -> list[Behind]:
    """All rows of so many cases, those with the newest result first."""
    on, case_id = case_facts.c.result_on, case_facts.c.case_id
    query = _narrowed(looked, (on, case_id))
    if page.after is not None:
        last = page.after
        query = query.where(or_(on < last.value, and_(on == last.value, case_id < last.case_id)))
    newest = query.distinct().order_by(on.desc(), case_id.desc()).limit(page.most).subquery()
    rows = _rows(looked).join(newest, newest.c.case_id == case_id)
    ordered = rows.order_by(on.desc(), case_id.desc(), *_order(RULES[looked.measure]))
    between = counting(calendar)
    return [_behind(row, between) for row in connection.execute(ordered)]


def every(connection: Connection, looked: Looked, calendar: WorkingDays) -> Iterator[Behind]:
    """Every row there is, some cases at a time."""
    after: After | None = None
    while found := listed(connection, looked, calendar, Page(after, AT_ONCE)):
        yield from found
        after = where(found[-1])


def where(last: Behind) -> After:
    """Where a list ended."""
    return After(last.result_on.isoformat(), last.case_id)


def _rows(looked: Looked) -> Select[Any]:
    rule, by = RULES[looked.measure], looked.asked.by
    columns = (
        case_facts.c.case_id,
        case_facts.c.number,
        case_facts.c.definition,
        case_row.c.title,
        party.c.name,
        case_facts.c.result_on,
        grouping(rule, by).label("kind"),
        _about(rule).label("about"),
        *_dates(rule),
        *(() if rule.of_days else valued(rule)),
    )
    query = _narrowed(looked, columns)
    if by is not By.DISTRICT:
        query = query.join(case_row, case_row.c.case_id == case_facts.c.case_id)
    return query.join(party, party.c.code == case_row.c.party, isouter=True)


def _narrowed(looked: Looked, columns: Any) -> Select[Any]:
    measure, asked, wanted = looked
    rule = RULES[measure]
    query = asked.chosen.narrow(joined(rule, columns, asked.by))
    if wanted.kind is not None:
        query = query.where(grouping(rule, asked.by) == wanted.kind)
    if wanted.number is not None and not rule.of_days:
        query = query.where(valued(rule)[0] == wanted.number)
    return query.params({TODAY: asked.today.isoformat()})


def _about(rule: Rule) -> Any:
    """The column that names what a row is of; the first of its own ways to be told apart."""
    own = tuple(rule.own.values())
    return own[-1] if own else literal("", String)


def _order(rule: Rule) -> tuple[Any, ...]:
    return tuple(rule.rows.primary_key.columns)


_DATES: Mapping[Table, tuple[str, str, str]] = {
    case_facts: ("accepted_on", "", "decided_on"),
    case_term: ("starts_on", "due_on", "ended_on"),
    case_duty: ("opened_on", "due_on", "closed_on"),
    case_fee: ("frozen_on", "due_on", "settled_on"),
    interval: ("entered_on", "", "left_on"),
    opinion_row: ("asked_on", "due_on", "given_on"),
}
"""The columns in which it stands when a row began, was due and ended."""


def _dates(rule: Rule) -> Iterator[Any]:
    for label, name in zip(("since", "due", "until"), _DATES[rule.rows], strict=True):
        yield (rule.rows.c[name] if name else cast(null(), String)).label(label)


def _behind(row: Any, between: Any) -> Behind:
    case_id, number, definition, title, name, on, kind, about, since, due, until, *value = row
    return Behind(
        case_id=case_id,
        case_number=number,
        definition=definition,
        title=title,
        party_name=name or "",
        result_on=date.fromisoformat(on),
        kind=kind,
        about=about,
        number=value[0] if value else between(since, until),
        since=_day(since),
        due=_day(due),
        until=_day(until),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
