"""Cases of several permit types side by side, as an office keeps them, without a database.

What is decided is kept as the store keeps it: as bytes, in the order of versions, with the numbers
that were taken, and told to the projects. Nothing is kept that was decided on a version that is
past.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.decide import Desk, Noted, decide
from permits.casework.decide.minutes import Fact, Reported, ToldParty
from permits.casework.decide.parties import decide_party
from permits.casework.envelope import Envelope, Event, canonical
from permits.casework.families.projects import fold_project
from permits.casework.fold import fold
from permits.casework.party import Party
from permits.casework.party_commands import ImposeBar, PartyCommand
from permits.casework.project import Project, stream_of
from permits.casework.refusals import Refused
from permits.casework.rows import Interval, stays
from permits.casework.standing import looked_at, signers
from permits.casework.streams import read_event, schema_of
from permits.casework.ties import codes
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.store.numbers import places
from tests.kit import years
from tests.trial.parties import Registry
from tests.trial.people import INSPECTORS, PEOPLE


@dataclass(eq=False, repr=False)
class Kept:
    """A case with everything that is kept of it. `replayed` is what the bytes of its log fold to,
    `stays` what the writer would have written of them step by step."""

    edition: Edition
    case: Case
    replayed: Case
    log: list[tuple[Envelope, Event]] = field(default_factory=list)
    stays: dict[int, Interval] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __repr__(self) -> str:
        return f"<{self.edition.permit} {self.case.id}>"


@dataclass(frozen=True)
class Step:
    """What somebody brought about in a case: as it stood before, and as it stands."""

    world: "World"
    one: Kept
    before: Case
    desk: Desk
    command: c.Command
    noted: Noted

    @property
    def after(self) -> Case:
        return self.noted.case

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(fact.event for fact in self.noted.facts)

    @property
    def who(self) -> str:
        return self.desk.actor.id


@dataclass(frozen=True)
class PartyStep:
    """What somebody brought about in the record of a party."""

    world: "World"
    code: str
    before: Party
    command: PartyCommand

    @property
    def after(self) -> Party:
        return self.world.registry.parties[self.code]

    @property
    def log(self) -> list[tuple[Envelope, Event]]:
        return self.world.registry.logs[self.code]


@dataclass
class World:
    """The office: its cases, projects, parties, calendar and numbers, and what time it is."""

    now: datetime
    last_year: int = 2026
    cases: list[Kept] = field(default_factory=list)
    projects: dict[str, Project] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)
    commands: int = 0

    def __post_init__(self) -> None:
        self.days = WorkingDays(y for y in years() if y.year <= self.last_year)
        self.registry = Registry(self.tried)
        self.registry.register(self.now)

    @property
    def today(self) -> date:
        return day_of(self.now)

    def publish(self, year: int) -> None:
        """The calendar of years up to one is published."""
        self.last_year = max(self.last_year, year)
        self.days = WorkingDays(y for y in years() if y.year <= self.last_year)

    def opened(self, edition: Edition) -> Kept:
        """A case that is not filed yet, and stands among the others once it is."""
        blank = Case(id=f"case/{self.commands}")
        return Kept(edition, blank, blank)

    def desk(self, one: Kept, who: str, command: c.Command) -> Desk:
        """The desk as the writer would lay it."""
        self.commands += 1
        self.now += timedelta(seconds=1)
        named = codes(one.edition, one.case, command)
        looked = looked_at(one.edition, one.case, command, PEOPLE[who])
        follows = not isinstance(command, c.File | c.TakeOver)
        signing, known = signers(one.edition, one.case, command), self.registry.parties
        return Desk(
            edition=one.edition,
            actor=PEOPLE[who],
            now=self.now,
            calendar=self.days,
            command=f"command-{self.commands}",
            numbers=dict(self.numbers),
            seed=f"{self.commands:x}",
            projects={code: self.projects[code] for code in named if code in self.projects},
            party=self.registry.looked_at(looked, follows=follows),
            co_signers={code: known[code] for code in signing if code in known},
            inspectors=INSPECTORS if one.edition.draws_inspectors else (),
        )

    def tell(self, one: Kept, who: str, command: c.Command) -> Step | Refused:
        """Carry out a command, and keep what comes of it."""
        desk = self.desk(one, who, command)
        outcome = decide(one.case, command, desk)
        return self.kept(one, desk, command, outcome)

    def kept(
        self, one: Kept, desk: Desk, command: c.Command, outcome: Noted | Refused
    ) -> Step | Refused:
        """Keep what was decided on the case as it stands now; ValueError if on another."""
        if isinstance(outcome, Noted):
            self._in_order(one, outcome, desk)
        self.count(command, outcome)
        if isinstance(outcome, Refused):
            return outcome
        before = one.case
        for place in places(fact.event for fact in outcome.facts):
            assert place.place == self.numbers.get(place.series, 0) + 1, f"a gap in {place.series}"
            self.numbers[place.series] = place.place
        for fact in outcome.facts:
            self._keep(one, fact, outcome, desk)
        one.case = outcome.case
        one.stays.update({stay.seq: stay for stay in stays(before, one.case)})
        for told in outcome.projects:
            self._tell_project(told, outcome, desk)
        for of_party in outcome.parties:
            self.registry.told(of_party, desk.actor, outcome.role, desk.now, desk.command)
        if not before.version and outcome.facts:
            self.cases.append(one)
        return Step(self, one, before, desk, command, outcome)

    def _in_order(self, one: Kept, outcome: Noted, desk: Desk) -> None:
        """Whether it was decided on the versions that there are: the store would refuse it."""
        if outcome.case.version - len(outcome.facts) != one.case.version:
            raise Overtaken
        for told in outcome.projects:
            seen = desk.projects.get(told.project.code)
            stands = self.projects.get(told.project.code)
            if (seen.version if seen else 0) != (stands.version if stands else 0):
                raise Overtaken
        for of_party in outcome.parties:
            known = self.registry.parties[of_party.party.code].version
            if of_party.party.version - len(of_party.facts) != known:
                raise Overtaken

    def tell_party(self, code: str, who: str, command: PartyCommand) -> PartyStep | Refused:
        """Carry out a command about a party, and keep what comes of it."""
        self.commands += 1
        self.now += timedelta(seconds=1)
        before, key = self.registry.parties[code], f"command-{self.commands}"
        desk = self.registry.desk(who, self.now, self.days, key, self.spoken_of(command))
        outcome = decide_party(before, command, desk)
        self.count(command, outcome)
        if isinstance(outcome, Refused):
            return outcome
        for told in (ToldParty(outcome.party, outcome.facts), *outcome.others):
            self.registry.told(told, desk.actor, outcome.role, desk.now, key)
        return PartyStep(self, code, before, command)

    def spoken_of(self, command: PartyCommand) -> Case | None:
        """The case that a bar is to follow from."""
        name = command.case if isinstance(command, ImposeBar) else ""
        return next((one.case for one in self.cases if one.case.id == name), None)

    def count(self, command: c.Command | PartyCommand, outcome: object) -> None:
        name = _name(command)
        if isinstance(outcome, Refused):
            self.tried[f"refused {name}"] += 1
            self.tried[f"because {outcome.reason}"] += 1
        else:
            self.tried[f"carried out {name}"] += 1

    def _keep(self, one: Kept, fact: Fact, outcome: Noted, desk: Desk) -> None:
        envelope = _envelope(one.case.id, len(one.log) + 1, fact, outcome, desk)
        event = read_event(envelope, canonical(fact.event))
        one.log.append((envelope, event))
        one.seen.add(envelope.type)
        one.replayed = fold(one.replayed, event, envelope)
        self.tried[f"event {envelope.type}"] += 1

    def _tell_project(self, told: Reported, outcome: Noted, desk: Desk) -> None:
        code = told.project.code
        project = self.projects.get(code, Project(code))
        for fact in told.facts:
            envelope = _envelope(stream_of(code), project.version + 1, fact, outcome, desk)
            event = read_event(envelope, canonical(fact.event))
            project = fold_project(project, event, envelope)
            self.tried[f"event {envelope.type}"] += 1
        assert project == told.project, "the log of the project tells another project"
        if project.version:
            self.projects[code] = project


class Overtaken(ValueError):
    """It was decided on a version that is past; the store takes nothing of it."""


def _name(command: c.Command | PartyCommand) -> str:
    """What a command is called where it is counted; what the window does for an applicant is
    counted with what that is."""
    name = type(command).__name__
    return (
        f"{name} {type(command.does).__name__}" if isinstance(command, c.ActForApplicant) else name
    )


def _envelope(stream: str, seq: int, fact: Fact, outcome: Noted, desk: Desk) -> Envelope:
    kind = type(fact.event).__name__
    return Envelope(
        id=f"{stream}/{seq}",
        stream=stream,
        seq=seq,
        type=kind,
        schema=schema_of(kind),
        definition=desk.edition.digest,
        recorded_at=desk.now,
        effective_at=fact.effective_at,
        actor=desk.actor.id,
        role=outcome.role,
        office=desk.actor.office,
        department=desk.actor.department,
        command=desk.command,
        on_behalf=outcome.on_behalf,
    )
