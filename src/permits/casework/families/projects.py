"""The project family: what the cases of a construction project report to its stream."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.following import followed
from permits.casework.project import Hold, Kind, Member, Opens, Project
from permits.definitions.conditions import Answer


class ProjectOpened(Event, frozen=True):
    """The first case named the project; or one did again after no case was left in it."""

    code: str
    name: str
    party: str


class CaseAttached(Event, frozen=True):
    """A case belongs to the project; told again if it came to cover, answer or
    settle something else."""

    case: str
    number: str
    permit: str
    stages: tuple[str, ...]
    alike: dict[str, Answer]
    settles: tuple[str, ...]


class CaseReported(Event, frozen=True):
    """The milestones of a case as they now lie, and whether it was granted and still is."""

    case: str
    milestones: dict[str, date]
    stands: bool


class GateShut(Event, frozen=True):
    """Something is owed in a case, and until then the gates are shut; told again if the date by
    which it is owed has changed."""

    case: str
    kind: Kind
    name: str
    gates: tuple[str, ...]
    title: dict[str, str]
    opens: Opens
    due: date | None
    provisional: bool


class GateOpened(Event, frozen=True):
    """What was owed is settled, or nobody owes it any more."""

    case: str
    kind: Kind
    name: str


class CaseDetached(Event, frozen=True):
    """A case left the project: it names another one, or ended with nothing granted."""

    case: str


class ProjectTransferred(Event, frozen=True):
    """The developer was merged into another one, whose project it is from now on."""

    party: str


def _opened(project: Project, e: ProjectOpened, at: Envelope) -> Project:
    since = project.opened_on or at.effective_at
    return replace(project, name=e.name, party=e.party, opened_on=since)


def _transferred(project: Project, e: ProjectTransferred, _at: Envelope) -> Project:
    return replace(project, party=e.party)


def _attached(project: Project, e: CaseAttached, at: Envelope) -> Project:
    before = project.members.get(e.case)
    base = before or Member(e.case, e.number, e.permit)
    since = before.attached_on if before and before.attached else at.effective_at
    return _with(
        project,
        replace(
            base,
            number=e.number,
            stages=e.stages,
            alike=e.alike,
            settles=e.settles,
            attached_on=since,
            detached_on=None,
        ),
    )


def _reported(project: Project, e: CaseReported, _at: Envelope) -> Project:
    member = project.members[e.case]
    return _with(project, replace(member, milestones=e.milestones, stands=e.stands))


def _shut(project: Project, e: GateShut, _at: Envelope) -> Project:
    hold = Hold(e.kind, e.name, e.gates, e.title, e.opens, e.due, e.provisional)
    member = project.members[e.case]
    return _with(project, replace(member, holds={**member.holds, hold.key: hold}))


def _gate_opened(project: Project, e: GateOpened, _at: Envelope) -> Project:
    member = project.members[e.case]
    gone = f"{e.kind}/{e.name}"
    holds = {key: hold for key, hold in member.holds.items() if key != gone}
    return _with(project, replace(member, holds=holds))


def _detached(project: Project, e: CaseDetached, at: Envelope) -> Project:
    member = project.members[e.case]
    return _with(project, replace(member, holds={}, detached_on=at.effective_at))


def _with(project: Project, member: Member) -> Project:
    return replace(project, members={**project.members, member.case: member})


FOLDS: Mapping[type[Event], Callable[[Project, Any, Envelope], Project]] = {
    ProjectOpened: _opened,
    ProjectTransferred: _transferred,
    CaseAttached: _attached,
    CaseReported: _reported,
    GateShut: _shut,
    GateOpened: _gate_opened,
    CaseDetached: _detached,
}


def fold_project(project: Project, event: Event, envelope: Envelope) -> Project:
    """The project after one more event; a fold never refuses and reckons nothing."""
    after = FOLDS[type(event)](project, event, envelope)
    return replace(after, version=envelope.seq, recorded_at=envelope.recorded_at)


def fold_all(project: Project, entries: Iterable[tuple[Envelope, Event]]) -> Project:
    """The project after all of the events."""
    return followed(fold_project, project, entries)
