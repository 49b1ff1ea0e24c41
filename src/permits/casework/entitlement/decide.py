"""The decision about a command: what it brings about, or why it is refused."""

from permits.casework.entitlement import application_lists, applications, lists, payments
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.desk import Decision, Desk, no
from permits.casework.entitlement.rounds import Round
from permits.casework.party import Power
from permits.casework.refusals import Reason
from permits.casework.standing import lacking


def decide(command: c.Command, desk: Desk) -> Decision:
    """What a command brings about. It opens nothing and knows no clock but that of the desk.
    Whoever acts for an enterprise is asked whether they may before anything else: to accept, to do
    without, to apply and to name an account bind it."""
    if desk.party is not None:
        power: Power = "act" if isinstance(command, c.EnterObjection) else "sign"
        refused = lacking(desk.party, desk.actor.id, power, desk.today)
        if refused is not None:
            return refused
    match command:
        case c.RunMatch() | c.PublishApplications():
            return _of_new_list(command, desk)
        case c.ConfirmOffer() | c.DeclineOffer() | c.Apply() | c.CorrectAccount():
            return _of_enterprise(command, desk)
        case (
            c.ExamineApplication() | c.DecideApplication() | c.OrderRecovery() | c.RecordRecovery()
        ):
            return _on_claim(command, desk)
        case c.OrderPayments() | c.RecordPayments():
            return _of_payments(command, desk)
        case _:
            if desk.round is None:
                return no(Reason.NO_SUCH_ROUND)
            return _on_round(command, desk, desk.round)


def _of_new_list(command: c.OfNewList, desk: Desk) -> Decision:
    match command:
        case c.RunMatch():
            return lists.run_match(desk, command)
        case c.PublishApplications():
            return application_lists.publish_applications(desk, command)


def _on_round(command: c.OnRound, desk: Desk, found: Round) -> Decision:
    match command:
        case c.DropMatch():
            return lists.drop_match(desk, found, command)
        case c.MakeOffers():
            return lists.make_offers(desk, found, command)
        case c.PublishList():
            return lists.publish_list(desk, found, command)
        case c.EnterObjection():
            return lists.enter_objection(desk, found, command)
        case c.DecideListObjection():
            return lists.decide_objection(desk, found, command)
        case c.SettleList():
            return lists.settle_list(desk, found, command)
        case c.CloseOffers():
            return lists.close_offers(desk, found, command)


def _of_payments(command: c.OrderPayments | c.RecordPayments, desk: Desk) -> Decision:
    match command:
        case c.OrderPayments():
            return payments.order_payments(desk, command)
        case c.RecordPayments():
            return payments.record_payments(desk, command)


def _of_enterprise(command: c.OfEnterprise, desk: Desk) -> Decision:
    match command:
        case c.ConfirmOffer():
            return applications.confirm_offer(desk, command)
        case c.DeclineOffer():
            return applications.decline_offer(desk, command)
        case c.Apply():
            return applications.apply_for(desk, command)
        case c.CorrectAccount():
            return applications.correct_account(desk, command)


def _on_claim(command: c.OnClaim, desk: Desk) -> Decision:
    match command:
        case c.ExamineApplication():
            return applications.examine(desk, command)
        case c.DecideApplication():
            return applications.decide_application(desk, command)
        case c.OrderRecovery():
            return payments.order_recovery(desk, command)
        case c.RecordRecovery():
            return payments.record_recovery(desk, command)
