"""The amendment family: facts of an application that are changed after the grant (变更)."""

from typing import Any

import msgspec
from msgspec.structs import replace

from permits.casework.afterwards import Amendment, Asked, Examined
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import HandedIn, Recommendation, Seal
from permits.definitions.conditions import Answer
from permits.definitions.procedure import Milestone


class AmendmentAsked(Event, frozen=True):
    """The holder asked that facts be changed: the answers as they are to be, of personal ones
    their seals, and what shows why."""

    answers: dict[str, Answer]
    reason: Seal
    seals: dict[str, Seal] = msgspec.field(default_factory=dict)
    evidence: tuple[HandedIn, ...] = ()


class AmendmentExamined(Event, frozen=True):
    """What the examiner says of it."""

    recommends: Recommendation
    opinion: Seal


class Amended(Event, frozen=True):
    """The facts are others from this day on; what they were stands here as well."""

    answers: dict[str, Answer]
    was: dict[str, Answer]
    reason: Seal | None
    seals: dict[str, Seal] = msgspec.field(default_factory=dict)
    were_sealed: dict[str, Seal] = msgspec.field(default_factory=dict)


class AmendmentRefused(Event, frozen=True):
    """Nothing is changed."""

    reason: Seal


class AmendmentClosed(Event, frozen=True):
    """Nobody decides on it any more, because of a milestone of the case."""

    milestone: str


def _last(case: Case, **changes: Any) -> Case:
    *earlier, last = case.amendments
    return replace(case, amendments=(*earlier, replace(last, **changes)))


def _asked(case: Case, e: AmendmentAsked, at: Envelope) -> Case:
    was = {name: case.answers[name] for name in e.answers if name in case.answers}
    were_sealed = {name: case.seals[name] for name in e.seals if name in case.seals}
    asked = Asked(at.effective_at, e.reason, evidence=e.evidence)
    new = Amendment(asked, e.answers, was, e.seals, were_sealed)
    return replace(case, amendments=(*case.amendments, new))


def _examined(case: Case, e: AmendmentExamined, at: Envelope) -> Case:
    return _last(case, examined=Examined(at.actor, at.effective_at, e.recommends, e.opinion))


def _answered(case: Case, at: Envelope, said: Seal | None, *, granted: bool) -> Case:
    asked = replace(
        case.amendments[-1].asked,
        granted=granted,
        decided_by=at.actor,
        decided_on=at.effective_at,
        said=said,
    )
    return _last(case, asked=asked)


def _amended(case: Case, e: Amended, at: Envelope) -> Case:
    after = _answered(case, at, e.reason, granted=True)
    facts = {"answers": {**case.answers, **e.answers}, "seals": {**case.seals, **e.seals}}
    after = replace(after, **facts)
    return marked(after, Milestone.AMENDED, at.effective_at)


def _refused(case: Case, e: AmendmentRefused, at: Envelope) -> Case:
    after = _answered(case, at, e.reason, granted=False)
    return marked(after, Milestone.NOT_AMENDED, at.effective_at)


def _closed(case: Case, _e: AmendmentClosed, at: Envelope) -> Case:
    return _last(case, closed_on=at.effective_at)


FOLDS: Folds = {
    AmendmentAsked: _asked,
    AmendmentExamined: _examined,
    Amended: _amended,
    AmendmentRefused: _refused,
    AmendmentClosed: _closed,
}
