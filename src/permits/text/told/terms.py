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
    return [_("To be put right by %(due)s") % {"due": t.due(e.due)}]


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
    return [_("Fee fixed: %(fee)s, %(amount)s, due %(due)s") % filled]


def _fee_dated(t: Teller, e: fees.FeeDated) -> list[str]:
    return _moved_date(t, t.fee(e.fee), e)


def _paid(t: Teller, e: fees.FeePaid) -> list[str]:
    _ = t._
    return [_("Fee paid: %(fee)s") % {"fee": t.fee(e.fee)}]


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
    duties.ObligationOverdue: _overdue,
    duties.ObligationSettled: nothing,
    duties.ObligationVoided: _voided,
    fees.FeeFrozen: _frozen,
    fees.FeeDated: _fee_dated,
    fees.FeePaid: _paid,
    documents.DocumentDrawnUp: _drawn,
}
