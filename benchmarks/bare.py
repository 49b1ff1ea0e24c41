"""What everything is measured against: the very statements the program sends, played back on the
driver alone, transaction by transaction, with the same durability."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlalchemy import Connection

from benchmarks.cases import NOW, orders
from benchmarks.measure import stopwatch
from benchmarks.places import Place
from benchmarks.size import Size
from permits.services.writer import Answer, Done, Writer
from permits.store.database import Prepared, Row


class Sent(NamedTuple):
    """A statement as the driver got it."""

    sql: str
    values: Any
    many: bool = False


Transactions = list[list[Sent]]


@contextmanager
def noted(transactions: Transactions) -> Iterator[None]:
    """Adds every statement of the write path to the last of the transactions."""
    real_all, real_many = Prepared.all, Prepared.many

    def all_(this: Prepared, connection: Connection, **values: Any) -> list[Any]:
        transactions[-1].append(Sent(this.sql, this._compiled.bound(values)))
        return real_all(this, connection, **values)

    def many(this: Prepared, connection: Connection, rows: Sequence[Row]) -> int:
        if rows:
            bound = [this._compiled.bound(row) for row in rows]
            transactions[-1].append(Sent(this.sql, bound, many=True))
        return real_many(this, connection, rows)

    with patch.object(Prepared, "all", all_), patch.object(Prepared, "many", many):
        yield


def recorded(place: Place, cases: int, together: int) -> Transactions:
    """The statements of whole lives of some cases, so many commands to a transaction."""
    work = place.office()
    writer = Writer(work.database, work.shelf, lambda: NOW)
    transactions: Transactions = []
    with noted(transactions):
        for round_ in orders(cases):
            for start in range(0, cases, together):
                transactions.append([])
                done(writer.write(round_[start : start + together]))
    work.close()
    return transactions


def done(answers: list[Answer | Exception]) -> None:
    """A command that was refused would make any figure look good."""
    for answer in answers:
        if not isinstance(answer, Done):
            raise SystemExit(f"a measured command failed: {answer!r}")


def transaction_ms(place: Place, size: Size) -> float:
    """Milliseconds of a bare transaction with the statements of one command."""
    transactions = recorded(place, size.cases, 1)
    taken = [played(place, transactions) for _ in range(size.rounds)]
    return statistics.median(taken) / len(transactions) * 1000


def played(place: Place, transactions: Transactions) -> float:
    """The seconds the driver takes for them."""
    connection = place.driver()
    cursor = connection.cursor()
    with stopwatch() as taken:
        for statements in transactions:
            cursor.execute(place.begins)
            for sql, values, many in statements:
                if many:
                    cursor.executemany(sql, values)
                else:
                    cursor.execute(sql, values)
                    cursor.fetchall()
            cursor.execute("COMMIT")
    connection.close()
    return taken[0]
