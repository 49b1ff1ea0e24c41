"""Which milestones the events of a command mark, and on which day: what follows comes of those."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.annulments import DecisionAnnulled
from permits.casework.families.deciding import ActionReversed, DateRectified, RecordReversed
from permits.casework.families.extensions import GrantRestored
from permits.casework.fold import fold
from permits.definitions.procedure import Milestone

MENDS = (ActionReversed, RecordReversed, DateRectified, GrantRestored)
"""What is undone or put right brings about nothing by itself: what counts from it is reckoned
anew, which is looked at like all other dates."""


def marked_by(
    case: Case, entries: Sequence[tuple[Envelope, Event]]
) -> list[tuple[tuple[Milestone, ...], date]]:
    """The milestones that the events of a command mark, in their order, each with the day what
    follows counts from; none at all if something is mended by it, or decided anew."""
    found: list[tuple[tuple[Milestone, ...], date]] = []
    for at, event in entries:
        if isinstance(event, DecisionAnnulled):
            return [] if event.anew else [((Milestone.ANNULLED,), at.effective_at)]
        if isinstance(event, MENDS):
            return []
        marks = fold(replace(case, milestones={}), event, at).milestones
        found += [((Milestone(name),), on) for name, on in marks.items()]
        case = fold(case, event, at)
    return found
