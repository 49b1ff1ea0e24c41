"""A party's record as tests play it: who asks what on which day. Refusals leave it as it was."""

from dataclasses import dataclass, field
from datetime import datetime

from permits.casework import party_commands as c
from permits.casework.access import TIMER, Actor
from permits.casework.case import Case
from permits.casework.decide.parties import PartyDesk, decide_party
from permits.casework.decide.party_minutes import PartyMinutes, PartyNoted
from permits.casework.families.bars import ReviewOpened
from permits.casework.families.credit import EntryDrafted
from permits.casework.families.parties import PartyRegistered
from permits.casework.party import Party
from permits.casework.party_commands import MakeEntry, NoticeEntry, PartyCommand
from permits.casework.refusals import Refused
from permits.casework.working_days import WorkingDays
from permits.definitions.credit_terms import CreditFile
from permits.definitions.procedure import Role
from permits.services.terms import terms_of
from tests.kit import DEPARTMENT, OFFICE, PARTY, PEOPLE, SEAL, beijing, calendar, officer

CASE, NUMBER, PERMIT = "case/1", "GXGH-20220609-0001", "plan_exempt"

OTHERS = {
    "another_supervisor": officer("another_supervisor", Role.SUPERVISOR),
    "window_elsewhere": officer("we", Role.WINDOW, office="another_bureau", department="other"),
}


def who(name: str) -> Actor:
    return OTHERS.get(name) or PEOPLE[name]


@dataclass
class Record:
    """The record of one party. Refusals leave it as it was."""

    party: Party = field(default_factory=lambda: registered(PARTY))
    terms: CreditFile = field(default_factory=terms_of)
    days: WorkingDays = field(default_factory=calendar)
    case: Case | None = None
    accounts: frozenset[str] = frozenset({"applicant", "another_applicant"})
    others: dict[str, Party] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    last: PartyNoted | None = None

    def desk(self, name: str, on: str) -> PartyDesk:
        now = beijing(on)
        return PartyDesk(
            actor=TIMER if name == "timer" else who(name),
            now=now,
            calendar=self.days,
            command=f"command-{len(self.events)}",
            terms=self.terms.on(datetime.fromisoformat(on).date()),
            case=self.case,
            accounts=self.accounts,
            others=self.others,
        )

    def ask(self, name: str, command: PartyCommand, on: str) -> PartyNoted | Refused:
        """What would come of a command; nothing is kept."""
        return decide_party(self.party, command, self.desk(name, on))

    def must(self, name: str, command: PartyCommand, on: str) -> "Record":
        outcome = self.ask(name, command, on)
        assert isinstance(outcome, PartyNoted), outcome
        self.party, self.last = outcome.party, outcome
        self.events += [type(fact.event).__name__ for fact in outcome.facts]
        return self

    def refused(self, name: str, command: PartyCommand, on: str) -> str:
        """The reason why a command is refused."""
        outcome = self.ask(name, command, on)
        assert isinstance(outcome, Refused), outcome
        return outcome.reason

    @property
    def entry(self):
        return self.party.entries["entry_1"]

    # Stories, each from a breach that was drafted on 9 June 2022, a Thursday.

    def noticed(self, on: str = "2022-06-09", by: str = "supervisor", degree="breach") -> "Record":
        return self.must(by, NoticeEntry("entry_1", degree, SEAL), on)

    def entered(self, on: str = "2022-06-17", degree="breach") -> "Record":
        """Told on the 9th, nobody objected until the 16th, entered the day after."""
        return self.noticed(degree=degree).must("leader", MakeEntry("entry_1"), on)


def minutes_of(party: Party, on: str = "2022-06-09") -> PartyMinutes:
    terms = terms_of().on(datetime.fromisoformat(on).date())
    desk = PartyDesk(who("supervisor"), beijing(on), calendar(), "setup", terms)
    return PartyMinutes(party, desk, Role.SUPERVISOR)


def registered(code: str, name: str = "示例单位", on: str = "2022-06-01") -> Party:
    """A party under its name, of which nothing else is known."""
    minutes = minutes_of(Party(code), on)
    minutes.note(PartyRegistered(code=code, name=name))
    return minutes.party


def drafted(kind="unrectified", about="check_after_completion", party=None, case=CASE) -> Party:
    """A breach waits to be looked at."""
    minutes = minutes_of(party or registered(PARTY))
    minutes.note(
        EntryDrafted(
            entry=f"entry_{len(minutes.party.entries) + 1}",
            kind=kind,
            about=about,
            case=case,
            number=NUMBER,
            permit=PERMIT,
            office=OFFICE,
            department=DEPARTMENT,
        )
    )
    return minutes.party


def reviewed(party=None) -> Party:
    """A legal review is open."""
    minutes = minutes_of(party or registered(PARTY))
    minutes.note(
        ReviewOpened(
            review="review_1",
            case=CASE,
            number=NUMBER,
            permit=PERMIT,
            office=OFFICE,
            department=DEPARTMENT,
        )
    )
    return minutes.party


def of_a_breach(**how) -> Record:
    return Record(drafted(**how))


E = "entry_1"
OBJECT = c.ObjectToEntry(E, SEAL)
MAKE = c.MakeEntry(E)
DROP = c.DropEntry(E, SEAL)
UPHELD = c.DecideObjection(E, upheld=True, reason=SEAL)
REJECTED = c.DecideObjection(E, upheld=False, reason=SEAL)
ASK = c.AskForRepair(E, SEAL)
REPAIRED = c.DecideRepair(E, granted=True, reason=SEAL)


def before_2022():
    """The holidays of 2022 were not published yet."""
    return WorkingDays([year for year in calendar().years if year.year < 2022])
