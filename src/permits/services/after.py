"""What people send about what comes after a decision: requests of the holder, decisions on them,
annulments. Sealed here."""

from typing import Annotated

from pydantic import Field

from permits.casework import commands_after as a
from permits.casework.afterwards import Body
from permits.casework.parts import HandedIn, Recommendation
from permits.definitions.parts import Date
from permits.services.sealer import Sealer
from permits.services.shapes import FreeText, Request, Typed

Uploads = Annotated[tuple[str, ...], Field(max_length=20)]
Short = Annotated[str, Field(max_length=40)]


class AskExtension(Request):
    """`obligation` is the duty whose date is to be put off; `uploads` are files that show why,
    kept for `extension.evidence`."""

    obligation: Short
    reason: FreeText = ""
    uploads: Uploads = ()


class DecideExtension(Request):
    """`by` is how far the date is put off, such as 3m; all that is allowed, if it is empty."""

    obligation: Short
    granted: bool
    by: Short = ""
    reason: FreeText = ""


class RestoreGrant(Request):
    """`on` is the day on which that was done because of which the grant was taken to be void."""

    on: Date
    reason: FreeText = ""


class AskRenewal(Request):
    """The reasons for which the term is to be renewed; `uploads` are files that show that the
    conditions still hold, kept for `renewal.evidence`."""

    reason: FreeText = ""
    uploads: Uploads = ()


class DecideRenewal(Request):
    """Refused with a reason."""

    granted: bool
    reason: FreeText = ""


class AskAmendment(Request):
    """The new answers, by field, personal ones too; those that stay as they are need not be sent.
    `uploads` are files that show why, kept for `amendment.evidence`."""

    answers: dict[str, Typed] = Field(default_factory=dict)
    reason: FreeText = ""
    uploads: Uploads = ()


class ExamineAmendment(Request):
    """The examiner's opinion on the change."""

    recommends: Recommendation
    opinion: FreeText = ""


class DecideAmendment(Request):
    """Refused with a reason."""

    granted: bool
    reason: FreeText = ""


class RecordAnnulment(Request):
    """`number` is that of the decision of the reconsideration body or court."""

    body: Body
    on: Date
    anew: Annotated[bool, Field(description="the office has to decide again")]
    number: FreeText = ""
    reason: FreeText = ""


OnTime = AskExtension | DecideExtension | RestoreGrant | AskRenewal | DecideRenewal
OnChanges = ExamineAmendment | DecideAmendment | RecordAnnulment
Read = OnTime | OnChanges
"""What is read as it was sent. A change is read with the form and the case."""

AfterRequest = Read | AskAmendment


def sealed_after(given: Read, sealer: Sealer, files: tuple[HandedIn, ...]) -> a.After:
    """A command about what comes after a decision, with its texts sealed. `files` were looked up
    before."""
    match given:
        case AskExtension():
            reason = sealer.text("reason", given.reason)
            return a.AskExtension(given.obligation, reason, files)
        case DecideExtension():
            reason = sealer.text("reason", given.reason)
            return a.DecideExtension(given.obligation, given.granted, given.by, reason)
        case RestoreGrant():
            return a.RestoreGrant(given.on, sealer.text("reason", given.reason))
        case AskRenewal():
            return a.AskRenewal(sealer.text("reason", given.reason), files)
        case DecideRenewal():
            return a.DecideRenewal(given.granted, sealer.text("reason", given.reason))
        case _:
            return _changed(given, sealer)


def _changed(given: OnChanges, sealer: Sealer) -> a.After:
    match given:
        case ExamineAmendment():
            return a.ExamineAmendment(given.recommends, sealer.text("opinion", given.opinion))
        case DecideAmendment():
            return a.DecideAmendment(given.granted, sealer.text("reason", given.reason))
        case RecordAnnulment():
            number = sealer.text("annulment.number", given.number)
            reason = sealer.text("reason", given.reason)
            return a.RecordAnnulment(given.body, given.on, given.anew, number, reason)
