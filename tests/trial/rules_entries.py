"""What must hold of the credit entries of a party: told, heard, made, published, repaired.

As in `rules.py` each rule is worked out from the log, not asked of what is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from permits.casework.envelope import Envelope, Event
from permits.casework.families import credit, parties
from permits.definitions.procedure import Role
from tests.trial.world import PartyStep

Log = Sequence[tuple[Envelope, Event]]

MOST_DISCLOSED = 5
"""So many years an entry is disclosed at most (河南省社会信用条例 art. 19)."""


def standing(log: Log, on: date) -> list[str]:
    """The entries that count on a day: made, not repaired, and still disclosed."""
    found: dict[str, date] = {}
    for _at, event in log:
        match event:
            case credit.EntryMade():
                found[event.entry] = event.until
            case credit.RepairDecided(granted=True):
                found.pop(event.entry, None)
            case parties.PartySucceeded():
                made = (one for one in event.entries if one.status == "entered" and one.until)
                found |= {one.name: one.until for one in made if one.until}
            case _:
                pass
    return [name for name, until in found.items() if on <= until]


def years_on(day: date, years: int) -> date:
    """The corresponding day; the last of February if there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True)
class _Seen:
    """What a record tells up to one of its events."""

    log: Log

    def last(self, kind: type[Any], entry: str) -> tuple[Envelope, Any] | None:
        found = [(at, e) for at, e in self.log if isinstance(e, kind) and e.entry == entry]
        return found[-1] if found else None


def nothing_is_entered_unheard(step: PartyStep) -> None:
    """An entry is told before it is made, by others than who decides an objection, and not while
    its party may still object, or waits for its answer."""
    for at, event in step.log[step.before.version :]:
        seen = _Seen(tuple(step.log[: at.seq - 1]))
        match event:
            case credit.EntryMade(entry=name):
                _heard(step, seen, name, at)
                longest = years_on(at.effective_at, MOST_DISCLOSED)
                assert event.until <= longest, f"{name} is disclosed for more than five years"
            case credit.ObjectionDecided(entry=name):
                noticed = seen.last(credit.EntryNoticed, name)
                assert noticed is None or noticed[0].actor != at.actor, "one proposed and decided"
            case _:
                pass


def _heard(step: PartyStep, seen: _Seen, name: str, at: Envelope) -> None:
    noticed, objected, answered = (
        seen.last(kind, name)
        for kind in (credit.EntryNoticed, credit.EntryObjected, credit.ObjectionDecided)
    )
    taken_over = noticed is None and step.after.predecessors
    assert noticed or taken_over, f"{name} was entered without notice"
    if noticed and not objected:
        due, provisional = noticed[1].due, noticed[1].provisional
        assert provisional or due < at.effective_at, "entered before it was heard"
    if objected:
        assert answered and not answered[1].upheld, "entered against an objection"


def only_what_was_entered_is_published(step: PartyStep) -> None:
    """By the timer, from its day on, as long as it stands; after that it was told and heard."""
    for at, event in step.log[step.before.version :]:
        if not isinstance(event, credit.EntryPublished):
            continue
        seen = _Seen(tuple(step.log[: at.seq - 1]))
        made = seen.last(credit.EntryMade, event.entry)
        assert made or step.after.predecessors, "published without having been entered"
        assert at.role == Role.TIMER
        assert event.entry in standing(seen.log, at.effective_at), "published, and does not stand"
        if made:
            _heard(step, seen, event.entry, made[0])
            due = made[1].due
            assert due is None or due <= at.effective_at, "published before its day"
            assert seen.last(credit.EntryPublished, event.entry) is None, "published twice"


OF_PARTIES = (nothing_is_entered_unheard, only_what_was_entered_is_published)
