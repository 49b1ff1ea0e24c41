"""What has been said about a case, as its events leave it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.following import followed
from permits.casework.parts import Seal
from permits.casework.voices import events as e

BAD = 2
"""A rating of this level or lower is followed up."""


class Notice(msgspec.Struct, frozen=True):
    """A notice: the last day on which anybody may object."""

    first: date
    until: date
    provisional: bool
    length: str

    def runs(self, today: date) -> bool:
        return self.first <= today <= self.until


class Objection(msgspec.Struct, frozen=True):
    """An objection, and its answer if there is one."""

    number: int
    about: e.About
    entered_on: date
    objector: Seal
    contact: Seal
    interest: Seal
    text: Seal
    receipt: Seal
    due: date
    provisional: bool
    email: bool = False
    outcome: e.Outcome | None = None
    reason: Seal = ""
    answered_on: date | None = None

    @property
    def open(self) -> bool:
        return self.outcome is None


class Rating(msgspec.Struct, frozen=True):
    """A rating and how it was followed up; `due` only where it is a bad one."""

    matter: e.Matter
    level: int
    on: date
    indicators: dict[e.Indicator, int]
    words: Seal | None
    publish: bool
    due: date | None
    provisional: bool
    reached_on: date | None = None
    reached: Seal = ""
    substantiated: bool | None = None
    finding: Seal = ""
    measures: Seal = ""
    reply: Seal = ""
    replied_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.due is not None and self.replied_on is None

    @property
    def in_time(self) -> bool | None:
        """Whether a bad one was replied to by its day; None before it was."""
        if self.due is None or self.replied_on is None:
            return None
        return self.replied_on <= self.due


class Awaits(NamedTuple):
    """Since when the office is to answer something, and by when; `provisional` while the calendar
    of that year was not published."""

    since: date
    due: date
    provisional: bool


class Voices(msgspec.Struct, frozen=True):
    """Everything that was said about a case; `case` is its stream."""

    case: str
    version: int = 0
    notice: Notice | None = None
    objections: tuple[Objection, ...] = ()
    ratings: dict[str, Rating] = {}
    invited: tuple[e.Matter, ...] = ()
    overdue: tuple[tuple[e.Awaited, str], ...] = ()

    @property
    def open(self) -> bool:
        """Whether anybody has still to answer something."""
        objected = any(one.open for one in self.objections)
        return objected or any(one.open for one in self.ratings.values())

    def awaited(self, kind: e.Awaited, name: str) -> Awaits | None:
        """By when the office is to answer; None if nothing waits for it."""
        if kind == "objection":
            one = self.objection(int(name)) if name.isdecimal() else None
            if one is None or not one.open:
                return None
            return Awaits(one.entered_on, one.due, one.provisional)
        rating = self.ratings.get(name)
        if rating is None or rating.due is None or not rating.open:
            return None
        return Awaits(rating.on, rating.due, rating.provisional)

    def objection(self, number: int) -> Objection | None:
        return next((one for one in self.objections if one.number == number), None)


def _notice(voices: Voices, event: e.NoticeOpened, _at: Envelope) -> Voices:
    notice = Notice(event.first, event.until, event.provisional, event.length)
    return replace(voices, notice=notice)


def _objected(voices: Voices, event: e.CaseObjected, at: Envelope) -> Voices:
    one = Objection(
        number=event.number,
        about=event.about,
        entered_on=at.effective_at,
        objector=event.objector,
        contact=event.contact,
        interest=event.interest,
        text=event.text,
        receipt=event.receipt,
        due=event.due,
        provisional=event.provisional,
        email=event.email,
    )
    return replace(voices, objections=(*voices.objections, one))


def _answered(voices: Voices, event: e.ObjectionAnswered, at: Envelope) -> Voices:
    after = tuple(
        replace(one, outcome=event.outcome, reason=event.reason, answered_on=at.effective_at)
        if one.number == event.number
        else one
        for one in voices.objections
    )
    return replace(voices, objections=after)


def _rated(voices: Voices, event: e.ServiceRated, at: Envelope) -> Voices:
    one = Rating(
        matter=event.matter,
        level=event.level,
        on=at.effective_at,
        indicators=event.indicators,
        words=event.words,
        publish=event.publish,
        due=event.due,
        provisional=event.provisional,
    )
    return replace(voices, ratings={**voices.ratings, event.matter: one})


def _followed(voices: Voices, event: Any, at: Envelope) -> Voices:
    rating = voices.ratings[event.matter]
    match event:
        case e.RaterReached():
            rating = replace(rating, reached_on=event.on, reached=event.words)
        case e.RatingExamined():
            rating = replace(rating, substantiated=event.substantiated, finding=event.finding)
        case e.RatingPutRight():
            rating = replace(rating, measures=event.measures)
        case _:
            rating = replace(rating, reply=event.reply, replied_on=at.effective_at)
    return replace(voices, ratings={**voices.ratings, event.matter: rating})


def _invited(voices: Voices, event: e.RatingInvited, _at: Envelope) -> Voices:
    return replace(voices, invited=(*voices.invited, event.matter))


def _overdue(voices: Voices, event: e.AnswerOverdue, _at: Envelope) -> Voices:
    return replace(voices, overdue=(*voices.overdue, (event.kind, event.name)))


FOLDS: Mapping[type[Event], Callable[[Voices, Any, Envelope], Voices]] = {
    e.NoticeOpened: _notice,
    e.CaseObjected: _objected,
    e.ObjectionAnswered: _answered,
    e.ServiceRated: _rated,
    e.RatingInvited: _invited,
    e.AnswerOverdue: _overdue,
    e.RaterReached: _followed,
    e.RatingExamined: _followed,
    e.RatingPutRight: _followed,
    e.RatingReplied: _followed,
}


def fold_all(voices: Voices, entries: Iterable[tuple[Envelope, Event]]) -> Voices:
    """The voices after some events."""
    return followed(_fold, voices, entries)


def _fold(voices: Voices, event: Event, envelope: Envelope) -> Voices:
    return replace(FOLDS[type(event)](voices, event, envelope), version=envelope.seq)
