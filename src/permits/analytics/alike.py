"""How many of the rows that figures count are alike: from totals that are kept of whole months,
and from the rows themselves for what is left of a period at its ends.

Where no totals are kept, as in files or before an office has made them, all of it is counted from
the rows. Either way it is the same numbers: a total is nothing but so many rows.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    cast,
    func,
    select,
    union_all,
)

from permits.analytics.choosing import Chosen
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row
from permits.store.total_rows import column_of
from permits.store.total_tables import GROUP, Facet, figure_group, figure_total

TIMES = "times"
"""The column that says how many rows are alike."""


CHOSEN = ("permit", "track", "department", "district")
"""By what of their group cases are chosen."""


class Months(msgspec.Struct, frozen=True):
    """The whole months of a period, as `2022-06`; empty words stand for its open ends."""

    first: str
    last: str


def alike(facet: Facet, columns: Sequence[str], chosen: Chosen, *, kept: bool) -> Subquery:
    """Rows of a facet by some of its columns or of those that tell cases apart, with `times`.
    `kept` says that totals are kept where this is asked."""
    months = whole_months(chosen) if kept else None
    if months is None:
        return _of_rows(facet, columns, chosen).subquery("alike")
    parts = [_of_totals(facet, columns, chosen, months)]
    parts += [_of_rows(facet, columns, end) for end in ends(chosen, months)]
    if len(parts) == 1:
        return parts[0].subquery("alike")
    every = union_all(*parts)
    if "month" in columns:
        return every.subquery("alike")  # no part tells of a month that another tells of
    told = every.subquery("parts")
    return summed([told.c[name] for name in columns], told.c[TIMES]).subquery("alike")


def _whole(number: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum as a whole number, on databases too that have a wider kind of number for sums."""
    return cast(number, BigInteger)


def whole_months(chosen: Chosen) -> Months | None:
    """The months that lie in a period from their first to their last day; None if there are
    none."""
    first, last = chosen.first, chosen.last
    begins = first if first is None or first.day == 1 else _after(_end_of(first))
    ends = last if last is None or last == _end_of(last) else _before(last.replace(day=1))
    if (first is not None and begins is None) or (last is not None and ends is None):
        return None
    if begins is not None and ends is not None and ends < begins:
        return None
    return Months(_month(begins), _month(ends))


def _month(day: date | None) -> str:
    return day.isoformat()[:7] if day is not None else ""


def _end_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _after(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def _before(day: date) -> date | None:
    return day - timedelta(days=1) if day > date.min else None


def ends(chosen: Chosen, months: Months) -> list[Chosen]:
    """What of a period lies in no whole month: at its beginning, at its end."""
    first, last = chosen.first, chosen.last
    found = []
    if first is not None and _month(first) < months.first:
        found.append(replace(chosen, first=first, last=_end_of(first)))
    if last is not None and _month(last) > months.last:
        found.append(replace(chosen, first=last.replace(day=1), last=last))
    return found


def _of_totals(
    facet: Facet, columns: Sequence[str], chosen: Chosen, months: Months
) -> Select[Any]:
    """By the numbers of groups first, which are short; what the few groups are called comes
    afterwards."""
    total, group = figure_total.c, figure_group.c
    named = [name for name in columns if name in GROUP]
    plain = [total[name] for name in columns if name not in GROUP]
    query = summed([total.group_id, *plain] if named else plain, total.times)
    query = of_months(query, facet, chosen, months)
    if not named:
        return query
    numbered = query.subquery("numbered")
    kinds = [group[name] if name in named else numbered.c[name] for name in columns]
    return summed(kinds, numbered.c[TIMES]).join_from(
        numbered, figure_group, group.id == numbered.c.group_id
    )


def of_months(query: Select[Any], facet: Facet, chosen: Chosen, months: Months) -> Select[Any]:
    """A query of totals for those of whole months, and of the chosen groups, only."""
    total, group = figure_total.c, figure_group.c
    query = query.where(total.kind == facet.kind)
    if months.first:
        query = query.where(total.month >= months.first)
    if months.last:
        query = query.where(total.month <= months.last)
    wanted = [group[name] == getattr(chosen, name) for name in CHOSEN if getattr(chosen, name)]
    if wanted:
        query = query.where(total.group_id.in_(select(group.id).where(*wanted)))
    return query


def summed(kinds: Sequence[ColumnElement[Any]], times: ColumnElement[int]) -> Select[Any]:
    """So many of each kind; what comes to nothing in several parts is left out."""
    many = func.sum(times)
    query = select(*kinds, _whole(many).label(TIMES))
    return query.group_by(*kinds).having(many != 0)


def _of_rows(facet: Facet, columns: Sequence[str], chosen: Chosen) -> Select[Any]:
    kinds = [column_of(facet, name) for name in columns]
    named = [kind.label(name) for kind, name in zip(kinds, columns, strict=True)]
    query = _rows(facet, named, chosen).add_columns(func.count().label(TIMES))
    if "district" in columns:
        query = query.join(case_row, case_row.c.case_id == case_facts.c.case_id)
    return query.group_by(*kinds)


def _rows(facet: Facet, kinds: Sequence[ColumnElement[Any]], chosen: Chosen) -> Select[Any]:
    query: Select[Any] = select(*kinds).select_from(case_facts)
    if facet.rows is not case_facts:
        query = query.join(facet.rows, facet.rows.c.case_id == case_facts.c.case_id)
    return chosen.narrow(query)
