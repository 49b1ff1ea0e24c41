"""How far the one log over all streams is signed."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from permits.store import evidence_log, evidence_signed
from permits.store.evidence_tables import log_pending


class Placing(NamedTuple):
    """How many events wait for a place, how many have one, for how many the newest checkpoint is,
    and when that was signed; empty if nothing ever was."""

    waiting: int
    placed: int
    signed: int
    at: str


def placing(connection: Connection) -> Placing:
    """How far the log is signed now."""
    events = func.sum(log_pending.c.last - log_pending.c.first + 1)
    waiting = connection.execute(select(events)).scalar_one()
    last = evidence_signed.newest(connection)
    signed, at = (last.size, last.at) if last else (0, "")
    return Placing(int(waiting or 0), evidence_log.size(connection), signed, at)
