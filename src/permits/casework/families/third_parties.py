"""The family of interested third parties (利害关系人), and of officers who may not act (回避)."""

from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of
from permits.casework.heard import Recusal, ThirdParty
from permits.casework.parts import Seal


class ThirdPartyTold(Event, frozen=True):
    """An interested third party is told of the application and may make a statement until `due`
    (行政许可法 art. 36). Who it is stands beside the log."""

    party: str
    name: Seal
    contact: Seal
    interest: Seal
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class ThirdPartyHeard(Event, frozen=True):
    """What it said, as it was recorded."""

    party: str
    statement: Seal


class ThirdPartySilent(Event, frozen=True):
    """Its time passed without a statement. Effective the day it was due."""

    party: str
    due: date


class ThirdPartyDated(Event, frozen=True):
    """Another date under another calendar."""

    party: str
    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class ThirdPartyClosed(Event, frozen=True):
    """It need not be heard any more, because of a milestone of the case."""

    party: str
    milestone: str


class RecusalAsked(Event, frozen=True):
    """An officer says that they should not act in the case, or the applicant does."""

    officer: str
    asked_by: Literal["officer", "applicant"]
    ground: Seal


class RecusalDecided(Event, frozen=True):
    """A leader decides; whoever is recused can do nothing more in the case."""

    officer: str
    recused: bool
    reason: Seal


def _changed(case: Case, key: str, **changes: Any) -> Case:
    changed = replace(case.third_parties[key], **changes)
    return replace(case, third_parties={**case.third_parties, key: changed})


def _told(case: Case, e: ThirdPartyTold, at: Envelope) -> Case:
    new = ThirdParty(
        key=e.party,
        name=e.name,
        contact=e.contact,
        interest=e.interest,
        told_on=at.effective_at,
        **due_of(e),
    )
    return replace(case, third_parties={**case.third_parties, e.party: new})


def _heard(case: Case, e: ThirdPartyHeard, at: Envelope) -> Case:
    return _changed(case, e.party, heard_on=at.effective_at, statement=e.statement)


def _silent(case: Case, e: ThirdPartySilent, _at: Envelope) -> Case:
    return _changed(case, e.party, silent=True)


def _dated(case: Case, e: ThirdPartyDated, _at: Envelope) -> Case:
    return _changed(case, e.party, **due_of(e))


def _closed(case: Case, e: ThirdPartyClosed, _at: Envelope) -> Case:
    return _changed(case, e.party, closed=True)


def _asked(case: Case, e: RecusalAsked, at: Envelope) -> Case:
    asked = Recusal(e.officer, e.asked_by, at.effective_at, e.ground)
    return replace(case, recusals={**case.recusals, e.officer: asked})


def _decided(case: Case, e: RecusalDecided, at: Envelope) -> Case:
    asked = case.recusals[e.officer]
    now = replace(asked, recused=e.recused, decided_by=at.actor, reason=e.reason)
    return replace(case, recusals={**case.recusals, e.officer: now})


FOLDS: Folds = {
    ThirdPartyTold: _told,
    ThirdPartyHeard: _heard,
    ThirdPartySilent: _silent,
    ThirdPartyDated: _dated,
    ThirdPartyClosed: _closed,
    RecusalAsked: _asked,
    RecusalDecided: _decided,
}
