"""How the saving of a case is made up: each material, each day, each stay."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from permits.casework import figures, rows, savings
from permits.casework.dates import day_of
from permits.casework.due_dates import days_used
from permits.casework.families.clocks import ClockSuspended
from permits.casework.figures import FactsRow
from permits.casework.savings import Days
from permits.casework.working_days import WorkingDays
from permits.definitions.parts import Basis
from permits.definitions.procedure import Phase
from permits.definitions.schema import TrackName
from permits.definitions.tracks import Commitment, Track
from permits.web import explaining
from permits.web.dossier import Dossier
from permits.web.explaining import Term

Fate = Literal["handed_in", "exempt", "shared", "committed", "deferred", "not_handed_in"]
"""What became of a material. What was asked for and is not there was accepted by silence, or may
still come."""


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the ordinary track, and what became of it in this case."""

    title: str
    fate: Fate
    saved: bool
    basis: Basis
    instead: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A material the ordinary track asks of other cases, with the condition this one does not
    meet."""

    title: str
    condition: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """A special procedure with the working days it lasted; None while it lasts, and if a year is
    not published."""

    cause: str
    after: date
    until: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """How long the case stood in a state; `until` is None where it still stands."""

    title: str
    code: int
    since: datetime
    until: datetime | None
    last: bool
    days: int | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Everything the figures of a case are made of, from its log."""

    facts: FactsRow
    counts: bool
    ordinary: Track
    materials: tuple[Material, ...]
    signed: tuple[Commitment, ...]
    not_asked: tuple[NotAsked, ...]
    days: Days | None
    term: Term | None
    suspensions: tuple[Suspension, ...]
    stays: tuple[Stay, ...]

    @property
    def unknown_years(self) -> tuple[int, ...]:
        """The years whose calendar is missing, if that is why no days are reckoned."""
        return self.term.explanation.unknown_years if self.term is not None else ()


def reckon(case: Dossier, calendar: WorkingDays) -> Reckoning:
    """The saving of a case, made anew from its log with the rules its figures are made by."""
    found = savings.materials(case.case, case.definition, case.edition.conditions)
    counts = savings.stands(case.case)
    return Reckoning(
        facts=figures.facts_row(case.case, case.edition, calendar),
        counts=counts,
        ordinary=case.definition.tracks[TrackName.ORDINARY],
        materials=tuple(_material(case, found, name, counts=counts) for name in found.baseline),
        signed=tuple(case.definition.commitments[name] for name in _signed(case)),
        not_asked=tuple(_not_asked(case, found)),
        days=savings.days(case.case, case.definition, calendar),
        term=explaining.of_decision(case, calendar),
        suspensions=tuple(_suspensions(case, calendar)),
        stays=tuple(_stays(case, calendar)),
    )


def _material(case: Dossier, found: savings.Materials, name: str, *, counts: bool) -> Material:
    definition, rule = case.definition, case.definition.materials[name]
    fate = _fate(found, name)
    return Material(
        title=rule.title.in_(case.language),
        fate=fate,
        saved=counts and name in found.saved,
        basis=rule.basis,
        instead=tuple(
            definition.commitments[one]
            for one in _signed(case)
            if fate != "handed_in" and name in definition.commitments[one].covers
        ),
    )


def _signed(case: Dossier) -> list[str]:
    """The commitments of the track that were signed; one that was withdrawn belongs to another."""
    signed = {signature.commitment for signature in case.case.commitments}
    wanted = case.definition.tracks[TrackName(case.case.track)].commitments
    return [name for name in wanted if name in signed]


def _fate(found: savings.Materials, name: str) -> Fate:
    if name in found.handed_in:
        return "handed_in"
    if name in found.deferred:
        return "deferred"
    match found.saved.get(name):
        case "exempt" | "shared" | "committed" as cause:
            return cause
        case _:
            return "not_handed_in"


def _not_asked(case: Dossier, found: savings.Materials) -> list[NotAsked]:
    return [
        NotAsked(
            rule.title.in_(case.language),
            case.definition.conditions[rule.when].says.in_(case.language),
        )
        for name, rule in case.definition.materials.items()
        if name not in found.baseline
        and rule.when is not None
        and rule.tracks[TrackName.ORDINARY] == "supplied"
    ]


def _suspensions(case: Dossier, calendar: WorkingDays) -> list[Suspension]:
    """The suspensions of the promised limit. A pause does not keep its cause; the event does."""
    causes = {
        event.after: event.cause
        for _at, event in case.record.entries
        if isinstance(event, ClockSuspended)
    }
    return [
        Suspension(
            cause=causes[pause.after],
            after=pause.after,
            until=pause.until,
            days=days_used(calendar, pause.after, pause.until) if pause.until else None,
        )
        for pause in savings.promise_pauses(case.case, case.definition)
    ]


def _stays(case: Dossier, calendar: WorkingDays) -> list[Stay]:
    """By when it really happened: a day that holds in law may be an earlier one."""
    found = []
    for stay in rows.intervals(case.case.id, case.record.entries):
        state = case.definition.chart.states[stay.state]
        last = state.phase is Phase.ENDED
        until = day_of(stay.left_at) if stay.left_at else case.today
        since = day_of(stay.entered_at)
        days = None if last or until < since else days_used(calendar, since, until)
        title = state.title.in_(case.language)
        found.append(Stay(title, stay.code, stay.entered_at, stay.left_at, last, days))
    return found
