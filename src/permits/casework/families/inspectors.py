"""The family of those who check: who was drawn by lot, who instead of whom, and who signed the
record of a check that others have yet to sign."""

from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case, CheckRecord
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, recorded, there
from permits.casework.parts import HandedIn, Hindered, Seal


class InspectorsDrawn(Event, frozen=True):
    """Who checks was drawn by lot out of the accounts `fit`, from `seed` (see
    `sampling.picked`)."""

    obligation: str
    seed: str
    fit: tuple[str, ...]
    drawn: tuple[str, ...]


class InspectorReplaced(Event, frozen=True):
    """Another was drawn out of `fit` instead of somebody who is hindered."""

    obligation: str
    officer: str
    ground: Hindered
    reason: Seal
    seed: str
    fit: tuple[str, ...]
    drawn: str


class CheckRecorded(Event, frozen=True):
    """One of those who checked wrote the record and signed it; the others still have to. The
    signature of the last of them is `ObligationVerified` itself."""

    obligation: str
    passed: bool
    on: date
    inspectors: tuple[str, ...]
    finding: Seal
    evidence: tuple[HandedIn, ...] = ()


class CheckSigned(Event, frozen=True):
    """Another of those who checked signed the record, and somebody still has to; `record` is the
    seal of what it says was found."""

    obligation: str
    record: Seal


class CheckReturned(Event, frozen=True):
    """One of those who checked does not sign the record, and says why. It counts for nothing, and
    another is to be written."""

    obligation: str
    record: Seal
    reason: Seal


def _drawn(case: Case, e: InspectorsDrawn, _at: Envelope) -> Case:
    held = replace(case.obligations[e.obligation], inspectors=e.drawn)
    return replace(case, obligations={**case.obligations, e.obligation: held})


def _replaced(case: Case, e: InspectorReplaced, _at: Envelope) -> Case:
    held = case.obligations[e.obligation]
    now = tuple(e.drawn if one == e.officer else one for one in held.inspectors)
    held = replace(held, inspectors=now, passed_over=(*held.passed_over, e.officer), record=None)
    return replace(case, obligations={**case.obligations, e.obligation: held})


def _recorded(case: Case, e: CheckRecorded, at: Envelope) -> Case:
    record = CheckRecord(e.passed, e.on, e.inspectors, (at.actor,), e.finding, e.evidence)
    return _with_record(case, e.obligation, record)


def _signed(case: Case, e: CheckSigned, at: Envelope) -> Case:
    record = there(case.obligations[e.obligation].record, "record of a check")
    return _with_record(case, e.obligation, replace(record, signed=(*record.signed, at.actor)))


def _returned(case: Case, e: CheckReturned, _at: Envelope) -> Case:
    return _with_record(case, e.obligation, None)


def _with_record(case: Case, name: str, record: CheckRecord | None) -> Case:
    told = recorded(case, name)
    held = replace(told.obligations[name], record=record)
    return replace(told, obligations={**told.obligations, name: held})


FOLDS: Folds = {
    InspectorsDrawn: _drawn,
    InspectorReplaced: _replaced,
    CheckRecorded: _recorded,
    CheckSigned: _signed,
    CheckReturned: _returned,
}
