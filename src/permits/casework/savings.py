"""What a case saved against the ordinary procedure: materials and working days, and how so.

Materials saved are those of the ordinary track that the applicant did not have to hand in, by
cause; what is only deferred still has to come and is not saved, and what another office was to
share is saved only where it came. Working days saved are the days the ordinary track promises
less the working days used up to the decision, suspensions left out.
Only a case that was granted, and whose grant stands, saves anything; days may be negative.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from permits.casework.case import Case
from permits.casework.due_dates import Pause, days_used
from permits.casework.shared import came
from permits.casework.tracks import is_settled, treatment
from permits.casework.working_days import WorkingDays
from permits.definitions.conditions import Condition
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition, TrackName, Treatment

SAVED = (Treatment.EXEMPT, Treatment.SHARED, Treatment.COMMITTED)
"""Treatments that save a material, named as the causes of the saving."""


class Materials(msgspec.Struct, frozen=True):
    """The materials of the ordinary track and what became of each, by name."""

    baseline: tuple[str, ...]
    handed_in: tuple[str, ...]
    saved: dict[str, str]
    deferred: tuple[str, ...]

    def by(self, cause: Treatment) -> int:
        return sum(1 for why in self.saved.values() if why == cause)


class Days(msgspec.Struct, frozen=True):
    """Working days from acceptance to decision. `used` is net of suspensions; None if a year
    they fall in is not published, and then nothing can be said to be saved."""

    accepted_on: date
    decided_on: date
    pauses: tuple[Pause, ...]
    used: int | None
    suspended: int | None
    promised: int
    statutory: int

    @property
    def saved(self) -> int | None:
        return None if self.used is None else self.promised - self.used

    @property
    def saved_statutory(self) -> int | None:
        return None if self.used is None else self.statutory - self.used


def materials(
    case: Case, definition: Definition, conditions: Mapping[str, Condition]
) -> Materials:
    """What became of each material of the ordinary track that applies to this case."""
    track = TrackName(case.track)
    baseline = tuple(
        name
        for name, material in definition.materials.items()
        if material.tracks[TrackName.ORDINARY] is Treatment.SUPPLIED
        and (material.when is None or conditions[material.when].holds(case.answers, {}))
    )
    treated = {
        name: treatment(definition.materials[name], track, case.answers, conditions)
        for name in baseline
    }
    settled = {
        n for n in baseline if is_settled(definition.materials[n], case.answers, conditions)
    }
    return Materials(
        baseline=baseline,
        handed_in=tuple(n for n in baseline if n in case.materials),
        saved={
            n: t.value for n, t in treated.items() if _spared(case, n, t, settled=n in settled)
        },
        deferred=tuple(
            n for n, t in treated.items() if n not in case.materials and t is Treatment.DEFERRED
        ),
    )


def _spared(case: Case, name: str, treatment: Treatment, *, settled: bool) -> bool:
    """Whether a material did not have to be handed in. What was to be shared is spared only if it
    really came, or if another case of the project has settled it."""
    if name in case.materials or treatment not in SAVED:
        return False
    return settled or treatment is not Treatment.SHARED or came(case, name)


def days(case: Case, definition: Definition, calendar: WorkingDays) -> Days | None:
    """The working days up to the decision; None while there is none. What was decided anew is
    reckoned from the day it was opened again."""
    accepted = case.milestones.get(begun(case))
    decided = case.milestones.get(Milestone.DECIDED)
    if accepted is None or decided is None:
        return None
    pauses = promise_pauses(case, definition)
    used = days_used(calendar, accepted, decided, pauses)
    gross = days_used(calendar, accepted, decided)
    ordinary = definition.tracks[TrackName.ORDINARY]
    return Days(
        accepted_on=accepted,
        decided_on=decided,
        pauses=pauses,
        used=used,
        suspended=None if used is None or gross is None else gross - used,
        promised=int(ordinary.promised.removesuffix("wd")),
        statutory=int(ordinary.statutory.removesuffix("wd")),
    )


def begun(case: Case) -> Milestone:
    """What the office's time runs from: acceptance, or the day it had to decide anew."""
    return Milestone.REOPENED if Milestone.REOPENED in case.milestones else Milestone.ACCEPTED


def promise_pauses(case: Case, definition: Definition) -> tuple[Pause, ...]:
    """The suspensions of the clock that runs for the promised limit."""
    promised = (n for n, rule in definition.clocks.items() if rule.length.track == "promised")
    return next((case.clocks[n].pauses for n in promised if n in case.clocks), ())


def stands(case: Case) -> bool:
    """Whether the case was granted and the grant was neither revoked nor annulled."""
    granted = case.decision is not None and case.decision.result == "granted"
    return granted and {Milestone.REVOKED, Milestone.ANNULLED}.isdisjoint(case.milestones)
