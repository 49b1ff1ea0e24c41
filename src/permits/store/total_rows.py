"""What cases add to totals, as the tables say it."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)

from permits.store.measured_tables import case_facts
from permits.store.tables import case_row
from permits.store.total_keys import EVERY_OWN, FACTS_COLUMNS, OF_FACTS
from permits.store.total_tables import FACETS, GROUP, Facet, figure_total


def standing_facts(*, sqlite: bool) -> Any:
    """The facts of some cases as they stand: case, month, group but for its district, and the
    columns of facets."""
    names = ("month", *GROUP[:-1], *FACTS_COLUMNS)
    query = select(case_facts.c.case_id, *(column_of(OF_FACTS[0], name) for name in names))
    return query.where(_among_ids(sqlite=sqlite))


PLACES = {
    facet.kind: tuple(len(GROUP) + EVERY_OWN.index(name) for name in facet.columns)
    for facet in FACETS
}
"""Where the columns of each facet stand among the cells of a group and of every facet."""


def standing(*, sqlite: bool) -> Any:
    """What some cases add as they stand, facet by facet."""
    named = _among_ids(sqlite=sqlite)
    return union_all(*(contributions(facet).where(named) for facet in FACETS))


def _among_ids(*, sqlite: bool) -> ColumnElement[bool]:
    """Whether a case is one of those asked for."""
    ids: ColumnElement[Any] = bindparam("ids")
    if sqlite:
        return case_facts.c.case_id.in_(select(func.json_each(ids).table_valued("value").c.value))
    return case_facts.c.case_id == func.any(ids)


def contributions(facet: Facet) -> Select[Any]:
    """What each case adds to the totals of a facet: case, facet, month, group, columns of all
    facets."""
    facts = case_facts.c
    own = (
        column_of(facet, name)
        if name in facet.columns
        else cast(null(), figure_total.c[name].type)
        for name in EVERY_OWN
    )
    query = select(
        facts.case_id,
        literal(facet.kind).label("kind"),
        *(column_of(facet, name).label(name) for name in ("month", *GROUP)),
        *(column.label(name) for column, name in zip(own, EVERY_OWN, strict=True)),
    )
    return _of_cases(query, facet)


def alike(facet: Facet) -> Select[Any]:
    """How many rows of a facet are alike, of all cases with a result: month, group, columns of the
    facet, how many."""
    kinds = [column_of(facet, name) for name in ("month", *GROUP, *facet.columns)]
    query = _of_cases(select(*kinds, func.count()), facet)
    return query.where(case_facts.c.result_on.is_not(None)).group_by(*kinds)


def _of_cases(query: Select[Any], facet: Facet) -> Select[Any]:
    query = query.join_from(case_facts, case_row, case_row.c.case_id == case_facts.c.case_id)
    if facet.rows is not case_facts:
        query = query.join(facet.rows, facet.rows.c.case_id == case_facts.c.case_id)
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
