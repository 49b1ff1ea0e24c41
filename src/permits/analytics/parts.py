"""What an overview is made of: some cases by edition and track, and by month.

Totals of whole months are read once, in the order in which they lie: what is alike in a group
comes with all its months, so that nothing is sorted or grouped anew, and both ways to tell cases
apart are made of the same rows. What is left of a period at its ends is counted from the rows of
cases, and so is everything where no totals are kept.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, String, Subquery, cast, func, select

from permits.analytics import months
from permits.analytics.alike import Months, alike, ends, of_months, whole_months
from permits.analytics.choosing import Chosen
from permits.analytics.tally import FACETS, Tally, together
from permits.store.total_keys import values_of
from permits.store.total_tables import Facet, figure_group, figure_total

Query = Select[Any] | CompoundSelect[Any]
Ask = Callable[[Query], Iterable[Any]]
"""What answers a query with rows."""

Groups = dict[tuple[str, ...], Tally]

EDITIONS = ("permit", "definition", "track")
"""What tells the groups of an overview apart."""

_MONTH = len("2022-06")


class Parts(NamedTuple):
    """Some cases by permit type, edition and track, and by month, as far as a month is told."""

    by_edition: Groups
    by_month: dict[str, Tally]


def parts(ask: Ask, chosen: Chosen, *, kept: bool) -> Parts:
    """The chosen cases. `kept` says that totals are kept where this is asked."""
    whole = whole_months(chosen) if kept else None
    if whole is None:
        return Parts(tallied(ask, chosen, EDITIONS, kept=False), _months_of_rows(ask, chosen))
    found = _of_totals(ask, chosen, whole)
    for end in ends(chosen, whole):
        of_end = tallied(ask, end, EDITIONS, kept=False)
        for group, tally in of_end.items():
            there = found.by_edition.get(group)
            found.by_edition[group] = tally if there is None else together((there, tally))
        if of_end and end.first is not None:
            found.by_month[f"{end.first:%Y-%m}"] = together(of_end.values())
    return found


def tallied(ask: Ask, chosen: Chosen, by: tuple[str, ...], *, kept: bool) -> Groups:
    """The chosen cases in each group; a query for each facet."""
    found: Groups = {}
    for facet in FACETS:
        for row in ask(select(alike(facet, (*by, *facet.columns), chosen, kept=kept))):
            _in(found, tuple(row[: len(by)])).add(facet.kind, row[len(by) : -1], row[-1])
    return found


def _in(groups: Groups, key: tuple[str, ...]) -> Tally:
    found = groups.get(key)
    if found is None:
        found = groups[key] = Tally()
    return found


def _months_of_rows(ask: Ask, chosen: Chosen) -> dict[str, Tally]:
    return months.tallied(
        (name, facet.kind, cells, cases)
        for facet in FACETS
        for name, *rest, cases in ask(select(_looked_at(facet, chosen)))
        if months.matters(facet.kind, cells := tuple(rest))
    )


def _looked_at(facet: Facet, chosen: Chosen) -> Subquery:
    return alike(facet, ("month", *months.LOOKED_AT[facet.kind]), chosen, kept=False)


def _of_totals(ask: Ask, chosen: Chosen, whole: Months) -> Parts:
    by_edition: Groups = {}
    told: dict[tuple[str, tuple[Any, ...]], dict[str, int]] = {}
    for facet in FACETS:
        own = itemgetter(*(facet.columns.index(one) for one in months.LOOKED_AT[facet.kind]))
        for *group, said, times, by_month in ask(_in_order(facet, chosen, whole)):
            values = values_of(facet.kind, said)
            _in(by_edition, tuple(group)).add(facet.kind, values, times)
            if months.matters(facet.kind, cells := own(values)):
                _spread_out(told.setdefault((facet.kind, cells), {}), by_month)
    rows = (
        (name, kind, cells, cases)
        for (kind, cells), by_month in told.items()
        for name, cases in by_month.items()
        if cases
    )
    return Parts(by_edition, months.tallied(rows))


def _in_order(facet: Facet, chosen: Chosen, whole: Months) -> Select[Any]:
    """Permit type, edition, track, what the columns of the facet say in one word, how many, and
    how many in each month."""
    total, group, times = figure_total.c, figure_group.c, func.sum(figure_total.c.times)
    in_month = total.month.concat(cast(total.times, String))
    by_month = func.aggregate_strings(in_month, ",")
    query = select(total.group_id, total.id, times.label("times"), by_month.label("by_month"))
    of = of_months(query, facet, chosen, whole).group_by(total.group_id, total.id)
    same = of.having(times != 0).subquery("same")
    said = (same.c.id, same.c.times, same.c.by_month)
    named = select(*(group[name] for name in EDITIONS), *said)
    return named.join_from(same, figure_group, group.id == same.c.group_id)


def _spread_out(often: dict[str, int], by_month: str) -> None:
    """Add what stands as `2022-063,2022-0715`: three in June, fifteen in July."""
    so_far = often.get
    for one in by_month.split(","):
        month = one[:_MONTH]
        often[month] = so_far(month, 0) + int(one[_MONTH:])
