"""The statements that add to totals: one for each facet on SQLite, where one writes at a time; one
for everything on PostgreSQL, where each statement is a way to the server and back."""

from typing import Any

from sqlalchemy import JSON, Text, bindparam, cast, column, func, literal, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ColumnClause

from permits.store.caseload import inserting
from permits.store.shape import Words
from permits.store.total_keys import PARTS
from permits.store.total_tables import Facet, figure_group, figure_total

SPACE = 7_070_107
"""Under which parts are held, apart from every other such lock."""

KEYS = tuple(str(column.name) for column in figure_total.primary_key)
RETURNED = (*KEYS, "times")
_ORDER = ("kind", "group_id", "id", "month")


def adding(facet: Facet, dialect: Dialect) -> Any:
    """Add to a total of a facet. Columns of other facets are left out: SQLite's driver takes
    longer over a value that says nothing than over any other."""
    insert = inserting(figure_total, dialect)
    names = (*KEYS, "times", *facet.columns)
    cells: dict[str, Any] = {name: bindparam(name) for name in names}
    return _or_more(insert.values(cells))


def adding_at_once() -> Any:
    """See to it that `groups` are there, take the first part that nobody else holds and add `rows`
    there, in the order of their keys; both are lists of objects in JSON. What comes back is
    how the totals stand then: `RETURNED` of each."""
    rows = _told("rows", figure_total, ("part",))
    part = func.generate_series(0, PARTS - 1).column_valued("free")
    held = select(part).where(func.pg_try_advisory_xact_lock(SPACE, part)).limit(1)
    taken = select(func.coalesce(held.scalar_subquery(), literal(PARTS - 1)).label("part")).cte(
        "taken"
    )
    names = [str(one.name) for one in figure_total.c]
    cells = [taken.c.part if name == "part" else rows.c[name] for name in names]
    query = select(*cells).select_from(rows).join(taken, true())
    query = query.order_by(*(rows.c[name] for name in _ORDER))
    add = postgresql.insert(figure_total).from_select(names, query)
    add = add.add_cte(_groups_there().cte("groups"))
    return _or_more(add).returning(*(figure_total.c[name] for name in RETURNED))


def _groups_there() -> Any:
    groups = _told("groups", figure_group, ())
    query = select(*groups.c).order_by(groups.c.id)
    names = [str(one.name) for one in figure_group.c]
    return postgresql.insert(figure_group).from_select(names, query).on_conflict_do_nothing()


def _told(name: str, table: Any, without: tuple[str, ...]) -> Any:
    """A list of objects in JSON as rows of a table."""
    columns: list[ColumnClause[Any]] = [
        column(str(one.name), Text() if one.type is Words else one.type)
        for one in table.c
        if one.name not in without
    ]
    said = func.json_to_recordset(cast(bindparam(name, type_=Text), JSON))
    return said.table_valued(*columns).render_derived(with_types=True)


def _or_more(insert: Any) -> Any:
    """An insert that adds to what is there."""
    more = figure_total.c.times + insert.excluded.times
    return insert.on_conflict_do_update(index_elements=KEYS, set_={"times": more})
