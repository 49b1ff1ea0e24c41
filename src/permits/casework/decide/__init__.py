"""The functional core: what a command does to a case, or why it does nothing.

Opens nothing, awaits nothing, reads no clock. Everything from outside is on the desk, and what of
it was used stands in the events, so that an outsider can replay a decision.
"""

from dataclasses import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.access import judges_own, role_for
from permits.casework.case import Case
from permits.casework.decide import (
    actions,
    afterwards,
    breaches,
    checking,
    counter,
    erratum,
    fees,
    filing,
    heard_commands,
    inspectors,
    mending,
    obligations,
    on_the_spot,
    payments,
    revoking,
    serving,
    succession,
    terms,
    tolerance,
)
from permits.casework.decide.authorised import not_authorised
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes, Noted
from permits.casework.decide.reporting import reported
from permits.casework.refusals import Reason, Refused

Outcome = Noted | Refused
"""What was noted, with the case as it then stands; or a refusal, and nothing happened."""

__all__ = ["Desk", "Noted", "Outcome", "decide"]


def decide(case: Case, command: c.Command, desk: Desk) -> Outcome:
    """The events a command brings about, or the reason why it is refused.

    `case` is `Case(id=…)` for an application that is being filed. Access is asked before
    anything else.
    """
    role = role_for(desk.actor, command, case, desk.edition)
    if role is None:
        recused = any(map(case.recused, desk.actor.persons))
        return Refused(Reason.RECUSED) if recused else _not_for(command, desk)
    desk = replace(desk, actor=desk.actor.acting_as(role))
    if judges_own(desk.actor, command, case):
        return Refused(Reason.ACTED_FOR_APPLICANT)
    brought = counter.brought_with(command)
    if brought is not None:
        desk = replace(desk, brought=brought)
    refused = not_authorised(command, desk)
    if refused is not None:
        return refused
    minutes = Minutes(case, desk, role)
    refused = _carry_out(minutes, command)
    if refused is not None:
        return refused
    return breaches.told(reported(case, minutes.close(), desk), desk)


def _carry_out(minutes: Minutes, command: c.Asked) -> Refused | None:
    match command:
        case c.File():
            return filing.file(minutes, command)
        case c.TakeAction():
            return actions.take(minutes, command)
        case c.ExtendClock():
            return terms.extend(minutes, command)
        case c.LapseClock():
            return terms.lapse(minutes, command)
        case c.Recompute():
            return terms.recompute(minutes)
        case c.ExplainLateness():
            return terms.explain(minutes, command)
        case c.ReportObligation() | c.OrderPayment() | c.FlagOverdue():
            return obligations.carry_out(minutes, command)
        case c.VerifyObligation():
            return checking.verify(minutes, command)
        case c.SignCheck():
            return checking.sign(minutes, command)
        case c.SupplyLater():
            return tolerance.supply(minutes, command)
        case c.DrawInspectors():
            return inspectors.draw(minutes, command)
        case c.NoticeRevocation():
            return revoking.notice(minutes, command)
        case c.StateCase():
            return revoking.state_case(minutes, command)
        case c.DropRevocation():
            return revoking.drop(minutes, command)
        case c.PayFee():
            return payments.pay(minutes, command)
        case c.RefundFee():
            return payments.refund(minutes, command)
        case c.UndoFeeEntry():
            return payments.undo(minutes, command)
        case c.FlagFeeOverdue():
            return fees.flag(minutes, command)
        case c.ReverseAction():
            return mending.reverse(minutes, command)
        case c.CorrectDocument():
            return erratum.correct(minutes, command)
        case c.RectifyDate():
            return mending.rectify(minutes, command)
        case c.TakeOver():
            return succession.take_over(minutes, command)
        case c.ActForApplicant():
            return _act_for_applicant(minutes, command)
        case c.CorrectOnTheSpot():
            return on_the_spot.correct(minutes, command)
        case c.RecordVisit():
            return counter.record_visit(minutes, command)
        case c.TakeBackVisit():
            return counter.take_back_visit(minutes, command)
        case c.ServeDocument():
            return serving.serve(minutes, command)
        case (
            a.AskExtension() | a.DecideExtension() | a.RestoreGrant() | a.AskRenewal()
            | a.DecideRenewal() | a.PassTerm() | a.RemindOfTerm() | a.AskAmendment()
            | a.RemindOfObligation()
            | a.ExamineAmendment() | a.DecideAmendment() | a.RecordAnnulment()
        ):  # fmt: skip
            return afterwards.carry_out(minutes, command)
        case _:
            return heard_commands.carry_out(minutes, command)


def _act_for_applicant(minutes: Minutes, command: c.ActForApplicant) -> Refused | None:
    """What the applicant would do themselves, with who brought it on paper."""
    refused = counter.unfit(minutes, command)
    if refused is not None:
        return refused
    purpose = counter.purpose_of(command.does, minutes.desk)
    counter.note(minutes, command.brought, purpose)
    return _carry_out(minutes, command.does)


def _not_for(command: c.Command, desk: Desk) -> Refused:
    """A name that does not exist is said to be so; anything else is not for this actor."""
    if isinstance(command, c.TakeAction) and command.action not in desk.actions:
        return Refused(Reason.NO_SUCH_ACTION, (command.action,))
    if isinstance(command, c.ExtendClock):
        clock = desk.edition.definition.clocks.get(command.clock)
        if clock is None:
            return Refused(Reason.NO_SUCH_CLOCK, (command.clock,))
        if clock.extension is None:
            return Refused(Reason.NOT_EXTENSIBLE, (command.clock,))
    return Refused(Reason.NOT_YOURS)
