"""Which event is told to whom. The words are templates; sending is the outbox's work."""

from collections.abc import Iterable

import msgspec

from permits.casework.envelope import Event
from permits.casework.families import (
    amendments,
    annulments,
    clocks,
    deciding,
    documents,
    extensions,
    fees,
    filing,
    hearings,
    obligations,
    opinions,
    revoking,
    terms,
    third_parties,
    tolerance,
    tracks,
)
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role


class Message(msgspec.Struct, frozen=True):
    """A mail to write: `to` is the role it is for, `about` what it speaks of besides the case.
    `asked` is the department whose people it is for, if not that of the case."""

    template: str
    to: Role
    about: str = ""
    asked: str = ""


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
    opinions.OpinionsJoined: (Message("opinions_joined", Role.LEADER),),
    hearings.HearingOffered: (Message("hearing_offered", Role.APPLICANT),),
    hearings.HearingAnnounced: (Message("hearing_announced", Role.APPLICANT),),
    hearings.HearingAsked: (Message("hearing_asked", Role.EXAMINER),),
    hearings.HearingCalled: (Message("hearing_called", Role.APPLICANT),),
    hearings.HearingOverdue: (Message("hearing_overdue", Role.LEADER),),
    third_parties.RecusalAsked: (Message("recusal_asked", Role.LEADER),),
    third_parties.RecusalDecided: (Message("recusal_decided", Role.APPLICANT),),
    extensions.GrantRestored: (Message("grant_restored", Role.APPLICANT),),
    terms.TermReminded: (Message("term_reminder", Role.APPLICANT),),
    terms.Renewed: (Message("renewed", Role.APPLICANT),),
    terms.RenewalRefused: (Message("renewal_refused", Role.APPLICANT),),
    terms.Expired: (Message("expired", Role.APPLICANT), Message("expired", Role.SUPERVISOR)),
    amendments.AmendmentAsked: (Message("amendment_asked", Role.EXAMINER),),
    amendments.AmendmentExamined: (Message("amendment_examined", Role.LEADER),),
    amendments.Amended: (Message("amended", Role.APPLICANT),),
    amendments.AmendmentRefused: (Message("amendment_refused", Role.APPLICANT),),
    annulments.DecisionAnnulled: (
        Message("annulled", Role.APPLICANT),
        Message("annulled", Role.SUPERVISOR),
    ),
}


def messages(event: Event, edition: Edition) -> Iterable[Message]:
    """The messages an event brings about."""
    yield from _TOLD.get(type(event), ())
    yield from _of_opinions(event)
    yield from _of_acceptance(event)
    yield from _of_duties(event)
    yield from _of_requests(event, edition)
    match event:
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
        case fees.FeeOverdue(fee=name):
            yield Message("fee_overdue", Role.SUPERVISOR, name)
            yield Message("fee_overdue", Role.APPLICANT, name)
        case obligations.RectificationOrdered(obligation=name, reason=reason):
            yield Message("rectify" if reason is None else "pay_late", Role.APPLICANT, name)
        case _:
            return


def _of_acceptance(event: Event) -> Iterable[Message]:
    if isinstance(event, filing.Accepted):
        yield Message("accepted_tolerantly" if event.tolerated else "accepted", Role.APPLICANT)


_OF_OPINIONS: dict[type[Event], tuple[tuple[str, bool], ...]] = {
    opinions.OpinionRequested: (("opinion_asked", True),),
    opinions.OpinionReminded: (("opinion_reminder", True),),
    opinions.OpinionOverdue: (("opinion_overdue", True), ("opinion_late", False)),
    opinions.OpinionGiven: (("opinion_given", False),),
    opinions.OpinionRevoked: (("opinion_revoked", False),),
}
"""Templates, and whether they are for the department that was asked; else for the lead."""


def _of_opinions(event: Event) -> Iterable[Message]:
    match event:
        case (
            opinions.OpinionRequested(asked=asked)
            | opinions.OpinionReminded(asked=asked)
            | opinions.OpinionOverdue(asked=asked)
            | opinions.OpinionGiven(asked=asked)
            | opinions.OpinionRevoked(asked=asked)
        ):
            for template, theirs in _OF_OPINIONS[type(event)]:
                yield Message(template, Role.EXAMINER, asked, asked if theirs else "")
        case _:
            return


def _of_duties(event: Event) -> Iterable[Message]:
    """The holder is told of what is due soon, whoever checks that a breach was put right."""
    match event:
        case obligations.ObligationReminded(obligation=name):
            yield Message("due_soon", Role.APPLICANT, name)
        case obligations.RectificationReported(obligation=name):
            yield Message("put_right", Role.INSPECTOR, name)
        case _:
            return


def _of_requests(event: Event, edition: Edition) -> Iterable[Message]:
    """Whoever decides is told of a request, its holder of what came of it."""
    definition = edition.definition
    match event:
        case extensions.ExtensionAsked(obligation=name):
            duty = definition.obligations.get(name)
            if duty is not None and duty.extension is not None:
                yield Message("extension_asked", duty.extension.approver, name)
        case extensions.DutyExtended(obligation=name):
            yield Message("duty_extended", Role.APPLICANT, name)
        case extensions.ExtensionRefused(obligation=name):
            yield Message("extension_refused", Role.APPLICANT, name)
        case extensions.Voided(obligation=name):
            yield Message("voided", Role.APPLICANT, name)
            yield Message("voided", Role.SUPERVISOR, name)
        case terms.RenewalAsked():
            if definition.term is not None and definition.term.renewal is not None:
                yield Message("renewal_asked", definition.term.renewal.approver)
        case _:
            return
