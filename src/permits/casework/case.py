"""A case as its events leave it.

Nothing here is ever changed, so nothing can come to hold itself, and the garbage collector is
spared all of it (`gc=False`): the writer keeps thousands of cases at hand, and to look through
them would hold everybody up.
"""

from collections.abc import Set
from datetime import date, datetime
from typing import Literal

import msgspec

from permits.casework.afterwards import Amendment, Annulled, Asked, Term
from permits.casework.counter import OfficeVisit
from permits.casework.due_dates import Length, Pause
from permits.casework.heard import Hearing, Joined, OpinionRequest, Recusal, ThirdParty
from permits.casework.ledger import Fee
from permits.casework.parts import (
    Defect,
    HandedIn,
    Means,
    Recommendation,
    Result,
    Seal,
    SharedAnswer,
    ShownIn,
)
from permits.definitions.conditions import Answer


class Clock(msgspec.Struct, frozen=True, gc=False):
    """A clock of the case; `due` is None while it is suspended."""

    name: str
    milestone: str
    starts_on: date
    length: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    pauses: tuple[Pause, ...] = ()
    cause: str = ""
    extensions: tuple[str, ...] = ()
    lapsed: bool = False
    stopped_on: date | None = None
    stopped_by: str = ""
    late: bool = False

    @property
    def running(self) -> bool:
        return self.stopped_on is None

    @property
    def suspended(self) -> bool:
        return self.running and bool(self.pauses) and self.pauses[-1].until is None

    @property
    def terms(self) -> tuple[Length, tuple[Length, ...]]:
        """The length and its extensions."""
        return Length.parse(self.length), tuple(Length.parse(e) for e in self.extensions)


class CheckRecord(msgspec.Struct, frozen=True, gc=False):
    """The record of a check that not everybody who checked has signed: nothing follows from it
    yet. `finding` is the seal of what was found, by which the record is known."""

    passed: bool
    on: date
    inspectors: tuple[str, ...]
    signed: tuple[str, ...]
    finding: Seal
    evidence: tuple[HandedIn, ...]

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Those who checked and have not signed yet."""
        return tuple(one for one in self.inspectors if one not in self.signed)


class Obligation(msgspec.Struct, frozen=True, gc=False):
    """An obligation of the case. `ordered` says that a breach is being put right: by `due`,
    reckoned from `ordered_on` over `within`; `put_right_on` when the holder says that it was,
    until it is checked again, and `still_wrong` that a check found it was not. Of how close the
    date is its holder was `reminded` or not yet. `asked` are requests to put its date off,
    `extensions` by how much that was done. `inspectors` were drawn by lot to check it,
    `passed_over` are those another was drawn instead of; `record` waits for signatures."""

    name: str
    opened_on: date
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    status: Literal["open", "settled", "voided"] = "open"
    reported_on: date | None = None
    evidence: tuple[HandedIn, ...] = ()
    failed: bool = False
    ordered_on: date | None = None
    within: str = ""
    put_right_on: date | None = None
    still_wrong: bool = False
    reminded: bool = False
    overdue: bool = False
    closed_on: date | None = None
    extensions: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    inspectors: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    record: CheckRecord | None = None

    @property
    def ordered(self) -> bool:
        return self.ordered_on is not None

    @property
    def pending(self) -> bool:
        """Whether a request to put its date off waits for its decision."""
        return self.status == "open" and bool(self.asked) and self.asked[-1].pending

    @property
    def waits(self) -> bool:
        """Whether its date passes without being told: something the holder said of it in time
        waits for the office."""
        return self.pending or self.put_right_on is not None


class Stay(msgspec.Struct, frozen=True, gc=False):
    """Since when the case has stood in its state: the event that led there, instant and day."""

    seq: int
    state: str
    code: int
    at: datetime
    on: date


class Notice(msgspec.Struct, frozen=True, gc=False):
    """The correction notice of a submission."""

    submission: int
    on: date
    defects: tuple[Defect, ...]


class Signature(msgspec.Struct, frozen=True, gc=False):
    """A signature under a commitment; the last one of a role in the works is the one that holds.
    `person` seals who signed for a role other than the applicant's, `signer` is who witnessed it
    where it was signed on paper."""

    commitment: str
    kind: str
    text_digest: str
    declared: str
    signer: str
    on: date
    role: str = ""
    person: Seal | None = None
    means: Literal["password", "letter", "paper"] = "password"
    shown_in: ShownIn = ""


class Undertaken(msgspec.Struct, frozen=True, gc=False):
    """The undertaking to supply secondary materials in time, as it was signed."""

    text_digest: str
    signer: str
    on: date
    means: Literal["password", "paper"] = "password"
    shown_in: ShownIn = ""


class Broken(msgspec.Struct, frozen=True, gc=False):
    """An undertaking that was not kept; `until` is the last day on which the party is barred."""

    on: date
    until: date
    missing: tuple[str, ...]


class Intended(msgspec.Struct, frozen=True, gc=False):
    """A revocation the holder was told of, and what they stated, if they have."""

    on: date
    ground: str
    reason: Seal
    statement: Seal | None = None
    stated_on: date | None = None


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """A document that was drawn up; `void` if the action behind it was reversed, `corrected` if a
    later one corrects a clerical error in it."""

    document: str
    number: str
    on: date
    milestone: str
    void: bool = False
    corrected: bool = False


class Served(msgspec.Struct, frozen=True, gc=False):
    """That a document reached the applicant: the day, the means, and what proves it. `postal`
    seals the number of the post."""

    on: date
    means: Means
    proof: tuple[HandedIn, ...] = ()
    postal: Seal | None = None


class Opinion(msgspec.Struct, frozen=True, gc=False):
    by: str
    on: date
    recommends: Recommendation
    opinion: Seal


class SentBack(msgspec.Struct, frozen=True, gc=False):
    """That an opinion was returned to the examiner before the decision, by whom and why."""

    by: str
    on: date
    reason: Seal


class Decision(msgspec.Struct, frozen=True, gc=False):
    by: str
    on: date
    result: Result
    kind: str
    row: str
    still_required: tuple[str, ...]
    reason: Seal | None


class Case(msgspec.Struct, frozen=True, gc=False):
    """Everything the rules ask of a case. Changed only by folding in an event.

    `version` is the sequence number of the last event, `submission` counts how often the
    application was put anew by a switch of track, `sent_back` holds until the examiner has
    given an opinion again, `before` is the case as it stood before the
    last action if that can be reversed, `tolerated` the materials it was accepted without that are
    still to come, `revoked_for` and `not_accepted_for` the ground of the revocation or of the
    decision not to accept, `acted_for` the officers who acted for the applicant, `stood_in` for
    whom each officer did something in their place.
    """

    id: str
    version: int = 0
    recorded_at: datetime | None = None
    number: str = ""
    permit: str = ""
    definition: str = ""
    authority: str = ""
    department: str = ""
    party: str = ""
    channel: str = ""
    track: str = ""
    submission: int = 1
    answers: dict[str, Answer] = {}
    seals: dict[str, Seal] = {}
    lookup: Seal = ""
    materials: dict[str, HandedIn] = {}
    shared: dict[str, SharedAnswer] = {}
    leaves: tuple[str, ...] = ()
    code: int = 0
    stay: Stay | None = None
    milestones: dict[str, date] = {}
    clocks: dict[str, Clock] = {}
    obligations: dict[str, Obligation] = {}
    fees: dict[str, Fee] = {}
    notices: tuple[Notice, ...] = ()
    commitments: tuple[Signature, ...] = ()
    undertaking: Undertaken | None = None
    tolerated: tuple[str, ...] = ()
    broken: Broken | None = None
    intended: Intended | None = None
    revoked_for: str = ""
    not_accepted_for: str = ""
    requests: dict[str, OpinionRequest] = {}
    joined: Joined | None = None
    hearing: Hearing | None = None
    third_parties: dict[str, ThirdParty] = {}
    recusals: dict[str, Recusal] = {}
    acted_for: tuple[str, ...] = ()
    stood_in: dict[str, tuple[str, ...]] = {}
    reviewers: tuple[str, ...] = ()
    recorded_visits: tuple[OfficeVisit, ...] = ()
    opinion: Opinion | None = None
    sent_back: SentBack | None = None
    decision: Decision | None = None
    term: Term | None = None
    amendments: tuple[Amendment, ...] = ()
    annulled: tuple[Annulled, ...] = ()
    documents: tuple[Drawn, ...] = ()
    served: dict[str, Served] = {}
    delivered_by: Means | None = None
    lateness: dict[str, Seal] = {}
    by_silence: bool = False
    last_action: str = ""
    last_record: str = ""
    last_actor: str = ""
    command: str = ""
    before: "Case | None" = None

    @property
    def corrected(self) -> bool:
        """Whether the one correction notice of this submission has been given."""
        return any(notice.submission == self.submission for notice in self.notices)

    def reviewed_by(self, *accounts: str) -> "Case":
        """The same, and whose opinion was given on it: nothing takes that away again."""
        known = tuple(dict.fromkeys((*self.reviewers, *accounts)))
        return msgspec.structs.replace(self, reviewers=known)

    def persons(self, accounts: Set[str]) -> frozenset[str]:
        """Some accounts, and those in whose place they did anything in this case: what one of
        two did for the other counts as done by both."""
        return frozenset(accounts).union(*(self.stood_in.get(one, ()) for one in accounts))

    @property
    def visits(self) -> tuple[OfficeVisit, ...]:
        """Who came; what was recorded wrongly is not among it."""
        return tuple(visit for visit in self.recorded_visits if not visit.taken_back)

    @property
    def amendment(self) -> Amendment | None:
        """The change that waits for its decision."""
        last = self.amendments[-1] if self.amendments else None
        return last if last is not None and last.pending else None

    @property
    def latest_requests(self) -> dict[str, OpinionRequest]:
        """The last request to each department that was asked, by its name in the definition."""
        return {one.asked: one for one in self.requests.values()}

    def recused(self, officer: str) -> bool:
        """Whether an officer may do nothing in this case (回避)."""
        asked = self.recusals.get(officer)
        return asked is not None and asked.recused is True
