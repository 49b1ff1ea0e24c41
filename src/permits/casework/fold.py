"""A case is the fold of its events: `case = fold(case, event, envelope)` for each in turn.

A fold never refuses and reckons nothing; it takes over what the event says. This registry is the
only place that knows every family.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families import (
    amendments,
    annulments,
    clocks,
    counter,
    deciding,
    documents,
    extensions,
    fees,
    filing,
    gates,
    hearings,
    inspectors,
    obligations,
    opinions,
    revoking,
    service,
    shared,
    succession,
    terms,
    third_parties,
    tolerance,
    tracks,
)
from permits.casework.families.folding import Folds
from permits.casework.following import followed

FOLDS: Folds = {
    **filing.FOLDS,
    **deciding.FOLDS,
    **tracks.FOLDS,
    **clocks.FOLDS,
    **obligations.FOLDS,
    **inspectors.FOLDS,
    **fees.FOLDS,
    **documents.FOLDS,
    **tolerance.FOLDS,
    **revoking.FOLDS,
    **gates.FOLDS,
    **opinions.FOLDS,
    **hearings.FOLDS,
    **third_parties.FOLDS,
    **succession.FOLDS,
    **counter.FOLDS,
    **shared.FOLDS,
    **service.FOLDS,
    **extensions.FOLDS,
    **terms.FOLDS,
    **amendments.FOLDS,
    **annulments.FOLDS,
}

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in FOLDS}
"""Every event a case stream may hold, by the name it is kept under."""


REVERSALS = (deciding.ActionReversed, deciding.RecordReversed, extensions.GrantRestored)
"""Events that need the case as it stood before the last step."""


def fold(case: Case, event: Event, envelope: Envelope) -> Case:
    """The case after one more event.

    An action can be reversed only while nothing followed it, so what the case was before the
    action is forgotten with the first event of another command.
    """
    if envelope.command != case.command and not isinstance(event, REVERSALS):
        case = replace(case, command=envelope.command, before=None)
    if envelope.in_place_of:
        case = _stood_in(case, envelope)
    after = FOLDS[type(event)](case, event, envelope)
    return replace(
        after, version=envelope.seq, recorded_at=envelope.recorded_at, command=envelope.command
    )


def _stood_in(case: Case, at: Envelope) -> Case:
    known = case.stood_in.get(at.actor, ())
    places = tuple(dict.fromkeys((*known, at.in_place_of)))
    return replace(case, stood_in={**case.stood_in, at.actor: places})


def fold_all(case: Case, entries: Iterable[tuple[Envelope, Event]]) -> Case:
    """The case after all of the events."""
    return followed(fold, case, entries)
