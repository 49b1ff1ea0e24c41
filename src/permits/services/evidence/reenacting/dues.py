"""Every date a case holds is reckoned anew from what the case holds beside it, whatever event put
it there: by the same rules, under the calendar it names."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from permits.casework.afterwards import Term
from permits.casework.case import Case, Clock, Obligation
from permits.casework.decide.dating import came
from permits.casework.decide.fees import FEE_WARNING
from permits.casework.decide.hearings import WARNED as HEARING_WARNED
from permits.casework.decide.others import WARNED as PARTY_WARNED
from permits.casework.due_dates import Length, Pause, reckon, warn_from
from permits.casework.heard import Hearing, OpinionRequest, ThirdParty
from permits.casework.ledger import Fee
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.schema import Due
from permits.evidence.findings import Amiss
from permits.services.evidence.reenacting.books import Books
from permits.services.evidence.reenacting.facts import Wrong

Reckoned = tuple[date | None, bool, date | None]
"""Due, whether that is provisional, and from when it is close."""

NONE: Reckoned = (None, False, None)


def wrong_dues(before: Case, after: Case, edition: Edition, books: Books) -> list[Wrong]:
    """The dates that a command left otherwise than they are to be reckoned."""
    found = []
    for name, held in _changed(before, after):
        if held.due is None and not held.calendar:
            continue  # it has no date, and never had
        calendar = books.calendars.get(held.calendar)
        if calendar is None:
            found.append(Wrong(Amiss.CALENDAR_MISSING, 0, (held.calendar,)))
            continue
        should = _RECKON[type(held)](held, after, edition, calendar)
        stands = (held.due, held.provisional, held.warn_on)
        if should is not None and stands != should:
            says = (name, str(held.due), str(should[0]))
            found.append(Wrong(Amiss.DUE_DIFFERS, 0, says))
    return found


def _changed(before: Case, after: Case) -> Iterator[tuple[str, Any]]:
    """Everything with a date that a command changed, by its name."""
    kept: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = [
        (before.clocks, after.clocks),
        (before.obligations, after.obligations),
        (before.fees, after.fees),
        (before.requests, after.requests),
        (before.third_parties, after.third_parties),
        ({"term": before.term}, {"term": after.term}),
        ({"hearing": before.hearing}, {"hearing": after.hearing}),
    ]
    for old, new in kept:
        for name, held in new.items():
            if held is not None and old.get(name) != held:
                yield name, held


def _due(
    calendar: WorkingDays,
    start: date,
    terms: tuple[Length, ...],
    warned: int,
    pauses: tuple[Pause, ...] = (),
) -> Reckoned:
    found = reckon(calendar, start, terms[0], pauses, terms[1:])
    if found.due is None:
        return NONE
    return found.due, found.provisional, warn_from(calendar, start, found.due, warned)


def _clock(held: Clock, _case: Case, edition: Edition, calendar: WorkingDays) -> Reckoned | None:
    if held.pauses and held.pauses[-1].until is None:
        return None, held.provisional, None
    warned = edition.definition.clocks[held.name].warn_days_left
    length, longer = held.terms
    return _due(calendar, held.starts_on, (length, *longer), warned, held.pauses)


def _duty(
    held: Obligation, case: Case, edition: Edition, calendar: WorkingDays
) -> Reckoned | None:
    if held.status != "open":
        return None
    rule = edition.definition.obligations[held.name]
    if held.ordered_on is not None:
        terms = (Length.parse(held.within),)
        return _due(calendar, held.ordered_on, terms, rule.warn_days_left)
    longer = tuple(map(Length.parse, held.extensions))
    return _earliest(rule.due, case, calendar, rule.warn_days_left, longer)


def _fee(held: Fee, case: Case, edition: Edition, calendar: WorkingDays) -> Reckoned | None:
    if held.cancelled or held.deferred or held.amount_fen <= 0:
        return NONE if held.cancelled or held.deferred else None
    if held.balance_fen <= 0:
        return None
    rule = edition.definition.fees[held.name]
    due = rule.deferral.lost if held.lost and rule.deferral is not None else rule.due
    return _earliest(due, case, calendar, FEE_WARNING, ())


def _earliest(
    rule: Due, case: Case, calendar: WorkingDays, warned: int, longer: tuple[Length, ...]
) -> Reckoned:
    found = [
        _due(calendar, on, (Length.parse(one.plus), *longer), warned)
        for one in rule.earliest
        if (on := came(case, one.milestone)) is not None
    ]
    dated = [(due, provisional, warn) for due, provisional, warn in found if due is not None]
    if not dated:
        return NONE
    due, _provisional, warn = min(dated, key=lambda one: one[0])
    return due, any(provisional for _d, provisional, _w in dated), warn


def _term(held: Term, _case: Case, edition: Edition, calendar: WorkingDays) -> Reckoned | None:
    rule = edition.definition.term
    warned = rule.warn_days_left if rule is not None else 0
    terms = (Length.parse(held.length), *map(Length.parse, held.renewals))
    return _due(calendar, held.starts_on, terms, warned)


def _request(
    held: OpinionRequest, _case: Case, edition: Edition, calendar: WorkingDays
) -> Reckoned | None:
    if held.paused:
        return None, held.provisional, None
    review = edition.definition.joint_review
    warned = review.departments[held.asked].warn_days_left if review is not None else 0
    return _due(calendar, held.starts_on, (Length.parse(held.within),), warned, held.pauses)


def _hearing(
    held: Hearing, _case: Case, edition: Edition, calendar: WorkingDays
) -> Reckoned | None:
    rule = edition.definition.hearing
    if rule is None or held.due is None or held.stage not in ("told", "awaited"):
        return None
    terms = (Length.parse(getattr(rule, held.term)),)
    return _due(calendar, held.since, terms, HEARING_WARNED)


def _party(
    held: ThirdParty, _case: Case, edition: Edition, calendar: WorkingDays
) -> Reckoned | None:
    rule = edition.definition.third_parties
    terms = (Length.parse(rule.within if rule is not None else "0d"),)
    return _due(calendar, held.told_on, terms, PARTY_WARNED)


_RECKON: Mapping[type, Callable[[Any, Case, Edition, WorkingDays], Reckoned | None]] = {
    Clock: _clock,
    Obligation: _duty,
    Fee: _fee,
    Term: _term,
    OpinionRequest: _request,
    Hearing: _hearing,
    ThirdParty: _party,
}
