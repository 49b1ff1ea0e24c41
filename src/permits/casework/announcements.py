"""What programs of others are told has happened to a case: that it did, and nothing personal.

Whoever is told and wants to know more asks the API, as an account that may.
"""

from typing import NamedTuple

from permits.casework.case import Case
from permits.casework.envelope import Event
from permits.casework.families import deciding, filing, obligations

KINDS: dict[type[Event], str] = {
    filing.Filed: "case.filed",
    filing.CorrectionNoticeIssued: "case.correction_asked",
    filing.Accepted: "case.accepted",
    filing.NotAccepted: "case.not_accepted",
    filing.Withdrawn: "case.withdrawn",
    deciding.Decided: "case.decided",
    deciding.Published: "case.published",
    deciding.Revoked: "case.revoked",
    deciding.Concluded: "case.concluded",
    obligations.ObligationOverdue: "obligation.overdue",
    obligations.ObligationSettled: "obligation.settled",
}
"""What is told, by the event it is about."""


class Announcement(NamedTuple):
    """One thing that happened. `kind` is one of `KINDS`, `about` says to what."""

    kind: str
    about: dict[str, str]


def announced(event: Event, case: Case) -> Announcement | None:
    """What is told of an event; None if programs are not told of it."""
    kind = KINDS.get(type(event))
    if kind is None:
        return None
    about = {"case": case.id.removeprefix("case/"), "number": case.number, "permit": case.permit}
    if isinstance(event, deciding.Decided):
        about["result"] = event.result
    if isinstance(event, obligations.ObligationOverdue | obligations.ObligationSettled):
        about["obligation"] = event.obligation
    return Announcement(kind, about)
