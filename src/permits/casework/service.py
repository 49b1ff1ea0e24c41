"""When documents were served (送达), and until when remedies lie against what they decide.

Whoever is decided upon has sixty days for administrative reconsideration from the day they know
of it (行政复议法 art. 20) and six months for an action (行政诉讼法 art. 46). These are
natural days and months; one that ends on a rest day ends on the next working day (民法典 art.
201-203). That the holder knows of it is reckoned from service.
"""

from datetime import date

import msgspec

from permits.casework.case import Case, Clock, Drawn, Served
from permits.casework.due_dates import Due, Length, reckon
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone

RECONSIDERATION, ACTION = Length(60, "d"), Length(6, "m")

DECIDING = frozenset({Milestone.GRANTED, Milestone.REFUSED})
"""What the delivery of the decision serves."""

AGAINST = frozenset(
    {
        Milestone.NOT_ACCEPTED,
        Milestone.REFUSED,
        Milestone.REVOKED,
        Milestone.GRANT_WITHDRAWN,
        Milestone.DEREGISTERED,
        Milestone.DUTY_NOT_EXTENDED,
        Milestone.NOT_RENEWED,
        Milestone.NOT_AMENDED,
    }
)
"""What burdens the applicant, so that they are told of remedies against it."""


class Remedies(msgspec.Struct, frozen=True):
    """The last days of the remedies against what a document decides."""

    from_day: date
    reconsideration: Due
    action: Due


def served(case: Case, drawn: Drawn) -> Served | None:
    """When and how a document reached the applicant; None if that is not recorded. What is drawn
    up in a case that was filed on the web is at the applicant's disposal there the same day."""
    held = case.served.get(drawn.number)
    if drawn.milestone in DECIDING:
        return _delivered(case, held)
    if held is not None:
        return held
    return Served(drawn.on, "online") if case.channel == "web" else None


def _delivered(case: Case, held: Served | None) -> Served | None:
    """A decision is served by its delivery; `held` is what proves that, if it was recorded."""
    on = case.milestones.get(Milestone.DELIVERED)
    if on is None or case.delivered_by is None:
        return None
    proof, postal = (held.proof, held.postal) if held is not None else ((), None)
    return Served(on, case.delivered_by, proof, postal)


def remedies(case: Case, drawn: Drawn, calendar: WorkingDays) -> Remedies | None:
    """The remedies against what a document decides, reckoned from its service; None if there are
    none, or nobody knows yet from when."""
    found = served(case, drawn)
    if drawn.milestone not in AGAINST or drawn.void or found is None:
        return None
    return Remedies(
        found.on,
        reckon(calendar, found.on, RECONSIDERATION),
        reckon(calendar, found.on, ACTION),
    )


def unserved(case: Case, edition: Edition, clock: Clock) -> str:
    """The document from whose service a clock counts, if it was not served yet; empty if it was,
    or the clock does not count from service."""
    if not edition.definition.clocks[clock.name].from_service:
        return ""
    drawn = [d for d in case.documents if d.milestone == clock.milestone and not d.void]
    return next((d.document for d in drawn if served(case, d) is None), "")
