"""Totals of the facts that lie in files, counted of the files alone: what an overview of very many
cases reads in place of every row."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from permits.analytics.alike import alike
from permits.analytics.choosing import Chosen
from permits.analytics.parts import Ask
from permits.analytics.tally import FACETS
from permits.store.total_keys import Group, Key, id_of, row_of
from permits.store.total_tables import GROUP, figure_group, figure_total

COLUMNS = (
    *(figure_total.c[name] for name in ("kind", "group_id", "id", "times")),
    *(figure_group.c[name] for name in GROUP),
)
"""What a file of totals holds: what each total says in one word, and its group spelt out."""

GROUPS = (
    'CREATE VIEW "figure_group" AS SELECT DISTINCT'
    " group_id AS id, permit, definition, track, department, district FROM figure_total"
)
"""What to say to DuckDB so that the groups of all files are a table of their own."""

IN_ORDER = itemgetter("kind", "group_id", "id")


def by_month(ask: Ask) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The totals of each month in which cases had their result, in the order of their keys."""
    found: dict[str, list[dict[str, Any]]] = {}
    for facet in FACETS:
        query = alike(facet, ("month", *GROUP, *facet.columns), Chosen(), kept=False)
        for month, *cells, times in ask(select(query)):
            group = tuple(cells[: len(GROUP)])
            own = tuple(cells[len(GROUP) :])
            found.setdefault(month, []).append(row((facet.kind, month), group, own, times))
    for month in sorted(found):
        yield month, sorted(found[month], key=IN_ORDER)


def row(of: tuple[str, str], group: Group, own: Key, times: int) -> dict[str, Any]:
    """A total of a facet and a month as a row of a file."""
    total = row_of((*of, id_of(group), *own), times)
    named = dict(zip(GROUP, group, strict=True))
    return {**{name: total[name] for name in ("kind", "group_id", "id", "times")}, **named}
