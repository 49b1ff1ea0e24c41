"""The counter family: what was done for an applicant on paper, and visits."""

from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.counter import Capacity, OfficeVisit, Purpose
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, acted
from permits.casework.parts import HandedIn, Seal


class ActedForApplicant(Event, frozen=True):
    """What stands beside this in the same command was done at the window for the applicant, whom
    the envelope names. `came_on` is the day the paper came, `name` seals who brought or sent it,
    `scans` are of the signed paper and of an agent's authorisation, `authorised` under which name
    the record of the party has the agent; empty if nobody was authorised there."""

    came_on: date
    name: Seal
    capacity: Capacity
    in_person: bool
    scans: tuple[HandedIn, ...]
    authorised: str = ""


class VisitRecorded(Event, frozen=True):
    """Somebody was at the counter; `by_hand` if nothing else in the log says so."""

    on: date
    purpose: Purpose
    by_hand: bool


class VisitTakenBack(Event, frozen=True):
    """Nobody was at the counter then; `visit` is its place among all that were recorded, from
    1."""

    visit: int
    reason: Seal


def _acted(case: Case, _e: ActedForApplicant, at: Envelope) -> Case:
    return acted(case, at)


def _visited(case: Case, e: VisitRecorded, _at: Envelope) -> Case:
    new = OfficeVisit(e.on, e.purpose, e.by_hand)
    return replace(case, recorded_visits=(*case.recorded_visits, new))


def _taken_back(case: Case, e: VisitTakenBack, _at: Envelope) -> Case:
    held = list(case.recorded_visits)
    held[e.visit - 1] = replace(held[e.visit - 1], taken_back=True)
    return replace(case, recorded_visits=tuple(held))


FOLDS: Folds = {
    ActedForApplicant: _acted,
    VisitRecorded: _visited,
    VisitTakenBack: _taken_back,
}
