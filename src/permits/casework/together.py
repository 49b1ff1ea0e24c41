"""Acts that judge nothing in the single case, and so may be taken in many cases in one go."""

from permits.casework.case import Case
from permits.casework.shared import left_to_applicant
from permits.casework.tracks import settled_materials, treatments
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act
from permits.definitions.schema import TrackName, Treatment

TOGETHER = (Act.ACCEPT, Act.DELIVER, Act.PUBLISH, Act.CONCLUDE)
"""Closed, and never a decision: whoever grants or refuses looks at the case they decide
(行政许可法 art. 34, 38). What is complete must be accepted (art. 32), and what is granted must be
handed over and made public (art. 40, 44)."""


def missing(case: Case, edition: Edition) -> tuple[str, ...]:
    """The materials the applicant is to hand in and has not: with any of them, somebody looks at
    the case before it is accepted."""
    found = treatments(edition, TrackName(case.track), case.answers)
    settled = settled_materials(edition, case.answers)
    left = left_to_applicant(found, case.shared.values(), settled)
    return tuple(
        name
        for name, treated in left.items()
        if treated is Treatment.SUPPLIED and name not in case.materials
    )
