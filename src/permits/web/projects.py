"""A page for each project: its cases, what is owed in them, the gates, and the critical date."""

from datetime import date

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.project import Member, Project
from permits.definitions.procedure import Milestone
from permits.web.building import gates_of, member_of, stages_of, title_of
from permits.web.deps import Anyone, SignedIn
from permits.web.lights import Light, by_date
from permits.web.visits import Visit

router = APIRouter()


@router.get("/projects")
def mine(visit: SignedIn) -> Response:
    """The projects of the visitor's party, or those with a case of their department."""
    found = visit.office.cases.projects.mine(visit.actor)
    today = day_of(visit.office.now())
    rows = [(one, _light(one.critical_on, today)) for one in found]
    return visit.page("projects/list.html", rows=rows)


@router.get("/projects/{code}")
def show(visit: Anyone, code: str) -> Response:
    """The project, whole for those it is for; of others' only what was published."""
    projects = visit.office.cases.projects
    inside = projects.read(code, visit.account.actor) if visit.account is not None else None
    if inside is not None:
        return _whole(visit, inside)
    project = projects.recorded(code)
    published = _published(project) if project is not None else ()
    if project is None or not published:
        raise HTTPException(404)
    cases = projects.cases(project)
    return visit.page(
        "projects/public.html",
        project=project,
        members=[member_of(visit, member, cases[member.case]) for member in published],
    )


def _published(project: Project) -> tuple[Member, ...]:
    return tuple(m for m in project.attached if Milestone.PUBLISHED in m.milestones)


def _whole(visit: Visit, project: Project) -> Response:
    cases = visit.office.cases.projects.cases(project)
    critical = project.critical
    return visit.page(
        "projects/project.html",
        project=project,
        developer=visit.office.cases.party_name(project.party),
        members=[member_of(visit, one, cases[one.case]) for one in project.members.values()],
        gates=[*gates_of(visit, project, cases)],
        stages=[*stages_of(visit, project)],
        critical=(critical[0].number, title_of(critical[1], visit)) if critical else None,
        due=critical[1].due if critical else None,
        provisional=critical is not None and critical[1].provisional,
        light=by_date(critical[1].due if critical else None, None, day_of(visit.office.now())),
    )


def _light(critical_on: str | None, today: date) -> Light:
    due = date.fromisoformat(critical_on) if critical_on else None
    return by_date(due, None, today)
