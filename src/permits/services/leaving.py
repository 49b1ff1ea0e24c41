"""What somebody who leaves was still to do by themselves, and how it gets to a colleague.

Most of an officer's work is their department's: cases, opinions that are asked for, hearings of
interested parties wait in piles that everybody there sees. By oneself one writes at the counter,
keeps what was typed when a session ended, checks what one was drawn to check, and presides.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait
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

LONGEST_WAIT = 30.0
"""Seconds within which the writer answers all of them, unless it is hindered."""


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
    """What was not drawn again: checks for which too few inspectors are left, and those of which
    the writer has not said yet what came of it."""

    checks: tuple[Check, ...]
    untold: tuple[Check, ...] = ()


class Leaving:
    """Looks up open work of an account, and moves it to another one."""

    def __init__(self, database: Database, submit: Submit) -> None:
        self.database = database
        self.submit = submit

    def work(self, account: Account) -> Work:
        """The open work of an account."""
        with self.database.read() as connection:
            return Work(
                drafts=leaving.drafts(connection, account.id),
                kept_forms=leaving.forms(connection, account.id),
                checks=leaving.checks(connection, account.id),
                hearings=leaving.hearings(connection, account.id),
            )

    def draw_again(self, account: str, checks: tuple[Check, ...], reason: str) -> Left:
        """Draw others by lot for the checks of somebody who has left (双随机). Nobody chooses
        whom: the office does it as it does what is due. Whoever has left has left: what is not
        drawn in time, or not at all, is said and stops nothing."""
        waiting = {self.submit(_order(account, check, reason)): check for check in checks}
        told, untold = wait(waiting, LONGEST_WAIT)
        left = (one for one in told if one.exception() or isinstance(one.result(), Refused))
        return Left(_in_order(checks, waiting, left), _in_order(checks, waiting, untold))


Sent = Mapping["Future[Answer]", Check]


def _in_order(
    checks: tuple[Check, ...], waiting: Sent, some: Iterable["Future[Answer]"]
) -> tuple[Check, ...]:
    """The checks of some orders, as they stood."""
    return tuple(sorted((waiting[one] for one in some), key=checks.index))


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
