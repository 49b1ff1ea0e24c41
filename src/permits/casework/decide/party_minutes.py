"""The minutes of what is decided about a party, its record following each event."""

from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from permits.casework.access import Actor
from permits.casework.decide.minutes import Fact, ToldParty
from permits.casework.due_dates import Length, reckon
from permits.casework.envelope import Envelope, Event
from permits.casework.families.parties import stream_of
from permits.casework.party import Party
from permits.casework.party_fold import fold_party
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Role


class AnyDesk(Protocol):
    """What of a desk the minutes need: that of a case, or that of a party."""

    @property
    def actor(self) -> Actor: ...
    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def calendar(self) -> WorkingDays: ...
    @property
    def command(self) -> str: ...


class PartyNoted(NamedTuple):
    """What a command brought about in the record of a party, in which role it was given. `others`
    is what other parties are told of it."""

    facts: tuple[Fact, ...]
    party: Party
    role: Role
    others: tuple[ToldParty, ...] = ()


class PartyMinutes:
    """Collects what is decided about one party."""

    def __init__(self, party: Party, desk: AnyDesk, role: Role, definition: str = "") -> None:
        self.party = party
        self.desk = desk
        self.role = role
        self.facts: list[Fact] = []
        self.others: list[ToldParty] = []
        self._definition = definition

    def note(self, event: Event, effective_at: date | None = None) -> None:
        """Add an event; it takes effect today unless another day is given."""
        desk, party = self.desk, self.party
        on = effective_at or desk.today
        envelope = Envelope(
            id="",
            stream=stream_of(party.code),
            seq=party.version + 1,
            type=type(event).__name__,
            schema=1,
            definition=self._definition,
            recorded_at=max(desk.now, party.recorded_at) if party.recorded_at else desk.now,
            effective_at=on,
            actor=desk.actor.id,
            role=self.role,
            office=desk.actor.office,
            department=desk.actor.department,
            command=desk.command,
            in_place_of=desk.actor.place_of(self.role),
        )
        self.facts.append(Fact(event, on))
        self.party = fold_party(party, event, envelope)

    def close(self) -> PartyNoted:
        return PartyNoted(tuple(self.facts), self.party, self.role, tuple(self.others))

    def told(self) -> ToldParty:
        return ToldParty(self.party, tuple(self.facts))

    def term(self, start: date, within: str) -> dict[str, Any]:
        """A term as events say it: within, due, provisional, calendar."""
        found = reckon(self.desk.calendar, start, Length.parse(within))
        return {
            "within": within,
            "due": found.due,
            "provisional": found.provisional,
            "calendar": self.desk.calendar.digest,
        }
