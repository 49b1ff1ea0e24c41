"""A party as its events leave it: names, credit entries, bars, reviews, who may act for it.

Keyed by credit code, not by account: whoever acts for a party acts under its standing.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from permits.casework.parts import Seal

BreachKind = Literal["deceit", "commitment", "unrectified", "undertaking", "fee"]
"""What was not kept: a permit got by deceit; a commitment, for which the grant was revoked; an
order to put a breach right; an undertaking to supply; a fee whose payment was put off."""

Degree = Literal["breach", "serious"]
"""失信 / 严重失信."""

Status = Literal["drafted", "noticed", "objected", "rejected", "entered", "dropped", "repaired"]
"""`rejected` says that the objection was: the entry may be made."""

BarGround = Literal["false_materials", "deceit"]
"""行政许可法 art. 78, art. 79: what a person imposes a bar for."""

BarCause = Literal["false_materials", "deceit", "undertaking"]
"""The same, and an undertaking that was not kept, which bars from the tolerant track alone."""

Concern = Literal["public_safety", "health", "life_and_property"]
"""What a permit must directly concern so that art. 78 or 79 bars anybody."""

ReviewOutcome = Literal["referred", "not_pursued"]


class Name(msgspec.Struct, frozen=True, gc=False):
    """A registered name and the day from which it is borne."""

    since: date
    name: str


class Wait(msgspec.Struct, frozen=True, gc=False):
    """The term of a step that is waited for: `within` counted from `since`."""

    since: date
    within: str
    due: date | None
    provisional: bool


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A credit entry on its way and after. `until` is the last day of its disclosure, `waits` the
    term of what is to come next, `proposed_by` who gave notice of it, and `proposed_for`
    in whose place. Texts are seals."""

    name: str
    kind: BreachKind
    about: str
    case: str
    number: str
    permit: str
    office: str
    department: str
    drafted_on: date
    status: Status = "drafted"
    degree: Degree = "breach"
    waits: Wait | None = None
    proposed_by: str = ""
    proposed_for: str = ""
    noticed_on: date | None = None
    grounds: Seal = ""
    objected_on: date | None = None
    objection: Seal = ""
    checking: bool = False
    answer: Seal = ""
    entered_on: date | None = None
    until: date | None = None
    publication: Wait | None = None
    published_on: date | None = None
    repair_asked_on: date | None = None
    repair: Seal = ""
    repair_answer: Seal = ""
    closed_on: date | None = None
    reason: Seal = ""

    def stands(self, today: date) -> bool:
        """Whether it counts: entered, not repaired, and its disclosure has not run out."""
        return self.status == "entered" and self.until is not None and today <= self.until

    def public(self, today: date) -> bool:
        return self.published_on is not None and self.stands(today)


class Bar(msgspec.Struct, frozen=True, gc=False):
    """The same permit cannot be applied for up to and including `until`; or, for an undertaking
    that was not kept, no permit on the tolerant track. Then nobody gave a reason of their own, and
    what the permit concerns is not asked."""

    name: str
    ground: BarCause
    case: str
    number: str
    permit: str
    office: str
    department: str
    since: date
    until: date
    reason: Seal = ""
    concerns: Concern | None = None
    lifted_on: date | None = None
    lifted_for: Seal = ""

    @property
    def of_track(self) -> bool:
        """Whether it shuts the tolerant track, and no permit."""
        return self.ground == "undertaking"

    def holds(self, today: date) -> bool:
        return self.lifted_on is None and today <= self.until


class Review(msgspec.Struct, frozen=True, gc=False):
    """A legal review whether a penalty is to be pursued (河南省社会信用条例 art. 68)."""

    name: str
    case: str
    number: str
    permit: str
    office: str
    department: str
    opened_on: date
    outcome: ReviewOutcome | None = None
    reason: Seal = ""
    concluded_on: date | None = None


Power = Literal["sign", "act"]
"""To sign and file for the party; or only to write applications and do what follows them."""


Lack = Literal["unknown", "not_yet", "ended", "act_only"]
"""What is missing of an authorisation: there is none, it does not hold yet or no longer, or it is
not to sign."""


class Lacking(msgspec.Struct, frozen=True, gc=False):
    """What somebody lacks to act or sign for a party, and the day from or until which they do
    not."""

    what: Lack
    on: date | None = None


class Authorised(msgspec.Struct, frozen=True, gc=False):
    """Who may act for a party, from a day to another; `until` is empty for as long as nobody ends
    it. Whoever has no account is called by a name of the record in its place, and `name` seals
    their own."""

    account: str
    power: Power
    since: date
    until: date | None
    letter: Seal
    name: Seal = ""

    def holds(self, today: date) -> bool:
        return self.since <= today and (self.until is None or today <= self.until)


class Party(msgspec.Struct, frozen=True, gc=False):
    """Everything the rules ask of a party. `successor` is the code of the party it was merged
    into, `predecessors` of those that were merged into it."""

    code: str
    version: int = 0
    recorded_at: datetime | None = None
    names: tuple[Name, ...] = ()
    entries: dict[str, Entry] = {}
    bars: dict[str, Bar] = {}
    reviews: dict[str, Review] = {}
    authorised: dict[str, Authorised] = {}
    successor: str = ""
    predecessors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The registered name; the code if it has none."""
        return self.names[-1].name if self.names else self.code

    def name_on(self, day: date) -> str:
        """The name it bore on a day; the first known one before that."""
        borne = [one.name for one in self.names if one.since <= day]
        if borne:
            return borne[-1]
        return self.names[0].name if self.names else self.code

    @property
    def rooms(self) -> frozenset[tuple[str, str]]:
        """The offices and departments to which something of the record belongs."""
        return frozenset(
            (
                *((one.office, one.department) for one in self.entries.values()),
                *((one.office, one.department) for one in self.bars.values()),
                *((one.office, one.department) for one in self.reviews.values()),
            )
        )

    def standing(self, today: date) -> tuple[Entry, ...]:
        """The entries that count on a day, those that count longest last."""
        found = [one for one in self.entries.values() if one.stands(today)]
        return tuple(sorted(found, key=lambda one: (one.until or today, one.name)))

    def bar(self, permit: str, today: date) -> Bar | None:
        """The bar that keeps it longest from applying for a permit, if one does."""
        found = [b for b in self.bars.values() if b.permit == permit and not b.of_track]
        return _longest(found, today)

    def track_bar(self, today: date) -> Bar | None:
        """The bar that keeps it longest from the tolerant track, if one does."""
        return _longest([b for b in self.bars.values() if b.of_track], today)

    def lacking(self, account: str, power: Power, on: date) -> Lacking | None:
        """What an account lacks to sign for it, or to act, on a day. As long as no authorisation
        was recorded every account of the party may."""
        held = self.authorised.get(account)
        if held is None:
            return Lacking("unknown") if self.authorised else None
        if on < held.since:
            return Lacking("not_yet", held.since)
        if not held.holds(on):
            return Lacking("ended", held.until)
        return Lacking("act_only") if (held.power, power) == ("act", "sign") else None


def _longest(bars: list[Bar], today: date) -> Bar | None:
    holding = [bar for bar in bars if bar.holds(today)]
    return max(holding, key=lambda one: (one.until, one.name), default=None)
