"""What tables hold of opinions that were asked for, the dates of those who are heard, and of
grants that hold for a term."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from permits.casework.afterwards import to_remind
from permits.casework.case import Case

HeardKind = Literal["reminder", "opinion", "hearing", "third_party"]


class OpinionRow(msgspec.Struct, frozen=True):
    """One row for each request of a case, for the pile of the department that was asked.

    `standing` says whether its opinion is still to come; `sort_on` is the due date, or the last
    day there is.
    """

    case_id: str
    asked: str
    round: int
    office: str
    department: str
    standing: Literal["waiting", "given", "closed"]
    asked_on: date
    due_on: date | None
    sort_on: date
    warn_on: date | None
    given_on: date | None
    late: bool


def opinion_rows(case: Case) -> tuple[OpinionRow, ...]:
    """The rows of a case."""
    return tuple(
        OpinionRow(
            case_id=case.id,
            asked=one.asked,
            round=one.round,
            office=one.office,
            department=one.department,
            standing="waiting" if one.waiting else "given" if one.given else "closed",
            asked_on=one.starts_on,
            due_on=one.due,
            sort_on=one.due or date.max,
            warn_on=one.warn_on,
            given_on=one.given.on if one.given else None,
            late=one.given.late if one.given else one.overdue,
        )
        for one in case.requests.values()
    )


def heard_dues(case: Case) -> tuple[tuple[HeardKind, str, date], ...]:
    """The dates the timer waits for: a date is told on the day after it, a reminder goes out on
    the first day of warning. Nothing fires on a provisional date."""
    found: list[tuple[HeardKind, str, date]] = []
    for one in case.requests.values():
        if not one.waiting or one.due is None or one.provisional:
            continue
        if not one.reminded and one.warn_on is not None:
            found.append(("reminder", one.key, one.warn_on - timedelta(days=1)))
        if not one.overdue:
            found.append(("opinion", one.key, one.due))
    held = case.hearing
    if held is not None and held.due is not None and not (held.provisional or held.overdue):
        found.append(("hearing", "hearing", held.due))
    found += [
        ("third_party", one.key, one.due)
        for one in case.third_parties.values()
        if one.open and one.due is not None and not one.provisional
    ]
    return tuple(found)


def asked_for(case: Case) -> bool:
    """Whether a request of the holder waits for its decision."""
    put_off = any(held.pending for held in case.obligations.values())
    renewed = case.term is not None and case.term.pending is not None
    return put_off or renewed or case.amendment is not None


TermKind = Literal["term", "term_reminder"]


def term_dues(case: Case) -> Iterator[tuple[TermKind, date]]:
    """The last day of what was granted for a term, and the day before its holder is reminded of
    it; none if it does not end by itself. Nothing fires on a provisional date."""
    term = case.term
    if term is None or not term.runs or term.due is None or term.provisional:
        return
    yield "term", term.due
    if to_remind(term) and term.warn_on is not None:
        yield "term_reminder", term.warn_on - timedelta(days=1)
