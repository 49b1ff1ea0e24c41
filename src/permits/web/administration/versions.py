"""Permit types in their versions: what holds since when, one version drawn and compared with the
one before it, and a file of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec
from fastapi import APIRouter
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.standings import Charge
from permits.definitions import diagram, loader
from permits.definitions.checker import situations
from permits.definitions.differences import differences
from permits.definitions.findings import BrokenDefinition, Finding
from permits.definitions.schema import Text
from permits.definitions.shelf import read_bytes, read_shelf
from permits.definitions.yaml_writer import write_yaml
from permits.services.proposed import Draft, checked_again, of_definition
from permits.services.shelf import Placed
from permits.settings import shipped
from permits.text.words import words
from permits.web.administration import proposals
from permits.web.administration.charges import Looking, Proposing, may
from permits.web.administration.uploads import name_of, sent
from permits.web.deps import Form
from permits.web.files import attachment
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, Visit

router = APIRouter()

HOME = f"{proposals.HOME}/definitions"

Standing = Literal["holds", "coming", "earlier"]


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the list: where it stands today, and how many open cases keep it."""

    placed: Placed
    begins: date
    stands: Standing
    open_cases: int


@dataclass(frozen=True, slots=True)
class PermitType:
    """A permit type with its versions, the newest first."""

    title: Text
    lines: tuple[Line, ...]


@router.get(HOME)
def listed(visit: Looking) -> Response:
    """Every permit type with its versions."""
    return _page(visit)


def _types(visit: Visit) -> list[PermitType]:
    shelf, kept = visit.office.shelf, visit.office.shelf.open_cases()
    return [
        PermitType(
            edition.definition.permit.title,
            tuple(_line(visit, one, kept) for one in reversed(shelf.versions(edition.permit))),
        )
        for edition in shelf.permits
    ]


def _line(visit: Visit, placed: Placed, kept: Mapping[str, int]) -> Line:
    begins = date.fromisoformat(placed.effective_from)
    current = visit.office.shelf.current(placed.permit)
    stands: Standing = "earlier"
    if begins > day_of(visit.office.now()):
        stands = "coming"
    elif current is not None and current.digest == placed.digest:
        stands = "holds"
    return Line(placed, begins, stands, kept.get(placed.digest, 0))


@router.post(HOME)
async def propose(visit: Proposing, form: Form) -> Response:
    """Check a file; propose it, unless it was only to be looked at."""
    return await run_in_threadpool(_propose, visit, form)


def _propose(visit: Member, form: Posted) -> Response:
    return proposals.sent_file(visit, form, _read, _page, _newest)


def _newest(visit: Member, found: Draft) -> str:
    versions = visit.office.shelf.versions(found.subject)
    return versions[-1].digest if versions else ""


def _read(visit: Member, form: Posted, reading: Reading) -> Draft | tuple[Finding, ...] | None:
    """The definition of the file, with the shared fragments it names put in; or all findings."""
    raw = sent(form, reading)
    if raw is None:
        return None
    shelf = read_shelf(shipped("workflows") / "shared")
    try:
        return of_definition(loader.resolve(read_bytes(raw, name_of(form)), shelf))
    except BrokenDefinition as broken:
        says = words(visit.language).gettext("The file cannot be used; what is wrong stands below")
        reading.errors["file"] = says
        return broken.findings


def _page(
    visit: Member,
    *,
    form: Posted | None = None,
    errors: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    return visit.page(
        "administration/versions.html",
        status=422 if errors else 200,
        types=_types(visit),
        proposes=may(visit, Charge.PROPOSE),
        typed=form.texts() if form is not None else {},
        errors=errors or {},
        **{"findings": (), "effect": None, **values},
    )


@router.get(f"{HOME}/{{digest}}/file")
def text_of(visit: Looking, digest: str) -> Response:
    """A version as a file that is read back to the same digest."""
    content = _content(visit, digest)
    body = write_yaml(msgspec.json.decode(content))
    definition = loader.from_content(content)
    name = f"{definition.permit.id}-{digest[:12]}.yaml"
    headers = {"Content-Disposition": attachment(name), "Cache-Control": "no-store"}
    return Response(body, media_type="application/yaml", headers=headers)


@router.get(f"{HOME}/{{digest}}")
def show(visit: Looking, digest: str) -> Response:
    """A version: its chart, what the checker says of it today, how it differs from the one before
    it."""
    content = _content(visit, digest)
    resolved, findings = checked_again(content)
    definition = loader.from_content(content)
    versions = visit.office.shelf.versions(definition.permit.id)
    place = next(n for n, one in enumerate(versions) if one.digest == digest)
    before = visit.office.shelf.content(versions[place - 1].digest) if place else None
    changes = None
    if before is not None:
        changes = differences(msgspec.json.decode(before), msgspec.json.decode(content))
    drawn = diagram.svg(definition, visit.language)
    return visit.page(
        "administration/version.html",
        definition=definition,
        line=_line(visit, versions[place], visit.office.shelf.open_cases()),
        findings=findings,
        situations=situations(definition) if resolved is not None else 0,
        changes=changes,
        chart=Markup(drawn),  # noqa: S704 - escaped where it is drawn
    )


def _content(visit: Visit, digest: str) -> bytes:
    content = visit.office.shelf.content(digest)
    if content is None or not _is_permit_type(content):
        raise HTTPException(404)
    return content


def _is_permit_type(content: bytes) -> bool:
    """Whether a published definition is one of a permit type: those of policies are kept beside
    them."""
    return "chart" in msgspec.json.decode(content)
