"""What people send for a case, made into the commands the core decides on: texts sealed, files
looked up before."""

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.parts import Defect, HandedIn
from permits.definitions.conditions import Answer
from permits.services.after import Read, sealed_after
from permits.services.counter_shapes import Came, TakeBack
from permits.services.heard import HeardRequest, sealed_heard
from permits.services.requests import (
    Correct,
    Corrections,
    DefectIn,
    Deregistration,
    Draw,
    Drop,
    Explain,
    Extend,
    Given,
    Mending,
    Nothing,
    Notice,
    OpinionIn,
    OrderPayment,
    Pay,
    ReadAsSent,
    Reasoned,
    Rectify,
    Refund,
    Report,
    Reverse,
    Revocation,
    Revoking,
    Service,
    SignCheck,
    SpecialProcedure,
    State,
    Supplement,
    Supply,
    Undo,
    Verify,
    Withdrawal,
)
from permits.services.sealer import Sealer


def sealed_input(
    given: Given, sealer: Sealer, answers: dict[str, Answer], files: tuple[HandedIn, ...]
) -> i.Input:
    """What an action is told, with its texts sealed. `answers` and `files` are for corrections,
    read and looked up before."""
    match given:
        case Nothing():
            return i.Plain()
        case Reasoned(reason=reason):
            return i.Reasoned(sealer.text("reason", reason))
        case Corrections(defects=defects):
            return i.Corrections(tuple(_defect(d, sealer) for d in defects))
        case Supplement():
            return i.Supplement(answers, {}, files)
        case _:
            return _sealed_decision(given, sealer)


def _sealed_decision(
    given: SpecialProcedure | OpinionIn | Service | Revocation | Withdrawal | Deregistration,
    sealer: Sealer,
) -> i.Input:
    match given:
        case SpecialProcedure():
            reason = sealer.text("reason", given.reason)
            return i.SpecialProcedure(given.cause, given.stated, given.notified, reason)
        case OpinionIn():
            return i.Opinion(given.recommends, sealer.text("opinion", given.opinion))
        case Service():
            return i.Service(given.on, given.means)
        case Revocation():
            return i.Revocation(given.ground, sealer.text("reason", given.reason))
        case Withdrawal():
            reason = sealer.text("reason", given.reason)
            loss = sealer.text("compensation", given.compensation)
            return i.Withdrawal(given.ground, reason, loss)
        case Deregistration():
            return i.Deregistration(given.ground)


def _defect(given: DefectIn, sealer: Sealer) -> Defect:
    return Defect(given.about, given.kind, sealer.text("fix", given.fix) or "")


def sealed_beside(given: ReadAsSent, sealer: Sealer, files: tuple[HandedIn, ...]) -> c.Command:
    """A command beside the chart, with its texts sealed. `files` were looked up before."""
    match given:
        case Extend() | Explain():
            return _of_clock(given, sealer)
        case Report() | Supply() | Verify() | SignCheck() | Draw() | OrderPayment():
            return _owed(given, sealer, files)
        case Pay() | Refund() | Undo():
            return _sealed_entry(given, sealer)
        case Reverse() | Rectify() | Correct():
            return _mending(given, sealer)
        case Notice() | State() | Drop():
            return _revoking(given, sealer)
        case Came() | TakeBack():
            return _of_visit(given, sealer)
        case _:
            return _elsewhere(given, sealer, files)


def _of_visit(given: Came | TakeBack, sealer: Sealer) -> c.Command:
    if isinstance(given, Came):
        return c.RecordVisit(given.on, given.purpose)
    return c.TakeBackVisit(given.visit, sealer.text("reason", given.reason))


def _of_clock(given: Extend | Explain, sealer: Sealer) -> c.Command:
    reason = sealer.text("reason", given.reason)
    if isinstance(given, Extend):
        return c.ExtendClock(given.clock, reason)
    return c.ExplainLateness(given.clock, reason)


def _elsewhere(
    given: HeardRequest | Read, sealer: Sealer, files: tuple[HandedIn, ...]
) -> c.Command:
    """What has a module of its own: those who are heard, and what comes after a decision."""
    if isinstance(given, Read):
        return sealed_after(given, sealer, files)
    return sealed_heard(given, sealer)


def _owed(
    given: Report | Supply | Verify | SignCheck | Draw | OrderPayment,
    sealer: Sealer,
    files: tuple[HandedIn, ...],
) -> c.Command:
    """What the party still owes the office, and how the office checks it."""
    match given:
        case Report():
            told = sealer.text("put_right", given.words)
            return c.ReportObligation(given.obligation, given.on, files, told)
        case Supply():
            return c.SupplyLater(files)
        case Verify():
            finding = sealer.text("finding", given.finding)
            return c.VerifyObligation(
                given.obligation, given.passed, given.on, given.inspectors, finding, files
            )
        case SignCheck():
            reason = sealer.text("reason", given.reason)
            return c.SignCheck(given.obligation, given.record, given.agrees, reason)
        case OrderPayment():
            return c.OrderPayment(given.obligation, sealer.text("reason", given.reason))
        case Draw():
            reason = sealer.text("reason", given.reason)
            return c.DrawInspectors(given.obligation, given.instead_of, given.ground, reason)


def _mending(given: Mending, sealer: Sealer) -> c.Command:
    match given:
        case Reverse():
            return c.ReverseAction(sealer.text("reason", given.reason))
        case Rectify():
            return c.RectifyDate(given.milestone, given.on, sealer.text("reason", given.reason))
        case Correct():
            return c.CorrectDocument(given.number, sealer.text("correction", given.correction))


def _revoking(given: Revoking, sealer: Sealer) -> c.Command:
    match given:
        case Notice():
            return c.NoticeRevocation(given.ground, sealer.text("reason", given.reason))
        case State():
            return c.StateCase(sealer.text("statement", given.statement))
        case Drop():
            return c.DropRevocation(sealer.text("reason", given.reason))


def _sealed_entry(given: Pay | Refund | Undo, sealer: Sealer) -> c.Command:
    """An entry into the ledger of a fee."""
    match given:
        case Pay():
            return c.PayFee(
                given.fee,
                given.on,
                given.amount_fen,
                sealer.text("receipt", given.receipt),
                sealer.text("payer", given.payer),
            )
        case Refund():
            return c.RefundFee(
                given.fee,
                given.on,
                given.amount_fen,
                sealer.text("receipt", given.receipt),
                sealer.text("reason", given.reason),
            )
        case Undo():
            return c.UndoFeeEntry(given.fee, given.entry, sealer.text("reason", given.reason))
