"""What tests of cases share: the shipped permit type, the calendar, the people, and a case played
through `decide` with its log kept as the store would keep it."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.access import TIMER, Actor
from permits.casework.case import Case
from permits.casework.counter import AUTHORISATION, PAPER, Brought
from permits.casework.dates import BEIJING
from permits.casework.decide import Desk, Noted, decide
from permits.casework.envelope import Envelope, Event
from permits.casework.fold import fold
from permits.casework.parts import Defect, HandedIn, SharedAnswer, SharedOutcome
from permits.casework.party import Party
from permits.casework.project import Project
from permits.casework.refusals import Refused
from permits.casework.tracks import notice_digest, signed_for
from permits.casework.working_days import WorkingDays, published
from permits.definitions import loader
from permits.definitions.calendar_file import read_calendar
from permits.definitions.edition import Edition, compile_edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import OFFICERS, RevocationGround, Role
from permits.definitions.schema import TrackName, Treatment
from permits.settings import shipped
from permits.sign_in_rules import DEMONSTRATION
from tests.definitions.shipped import edition, resolved

OFFICE, DEPARTMENT = "planning_bureau", "planning"

PLAIN_SIGN_IN = replace(DEMONSTRATION, staff=DEMONSTRATION.everybody)
"""In tests about something else everybody signs in by name and password, and stays as long."""
PARTY = "91350100M000100Y43"
OTHER_PARTY = "12410100MB00000015"

APPLICANT = Actor("applicant", frozenset({Role.APPLICANT}), party=PARTY)
STRANGER = Actor("stranger", frozenset({Role.APPLICANT}), party=OTHER_PARTY)


def officer(name: str, *roles: Role, office: str = OFFICE, department: str = DEPARTMENT) -> Actor:
    return Actor(name, frozenset(roles), office=office, department=department)


WINDOW = officer("window", Role.WINDOW)
EXAMINER = officer("examiner", Role.EXAMINER)
LEADER = officer("leader", Role.LEADER)
INSPECTOR = officer("inspector", Role.INSPECTOR)
SUPERVISOR = officer("supervisor", Role.SUPERVISOR)
AUDITOR = Actor("auditor", frozenset({Role.AUDITOR}))
ELSEWHERE = officer("elsewhere", *OFFICERS, office="another_bureau", department="other")

PEOPLE = {
    "applicant": APPLICANT,
    "stranger": STRANGER,
    "window": WINDOW,
    "examiner": EXAMINER,
    "leader": LEADER,
    "inspector": INSPECTOR,
    "supervisor": SUPERVISOR,
    "auditor": AUDITOR,
    "elsewhere": ELSEWHERE,
    "timer": TIMER,
}

SEAL = "5" * 64
FIVE = ("application", "land_title", "project_approval", "design_scheme", "required_by_rule")

LATER = "project_approval"
"""What may follow on the tolerant track."""
ESSENTIAL = tuple(name for name in FIVE if name != LATER)
HANDED_IN: dict[str, tuple[str, ...]] = {
    "ordinary": FIVE,
    "commitment": (),
    "tolerant": ESSENTIAL,
}


@cache
def years() -> tuple[Any, ...]:
    text = (shipped("workflows") / "shared" / "calendar.yaml").read_text(encoding="utf-8")
    return tuple(published(year.record()) for year in read_calendar(text))


@cache
def calendar() -> WorkingDays:
    return WorkingDays(years())


def plan_exempt() -> Edition:
    return edition()


def content() -> dict[str, Any]:
    """The shipped permit type as plain data, to be changed by a test."""
    return copy.deepcopy(json.loads(resolved().content))


def variant(change: Callable[[dict[str, Any]], None]) -> Edition:
    """The shipped permit type changed by a test; it must still be sound."""
    data = content()
    change(data)
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings, "\n".join(map(str, findings))
    return compile_edition(built.definition, built.digest)


def beijing(day: str, hour: int = 10, minute: int = 0) -> datetime:
    at = date.fromisoformat(day)
    return datetime(at.year, at.month, at.day, hour, minute, tzinfo=BEIJING).astimezone(UTC)


LINE = {
    "works_name": "特勤大队燃气工程",
    "works_place": "特勤大队营区",
    "works_summary": "接入燃气管线",
    "listed_as": "short_line",
    "length_m": 150,
    "road_class": "branch",
    "new_land": False,
    "underground": True,
    "breaks_road": True,
    "neighbours_affected": False,
    "restricted_place": False,
    "starts_on": "2022-06-20",
}
"""A gas main of 150 m, not on a trunk road, on no new land."""

SEALED = {"contact_name": "a" * 64, "contact_phone": "b" * 64}


def paper(material: str) -> HandedIn:
    return HandedIn(material, "f" * 64, 1000, "application/pdf")


def shared(material: str, outcome: SharedOutcome = "found") -> SharedAnswer:
    """What another office answered for a material."""
    return SharedAnswer(
        material=material,
        source="register",
        title={"zh": "登记", "en": "Register"},
        outcome=outcome,
        asked_at=beijing("2022-06-08"),
        as_of=date(2022, 6, 1) if outcome in ("found", "stale") else None,
        sha256="d" * 64,
        size=300,
    )


def brought(on: str, **changes: Any) -> Brought:
    """The applicant came to the counter with a signed paper, which was scanned."""
    agent = changes.get("capacity") == "agent"
    scans = (paper(PAPER), paper(AUTHORISATION)) if agent else (paper(PAPER),)
    values: dict[str, Any] = {
        "on": date.fromisoformat(on),
        "name": SEAL,
        "capacity": "holder",
        "in_person": True,
        "scans": scans,
    }
    return Brought(**{**values, **changes})


def filing(edition: Edition, track: str = "commitment", **changes: Any) -> c.File:
    """An application that is in order; `answers` are laid over the gas main's, others replace."""
    answers = {**LINE, **changes.pop("answers", {})}
    wanted = signed_for(edition.definition, TrackName(track))
    signed = tuple(i.Signing(name, notice_digest(text)) for name, text in wanted.items())
    values: dict[str, Any] = {
        "track": track,
        "party": PARTY,
        "channel": "web",
        "answers": {k: v for k, v in answers.items() if v is not None},
        "seals": SEALED,
        "handed_in": tuple(map(paper, HANDED_IN[track])),
        "signed": signed,
        "lookup": "c" * 64,
        "shared": tuple(
            shared(name)
            for name, material in edition.definition.materials.items()
            if material.tracks[TrackName(track)] is Treatment.SHARED
        ),
    }
    return c.File(**{**values, **changes})


@dataclass
class Play:
    """A case as it is played: who does what on which day. Refusals leave it as it was."""

    edition: Edition = field(default_factory=plan_exempt)
    days: WorkingDays = field(default_factory=calendar)
    case: Case = field(default_factory=lambda: Case(id="case/1"))
    log: list[tuple[Envelope, Event]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    party: Party | None = None
    co_signers: dict[str, Party] = field(default_factory=dict)
    last: datetime = datetime.min.replace(tzinfo=UTC)
    commands: int = 0
    seed: str = "0"
    inspectors: tuple[str, ...] = ("another_inspector", "inspector")

    def desk(self, who: str, on: str | datetime) -> Desk:
        now = beijing(on) if isinstance(on, str) else on
        now = max(now, self.last + timedelta(seconds=1)) if self.log else now
        command = f"{self.case.id}-command-{self.commands}"
        return Desk(
            self.edition,
            PEOPLE[who],
            now,
            self.days,
            command,
            self.numbers,
            self.seed,
            self.projects,
            self.party,
            inspectors=self.inspectors,
            co_signers=self.co_signers,
        )

    def ask(self, who: str, command: c.Command, on: str | datetime) -> Noted | Refused:
        """What would come of a command; nothing is kept."""
        return decide(self.case, command, self.desk(who, on))

    def tell(self, who: str, command: c.Command, on: str | datetime) -> Noted | Refused:
        """Carry out a command and keep its events, as the store would."""
        return self.carry_out(command, self.desk(who, on))

    def carry_out(self, command: c.Command, desk: Desk) -> Noted | Refused:
        """The same at a desk."""
        outcome = decide(self.case, command, desk)
        self.commands += 1
        if isinstance(outcome, Refused):
            return outcome
        self.last = desk.now
        self.projects |= {told.project.code: told.project for told in outcome.projects}
        for told in outcome.parties:
            self.party = self.party if told.party.code in self.co_signers else told.party
        for fact in outcome.facts:
            envelope = Envelope(
                id=f"{len(self.log)}",
                stream=self.case.id,
                seq=len(self.log) + 1,
                type=type(fact.event).__name__,
                schema=1,
                definition=self.edition.digest,
                recorded_at=desk.now,
                effective_at=fact.effective_at,
                actor=desk.actor.id,
                role=outcome.role,
                office=desk.actor.office,
                department=desk.actor.department,
                command=desk.command,
                on_behalf=outcome.on_behalf,
                in_place_of=desk.actor.place_of(outcome.role),
            )
            self.log.append((envelope, fact.event))
            self.case = fold(self.case, fact.event, envelope)
        assert self.case == outcome.case, "the minutes and the log tell different cases"
        return outcome

    def file(self, on: str | datetime, track: str = "commitment", **changes: Any) -> "Play":
        command = filing(self.edition, track, **changes)
        who = "applicant" if command.channel == "web" else "window"
        self.must(who, command, on)
        return self

    def do(
        self, who: str, action: str, on: str | datetime, given: i.Input | None = None
    ) -> "Play":
        self.must(who, c.TakeAction(action, given or i.Plain()), on)
        return self

    def must(self, who: str, command: c.Command, on: str | datetime) -> Noted:
        outcome = self.tell(who, command, on)
        assert isinstance(outcome, Noted), outcome
        return outcome

    def checked(self, who: str, command: c.VerifyObligation, on: str | datetime) -> Noted:
        """Somebody writes the record of a check, and everybody else who checked signs it."""
        outcome = self.must(who, command, on)
        record = self.case.obligations[command.obligation].record
        for one in record.unsigned if record is not None else ():
            assert command.finding is not None
            sign = c.SignCheck(command.obligation, command.finding, agrees=True)
            desk = replace(self.desk(who, on), actor=officer(one, Role.INSPECTOR))
            signed = self.carry_out(sign, desk)
            assert isinstance(signed, Noted), signed
            outcome = signed
        return outcome

    def accepted(self, on: str, track: str = "ordinary", **changes: Any) -> "Play":
        """A case accepted on the day it was filed."""
        return self.file(on, track, **changes).do("window", "accept", on)

    def proposed(self, on: str) -> "Play":
        """An ordinary case with an opinion in favour."""
        return self.accepted(on).do("examiner", "examine", on, i.Opinion("grant", SEAL))

    def granted(self, on: str) -> "Play":
        """An exemption granted on the spot."""
        return self.accepted(on, "commitment").do("window", "grant_on_the_spot", on)

    def served(self, on: str) -> "Play":
        """An exemption granted, delivered and published."""
        service = i.Service(date.fromisoformat(on), "online")
        return self.granted(on).do("window", "deliver", on, service).do("window", "publish", on)

    def revoked(self, on: str, ground: RevocationGround) -> "Play":
        """The holder was told, heard, and the grant revoked, all on one day."""
        self.must("leader", c.NoticeRevocation(ground, SEAL), on)
        self.must("applicant", c.StateCase(SEAL), on)
        return self.do("leader", "revoke", on, i.Revocation(ground, SEAL))

    @property
    def events(self) -> list[str]:
        return [type(event).__name__ for _envelope, event in self.log]

    def due(self, clock: str) -> str:
        return str(self.case.clocks[clock].due)


def defect(about: str, kind: str = "missing") -> Defect:
    return Defect(about, kind, SEAL)  # type: ignore[arg-type]
