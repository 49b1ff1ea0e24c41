"""An ordinary case as it would have gone by notice and commitment: a pure function of its log.

What the case really handed in, how long it really took and who really acted in it stand against
what the commitment track asks of the same answers. Whether its applicant would have kept the
commitment no case of the ordinary track can tell.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from permits.casework import savings
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.deciding import Decided
from permits.casework.families.filing import Accepted
from permits.casework.tracks import shut, treatment
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import OFFICERS
from permits.definitions.schema import Definition, TrackName, Treatment

WhyNot = Literal["shut", "unreckoned", "unasked"]
"""Why nothing can be said of a decided case: its answers are excluded from the commitment track or
not admitted to it; its days lie in a year that is not published or contradict each other; a
condition of today's definition cannot be asked of its answers."""


class Moved(msgspec.Struct, frozen=True):
    """One decided ordinary case, and the same on the commitment track.

    `used` are the net working days it took, `after` those the commitment track takes: none if it
    is decided on the spot, else as many as are promised. `exempt`, `shared` and `committed` are
    materials it handed in and would not have had to, `deferred` those it could have handed in
    later. `acts` are the steps of officers after the acceptance, up to and including the decision,
    by role; `acts_after` how many steps that takes on the commitment track. `refused` says that it
    was refused on examination.
    """

    used: int
    after: int
    exempt: int
    shared: int
    committed: int
    deferred: int
    acts: tuple[tuple[str, int], ...]
    acts_after: int
    refused: bool

    @property
    def materials(self) -> int:
        """Materials saved, by whatever cause. What is deferred still has to come."""
        return self.exempt + self.shared + self.committed

    @property
    def days(self) -> int:
        """Working days saved; negative if the promise is longer than the case took."""
        return self.used - self.after

    @property
    def acts_saved(self) -> int:
        return sum(times for _role, times in self.acts) - self.acts_after


class Terms(NamedTuple):
    """What a case is moved by: the edition it was filed under, today's, and the calendar. With
    `everyone`, as if the track excluded nobody and admitted everybody."""

    own: Edition
    today: Edition
    calendar: WorkingDays
    everyone: bool = False


def moved(case: Case, entries: Iterable[tuple[Envelope, Event]], terms: Terms) -> Moved | WhyNot:
    """A decided case of the ordinary track on the commitment track of today's edition, or why that
    cannot be said."""
    today = terms.today
    try:
        if not terms.everyone and shut(today, TrackName.COMMITMENT, case.answers) is not None:
            return "shut"
        treated = _treated(case, today)
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
        return "unasked"
    used = _used(case, terms.own.definition, terms.calendar)
    if used is None:
        return "unreckoned"
    acts = _acts(entries)
    return Moved(
        used=used,
        after=days_after(today.definition),
        exempt=treated[Treatment.EXEMPT],
        shared=treated[Treatment.SHARED],
        committed=treated[Treatment.COMMITTED],
        deferred=treated[Treatment.DEFERRED],
        acts=acts,
        acts_after=1
        if today.on_the_spot(TrackName.COMMITMENT)
        else sum(times for _role, times in acts),
        refused=case.decision is not None and case.decision.result == "refused",
    )


def days_after(definition: Definition) -> int:
    """The working days from acceptance to decision on the commitment track: the promise, used to
    its last day, or none where it is decided on the spot. KeyError if there is no such track."""
    track = definition.tracks[TrackName.COMMITMENT]
    return 0 if track.on_the_spot else int(track.promised.removesuffix("wd"))


def _treated(case: Case, today: Edition) -> Counter[Treatment]:
    """What the commitment track does with the materials that the case handed in."""
    return Counter(
        treatment(material, TrackName.COMMITMENT, case.answers, today.conditions)
        for name, material in today.definition.materials.items()
        if name in case.materials and material.tracks[TrackName.ORDINARY] is Treatment.SUPPLIED
    )


def _used(case: Case, definition: Definition, calendar: WorkingDays) -> int | None:
    try:
        spent = savings.days(case, definition, calendar)
    except ValueError:
        return None
    return None if spent is None else spent.used


def _acts(entries: Iterable[tuple[Envelope, Event]]) -> tuple[tuple[str, int], ...]:
    """Steps of officers between acceptance and first decision, by role: each command is one."""
    commands: dict[str, str] = {}
    accepting, decided = "", False
    for envelope, event in entries:
        if isinstance(event, Accepted):
            accepting = envelope.command
        elif _step(envelope, accepting) and not decided:
            commands[envelope.command] = envelope.role
        decided = decided or isinstance(event, Decided)
    return tuple(sorted(Counter(commands.values()).items()))


def _step(envelope: Envelope, accepting: str) -> bool:
    """Whether an officer did something after the command by which the case was accepted."""
    return bool(accepting) and envelope.command != accepting and envelope.role in OFFICERS
