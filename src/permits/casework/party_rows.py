"""What tables hold of a party: rows for lists and the timer, pure functions of it."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from permits.casework.party import Entry, Party

TaskKind = Literal["draft", "enter", "objection", "repair", "review"]
"""A breach to look at, an entry to make or drop after notice, an objection or an application for
repair to decide, a legal review."""


class PartyRow(msgspec.Struct, frozen=True):
    """One row for each party; `successor` is empty unless it was merged."""

    code: str
    name: str
    successor: str


class PartyNameRow(msgspec.Struct, frozen=True):
    """A name and the day since which it was borne."""

    code: str
    since: date
    name: str


class EntryRow(msgspec.Struct, frozen=True):
    """A credit entry that was made, for the public list and the timer. `publish_on` is the day on
    which it is to be published, None once it was or need not be."""

    code: str
    entry: str
    kind: str
    degree: str
    number: str
    permit: str
    office: str
    department: str
    entered_on: date
    until_on: date
    publish_on: date | None
    published_on: date | None
    repaired_on: date | None


class BarRow(msgspec.Struct, frozen=True):
    """A bar that was not lifted, and its last day."""

    code: str
    bar: str
    ground: str
    until_on: date


class TaskRow(msgspec.Struct, frozen=True):
    """Something of a party that waits for officers; `sort_on` is the due date, or the last day
    there is."""

    code: str
    kind: TaskKind
    name: str
    number: str
    permit: str
    office: str
    department: str
    since: date
    due_on: date | None
    sort_on: date


def party_row(party: Party) -> PartyRow:
    return PartyRow(party.code, party.name, party.successor)


def name_rows(party: Party) -> tuple[PartyNameRow, ...]:
    """Every name by its day; of two of one day the later one."""
    by_day = {one.since: one.name for one in party.names}
    return tuple(PartyNameRow(party.code, since, name) for since, name in by_day.items())


def entry_rows(party: Party) -> tuple[EntryRow, ...]:
    """The entries that were made; none of a party that was merged, whose successor has them."""
    if party.successor:
        return ()
    return tuple(
        _entry(party.code, one, one.entered_on, one.until)
        for one in party.entries.values()
        if one.entered_on and one.until
    )


def _entry(code: str, entry: Entry, entered_on: date, until: date) -> EntryRow:
    waits = entry.publication if entry.status == "entered" and not entry.published_on else None
    return EntryRow(
        code=code,
        entry=entry.name,
        kind=entry.kind,
        degree=entry.degree,
        number=entry.number,
        permit=entry.permit,
        office=entry.office,
        department=entry.department,
        entered_on=entered_on,
        until_on=until,
        publish_on=waits.due if waits is not None else None,
        published_on=entry.published_on,
        repaired_on=entry.closed_on if entry.status == "repaired" else None,
    )


def bar_rows(party: Party) -> tuple[BarRow, ...]:
    """The bars that were not lifted; none of a party that was merged, whose successor has them."""
    held = party.bars.values() if not party.successor else ()
    return tuple(
        BarRow(party.code, bar.name, bar.ground, bar.until)
        for bar in held
        if bar.lifted_on is None
    )


def task_rows(party: Party) -> tuple[TaskRow, ...]:
    """What waits for officers. An entry that was told waits from then on; whether it may be made
    yet the date says."""
    return tuple(_tasks(party)) if not party.successor else ()


def _tasks(party: Party) -> Iterator[TaskRow]:
    for entry in party.entries.values():
        kind = task_of(entry)
        if kind is not None:
            due = entry.waits.due if entry.waits is not None else None
            yield TaskRow(
                code=party.code,
                kind=kind,
                name=entry.name,
                number=entry.number,
                permit=entry.permit,
                office=entry.office,
                department=entry.department,
                since=entry.repair_asked_on or entry.objected_on or entry.drafted_on,
                due_on=due,
                sort_on=due or date.max,
            )
    for review in party.reviews.values():
        if review.outcome is None:
            yield TaskRow(
                code=party.code,
                kind="review",
                name=review.name,
                number=review.number,
                permit=review.permit,
                office=review.office,
                department=review.department,
                since=review.opened_on,
                due_on=None,
                sort_on=date.max,
            )


def task_of(entry: Entry) -> TaskKind | None:
    """What an entry waits for from officers; None if for nothing."""
    match entry.status:
        case "drafted":
            return "draft"
        case "noticed" | "rejected":
            return "enter"
        case "objected":
            return "objection"
        case "entered":
            return "repair" if entry.repair_asked_on is not None else None
        case "dropped" | "repaired":
            return None
