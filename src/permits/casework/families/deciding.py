"""The case family from examination on: opinion, decision, delivery, and what undoes them."""

from datetime import date
from typing import Protocol

from msgspec.structs import replace

from permits.casework.case import Case, Decision, Opinion, SentBack, Stay
from permits.casework.envelope import Envelope, Event
from permits.casework.families.fees import taken_back
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import Means, Recommendation, Result, Seal
from permits.definitions.procedure import Milestone


class Moved(Event, frozen=True):
    """Where the case stands after an action; written with every action. Only undoing one moves
    a case otherwise."""

    action: str
    leaves: tuple[str, ...]
    code: int


class SpecialProcedureBegun(Event, frozen=True):
    """The case waits for something that does not count (行政许可法 art. 45). `stated` is the time
    it needs, as the applicant was told in writing."""

    cause: str
    stated: str
    reason: Seal | None = None


class SpecialProcedureEnded(Event, frozen=True):
    """The case goes on; clocks that were suspended resume."""


class Examined(Event, frozen=True):
    recommends: Recommendation
    opinion: Seal


class Returned(Event, frozen=True):
    """Sent back to the examiner before the decision."""

    reason: Seal


class Decided(Event, frozen=True):
    """The decision. `kind` and `row` say which exemption was given; `still_required` names the
    approvals the applicant was told are needed all the same."""

    result: Result
    kind: str
    row: str
    still_required: tuple[str, ...]
    reason: Seal | None = None


class Delivered(Event, frozen=True):
    on: date
    means: Means


class Published(Event, frozen=True):
    on: date


class Revoked(Event, frozen=True):
    """Revoked (撤销); the ground is one of 行政许可法 art. 69."""

    ground: str
    reason: Seal


class Deregistered(Event, frozen=True):
    """Deregistered (注销); the ground is one of 行政许可法 art. 70."""

    ground: str


class Concluded(Event, frozen=True):
    """Nothing is open any more; the file is closed."""


class LatenessExplained(Event, frozen=True):
    """Why a clock was overrun, said in public (优化营商环境条例 art. 36)."""

    clock: str
    reason: Seal


class ActionReversed(Event, frozen=True):
    """A clerk's mistake undone: the case stands again as before the last action, at `leaves` and
    with `code`. `void` are the numbers of the documents the action drew up."""

    action: str
    leaves: tuple[str, ...]
    code: int
    void: tuple[str, ...]
    reason: Seal


class RecordReversed(Event, frozen=True):
    """A report, check or payment that was written down wrongly, undone: the case stands again as
    before it. `name` is the obligation or fee, `void` the numbers of documents it drew up."""

    name: str
    void: tuple[str, ...]
    reason: Seal


class DateRectified(Event, frozen=True):
    """A wrongly recorded date put right; clocks that ran from it follow in events of their own."""

    milestone: str
    was: date
    now: date
    reason: Seal


def stay_at(case: Case, leaves: tuple[str, ...], code: int, at: Envelope) -> Stay:
    """A stay begins when the state changes; moving inside a state continues it."""
    state = leaves[0].split(".")[0]
    if case.stay is not None and case.stay.state == state:
        return case.stay
    return Stay(at.seq, state, code, at.recorded_at, at.effective_at)


def _moved(case: Case, e: Moved, at: Envelope) -> Case:
    return replace(
        case,
        leaves=e.leaves,
        code=e.code,
        stay=stay_at(case, e.leaves, e.code, at),
        last_action=e.action,
        last_record="",
        last_actor=at.actor,
        before=replace(case, before=None) if case.leaves else None,
    )


def _begun(case: Case, _e: SpecialProcedureBegun, at: Envelope) -> Case:
    return marked(case, Milestone.SUSPENDED, at.effective_at)


def _ended(case: Case, _e: SpecialProcedureEnded, at: Envelope) -> Case:
    return marked(case, Milestone.RESUMED, at.effective_at)


def _examined(case: Case, e: Examined, at: Envelope) -> Case:
    opinion = Opinion(at.actor, at.effective_at, e.recommends, e.opinion)
    after = replace(case, opinion=opinion, sent_back=None).reviewed_by(*at.persons)
    return marked(after, Milestone.EXAMINED, at.effective_at)


def _returned(case: Case, e: Returned, at: Envelope) -> Case:
    back = SentBack(at.actor, at.effective_at, e.reason)
    return replace(case, opinion=None, sent_back=back)


def _decided(case: Case, e: Decided, at: Envelope) -> Case:
    on = at.effective_at
    decision = Decision(at.actor, on, e.result, e.kind, e.row, e.still_required, e.reason)
    outcome = Milestone.GRANTED if e.result == "granted" else Milestone.REFUSED
    after = marked(replace(case, decision=decision), Milestone.DECIDED, on)
    return marked(after, outcome, on)


def _delivered(case: Case, e: Delivered, _at: Envelope) -> Case:
    return marked(replace(case, delivered_by=e.means), Milestone.DELIVERED, e.on)


def _published(case: Case, e: Published, _at: Envelope) -> Case:
    return marked(case, Milestone.PUBLISHED, e.on)


def _revoked(case: Case, e: Revoked, at: Envelope) -> Case:
    revoked = replace(case, intended=None, revoked_for=e.ground)
    return marked(revoked, Milestone.REVOKED, at.effective_at)


def _deregistered(case: Case, _e: Deregistered, at: Envelope) -> Case:
    """There is no grant any more that could be revoked."""
    return marked(replace(case, intended=None), Milestone.DEREGISTERED, at.effective_at)


def _concluded(case: Case, _e: Concluded, at: Envelope) -> Case:
    return marked(case, Milestone.CONCLUDED, at.effective_at)


def _explained(case: Case, e: LatenessExplained, _at: Envelope) -> Case:
    return replace(case, lateness={**case.lateness, e.clock: e.reason})


class Undoing(Protocol):
    """An event that puts the case back to before the last action."""

    @property
    def leaves(self) -> tuple[str, ...]: ...
    @property
    def code(self) -> int: ...
    @property
    def void(self) -> tuple[str, ...]: ...


def put_back(case: Case, e: Undoing, at: Envelope) -> Case:
    """As before the action; but what the action drew up keeps its number and is void."""
    before = case.before or case
    drawn = tuple(replace(d, void=True) if d.number in e.void else d for d in case.documents)
    stay = stay_at(case, e.leaves, e.code, at)
    fees = taken_back(before.fees, case.fees, at.effective_at)
    return replace(before, leaves=e.leaves, code=e.code, documents=drawn, stay=stay, fees=fees)


def _record_reversed(case: Case, e: RecordReversed, at: Envelope) -> Case:
    """As before it was written down; a number that was given out stays, and is void."""
    drawn = tuple(replace(d, void=True) if d.number in e.void else d for d in case.documents)
    before = case.before or case
    fees = taken_back(before.fees, case.fees, at.effective_at)
    return replace(before, documents=drawn, fees=fees)


def _rectified(case: Case, e: DateRectified, _at: Envelope) -> Case:
    """A tolerant acceptance is one, so both its marks move."""
    after = marked(case, e.milestone, e.now)
    both = e.milestone == Milestone.ACCEPTED and Milestone.TOLERATED in case.milestones
    return marked(after, Milestone.TOLERATED, e.now) if both else after


FOLDS: Folds = {
    Moved: _moved,
    SpecialProcedureBegun: _begun,
    SpecialProcedureEnded: _ended,
    Examined: _examined,
    Returned: _returned,
    Decided: _decided,
    Delivered: _delivered,
    Published: _published,
    Revoked: _revoked,
    Deregistered: _deregistered,
    Concluded: _concluded,
    LatenessExplained: _explained,
    ActionReversed: put_back,
    RecordReversed: _record_reversed,
    DateRectified: _rectified,
}
