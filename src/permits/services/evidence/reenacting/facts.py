"""What an event says that can be found without it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import fields

from permits.casework.decide.fees import amount
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.performing import complete_on
from permits.casework.decide.tolerance import to_follow
from permits.casework.due_dates import Length
from permits.casework.entries import read_entries, totals_of
from permits.casework.envelope import Envelope, Event
from permits.casework.facts import exemption
from permits.casework.families.amendments import Amended
from permits.casework.families.clocks import ClockExtended, ClockLapsed
from permits.casework.families.deciding import Decided
from permits.casework.families.extensions import DutyExtended
from permits.casework.families.fees import FeeFrozenAnew, FeeOverdue
from permits.casework.families.filing import (
    Accepted,
    CorrectedOnTheSpot,
    CorrectionsSupplied,
    Filed,
)
from permits.casework.families.obligations import ObligationOverdue, RectificationOrdered
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.tracks import notice_digest
from permits.definitions.conditions import Answer
from permits.evidence.findings import Amiss

DATES = frozenset({"due", "warn_on", "provisional", "calendar"})
"""Fields of an event that say when something is due."""


class Wrong(NamedTuple):
    """Something amiss, at an event (0: at the last of the command)."""

    what: Amiss
    seq: int
    says: tuple[str, ...]


def differences(stands: Event, should: Event) -> Iterator[tuple[str, Any, Any]]:
    """The fields in which two events of one kind differ."""
    for one in fields(stands):
        left, right = getattr(stands, one.name), getattr(should, one.name)
        if left != right:
            yield one.name, left, right


def wrong_facts(minutes: Minutes, at: Envelope, event: Event) -> list[Wrong]:
    """What of an event is otherwise than the rules and the case before it say."""
    known = FOUND.get(type(event))
    if known is None:
        return []
    return [
        Wrong(
            Amiss.OUT_OF_TIME if field == _EARLY else Amiss.FACT_DIFFERS,
            at.seq,
            (field, str(stands), str(should)),
        )
        for field, stands, should in known(minutes, at, event)
        if stands != should
    ]


Found = Iterator[tuple[str, Any, Any]]
_EARLY = "recorded_at"


def _filed(minutes: Minutes, at: Envelope, e: Filed) -> Found:
    desk, authority = minutes.desk, minutes.definition.authority
    _prefix, _day, place = e.number.rsplit("-", 2)
    number = f"{authority.number_prefix}-{desk.today:%Y%m%d}-{int(place):04d}"
    yield "number", e.number, number
    yield "permit", e.permit, desk.edition.permit
    yield "authority", e.authority, authority.id
    yield "received_on", e.received_on, desk.office_day
    yield "effective_at", at.effective_at, e.received_on
    yield from _totals(minutes, e.answers)


def _supplied(minutes: Minutes, at: Envelope, e: CorrectionsSupplied) -> Found:
    yield "effective_at", at.effective_at, minutes.desk.office_day
    yield from _totals(minutes, e.answers)


def _mended(minutes: Minutes, _at: Envelope, e: CorrectedOnTheSpot) -> Found:
    yield from _totals(minutes, e.answers)


def _amended(minutes: Minutes, _at: Envelope, e: Amended) -> Found:
    yield from _totals(minutes, {**minutes.case.answers, **e.answers})


def _totals(minutes: Minutes, answers: Mapping[str, Answer]) -> Found:
    """Totals that decide are those of the entries beside them, which fit the form."""
    for question in minutes.desk.edition.questions.values():
        if question.type != "entries" or question.id not in answers:
            continue
        read = read_entries(question, answers[question.id])
        yield question.id, answers[question.id], read.entries
        made = totals_of(question, read.entries) if not read.problems else {}
        yield from ((name, answers.get(name), made.get(name)) for name in question.totals)


def _signed(minutes: Minutes, _at: Envelope, e: CommitmentSigned) -> Found:
    rule = minutes.definition.commitments.get(e.commitment)
    yield "text_digest", e.text_digest, notice_digest(rule) if rule is not None else ""


def _undertaken(minutes: Minutes, _at: Envelope, e: UndertakingSigned) -> Found:
    rule = minutes.definition.undertaking
    yield "text_digest", e.text_digest, notice_digest(rule) if rule is not None else ""


def _accepted(minutes: Minutes, at: Envelope, e: Accepted) -> Found:
    yield "accepted_on", e.accepted_on, min(complete_on(minutes.case), minutes.desk.today)
    yield "tolerated", e.tolerated, to_follow(minutes.case, minutes.desk.edition)
    yield "effective_at", at.effective_at, e.accepted_on


def _decided(minutes: Minutes, at: Envelope, e: Decided) -> Found:
    yield "effective_at", at.effective_at, minutes.desk.today
    if e.result != "granted":
        return
    case, definition = minutes.case, minutes.definition
    kind = exemption(case, definition)
    field = minutes.desk.edition.list_field
    yield "kind", e.kind, kind
    yield "row", e.row, str(case.answers.get(field, "")) if field and kind != "none" else ""
    wanted = tuple(n for n, s in definition.still_required.items() if minutes.holds(s.when))
    yield "still_required", e.still_required, wanted


def _lapsed(minutes: Minutes, at: Envelope, e: ClockLapsed) -> Found:
    yield from _passed(minutes, at, e.due, minutes.case.clocks[e.clock].due)


def _owed(minutes: Minutes, at: Envelope, e: ObligationOverdue) -> Found:
    yield from _passed(minutes, at, e.due, minutes.case.obligations[e.obligation].due)


def _unpaid(minutes: Minutes, at: Envelope, e: FeeOverdue) -> Found:
    fee = minutes.case.fees[e.fee]
    yield from _passed(minutes, at, e.due, fee.due)
    yield "balance_fen", e.balance_fen, fee.balance_fen


def _passed(minutes: Minutes, at: Envelope, due: Any, held: Any) -> Found:
    """What passed was due, it holds from that day, and it was told after it."""
    yield "due", due, held
    yield "effective_at", at.effective_at, held
    if minutes.desk.today <= due:
        yield _EARLY, str(minutes.desk.today), f"> {due}"


def _frozen_anew(minutes: Minutes, _at: Envelope, e: FeeFrozenAnew) -> Found:
    found = amount(minutes, e.fee, e.on)
    yield "was_fen", e.was_fen, minutes.case.fees[e.fee].amount_fen
    yield "amount_fen", e.amount_fen, found.amount_fen if found is not None else None


def _extended(minutes: Minutes, _at: Envelope, e: ClockExtended) -> Found:
    rule, clock = minutes.definition.clocks[e.clock].extension, minutes.case.clocks[e.clock]
    yield "by", e.by, rule.each if rule is not None else ""
    yield "was", e.was, clock.due
    if rule is not None and len(clock.extensions) >= rule.times:
        yield "times", len(clock.extensions) + 1, rule.times


def _duty_extended(minutes: Minutes, _at: Envelope, e: DutyExtended) -> Found:
    rule = minutes.definition.obligations[e.obligation].extension
    most = Length.parse(rule.each) if rule is not None else Length(0, "d")
    by = Length.parse(e.by)
    fits = by.unit == most.unit and by.count <= most.count
    yield "by", e.by, e.by if fits else str(most)
    yield "was", e.was, minutes.case.obligations[e.obligation].due


def _ordered(minutes: Minutes, _at: Envelope, e: RectificationOrdered) -> Found:
    rule = minutes.definition.obligations[e.obligation]
    yield "within", e.within, rule.rectify_within or "0d"
    yield "starts_on", e.starts_on, minutes.desk.today


FOUND: Mapping[type[Event], Callable[[Minutes, Envelope, Any], Found]] = {
    Filed: _filed,
    CommitmentSigned: _signed,
    UndertakingSigned: _undertaken,
    CorrectionsSupplied: _supplied,
    CorrectedOnTheSpot: _mended,
    Amended: _amended,
    Accepted: _accepted,
    Decided: _decided,
    ClockLapsed: _lapsed,
    ObligationOverdue: _owed,
    FeeOverdue: _unpaid,
    FeeFrozenAnew: _frozen_anew,
    ClockExtended: _extended,
    DutyExtended: _duty_extended,
    RectificationOrdered: _ordered,
}
