"""What the chosen cases of a permit type answered, as tables to take along."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.choosing import Which
from permits.exchange import answers_out
from permits.services.known import end_of
from permits.text.words import words
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.cases import cases_of
from permits.web.auditor.filters import filters, wrong
from permits.web.auditor.measures import Taken, forms
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()

PATH = "/audit/answers"

Group = Annotated[str, Query(max_length=60, pattern=r"^([a-z][a-z0-9_]*)?$")]


@router.get(PATH)
def show(
    visit: Auditor,
    asked: Asking,
    which: Which = Which.ALL,
    group: Group = "",
    form: Taken = Form.PAGE,
) -> Response:
    """Which tables there are; or one of them: a line for each case, or for each entry of a
    `group`."""
    refused = _refused(visit, asked)
    if refused:
        return wrong(visit, replace(asked, errors=refused), which)
    until = end_of(asked.known) if asked.known is not None else None
    chosen = cases_of(visit, asked, which)
    read = answers_out.reading(visit.office, chosen, until, visit.language)
    if form is not Form.PAGE:
        if not group:
            return taken(answers_out.answers(visit.office, read), form)
        if group not in answers_out.several(read):
            raise HTTPException(404)
        return taken(answers_out.entries(visit.office, read, group), form)
    _ = words(visit.language).gettext
    tables = {"": _("Answers, a line for each case")}
    for name, one in answers_out.several(read).items():
        tables[name] = one.title.in_(visit.language)
    return visit.page(
        "auditor/answers.html",
        form=filters(visit, asked, which),
        count=len(read.cases),
        tables=[(title, _forms(asked, which, name)) for name, title in tables.items()],
    )


def _refused(visit: Visit, asked: Asked) -> Mapping[str, str]:
    """Why there is no table: of several permit types there is none, for each asks other
    questions."""
    _ = words(visit.language).gettext
    if asked.errors or asked.chosen.permit:
        return asked.errors
    return {"permit": _("Choose a permit type: each asks other questions.")}


def _forms(asked: Asked, which: Which, group: str) -> list[tuple[str, str]]:
    return forms(lambda form: asked.address(PATH, which=which, group=group, **form))
