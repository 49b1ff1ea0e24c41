"""The parties behind the cases: what becomes of them, of their credit and of who acts for them.

A record is kept as the store keeps it, as bytes, and folded from them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from permits.casework.access import TIMER, Actor
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.decide.minutes import Fact, ToldParty
from permits.casework.decide.parties import PartyDesk
from permits.casework.envelope import Envelope, Event, canonical
from permits.casework.families.parties import PartyRegistered, stream_of
from permits.casework.party import Party
from permits.casework.party_fold import fold_party
from permits.casework.streams import read_event, schema_of
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Role
from permits.services.terms import terms_of
from tests.kit import OTHER_PARTY, PARTY
from tests.trial.people import PEOPLE

NAMES = {PARTY: "示例单位", OTHER_PARTY: "另一单位"}
"""The parties that apply, each with one account."""

ACCOUNTS = {one.party: one.id for one in PEOPLE.values() if one.party}

Draw = Callable[[Any], Any]


@dataclass
class Registry:
    """The records of all parties. `tried` counts the events with those of the cases."""

    tried: Counter[str]
    parties: dict[str, Party] = field(default_factory=dict)
    logs: dict[str, list[tuple[Envelope, Event]]] = field(default_factory=dict)

    def register(self, now: datetime) -> None:
        for code, name in NAMES.items():
            fact = Fact(PartyRegistered(code=code, name=name), day_of(now))
            self.parties[code] = Party(code)
            self.keep(code, fact, TIMER, Role.SYSTEM_ADMIN, now, "setup")

    def looked_at(self, code: str, *, follows: bool) -> Party | None:
        """The record a decision looks at: that of the successor, if the party was merged."""
        party = self.parties[code] if code else None
        while follows and party is not None and party.successor:
            party = self.parties[party.successor]
        return party

    def desk(
        self, who: str, now: datetime, days: WorkingDays, key: str, case: Case | None = None
    ) -> PartyDesk:
        terms = terms_of().on(day_of(now))
        accounts = frozenset(ACCOUNTS.values())
        return PartyDesk(PEOPLE[who], now, days, key, terms, case, accounts, self.parties)

    def told(self, told: ToldParty, actor: Actor, role: Role, now: datetime, command: str) -> None:
        for fact in told.facts:
            self.keep(told.party.code, fact, actor, role, now, command)
        assert self.parties[told.party.code] == told.party, "the record tells another party"

    def keep(
        self, code: str, fact: Fact, actor: Actor, role: Role, now: datetime, command: str
    ) -> None:
        kind, log = type(fact.event).__name__, self.logs.setdefault(code, [])
        envelope = Envelope(
            id=f"{stream_of(code)}/{len(log) + 1}",
            stream=stream_of(code),
            seq=len(log) + 1,
            type=kind,
            schema=schema_of(kind),
            definition="",
            recorded_at=now,
            effective_at=fact.effective_at,
            actor=actor.id,
            role=role,
            office=actor.office,
            department=actor.department,
            command=command,
        )
        event = read_event(envelope, canonical(fact.event))
        log.append((envelope, event))
        self.parties[code] = fold_party(self.parties[code], event, envelope)
        self.tried[f"event {kind}"] += 1
