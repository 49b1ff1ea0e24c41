"""What is entered into the ledger of a fee: payments, refunds, and wrong entries taken back."""

from datetime import date

from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.decide.consequences import date_again
from permits.casework.decide.desk import Desk
from permits.casework.decide.fees import date_fee_again
from permits.casework.decide.minutes import Minutes
from permits.casework.families.fees import FeeEntryUndone, FeePaid, FeeRefunded
from permits.casework.families.obligations import ObligationReopened, ObligationSettled
from permits.casework.ledger import Fee
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Phase


def pay(minutes: Minutes, command: c.PayFee) -> Refused | None:
    """Enter a payment, in whole or in part, and give it a receipt number. More than is owed is
    not taken: the treasury gives it back itself. One number of the treasury pays once."""
    fee = _known(minutes, command.fee)
    if isinstance(fee, Refused):
        return fee
    refused = _entered(minutes, command.on, fee, command.amount_fen, fee.balance_fen)
    if refused is not None or command.receipt is None:
        return refused or Refused(Reason.REASON_WANTED)
    if minutes.desk.entered:
        return Refused(Reason.RECEIPT_ENTERED, (minutes.desk.entered,))
    authority, word = minutes.definition.authority, minutes.definition.fees[fee.name].receipt_word
    year = minutes.desk.today.year
    series = f"document/{authority.id}/{word}/{year}"
    place = minutes.next_in(series)
    minutes.note(
        FeePaid(
            fee=fee.name,
            on=command.on,
            amount_fen=command.amount_fen,
            receipt=command.receipt,
            payer=command.payer or "",
            number=f"{authority.document_word}{word}字〔{year}〕{place}号",
            series=series,
            place=place,
        ),
        command.on,
    )
    follow_balance(minutes, fee.name)
    return None


def refund(minutes: Minutes, command: c.RefundFee) -> Refused | None:
    """Enter what the treasury gave back of what was paid too much."""
    fee = _known(minutes, command.fee)
    if isinstance(fee, Refused):
        return fee
    refused = _entered(minutes, command.on, fee, command.amount_fen, -fee.balance_fen)
    if refused is not None:
        return refused
    if command.receipt is None or command.reason is None:
        return Refused(Reason.REASON_WANTED)
    if minutes.desk.entered:
        return Refused(Reason.RECEIPT_ENTERED, (minutes.desk.entered,))
    minutes.note(
        FeeRefunded(
            fee=fee.name,
            on=command.on,
            amount_fen=command.amount_fen,
            receipt=command.receipt,
            reason=command.reason,
        ),
        command.on,
    )
    return None


def undo(minutes: Minutes, command: c.UndoFeeEntry) -> Refused | None:
    """Take back a payment or refund that was wrongly entered; the log keeps both. What was given
    back rests on payments that stand, and a case that has ended is not left with a debt."""
    fee = _known(minutes, command.fee)
    if isinstance(fee, Refused):
        return fee
    if not fee.stands(command.entry):
        return Refused(Reason.NO_SUCH_ENTRY, (fee.name, str(command.entry)))
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    if not _covers_refunds_without(fee, command.entry):
        return Refused(Reason.GIVEN_BACK, (fee.name,))
    if command.entry not in undoable(minutes.case, minutes.desk, fee.name):
        return Refused(Reason.NOT_NOW, (fee.name,))
    amount = -fee.entries[command.entry - 1].amount_fen
    minutes.note(
        FeeEntryUndone(fee=fee.name, entry=command.entry, amount_fen=amount, reason=command.reason)
    )
    follow_balance(minutes, fee.name)
    return None


def undoable(case: Case, desk: Desk, name: str) -> tuple[int, ...]:
    """The places of what can be taken back in the ledger of a fee: payments and refunds that
    stand, but no payment that a refund rests on, and in a case that has ended none that would
    leave a debt."""
    fee = case.fees[name]
    _, state = desk.edition.chart.state(case.leaves)
    return tuple(
        place
        for place, entry in enumerate(fee.entries, 1)
        if fee.stands(place)
        and _covers_refunds_without(fee, place)
        and not (state.phase is Phase.ENDED and fee.balance_fen - entry.amount_fen > 0)
    )


def _covers_refunds_without(fee: Fee, place: int) -> bool:
    """Whether what was paid would still be as much as was given back, without an entry."""
    entry = fee.entries[place - 1]
    return entry.kind != "paid" or fee.paid_fen + entry.amount_fen >= fee.refunded_fen


def _known(minutes: Minutes, name: str) -> Fee | Refused:
    fee = minutes.case.fees.get(name)
    return Refused(Reason.NO_SUCH_FEE, (name,)) if fee is None else fee


def _entered(minutes: Minutes, on: date, fee: Fee, amount: int, most: int) -> Refused | None:
    """An amount within what is open, on a day since the fee was first frozen."""
    if most <= 0:
        return Refused(Reason.FEE_NOT_OPEN, (fee.name,))
    if not 0 < amount <= most:
        return Refused(Reason.AMOUNT_NOT_LAWFUL, (fee.name, str(most)))
    if not fee.entries[0].on <= on <= minutes.desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (on.isoformat(),))
    return None


def follow_balance(minutes: Minutes, name: str) -> None:
    """An obligation to pay is settled when nothing is owed, and open again if something is."""
    balance, today = minutes.case.fees[name].balance_fen, minutes.desk.today
    for duty, rule in minutes.definition.obligations.items():
        held = minutes.case.obligations.get(duty)
        if rule.pays != name or held is None:
            continue
        if held.status == "open" and balance <= 0:
            minutes.note(ObligationSettled(obligation=duty, on=today))
        elif held.status == "settled" and balance > 0:
            minutes.note(ObligationReopened(obligation=duty))
            date_again(minutes, duty, "unpaid")
    if balance > 0:
        date_fee_again(minutes, name, "unpaid")
