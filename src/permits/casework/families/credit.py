"""The credit family: an entry drafted, told beforehand, objected to, made, published, repaired."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.parts import Seal
from permits.casework.party import BreachKind, Degree, Entry, Party, Wait

PartyFolds = Mapping[type[Event], Callable[[Party, Any, Envelope], Party]]


class EntryDrafted(Event, frozen=True):
    """A breach was found in a case: an officer is to look at whether it is entered. `about` is the
    ground, obligation, or fee."""

    entry: str
    kind: BreachKind
    about: str
    case: str
    number: str
    permit: str
    office: str
    department: str


class EntryNoticed(Event, frozen=True):
    """The party was told in writing that the entry is intended, and on which grounds
    (河南省社会信用条例 art. 28). It may object until `due`."""

    entry: str
    degree: Degree
    grounds: Seal
    within: str
    due: date | None
    provisional: bool
    calendar: str


class EntryObjected(Event, frozen=True):
    """The party objected; to be decided by `due` (art. 41)."""

    entry: str
    statement: Seal
    within: str
    due: date | None
    provisional: bool
    calendar: str


class ObjectionChecked(Event, frozen=True):
    """The objection has to be checked with others, which takes longer (art. 41)."""

    entry: str
    reason: Seal
    within: str
    due: date | None
    provisional: bool
    calendar: str


class ObjectionDecided(Event, frozen=True):
    """Upheld, nothing is entered; else the entry may be made."""

    entry: str
    upheld: bool
    reason: Seal


class EntryDropped(Event, frozen=True):
    """Nothing is entered. `told` says whether the party had been told beforehand."""

    entry: str
    told: bool
    reason: Seal


class EntryMade(Event, frozen=True):
    """Entered. Disclosed up to and including `until` (art. 19), published on `due`."""

    entry: str
    until: date
    within: str
    due: date | None
    provisional: bool
    calendar: str


class EntryPublished(Event, frozen=True):
    """The entry stands in the public list."""

    entry: str


class RepairAsked(Event, frozen=True):
    """The party applied for credit repair (信用修复) and says what it put right; to be decided by
    `due` (art. 43)."""

    entry: str
    statement: Seal
    within: str
    due: date | None
    provisional: bool
    calendar: str


class RepairDecided(Event, frozen=True):
    """Repaired, the entry is off the list at once and counts no more; else it stands."""

    entry: str
    granted: bool
    reason: Seal


def _drafted(party: Party, e: EntryDrafted, at: Envelope) -> Party:
    return _with(
        party,
        Entry(
            name=e.entry,
            kind=e.kind,
            about=e.about,
            case=e.case,
            number=e.number,
            permit=e.permit,
            office=e.office,
            department=e.department,
            drafted_on=at.effective_at,
        ),
    )


def _noticed(party: Party, e: EntryNoticed, at: Envelope) -> Party:
    return _changed(
        party,
        e.entry,
        status="noticed",
        degree=e.degree,
        grounds=e.grounds,
        proposed_by=at.actor,
        proposed_for=at.in_place_of,
        noticed_on=at.effective_at,
        waits=Wait(at.effective_at, e.within, e.due, e.provisional),
    )


def _objected(party: Party, e: EntryObjected, at: Envelope) -> Party:
    return _changed(
        party,
        e.entry,
        status="objected",
        objection=e.statement,
        objected_on=at.effective_at,
        waits=Wait(at.effective_at, e.within, e.due, e.provisional),
    )


def _checked(party: Party, e: ObjectionChecked, at: Envelope) -> Party:
    since = party.entries[e.entry].objected_on or at.effective_at
    waits = Wait(since, e.within, e.due, e.provisional)
    return _changed(party, e.entry, checking=True, waits=waits)


def _decided(party: Party, e: ObjectionDecided, at: Envelope) -> Party:
    after = "dropped" if e.upheld else "rejected"
    closed = at.effective_at if e.upheld else None
    return _changed(party, e.entry, status=after, answer=e.reason, waits=None, closed_on=closed)


def _dropped(party: Party, e: EntryDropped, at: Envelope) -> Party:
    closed = {"reason": e.reason, "waits": None, "closed_on": at.effective_at}
    return _changed(party, e.entry, status="dropped", **closed)


def _made(party: Party, e: EntryMade, at: Envelope) -> Party:
    return _changed(
        party,
        e.entry,
        status="entered",
        entered_on=at.effective_at,
        until=e.until,
        waits=None,
        publication=Wait(at.effective_at, e.within, e.due, e.provisional),
    )


def _published(party: Party, e: EntryPublished, at: Envelope) -> Party:
    return _changed(party, e.entry, published_on=at.effective_at)


def _repair_asked(party: Party, e: RepairAsked, at: Envelope) -> Party:
    return _changed(
        party,
        e.entry,
        repair=e.statement,
        repair_asked_on=at.effective_at,
        waits=Wait(at.effective_at, e.within, e.due, e.provisional),
    )


def _repair_decided(party: Party, e: RepairDecided, at: Envelope) -> Party:
    changes: dict[str, Any] = {"repair_answer": e.reason, "waits": None}
    if e.granted:
        return _changed(party, e.entry, status="repaired", closed_on=at.effective_at, **changes)
    return _changed(party, e.entry, repair_asked_on=None, **changes)


def _changed(party: Party, name: str, **changes: Any) -> Party:
    return _with(party, replace(party.entries[name], **changes))


def _with(party: Party, entry: Entry) -> Party:
    return replace(party, entries={**party.entries, entry.name: entry})


FOLDS: PartyFolds = {
    EntryDrafted: _drafted,
    EntryNoticed: _noticed,
    EntryObjected: _objected,
    ObjectionChecked: _checked,
    ObjectionDecided: _decided,
    EntryDropped: _dropped,
    EntryMade: _made,
    EntryPublished: _published,
    RepairAsked: _repair_asked,
    RepairDecided: _repair_decided,
}
