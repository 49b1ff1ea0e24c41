"""The family of those who check: who was drawn by lot, and who instead of whom."""

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds
from permits.casework.parts import Hindered, Seal


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


def _drawn(case: Case, e: InspectorsDrawn, _at: Envelope) -> Case:
    held = replace(case.obligations[e.obligation], inspectors=e.drawn)
    return replace(case, obligations={**case.obligations, e.obligation: held})


def _replaced(case: Case, e: InspectorReplaced, _at: Envelope) -> Case:
    held = case.obligations[e.obligation]
    now = tuple(e.drawn if one == e.officer else one for one in held.inspectors)
    held = replace(held, inspectors=now, passed_over=(*held.passed_over, e.officer))
    return replace(case, obligations={**case.obligations, e.obligation: held})


FOLDS: Folds = {InspectorsDrawn: _drawn, InspectorReplaced: _replaced}
