"""What tables hold of a case: rows for lists and timers, and its stays, all pure functions of it.

Every one of them can be dropped and made anew from the log.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from permits.casework.afterwards import TERM
from permits.casework.asked_rows import HeardKind, TermKind, asked_for, heard_dues, term_dues
from permits.casework.case import Case, Obligation, Stay
from permits.casework.envelope import Envelope, Event
from permits.casework.fold import fold
from permits.casework.service import unserved
from permits.definitions.edition import Edition
from permits.definitions.procedure import Code, Milestone, Phase

Turn = Literal["office", "applicant", "outside", "nobody"]


class CaseRow(msgspec.Struct, frozen=True):
    """One row for each case, for lists and search. `due_on` is the earliest open due date, and
    `sort_on` the same, or the last day there is; `rectifies` says that until then a breach is to
    be put right, `put_right_on` that its holder says it was; `sent_back` that the examiner is to
    look at it again. `chair` presides over the hearing that is called and not held yet."""

    case_id: str
    number: str
    permit: str
    definition: str
    authority: str
    department: str
    party: str
    title: str
    place: str
    track: str
    kind: str
    state: str
    phase: str
    code: int
    turn: str
    ended: bool
    version: int
    received_on: date
    accepted_on: date | None
    decided_on: date | None
    published_on: date | None
    revoked_on: date | None
    due_on: date | None
    sort_on: date
    warn_on: date | None
    due_name: str
    rectifies: bool
    put_right_on: date | None
    sent_back: bool
    provisional: bool
    overdue: bool
    chair: str
    updated_at: datetime


def case_row(case: Case, edition: Edition) -> CaseRow:
    """The row of a case."""
    name, state = edition.chart.state(case.leaves)
    shows = edition.definition.permit.shows
    first = min(open_dues(case), default=None)
    breach = _breach(case, first[2]) if first is not None else None
    marks = case.milestones
    return CaseRow(
        case_id=case.id,
        number=case.number,
        permit=case.permit,
        definition=case.definition,
        authority=case.authority,
        department=case.department,
        party=case.party,
        title=str(case.answers.get(shows.title, "")),
        place=str(case.answers.get(shows.place, "")),
        track=case.track,
        kind=case.decision.kind if case.decision else "",
        state=name,
        phase=state.phase,
        code=case.code,
        turn=turn(case, edition),
        ended=_put_away(case, state.phase),
        version=case.version,
        received_on=marks[Milestone.RECEIVED],
        accepted_on=marks.get(Milestone.ACCEPTED),
        decided_on=marks.get(Milestone.DECIDED),
        published_on=marks.get(Milestone.PUBLISHED),
        revoked_on=marks.get(Milestone.REVOKED),
        due_on=first[0] if first else None,
        sort_on=first[0] if first else date.max,
        warn_on=min((warn for _d, warn, _n, _p in open_dues(case)), default=None),
        due_name=first[2] if first else "",
        rectifies=breach is not None,
        put_right_on=breach.put_right_on if breach is not None else None,
        sent_back=case.sent_back is not None and case.decision is None,
        provisional=any(p for _d, _w, _n, p in open_dues(case)),
        overdue=_overdue(case),
        chair=case.hearing.chair if case.hearing is not None and case.hearing.waits else "",
        updated_at=case.recorded_at or datetime.min.replace(tzinfo=UTC),
    )


def _breach(case: Case, name: str) -> Obligation | None:
    """The obligation of that name, if a check found a breach of it that is to be put right."""
    held = case.obligations.get(name)
    breached = held is not None and held.status == "open" and held.ordered and held.failed
    return held if breached else None


def _put_away(case: Case, phase: Phase) -> bool:
    """Whether nobody has to do anything about it: not for the office, nor for its holder."""
    waits = case.intended is not None or asked_for(case) or _to_refund(case)
    return phase in (Phase.ENDED, Phase.CONCLUDED) and not waits


def _to_refund(case: Case) -> bool:
    """Whether something is to be given back of a fee, whatever has become of the case."""
    return any(fee.balance_fen < 0 for fee in case.fees.values())


def open_dues(case: Case) -> list[tuple[date, date, str, bool]]:
    """Every date that is still to be met: when, from when it is close, whose, and whether it is
    provisional."""
    found = [
        (clock.due, clock.warn_on or clock.due, name, clock.provisional)
        for name, clock in case.clocks.items()
        if clock.running and clock.due is not None
    ]
    found += [
        (held.due, held.warn_on or held.due, name, held.provisional)
        for name, held in case.obligations.items()
        if held.status == "open" and held.due is not None
    ]
    found += [
        (fee.due, fee.warn_on or fee.due, name, fee.provisional)
        for name, fee in case.fees.items()
        if fee.balance_fen > 0 and fee.due is not None
    ]
    term = case.term
    if term is not None and term.runs and term.due is not None:
        found.append((term.due, term.warn_on or term.due, TERM, term.provisional))
    return found


def _overdue(case: Case) -> bool:
    """Whether the timer has told that something open is past its date."""
    clocks = any(clock.running and clock.lapsed for clock in case.clocks.values())
    held = any(o.status == "open" and o.overdue for o in case.obligations.values())
    fees = any(fee.balance_fen > 0 and fee.overdue for fee in case.fees.values())
    return clocks or held or fees


def turn(case: Case, edition: Edition) -> Turn:
    """Who has to act next. A correction is the applicant's, whatever else waits for the window."""
    _, state = edition.chart.state(case.leaves)
    if state.code is Code.CORRECTION_BEGUN:
        return "applicant"
    if case.intended is not None or asked_for(case) or _to_refund(case):
        return "office"
    if state.phase in (Phase.ENDED, Phase.CONCLUDED):
        return "nobody"
    if state.phase is Phase.SUSPENDED:
        return "outside"
    held = [one for one in case.obligations.values() if one.status == "open"]
    debtors = {_next(one, edition) for one in held}
    waiting = state.phase is Phase.IN_EFFECT and not clock_runs(case)
    return "applicant" if waiting and debtors == {"applicant"} else "office"


def _next(held: Obligation, edition: Edition) -> Literal["applicant", "authority"]:
    """Who has to do something about it: whether a breach was put right, when the holder says so
    or the time for it has passed, the office checks."""
    checks = held.put_right_on is not None or (held.ordered and held.overdue)
    return "authority" if checks else debtor(held, edition)


def clock_runs(case: Case) -> bool:
    """Whether a time limit of the procedure is running."""
    return any(clock.running for clock in case.clocks.values())


def debtor(held: Obligation, edition: Edition) -> Literal["applicant", "authority"]:
    """Who owes it now: a breach is put right by the applicant, whoever owed what was checked."""
    return "applicant" if held.ordered else edition.definition.obligations[held.name].debtor


def remind_from(held: Obligation, edition: Edition) -> date | None:
    """From when the holder is to be told that the date of what they owe is close: once for each
    date, but not of one that is provisional, or was close already when it was set."""
    said = held.reminded or held.overdue or held.provisional or held.waits
    if held.status != "open" or said or debtor(held, edition) != "applicant":
        return None
    since = held.ordered_on or held.opened_on
    return held.warn_on if held.warn_on is not None and held.warn_on > since else None


class DueRow(msgspec.Struct, frozen=True):
    """A date at which the timer has something to tell; gone once it was told or met."""

    case_id: str
    kind: Literal["clock", "obligation", "obligation_reminder", "fee"] | TermKind | HeardKind
    name: str
    due_on: date


def due_rows(case: Case, edition: Edition) -> tuple[DueRow, ...]:
    """The dates the timer waits for; for a reminder the day before it goes out. Nothing fires on a
    provisional date, nor before what a time counts from was served: they are not among them."""
    clocks = [
        DueRow(case.id, "clock", name, clock.due)
        for name, clock in case.clocks.items()
        if clock.running and clock.due is not None and not (clock.lapsed or clock.provisional)
        if not unserved(case, edition, clock)
    ]
    held = [
        DueRow(case.id, "obligation", name, o.due)
        for name, o in case.obligations.items()
        if o.status == "open" and o.due is not None and not (o.overdue or o.provisional)
        if not o.waits
    ]
    reminders = [
        DueRow(case.id, "obligation_reminder", name, first - timedelta(days=1))
        for name, o in case.obligations.items()
        if (first := remind_from(o, edition)) is not None
    ]
    fees = [
        DueRow(case.id, "fee", name, fee.due)
        for name, fee in case.fees.items()
        if fee.balance_fen > 0 and fee.due is not None and not (fee.overdue or fee.provisional)
    ]
    heard = (DueRow(case.id, kind, name, due) for kind, name, due in heard_dues(case))
    term = (DueRow(case.id, kind, TERM, due) for kind, due in term_dues(case))
    return (*clocks, *held, *reminders, *fees, *heard, *term)


class Interval(msgspec.Struct, frozen=True):
    """A stay of a case in a state of its chart; `left_at` is None while it stands there."""

    case_id: str
    seq: int
    state: str
    code: int
    entered_at: datetime
    entered_on: date
    left_at: datetime | None
    left_on: date | None


def stays(before: Case, after: Case) -> tuple[Interval, ...]:
    """The stays that a command changed: the one that was left and the one that was begun."""
    if after.stay is None or after.stay == before.stay:
        return ()
    left = (_interval(before.id, before.stay, after.stay),) if before.stay is not None else ()
    return (*left, _interval(after.id, after.stay, None))


def _interval(case_id: str, stay: Stay, left: Stay | None) -> Interval:
    return Interval(
        case_id=case_id,
        seq=stay.seq,
        state=stay.state,
        code=stay.code,
        entered_at=stay.at,
        entered_on=stay.on,
        left_at=left.at if left else None,
        left_on=left.on if left else None,
    )


def intervals(case_id: str, entries: Iterable[tuple[Envelope, Event]]) -> tuple[Interval, ...]:
    """All stays of a case, from its log."""
    found: dict[int, Interval] = {}
    case = Case(id=case_id)
    for envelope, event in entries:
        after = fold(case, event, envelope)
        found.update({stay.seq: stay for stay in stays(case, after)})
        case = after
    return tuple(found.values())
