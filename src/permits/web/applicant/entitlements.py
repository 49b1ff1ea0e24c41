"""What an enterprise is entitled to: confirm, decline, apply, why not."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.entitlement.claims import not_to_apply, place_of
from permits.casework.parts import HandedIn
from permits.casework.refusals import Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.periods import Period
from permits.services import entitlement_requests as r
from permits.store import entitlements as store
from permits.text import entitlements as text
from permits.text.words import words
from permits.web.amiss import Wrong, Wrongs, amiss
from permits.web.deps import Applicant, Form
from permits.web.entitlements_shown import (
    EVIDENCE,
    Asked,
    asked_for,
    claim_history,
    evidence_of_application,
    periods_of,
    statement_of,
    verdict_of,
)
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.kept_files import keep
from permits.web.reading import Reading
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/entitled"
ONE = HOME + "/{policy}/{period}"


class Shown(NamedTuple):
    """A claim or what might become one, in the list."""

    path: str
    title: str
    period: str
    says: str
    colour: str
    amount_fen: int
    due: str | None


@router.get(HOME)
def overview(visit: Applicant) -> Response:
    """What the enterprise has, and what every policy says of it for the period of today."""
    with visit.office.database.read() as connection:
        claims = store.claims_of_party(connection, visit.actor.party)
    mine = [_claimed(visit, one) for one in claims]
    known = {(one.policy, one.period) for one in claims}
    others = [
        shown
        for edition in visit.office.policies.all
        for period in periods_of(visit, edition)[:1]
        if (edition.id, str(period)) not in known
        and (shown := _matched(visit, edition, period)) is not None
    ]
    return visit.page("entitlements/mine.html", mine=mine, others=others)


_COLOURS = {"offered": "yellow", "returned": "red", "recovering": "red", "paid": "green"}


def _claimed(visit: Member, one: store.ClaimListed) -> Shown:
    edition = visit.office.policies.edition(one.definition)
    return Shown(
        path=f"{HOME}/{one.policy}/{one.period}",
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(one.period, visit.language),
        says=text.standing(one.standing, visit.language),
        colour=_COLOURS.get(one.standing, "blue"),
        amount_fen=one.amount_fen,
        due=one.due_on,
    )


def _matched(visit: Member, edition: PolicyEdition, period: Period) -> Shown | None:
    verdict = visit.office.entitlements.verdict(edition, period, visit.actor.party)
    if verdict is None:
        return None
    found = verdict.found
    _ = words(visit.language).gettext
    says = text.outcome(found.outcome, visit.language) if found else _("Not in the register")
    entitled = found is not None and found.outcome == "candidate"
    return Shown(
        path=f"{HOME}/{edition.id}/{period}",
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(period, visit.language),
        says=_("Entitled by the data; the office publishes the list first") if entitled else says,
        colour="green" if entitled else "",
        amount_fen=found.amount_fen if found else 0,
        due=None,
    )


def _asked(visit: Member, policy: str, period: str) -> Asked:
    """404 for a policy that is not there or is not paid for such a period."""
    asked = asked_for(visit, policy, period)
    if asked is None:
        raise HTTPException(404)
    return asked


def _home(asked: Asked) -> str:
    return f"{HOME}/{asked.edition.id}/{asked.period}"


@router.get(ONE)
def show(visit: Applicant, policy: str, period: str) -> Response:
    """Why the enterprise is entitled or not, where its claim stands, and what it can do."""
    return _page(visit, _asked(visit, policy, period), {})


def _page(
    visit: Member,
    asked: Asked,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
    status: int = 422,
) -> Response:
    edition, claim, service = asked.edition, asked.claim, visit.office.entitlements
    party = visit.actor.party
    verdict = service.verdict(edition, asked.period, party)
    told = amiss(wrong, visit.language)
    account = service.account_of(claim) if claim is not None else None
    grade = edition.policy.grades.get(claim.grade) if claim is not None else None
    return visit.page(
        "entitlements/claim.html",
        status=status if told.errors else told.status,
        edition=edition,
        p=edition.policy,
        title=edition.policy.policy.title.in_(visit.language),
        period=text.period(asked.period, visit.language),
        home=_home(asked),
        claim=claim,
        version=asked.version,
        standing=text.standing(claim.standing, visit.language) if claim is not None else "",
        grade=grade.title.in_(visit.language) if grade is not None else "",
        account=account.masked if account is not None else "",
        v=verdict_of(visit, verdict),
        register=verdict.edition if verdict is not None else None,
        statement=statement_of(visit, edition),
        may_apply=verdict is not None and not_to_apply(claim) is None,
        uploads=evidence_of_application(visit, edition.id, str(asked.period)),
        history=claim_history(visit, edition, claim, inside=True) if claim is not None else [],
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


def _account(reading: Reading) -> dict[str, str]:
    """The bank account; what is no number is told with the rest."""
    return {"bank": reading.text("bank", most=100), "number": reading.account("number")}


def _signed(reading: Reading) -> str:
    """The digest of the statement, if it was signed."""
    if not reading.tick("agreed"):
        _ = words(reading.language).gettext
        reading.errors["agreed"] = _("Read the statement and sign it.")
    digest = reading.form.text("statement")
    return digest if _DIGEST.fullmatch(digest) else ""


_DIGEST = re.compile("[0-9a-f]{64}")


def _read(step: str, reading: Reading) -> tuple[type[r.OfEnterprise], dict[str, Any]]:
    """What a step is told; 404 for one there is not."""
    match step:
        case "confirm":
            account = _account(reading)
            return r.ConfirmOffer, {"account": account, "statement": _signed(reading)}
        case "decline":
            return r.DeclineOffer, {"reason": reading.text("reason", wanted=False)}
        case "account":
            return r.CorrectAccount, {"account": _account(reading)}
        case "apply":
            grounds, account = reading.text("grounds"), _account(reading)
            signed = _signed(reading)
            return r.Apply, {"grounds": grounds, "account": account, "statement": signed}
        case _:
            raise HTTPException(404)


@router.post(ONE + "/files")
async def upload(visit: Applicant, form: Form, policy: str, period: str) -> Response:
    """Take a file as evidence for an application."""
    return await run_in_threadpool(_upload, visit, form, policy, period)


def _upload(visit: Member, form: Posted, policy: str, period: str) -> Response:
    asked = _asked(visit, policy, period)
    if not_to_apply(asked.claim) is not None:
        raise HTTPException(404)
    place = place_of(visit.actor.party, asked.edition.id, str(asked.period))
    kept = keep(visit, place, EVIDENCE, form)
    if isinstance(kept, Wrong):
        return _page(visit, asked, {}, {"file": kept.says}, kept.status)
    return see_other(f"{_home(asked)}#apply")


@router.get(ONE + "/files/{upload}")
def file(visit: Applicant, policy: str, period: str, upload: str) -> Response:
    """A file the enterprise uploaded."""
    asked = _asked(visit, policy, period)
    among = evidence_of_application(visit, asked.edition.id, str(asked.period))
    return download(visit.office.files, among, upload)


@router.post(ONE + "/{step}")
async def take(visit: Applicant, form: Form, policy: str, period: str, step: str) -> Response:
    """Confirm, decline, name another account, or apply."""
    return await run_in_threadpool(_take, visit, form, (policy, period), step)


def _take(visit: Member, form: Posted, of: tuple[str, str], step: str) -> Response:
    asked = _asked(visit, *of)
    reading = Reading(form, visit.language)
    kind, fields = _read(step, reading)
    if reading.errors:
        return _page(visit, asked, form.texts(), reading.errors)
    of_claim = {"policy": asked.edition.id, "period": str(asked.period)}
    given = kind.model_validate({**of_claim, **fields})
    files: tuple[HandedIn, ...] = ()
    if isinstance(given, r.Apply):
        uploads = evidence_of_application(visit, asked.edition.id, str(asked.period))
        files = tuple(one.handed_in for one in uploads)
    answer = visit.office.entitlements.handle(given, visit.actor, form.ticket, files)
    if isinstance(answer, Refused):
        return _page(visit, asked, form.texts(), answer)
    return see_other(_home(asked))
