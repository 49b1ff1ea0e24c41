"""Projects: which there are, and what waits for what in each."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Response

from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Caller
from permits.web.api.describing import told
from permits.web.api.shown.projects import (
    PROJECTS,
    ProjectList,
    ProjectShown,
    ProjectSummary,
    project_shown,
)

router = APIRouter(tags=["cases"])

Code = Annotated[str, Path(pattern=r"^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$")]


@router.get("/projects", response_model=ProjectList, responses=told(401))
def list_projects(visit: Caller) -> ProjectList:
    """The projects of your party, what changed last first; or those with a case of your
    department, the most urgent first. At most two hundred."""
    found = visit.office.cases.projects.mine(visit.actor)
    return ProjectList(
        items=tuple(
            ProjectSummary(
                code=one.code,
                href=f"{PROJECTS}/{one.code}",
                name=one.name,
                cases=one.cases,
                shut=one.shut,
                critical_on=date.fromisoformat(one.critical_on) if one.critical_on else None,
            )
            for one in found
        )
    )


@router.get("/projects/{code}", response_model=ProjectShown, responses=told(401, 404))
def show_project(visit: Caller, code: Code) -> ProjectShown | Response:
    """A project: its cases with what is owed in them, the gates that are shut and why, and the
    critical date."""
    project = visit.office.cases.projects.read(code, visit.actor)
    if project is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    return project_shown(visit, project, visit.office.cases.projects.cases(project))
