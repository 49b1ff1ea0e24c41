"""Rates of fees: every row with its days and what it rests on, and a further one proposed.

A further row is a version of its permit type like any other. What was fixed is never changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.standings import Charge
from permits.definitions.charges import Rate, RateRow
from permits.definitions.findings import Finding
from permits.definitions.loader import from_content
from permits.definitions.parts import Basis, Text
from permits.definitions.rate_rows import NotLater, with_row
from permits.definitions.schema import Definition
from permits.services.proposed import of_definition
from permits.text.days import day as day_text
from permits.text.words import words
from permits.web.administration import proposals
from permits.web.administration.charges import Looking, Proposing, may
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, Visit

router = APIRouter()

HOME = f"{proposals.HOME}/rates"
BASES = ("law", "practice", "example")


@dataclass(frozen=True, slots=True)
class OfType:
    """The rates of a permit type, in the version that was published last."""

    definition: Definition
    rates: Mapping[str, Rate]


@router.get(HOME)
def listed(visit: Looking) -> Response:
    """The rates of every permit type that charges something."""
    newest = (_newest(visit, edition.permit) for edition in visit.office.shelf.permits)
    types = [OfType(one[0], one[0].rates) for one in newest if one is not None and one[0].rates]
    return visit.page(
        "administration/rates.html",
        types=types,
        today=day_of(visit.office.now()),
        proposes=may(visit, Charge.PROPOSE),
    )


def _newest(visit: Visit, permit: str) -> tuple[Definition, bytes] | None:
    versions = visit.office.shelf.versions(permit)
    content = visit.office.shelf.content(versions[-1].digest) if versions else None
    return (from_content(content), content) if content is not None else None


def _rate(visit: Visit, permit: str, rate: str) -> tuple[Definition, bytes]:
    found = _newest(visit, permit)
    if found is None or rate not in found[0].rates:
        raise HTTPException(404)
    return found


@router.get(f"{HOME}/{{permit}}/{{rate}}")
def ask(visit: Proposing, permit: str, rate: str) -> Response:
    """What a further row of a rate says."""
    definition, _content = _rate(visit, permit, rate)
    return _page(visit, definition, rate)


@router.post(f"{HOME}/{{permit}}/{{rate}}")
async def propose(visit: Proposing, form: Form, permit: str, rate: str) -> Response:
    """Propose the version that has it."""
    return await run_in_threadpool(_propose, visit, form, permit, rate)


def _propose(visit: Member, form: Posted, permit: str, rate: str) -> Response:
    definition, content = _rate(visit, permit, rate)
    reading = Reading(form, visit.language)
    row = _row(visit, reading, definition)
    reason = reading.text("reason", most=500)
    findings: tuple[Finding, ...] = ()
    if row is not None and not reading.errors:
        today = day_of(visit.office.now())
        try:
            resolved, findings = with_row(content, rate, row, today)
        except NotLater as last:
            _ = words(visit.language).gettext
            says = _("It begins after the row before it, which begins on %(day)s")
            begins = day_text(date.fromisoformat(str(last)), visit.language)
            reading.errors["valid_from"] = says % {"day": begins}
        else:
            if resolved is not None and not findings:
                made = proposals.propose(visit, of_definition(resolved), reason)
                if isinstance(made, Response):
                    return made
                reading.errors[""] = made
    return _page(visit, definition, rate, reading, findings)


def _row(visit: Member, reading: Reading, definition: Definition) -> RateRow | None:
    """The row that was typed; None if something about it does not fit."""
    _ = words(visit.language).gettext
    begins, fen = reading.day("valid_from"), reading.money("yuan")
    if "valid_from" not in reading.errors and begins < day_of(visit.office.now()):
        says = _("A rate begins today or later: what was fixed before is never changed")
        reading.errors["valid_from"] = says
    basis = _basis(reading, definition)
    if basis is None or reading.errors:
        return None
    return RateRow(valid_from=begins, fen=fen, basis=basis)


def _basis(reading: Reading, definition: Definition) -> Basis | None:
    kind = reading.one_of("basis", BASES)
    if "basis" in reading.errors:
        return None  # what has to be written hangs on it
    if kind == "law":
        law = reading.one_of("law", definition.laws)
        article = reading.text("article", most=200)
        return None if reading.errors else Basis(law=law, article=article)
    zh, en = reading.text("says_zh", most=500), reading.text("says_en", most=500)
    if reading.errors:
        return None
    try:
        text = Text(zh=zh, en=en)
        return Basis(practice=text) if kind == "practice" else Basis(example=text)
    except ValidationError:
        reading.errors["says_zh"] = words(reading.language).gettext("Write something here")
        return None


def _page(
    visit: Member,
    definition: Definition,
    rate: str,
    reading: Reading | None = None,
    findings: tuple[Finding, ...] = (),
) -> Response:
    errors = reading.errors if reading is not None else {}
    laws = [(name, law.title.in_(visit.language)) for name, law in definition.laws.items()]
    return visit.page(
        "administration/rate.html",
        status=422 if errors or findings else 200,
        definition=definition,
        rate=definition.rates[rate],
        name=rate,
        laws=laws,
        today=day_of(visit.office.now()),
        typed=reading.form.texts() if reading is not None else {},
        errors=errors,
        findings=findings,
    )
