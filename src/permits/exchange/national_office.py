"""What an office has to tell the national exchange of a period."""

from collections.abc import Callable
from datetime import date

from permits.casework.streams import read_event
from permits.definitions.edition import Edition
from permits.exchange.national import Row, Untold, rows_of, told_in
from permits.exchange.national_codes import Codes
from permits.store.database import Database
from permits.store.event_log import EventLog

_BATCH = 200


def told_of(
    database: Database,
    editions: Callable[[str], Edition],
    codes: Codes,
    period: tuple[date, date],
) -> tuple[list[Row], list[Untold]]:
    """The rows that were told from the first to the last day of the period, in the order of the
    cases, and the cases that cannot be told. The log is read a batch of cases at a time."""
    log = EventLog(database.dialect)
    rows, untold = list[Row](), list[Untold]()
    with database.snapshot() as connection:
        names = list(log.streams(connection, "case/"))
        for start in range(0, len(names), _BATCH):
            for name, entries in log.read_each(connection, names[start : start + _BATCH]).items():
                read = [(at, read_event(at, body)) for at, body in entries]
                found = rows_of(name, read, editions(read[0][0].definition), codes)
                if isinstance(found, Untold):
                    untold.append(found)
                else:
                    rows.extend(told_in(found, *period))
    return rows, untold
