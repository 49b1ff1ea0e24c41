"""How long lists are: counted no further than a page says, and all of a page's in one query."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CompoundSelect, Connection, ScalarSelect, Select, func, select

Count = ScalarSelect[int]


def up_to(most: int, rows: Select[Any] | CompoundSelect[Any]) -> Count:
    """How many rows there are, counted up to `most`: a part of a query."""
    return select(func.count()).select_from(rows.limit(most).subquery()).scalar_subquery()


def counted(connection: Connection, counts: Mapping[str, Count]) -> dict[str, int]:
    """Every count by its name, found in one query."""
    found = connection.execute(select(*counts.values())).one()
    return dict(zip(counts, found, strict=True))
