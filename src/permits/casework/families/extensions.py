"""The extension family: dates of duties that are put off, and grants that are void without it."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.afterwards import Asked
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.deciding import put_back
from permits.casework.families.fees import revived
from permits.casework.families.folding import Folds, due_of, marked
from permits.casework.parts import HandedIn, Seal
from permits.definitions.procedure import Milestone


class ExtensionAsked(Event, frozen=True):
    """The holder asked that the date of a duty be put off, with what shows why."""

    obligation: str
    reason: Seal
    evidence: tuple[HandedIn, ...] = ()


class DutyExtended(Event, frozen=True):
    """The date of a duty was put off by a term, on request; `reason` if one was given. `overdue`
    says whether it had been told to have passed, and still is to."""

    obligation: str
    by: str
    reason: Seal | None
    was: date | None
    overdue: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class ExtensionRefused(Event, frozen=True):
    """The date of a duty stays as it was."""

    obligation: str
    reason: Seal


class Voided(Event, frozen=True):
    """The grant is void by itself, because a duty was not met by `due`. Effective that day, or
    the day on which a request that came in time was refused, if that was later."""

    obligation: str
    due: date


class GrantRestored(Event, frozen=True):
    """A grant that was taken to be void is not: the duty was met in time, `on`. The case stands
    again as before, at `leaves` and with `code`; `void` are the numbers of documents that said
    otherwise."""

    obligation: str
    on: date
    leaves: tuple[str, ...]
    code: int
    void: tuple[str, ...]
    reason: Seal


def _changed(case: Case, name: str, **changes: Any) -> Case:
    changed = replace(case.obligations[name], **changes)
    return replace(case, obligations={**case.obligations, name: changed})


def _asked(case: Case, e: ExtensionAsked, at: Envelope) -> Case:
    new = Asked(at.effective_at, e.reason, evidence=e.evidence)
    asked = (*case.obligations[e.obligation].asked, new)
    return _changed(case, e.obligation, asked=asked)


def answered(asked: tuple[Asked, ...], *, granted: bool, at: Envelope, said: Seal | None) -> Any:
    """Requests with the last one decided on."""
    *earlier, last = asked
    decided = replace(
        last, granted=granted, decided_by=at.actor, decided_on=at.effective_at, said=said
    )
    return (*earlier, decided)


def _extended(case: Case, e: DutyExtended, at: Envelope) -> Case:
    held = case.obligations[e.obligation]
    after = _changed(
        case,
        e.obligation,
        asked=answered(held.asked, granted=True, at=at, said=e.reason),
        extensions=(*held.extensions, e.by),
        overdue=e.overdue,
        reminded=False,
        **due_of(e),
    )
    return marked(after, Milestone.DUTY_EXTENDED, at.effective_at)


def _refused(case: Case, e: ExtensionRefused, at: Envelope) -> Case:
    asked = case.obligations[e.obligation].asked
    after = _changed(
        case, e.obligation, asked=answered(asked, granted=False, at=at, said=e.reason)
    )
    return marked(after, Milestone.DUTY_NOT_EXTENDED, at.effective_at)


def _voided(case: Case, _e: Voided, at: Envelope) -> Case:
    return marked(replace(case, intended=None), Milestone.VOIDED, at.effective_at)


def _restored(case: Case, e: GrantRestored, at: Envelope) -> Case:
    before = (case.before or case).fees
    after = put_back(case, e, at)
    return replace(after, fees=revived(before, case.fees, at.effective_at))


FOLDS: Folds = {
    ExtensionAsked: _asked,
    DutyExtended: _extended,
    ExtensionRefused: _refused,
    Voided: _voided,
    GrantRestored: _restored,
}
