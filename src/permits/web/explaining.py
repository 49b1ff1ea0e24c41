"""How a date is reckoned, day by day: for clocks, obligations and fees alike."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from permits.casework import savings
from permits.casework.case import Case
from permits.casework.decide.dating import came
from permits.casework.due_dates import Length, Pause
from permits.casework.due_explained import (
    ExplainedDay,
    Explanation,
    Reason,
    explain,
    explain_used,
)
from permits.casework.families.obligations import RectificationOrdered
from permits.casework.working_days import Notice, WorkingDays
from permits.definitions.duties import Due
from permits.definitions.parts import Basis
from permits.definitions.procedure import Milestone
from permits.text.words import words
from permits.web.dossier import Dossier

MOST_DAYS = 100
"""A longer term is shown in stretches of days of one kind."""

TOLD = frozenset({Reason.HOLIDAY, Reason.MAKE_UP_DAY, Reason.ROLLED_OVER, Reason.LAST_DAY})
"""Reasons for which it matters which festival it is, and which notice says so."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that count, or do not, for the same reason. Shorter terms have one for each
    day."""

    first: ExplainedDay
    last: ExplainedDay

    @property
    def single(self) -> bool:
        return self.first.date == self.last.date

    @property
    def told(self) -> bool:
        """Whether festival and notice belong to the reason."""
        return self.first.name is not None and self.first.reason in TOLD


class Cell(NamedTuple):
    """A day of a month; `day` is None for one that is not of the term."""

    number: int
    day: ExplainedDay | None


Week = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a term as a calendar shows it, whole."""

    first: date
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One way in which a date is reckoned: from which day, how long, with what left out."""

    milestone: Milestone | None
    length: Length
    extensions: tuple[Length, ...]
    pauses: tuple[Pause, ...]
    explanation: Explanation

    @property
    def start(self) -> date:
        return self.explanation.days[0].date

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        days = self.explanation.days
        if len(days) <= MOST_DAYS:
            return tuple(Stretch(day, day) for day in days)
        return tuple(_stretches(days))

    @property
    def months(self) -> tuple[Month, ...]:
        """The calendar of a term that is short enough to be looked at so."""
        days = self.explanation.days
        if len(days) > MOST_DAYS:
            return ()
        by_month = groupby(days, key=lambda day: (day.date.year, day.date.month))
        return tuple(_month(date(y, m, 1), tuple(group)) for (y, m), group in by_month)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that decided any of the days."""
        told = (d.notice for d in self.explanation.days if d.notice and d.reason in TOLD)
        return tuple(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Explained:
    """A date of a case with the terms it is the earliest of. `due` is what the case holds;
    `differs` if the calendar of today would say another day."""

    title: str
    says: str
    basis: Basis
    due: date | None
    provisional: bool
    terms: tuple[Term, ...]

    @property
    def differs(self) -> bool:
        found = [t.explanation.due for t in self.terms if t.explanation.due]
        return bool(found) and self.due is not None and min(found) != self.due


def of_clock(case: Dossier, calendar: WorkingDays, name: str) -> Explained | None:
    """The due date of a clock; None if the case has no such clock."""
    clock, rule = case.case.clocks.get(name), case.definition.clocks.get(name)
    if clock is None or rule is None:
        return None
    length, extensions = clock.terms
    found = explain(calendar, clock.starts_on, length, clock.pauses, extensions)
    term = Term(Milestone(clock.milestone), length, extensions, clock.pauses, found)
    title = rule.title.in_(case.language)
    return Explained(title, "", rule.basis, clock.due, clock.provisional, (term,))


def of_obligation(case: Dossier, calendar: WorkingDays, name: str) -> Explained | None:
    """The due date of an obligation; None if the case has no such obligation."""
    held, rule = case.case.obligations.get(name), case.definition.obligations.get(name)
    if held is None or rule is None:
        return None
    longer = tuple(map(Length.parse, held.extensions))
    terms, basis = _earliest(case.case, calendar, rule.due, longer), rule.due.basis
    ordered = _ordered_on(case, name)
    if ordered is not None and rule.rectify_within is not None:
        length = Length.parse(rule.rectify_within)
        terms = (Term(None, length, (), (), explain(calendar, ordered, length)),)
        basis = rule.rectify_basis or basis
    title, says = rule.title.in_(case.language), rule.says.in_(case.language)
    return Explained(title, says, basis, held.due, held.provisional, terms)


def of_fee(case: Dossier, calendar: WorkingDays, name: str) -> Explained | None:
    """The due date of a fee; None if the case has no such fee."""
    fee, rule = case.case.fees.get(name), case.definition.fees.get(name)
    if fee is None or rule is None:
        return None
    due = rule.deferral.lost if fee.lost and rule.deferral is not None else rule.due
    terms = _earliest(case.case, calendar, due)
    title = rule.title.in_(case.language)
    return Explained(title, "", due.basis, fee.due, fee.provisional, terms)


def of_term(case: Dossier, calendar: WorkingDays, _name: str = "") -> Explained | None:
    """The last day of a grant that holds for a term; None if it holds for good."""
    _ = words(case.language).gettext
    held, rule = case.case.term, case.definition.term
    if held is None or rule is None:
        return None
    length, longer = Length.parse(held.length), tuple(map(Length.parse, held.renewals))
    found = explain(calendar, held.starts_on, length, (), longer)
    term = Term(Milestone.GRANTED, length, longer, (), found)
    return Explained(_("Valid until"), "", rule.basis, held.due, held.provisional, (term,))


def of_decision(case: Dossier, calendar: WorkingDays) -> Term | None:
    """The days from acceptance to the decision; None while there is none."""
    spent = savings.days(case.case, case.definition, calendar)
    if spent is None:
        return None
    first, last = spent.accepted_on, spent.decided_on
    days = explain_used(calendar, first, last, spent.pauses)
    found = Explanation(last, calendar.unknown_years(first, last), days=days)
    return Term(savings.begun(case.case), Length(spent.used or 0, "wd"), (), spent.pauses, found)


def _earliest(
    case: Case, calendar: WorkingDays, due: Due, longer: tuple[Length, ...] = ()
) -> tuple[Term, ...]:
    found = []
    for after in due.earliest:
        start = came(case, after.milestone)
        if start is not None:
            length = Length.parse(after.plus)
            shown = explain(calendar, start, length, (), longer)
            found.append(Term(Milestone(after.milestone), length, longer, (), shown))
    return tuple(found)


def _ordered_on(case: Dossier, name: str) -> date | None:
    """The day on which it was last ordered to put a breach right."""
    days = [
        envelope.effective_at
        for envelope, event in case.record.entries
        if isinstance(event, RectificationOrdered) and event.obligation == name
    ]
    return days[-1] if days else None


def _stretches(days: Sequence[ExplainedDay]) -> Iterator[Stretch]:
    for _kind, group in groupby(days, key=lambda d: (d.reason, d.reason in TOLD and d.name)):
        same = list(group)
        yield Stretch(same[0], same[-1])


def _month(first: date, days: tuple[ExplainedDay, ...]) -> Month:
    """The weeks of the month, Monday to Sunday, with the days of the term in their places."""
    by_day = {day.date.day: day for day in days}
    last = monthrange(first.year, first.month)[1]
    before: list[Cell | None] = [None] * first.weekday()
    cells = before + [Cell(number, by_day.get(number)) for number in range(1, last + 1)]
    cells += [None] * (-len(cells) % 7)
    return Month(first, tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)))
