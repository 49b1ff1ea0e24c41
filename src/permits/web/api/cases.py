"""One case: everything whoever asks may know of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BeforeValidator, Field

from permits.casework.access import owns, works_on
from permits.services.shapes import Request, plain
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Caller, TheRecord, tagged
from permits.web.api.bodies import sent
from permits.web.api.describing import VERSIONED, body, told
from permits.web.api.shown.case import Case, case
from permits.web.api.shown.parts import Shown
from permits.web.disclosing import MOST_WORDS, Asked, disclose
from permits.web.disclosure import impersonal, public_values
from permits.web.dossier import dossier
from permits.web.problems import Wrong

router = APIRouter(tags=["cases"])

Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS), BeforeValidator(plain)]


class Disclosure(Request):
    """What an officer needs to see personal data for."""

    reason: str = Field(max_length=40, description="one of the office's reasons, by its name")
    words: Words = Field(description="what for, in own words; kept sealed")


@router.get(
    "/cases/{case}",
    response_model=Case,
    responses={**VERSIONED, **told(401, 403, 404, 422)},
)
def show_case(
    visit: Caller,
    record: TheRecord,
    response: Response,
) -> Case | Response:
    """A case: where it stands, what runs, what can be done and why not, what has happened. What
    was written in its course is told the applicant and the office, auditors only what is
    public. What is about people is masked, but for the applicant."""
    mine = owns(visit.actor, record.case)
    edition = visit.office.cases.edition(record.case)
    values = impersonal(record, edition) if visit.actor.officer else public_values(record)
    if mine:
        values = record.values
    tagged(response, record.case.version)
    shown = dossier(visit, record, values, inside=not mine)
    return case(visit, shown, personal=mine)


@router.post(
    "/cases/{case}/personal",
    response_model=Case,
    responses={**VERSIONED, **told(401, 403, 404, 413, 415, 422)},
    openapi_extra=body(Disclosure),
)
def show_personal_data(
    visit: Caller,
    record: TheRecord,
    response: Response,
    given: Annotated[Disclosure, Depends(sent(Disclosure))],
) -> Case | Response:
    """The case with what it holds about people, for this once. `reason` is one of the office's
    list (the problem names them if it is not); that it was shown, what of it and what for is noted
    with the account first. The applicant is shown it anyway, and needs no reason."""
    if not works_on(visit.actor, record.case):
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    known = visit.office.rules.reasons
    if given.reason not in known:
        expected = {"expected": ", ".join(f"'{name}'" for name in known)}
        says = shapes.sentence("literal_error", expected, visit.language)
        wrong = (Wrong(pointer="/reason", detail=says),)
        return problems.trouble(Trouble.UNFIT, visit.language, wrong)
    tagged(response, record.case.version)
    asked = Asked(given.reason, given.words)
    return case(visit, disclose(visit, record, asked), personal=True)


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
