"""Batches of payments: the file for the treasury, and what became of each payment."""

from collections.abc import Iterator, Mapping
from typing import get_args

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from permits.analytics import sheets
from permits.casework.dates import day_of
from permits.casework.entitlement.batches import Batch
from permits.casework.entitlement.claim_events import ReturnCause
from permits.casework.refusals import Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.schema import Duty
from permits.services.entitlement_requests import KeptAccount, RecordPayments
from permits.store import entitlements as store
from permits.text import entitlements as text
from permits.text.words import Language, words
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Form, Officer
from permits.web.files import attachment
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.reviewer.entitlements import HOME, has
from permits.web.visits import Member, see_other

router = APIRouter()

BATCH = HOME + "/batches/{batch}"


def _batch(visit: Member, number: str) -> tuple[Batch, PolicyEdition]:
    """A batch of the officer's department; 404 alike for one of others and for none at all."""
    found = visit.office.entitlements.batch(number)
    if found is None or not visit.actor.works_for(found.authority, found.department):
        raise HTTPException(404)
    return found, visit.office.policies.edition(found.definition)


@router.get(BATCH)
def show(visit: Officer, batch: str) -> Response:
    """A batch with what became of each payment."""
    return _page(visit, batch, {})


def _page(
    visit: Member,
    number: str,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
) -> Response:
    batch, edition = _batch(visit, number)
    with visit.office.database.read() as connection:
        claims = {
            (one.party, one.period): one for one in store.claims_of_batch(connection, number)
        }
    _ = words(visit.language).gettext
    lines = []
    for line in batch.lines:
        claim = claims.get((line.code, line.period))
        says = text.standing(claim.standing, visit.language) if claim else _("paid again later")
        waits = claim is not None and claim.standing == "ordered"
        lines.append((line, text.period(line.period, visit.language), says, waits))
    told = amiss(wrong, visit.language)
    return visit.page(
        "entitlements/batch.html",
        status=told.status,
        batch=batch,
        title=edition.policy.policy.title.in_(visit.language),
        policy=edition.policy,
        lines=lines,
        waits=any(line[3] for line in lines),
        may_record=has(visit, edition, Duty.RECORD),
        may_fetch=has(visit, edition, Duty.PAY) or has(visit, edition, Duty.RECORD),
        causes=[("", _("paid"))]
        + [(one, text.return_cause(one, visit.language)) for one in get_args(ReturnCause)],
        home=f"{HOME}/batches/{number}",
        today=day_of(visit.office.now()),
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


@router.post(BATCH + "/record")
async def record(visit: Officer, form: Form, batch: str) -> Response:
    """Record what the treasury paid, and what came back."""
    return await run_in_threadpool(_record, visit, form, batch)


def _record(visit: Member, form: Posted, number: str) -> Response:
    batch, _edition = _batch(visit, number)
    reading = Reading(form, visit.language)
    on = reading.day("on")
    paid: list[str] = []
    returned: dict[str, ReturnCause] = {}
    for line in batch.lines:
        key = f"{line.code}/{line.period}"
        if not form.text(f"line:{key}"):
            continue
        cause = _cause(form.text(f"was:{key}"))
        if cause is None:
            paid.append(key)
        else:
            returned[key] = cause
    if not paid and not returned:
        _ = words(visit.language).gettext
        reading.errors["lines"] = _("Choose at least one")
    if reading.errors:
        return _page(visit, number, form.texts(), reading.errors)
    given = RecordPayments(batch=number, on=on, paid=tuple(paid), returned=returned)
    answer = visit.office.entitlements.handle(given, visit.actor, form.ticket)
    if isinstance(answer, Refused):
        return _page(visit, number, form.texts(), answer)
    return see_other(f"{HOME}/batches/{number}")


def _cause(typed: str) -> ReturnCause | None:
    """Why the bank returned it; None for what was paid."""
    causes: tuple[ReturnCause, ...] = get_args(ReturnCause)
    return next((one for one in causes if one == typed), None)


@router.post(BATCH + "/file")
async def file(visit: Officer, form: Form, batch: str) -> Response:
    """The file for the treasury, with the bank accounts; that it was fetched is noted."""
    del form
    return await run_in_threadpool(_file, visit, batch)


def _file(visit: Member, number: str) -> Response:
    batch, edition = _batch(visit, number)
    if not (has(visit, edition, Duty.PAY) or has(visit, edition, Duty.RECORD)):
        raise HTTPException(404)
    accounts = visit.office.entitlements.accounts(batch, visit.actor)
    rows = _rows(batch, edition, accounts, visit.language)
    headers = {
        "Content-Disposition": attachment(f"{number}.csv"),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(sheets.lines(rows), media_type=sheets.MEDIA_TYPE, headers=headers)


def _rows(
    batch: Batch,
    edition: PolicyEdition,
    accounts: Mapping[str, KeptAccount],
    language: Language,
) -> Iterator[list[object]]:
    """A line for each payment; numbers of accounts as texts, so that no digit is lost."""
    _ = words(language).gettext
    yield [
        _("Batch"), _("No."), _("Credit code"), _("Account holder"), _("Bank"),
        _("Account number"), _("Amount (yuan)"), _("Purpose"),
    ]  # fmt: skip
    title = edition.policy.policy.title.in_(language)
    for place, line in enumerate(batch.lines, 1):
        account = accounts.get(line.account)
        yuan = f"{line.amount_fen // 100}.{line.amount_fen % 100:02d}"
        purpose = f"{title} {text.period(line.period, language)}"
        yield [
            batch.number,
            place,
            line.code,
            line.name,
            account.bank if account else _("(erased)"),
            f"'{account.number}" if account else "",
            yuan,
            purpose,
        ]
