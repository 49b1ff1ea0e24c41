"""The minutes of one decision: events noted one by one, the case following each of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.due_dates import Length, Pause, reckon, warn_from
from permits.casework.envelope import Envelope, Event
from permits.casework.facts import case_facts
from permits.casework.fold import fold
from permits.casework.party import Party
from permits.casework.project import Project
from permits.definitions.conditions import Answer
from permits.definitions.procedure import Role
from permits.definitions.schema import Definition, TrackName


class Fact(NamedTuple):
    """An event and the day it holds in law."""

    event: Event
    effective_at: date


class Noted(NamedTuple):
    """What a command brought about, in which role it was given. `case` is the fold of the facts
    over the case before; `projects` is what its projects are told of it, `parties` what its party
    is, and `on_behalf` the party for whom the window gave it."""

    facts: tuple[Fact, ...]
    case: Case
    role: Role
    projects: tuple["Reported", ...] = ()
    parties: tuple["ToldParty", ...] = ()
    on_behalf: str = ""


class Reported(NamedTuple):
    """What a command brought about in the stream of a project, with the project as it then is.
    No facts: the project was looked at, and must be as it was."""

    project: Project
    facts: tuple[Fact, ...]


class ToldParty(NamedTuple):
    """What a command brought about in the stream of a party, with the party as it then is. No
    facts: its standing was looked at, and must be as it was."""

    party: Party
    facts: tuple[Fact, ...]


class Minutes:
    """Collects what is decided. `case` always stands as the events so far leave it."""

    def __init__(self, case: Case, desk: Desk, role: Role) -> None:
        self.case = case
        self.desk = desk
        self.role = role
        self.facts: list[Fact] = []
        self._numbers: dict[str, int] = {}

    @property
    def definition(self) -> Definition:
        return self.desk.edition.definition

    @property
    def track(self) -> TrackName:
        return TrackName(self.case.track)

    @property
    def on_behalf(self) -> str:
        """The party for whom the window acts on paper; empty if nobody does."""
        return self.case.party if self.desk.brought is not None else ""

    def note(self, event: Event, effective_at: date | None = None) -> None:
        """Add an event; it takes effect today unless another day is given."""
        on = effective_at or self.desk.today
        self.facts.append(Fact(event, on))
        self.case = fold(self.case, event, self._envelope(event, on))

    def close(self) -> Noted:
        return Noted(tuple(self.facts), self.case, self.role, on_behalf=self.on_behalf)

    def _envelope(self, event: Event, on: date) -> Envelope:
        """As the store will write it, but for the id, of which no rule asks."""
        return Envelope(
            id="",
            stream=self.case.id,
            seq=self.case.version + 1,
            type=type(event).__name__,
            schema=1,
            definition=self.desk.edition.digest,
            recorded_at=self.desk.now,
            effective_at=on,
            actor=self.desk.actor.id,
            role=self.role,
            office=self.desk.actor.office,
            department=self.desk.actor.department,
            command=self.desk.command,
            on_behalf=self.on_behalf,
            in_place_of=self.desk.actor.place_of(self.role),
        )

    def next_in(self, series: str) -> int:
        """The next place in a series of numbers; without gaps, because it is only taken if the
        transaction that takes it commits."""
        taken = self._numbers.get(series, self.desk.numbers.get(series, 0))
        self._numbers[series] = taken + 1
        return taken + 1

    def facts_for_conditions(self) -> dict[str, Answer]:
        return case_facts(self.case, self.definition)

    def holds(self, condition: str | None) -> bool:
        """Whether a named condition holds for the case as it stands; no condition always does."""
        if condition is None:
            return True
        found = self.desk.edition.conditions[condition]
        return found.holds(self.case.answers, self.facts_for_conditions())

    def due(
        self,
        start: date,
        length: Length,
        warn_days_left: int,
        pauses: Iterable[Pause] = (),
        extensions: Iterable[Length] = (),
    ) -> dict[str, Any]:
        """A due date as events say it: due, provisional, warn_on, calendar."""
        calendar = self.desk.calendar
        found = reckon(calendar, start, length, tuple(pauses), tuple(extensions))
        warn = None
        if found.due is not None:
            warn = warn_from(calendar, start, found.due, warn_days_left)
        return {
            "due": found.due,
            "provisional": found.provisional,
            "warn_on": warn,
            "calendar": calendar.digest,
        }
