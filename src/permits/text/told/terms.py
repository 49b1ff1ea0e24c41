"""Dates, obligations, fees and documents in words."""

from datetime import date
from typing import Protocol

from permits.casework.families import clocks, documents, fees
from permits.casework.families import obligations as duties
from permits.text import amounts
from permits.text.days import day
from permits.text.told.teller import Says, Teller, nothing


class Redated(Protocol):
    """An event that sets another due date."""

    @property
    def was(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...


def _extended(t: Teller, e: clocks.ClockExtended) -> list[str]:
    _ = t._
    filled = {
        "clock": t.clock(e.clock),
        "by": amounts.term(e.by, t.language),
        "due": t.due(e.due),
    }
    return [_("%(clock)s extended by %(by)s, now until %(due)s") % filled, t.text(e.reason)]


def _lapsed(t: Teller, e: clocks.ClockLapsed) -> list[str]:
    _ = t._
    filled = {"what": t.clock(e.clock), "due": t.due(e.due)}
    return [_("Time ran out: %(what)s, due on %(due)s") % filled]


def _moved_date(t: Teller, what: str, e: Redated) -> list[str]:
    _ = t._
    if e.was == e.due:
        return []
    filled = {"what": what, "was": t.due(e.was), "now": t.due(e.due)}
    return [_("Due date changed: %(what)s, from %(was)s to %(now)s") % filled]


def _recomputed(t: Teller, e: clocks.ClockRecomputed) -> list[str]:
    return _moved_date(t, t.clock(e.clock), e)


def _opened(t: Teller, e: duties.ObligationOpened) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "due": t.due(e.due)}
    return [_("Obligation begins: %(what)s, due %(due)s") % filled]


def _lots(t: Teller, e: duties.CheckDrawn) -> list[str]:
    _ = t._
    hit = _("Drawn by lot for a check: %(what)s, in %(share)d of a hundred cases")
    miss = _("Not drawn by lot for a check: %(what)s, in %(share)d of a hundred cases")
    says = (hit if e.drawn else miss) % {"what": t.duty(e.obligation), "share": e.share}
    return [says, _("Lots drawn from: %(seed)s") % {"seed": e.seed}] if t.inside else []


def _dated(t: Teller, e: duties.ObligationDated) -> list[str]:
    return _moved_date(t, t.duty(e.obligation), e)


def _reported(t: Teller, e: duties.ObligationReported) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "day": day(e.on, t.language)}
    return [_("Reported: %(what)s, done on %(day)s") % filled]


def _verified(t: Teller, e: duties.ObligationVerified) -> list[str]:
    _ = t._
    passed = _("Checked and found in order: %(what)s")
    failed = _("Checked and not in order: %(what)s")
    says = (passed if e.passed else failed) % {"what": t.duty(e.obligation)}
    return [says, t.text(e.finding) if t.inside or not e.passed else ""]


def _ordered(t: Teller, e: duties.RectificationOrdered) -> list[str]:
    _ = t._
    if e.reason is not None:
        filled = {"what": t.duty(e.obligation), "due": t.due(e.due)}
        return [_("Ordered to be paid by %(due)s: %(what)s") % filled, t.text(e.reason)]
    return [_("To be put right by %(due)s") % {"due": t.due(e.due)}]


def _put_right(t: Teller, e: duties.RectificationReported) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "day": day(e.on, t.language)}
    return [_("Reported as put right on %(day)s: %(what)s") % filled, t.text(e.words)]


def _reminded(t: Teller, e: duties.ObligationReminded) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "due": t.due(e.due)}
    return [_("Reminded: %(what)s, due on %(due)s") % filled]


def _overdue(t: Teller, e: duties.ObligationOverdue) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "due": t.due(e.due)}
    return [_("Time ran out: %(what)s, due on %(due)s") % filled]


def _voided(t: Teller, e: duties.ObligationVoided) -> list[str]:
    _ = t._
    return [_("No longer owed: %(what)s") % {"what": t.duty(e.obligation)}]


def _frozen(t: Teller, e: fees.FeeFrozen) -> list[str]:
    _ = t._
    filled = {
        "fee": t.fee(e.fee),
        "amount": amounts.money(e.amount_fen, t.language),
        "due": t.due(e.due),
    }
    if e.amount_fen == 0:
        fixed = _("Fee fixed: %(fee)s, nothing is owed") % filled
    elif e.deferred:
        fixed = _("Fee fixed: %(fee)s, %(amount)s, payment put off") % filled
    else:
        fixed = _("Fee fixed: %(fee)s, %(amount)s, due %(due)s") % filled
    return [fixed, _relieved(t, e.fee, e.relief, e.full_fen)]


def _relieved(t: Teller, fee: str, relief: str, full_fen: int) -> str:
    if not relief:
        return ""
    _ = t._
    rule = t.definition.fees[fee].reliefs[relief]
    filled = {"relief": rule.title.in_(t.language), "full": amounts.money(full_fen, t.language)}
    return _("Instead of %(full)s: %(relief)s") % filled


def _frozen_anew(t: Teller, e: fees.FeeFrozenAnew) -> list[str]:
    _ = t._
    filled = {
        "fee": t.fee(e.fee),
        "was": amounts.money(e.was_fen, t.language),
        "amount": amounts.money(e.amount_fen, t.language),
        "day": day(e.on, t.language),
    }
    says = _("Fee fixed anew as of %(day)s: %(fee)s, %(amount)s instead of %(was)s") % filled
    return [says, _relieved(t, e.fee, e.relief, e.full_fen)]


def _deferral_lost(t: Teller, e: fees.DeferralLost) -> list[str]:
    _ = t._
    filled = {"fee": t.fee(e.fee), "due": t.due(e.due)}
    return [_("Payment is no longer put off: %(fee)s, due %(due)s") % filled]


def _cancelled(t: Teller, e: fees.FeeCancelled) -> list[str]:
    _ = t._
    return [_("No longer owed: %(what)s") % {"what": t.fee(e.fee)}]


def _fee_overdue(t: Teller, e: fees.FeeOverdue) -> list[str]:
    _ = t._
    filled = {
        "fee": t.fee(e.fee),
        "due": t.due(e.due),
        "amount": amounts.money(e.balance_fen, t.language),
    }
    return [_("Unpaid on its due date: %(fee)s, %(amount)s, due on %(due)s") % filled]


def _fee_dated(t: Teller, e: fees.FeeDated) -> list[str]:
    return _moved_date(t, t.fee(e.fee), e)


def _paid(t: Teller, e: fees.FeePaid) -> list[str]:
    _ = t._
    filled = {
        "fee": t.fee(e.fee),
        "amount": amounts.money(e.amount_fen, t.language),
        "number": e.number,
    }
    return [_("Paid: %(fee)s, %(amount)s, receipt %(number)s") % filled]


def _refunded(t: Teller, e: fees.FeeRefunded) -> list[str]:
    _ = t._
    filled = {"fee": t.fee(e.fee), "amount": amounts.money(e.amount_fen, t.language)}
    return [_("Refunded: %(fee)s, %(amount)s") % filled, t.text(e.reason)]


def _undone(t: Teller, e: fees.FeeEntryUndone) -> list[str]:
    _ = t._
    filled = {"fee": t.fee(e.fee), "entry": e.entry}
    says = _("Wrongly entered and taken back: %(fee)s, entry %(entry)d of its ledger") % filled
    return [says, t.text(e.reason) if t.inside else ""]


def _reopened(t: Teller, e: duties.ObligationReopened) -> list[str]:
    _ = t._
    return [_("Owed again: %(what)s") % {"what": t.duty(e.obligation)}]


def _drawn(t: Teller, e: documents.DocumentDrawnUp) -> list[str]:
    _ = t._
    title = t.definition.documents[e.document].title.in_(t.language)
    return [_("Document: %(title)s, %(number)s") % {"title": title, "number": e.number}]


SAYS: Says = {
    clocks.ClockStarted: nothing,
    clocks.ClockSuspended: nothing,
    clocks.ClockResumed: nothing,
    clocks.ClockExtended: _extended,
    clocks.ClockStopped: nothing,
    clocks.ClockLapsed: _lapsed,
    clocks.ClockRecomputed: _recomputed,
    duties.ObligationOpened: _opened,
    duties.CheckDrawn: _lots,
    duties.ObligationDated: _dated,
    duties.ObligationReported: _reported,
    duties.ObligationVerified: _verified,
    duties.RectificationOrdered: _ordered,
    duties.RectificationReported: _put_right,
    duties.ObligationReminded: _reminded,
    duties.ObligationOverdue: _overdue,
    duties.ObligationSettled: nothing,
    duties.ObligationReopened: _reopened,
    duties.ObligationVoided: _voided,
    fees.FeeFrozen: _frozen,
    fees.FeeDated: _fee_dated,
    fees.FeeFrozenAnew: _frozen_anew,
    fees.DeferralLost: _deferral_lost,
    fees.FeeCancelled: _cancelled,
    fees.FeeOverdue: _fee_overdue,
    fees.FeePaid: _paid,
    fees.FeeRefunded: _refunded,
    fees.FeeEntryUndone: _undone,
    documents.DocumentDrawnUp: _drawn,
}
