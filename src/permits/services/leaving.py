"""What somebody who leaves was still to do by themselves, and how it gets to a colleague.

Most of an officer's work is their department's: cases, opinions that are asked for, hearings of
interested parties wait in piles that everybody there sees. By oneself one writes at the counter,
keeps what was typed when a session ended, checks what one was drawn to check, and presides.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from permits.casework import commands as c
from permits.casework.access import TIMER
from permits.casework.refusals import Refused
from permits.services.once import digest_source
from permits.services.sealer import Sealer
from permits.services.writer import Answer, Order
from permits.store import leaving
from permits.store.database import Database
from permits.store.leaving import Check
from permits.store.people import Account

Submit = Callable[[Order], "Future[Answer]"]
Presides = Callable[[str, str], bool]
"""Whether an account presides over the hearing of a case."""

LONGEST_WAIT = 30.0
"""Seconds within which the writer answers; its queue is never so long."""


class Work(NamedTuple):
    """What somebody was still to do: by numbers, for whoever closes accounts reads no cases."""

    drafts: int
    kept_forms: int
    checks: tuple[Check, ...]
    hearings: tuple[str, ...]

    @property
    def anything(self) -> bool:
        return bool(self.drafts or self.kept_forms or self.checks or self.hearings)


class Left(NamedTuple):
    """What could not be drawn again: checks for which too few inspectors are left."""

    checks: tuple[Check, ...]


class Leaving:
    """Looks up open work of an account, and moves it to another one."""

    def __init__(self, database: Database, submit: Submit, presides: Presides) -> None:
        self.database = database
        self.submit = submit
        self._presides = presides

    def work(self, account: Account) -> Work:
        """The open work of an account."""
        with self.database.read() as connection:
            room = (account.actor.office, account.actor.department)
            hearings = leaving.hearings(connection, room) if account.actor.officer else []
            drafts = leaving.drafts(connection, account.id)
            forms = leaving.forms(connection, account.id)
            checks = leaving.checks(connection, account.id)
        chaired = (number for case, number in hearings if self._presides(case, account.id))
        return Work(drafts, forms, checks, tuple(chaired))

    def draw_again(self, account: str, checks: tuple[Check, ...], reason: str) -> Left:
        """Draw others by lot for the checks of somebody who has left (双随机). Nobody chooses
        whom: the office does it as it does what is due."""
        waiting = [(check, self.submit(_order(account, check, reason))) for check in checks]
        answers = [(check, sent.result(LONGEST_WAIT)) for check, sent in waiting]
        return Left(tuple(check for check, answer in answers if isinstance(answer, Refused)))


def _order(account: str, check: Check, reason: str) -> Order:
    sealer = Sealer(check.case_id)
    why = sealer.text("reason", reason)
    command = c.DrawInspectors(check.obligation, account, "left", why)
    key = f"left/{account}/{check.obligation}"
    return Order(
        case_id=check.case_id,
        command=command,
        actor=TIMER,
        key=f"{key}/{check.case_id}",
        request=digest_source(check.case_id, key),
        sealed=tuple(sealer.values),
    )
