"""Requests about entitlements as commands, with their texts and accounts sealed."""

from datetime import date

import msgspec

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.claims import stream_of as claim_stream
from permits.casework.entitlement.rounds import stream_of as round_stream
from permits.casework.parts import HandedIn, Seal
from permits.services.entitlement_requests import (
    Apply,
    BankAccount,
    CloseOffers,
    ConfirmOffer,
    CorrectAccount,
    DecideApplication,
    DecideListObjection,
    DeclineOffer,
    DropMatch,
    EnterObjection,
    EntitlementRequest,
    ExamineApplication,
    KeptAccount,
    MakeOffers,
    OfEnterprise,
    OnClaim,
    OnRound,
    OrderPayments,
    OrderRecovery,
    PublishApplications,
    PublishList,
    RecordPayments,
    RecordRecovery,
    RunMatch,
    SettleList,
)
from permits.services.sealer import Sealer
from permits.store.vault import SealedValue


class Sealed(msgspec.Struct, frozen=True):
    """A command, and the values that were sealed for it."""

    command: c.Command
    values: tuple[SealedValue, ...] = ()


def sealed(given: EntitlementRequest, party: str, files: tuple[HandedIn, ...] = ()) -> Sealed:
    """A request as a command. `party` is the enterprise that asks, if one does; `files` are what
    it handed in with an application."""
    match given:
        case RunMatch():
            return Sealed(c.RunMatch(given.policy, given.period))
        case PublishApplications():
            return Sealed(c.PublishApplications(given.policy, given.period))
        case OrderPayments():
            return Sealed(c.OrderPayments(given.policy))
        case RecordPayments():
            command = c.RecordPayments(given.batch, given.on, given.paid, given.returned)
            return Sealed(command)
        case ConfirmOffer() | DeclineOffer() | Apply() | CorrectAccount():
            sealer = Sealer(claim_stream(party))
            return _with(sealer, _of_enterprise(given, sealer, files))
        case ExamineApplication() | DecideApplication() | OrderRecovery() | RecordRecovery():
            sealer = Sealer(claim_stream(given.party))
            return _with(sealer, _on_claim(given, sealer))
        case _:
            sealer = Sealer(round_stream(given.round))
            return _with(sealer, _on_round(given, sealer))


def _with(sealer: Sealer, command: c.Command) -> Sealed:
    return Sealed(command, tuple(sealer.values))


def _account(sealer: Sealer, account: BankAccount) -> Seal | None:
    """The seal of an account; None unless bank and number are given."""
    if not account.bank.strip() or not account.number:
        return None
    kept = KeptAccount(account.bank.strip(), account.number)
    return sealer.text("bank_account", msgspec.json.encode(kept).decode())


def _of_enterprise(
    given: OfEnterprise, sealer: Sealer, files: tuple[HandedIn, ...]
) -> c.OfEnterprise:
    match given:
        case ConfirmOffer():
            account = _account(sealer, given.account)
            return c.ConfirmOffer(given.policy, given.period, account, given.statement)
        case DeclineOffer():
            reason = sealer.text("reason", given.reason)
            return c.DeclineOffer(given.policy, given.period, reason)
        case Apply():
            return c.Apply(
                given.policy,
                given.period,
                sealer.text("grounds", given.grounds),
                files,
                _account(sealer, given.account),
                given.statement,
            )
        case CorrectAccount():
            account = _account(sealer, given.account)
            return c.CorrectAccount(given.policy, given.period, account)


def _on_claim(given: OnClaim, sealer: Sealer) -> c.OnClaim:
    match given:
        case ExamineApplication():
            return c.ExamineApplication(
                given.party,
                given.policy,
                given.period,
                given.recommends,
                given.grade,
                sealer.text("opinion", given.opinion),
            )
        case DecideApplication():
            reason = sealer.text("reason", given.reason) if not given.granted else None
            return c.DecideApplication(
                given.party, given.policy, given.period, given.granted, reason
            )
        case OrderRecovery():
            return c.OrderRecovery(
                given.party,
                given.policy,
                given.period,
                given.ground,
                given.amount_fen,
                sealer.text("reason", given.reason),
            )
        case RecordRecovery():
            on: date = given.on
            return c.RecordRecovery(given.party, given.policy, given.period, on, given.amount_fen)


def _on_round(given: OnRound, sealer: Sealer) -> c.OnRound:
    match given:
        case DropMatch():
            return c.DropMatch(given.round, sealer.text("reason", given.reason))
        case MakeOffers():
            return c.MakeOffers(given.round)
        case PublishList():
            return c.PublishList(given.round)
        case EnterObjection():
            return c.EnterObjection(
                given.round,
                given.kind,
                given.code,
                sealer.text("objection", given.text),
                sealer.text("objector", given.objector),
            )
        case DecideListObjection():
            return c.DecideListObjection(
                given.round,
                given.objection,
                given.upheld,
                sealer.text("reason", given.reason),
                given.grade,
            )
        case SettleList():
            return c.SettleList(given.round)
        case CloseOffers():
            return c.CloseOffers(given.round, sealer.text("reason", given.reason))
