"""How a date is reckoned: every day with whether it counts and why."""

from datetime import date

from pydantic import Field

from permits.casework.due_dates import Pause
from permits.casework.due_explained import ExplainedDay, Reason
from permits.definitions.schema import Law
from permits.text import milestones
from permits.text.names import said
from permits.text.words import Language
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.explaining import Explained, Term


class ReckonedPause(Shown):
    """A suspension: the days after `after` up to and including `until` are not counted."""

    after: date
    until: date | None = Field(description="none while it lasts")


class ReckonedDay(Shown):
    """A day of a term. `number` counts the days that count, from 1."""

    date: date
    counted: bool
    number: int | None
    reason: Reason
    says: str = Field(description="the reason in words")
    festival: str | None = Field(description="the festival that decides it, if one does")
    notice: str | None = Field(description="the notice of the State Council that decides it")


class ReckonedTerm(Shown):
    """One way in which the date is reckoned."""

    milestone: Named | None = Field(description="what it runs from; none for an order")
    start: date = Field(description="the first day; it is not counted")
    length: str
    extensions: tuple[str, ...]
    pauses: tuple[ReckonedPause, ...]
    due: date | None = Field(description="none while it is suspended")
    unknown_years: tuple[int, ...] = Field(description="years without a published calendar")
    days: tuple[ReckonedDay, ...]


class ExplainedDate(Shown):
    """A date of a case with the terms it is the earliest of. `due` stands in the case; if it
    `differs`, the calendar of today would give another day."""

    name: str
    title: str
    says: str
    basis: Basis
    due: date | None
    provisional: bool
    differs: bool
    terms: tuple[ReckonedTerm, ...]


def explained_date(
    name: str, found: Explained, laws: dict[str, Law], language: Language
) -> ExplainedDate:
    """A date, explained."""
    return ExplainedDate(
        name=name,
        title=found.title,
        says=found.says,
        basis=basis(found.basis, laws, language),
        due=found.due,
        provisional=found.provisional,
        differs=found.differs,
        terms=tuple(_term(term, language) for term in found.terms),
    )


def _term(term: Term, language: Language) -> ReckonedTerm:
    start = term.milestone
    named = Named(name=start, title=milestones.milestone(start, language)) if start else None
    return ReckonedTerm(
        milestone=named,
        start=term.start,
        length=str(term.length),
        extensions=tuple(map(str, term.extensions)),
        pauses=tuple(map(_pause, term.pauses)),
        due=term.explanation.due,
        unknown_years=term.explanation.unknown_years,
        days=tuple(_day(day, language) for day in term.explanation.days),
    )


def _pause(pause: Pause) -> ReckonedPause:
    return ReckonedPause(after=pause.after, until=pause.until)


def _day(day: ExplainedDay, language: Language) -> ReckonedDay:
    return ReckonedDay(
        date=day.date,
        counted=day.counted,
        number=day.number,
        reason=day.reason,
        says=milestones.day_reason(day.reason, language),
        festival=said(day.name, language) if day.name else None,
        notice=day.notice.cited if day.notice else None,
    )
