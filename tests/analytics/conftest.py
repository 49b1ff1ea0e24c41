"""Counts the statements that are sent to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event


@pytest.fixture
def statements():
    @contextmanager
    def counting(connection: Connection) -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            asked.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        yield asked
        event.remove(connection, "before_cursor_execute", note)

    return counting
