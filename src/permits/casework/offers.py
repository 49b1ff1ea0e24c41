"""What an actor can do with a case now, and why the rest is not open: for pages and the API."""

from dataclasses import replace
from typing import Literal

import msgspec

from permits.casework import commands as c
from permits.casework.access import ISSUERS, acting, may, may_act
from permits.casework.case import Case
from permits.casework.decide.authorised import not_authorised
from permits.casework.decide.checking import not_to_sign
from permits.casework.decide.desk import Desk
from permits.casework.decide.erratum import correctable
from permits.casework.decide.guards import act_guard
from permits.casework.decide.inspectors import may_check, not_to_draw
from permits.casework.decide.mending import not_reversible
from permits.casework.decide.obligations import forbidden, not_to_order
from permits.casework.decide.payments import undoable
from permits.casework.decide.rectifying import not_to_report
from permits.casework.decide.revoking import not_to_notice, not_to_state
from permits.casework.decide.terms import not_extensible, not_late
from permits.casework.decide.tolerance import not_to_supply
from permits.casework.facts import case_facts
from permits.casework.fees import shut_by_fee
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import BY_TIME, Act, Role


class Offer(msgspec.Struct, frozen=True):
    """An action that leaves where the case stands; `shut` says why it cannot be taken."""

    action: str
    act: Act
    by: tuple[Role, ...]
    shut: Refused | None

    @property
    def open(self) -> bool:
        return self.shut is None


def offers(case: Case, desk: Desk) -> tuple[Offer, ...]:
    """Every action of the chart that leaves here, in the order of the definition."""
    facts = case_facts(case, desk.edition.definition)
    found = desk.edition.chart.offers(case.leaves, case.answers, facts)
    unmet = {offer.action: offer.unmet for offer in found}
    return tuple(
        Offer(name, action.act, action.by, _shut(case, name, unmet[name], desk))
        for name, action in desk.actions.items()
        if name in unmet and action.act not in BY_TIME
    )


def _shut(case: Case, name: str, unmet: tuple[str, ...], desk: Desk) -> Refused | None:
    by = desk.actions[name].by
    role = acting(desk.actor, frozenset(by), case)
    if role is None:
        recused = any(map(case.recused, desk.actor.persons))
        return Refused(Reason.RECUSED) if recused else Refused(Reason.NOT_YOURS, tuple(by))
    if unmet:
        return Refused(Reason.CONDITION_UNMET, unmet)
    desk = replace(desk, actor=desk.actor.acting_as(role))
    return not_authorised(c.TakeAction(name), desk) or act_guard(case, name, desk)


BesideCommand = Literal[
    "extend",
    "explain",
    "report",
    "supply",
    "verify",
    "sign_check",
    "draw",
    "order_payment",
    "pay",
    "refund",
    "undo",
    "notice",
    "state",
    "drop",
    "reverse",
    "rectify",
    "correct",
]


class Beside(msgspec.Struct, frozen=True):
    """Something that can be done beside the chart, and with what."""

    command: BesideCommand
    name: str


def beside(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """Extensions, reports, checks, payments and corrections of mistakes that are open now. Whoever
    is not authorised to act for the party is offered nothing."""
    if not_authorised(c.SupplyLater(), desk) is not None:
        return ()
    return (
        *_clocks(case, desk),
        *_obligations(case, desk),
        *_to_sign(case, desk),
        *_put_right(case, desk),
        *_lots(case, desk),
        *_late_payments(case, desk),
        *_later(case, desk),
        *_heard(case, desk),
        *_correcting(case, desk),
        *_fees(case, desk),
        *_mending(case, desk),
    )


def _clocks(case: Case, desk: Desk) -> tuple[Beside, ...]:
    rules = desk.edition.definition.clocks
    extend = [
        Beside("extend", name)
        for name in case.clocks
        if (extension := rules[name].extension) is not None
        and may_act(desk.actor, frozenset({extension.approver}), case)
        and not_extensible(case, desk, name) is None
    ]
    explain = [
        Beside("explain", name)
        for name in case.clocks
        if rules[name].public_reason
        and name not in case.lateness
        and may_act(desk.actor, frozenset({Role.LEADER, Role.SUPERVISOR}), case)
        and not_late(case, name) is None
    ]
    return (*extend, *explain)


def _obligations(case: Case, desk: Desk) -> tuple[Beside, ...]:
    found = []
    for name, held in case.obligations.items():
        rule = desk.edition.definition.obligations[name]
        verified = rule.settled_by == "verification"
        role = Role.INSPECTOR if verified else Role.APPLICANT
        if rule.settled_by == "payment" or shut_by_fee(case, desk.edition, name) is not None:
            continue
        shut = _shut_duty(case, desk, name, verified=verified)
        if held.status == "open" and not shut and may_act(desk.actor, frozenset({role}), case):
            found.append(Beside("verify" if verified else "report", name))
    return tuple(found)


def _shut_duty(case: Case, desk: Desk, name: str, *, verified: bool) -> bool:
    """Whether something open forbids the report, or others were drawn to check."""
    if verified:
        return not may_check(case, desk, name)
    return forbidden(case, name, desk.edition.definition) is not None


def _to_sign(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """Records of checks that wait for the signature of whoever is at the desk."""
    if not may_act(desk.actor, frozenset({Role.INSPECTOR}), case):
        return ()
    return tuple(
        Beside("sign_check", name)
        for name in case.obligations
        if not isinstance(not_to_sign(case, desk, name), Refused)
    )


def _put_right(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """Breaches that the holder may say were put right."""
    if not may_act(desk.actor, frozenset({Role.APPLICANT}), case):
        return ()
    return tuple(
        Beside("report", name)
        for name, held in case.obligations.items()
        if not_to_report(held) is None
    )


def _lots(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """Whoever heads the office draws who checks, or another instead of one who is hindered."""
    if not may_act(desk.actor, frozenset({Role.LEADER}), case):
        return ()
    return tuple(
        Beside("draw", name) for name in case.obligations if not_to_draw(case, desk, name) is None
    )


def _late_payments(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """Whoever heads the office orders what was not paid in time."""
    if not may_act(desk.actor, frozenset({Role.LEADER}), case):
        return ()
    definition = desk.edition.definition
    late = (name for name in case.obligations if not_to_order(case, definition, name) is None)
    return tuple(Beside("order_payment", name) for name in late)


def _fees(case: Case, desk: Desk) -> tuple[Beside, ...]:
    found = []
    if may_act(desk.actor, frozenset({Role.WINDOW}), case):
        found += [Beside("pay", n) for n, fee in case.fees.items() if fee.balance_fen > 0]
        found += [Beside("refund", n) for n, fee in case.fees.items() if fee.balance_fen < 0]
    if may_act(desk.actor, frozenset({Role.SUPERVISOR}), case):
        found += [Beside("undo", name) for name in case.fees if undoable(case, desk, name)]
    return tuple(found)


def _later(case: Case, desk: Desk) -> tuple[Beside, ...]:
    mine = may_act(desk.actor, frozenset({Role.APPLICANT}), case)
    return (Beside("supply", ""),) if mine and not_to_supply(case, desk) is None else ()


def _heard(case: Case, desk: Desk) -> tuple[Beside, ...]:
    """What goes before a revocation, for whom it is."""
    found = []
    leads = may(desk.actor, c.DropRevocation(), case, desk.edition)
    if leads and not_to_notice(case, desk) is None:
        found.append(Beside("notice", ""))
    if leads and case.intended is not None:
        found.append(Beside("drop", ""))
    speaks = may_act(desk.actor, frozenset({Role.APPLICANT}), case)
    if speaks and not_to_state(case, desk) is None:
        found.append(Beside("state", ""))
    return tuple(found)


def _correcting(case: Case, desk: Desk) -> tuple[Beside, ...]:
    mine = may_act(desk.actor, ISSUERS, case)
    return (Beside("correct", ""),) if mine and correctable(case) else ()


def _mending(case: Case, desk: Desk) -> tuple[Beside, ...]:
    if not may_act(desk.actor, frozenset({Role.SUPERVISOR}), case):
        return ()
    last = case.last_record or case.last_action
    reverse = (Beside("reverse", last),) if not_reversible(case, desk) is None else ()
    return (*reverse, Beside("rectify", ""))
