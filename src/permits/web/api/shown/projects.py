"""A project with its cases, what is owed in them, and what waits for what."""

from datetime import date

from pydantic import Field

from permits.casework.case import Case
from permits.casework.project import Hold, Member, Project
from permits.text import names
from permits.web.api.shown.listed import CASES
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.building import gates_of, member_of, stages_of, title_of
from permits.web.lights import Light
from permits.web.visits import Visit

PROJECTS = f"{V1}/projects"


class ProjectSummary(Shown):
    """A project in a list."""

    code: str
    href: str
    name: str
    cases: int = Field(description="how many belong to it now")
    shut: int = Field(description="how many things hold gates shut")
    critical_on: date | None = Field(description="when the first of them is due")


class ProjectList(Shown):
    """The projects of a developer, or those with a case of a department."""

    items: tuple[ProjectSummary, ...]


class OwedInCase(Shown):
    """An obligation or a fee that is open."""

    title: str
    due: date | None
    provisional: bool
    light: Light


class ProjectCase(Shown):
    """A case of the project."""

    number: str
    href: str | None = Field(description="where to read it, if it is yours to read")
    title: str
    permit: Named
    state: str
    stages: tuple[Named, ...] = Field(description="the stages of the works it covers")
    settles: tuple[Named, ...] = Field(
        description="what other cases of the project may rest on while its grant stands"
    )
    stands: bool = Field(description="granted, and the grant stands")
    attached: bool = Field(description="it has not left the project")
    owed: tuple[OwedInCase, ...]


class GateState(Shown):
    """A step that waits while something is owed; for nothing if it is open."""

    title: str
    waits_for: tuple[str, ...]


class StageState(Shown):
    """A stage of the works, and the case in which it was permitted."""

    title: str
    number: str | None


class Critical(Shown):
    """What is due first of all that makes another case wait."""

    number: str
    title: str
    due: date | None
    provisional: bool


class ProjectShown(Shown):
    """A project as those who take part in it see it."""

    code: str
    href: str
    name: str
    party: str
    opened_on: date | None
    version: int = Field(description="counts the events of its log")
    cases: tuple[ProjectCase, ...]
    gates: tuple[GateState, ...]
    stages: tuple[StageState, ...]
    critical: Critical | None


def project_shown(visit: Visit, project: Project, cases: dict[str, Case]) -> ProjectShown:
    """The project for whoever may see it."""
    critical = project.critical
    return ProjectShown(
        code=project.code,
        href=f"{PROJECTS}/{project.code}",
        name=project.name,
        party=project.party,
        opened_on=project.opened_on,
        version=project.version,
        cases=tuple(_case(visit, one, cases[one.case]) for one in project.members.values()),
        gates=tuple(
            GateState(title=gate.title, waits_for=gate.waits_for)
            for gate in gates_of(visit, project, cases)
        ),
        stages=tuple(
            StageState(title=stage.title, number=stage.number or None)
            for stage in stages_of(visit, project)
        ),
        critical=_critical(visit, *critical) if critical else None,
    )


def _case(visit: Visit, member: Member, case: Case) -> ProjectCase:
    shown = member_of(visit, member, case)
    home = f"{CASES}/{case.id.removeprefix('case/')}"
    return ProjectCase(
        number=member.number,
        href=home if shown.path else None,
        title=shown.title,
        permit=Named(name=member.permit, title=shown.permit),
        state=shown.state,
        stages=tuple(
            Named(name=stage, title=names.stage(stage, visit.language)) for stage in member.stages
        ),
        settles=tuple(
            Named(name=what, title=names.settled(what, visit.language)) for what in member.settles
        ),
        stands=member.stands,
        attached=member.attached,
        owed=tuple(
            OwedInCase(title=one.title, due=one.due, provisional=one.provisional, light=one.light)
            for one in shown.owed
        ),
    )


def _critical(visit: Visit, member: Member, hold: Hold) -> Critical:
    return Critical(
        number=member.number,
        title=title_of(hold, visit),
        due=hold.due,
        provisional=hold.provisional,
    )
