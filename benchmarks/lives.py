"""Cases that were really lived through: every story of the demonstration, broken off after each of
its steps, so that there is a case in every state with a past to match."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlalchemy import event, select

from benchmarks.cases import DAY, resolved, years
from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.decide import Desk, Outcome, decide
from permits.services.demonstration.clock import Hands, at
from permits.services.demonstration.desk import People
from permits.services.demonstration.people import settle
from permits.services.demonstration.stories import MADE_UP, Teller, Telling
from permits.services.demonstration.works import made_up
from permits.services.office import Office
from permits.services.timers import lapse_due
from permits.settings import Settings
from permits.sign_in_rules import DEMONSTRATION
from permits.store.signed_text_tables import signed_text

BEGINS = DAY - timedelta(days=140)
STEPS = 8
"""No story has more steps."""

KEPT_UNDER = {
    "event": "stream",
    "sealed_value": "stream",
    "upload": "place",
    "case_row": "case_id",
    "waiting_row": "case_id",
    "case_facts": "case_id",
    "case_term": "case_id",
    "case_duty": "case_id",
    "case_fee": "case_id",
    "due_row": "case_id",
    "interval": "case_id",
}
"""The tables that hold something of a case, and the column that names it."""


class Asked(NamedTuple):
    """What `decide` was asked."""

    case: Case
    command: c.Command
    desk: Desk


class Life(NamedTuple):
    """A case as it stood when its story was broken off: its rows by table, and the texts that were
    signed in it by their digests."""

    case_id: str
    rows: dict[str, list[dict[str, Any]]]
    texts: dict[str, bytes]

    @property
    def ended(self) -> bool:
        return bool(self.rows["case_row"][0]["ended"])

    @property
    def stood_on(self) -> date:
        """The day on which something last happened."""
        return date.fromisoformat(self.rows["case_row"][0]["updated_at"][:10])


class Lives:
    """The stories as they were told in an office of their own, and everything decided in it."""

    def __init__(self, folder: Path, most_steps: int = STEPS) -> None:
        self.asked: list[Asked] = []
        self.lives: list[Life] = []
        self._filed = ""
        self._hands = Hands(lambda: at(DAY))
        self._office = self._opened(folder)
        people = People(self._office, settle(self._office))
        self._teller = Teller(people, self._office.shelf.calendar, random.Random(1))
        with patch("permits.services.writer.decide", self._noted):
            for telling, _often in MADE_UP:
                steps, whole = 1, False
                while not whole and steps <= most_steps:
                    whole = self._tell(telling, steps)
                    steps += 1
        self._office.close()

    def _opened(self, folder: Path) -> Office:
        self._hands.set(at(BEGINS))
        settings = Settings(
            data=folder, database=f"sqlite:///{folder / 'permits.db'}", sign_in=DEMONSTRATION
        )
        office = Office(settings, self._hands)
        event.listen(
            office.database.writing,
            "checkout",
            lambda driver, *_: driver.execute("PRAGMA synchronous=OFF"),
        )
        office.shelf.load_years(years(), actor="bench", now=self._hands())
        office.shelf.publish(resolved(), actor="bench", now=self._hands())
        return office

    def _noted(self, case: Case, command: c.Command, desk: Desk) -> Outcome:
        self.asked.append(Asked(case, command, desk))
        if isinstance(command, c.File):
            self._filed = case.id
        return decide(case, command, desk)

    def _tell(self, telling: Telling, steps: int) -> bool:
        """Tell a story up to a step; whether that was the whole of it. Before each step the timer
        looks, as it would have done."""
        listed = telling.__name__ in ("exempted", "breached", "switched")
        starts = (BEGINS + timedelta(days=20)).isoformat()
        works = made_up(self._teller.chance, starts, unlisted=not listed)
        taken = 0
        for moment in _first(telling(self._teller, BEGINS, works), steps):
            self._look(moment)
            taken += 1
        self.lives.append(self._life(self._filed))
        return taken < steps

    def _look(self, moment: datetime) -> None:
        self._hands.set(moment)
        lapse_due(self._office.database, self._office.queue.submit, moment)

    def _life(self, case_id: str) -> Life:
        rows = {}
        with self._office.database.read() as connection:
            for table, column in KEPT_UNDER.items():
                found = connection.exec_driver_sql(
                    f"SELECT * FROM {table} WHERE {column} = ?", (case_id,)
                )
                rows[table] = [dict(row) for row in found.mappings()]
            said = b" ".join(bytes(one["record"]) for one in rows["event"])
            kept = connection.execute(select(signed_text)).all()
            texts = {digest: text for digest, text in kept if digest.encode() in said}
        return Life(case_id, rows, texts)


def _first(story: Iterator[datetime], steps: int) -> Iterator[datetime]:
    """The moments of the first steps; each step is taken once its moment was looked at."""
    for _ in range(steps):
        moment = next(story, None)
        if moment is None:
            return
        yield moment
    next(story, None)
