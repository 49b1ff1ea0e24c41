"""Which event is told to whom. The words are templates; sending is the outbox's work."""

from collections.abc import Iterable

import msgspec

from permits.casework.envelope import Event
from permits.casework.families import (
    clocks,
    deciding,
    documents,
    filing,
    obligations,
    revoking,
    tolerance,
    tracks,
)
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role


class Message(msgspec.Struct, frozen=True):
    """A mail to write: `to` is the role it is for, `about` what it speaks of besides the case."""

    template: str
    to: Role
    about: str = ""


_TOLD: dict[type[Event], tuple[Message, ...]] = {
    filing.Filed: (Message("received", Role.APPLICANT), Message("to_accept", Role.WINDOW)),
    filing.CorrectionNoticeIssued: (Message("correction_notice", Role.APPLICANT),),
    filing.CorrectionsSupplied: (Message("to_accept", Role.WINDOW),),
    filing.NotAccepted: (Message("not_accepted", Role.APPLICANT),),
    revoking.RevocationNoticed: (Message("revocation_noticed", Role.APPLICANT),),
    revoking.StatementMade: (Message("statement_made", Role.LEADER),),
    revoking.RevocationDropped: (Message("revocation_dropped", Role.APPLICANT),),
    revoking.GrantWithdrawn: (Message("grant_withdrawn", Role.APPLICANT),),
    tolerance.LaterSupplied: (Message("supplied_later", Role.EXAMINER),),
    tolerance.UndertakingBroken: (Message("barred", Role.APPLICANT),),
    tracks.TrackSwitched: (Message("to_accept", Role.WINDOW),),
    deciding.Examined: (Message("to_decide", Role.LEADER),),
    deciding.Returned: (Message("returned", Role.EXAMINER),),
    deciding.SpecialProcedureBegun: (Message("suspended", Role.APPLICANT),),
    deciding.Revoked: (Message("revoked", Role.APPLICANT),),
    documents.DocumentCorrected: (Message("document_corrected", Role.APPLICANT),),
    deciding.ActionReversed: (Message("reversed", Role.APPLICANT),),
    deciding.DateRectified: (Message("rectified", Role.APPLICANT),),
}


def messages(event: Event, edition: Edition) -> Iterable[Message]:
    """The messages an event brings about."""
    yield from _TOLD.get(type(event), ())
    match event:
        case filing.Accepted(tolerated=later):
            yield Message("accepted_tolerantly" if later else "accepted", Role.APPLICANT)
        case deciding.Decided(result=result):
            yield Message(result, Role.APPLICANT)
            yield Message("to_deliver", Role.WINDOW)
        case clocks.ClockExtended(clock=name):
            yield Message("extended", Role.APPLICANT, name)
        case clocks.ClockLapsed(clock=name):
            rule = edition.definition.clocks[name]
            if rule.lapse.task is not None:
                yield from (Message("lapsed", role, name) for role in rule.warned)
        case obligations.ObligationOverdue(obligation=name, debtor=debtor):
            yield Message("overdue", Role.SUPERVISOR, name)
            if debtor == "applicant":
                yield Message("overdue", Role.APPLICANT, name)
        case obligations.RectificationOrdered(obligation=name):
            yield Message("rectify", Role.APPLICANT, name)
        case _:
            return
