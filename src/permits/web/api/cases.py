"""One case: everything whoever asks may know of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from permits.casework.access import owns, works_on
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Caller, TheRecord, tagged
from permits.web.api.describing import VERSIONED, told
from permits.web.api.shown.case import Case, case
from permits.web.api.shown.parts import Shown
from permits.web.disclosure import impersonal, public_values
from permits.web.dossier import dossier

router = APIRouter(tags=["cases"])

Personal = Annotated[
    bool,
    Query(
        description="Show an officer personal answers too. That they were shown is noted with the"
        " account. The applicant is always shown their own."
    ),
]


@router.get(
    "/cases/{case}",
    response_model=Case,
    responses={**VERSIONED, **told(401, 403, 404, 422)},
)
def show_case(
    visit: Caller,
    record: TheRecord,
    response: Response,
    *,
    personal: Personal = False,
) -> Case | Response:
    """A case: where it stands, what runs, what can be done and why not, what has happened. What
    was written in its course is told the applicant and the office, auditors only what is
    public."""
    mine = owns(visit.actor, record.case)
    if personal and not (mine or works_on(visit.actor, record.case)):
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    values = impersonal(record) if visit.actor.officer else public_values(record)
    if mine or personal:
        values = record.values
    if personal and not mine:
        visit.office.accounts.shown(visit.actor.id, record.case.id)
    tagged(response, record.case.version)
    shown = dossier(visit, record, values, inside=not mine)
    return case(visit, shown, personal=mine or personal)


class Inspector(Shown):
    """An officer who can be named in a check."""

    id: str
    name: str


class Inspectors(Shown):
    """The officers who can be named in a check, by their account."""

    items: tuple[Inspector, ...]


@router.get("/cases/{case}/inspectors", response_model=Inspectors, responses=told(401, 403, 404))
def list_inspectors(visit: Caller, record: TheRecord) -> Inspectors | Response:
    """Who can be named in a check of this case; for officers."""
    if not visit.actor.officer:
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    found = visit.office.cases.inspectors(record.case)
    return Inspectors(items=tuple(Inspector(id=one, name=name) for one, name in found.items()))
