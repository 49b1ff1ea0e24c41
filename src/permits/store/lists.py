"""Lists for pages: each in a constant number of queries, paged by where the last page ended."""

from sqlalchemy import Connection, literal, select


def alive(connection: Connection) -> bool:
    """Whether the database answers."""
    return connection.execute(select(literal(1))).scalar_one() == 1
