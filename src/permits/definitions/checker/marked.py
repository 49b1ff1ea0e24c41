"""Milestones that are marked beside the chart, if a definition provides for them."""

from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition


def marked_beside(definition: Definition) -> frozenset[Milestone]:
    """What a hearing and the parts about the time after a grant mark."""
    found: set[Milestone] = set()
    if any(duty.extension is not None for duty in definition.obligations.values()):
        found |= {Milestone.DUTY_EXTENDED, Milestone.DUTY_NOT_EXTENDED}
    if definition.term is not None and definition.term.renewal is not None:
        found |= {Milestone.RENEWED, Milestone.NOT_RENEWED}
    if definition.hearing is not None:
        found.add(Milestone.HEARING_HELD)
    if definition.annulment is not None:
        found |= {Milestone.ANNULLED, Milestone.REOPENED}
    if definition.amendment is not None:
        found |= {Milestone.AMENDED, Milestone.NOT_AMENDED}
    return frozenset(found)
