"""What happened to a case, step by step: one line for everything a command brought about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from permits.casework.decide.minutes import Fact
from permits.casework.envelope import Envelope, Event
from permits.casework.families import (
    clocks,
    counter,
    documents,
    inspectors,
    obligations,
    opinions,
    terms,
)
from permits.text import names
from permits.text.told import SAYS
from permits.text.told.teller import Teller
from permits.text.words import Language, words

Entry = tuple[Envelope, Event]

NOBODY: Mapping[str, str] = {}


class Line(msgspec.Struct, frozen=True):
    """A step. `on` is the day it holds in law; `by_law` if nobody took it but time passed."""

    recorded_at: datetime
    on: date
    says: str
    more: tuple[str, ...]
    by: str
    by_law: bool


def history(
    entries: Iterable[Entry], teller: Teller, people: Mapping[str, str] = NOBODY
) -> tuple[Line, ...]:
    """The steps of a case, oldest first. Of `people`, by account, it is told whom somebody stood
    in for; of others only that somebody did."""
    steps = [list(group) for _command, group in groupby(entries, key=lambda e: e[0].command)]
    lines = (_line(step, teller, people) for step in steps)
    return tuple(line for line in lines if line is not None)


def foretold(facts: Iterable[Fact], teller: Teller) -> tuple[str, ...]:
    """What is going to happen, if it happens now: with the terms that begin, and documents
    without the numbers they do not have yet."""
    return tuple(says for fact in facts for says in _foretold(fact.event, teller) if says)


def _foretold(event: Event, teller: Teller) -> list[str]:
    _ = words(teller.language).gettext
    match event:
        case clocks.ClockStarted():
            filled = {"clock": teller.clock(event.clock), "due": teller.due(event.due)}
            return [_("Time limit begins: %(clock)s, due %(due)s") % filled]
        case documents.DocumentDrawnUp():
            title = teller.definition.documents[event.document].title.in_(teller.language)
            return [_("Document is drawn up: %(title)s") % {"title": title}]
        case obligations.CheckDrawn():
            filled = {"what": teller.duty(event.obligation), "share": str(event.share)}
            return [_("Lots are drawn for: %(what)s, in %(share)s of a hundred cases") % filled]
        case obligations.ObligationOpened() if teller.definition.obligations[
            event.obligation
        ].sample:
            return []
        case _:
            return SAYS[type(event)](teller, event)


def _line(step: Sequence[Entry], teller: Teller, people: Mapping[str, str]) -> Line | None:
    told = [says for event in _in_order(step) for says in SAYS[type(event)](teller, event) if says]
    if not told:
        return None
    first = step[0][0]
    return Line(
        recorded_at=first.recorded_at,
        on=first.effective_at,
        says=told[0],
        more=tuple(told[1:]),
        by=_who(step[0], teller.language, people),
        by_law=_by_law(step[0]),
    )


def _in_order(step: Sequence[Entry]) -> list[Event]:
    """The events of a step; who brought it on paper comes after what was done."""
    events = [event for _at, event in step]
    return sorted(events, key=lambda event: isinstance(event, _BESIDES))


_BESIDES = (counter.ActedForApplicant, counter.VisitRecorded)


_BY_NOBODY = (
    opinions.OpinionReminded,
    obligations.ObligationReminded,
    terms.TermReminded,
    inspectors.InspectorReplaced,
)
"""What the office does of itself without the law ending or beginning anything by it."""


def _by_law(entry: Entry) -> bool:
    """Whether the law brought it about; a reminder only goes out, a lot is only drawn."""
    envelope, event = entry
    return envelope.actor == "timer" and not isinstance(event, _BY_NOBODY)


def _who(entry: Entry, language: Language, people: Mapping[str, str]) -> str:
    """By whom, as a role: persons are not named, but for those in whose place somebody acted."""
    _ = words(language).gettext
    if _by_law(entry):
        return _("by law, as time passed")
    role = names.role(entry[0].role, language)
    if entry[0].in_place_of in people:
        filled = {"role": role, "name": people[entry[0].in_place_of]}
        return _("%(role)s, for %(name)s") % filled
    if entry[0].in_place_of:
        return _("%(role)s, by a substitute") % {"role": role}
    if entry[0].on_behalf:
        return _("%(role)s, for the applicant") % {"role": role}
    return role
