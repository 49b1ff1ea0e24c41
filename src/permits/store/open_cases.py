"""The cases that are open, some at a time."""

from sqlalchemy import Connection, func, select

from permits.store.tables import case_row


def after(connection: Connection, case_id: str, most: int) -> list[str]:
    """The ids of open cases after one, in their order."""
    query = select(case_row.c.case_id).where(case_row.c.ended.is_(False))
    query = query.where(case_row.c.case_id > case_id).order_by(case_row.c.case_id).limit(most)
    return list(connection.execute(query).scalars())


def count(connection: Connection) -> int:
    """How many there are."""
    query = select(func.count()).where(case_row.c.ended.is_(False))
    return int(connection.execute(query).scalar_one())


def by_definition(connection: Connection) -> dict[str, int]:
    """How many are bound to each version of a permit type, by its digest."""
    query = select(case_row.c.definition, func.count()).where(case_row.c.ended.is_(False))
    rows = connection.execute(query.group_by(case_row.c.definition))
    return {row[0]: row[1] for row in rows}
