"""Cases read from the log many at a time: one that cannot be followed does not stop the others."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from permits.casework.case import Case
from permits.casework.envelope import Envelope
from permits.casework.fold import fold_all
from permits.casework.following import why
from permits.casework.streams import read_event
from permits.services.unfollowed import WRONG
from permits.store.event_log import BrokenChain, EventLog

log = logging.getLogger(__name__)

Made = TypeVar("Made")
Told = list[tuple[Envelope, bytes]]


def made_of_each(
    events: EventLog, connection: Connection, ids: Sequence[str], make: Callable[[Case], Made]
) -> dict[str, Made]:
    """What is made of each of the cases as its log leaves it. One that cannot be followed, or is
    bound to a definition that is not there, is left out and told to whoever runs the office."""
    made: dict[str, Made] = {}
    for case_id, told in _each(events, connection, ids):
        try:
            read = ((at, read_event(at, body)) for at, body in told)
            made[case_id] = make(fold_all(Case(id=case_id), read))
        except WRONG as wrong:
            log.error("passed over: %s", wrong)  # noqa: TRY400 - it is no fault here
        except LookupError as error:
            log.error("passed over: %s: %s", case_id, why(error))  # noqa: TRY400 - nor is this
    return made


def _each(
    events: EventLog, connection: Connection, ids: Sequence[str]
) -> Iterator[tuple[str, Told]]:
    try:
        yield from events.read_each(connection, ids).items()
    except BrokenChain:
        pass
    else:
        return
    for case_id in ids:  # one by one, to find which of them cannot be read
        try:
            told = events.read(connection, case_id)
        except BrokenChain as wrong:
            log.error("passed over: %s", wrong)  # noqa: TRY400 - it is no fault here
        else:
            yield case_id, told
